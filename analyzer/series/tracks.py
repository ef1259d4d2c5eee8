"""Series stacked one below the other, so that one pass over arrays weighs all of them.

Nothing may look beyond the first or the last figure of its own series: what is computed for a
series is the same to the last bit whatever stands above and below it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Stack:
    """Where each of the stacked series begins and ends.

    Attributes
    ----------
    starts : int array
        First row of each series, rising; no series is empty.
    size : int
        Rows of all series.
    """

    starts: Whole
    size: int

    @cached_property
    def lengths(self) -> Whole:
        """Figures of each series."""
        return np.asarray(np.diff(np.r_[self.starts, self.size]))

    @cached_property
    def code(self) -> Whole:
        """Number of the series that each row belongs to."""
        return np.repeat(np.arange(len(self.starts)), self.lengths)

    @cached_property
    def first(self) -> Whole:
        """For each row, the first row of its series."""
        return np.asarray(self.starts[self.code])

    @cached_property
    def last(self) -> Whole:
        """For each row, the last row of its series."""
        return (self.starts + self.lengths - 1)[self.code]

    @cached_property
    def place(self) -> Whole:
        """Place of each row in its series, from 0."""
        return np.arange(self.size) - self.first

    @cached_property
    def after(self) -> Whole:
        """How many figures of its series come after each row."""
        return self.last - np.arange(self.size)

    def previous(self, values: Floats, blank: float = np.nan) -> Floats:
        """What stands just before each figure of its series; `blank` before the first."""
        moved = np.r_[blank, values[:-1]]
        moved[self.starts] = blank
        return np.asarray(moved)

    def next(self, values: Floats, blank: float = np.nan) -> Floats:
        """What stands just after each figure of its series; `blank` after the last."""
        moved = np.r_[values[1:], blank]
        moved[self.starts + self.lengths - 1] = blank
        return np.asarray(moved)

    def before(self, rows: Whole, far: int) -> Whole:
        """The rows so many figures before, or the first of their series."""
        return np.maximum(rows - far, self.first.take(rows))

    def on(self, rows: Whole, far: int) -> Whole:
        """The rows so many figures after, or the last of their series."""
        return np.minimum(rows + far, self.last.take(rows))

    def total(self, values: NDArray[np.generic]) -> Floats:
        """Sum of each series."""
        if not len(self.starts):
            return np.zeros(0)
        return np.asarray(np.add.reduceat(values.astype(np.float64), self.starts))

    def lowest(self, values: Floats) -> Floats:
        """Lowest value of each series."""
        if not len(self.starts):
            return np.zeros(0)
        return np.asarray(np.minimum.reduceat(values, self.starts))

    def only(self, series: Whole) -> tuple[Whole, Stack]:
        """Rows of some of the series, and how they are stacked then."""
        lengths = self.lengths[series]
        starts = np.cumsum(lengths) - lengths
        stack = Stack(starts, int(lengths.sum()))
        return np.arange(stack.size) + (self.starts[series] - starts)[stack.code], stack

    def heaped(self, values: Floats) -> Floats:
        """Running sum within each series; one that went on from the last would round otherwise."""
        found = np.empty(self.size)
        for start, length in zip(self.starts.tolist(), self.lengths.tolist(), strict=True):
            np.cumsum(values[start : start + length], out=found[start : start + length])
        return found


def alone(size: int) -> Stack:
    """A single series."""
    return Stack(np.zeros(1 if size else 0, dtype=np.int64), size)


@dataclass(frozen=True)
class Track:
    """Series, and what stands beside them.

    Attributes
    ----------
    days : int array
        Day numbers, rising within each series.
    values : float array
    daily : float array
        For a running total: what the publisher gives for the day itself, NaN if nothing.
        For a flow: the step of its running total.
    beside : float array, one column a series
        Figures of the same page and day, NaN if none.
    stack : Stack
    columns : int array
        How many of the columns of `beside` belong to each series.
    """

    days: Whole
    values: Floats
    daily: Floats
    beside: Floats
    stack: Stack = field(default_factory=lambda: alone(0))
    columns: Whole = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __post_init__(self) -> None:
        """One series is a stack of one."""
        if not self.stack.size:
            object.__setattr__(self, "stack", alone(len(self.values)))
            widths = np.full(len(self.stack.starts), self.beside.shape[1])
            object.__setattr__(self, "columns", widths)

    def only(self, series: Whole) -> tuple[Whole, Track]:
        """Rows of some of the series, and these as a track."""
        rows, stack = self.stack.only(series)
        parts = (self.days[rows], self.values[rows], self.daily[rows], self.beside[rows])
        return rows, Track(*parts, stack, self.columns[series])


def in_blocks(size: int, rows: int, compute: Callable[[slice], None]) -> None:
    """Do something for a few rows at a time, so that wide tables stay in the cache."""
    for start in range(0, size, rows):
        compute(slice(start, min(start + rows, size)))
