"""Arithmetic on closed intervals, infinite ends included."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """All values from `low` to `high`."""

    low: float
    high: float

    def __add__(self, other: Bounds) -> Bounds:
        """Range of a + b."""
        return Bounds(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Bounds) -> Bounds:
        """Range of a - b."""
        return Bounds(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Bounds) -> Bounds:
        """Range of a * b."""
        ends = [_times(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Bounds(min(ends), max(ends))

    def __truediv__(self, other: Bounds) -> Bounds:
        """Range of a / b; everything where b can be 0."""
        if other.low <= 0 <= other.high:
            return Bounds(-math.inf, math.inf)
        ends = [_over(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Bounds(min(ends), max(ends))


def _times(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b


def _over(a: float, b: float) -> float:
    return 0.0 if math.isinf(b) else a / b
