"""What several claims say together: the hull of their positions, in words where they are told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.accounts.ranges import Ranges
from analyzer.accounts.shelves import Shelves
from analyzer.arrays import Floats, Groups, Integers, Truths, begins, expand
from analyzer.positions import label_of, number_positions

OF_POSITIONS = ["stated", "qualifier", "near_low", "near_high", "low", "high"]


@dataclass(frozen=True, slots=True)
class Alike:
    """Sets of pages, and what each of them stands for: the set of all that is said, or itself."""

    first: int
    wholes: Integers

    @classmethod
    def of(
        cls, pages: Groups, page_ids: int, every: Groups, every_ids: int, whole: Integers
    ) -> Alike:
        """`whole` is the set of all that is said to which each set of a page belongs."""
        own = page_ids + np.arange(len(pages.keys))
        if not len(own):
            return cls(page_ids, own)
        same = every.sizes[whole] == pages.sizes
        return cls(page_ids, np.where(same, whole + every_ids, own))

    def stand_for(self, ids: Integers) -> Integers:
        """What sets stand for; those of no page stand for themselves."""
        found, number = ids.copy(), ids - self.first
        of_page = (number >= 0) & (number < len(self.wholes))
        found[of_page] = self.wholes[number[of_page]]
        return found


class Pool:
    """Sets of entries that stand for a term somewhere; an id is a place among them.

    Sets are gathered first; once it is closed, those that an account needs are settled all at once.
    """

    def __init__(self, shelves: Shelves, tolerance: float) -> None:
        self.shelves = shelves
        self._tolerance = tolerance
        self._sizes: list[Integers] = []
        self._members: list[Integers] = []
        self._count = 0
        self._as: dict[int, str] = {}
        self._worded: dict[int, str] = {}
        self._named: dict[int, tuple[str, ...]] = {}
        self._texts: dict[int, tuple[str, str, float]] = {}

    def __len__(self) -> int:
        return self._count

    def add(self, groups: Groups) -> int:
        """Take in sets; the id of the first."""
        offset, self._count = self._count, self._count + len(groups.keys)
        self._sizes.append(groups.sizes)
        self._members.append(groups.members)
        return offset

    def name_origins(self, ids: Integers, names: list[str]) -> None:
        """Say whose figure is taken for a page's own."""
        self._as |= dict(zip(ids.tolist(), names, strict=True))

    def close(self) -> None:
        """Number the entries of all sets; no more are taken in."""
        self._starts = np.r_[0, np.cumsum(np.concatenate([[0], *self._sizes])[1:])].astype(np.int64)
        self._entries = np.concatenate([np.zeros(0, dtype=np.int64), *self._members])

    def settle(self, used: Truths) -> None:
        """Split the sets that are used into positions, and take the hull of each."""
        self._position = np.ones(len(self._entries), dtype=np.int64)
        self.near, self.literal = self._blank(), self._blank()
        alone, others = self._sizes_of(np.flatnonzero(used))
        several = self._several(others)
        self._split(others[several])
        for sets in (alone, others[~several], others[several]):
            if len(sets):
                self._take_hulls(sets)

    def _sizes_of(self, sets: Integers) -> tuple[Integers, Integers]:
        """Sets of a single claim, and the others."""
        alone = self._starts[sets + 1] - self._starts[sets] == 1
        return sets[alone], sets[~alone]

    def _take_hulls(self, sets: Integers) -> None:
        """What all claims of a position allow or, if nothing, what they state; of all positions."""
        owner, place = self.elements(sets)
        position = self._position[place]
        if (position != 1).any():
            order = np.lexsort((position, owner))
            owner, place, position = owner[order], place[order], position[order]
        entry, one = self._entries[place], self.shelves
        first = begins(owner, position)
        begin = begins(owner[first])
        for into, low, high in (
            (self.near, one.near_low, one.near_high),
            (self.literal, one.literal_low, one.literal_high),
        ):
            lows, highs = low[entry], high[entry]
            if len(first) < len(entry):
                lows, highs = np.maximum.reduceat(lows, first), np.minimum.reduceat(highs, first)
            lows, highs = np.minimum(lows, highs), np.maximum(lows, highs)
            if len(begin) < len(first):
                lows, highs = np.minimum.reduceat(lows, begin), np.maximum.reduceat(highs, begin)
            into.low[sets], into.high[sets] = lows, highs

    def _blank(self) -> Ranges:
        return Ranges(np.full(self._count, np.nan), np.full(self._count, np.nan))

    def elements(self, sets: Integers) -> tuple[Integers, Integers]:
        """Places of the members of sets among all members, each with the place of its set."""
        return expand(self._starts[sets], self._starts[sets + 1])

    def _several(self, sets: Integers) -> Truths:
        """Sets that need not be one position: their claims don't all state the same number."""
        if not len(sets):
            return np.zeros(0, dtype=bool)
        owner, place = self.elements(sets)
        number = self.shelves.claims.floats("stated")[self.shelves.row[self._entries[place]]]
        first = begins(owner)
        same = np.minimum.reduceat(number, first) == np.maximum.reduceat(number, first)
        return np.asarray(~same)

    def _split(self, sets: Integers) -> None:
        if not len(sets):
            return
        owner, place = self.elements(sets)
        rows = self.shelves.row[self._entries[place]]
        claims = self.shelves.claims.part(OF_POSITIONS, rows)
        self._position[place] = number_positions(claims, owner, self._tolerance)

    def leading(self, sets: Integers) -> Floats:
        """The least that the first position of each set implies."""
        owner, place = self.elements(sets)
        first = self._position[place] == 1
        owner, rows = owner[first], self.shelves.row[self._entries[place[first]]]
        begin = begins(owner)
        implied = self.shelves.claims.floats("implied_low")[rows]
        return np.asarray(np.minimum.reduceat(implied, begin)) if len(begin) else np.zeros(0)

    def lowest(self, sets: Integers) -> Floats:
        """The least that any claim of each set says to the letter."""
        owner, place = self.elements(sets)
        begin = begins(owner)
        low = self.shelves.claims.floats("low")[self.shelves.row[self._entries[place]]]
        return np.asarray(np.minimum.reduceat(low, begin)) if len(low) else np.zeros(0)

    def touched(self, claims: Truths) -> Truths:
        """Sets that hold one of these claims."""
        entry = np.flatnonzero(claims[self.shelves.row[self._entries]])
        found = np.zeros(self._count, dtype=bool)
        found[np.searchsorted(self._starts, entry, "right") - 1] = True
        return found

    def read(self, sets: Integers) -> None:
        """Read the texts of the claims of some sets, all at once, before they are asked for."""
        rows = np.unique(self.shelves.row[self._entries[self.elements(np.unique(sets))[1]]])
        claims = self.shelves.claims
        ids, readings = (claims.texts(column, rows) for column in ("id", "reading"))
        cells = zip(ids, readings, claims.floats("stated")[rows].tolist(), strict=True)
        self._texts |= dict(zip(rows.tolist(), cells, strict=True))

    def rows(self, one: int, first_position: bool = False) -> list[int]:
        """Claims of a set, in the order of their ids; those of its first position only."""
        part = slice(self._starts[one], self._starts[one + 1])
        rows = self.shelves.row[self._entries[part]]
        if first_position:
            rows = rows[self._position[part] == 1]
        found: list[int] = rows.tolist()
        return found

    def claims(self, one: int) -> tuple[str, ...]:
        """Ids of the claims of a set, in their order."""
        if one not in self._named:
            self._named[one] = self.ids(self.rows(one))
        return self._named[one]

    def ids(self, rows: list[int]) -> tuple[str, ...]:
        """Ids of claims."""
        return tuple([self._texts[row][0] for row in rows])

    def wording(self, one: int) -> str:
        """How the claims of a set put it: "60", or "(60 or about 70)"."""
        if one not in self._worded:
            text = self._word(self.rows(one), self._position[self._starts[one] :])
            name = self._as.get(one)
            self._worded[one] = f"{text}, as {name} gives elsewhere" if name else text
        return self._worded[one]

    def _word(self, rows: list[int], position: Integers) -> str:
        readings = [self._texts[row][1] for row in rows]
        if len(set(readings)) == 1:
            return readings[0]
        members: dict[int, list[int]] = {}
        for row, number in zip(rows, position[: len(rows)].tolist(), strict=True):
            members.setdefault(number, []).append(row)
        labels = list(dict.fromkeys(self.label(members[number]) for number in sorted(members)))
        return labels[0] if len(labels) == 1 else f"({' or '.join(labels)})"

    def label(self, rows: list[int]) -> str:
        """The reading that most of these claims share."""
        _, readings, stated = zip(*[self._texts[row] for row in rows], strict=True)
        return readings[0] if len(rows) == 1 else label_of(list(stated), list(readings))
