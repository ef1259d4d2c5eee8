"""Accounts of the identities of one shape, and by how much their sides miss each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analyzer.accounts.ranges import Ranges
from analyzer.accounts.shapes import Shape
from analyzer.accounts.sums import Sums
from analyzer.accounts.timed import Places
from analyzer.accounts.values import Pool
from analyzer.arrays import Floats, Integers, Truths
from analyzer.expressions import Node, Number, Ref, fold
from analyzer.gaps import gap

Source = Pool | Sums


@dataclass(slots=True)
class Verdicts:
    """Accounts of the identities of one shape, in the order of their numbers.

    Attributes
    ----------
    places : Places
        Where each account is; `identity` is a place in the shape.
    number : array of int
        Number of each account among those of its identity.
    ids : list of array of int
        What stands for each slot: ids in its source.
    sources : list of Pool or Sums
        Where each slot is looked up.
    near : list of Ranges
        Left and right side, as a hearer takes them.
    gap, literal_gap : array of float
        How far the sides miss each other, to a hearer and to the letter; 0 where they can meet.
    """

    shape: Shape
    places: Places
    number: Integers
    ids: list[Integers]
    sources: list[Source]
    near: list[Ranges]
    gap: Floats
    literal_gap: Floats

    @property
    def strength(self) -> npt.NDArray[np.str_]:
        """Whether each account holds, strains or contradicts."""
        return np.select(
            [self.literal_gap != 0, self.gap != 0], ["contradicts", "strains"], "holds"
        )

    def proves(self, hedged: Truths) -> Truths:
        """Pages that add up one of these sets of the pool to what they give elsewhere."""
        found = np.zeros(len(self.places), dtype=bool)
        if self.shape.key.tree.relation == "=" and hedged.any():
            for source, ids in zip(self.sources, self.ids, strict=True):
                found |= (source.touched(hedged) if isinstance(source, Sums) else hedged)[ids]
        return found & (self.places.page >= 0)

    def part(self, kept: Integers) -> Verdicts:
        """Some of the accounts, before they are judged."""
        ids = [one[kept] for one in self.ids]
        return replace(self, places=self.places[kept], number=self.number[kept], ids=ids)

    def judge(self) -> None:
        """Bounds of both sides, and how far they miss each other."""
        tree = self.shape.key.tree
        near, literal = (
            [side_of(self, side, name) for side in (tree.left, tree.right)]
            for name in ("near", "literal")
        )
        self.near = near
        self.gap = _miss(tree.relation, *near)
        self.literal_gap = _miss(tree.relation, *literal)


def side_of(verdict: Verdicts, node: Node, name: str, kept: Integers | None = None) -> Ranges:
    """Bounds of a node of the shape's tree, `near` or `literal`, in all accounts or in some."""
    rows = np.arange(len(verdict.places)) if kept is None else kept

    def leaf(one: Ref | Number) -> Ranges:
        if isinstance(one, Number):
            value = verdict.shape.constant[verdict.places.identity[rows], int(one.value)]
            return Ranges(value, value)
        slot = int(one.measure)
        every: Ranges = getattr(verdict.sources[slot], name)
        ids = verdict.ids[slot][rows]
        return Ranges(every.low[ids], every.high[ids])

    return fold(node, leaf)


def _miss(relation: str, left: Ranges, right: Ranges) -> Floats:
    """Gap between the facing ends of two sides that can't satisfy the relation; 0 if they can."""
    ends = [np.where(np.isfinite(end), np.abs(end), 0.0) for end in (left.low, right.low)]
    slack = 1e-9 * np.maximum(1.0, np.maximum(*ends))
    above = (left.low > right.high + slack) & (relation in ("=", "<="))
    below = (right.low > left.high + slack) & (relation in ("=", ">="))
    with np.errstate(invalid="ignore"):
        gaps = gap(left.low, right.high), gap(left.high, right.low)
    return np.asarray(np.where(above, gaps[0], np.where(below, gaps[1], 0.0)))
