"""Identities that hold in all their accounts, found without a look at any of them.

Whichever claims of a time an account rests on: what they say together begins no higher than the
highest low end of all claims of that time, and ends no lower than the lowest high end. Where a
relation holds between these innermost ends, it holds in every account of the time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.accounts.fixed import Fixed
from analyzer.accounts.ranges import Ranges
from analyzer.accounts.shapes import Shape
from analyzer.accounts.shelves import Shelves
from analyzer.accounts.timed import Places, Timed
from analyzer.arrays import Floats, Integers, Truths
from analyzer.expressions import Node, Number, Operation, Ref, fold

SCREENED = {"open", "fixed"}  # terms that rest on claims of one time, or on any of what is fixed
MOST_TIMES = 1 << 32  # more spans than any claims have


@dataclass(frozen=True, slots=True)
class Screened:
    """A shape with the identities of which findings may tell.

    Attributes
    ----------
    failing : array of int or None
        Keys of the identities and times where one may fail; None where any account may.
    """

    shape: Shape
    failing: Integers | None

    def may_fail(self, places: Places) -> Truths:
        """Accounts that may fail."""
        if self.failing is None:
            return np.ones(len(places), dtype=bool)
        return np.isin(_keys(places.identity, places.time), self.failing)


class Screen:
    """Leaves the identities of which a finding may tell."""

    def __init__(self, shelves: Shelves, timed: Timed, fixed: Fixed, hedged: Truths) -> None:
        """`hedged` says which claims give an exact count that others hedge."""
        self._timed, self._fixed = timed, fixed
        self._hedged = np.unique(shelves.shelf[hedged[shelves.row]])
        self._near = self._innermost(shelves.near_low, shelves.near_high)
        self._literal = self._innermost(shelves.literal_low, shelves.literal_high)

    def _innermost(self, low: Floats, high: Floats) -> Ranges:
        """By id in the pool: of all claims of a time, and of all that is said of what is fixed.

        The low end can be above the high one, where claims exclude each other.
        """
        size = self._fixed.shelf_ids + len(self._fixed.by_shelf.keys)
        found = Ranges(np.full(size, np.nan), np.full(size, np.nan))
        for first, groups in (
            (self._timed.span_ids, self._timed.by_span),
            (self._fixed.shelf_ids, self._fixed.by_shelf),
        ):
            part = slice(first, first + len(groups.keys))
            found.low[part] = np.negative(groups.least(-low))
            found.high[part] = groups.least(high)
        return found

    def screened(self, shape: Shape) -> Screened:
        """The identities of a shape that may fail somewhere, or prove that a count is exact."""
        if not SCREENED.issuperset(shape.key.modes):
            return Screened(shape, None)
        owner, time, sets = self._sets(shape)
        holds = [_holds(shape, owner, sets, ends) for ends in (self._near, self._literal)]
        failing = np.flatnonzero(~np.logical_and(*holds))
        told = np.zeros(len(shape.identity), dtype=bool)
        told[owner[failing]] = True
        if shape.key.tree.relation == "=":
            told |= np.isin(shape.shelf, self._hedged).any(axis=1)
        number = np.cumsum(told) - 1
        part = shape.part(np.flatnonzero(told))
        return Screened(part, _keys(number[owner[failing]], time[failing]))

    def _sets(self, shape: Shape) -> tuple[Integers, Integers, list[Integers]]:
        """Each time of each identity: place in the shape, time, all that is said for each slot."""
        owner = np.arange(len(shape.identity))
        time = np.full(len(owner), -1)
        if moving := shape.of_mode("open"):
            owner, time = self._timed.spans_of(shape.shelf[:, moving[0]])
        sets: list[Integers] = []
        for slot, mode in enumerate(shape.key.modes):
            shelf = shape.shelf[owner, slot]
            found = self._timed.at(shelf, time) if mode == "open" else self._fixed.of_all(shelf)
            kept = np.flatnonzero(found >= 0)
            owner, time, sets = owner[kept], time[kept], [one[kept] for one in [*sets, found]]
        return owner, time, sets


def _keys(identity: Integers, time: Integers) -> Integers:
    return identity * MOST_TIMES + time + 1


def _holds(shape: Shape, owner: Integers, sets: list[Integers], ends: Ranges) -> Truths:
    """Whether the relation of a shape holds between the innermost ends of both sides."""

    def leaf(one: Ref | Number) -> Ranges:
        if isinstance(one, Number):
            value = shape.constant[owner, int(one.value)]
            return Ranges(value, value)
        ids = sets[int(one.measure)]
        return Ranges(ends.low[ids], ends.high[ids])

    tree = shape.key.tree
    left, right = fold(tree.left, leaf), fold(tree.right, leaf)
    holds = np.ones(len(owner), dtype=bool)
    if tree.relation in ("=", "<="):
        holds &= left.low <= right.high
    if tree.relation in ("=", ">="):
        holds &= left.high >= right.low
    if _multiplies(tree.left) or _multiplies(tree.right):  # of ends that are the wrong way round
        for ids in sets:  # products and quotients are no innermost ends
            holds &= ends.low[ids] <= ends.high[ids]
    return holds


def _multiplies(node: Node) -> bool:
    if not isinstance(node, Operation):
        return False
    return node.sign in "*/" or _multiplies(node.left) or _multiplies(node.right)
