"""Sets of claims of what moves: by time and page, by time, and of totals that have ended."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.accounts.shelves import DAY
from analyzer.accounts.values import Alike, Pool
from analyzer.arrays import NEVER, Groups, Integers, Truths, expand


@dataclass(frozen=True, slots=True)
class Places:
    """Where terms are looked up: an identity, a time (-1 for any) and a page (-1 for all)."""

    identity: Integers
    time: Integers
    page: Integers

    def __getitem__(self, kept: Integers) -> Places:
        return Places(self.identity[kept], self.time[kept], self.page[kept])

    def __len__(self) -> int:
        return len(self.identity)

    def joined(self, other: Places) -> Places:
        """These places, then the others."""
        parts = [
            np.concatenate([getattr(one, name) for one in (self, other)])
            for name in ("identity", "time", "page")
        ]
        return Places(*parts)


class Timed:
    """Look-ups of measures that move; ids are those of the pool, -1 where nothing is said."""

    def __init__(self, pool: Pool, moving: Truths, closed: Integers) -> None:
        """`moving` says which shelves are looked up by time, `closed` when the measure ended."""
        shelves = pool.shelves
        self._shelves, self._closed = shelves, closed
        self._times, self._pages = len(shelves.times.first), len(shelves.page_source)
        time = shelves.time[shelves.row]
        entry = np.flatnonzero((time >= 0) & moving[shelves.shelf])
        span = shelves.shelf[entry] * self._times + time[entry]
        page = shelves.page[shelves.row[entry]]
        self.by_span = Groups.of(span, entry)
        self.by_page = Groups.of(span * self._pages + page, entry)
        ended = shelves.times.first[time[entry]] >= closed[shelves.shelf[entry]]
        ended &= closed[shelves.shelf[entry]] != NEVER
        self.by_end = Groups.of(shelves.shelf[entry[ended]], entry[ended])
        self.span_ids = pool.add(self.by_span)
        self._page_ids = pool.add(self.by_page)
        self._end_ids = pool.add(self.by_end)
        whole = np.cumsum(np.diff(self.by_page.keys // self._pages, prepend=-1) != 0) - 1
        self._alike = Alike.of(self.by_page, self._page_ids, self.by_span, self.span_ids, whole)

    def at(self, shelf: Integers, time: Integers, page: Integers | None = None) -> Integers:
        """What is said for a time; on a page where pages are given."""
        key = shelf * self._times + time
        if page is None:
            return _ids(self.by_span.find(key), time, self.span_ids)
        return _ids(self.by_page.find(key * self._pages + page), time, self._page_ids)

    def at_or_ended(self, shelf: Integers, time: Integers, page: Integers | None) -> Integers:
        """The same, but for a total that has ended: all that is said of its end."""
        over = self._shelves.times.first[time] >= self._closed[shelf]
        over &= self._closed[shelf] != NEVER
        ended = _ids(self.by_end.find(shelf), time, self._end_ids)
        return np.where(over, ended, self.at(shelf, time, page))

    def before(self, shelf: Integers, time: Integers) -> Integers:
        """What all say for the day before."""
        return self.at(shelf, self._shelves.times.earlier(time, DAY))

    def spans_of(self, shelf: Integers) -> tuple[Integers, Integers]:
        """Each time of which a shelf speaks: place of the shelf, code of the time."""
        owner, group = _of_shelves(self.by_span.keys // self._times, shelf)
        return owner, self.by_span.keys[group] % self._times

    def pages_of(self, shelf: Integers) -> tuple[Integers, Integers, Integers]:
        """Each time of which a page of a shelf speaks: place of the shelf, time and page."""
        keys = self.by_page.keys
        owner, group = _of_shelves(keys // (self._times * self._pages), shelf)
        return owner, keys[group] // self._pages % self._times, keys[group] % self._pages

    def same_as_all(self, ids: Integers) -> Integers:
        """Ids of page sets that hold all that is said for their time, as those of that time."""
        return self._alike.stand_for(ids)


def _of_shelves(ordered: Integers, shelf: Integers) -> tuple[Integers, Integers]:
    return expand(np.searchsorted(ordered, shelf), np.searchsorted(ordered, shelf, "right"))


def _ids(numbers: Integers, time: Integers, offset: int) -> Integers:
    """Ids in the pool; nothing is said of a time that is none."""
    return np.where((numbers >= 0) & (time >= 0), numbers + offset, -1)
