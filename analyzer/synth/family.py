"""One family while it is made: its world, its people, its rows and what was planted in it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analyzer.synth import roster
from analyzer.synth.key import Item
from analyzer.synth.sheet import Sheet
from analyzer.synth.worlds import World

Whole = npt.NDArray[np.int64]
APART = 6  # days that planted changes of one table keep from each other, so that each can be told


@dataclass(slots=True)
class Cast:
    """Sources of one family, by their number in the roster.

    `publisher` prints the table; it is the origin itself or cites it. `rival` is a second origin.
    """

    origin: int
    rival: int
    publisher: int
    wires: Whole
    outlets: Whole


@dataclass(slots=True)
class Family:
    """What is known of one family.

    Attributes
    ----------
    cells : int array, days x measures
        Row of the table's figure for each day and measure; -1 where the table has none.
    mine : int array
        Rows of the origin's own statements.
    relays : int array
        Rows that pass on a statement, and in `passed` the row of it.
    cited : int array
        Who the table cites on each day.
    given : bool array
        Days on which there is a table.
    blank : list of (day, measure)
        Figures that the table leaves out.
    reset : int
        Day from which the table counts anew; beyond its end where it never does.
    changed : set of int
        Measures whose level a change of the bookkeeping moved.
    busy : list of int
        Days of the table at which something was planted.
    touched : set of int
        Rows that a planted item changed: no other item is planted there.
    """

    number: int
    world: World
    cast: Cast
    random: np.random.Generator
    per: int
    sheet: Sheet = field(default_factory=Sheet)
    items: list[Item] = field(default_factory=list)
    cells: Whole = field(default_factory=lambda: np.empty((0, 0), dtype=np.int64))
    mine: Whole = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    relays: Whole = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    passed: Whole = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    cited: Whole = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    given: npt.NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, dtype=bool))
    blank: list[tuple[int, int]] = field(default_factory=list)
    reset: int = 10**9
    changed: set[int] = field(default_factory=set)
    busy: list[int] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)

    @property
    def in_table(self) -> bool:
        """Whether a publisher prints a table."""
        return bool(self.world.table)

    def label(self, measure: int) -> str:
        """Name of a measure as it is printed."""
        return self.world.measures[measure].label

    def day(self, offset: int) -> str:
        """Day of the world, as text."""
        return str(np.datetime64(self.world.first + int(offset), "D"))

    def free_day(self, least: int, last: int) -> int:
        """A day of the table from `least` on at which nothing was planted yet; -1 without one."""
        for _ in range(20):
            if last <= least:
                break
            day = int(self.random.integers(least, last))
            if all(abs(day - other) >= APART for other in self.busy):
                self.busy.append(day)
                return day
        return -1

    def take(self, rows: Whole) -> int:
        """One of the rows, drawn, that no item touched yet; -1 without one."""
        left = [row for row in rows.tolist() if row not in self.touched]
        if not left:
            return -1
        row = int(left[int(self.random.integers(len(left)))])
        self.touched.add(row)
        return row

    def plant(self, item: Item) -> bool:
        """Enter an item in the key."""
        self.items.append(item)
        self.touched.update(item.rows)
        return True


def make_cast(number: int, random: np.random.Generator) -> Cast:
    """Who speaks in a family: two origins, wires, and outlets drawn by their output."""
    size = roster.size_for(number)
    origins = roster.members(roster.ORIGINS, size)
    outlets = roster.members(roster.OUTLETS, size)
    origin, rival, monitor = random.choice(origins, 3, replace=False).tolist()
    count = int(random.integers(12, 30))
    chosen = random.choice(
        outlets, count, replace=False, p=roster.weights(len(outlets)), shuffle=False
    )
    wires = random.choice(roster.members(roster.WIRES, size), 3, replace=False)
    publisher = origin if random.random() < 0.6 else monitor
    return Cast(origin, rival, publisher, wires, chosen)
