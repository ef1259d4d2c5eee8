"""Relays that sorting alone settles: most of a large dossier, without a look at single claims.

A relay can't be checked where nobody else speaks of its origin's figure for that time, and it is
held against the origin's own words where the origin published the same number by then. What is
left (the number itself is in question, or an old figure is given as new) is for `relays`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.arrays import Integers, codes_of, seconds

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
EARLIEST, LATEST = -(1 << 62), 1 << 62  # for times that are not known
SPAN: Final = 1 << 22  # more days than any two dates are apart
SENSES: Final = {
    "at least": "lower",
    "more than": "lower",
    "at most": "upper",
    "less than": "upper",
    "nearly": "upper",
    "approximate": "about",
    "exact": "exact",
    "share": "exact",
}


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of each claim.

    Attributes
    ----------
    verdicts : ndarray of str
        Verdict of a relay, "" where it takes a closer look (or where the claim is none).
    references : list of tuple of int
        Rows that give the origin's figure, by row.
    stale : ndarray of bool
        Relays that can be an old figure given as new.
    again : ndarray of bool
        Claims whose number is the figure of their own time, though it may have been an earlier
        one too: another publisher gives it, or the total has climbed back to it.
    place, origin, number : ndarray of int
        Codes of the origin's figure for one time, of the origin's figures for all times, and of
        those that give the same exact number.
    """

    verdicts: npt.NDArray[np.object_]
    references: list[tuple[int, ...]]
    stale: Flags
    again: Flags
    place: Integers
    origin: Integers
    number: Integers


def settle(usable: pd.DataFrame) -> Settled:
    """Settle what can be settled.

    Parameters
    ----------
    usable : DataFrame
        `schemas.Aligned`, comparable claims ordered by id.
    """
    source = codes_of(usable["source"])
    origin = joint(*(codes_of(usable[name]) for name in ("group", "authority", "scope")))
    place = joint(origin, codes_of(usable["slot"]))
    alone = (usable["series"] == "").to_numpy(dtype=bool)
    relayed = (usable["authority"] != usable["source"]).to_numpy(dtype=bool)
    number = joint(origin, codes_of(usable["stated"].where(usable["qualifier"] == "exact")))
    again = _others_speak(joint(place, number), source, alone) | _climbs_back(usable, origin)
    stale = relayed & ~again & _can_be_stale(usable, origin, number, source, alone)
    verdicts = np.full(len(usable), "", dtype=object)
    silent = relayed & ~stale & ~_others_speak(place, source, alone)
    verdicts[silent] = "cannot be checked"
    references: list[tuple[int, ...]] = [()] * len(usable)
    open_ = np.flatnonzero(relayed & ~stale & ~silent & alone)
    for row, rows in _own_words(usable, joint(place, codes_of(usable["stated"])), open_):
        references[row] = rows
    told = open_[[bool(references[row]) for row in open_]]
    first = np.array([references[row][0] for row in told], dtype=np.int64)
    verdicts[told] = _compare(usable, told, first)
    return Settled(verdicts, references, stale, again, place, origin, number)


def joint(one: Integers, *others: Integers) -> Integers:
    """Codes of what several codes say together; -1 (no value) in any of them stays -1."""
    for other in others:
        missing = (one < 0) | (other < 0)
        both = pd.factorize(one * (other.max(initial=0) + 1) + other)[0].astype(np.int64)
        one = np.where(missing, -1, both)
    return one


def _others_speak(place: Integers, source: Integers, alone: Flags) -> Flags:
    """Whether another publisher speaks of the same; two claims of series do not count."""
    known = place >= 0
    if not known.all():  # of what is not known, nobody speaks
        found = np.zeros(len(place), dtype=bool)
        found[known] = _others_speak(place[known], source[known], alone[known])
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


def _own_words(usable: pd.DataFrame, number: Integers, asked: Integers) -> Any:
    """Yield a row, and those in which its origin itself had given the same number by then."""
    own = (usable["authority"] == usable["source"]).to_numpy(dtype=bool)
    said = seconds(usable["said_first"])
    by = seconds(usable["said_last"])
    said = np.where(usable["said_first"].isna(), EARLIEST, said)
    by = np.where(usable["said_last"].isna(), LATEST, by)
    rows = np.flatnonzero(own & (number >= 0))
    rows = rows[np.lexsort((rows, said[rows], number[rows]))]
    starts = np.searchsorted(number[rows], number[asked])
    ends = np.searchsorted(number[rows], number[asked], "right")
    known: dict[tuple[int, int], tuple[int, ...]] = {}
    found = (number[asked] >= 0) & (ends > starts)
    for row, start, end in zip(
        asked[found].tolist(), starts[found].tolist(), ends[found].tolist(), strict=True
    ):
        end = start + int(np.searchsorted(said[rows[start:end]], by[row], "right"))
        if (start, end) not in known:
            known[start, end] = tuple(sorted(rows[start:end].tolist()))
        yield row, known[start, end]


def _compare(usable: pd.DataFrame, rows: Integers, first: Integers) -> npt.NDArray[np.object_]:
    """Verdicts on the same number in other words."""
    reading = usable["reading"].to_numpy(dtype=object)
    sense = usable["qualifier"].map(SENSES).fillna("").to_numpy(dtype=object)
    ours, theirs = sense[rows], sense[first]
    verdicts = np.select(
        [(reading[rows] == reading[first]) | (ours == theirs), ours == "exact", theirs == "exact"],
        ["faithful", "qualifier lost", "qualifier added"],
        "qualifier turned",
    )
    return verdicts.astype(object)


def _climbs_back(usable: pd.DataFrame, origin: Integers) -> Flags:
    """Running totals above the last other figure of their origin: no old figure is given again.

    After a fall (a count that starts anew, entries taken back) a total passes its old values once
    more. Of several figures for the last day the lowest one counts.
    """
    exact = (usable["qualifier"] == "exact") & usable["stated"].notna()
    dated = usable["at_first"].notna() & usable["at_last"].notna()
    rows = np.flatnonzero(exact & dated & (usable["kind"] == "cumulative"))
    stated = usable["stated"].to_numpy(dtype=np.float64)
    first, last = _days(usable)
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


def _days(usable: pd.DataFrame) -> tuple[Integers, Integers]:
    """Days from 1970 of the ends of the times that figures speak of."""
    first, last = (
        usable[name].to_numpy(dtype="datetime64[D]").astype(np.int64)
        for name in ("at_first", "at_last")
    )
    return first, last


def _can_be_stale(
    usable: pd.DataFrame, origin: Integers, number: Integers, source: Integers, alone: Flags
) -> Flags:
    """Moving figures that another gave for an earlier time, with an unlike figure in between."""
    moving = (number >= 0) & usable["kind"].isin(("cumulative", "stock")).to_numpy()
    first, last = _days(usable)
    since = np.where(
        alone,
        _soonest(number, last, source, moving),
        _soonest(number, last, source, moving & alone),
    )
    rows = np.flatnonzero(moving & (since < first))
    found = np.zeros(len(usable), dtype=bool)
    among = np.flatnonzero(np.isin(origin, origin[rows]) & usable["at_first"].notna().to_numpy())
    among = among[np.lexsort((first[among], origin[among]))]
    low, high = (usable[f"apart_{end}"].to_numpy(dtype=np.float64) for end in ("low", "high"))
    key = origin[among] * SPAN + first[among] + SPAN // 2
    begin = np.searchsorted(key, origin[rows] * SPAN + since[rows] + SPAN // 2, "right")
    end = np.searchsorted(key, origin[rows] * SPAN + first[rows] + SPAN // 2)
    above = _highest(low[among], begin, end) > high[rows]
    below = -_highest(-high[among], begin, end) < low[rows]
    found[rows] = above | below
    return found


def _soonest(number: Integers, last: Integers, source: Integers, among: Flags) -> Integers:
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


def _highest(values: Floats, begin: Integers, end: Integers) -> Floats:
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
