"""Identities held against all their accounts at once, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyzer.accounts.fixed import Fixed
from analyzer.accounts.hedged import hedged_counts
from analyzer.accounts.places import page_places, span_places
from analyzer.accounts.screening import Screen
from analyzer.accounts.shapes import Shape, find_shapes, read_identities, shelves_of
from analyzer.accounts.shelves import Shelves, fill_shelves
from analyzer.accounts.sums import Sums
from analyzer.accounts.timed import Places, Timed
from analyzer.accounts.values import Pool
from analyzer.accounts.verdicts import Source, Verdicts
from analyzer.arrays import NEVER, Integers, Truths, joint, seconds
from analyzer.settings import Thresholds

OF_AN_IDENTITY = ["name", "expression", "valid_from_first", "valid_to_last"]


@dataclass(frozen=True, slots=True)
class Held:
    """All identities, in the order of their names, and what came of those that have accounts.

    Of `identities` there are the columns `OF_AN_IDENTITY`; `hedged` are the sets of the pool with
    an exact count that others hedge, where findings are told.
    """

    identities: pd.DataFrame
    shelves: Shelves
    pool: Pool
    verdicts: list[Verdicts]
    hedged: Truths


def hold_identities(
    claims: pd.DataFrame,
    identities: pd.DataFrame,
    measures: pd.DataFrame,
    thresholds: Thresholds,
    *,
    telling: bool,
) -> Held:
    """Hold every identity against every account; see `identities.evaluate_identities`.

    Parameters
    ----------
    telling : bool
        Leave out accounts that certainly hold, but for pages that add up what others hedge.
    """
    identities = identities[OF_AN_IDENTITY].sort_values("name", ignore_index=True)
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
    if telling:
        verdicts, hedged = _of_findings(looker, shapes)
    else:
        verdicts, hedged = looker.find(shapes), np.zeros(len(pool), dtype=bool)
    looker.settle(verdicts)
    for verdict in verdicts:
        verdict.judge()
    return Held(identities, shelves, pool, verdicts, hedged)


def _of_findings(looker: _Looker, shapes: list[Shape]) -> tuple[list[Verdicts], Truths]:
    """Accounts that may fail, or add up what others hedge; and the hedged sets of the pool."""
    counts = hedged_counts(looker.pool.shelves.claims)
    screen = Screen(looker.pool.shelves, looker.timed, looker.fixed, counts)
    screened = {shape.key: screen.screened(shape) for shape in shapes}
    found = looker.find([one.shape for one in screened.values()])
    hedged = looker.pool.touched(counts)
    told = [screened[one.shape.key].may_fail(one.places) | one.proves(hedged) for one in found]
    parts = [one.part(np.flatnonzero(kept)) for one, kept in zip(found, told, strict=True)]
    return parts, hedged


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

    def find(self, shapes: list[Shape]) -> list[Verdicts]:
        """What the accounts of shapes rest on, of those that have any."""
        placed = ((shape, self.places(shape)) for shape in shapes)
        found = [self.look_up(shape, places) for shape, places in placed if len(places)]
        self.pool.close()
        return found

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
        if mode == "fixed":
            return self._of_fixed(shelf, places), self.pool
        look = self.timed.at if mode == "open" else self.timed.at_or_ended
        found = np.full(len(places), -1, dtype=np.int64)
        for of_page in (False, True):
            part = np.flatnonzero((places.page >= 0) == of_page)
            page = places.page[part] if of_page else None
            found[part] = look(shelf[part], places.time[part], page)
        return found, self.pool

    def _of_fixed(self, shelf: Integers, places: Places) -> Integers:
        """Places of a shape are all at some time, or none of them is."""
        if (places.time >= 0).any():
            return self.fixed.current(shelf, places.time, places.page)
        on_page = self.fixed.on_page(shelf, places.page)
        return np.where(places.page >= 0, on_page, self.fixed.of_all(shelf))

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
        given = pd.Series(joint(places.identity, *keys))
        return np.asarray((places.page < 0) & given.duplicated().to_numpy(dtype=bool))

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
