"""Sets of claims of what is fixed: one total for all times, of which pages learn by and by.

In an account of a time: the page's own exact figure, else its origin's, else its own, else what
was current. Figures count as current that were said within `current_days` of the time.
"""

from __future__ import annotations

import numpy as np

from analyzer.accounts.shelves import DAY
from analyzer.accounts.values import Alike, Pool
from analyzer.arrays import NEVER, Groups, Integers, Truths, begins, codes_of, expand


class Fixed:
    """Look-ups of fixed measures; ids are those of the pool, -1 where nothing is said."""

    def __init__(self, pool: Pool, fixed: Truths, days: int) -> None:
        """`fixed` says which shelves are of fixed measures."""
        shelves = pool.shelves
        self._pool, self._near = pool, days * DAY
        self._pages = len(shelves.page_source)
        entry = np.flatnonzero(fixed[shelves.shelf])
        shelf, row = shelves.shelf[entry], shelves.row[entry]
        self.by_page = Groups.of(shelf * self._pages + shelves.page[row], entry)
        self.by_shelf = Groups.of(shelf, entry)
        self._page_ids, self.shelf_ids = pool.add(self.by_page), pool.add(self.by_shelf)
        told = shelves.claims.part(["qualifier", "authority"], row)
        self._exact = np.zeros(len(shelves.row), dtype=bool)
        self._exact[entry] = told["qualifier"] == "exact"
        self._all_exact = self.by_page.least(self._exact).astype(bool)
        first, last = (shelves.claims.seconds(f"said_{end}") for end in ("first", "last"))
        self._windows = _Windows(entry, shelves.shelf, first[shelves.row], last[shelves.row])
        self._first, self._last = first[shelves.row], last[shelves.row]
        self._authority = np.zeros(len(shelves.row), dtype=np.int64)
        self._authority[entry] = codes_of(told["authority"])
        self._names = int(self._authority.max(initial=0)) + 1
        entry = entry[self._exact[entry]]
        self._by_authority = Groups.of(
            shelves.shelf[entry] * self._names + self._authority[entry], entry
        )
        whole = self.by_shelf.find(self.by_page.keys // self._pages)
        self._alike = Alike.of(self.by_page, self._page_ids, self.by_shelf, self.shelf_ids, whole)

    def on_page(self, shelf: Integers, page: Integers) -> Integers:
        """What a page says at any time."""
        found = self.by_page.find(shelf * self._pages + page)
        return np.where(found >= 0, found + self._page_ids, -1)

    def of_all(self, shelf: Integers) -> Integers:
        """What all pages say at any time."""
        found = self.by_shelf.find(shelf)
        return np.where(found >= 0, found + self.shelf_ids, -1)

    def pages_of(self, shelf: Integers) -> tuple[Integers, Integers]:
        """Each page of a shelf: place of the shelf, page."""
        ordered, keys = self.by_page.keys // self._pages, self.by_page.keys
        owner, group = expand(
            np.searchsorted(ordered, shelf), np.searchsorted(ordered, shelf, "right")
        )
        return owner, keys[group] % self._pages

    def same_as_all(self, ids: Integers) -> Integers:
        """Ids of page sets that hold all that is said, as those of all pages."""
        return self._alike.stand_for(ids)

    def current(self, shelf: Integers, time: Integers, page: Integers) -> Integers:
        """What is known of a fixed total in an account of a time, on a page or, for -1, by all."""
        own = np.where(page >= 0, self.by_page.find(shelf * self._pages + page), -1)
        found = np.where(own >= 0, own + self._page_ids, -1)
        hedged = np.flatnonzero(own >= 0)
        hedged = hedged[~self._all_exact[own[hedged]]]
        if len(hedged):
            origin = self._of_origins(shelf[hedged], time[hedged], own[hedged])
            found[hedged] = np.where(origin >= 0, origin, found[hedged])
        without = np.flatnonzero(own < 0)
        if len(without):
            found[without] = self._of_window(shelf[without], time[without])
        return found

    def _of_window(self, shelf: Integers, time: Integers) -> Integers:
        """All that was said near a time; times near which the same was said share a set."""
        times = self._pool.shelves.times
        queries, back = np.unique(shelf * len(times.first) + time, return_inverse=True)
        shelf, time = queries // len(times.first), queries % len(times.first)
        since, until = times.first[time] - self._near, times.last[time] + self._near
        query, entry = self._windows.find(shelf, since, until)
        begin = begins(query)
        size = np.diff(begin, append=len(query))
        # of two windows that end with the same entry one holds the other: as many are the same
        key = entry[begin + size - 1] * (len(query) + 1) + size
        _, window, which = np.unique(key, return_index=True, return_inverse=True)
        number, place = expand(begin[window], begin[window] + size[window])
        found = np.full(len(queries), -1, dtype=np.int64)
        found[query[begin]] = self._gather(number, entry[place], len(window))[0][which]
        return found[back]

    def _of_origins(self, shelf: Integers, time: Integers, own: Integers) -> Integers:
        """The exact figures that the authorities of a page gave near a time."""
        times = self._pool.shelves.times
        width = len(times.first)
        queries, back = np.unique(own * width + time, return_inverse=True)
        own, time = queries // width, queries % width
        shelf = self.by_page.keys[own] // self._pages
        query, mine = self.by_page.spread(own)
        cited = np.unique(query * self._names + self._authority[mine])
        query = cited // self._names
        group = self._by_authority.find(shelf[query] * self._names + cited % self._names)
        query, group = query[group >= 0], group[group >= 0]
        place, entry = self._by_authority.spread(group)
        query = query[place]
        known = (self._first[entry] != NEVER) & (self._last[entry] != NEVER)
        known &= self._first[entry] <= times.last[time[query]] + self._near
        known &= self._last[entry] >= times.first[time[query]] - self._near
        ids, groups = self._gather(query[known], entry[known], len(queries))
        first = groups.members[groups.starts[:-1]]
        rows = self._pool.shelves.row[first]
        names = self._pool.shelves.claims.texts("authority_name", rows)
        self._pool.name_origins(ids[groups.keys], names)
        return ids[back]

    def _gather(self, query: Integers, entry: Integers, queries: int) -> tuple[Integers, Groups]:
        """Put what was found for each query into the pool; -1 for those that found nothing."""
        order = np.lexsort((entry, query))
        groups = Groups.of(query[order], entry[order])
        ids = np.full(queries, -1, dtype=np.int64)
        ids[groups.keys] = np.arange(len(groups.keys)) + self._pool.add(groups)
        return ids, groups


class _Windows:
    """Entries of each shelf by when they were said, found by a span of time.

    Sorted by the first day on which they can have been said, the largest last day so far never
    falls: so the entries of a window stand between two places that bisection finds.
    """

    def __init__(self, entry: Integers, shelf: Integers, first: Integers, last: Integers) -> None:
        entry = entry[(first[entry] != NEVER) & (last[entry] != NEVER)]
        entry = entry[np.lexsort((first[entry], shelf[entry]))]
        self._entry, self._last = entry, last
        self._start = int(first[entry].min()) if len(entry) else 0
        self._width = (int(last[entry].max()) if len(entry) else 0) - self._start + 4
        self._begin = shelf[entry] * self._width + first[entry] - self._start
        end = shelf[entry] * self._width + last[entry] - self._start
        self._end = np.maximum.accumulate(end)

    def find(self, shelf: Integers, since: Integers, until: Integers) -> tuple[Integers, Integers]:
        """Entries that can have been said between two times: number of the window, and entry."""
        most = self._width - 3
        begin = shelf * self._width + np.clip(since - self._start, 0, most)
        end = shelf * self._width + np.clip(until - self._start, -1, most)
        left, right = np.searchsorted(self._end, begin), np.searchsorted(self._begin, end, "right")
        window, place = expand(np.minimum(left, right), right)
        entry = self._entry[place]
        kept = self._last[entry] >= since[window]
        return window[kept], entry[kept]
