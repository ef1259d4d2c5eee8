"""Running totals: falls of one authority's total, and totals above what others give later.

Sweeps over all totals tell which ones stand in a pair; only these are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from analyzer.arrays import Integers, Truths
from analyzer.closer import SAME_TABLE_DAYS
from analyzer.discrepancies.crossings import Running
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.known import Known
from analyzer.discrepancies.peeling import peel
from analyzer.discrepancies.running_drafts import Sides, draft_all
from analyzer.discrepancies.sweeps import above, above_later, below_earlier, highest_above
from analyzer.distinct import together

Rivals = tuple[str, str, str]


def find_falls(totals: Running, known: Known) -> list[Draft]:
    """Totals of one authority that fall below an earlier total of its own.

    A later claim falls when it lies wholly below a total that the same authority gave for an
    earlier time; the highest such total is the one it is held against. All claims below the same
    total make one finding.

    Parameters
    ----------
    known : Known
        All claims, to explain what falls.
    """
    paired = _in_pairs(_by_authority(totals))
    return draft_all("fall", known, list(_falls(paired)))


def _falls(paired: _Paired) -> Iterator[Sides]:
    """Yield places of the higher and of the lower claims."""
    running, rows = paired.running, np.flatnonzero(paired.below)
    if not rows.size:
        return
    totals, places = running.totals, running.places
    peaks = highest_above(totals, running.face_low, paired.below)[rows]
    order = np.argsort(peaks, kind="stable")
    peaks = peaks[order]
    new = np.flatnonzero(np.diff(peaks)) + 1
    for peak, lower in zip(peaks[np.r_[0, new]], np.split(rows[order], new), strict=True):
        upper = paired.same_statement(int(peak))
        upper = upper[totals.last[upper] < totals.first[lower].min()]
        yield places[upper], places[lower]


def find_overtaken(
    totals: Running, known: Known, rivals: set[Rivals], fallen: set[str]
) -> list[Draft]:
    """Totals that lie wholly above what other authorities give for a later time.

    Statements (one authority, time and figure) that conflict with most others are taken first;
    each becomes one finding, until no conflict is left.

    Parameters
    ----------
    known : Known
        All claims, to explain what is overtaken.
    rivals : set of tuple
        Measure and two authorities whose conflict at one time is told already.
    fallen : set of str
        Ids of claims that are told already as the lower end of a fall.
    """
    paired = _in_pairs(totals)
    return draft_all("overtaken", known, list(_overtaken(paired, known, rivals, fallen)))


def _overtaken(
    paired: _Paired, known: Known, rivals: set[Rivals], fallen: set[str]
) -> Iterator[Sides]:
    """Yield places of the higher and of the lower claims."""
    if not paired.below.any():
        return
    running, group = paired.running, paired.running.totals.group
    statement, first = _statements(running)
    tables = _told(running, rivals)
    first = first[~_estimates_of_rivals(running, rivals)[first]]  # one claim for all that agree
    lower, rows = paired.below.copy(), np.flatnonzero(paired.below)
    lower[rows] = ~known.named(fallen, running.places[rows])
    ends = np.flatnonzero(np.diff(group)) + 1
    for start, end in pairwise([0, *ends.tolist(), len(statement)]):
        ours = first[np.searchsorted(first, start) : np.searchsorted(first, end)]
        pairs = _conflicts(running, tables.get(int(group[start])))
        sides = (ours[paired.above[ours]], ours[lower[ours]])
        for focal, up, against in peel(pairs, *sides, paired.same_statement):
            one, others = (
                start + np.flatnonzero(np.isin(statement[start:end], statement[rows]))
                for rows in (focal, against)
            )
            high, low = (one, others) if up else (others, one)
            yield running.places[high], running.places[low]


def _statements(running: Running) -> tuple[Integers, Integers]:
    """Numbers of the statements: one authority, time and figure; and the first total of each."""
    totals = running.totals
    who = totals.group * (running.authority.max(initial=0) + 1) + running.authority
    said = (who, totals.scope, totals.first, totals.last, running.face_low, running.face_high)
    return together([pd.Series(one) for one in said])


def _told(running: Running, rivals: set[Rivals]) -> dict[int, Truths]:
    """By measure, which authorities are known to disagree: a table of all with all."""
    group = {name: place for place, name in enumerate(running.measures)}
    code = {name: place for place, name in enumerate(running.authorities)}
    told: dict[int, Truths] = {}
    for measure, one, other in rivals:
        if measure in group and one in code and other in code:
            table = told.setdefault(group[measure], np.zeros((len(code), len(code)), dtype=bool))
            table[code[one], code[other]] = table[code[other], code[one]] = True
    return told


def _estimates_of_rivals(running: Running, rivals: set[Rivals]) -> Truths:
    """Estimates of an authority of which a conflict is told: estimates of one count once."""
    named = {(measure, one) for measure, *pair in rivals for one in pair}
    rows = np.flatnonzero(running.estimated)
    measures = running.measures[running.totals.group[rows]]
    authorities = running.authorities[running.authority[rows]]
    found = np.zeros(len(running.estimated), dtype=bool)
    found[rows] = [one in named for one in zip(measures, authorities, strict=True)]
    return found


def _conflicts(running: Running, told: Truths | None) -> Callable[[Integers, Integers], Truths]:
    """Whether statements lie above later ones of others, where that is not told already."""

    def pairs(upper: Integers, lower: Integers) -> Truths:
        one, other = running.authority[upper][:, None], running.authority[lower][None, :]
        found = above(running.totals, upper, lower) & (one != other)
        return np.asarray(found if told is None else found & ~told[one, other])

    return pairs


@dataclass(frozen=True, slots=True)
class _Paired:
    """Running totals of groups in which one lies above a later one, by group and time.

    Those of series that are in no pair are left out: there can be thousands.

    Attributes
    ----------
    above, below : ndarray of bool
        Whether each lies above a later one, or below an earlier one.
    """

    running: Running
    above: Truths
    below: Truths

    def same_statement(self, row: int) -> Integers:
        """Rows of the same authority that give the same figure for the same or a near time."""
        one, totals = self.running, self.running.totals
        group = totals.group
        rows = np.arange(*np.searchsorted(group, [group[row], group[row] + 1]))
        same = (
            (one.authority[rows] == one.authority[row])
            & (one.low[rows] <= one.high[row])
            & (one.high[rows] >= one.low[row])
            & (np.abs(totals.first[rows] - totals.first[row]) <= SAME_TABLE_DAYS)
        )
        return np.asarray(rows[same])


def _by_authority(running: Running) -> Running:
    """The totals of each authority on a measure as a group of their own."""
    order = np.lexsort((running.authority, running.totals.group))
    running = running.only(order)
    group = running.totals.group * len(running.authorities) + running.authority
    return replace(running, totals=replace(running.totals, group=group))


def _in_pairs(running: Running) -> _Paired:
    """Those that lie above a later, or below an earlier one of their group."""
    below, group = below_earlier(running.totals), running.totals.group
    some = np.flatnonzero(np.isin(group, group[below]))
    running, below = running.only(some), below[some]
    above = above_later(running.totals)  # of any other group none is
    kept = np.flatnonzero(running.totals.alone | above | below)
    return _Paired(running.only(kept), above[kept], below[kept])
