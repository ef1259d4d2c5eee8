"""Days of a flow added up to a day; days that nobody gives may add more.

A day counts as the source itself gives it, else as most claims do; to the letter, as the least of
them do. Days are those that a period begins after the start of the identity, in their order; a
period that begins before the last one has ended is the same handover, dated a night apart.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.accounts.ranges import Ranges
from analyzer.accounts.values import Pool
from analyzer.arrays import NEVER, Groups, Integers, Truths, codes_of, expand
from analyzer.phrases import plural

SPELT_OUT = 40  # days of a sum whose figures are all written out; more say how many they are


class Sums:
    """Sums of one batch of look-ups; an id is a place in the list of all their partial sums.

    A sequence is the days of a shelf from a start on, as one source or, for -1, all give them.
    """

    def __init__(self, pool: Pool, shelf: Integers, since: Integers, source: Integers) -> None:
        """One element a look-up; `since` is `NEVER` where the identity holds from always."""
        self._pool = pool
        pair = pd.MultiIndex.from_arrays([shelf, since])
        self._pair, pairs = pd.factorize(pair)
        shelves = np.array([one[0] for one in pairs], dtype=np.int64)
        starts = np.array([one[1] for one in pairs], dtype=np.int64)
        days = self._days(shelves, starts)
        width = len(pool.shelves.sources) + 1
        wanted, self._sequence = np.unique(self._pair * width + source + 1, return_inverse=True)
        self._fill(days, wanted // width, wanted % width - 1)

    def find(self, until: Integers) -> Integers:
        """Ids of the sums up to these times, one a look-up; -1 where no day is given."""
        span = max(1, int(np.ptp(self.ends)) + 2) if len(self.ends) else 1
        base = int(self.ends.min()) if len(self.ends) else 0
        owner = np.repeat(np.arange(len(self._starts) - 1), np.diff(self._starts))
        keys = owner * span + (self.ends - base)
        wanted = self._sequence * span + np.clip(until - base, -1, span - 1)
        found = np.searchsorted(keys, wanted, "right") - 1
        return np.where(found >= self._starts[self._sequence], found, -1)

    def settle(self) -> None:
        """Add up, once the pool is settled."""
        sets, back = np.unique(self._sets, return_inverse=True)
        near, literal = self._pool.leading(sets)[back], self._pool.lowest(sets)[back]
        for first, last in zip(self._starts[:-1], self._starts[1:], strict=True):
            near[first:last] = np.cumsum(near[first:last])
            literal[first:last] = np.cumsum(literal[first:last])
        endless = np.full(len(near), np.inf)
        self.near, self.literal = Ranges(near, endless), Ranges(literal, endless)

    @property
    def used(self) -> Integers:
        """Ids in the pool of the days."""
        return self._sets

    def touched(self, sets: Truths) -> Truths:
        """Sums of which a day is one of these sets."""
        days = sets[self._sets]
        count, ids = np.cumsum(days), np.arange(len(days))
        first = self._starts[np.searchsorted(self._starts, ids, "right") - 1]
        return np.asarray(count > (count - days)[first])

    def wording(self, one: int) -> str:
        """The days written out, or how many they are."""
        days = self._until(one)
        if len(days) > SPELT_OUT:
            return f"the sum of {plural(len(days), 'day')}"
        return " + ".join(self._pool.label(self._pool.rows(day, True)) for day in days)

    def claims(self, one: int) -> tuple[str, ...]:
        """Ids of the claims that are added up, in their order."""
        days = self._until(one)
        rows = {row for day in days for row in self._pool.rows(day, True)}
        return self._pool.ids(sorted(rows))

    def partial_sums(self, one: int) -> tuple[tuple[pd.Timestamp, float], ...]:
        """Last day and least sum up to each day."""
        part = slice(self._first(one), one + 1)
        ends = pd.Index(self.ends[part].astype("datetime64[s]")).tolist()
        return tuple(zip(ends, self.near.low[part], strict=True))

    def _first(self, one: int) -> int:
        return int(self._starts[np.searchsorted(self._starts, one, "right") - 1])

    def _until(self, one: int) -> list[int]:
        found: list[int] = self._sets[self._first(one) : one + 1].tolist()
        return found

    def _days(self, shelves: Integers, since: Integers) -> pd.DataFrame:
        """The periods that are added up: pair, slot, last day, and the set of their claims."""
        held = self._pool.shelves
        owner, entry = expand(
            np.searchsorted(held.shelf, shelves), np.searchsorted(held.shelf, shelves, "right")
        )
        last, start = (held.claims.seconds(one) for one in ("at_last", "period_start_first"))
        row = held.row[entry]
        kept = (last[row] != NEVER) & ((since[owner] == NEVER) | (start[row] >= since[owner]))
        owner, entry, row = owner[kept], entry[kept], row[kept]
        order = np.lexsort((row, last[row], owner))
        owner, entry, row = owner[order], entry[order], row[order]
        slots = held.claims.codes("slot")
        slot = codes_of(pd.Series(owner * (slots.max(initial=0) + 1) + slots[row]))
        self._by_day = Groups.of(slot, entry)
        width = len(held.sources)
        self._by_source = Groups.of(slot * width + held.source[row], entry)
        self._day_ids = self._pool.add(self._by_day)
        self._source_ids = self._pool.add(self._by_source)
        begin = np.where(start[row] == NEVER, np.iinfo(np.int64).max, start[row])
        days = pd.DataFrame({"pair": owner, "day": slot, "start": begin, "end": last[row]})
        days = days.groupby("day").agg(
            pair=("pair", "first"), start=("start", "min"), end=("end", "max")
        )
        return days.loc[np.array(_apart(days), dtype=bool)]

    def _fill(self, days: pd.DataFrame, pair: Integers, source: Integers) -> None:
        """Days of each sequence: their ends, and the set of claims that each counts as."""
        of_pair, day = days["pair"].to_numpy(np.int64), days.index.to_numpy(np.int64)
        sequence, place = expand(
            np.searchsorted(of_pair, pair), np.searchsorted(of_pair, pair, "right")
        )
        self.ends: Integers = days["end"].to_numpy(np.int64)[place]
        own = self._by_source.find(day[place] * len(self._pool.shelves.sources) + source[sequence])
        own = np.where(source[sequence] >= 0, own, -1)
        self._sets = np.where(own >= 0, own + self._source_ids, day[place] + self._day_ids)
        self._starts = np.searchsorted(sequence, np.arange(len(pair) + 1))


def _apart(days: pd.DataFrame) -> list[bool]:
    """Periods of each pair that begin after the last one kept has ended."""
    kept = []
    before, until = -1, 0
    for pair, start, end in zip(*(days[one].tolist() for one in days), strict=True):
        kept.append(pair != before or start > until)
        if kept[-1]:
            before, until = pair, end
    return kept
