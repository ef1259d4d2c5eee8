"""Running totals: falls of one authority's total, and totals above what others give later.

Sweeps over all totals tell which ones stand in a pair; only these are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from analyzer.arrays import codes_of
from analyzer.closer import SAME_TABLE_DAYS
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.peeling import peel
from analyzer.discrepancies.running_drafts import STATEMENT, Sides, draft_all
from analyzer.discrepancies.sweeps import (
    Flags,
    Floats,
    Integers,
    Totals,
    above,
    above_later,
    below_earlier,
    highest_above,
    totals_of,
)

USED = [*STATEMENT, "measure", "id", "near_low", "near_high"]
USED += ["status"]
TOTALED = ["scope", "at_first", "at_last", "apart_low", "apart_high", "series"]
Rivals = tuple[str, str, str]


def find_falls(claims: pd.DataFrame, measures: pd.DataFrame) -> list[Draft]:
    """Totals of one authority that fall below an earlier total of its own.

    A later claim falls when it lies wholly below a total that the same authority gave for an
    earlier time; the highest such total is the one it is held against. All claims below the same
    total make one finding.
    """
    paired = _in_pairs(claims, ["measure", "authority"])
    return draft_all("fall", claims, measures, list(_falls(paired)))


def _falls(paired: _Paired) -> Iterator[Sides]:
    """Yield places of the higher and of the lower claims."""
    totals, rows = paired.totals, np.flatnonzero(paired.below)
    if not rows.size:
        return
    peaks = highest_above(totals, paired.part["face_low"].to_numpy(), paired.below)[rows]
    order = np.argsort(peaks, kind="stable")
    peaks = peaks[order]
    new = np.flatnonzero(np.diff(peaks)) + 1
    for peak, lower in zip(peaks[np.r_[0, new]], np.split(rows[order], new), strict=True):
        upper = paired.same_statement(int(peak))
        upper = upper[totals.last[upper] < totals.first[lower].min()]
        yield paired.places[upper], paired.places[lower]


def find_overtaken(
    claims: pd.DataFrame,
    measures: pd.DataFrame,
    rivals: set[Rivals],
    fallen: set[str],
) -> list[Draft]:
    """Totals that lie wholly above what other authorities give for a later time.

    Statements (one authority, time and figure) that conflict with most others are taken first;
    each becomes one finding, until no conflict is left.

    Parameters
    ----------
    rivals : set of tuple
        Measure and two authorities whose conflict at one time is told already.
    fallen : set of str
        Ids of claims that are told already as the lower end of a fall.
    """
    paired = _in_pairs(claims, ["measure"])
    return draft_all("overtaken", claims, measures, list(_overtaken(paired, rivals, fallen)))


def _overtaken(paired: _Paired, rivals: set[Rivals], fallen: set[str]) -> Iterator[Sides]:
    """Yield places of the higher and of the lower claims."""
    if not paired.below.any():
        return
    keys = paired.part[["measure", *STATEMENT]]
    statement = np.asarray(keys.groupby(list(keys), sort=False, dropna=False).ngroup())
    first = np.flatnonzero(~keys.duplicated())  # one claim for all that state the same
    first = first[~_estimates_of_rivals(paired.part.iloc[first], rivals)]
    lower = paired.below & ~paired.part["id"].isin(fallen).to_numpy()
    known = _known(paired, rivals)
    ends = np.flatnonzero(np.diff(paired.totals.group)) + 1
    for start, end in pairwise([0, *ends.tolist(), len(statement)]):
        ours = first[np.searchsorted(first, start) : np.searchsorted(first, end)]
        pairs = _conflicts(paired, known.get(int(paired.totals.group[start])))
        sides = (ours[paired.above[ours]], ours[lower[ours]])
        for focal, up, against in peel(pairs, *sides, paired.same_statement):
            one, others = (
                start + np.flatnonzero(np.isin(statement[start:end], statement[rows]))
                for rows in (focal, against)
            )
            high, low = (one, others) if up else (others, one)
            yield paired.places[high], paired.places[low]


def _estimates_of_rivals(statements: pd.DataFrame, rivals: set[Rivals]) -> Flags:
    """Estimates of an authority of which a conflict is told: estimates of one count once."""
    named = {(measure, one) for measure, *pair in rivals for one in pair}
    who = pd.MultiIndex.from_frame(statements[["measure", "authority"]])
    told = who.isin(list(named)) if named else np.zeros(len(statements), dtype=bool)
    return np.asarray(told & (statements["status"] == "estimated").to_numpy())


def _known(paired: _Paired, rivals: set[Rivals]) -> dict[int, Flags]:
    """By group, which authorities are known to disagree: a table of all with all."""
    group = dict(zip(paired.part["measure"], paired.totals.group.tolist(), strict=True))
    code = {name: place for place, name in enumerate(paired.authorities)}
    known: dict[int, Flags] = {}
    for measure, one, other in rivals:
        if measure in group and one in code and other in code:
            table = known.setdefault(group[measure], np.zeros((len(code), len(code)), dtype=bool))
            table[code[one], code[other]] = table[code[other], code[one]] = True
    return known


def _conflicts(paired: _Paired, known: Flags | None) -> Callable[[Integers, Integers], Flags]:
    """Whether statements lie above later ones of others, where that is not told already."""

    def pairs(upper: Integers, lower: Integers) -> Flags:
        one, other = paired.authority[upper][:, None], paired.authority[lower][None, :]
        found = above(paired.totals, upper, lower) & (one != other)
        return np.asarray(found if known is None else found & ~known[one, other])

    return pairs


@dataclass(frozen=True, slots=True)
class _Paired:
    """Running totals of groups in which one lies above a later one, by group and time.

    Attributes
    ----------
    part : DataFrame
        `USED` of these claims, without those of series that are in no pair: there can be thousands.
    places : ndarray of int
        Where each of them stands among the claims.
    above, below : ndarray of bool
        Whether each lies above a later one, or below an earlier one.
    authority : ndarray of int
        Places in `authorities`.
    low, high : ndarray of float
        What the figure can stand for.
    """

    part: pd.DataFrame
    places: Integers
    totals: Totals
    above: Flags
    below: Flags
    authority: Integers
    authorities: list[str]
    low: Floats
    high: Floats

    def same_statement(self, row: int) -> Integers:
        """Rows of the same authority that give the same figure for the same or a near time."""
        group, first = self.totals.group, self.totals.first
        rows = np.arange(*np.searchsorted(group, [group[row], group[row] + 1]))
        same = (
            (self.authority[rows] == self.authority[row])
            & (self.low[rows] <= self.high[row])
            & (self.high[rows] >= self.low[row])
            & (np.abs(first[rows] - first[row]) <= SAME_TABLE_DAYS)
        )
        return np.asarray(rows[same])


def _in_pairs(claims: pd.DataFrame, keys: list[str]) -> _Paired:
    """Running totals that lie above a later, or below an earlier one of their group."""
    running = (claims["kind"] == "cumulative") & claims["comparable"]
    places = np.flatnonzero(running & (claims["modality"] == "actual"))
    groups = _numbered(claims, keys)[places]
    totals = totals_of(claims[TOTALED].iloc[places], groups)
    below = below_earlier(totals)
    some = np.flatnonzero(np.isin(groups, groups[below]))
    places, totals, below = places[some], totals.only(some), below[some]
    above = above_later(totals)  # of any other group none is
    kept = np.flatnonzero(totals.alone | above | below)
    part = claims[USED].iloc[places[kept]].reset_index(drop=True)
    part = part.sort_values([*keys, "at_first", "at_last", "id"])
    kept = kept[part.index]
    authority, authorities = pd.factorize(part["authority"])
    return _Paired(
        part=part,
        places=places[kept],
        totals=replace(totals.only(kept), group=pd.factorize(totals.group[kept])[0]),
        above=above[kept],
        below=below[kept],
        authority=authority,
        authorities=list(authorities),
        low=part["near_low"].to_numpy(dtype=np.float64),
        high=part["near_high"].to_numpy(dtype=np.float64),
    )


def _numbered(claims: pd.DataFrame, keys: list[str]) -> Integers:
    """Number of each row's group."""
    first, *others = (codes_of(claims[key]) for key in keys)
    for codes in others:
        first = first * (codes.max(initial=0) + 1) + codes
    return np.asarray(pd.factorize(first)[0], dtype=np.int64)
