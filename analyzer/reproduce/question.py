"""What is asked: a number, a measure, a period; and how near a recipe comes to its ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# An event of a war is dated a day or two apart (agreed, signed, in force), and weekly reports
# give the figure that is nearest: so far outside the named period a recipe may still begin or end.
NEAR = 7
STANDS = 31  # days for which a figure stands until the next one: reports come monthly at the latest
CONTROL = 10  # neighbours on each side whose recipes show what coincidence gives
SLACK = 1e-6  # of sums of decimals; figures are told with fewer digits than that
EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Question:
    """A number to be obtained from the figures of a measure.

    Attributes
    ----------
    number : float
        Above 0.
    measure : str
        A key of measures.csv.
    first, last : date or None
        The ends of the period, both or neither.
    tolerance : float
        Values so far from the number count too.
    """

    number: float
    measure: str
    first: dt.date | None = None
    last: dt.date | None = None
    tolerance: float = 0.0

    @property
    def width(self) -> float:
        """How far from the number values are looked for, its neighbours included."""
        return self.tolerance + CONTROL + SLACK

    @property
    def begin(self) -> int | None:
        """The first day, counted from 1970."""
        return None if self.first is None else (self.first - EPOCH).days

    @property
    def end(self) -> int | None:
        """The last day, counted from 1970."""
        return None if self.last is None else (self.last - EPOCH).days


def days_off(days: Days, named: int | None, own: int | None) -> Days:
    """Days between ends of recipes and a named day; 0 for `own`, the day that stands for it."""
    if named is None:
        return np.zeros(len(days), dtype="int64")
    off: Days = np.abs(days - named)
    return off if own is None else np.where(days == own, 0, off)


def starts_near(days: Days, question: Question, own: int | None) -> Flags:
    """Days on which a recipe can begin: not long before the period, and not after it."""
    if question.begin is None or question.end is None:
        return np.ones(len(days), dtype=bool)
    early: Flags = days >= question.begin - NEAR
    if own is not None:
        early |= days == own
    return early & (days <= question.end)


def ends_near(days: Days, question: Question) -> Flags:
    """Days on which a recipe can end: not long after the period, and not before it."""
    if question.begin is None or question.end is None:
        return np.ones(len(days), dtype=bool)
    inside: Flags = (days >= question.begin) & (days <= question.end + NEAR)
    return inside
