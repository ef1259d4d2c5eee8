"""Two series of one measure, day by day side by side: how often and how far they run apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from analyzer.arrays import codes_of, places_of
from analyzer.gaps import gap
from analyzer.series.cut import heads
from analyzer.series.panel import latest
from analyzer.series.runs import Flags, Floats, Places, Run, runs_of

COMMON_DAYS = 20  # fewer common days say little of how two series run
LONGEST_LAG = 14  # days by which one series is tried to follow the other
FOLLOWS = 0.9  # share of days on which a shifted series has to meet the other
STEPS = 10  # so many steps it has to make on them: a standing figure meets itself on any day
ROUNDED = 0.9  # share of the days apart that rounding has to explain for a pair to be left out
PART = 3  # the gap of the first third of the days is held against that of the last
BOUNDS = ["apart_low", "apart_high"]
COLUMNS = [
    "measure",
    "series",
    "other",
    "common",
    "apart",
    "above",
    "first",
    "first_claims",
    "last",
    "widest_at",
    "widest_gap",
    "widest_claims",
    "last_at",
    "last_gap",
    "last_claims",
    "early_gap",
    "late_gap",
    "follows",
    "same_scope",
]


def find_divergences(panel: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Pairs of series of one measure that exclude each other on some of their common days.

    Two scopes of what one publisher counts for one origin differ by design and are no pair, nor
    are two series of which one only rounds the other.

    Parameters
    ----------
    panel : DataFrame
        `series.panel.COLUMNS`; the figures published last are compared.
    claims : DataFrame
        `schemas.Aligned`; its bounds `apart_low` and `apart_high` say what a round figure can
        stand for.

    Returns
    -------
    DataFrame
        One row a pair, columns `COLUMNS`: days that both have; days on which their literal
        bounds are disjoint, the first and the last of these, and on how many of them `series` is
        the higher one; the day and gap |a-b| / (|a|+|b|) where their figures differ most, and
        those of the last common day; the two claims of these two days and of the first; the
        median gap of the first and of the last third of the common days. `follows` is by how
        many days `other` repeats `series` (negative: the other way round), 0 where it does not.
    """
    first, series = heads(panel)
    measure = codes_of(panel["measure"].iloc[first])
    figures = latest(panel[np.bincount(measure)[measure][series] > 1])
    figures[BOUNDS] = _bounds(figures["claim"], claims)
    rows: list[dict[str, Any]] = []
    for runs in runs_of(figures).values():
        for one, other in combinations(runs, 2):
            if one.same_count(other):
                continue
            both = _both(one, other)
            if both and not both.rounds():
                rows.append(_compare(one, other, both))
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS))


def _bounds(figures: pd.Series, claims: pd.DataFrame) -> Floats:
    """`BOUNDS` of figures, which are few against the claims."""
    place = places_of(claims["id"], figures)
    known = np.flatnonzero(place >= 0)
    found = np.full((len(figures), len(BOUNDS)), np.nan)
    found[place[known]] = claims[BOUNDS].to_numpy("float64")[known]
    return found


@dataclass(frozen=True, slots=True)
class Both:
    """Places of the common periods in two runs, and how their figures stand there."""

    own: Places
    theirs: Places
    above: Flags
    apart: Flags
    meets: Flags
    gap: Floats
    difference: Floats

    def rounds(self) -> bool:
        """Whether rounding explains nearly all days on which the two are apart."""
        return bool(self.meets[self.apart].mean() >= ROUNDED)


def _both(one: Run, other: Run) -> Both | None:
    """The common periods of two runs; None where they are few or nowhere apart."""
    own, theirs = one.meeting(other)
    if len(own) < COMMON_DAYS:
        return None
    above = one.low[own] > other.high[theirs]
    apart = above | (one.high[own] < other.low[theirs])
    if not apart.any():
        return None
    mine, yours = one.value[own], other.value[theirs]
    return Both(
        own,
        theirs,
        above,
        apart,
        (one.apart_low[own] <= other.apart_high[theirs])
        & (one.apart_high[own] >= other.apart_low[theirs]),
        np.where(apart, gap(mine, yours), 0.0),
        np.where(apart, np.abs(mine - yours), 0.0),
    )


def side_by_side(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Figures of two series for the same days, ordered by day.

    Parameters
    ----------
    one, other : DataFrame
        `series.panel.latest`, the rows of each series.

    Returns
    -------
    DataFrame
        Their columns (those of `other` with the suffix _other), whether the literal bounds are
        disjoint (`apart`), whether `one` is then the higher one (`above`), and `gap`:
        |a-b| / (|a|+|b|) of the figures, 0 where they are not apart.
    """
    both = one.merge(other, on=["first", "at"], suffixes=("", "_other"))
    both = both.sort_values(["at", "first"], ignore_index=True)
    above = both["low"] > both["high_other"]
    apart = above | (both["high"] < both["low_other"])
    gaps = gap(both["value"].to_numpy(), both["value_other"].to_numpy())
    return both.assign(apart=apart, above=above, gap=np.where(apart, gaps, 0.0))


def _compare(one: Run, other: Run, both: Both) -> dict[str, Any]:
    days = one.at[both.own]
    apart = np.flatnonzero(both.apart)
    widest, last, part = int(np.argmax(both.difference)), len(days) - 1, len(days) // PART

    def claims(place: int) -> tuple[str, str]:
        return str(one.claim[both.own[place]]), str(other.claim[both.theirs[place]])

    return {
        "measure": one.measure,
        "series": one.series,
        "other": other.series,
        "common": len(days),
        "apart": len(apart),
        "above": int(both.above.sum()),
        "first": days[apart[0]],
        "first_claims": claims(int(apart[0])),
        "last": days[apart[-1]],
        "widest_at": days[widest],
        "widest_gap": float(both.gap[widest]),
        "widest_claims": claims(widest),
        "last_at": days[last],
        "last_gap": float(both.gap[last]),
        "last_claims": claims(last),
        "early_gap": float(np.median(both.gap[:part])),
        "late_gap": float(np.median(both.gap[-part:])),
        "follows": _lag(one, other),
        "same_scope": one.scope == other.scope,
    }


def _lag(one: Run, other: Run) -> int:
    """By how many days the other repeats the one, if it does so nearly always."""
    if one.kind == "flow":
        return 0
    mine, yours = (run.at.astype("datetime64[D]").astype("int64") for run in (one, other))
    best, lag = FOLLOWS, 0
    for days in sorted(range(-LONGEST_LAG, LONGEST_LAG + 1), key=lambda days: (abs(days), -days)):
        there = np.minimum(np.searchsorted(yours, mine + days), len(yours) - 1)
        shared = yours[there] == mine + days
        met = other.value[there[shared]]
        if len(met) < COMMON_DAYS or np.count_nonzero(np.diff(met)) < STEPS:
            continue
        share = float((one.value[shared] == met).mean())
        if share > best:
            best, lag = share, days
    return lag
