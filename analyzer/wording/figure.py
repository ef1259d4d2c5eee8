"""What a wording says: an interval of numbers, and how it was worded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf

__all__ = ["EVERYTHING", "Figure", "Interval", "exactly"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A set of numbers from `low` to `high`; an infinite end is always open."""

    low: float
    high: float
    low_closed: bool
    high_closed: bool

    def contains(self, other: Interval) -> bool:
        """Whether every number of `other` lies in this interval."""
        low_fits = self.low < other.low or (
            self.low == other.low and (self.low_closed or not other.low_closed)
        )
        high_fits = self.high > other.high or (
            self.high == other.high and (self.high_closed or not other.high_closed)
        )
        return low_fits and high_fits

    def __str__(self) -> str:
        left, right = "[" if self.low_closed else "(", "]" if self.high_closed else ")"
        return f"{left}{self.low:g}, {self.high:g}{right}"


EVERYTHING = Interval(-inf, inf, False, False)


@lru_cache(maxsize=4096)
def exactly(value: float) -> Interval:
    """Return the interval that holds one number."""
    return Interval(value, value, True, True)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it was worded, with what it allows and what it suggests.

    Attributes
    ----------
    text : str
        The wording, verbatim (for `find`, the matched quote).
    literal, implied : Interval
        What the words allow, and what a hearer takes from them.
    point : float or None
        The number of an exact, approximate, nearly or share figure; None for one-sided
        bounds, ranges and vague words.
    qualifier : str
        exact, at least, more than, at most, less than, approximate, nearly, range or vague.
    granularity : float or None
        The step of the numeral: 47,000 has 1000, 1.9 million has 100000, 59.1 has 0.1.
    unit : str or None
        "percent", a unit of time, or the counted noun beside the number.
    language : str or None
        The language whose words were used; None where there were only digits.
    rules : tuple of str
        Ids of the rules that fired, in order; `explain` puts them into words.
    whole : tuple of float or None
        Part and whole of "27 out of 28".
    span : tuple of int or None
        Start and end in the searched text.
    stated : float or None
        The number in the words, also of a one-sided figure; None for ranges and vague words.
    """

    text: str
    literal: Interval
    implied: Interval
    point: float | None
    qualifier: str
    granularity: float | None
    unit: str | None
    language: str | None
    rules: tuple[str, ...]
    whole: tuple[float, float] | None = None
    span: tuple[int, int] | None = None
    stated: float | None = None

    @property
    def is_share(self) -> bool:
        """Whether the figure is a fraction, a ratio or a percentage."""
        return any(rule.startswith("share.") for rule in self.rules)
