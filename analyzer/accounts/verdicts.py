"""Identities held against all their accounts at once, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.accounts.fixed import Fixed
from analyzer.accounts.places import page_places, span_places
from analyzer.accounts.ranges import Ranges
from analyzer.accounts.shapes import Shape, find_shapes, read_identities, shelves_of
from analyzer.accounts.shelves import Shelves, fill_shelves
from analyzer.accounts.sums import Sums
from analyzer.accounts.timed import Places, Timed
from analyzer.accounts.values import Pool
from analyzer.arrays import NEVER, Floats, Integers, Truths, seconds
from analyzer.expressions import Expression, Node, Number, Ref, fold
from analyzer.gaps import gap
from analyzer.settings import Thresholds

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


@dataclass(frozen=True, slots=True)
class Held:
    """All identities, in the order of their names, and what came of those that have accounts."""

    identities: pd.DataFrame
    expressions: list[Expression]
    shelves: Shelves
    pool: Pool
    verdicts: list[Verdicts]


def hold_identities(
    claims: pd.DataFrame, identities: pd.DataFrame, measures: pd.DataFrame, thresholds: Thresholds
) -> Held:
    """Hold every identity against every account; see `identities.evaluate_identities`."""
    identities = identities.sort_values("name", ignore_index=True)
    expressions = read_identities(identities)
    numbers = shelves_of(expressions)
    shelves = fill_shelves(claims, list(numbers))
    kinds = dict(zip(measures["measure"].tolist(), measures["kind"].tolist(), strict=True))
    closing = seconds(measures["closed_last"]).tolist()
    closed = dict(zip(measures["measure"].tolist(), closing, strict=True))
    ended = {measure: end != NEVER for measure, end in closed.items()}
    shapes = find_shapes(identities, expressions, numbers, kinds, ended)
    pool = Pool(shelves, thresholds.position_tolerance)
    fixed = np.array([kinds[measure] == "fixed" for measure, _ in numbers], dtype=bool)
    ends = np.array([closed[measure] for measure, _ in numbers], dtype=np.int64)
    looker = _Looker(pool, Timed(pool, ~fixed, ends), Fixed(pool, fixed, thresholds.current_days))
    placed = ((shape, looker.places(shape)) for shape in shapes)
    verdicts = [looker.look_up(shape, places) for shape, places in placed if len(places)]
    looker.settle(verdicts)
    for verdict in verdicts:
        _judge(verdict)
    return Held(identities, expressions, shelves, pool, verdicts)


@dataclass(slots=True)
class _Looker:
    """Finds the accounts of a shape, and what stands for each of its slots."""

    pool: Pool
    timed: Timed
    fixed: Fixed

    def places(self, shape: Shape) -> Places:
        """Where the identities of a shape may be held: pages first, then all sources."""
        times = self.pool.shelves.times
        pages = page_places(shape, self.timed, self.fixed, times)
        return pages.joined(span_places(shape, self.timed, times))

    def look_up(self, shape: Shape, places: Places) -> Verdicts:
        """Accounts of all sources stay where they say more than one page's own figures."""
        sources: list[Source] = [self.pool] * len(shape.key.modes)
        ids: list[Integers] = []
        # what moves is looked up first: most places lack it, and a fixed figure is always known
        order = sorted(range(len(sources)), key=lambda slot: shape.key.modes[slot] == "fixed")
        for slot in order:
            found, sources[slot] = self._look_up(shape, slot, places)
            kept = np.flatnonzero(found >= 0)
            places, ids = places[kept], [one[kept] for one in [*ids, found]]
        ids = [ids[order.index(slot)] for slot in range(len(sources))]
        kept = np.flatnonzero(~self._again(shape, places, ids))
        places, ids = places[kept], [one[kept] for one in ids]
        sequence = np.lexsort((places.page, places.time, places.page < 0, places.identity))
        places, ids = places[sequence], [one[sequence] for one in ids]
        first = np.searchsorted(places.identity, places.identity)
        blank = np.zeros(0)
        number = np.arange(len(places)) - first
        return Verdicts(shape, places, number, ids, sources, [], blank, blank)

    def _look_up(self, shape: Shape, slot: int, places: Places) -> tuple[Integers, Source]:
        shelf, mode = shape.shelf[places.identity, slot], shape.key.modes[slot]
        if mode == "sum":
            return self._add_up(shape, shelf, places)
        if mode == "before":
            return self.timed.before(shelf, places.time), self.pool
        found = np.full(len(places), -1, dtype=np.int64)
        for of_page in (False, True):
            part = np.flatnonzero((places.page >= 0) == of_page)
            page = places.page[part] if of_page else None
            found[part] = self._of_part(mode, shelf[part], places.time[part], page)
        return found, self.pool

    def _of_part(
        self, mode: str, shelf: Integers, time: Integers, page: Integers | None
    ) -> Integers:
        if mode == "open":
            return self.timed.at(shelf, time, page)
        if mode == "ended":
            return self.timed.at_or_ended(shelf, time, page)
        if len(time) and time[0] >= 0:
            none = np.full(len(time), -1, dtype=np.int64)
            return self.fixed.current(shelf, time, none if page is None else page)
        return self.fixed.of_all(shelf) if page is None else self.fixed.on_page(shelf, page)

    def _add_up(self, shape: Shape, shelf: Integers, places: Places) -> tuple[Integers, Source]:
        held = self.pool.shelves
        source = np.where(places.page >= 0, held.page_source[places.page], -1)
        sums = Sums(self.pool, shelf, shape.since[places.identity], source)
        return sums.find(held.times.last[places.time]), sums

    def _again(self, shape: Shape, places: Places, ids: list[Integers]) -> Truths:
        """All sources together, where they are no more than one page's own figures."""
        moving = shape.of_mode("open", "ended")
        if moving:
            keys = [self.timed.same_as_all(ids[slot]) for slot in moving]
        else:
            keys = [self.fixed.same_as_all(one) for one in ids]
        frame = pd.DataFrame(dict(enumerate([places.identity, *keys])))
        return np.asarray((places.page < 0) & frame.duplicated().to_numpy(dtype=bool))

    def settle(self, verdicts: list[Verdicts]) -> None:
        """Values of all sets that stand for a slot."""
        used = np.zeros(len(self.pool), dtype=bool)
        for verdict in verdicts:
            for source, ids in zip(verdict.sources, verdict.ids, strict=True):
                used[source.used if isinstance(source, Sums) else ids] = True
        self.pool.settle(used)
        for verdict in verdicts:
            for source in verdict.sources:
                if isinstance(source, Sums):
                    source.settle()


def _judge(verdict: Verdicts) -> None:
    """Bounds of both sides, and how far they miss each other."""
    tree = verdict.shape.key.tree
    near, literal = (
        [side_of(verdict, side, name) for side in (tree.left, tree.right)]
        for name in ("near", "literal")
    )
    verdict.near = near
    verdict.gap = _miss(tree.relation, *near)
    verdict.literal_gap = _miss(tree.relation, *literal)


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
