"""Slots whose claims exclude each other: which, how far apart, and in what positions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analyzer.arrays import Integers, Truths, codes_of
from analyzer.discrepancies.apart import Comparables, furthest_pairs, in_conflict, widest_gaps
from analyzer.discrepancies.contested import Contested
from analyzer.discrepancies.parts import Part
from analyzer.distinct import together
from analyzer.positions import number_positions
from analyzer.settings import Thresholds


@dataclass(frozen=True, slots=True)
class Dispute:
    """One slot of which some claims exclude each other.

    Attributes
    ----------
    relation : str
        "contradicts" or "strains".
    claims : Part
        Those of a conflict, and those without a scope; by id.
    positions : list of Part
        By scope, the biggest of each scope first.
    furthest : (int, int)
        The lower and the upper one of the two positions that are furthest apart, of one scope if
        any such exclude each other.
    ends : (row, row)
        The claims of these two positions that are furthest apart.
    gap : float
        The widest gap between the stated numbers of two claims that exclude each other.
    inferred : bool
        Whether each conflict has a claim whose date was taken from the context.
    """

    relation: str
    claims: Part
    positions: list[Part]
    furthest: tuple[int, int]
    ends: tuple[Any, Any]
    gap: float
    inferred: bool


def find_disputes(
    contested: Contested, thresholds: Thresholds, told: set[str], pages: list[frozenset[str]]
) -> list[Dispute]:
    """Slots with conflicts that are not told yet, by name; parameters as `find_disagreements`."""
    slot = contested.apart.slot
    apart = _disputed(contested, thresholds, told, pages)
    literal = apart[slot] == 0
    sides, some = contested.compared(literal), np.flatnonzero(apart[slot] >= 0)
    over, under = in_conflict(sides.only(some))
    some = some[over | under | (sides.scope[some] == 0)]
    some = some[np.argsort(slot[some], kind="stable")]  # by slot, within it by id
    rows, sides = contested.rows.iloc[some], sides.only(some)
    slot = np.unique(sides.slot, return_inverse=True)[1].astype(np.int64)
    sides = replace(sides, slot=slot)
    position = _positions(rows, sides, thresholds)
    lower, upper = _furthest(sides, position)
    dated = _dated(rows)
    certain = set(slot[dated][in_conflict(sides.only(dated))[0]].tolist())
    gaps = pd.Series(widest_gaps(sides)).groupby(slot).max().tolist()
    table, parts, literal = contested.table(some), _split(slot, position), literal[some]
    return [
        Dispute(
            relation="contradicts" if literal[places[0]] else "strains",
            claims=Part(table, places),
            positions=[Part(table, part) for part in parts[number]],
            furthest=(int(position[lower[number]]), int(position[upper[number]])),
            ends=(table.row(int(lower[number])), table.row(int(upper[number]))),
            gap=gaps[number],
            inferred=number not in certain,
        )
        for number, (places,) in enumerate(_split(slot, np.zeros_like(slot)))
    ]


def _disputed(
    contested: Contested,
    thresholds: Thresholds,
    told: set[str],
    pages: list[frozenset[str]],
) -> Integers:
    """For each slot 0 if claims contradict each other, 1 if they strain widely, else -1."""
    slot, ids = contested.apart.slot, contested.rows["id"].tolist()
    apart = np.full(slot.max(initial=-1) + 1, -1, dtype=np.int64)
    left = np.array([place for place, one in enumerate(ids) if one not in told], dtype=np.int64)
    codes = _pages([ids[place] for place in left], pages)
    over, _ = in_conflict(contested.apart.only(left), codes)
    apart[slot[left[over]]] = 0
    rest = apart[slot[left]] < 0
    gaps = widest_gaps(contested.near.only(left[rest]), None if codes is None else codes[rest])
    # a slot without a gap, but with a conflict, has one of 0
    apart[slot[left[rest]][(gaps >= 0) & (gaps >= thresholds.wide_gap)]] = 1
    return apart


def _pages(ids: list[str], pages: list[frozenset[str]]) -> Integers | None:
    """Number of the page whose own contradiction is told, within its slot; -1 without one."""
    if not pages:
        return None
    number = {one: place for place, page in enumerate(pages) for one in page}
    return np.array([number.get(one, -1) for one in ids], dtype=np.int64)


def _positions(rows: pd.DataFrame, sides: Comparables, thresholds: Thresholds) -> Integers:
    """Number of the position of each claim, from 0 in each slot.

    Positions by scope; finer ones where those would join all claims that conflict.
    """
    scope = codes_of(rows["scope"], sort=True)
    place, _ = together([pd.Series(sides.slot), pd.Series(scope)])
    found = np.full(len(rows), -1, dtype=np.int64)
    left = np.ones(len(rows), dtype=bool)
    for tolerance in (thresholds.position_tolerance, 0.0, None):
        if not left.any():
            break
        if tolerance is None:
            inside = codes_of(rows["reading"][left], sort=True)
        else:
            inside = number_positions(rows[left], place[left], tolerance)
        found[left] = _within_slots(sides.slot[left], scope[left], inside)
        apart, _ = in_conflict(sides.only(left), found[left])
        left &= ~np.isin(sides.slot, sides.slot[left][apart])
    return found


def _within_slots(slot: Integers, scope: Integers, inside: Integers) -> Integers:
    """Numbers of the pairs of scope and position, from 0 in each slot, in their order."""
    order = np.lexsort((inside, scope, slot))
    new = [np.diff(codes[order], prepend=-1) != 0 for codes in (slot, scope, inside)]
    number = np.cumsum(new[0] | new[1] | new[2]) - 1
    found = np.empty_like(slot)
    found[order] = number - np.maximum.accumulate(np.where(new[0], number, 0))
    return found


def _furthest(sides: Comparables, position: Integers) -> tuple[Integers, Integers]:
    """Of each slot the places of the lower and of the upper claim that are furthest apart."""
    count = sides.slot.max(initial=-1) + 1
    ends = np.full((2, count), -1, dtype=np.int64)
    within = (False, True) if sides.scope.any() else (True,)
    for one_scope in within:  # of one scope where there is such a pair
        slots, above, below = furthest_pairs(sides, position, one_scope)
        ends[:, slots] = below, above
    return ends[0], ends[1]


def _dated(rows: pd.DataFrame) -> Truths:
    """Claims whose time is not taken from the context, or does not matter."""
    dated = (rows["as_of_basis"] != "context") | (rows["kind"] == "fixed")
    return dated.to_numpy(dtype=bool)


def _split(slot: Integers, position: Integers) -> list[list[list[int]]]:
    """Places of the claims of each position of each slot, both counted up from 0."""
    found: list[list[list[int]]] = [[] for _ in range(slot.max(initial=-1) + 1)]
    order = np.lexsort((position, slot))
    first = (np.diff(slot[order], prepend=-1) != 0) | (np.diff(position[order], prepend=-1) != 0)
    starts = np.flatnonzero(first).tolist()
    places = order.tolist()
    for start, stop in pairwise([*starts, len(places)]):
        found[slot[order[start]]].append(places[start:stop])
    return found
