"""Relays that can be an old figure given as new, found by sorting, without a look at each.

An old figure is one that another publisher gave for an earlier time, with an unlike figure of its
origin in between; unless it is the figure of its own time once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analyzer.arrays import Floats, Integers, Truths, days, joint

MOVING: Final = ("cumulative", "stock")  # kinds whose older figures can be given as new
OF_FIGURES: Final = ["qualifier", "stated", "kind", "at_first", "at_last"]
LATEST = 1 << 62  # for times that are not known
SPAN: Final = 1 << 22  # more days than any two dates are apart


@dataclass(frozen=True, slots=True)
class Codes:
    """Of what each claim speaks, as whole numbers.

    Attributes
    ----------
    origin, place, number : ndarray of int
        Codes of the origin's figures for all times, of its figure for one time, and of those of an
        origin that give the same exact number (-1 for none).
    stated : ndarray of int
        Code of the number, whoever gives it (-1 for none).
    source : ndarray of int
        Code of the publisher.
    alone : ndarray of bool
        Whether it stands in no series.
    """

    origin: Integers
    place: Integers
    number: Integers
    stated: Integers
    source: Integers
    alone: Truths

    def __getitem__(self, rows: Integers) -> Codes:
        return Codes(
            self.origin[rows],
            self.place[rows],
            self.number[rows],
            self.stated[rows],
            self.source[rows],
            self.alone[rows],
        )


def old_figures(usable: pd.DataFrame, asked: Truths, codes: Codes) -> Truths:
    """Claims that can be an old figure given as new.

    Parameters
    ----------
    usable : DataFrame
        `schemas.Aligned`, comparable claims ordered by id.
    asked : ndarray of bool
        Claims of which it is to be told; all others are none.
    """
    found = _possible(usable, codes, asked)
    near = np.flatnonzero(np.isin(codes.origin, codes.origin[found]))
    if near.size:
        found[near] &= ~of_their_time(usable[OF_FIGURES].iloc[near], codes[near])
    return found


def of_their_time(usable: pd.DataFrame, codes: Codes) -> Truths:
    """Claims whose number is the figure of their own time, though it may be an earlier one too.

    Another publisher gives it for that time, or the total has climbed back to it.
    """
    given = others_speak(joint(codes.place, codes.number), codes.source, codes.alone)
    return given | _climbs_back(usable, codes.origin)


def others_speak(place: Integers, source: Integers, alone: Truths) -> Truths:
    """Whether another publisher speaks of the same; two claims of series do not count."""
    known = place >= 0
    if not known.all():  # of what is not known, nobody speaks
        found = np.zeros(len(place), dtype=bool)
        found[known] = others_speak(place[known], source[known], alone[known])
        return found
    size = place.max(initial=-1) + 1
    first = np.full(size, -1, dtype=np.int64)
    several = np.zeros((2, size), dtype=bool)  # among those that stand alone, and among all
    for among, mask in enumerate((alone, np.ones_like(alone))):
        rows = np.flatnonzero(mask)
        first[place[rows]] = source[rows]
        several[among][place[rows[source[rows] != first[place[rows]]]]] = True
        if not among:
            lone = np.where(first >= 0, first, -1)
    beside = several[0][place] | ((lone[place] >= 0) & (lone[place] != source))
    return np.asarray(np.where(alone, several[1][place], beside))


def highest(values: Floats, begin: Integers, end: Integers) -> Floats:
    """The highest value of each stretch `begin` to `end` (without it); minus infinity if empty.

    Two stretches of a power of two cover any stretch, and a table of these takes n log n.
    """
    found = np.full(len(begin), -np.inf)
    length = np.maximum(end - begin, 0)
    table, size = values, 1
    while length.size and size <= length.max():
        here = (length >= size) & (length < 2 * size)
        found[here] = np.maximum(table[begin[here]], table[end[here] - size])
        table = np.maximum(table[:-size], table[size:]) if len(table) > size else table[:0]
        size *= 2
    return found


def _climbs_back(usable: pd.DataFrame, origin: Integers) -> Truths:
    """Running totals above the last other figure of their origin: no old figure is given again.

    After a fall (a count that starts anew, entries taken back) a total passes its old values once
    more. Of several figures for the last day the lowest one counts.
    """
    exact = (usable["qualifier"] == "exact") & usable["stated"].notna()
    dated = usable["at_first"].notna() & usable["at_last"].notna()
    rows = np.flatnonzero(exact & dated & (usable["kind"] == "cumulative"))
    stated = usable["stated"].to_numpy(dtype=np.float64)
    first, last = (days(usable[name]) for name in ("at_first", "at_last"))
    rows = rows[np.lexsort((-stated[rows], last[rows], origin[rows]))]
    new = np.diff(origin[rows], prepend=-2) != 0
    run = new | (np.diff(stated[rows], prepend=np.nan) != 0)
    begin, start = (
        np.maximum.accumulate(np.where(mark, np.arange(len(rows)), 0)) for mark in (new, run)
    )
    key = origin[rows] * SPAN + last[rows] + SPAN // 2
    before = np.searchsorted(key, origin[rows] * SPAN + first[rows] + SPAN // 2) - 1
    same = (before >= begin) & (stated[rows[before]] == stated[rows])
    before = np.where(same, start[before] - 1, before)
    found = np.zeros(len(usable), dtype=bool)
    found[rows] = (before >= begin) & (stated[rows[before]] < stated[rows])
    return found


def _possible(usable: pd.DataFrame, codes: Codes, asked: Truths) -> Truths:
    """Moving figures that another gave for an earlier time, with an unlike figure in between."""
    origin, number, source, alone = codes.origin, codes.number, codes.source, codes.alone
    moving = (number >= 0) & usable["kind"].isin(MOVING).to_numpy(dtype=bool)
    first, last = (days(usable[name]) for name in ("at_first", "at_last"))
    earliest, again = np.full(len(usable) + 1, LATEST), np.zeros(len(usable) + 1, dtype=bool)
    np.minimum.at(earliest, number[moving], last[moving])
    later = moving & asked & (earliest[number] < first)
    again[number[later]] = True
    moving &= again[number]
    since = _soonest(number, last, source, moving)
    rows = np.flatnonzero(later & (since < first))
    if not alone[rows].all():  # two claims of series are not held against each other
        beside = _soonest(number, last, source, moving & alone)
        rows = rows[alone[rows] | (beside[rows] < first[rows])]
        since = np.where(alone, since, beside)
    found = np.zeros(len(usable), dtype=bool)
    among = np.flatnonzero(np.isin(origin, origin[rows]) & usable["at_first"].notna().to_numpy())
    among = among[np.lexsort((first[among], origin[among]))]
    low, high = (usable[f"apart_{end}"].to_numpy(dtype=np.float64) for end in ("low", "high"))
    key = origin[among] * SPAN + first[among] + SPAN // 2
    begin = np.searchsorted(key, origin[rows] * SPAN + since[rows] + SPAN // 2, "right")
    end = np.searchsorted(key, origin[rows] * SPAN + first[rows] + SPAN // 2)
    above = highest(low[among], begin, end) > high[rows]
    below = -highest(-high[among], begin, end) < low[rows]
    found[rows] = above | below
    return found


def _soonest(number: Integers, last: Integers, source: Integers, among: Truths) -> Integers:
    """For each claim the first time for which another publisher gave its number."""
    rows = np.flatnonzero(among)
    rows = rows[np.lexsort((last[rows], number[rows]))]
    size = number.max(initial=-1) + 1
    time, who = np.full((2, size + 1), LATEST), np.full(size + 1, -1, dtype=np.int64)
    new = np.flatnonzero(np.diff(number[rows], prepend=-2))
    time[0][number[rows[new]]], who[number[rows[new]]] = last[rows[new]], source[rows[new]]
    others = rows[source[rows] != who[number[rows]]]  # the first publisher's own wait for these
    new = np.flatnonzero(np.diff(number[others], prepend=-2))
    time[1][number[others[new]]] = last[others[new]]
    return np.asarray(np.where(who[number] != source, time[0][number], time[1][number]))
