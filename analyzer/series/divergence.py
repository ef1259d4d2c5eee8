"""Two series of one measure, day by day side by side: how often and how far they run apart."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from analyzer.gaps import gap
from analyzer.series.panel import latest

COMMON_DAYS = 20  # fewer common days say little of how two series run
LONGEST_LAG = 14  # days by which one series is tried to follow the other
FOLLOWS = 0.9  # share of days on which a shifted series has to meet the other
STEPS = 10  # so many steps it has to make on them: a standing figure meets itself on any day
ROUNDED = 0.9  # share of the days apart that rounding has to explain for a pair to be left out
PART = 3  # the gap of the first third of the days is held against that of the last
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
    bounds = claims.set_index("id")[["apart_low", "apart_high"]]
    figures = latest(panel).join(bounds, on="claim")
    rows: list[dict[str, Any]] = []
    for measure, group in figures.groupby("measure", sort=True):
        parts = {str(key): part for key, part in group.groupby("series", sort=True)}
        for one, other in combinations(sorted(parts), 2):
            if _one_count(parts[one], parts[other]):
                continue
            both = side_by_side(parts[one], parts[other])
            if len(both) >= COMMON_DAYS and both["apart"].any() and not _rounds(both):
                names = {"measure": measure, "series": one, "other": other}
                lag = {"follows": _lag(parts[one], parts[other])}
                rows.append(names | lag | _compare(both))
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS))


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


def _one_count(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether the two are scopes of one publisher's count for one origin."""
    same = one["source"].iloc[0] == other["source"].iloc[0]
    return bool(same and set(one["authority"]) == set(other["authority"]))


def _rounds(both: pd.DataFrame) -> bool:
    """Whether rounding explains nearly all days on which the two are apart."""
    meet = (both["apart_low"] <= both["apart_high_other"]) & (
        both["apart_high"] >= both["apart_low_other"]
    )
    return bool(meet[both["apart"]].mean() >= ROUNDED)


def _compare(both: pd.DataFrame) -> dict[str, Any]:
    difference = (both["value"] - both["value_other"]).abs().where(both["apart"], 0.0)
    widest, last = both.iloc[int(np.argmax(difference.to_numpy()))], both.iloc[-1]
    apart = both[both["apart"]]
    days, first = apart["at"], apart.iloc[0]
    part = len(both) // PART
    return {
        "common": len(both),
        "apart": int(both["apart"].sum()),
        "above": int(both["above"].sum()),
        "first": days.min(),
        "first_claims": (str(first["claim"]), str(first["claim_other"])),
        "last": days.max(),
        "widest_at": widest["at"],
        "widest_gap": float(widest["gap"]),
        "widest_claims": (str(widest["claim"]), str(widest["claim_other"])),
        "last_at": last["at"],
        "last_gap": float(last["gap"]),
        "last_claims": (str(last["claim"]), str(last["claim_other"])),
        "early_gap": float(both["gap"].head(part).median()),
        "late_gap": float(both["gap"].tail(part).median()),
        "same_scope": bool(last["scope"] == last["scope_other"]),
    }


def _lag(one: pd.DataFrame, other: pd.DataFrame) -> int:
    """By how many days the other repeats the one, if it does so nearly always."""
    if one["kind"].iloc[0] == "flow":
        return 0
    theirs = other.set_index("at")["value"]
    best, lag = FOLLOWS, 0
    for days in sorted(range(-LONGEST_LAG, LONGEST_LAG + 1), key=lambda days: (abs(days), -days)):
        shifted = one["at"] + pd.Timedelta(days=days)
        met = theirs.reindex(shifted).to_numpy()
        shared = ~np.isnan(met)
        if shared.sum() < COMMON_DAYS or np.count_nonzero(np.diff(met[shared])) < STEPS:
            continue
        share = float((one["value"].to_numpy()[shared] == met[shared]).mean())
        if share > best:
            best, lag = share, days
    return lag
