"""What several claims say together: the hull of their positions, in words where they are told."""

from __future__ import annotations

import numpy as np

from analyzer.accounts.ranges import Ranges
from analyzer.accounts.shelves import Shelves
from analyzer.arrays import Floats, Groups, Integers, Truths, begins, expand
from analyzer.positions import label_of, number_positions

OF_POSITIONS = ["stated", "qualifier", "near_low", "near_high", "low", "high"]


class Pool:
    """Sets of entries that stand for a term somewhere; an id is a place among them.

    Sets are gathered first, and those that an account needs are then settled all at once.
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
        self._readings: list[str] | None = None
        self._ids: list[str] | None = None

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

    def settle(self, used: Truths) -> None:
        """Split the sets that are used into positions, and take the hull of each."""
        self._starts = np.r_[0, np.cumsum(np.concatenate([[0], *self._sizes])[1:])].astype(np.int64)
        self._entries = np.concatenate([np.zeros(0, dtype=np.int64), *self._members])
        self._position = np.ones(len(self._entries), dtype=np.int64)
        self.near, self.literal = self._blank(), self._blank()
        sets = np.flatnonzero(used)
        if not len(sets):
            return
        several = sets[self._several(sets)]
        if len(several):
            self._split(several)
        owner, place = self.elements(sets)
        entry = self._entries[place]
        first, group = _stretches(owner, self._position[place])
        one = self.shelves
        for into, low, high in (
            (self.near, one.near_low, one.near_high),
            (self.literal, one.literal_low, one.literal_high),
        ):
            # what all claims of a position allow, or the range of what they state
            common = (
                np.maximum.reduceat(low[entry][group], first),
                np.minimum.reduceat(high[entry][group], first),
            )
            whose = owner[group][first]
            begin = begins(whose)
            into.low[sets] = np.minimum.reduceat(np.minimum(*common), begin)
            into.high[sets] = np.maximum.reduceat(np.maximum(*common), begin)

    def _blank(self) -> Ranges:
        return Ranges(np.full(self._count, np.nan), np.full(self._count, np.nan))

    def elements(self, sets: Integers) -> tuple[Integers, Integers]:
        """Places of the members of sets among all members, each with the place of its set."""
        return expand(self._starts[sets], self._starts[sets + 1])

    def _several(self, sets: Integers) -> Truths:
        """Sets that need not be one position: their claims don't all state the same number."""
        stated = self.shelves.column("stated")
        owner, place = self.elements(sets)
        number = stated[self.shelves.row[self._entries[place]]]
        first = begins(owner)
        same = np.minimum.reduceat(number, first) == np.maximum.reduceat(number, first)
        return np.asarray(~same & (np.diff(np.r_[first, len(owner)]) > 1))

    def _split(self, sets: Integers) -> None:
        owner, place = self.elements(sets)
        rows = self.shelves.row[self._entries[place]]
        claims = self.shelves.claims[OF_POSITIONS].iloc[rows].reset_index(drop=True)
        self._position[place] = number_positions(claims, owner, self._tolerance)

    def leading(self, sets: Integers) -> Floats:
        """The least that the first position of each set implies."""
        owner, place = self.elements(sets)
        first = self._position[place] == 1
        owner, rows = owner[first], self.shelves.row[self._entries[place[first]]]
        begin = begins(owner)
        implied = self.shelves.column("implied_low")[rows]
        return np.asarray(np.minimum.reduceat(implied, begin)) if len(begin) else np.zeros(0)

    def lowest(self, sets: Integers) -> Floats:
        """The least that any claim of each set says to the letter."""
        owner, place = self.elements(sets)
        begin = begins(owner)
        low = self.shelves.column("low")[self.shelves.row[self._entries[place]]]
        return np.asarray(np.minimum.reduceat(low, begin)) if len(low) else np.zeros(0)

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
        if self._ids is None:
            self._ids = self.shelves.claims["id"].tolist()
        names = self._ids
        return tuple([names[row] for row in rows])

    def wording(self, one: int) -> str:
        """How the claims of a set put it: "60", or "(60 or about 70)"."""
        if one not in self._worded:
            text = self._word(self.rows(one), self._position[self._starts[one] :])
            name = self._as.get(one)
            self._worded[one] = f"{text}, as {name} gives elsewhere" if name else text
        return self._worded[one]

    def _word(self, rows: list[int], position: Integers) -> str:
        texts = self._texts()
        readings = [texts[row] for row in rows]
        if len(set(readings)) == 1:
            return readings[0]
        members: dict[int, list[int]] = {}
        for row, number in zip(rows, position[: len(rows)].tolist(), strict=True):
            members.setdefault(number, []).append(row)
        labels = list(dict.fromkeys(self.label(members[number]) for number in sorted(members)))
        return labels[0] if len(labels) == 1 else f"({' or '.join(labels)})"

    def label(self, rows: list[int]) -> str:
        """The reading that most of these claims share."""
        texts = self._texts()
        if len(rows) == 1:
            return texts[rows[0]]
        return label_of(self._stated[rows].tolist(), [texts[row] for row in rows])

    def _texts(self) -> list[str]:
        if self._readings is None:
            self._readings = self.shelves.claims["reading"].tolist()
            self._stated = self.shelves.column("stated")
        return self._readings


def _stretches(owner: Integers, position: Integers) -> tuple[Integers, Integers]:
    """Where each position of each set begins, in an order that keeps positions together."""
    order = np.lexsort((position, owner))
    own, at = owner[order], position[order]
    return begins(own, at), order
