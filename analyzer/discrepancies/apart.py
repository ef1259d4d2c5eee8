"""Claims that lie wholly above others of their slot, for all slots at once and without pairs.

Whether two claims can be held against each other is a matter of their scopes, of series, of the
side on which a wording is open, and sometimes of a code that has to differ. Each of these cuts
the pairs into a few views: claims that can stand above, claims that can stand below, and blocks
in which each of the former can be held against each of the latter. Within a view a conflict is
a matter of the lowest and the highest bound, and the widest gap one of sorting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analyzer.arrays import Floats, Integers, Truths, highest_so_far
from analyzer.gaps import distance, gap

View = tuple[Integers, Integers, Integers]  # block of each claim, places above, places below


@dataclass(frozen=True, slots=True)
class Comparables:
    """Claims as arrays, one entry a claim.

    Attributes
    ----------
    slot, scope : ndarray of int
        Codes from 0; the scope 0 is none, which can be held against all.
    alone : ndarray of bool
        Whether the claim is not one of a series.
    side : ndarray of int
        As `conflicts.side_of` where that matters, else 0.
    low, high : ndarray of float
        Two claims conflict when these are disjoint.
    face_low, face_high : ndarray of float
        Gaps are measured between these.
    """

    slot: Integers
    scope: Integers
    alone: Truths
    side: Integers
    low: Floats
    high: Floats
    face_low: Floats
    face_high: Floats

    def __len__(self) -> int:
        return len(self.slot)

    def only(self, rows: Truths | Integers) -> Comparables:
        """Some of the claims, in the order given."""
        names = self.__dataclass_fields__
        return Comparables(*(getattr(self, name)[rows] for name in names))


def in_conflict(claims: Comparables, codes: Integers | None = None) -> tuple[Truths, Truths]:
    """Claims that lie above another one, and claims that lie below another one.

    Parameters
    ----------
    codes : ndarray of int, optional
        Only claims with different codes are held against each other; -1 differs from all.

    Returns
    -------
    over, under : ndarray of bool
    """
    over, under = np.zeros((2, len(claims)), dtype=bool)
    for block, above, below in _views(claims, codes):
        count = block.max(initial=-1) + 1
        lowest, highest = np.full(count, np.inf), np.full(count, -np.inf)
        np.minimum.at(lowest, block[below], claims.high[below])
        np.maximum.at(highest, block[above], claims.low[above])
        over[above] |= claims.low[above] > lowest[block[above]]
        under[below] |= claims.high[below] < highest[block[below]]
    return over, under


def widest_gaps(
    claims: Comparables, codes: Integers | None = None, one_scope: bool = False
) -> Floats:
    """For each claim the widest gap to one that it lies above; -1 where there is none.

    Of claims with different codes as in `in_conflict`, and perhaps of one scope alone.

    A gap grows as either end moves away. So of the claims below one, which are the first ones
    by their upper bounds, only the lowest and the highest face matter.
    """
    widest = np.full(len(claims), -1.0)
    ends, ranks = np.unique(np.concatenate([claims.low, claims.high]), return_inverse=True)
    low, high = ranks[: len(claims)], ranks[len(claims) :]
    for block, above, below in _views(claims, codes, one_scope):
        key = block[below] * len(ends) + high[below]
        order = np.argsort(key, kind="stable")
        below, key = below[order], key[order]
        lowest = -highest_so_far(block[below], -claims.face_high[below])
        highest = highest_so_far(block[below], claims.face_low[below])
        last = np.searchsorted(key, block[above] * len(ends) + low[above]) - 1
        some = last >= np.searchsorted(key, block[above] * len(ends))
        above, last = above[some], last[some]
        one_low, one_high = claims.face_low[above], claims.face_high[above]
        down = np.where(one_low > lowest[last], gap(lowest[last], one_low), 0.0)
        up = np.where(one_high < highest[last], gap(one_high, highest[last]), 0.0)
        widest[above] = np.maximum(widest[above], np.maximum(down, up))
    return widest


def furthest_pairs(
    claims: Comparables, codes: Integers, one_scope: bool = False
) -> tuple[Integers, Integers, Integers]:
    """The two claims of each slot with different codes that are furthest apart.

    Of pairs equally far apart the one whose upper claim, then whose lower claim comes first.

    Returns
    -------
    slots, above, below : ndarray of int
        The slots that have such a pair, ascending, and the places of its claims.
    """
    slots, above = _first_of_most(claims.slot, widest_gaps(claims, codes, one_scope))
    partner = np.full(claims.slot.max(initial=-1) + 1, -1)
    partner[slots] = above
    one = partner[claims.slot]
    scope, side = claims.scope, claims.side
    paired = (one >= 0) & (claims.low[one] > claims.high)
    paired &= (scope[one] == scope) | ((not one_scope) & ((scope[one] == 0) | (scope == 0)))
    paired &= claims.alone[one] | claims.alone
    paired &= (side[one] != side) | (side == 0)
    paired &= (codes[one] != codes) | (codes < 0)
    away = distance(claims.face_low[one], claims.face_high[one], claims.face_low, claims.face_high)
    _, below = _first_of_most(claims.slot, np.where(paired, away, -1.0))
    return slots, above, below


def _first_of_most(slot: Integers, values: Floats) -> tuple[Integers, Integers]:
    """The slots with a value from 0 on, and the first place of the highest one of each."""
    most = np.full(slot.max(initial=-1) + 1, -1.0)
    np.maximum.at(most, slot, values)
    places = np.flatnonzero((values >= 0) & (values == most[slot]))
    slots, first = np.unique(slot[places], return_index=True)
    return slots, places[first]


def _views(claims: Comparables, codes: Integers | None, one_scope: bool = False) -> Iterator[View]:
    """Views that hold all pairs that can be compared, and no others."""
    for block, above, below in _by_scope(claims, one_scope):
        for rows in filter(_some, _by_series(claims, above, below)):
            for sided in filter(_some, _by_side(claims, *rows)):
                for one, other in filter(_some, _by_code(codes, *sided)):
                    yield block, np.flatnonzero(one), np.flatnonzero(other)


def _some(pair: tuple[Truths, Truths]) -> bool:
    """Whether there are claims for both sides."""
    return bool(pair[0].any() and pair[1].any())


def _by_scope(claims: Comparables, one_scope: bool) -> Iterator[tuple[Integers, Truths, Truths]]:
    """Claims of one scope, then those with a scope and those without."""
    scoped = claims.scope > 0
    every = np.ones(len(claims), dtype=bool)
    yield _dense(claims.slot * (claims.scope.max(initial=0) + 1) + claims.scope), every, every
    if scoped.any() and not one_scope:
        slot = _dense(claims.slot)
        yield slot, scoped, ~scoped
        yield slot, ~scoped, scoped


def _by_series(
    claims: Comparables, above: Truths, below: Truths
) -> Iterator[tuple[Truths, Truths]]:
    """Two claims of which at most one is of a series."""
    yield above & claims.alone, below
    yield above & ~claims.alone, below & claims.alone


def _by_side(claims: Comparables, above: Truths, below: Truths) -> Iterator[tuple[Truths, Truths]]:
    """Two claims that are not open on the same side."""
    yield above & (claims.side == 0), below
    for side in (1, -1):
        yield above & (claims.side == side), below & (claims.side != side)


def _by_code(
    codes: Integers | None, above: Truths, below: Truths
) -> Iterator[tuple[Truths, Truths]]:
    """Two claims of different codes: of two numbers that differ, some binary digit does."""
    if codes is None:
        yield above, below
        return
    free = codes < 0
    if free.any():
        yield above & free, below
        yield above & ~free, below & free
        above, below = above & ~free, below & ~free
    for digit in range(int(codes.max(initial=0)).bit_length()):
        set_ = (codes >> digit) & 1 == 1
        yield above & set_, below & ~set_
        yield above & ~set_, below & set_


def _dense(codes: Integers) -> Integers:
    """The codes counted up from 0 in their order."""
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)
