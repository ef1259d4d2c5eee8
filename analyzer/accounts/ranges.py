"""Arithmetic on many closed intervals at once: `intervals.Bounds`, one an element."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analyzer.arrays import Floats


@dataclass(frozen=True, slots=True)
class Ranges:
    """All values from `low` to `high`, element by element, infinite ends included."""

    low: Floats
    high: Floats

    def __add__(self, other: Ranges) -> Ranges:
        """Ranges of a + b."""
        return Ranges(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Ranges) -> Ranges:
        """Ranges of a - b."""
        return Ranges(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Ranges) -> Ranges:
        """Ranges of a * b; 0 times anything is 0."""
        with np.errstate(invalid="ignore"):
            return _hull(
                np.where((a == 0) | (b == 0), 0.0, a * b)
                for a in (self.low, self.high)
                for b in (other.low, other.high)
            )

    def __truediv__(self, other: Ranges) -> Ranges:
        """Ranges of a / b; everything where b can be 0."""
        with np.errstate(invalid="ignore", divide="ignore"):
            found = _hull(
                np.where(np.isinf(b), 0.0, a / b)
                for a in (self.low, self.high)
                for b in (other.low, other.high)
            )
        anything = (other.low <= 0) & (other.high >= 0)
        return Ranges(
            np.where(anything, -np.inf, found.low), np.where(anything, np.inf, found.high)
        )


def _hull(ends: Iterable[Floats]) -> Ranges:
    every = list(ends)
    return Ranges(np.minimum.reduce(every), np.maximum.reduce(every))
