"""What must add up within one source: days and steps, parts and totals; where it does not.

Only places are found here, and every one of them; why they differ is asked in `causes`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.series.causes.lines import Book, Line

DAY = np.timedelta64(1, "D")
WHOLE_SHARE = 0.9  # parts that add up to the whole on so many of their days are all its parts
FEWEST_DAYS = 10  # fewer common days say nothing of that
NEAR_DAYS = 10  # to either side of a day, where the parts make up the whole for a time only


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A daily figure that differs from the step of its running total.

    Attributes
    ----------
    flow, total : Line
    at : int
        Place of the daily figure in its line.
    after, before : int
        Places of the totals between which the step is taken.
    """

    flow: Line
    total: Line
    at: int
    after: int
    before: int

    @property
    def step(self) -> float:
        """Rise of the running total."""
        return float(self.total.value[self.after] - self.total.value[self.before])

    @property
    def days(self) -> int:
        """Days that the step covers."""
        return int(self.total.days(self.before, self.after))

    @property
    def period(self) -> int:
        """Days that the daily figure says it covers."""
        return int((self.flow.at[self.at] - self.flow.first[self.at]) / DAY) + 1


@dataclass(frozen=True, slots=True)
class Excess:
    """A part above its total on one day."""

    part: Line
    whole: Line
    at: int
    whole_at: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Parts of one day that do not add up to their whole, as they do on nearly all days."""

    whole: Line
    at: int
    parts: tuple[tuple[Line, int], ...]
    blank: tuple[Line, ...]

    @property
    def sum(self) -> float:
        """What the given parts come to."""
        return float(sum(line.value[place] for line, place in self.parts))


def find_mismatches(book: Book) -> list[Mismatch]:
    """Every daily figure that differs from the difference of its running totals.

    A daily figure is held against the total of its day less the last one before it. It does not
    differ where it equals the step over the period that it names, or where all daily figures
    since the last total together do. Open and approximate wordings differ only where their
    bounds exclude it. Without a total of the day, or one before it, nothing can be said.
    """
    found = []
    for flow in book.lines.values():
        if flow.kind != "flow":
            continue
        for total in book.linked(flow.series, "total"):
            found += _mismatches(flow, total)
    return found


def _mismatches(flow: Line, total: Line) -> list[Mismatch]:
    after = np.searchsorted(total.at, flow.at)
    same = (after < len(total)) & (total.at[np.minimum(after, len(total) - 1)] == flow.at)
    usable = np.flatnonzero(same & (after > 0))
    after = after[usable]
    before = after - 1
    period = np.searchsorted(total.at, flow.first[usable] - DAY, side="right") - 1
    off = _apart(flow, usable, total, after, before)
    off &= (period < 0) | _apart(flow, usable, total, after, np.maximum(period, 0))
    found = []
    for at, last, previous in zip(usable[off], after[off], before[off], strict=True):
        one = Mismatch(flow, total, int(at), int(last), int(previous))
        if not _days_add_up(one):
            found.append(one)
    return found


def _apart(
    flow: Line,
    at: np.ndarray[tuple[int], np.dtype[np.intp]],
    total: Line,
    after: np.ndarray[tuple[int], np.dtype[np.intp]],
    before: np.ndarray[tuple[int], np.dtype[np.intp]],
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether the bounds of daily figures exclude those of the steps."""
    with np.errstate(invalid="ignore"):
        low = total.low[after] - total.high[before]
        high = total.high[after] - total.low[before]
        return np.asarray((flow.low[at] > high) | (flow.high[at] < low), dtype=bool)


def _days_add_up(one: Mismatch) -> bool:
    """All days since the last total have daily figures, and these come to the step."""
    days = daily_sum(one.flow, one.total.at[one.before] + DAY, one.total.at[one.after])
    return days is not None and days == one.step


def daily_sum(flow: Line, first: np.datetime64, last: np.datetime64) -> float | None:
    """Sum of the daily figures of a span; None where they do not cover it day by day."""
    start, end = np.searchsorted(flow.at, first), np.searchsorted(flow.at, last, side="right")
    if start >= end or flow.first[start] != first or flow.at[end - 1] != last:
        return None
    if (flow.first[start + 1 : end] != flow.at[start : end - 1] + DAY).any():
        return None
    return float(flow.value[start:end].sum())


def find_excesses(book: Book) -> list[Excess]:
    """Every day on which a part lies above its total in the same source."""
    found = []
    for part in book.lines.values():
        for whole in book.linked(part.series, "part"):
            if part.source != whole.source:
                continue
            own, other = part.shared(whole)
            above = part.low[own] > whole.high[other]
            if part.kind == "flow":
                above &= part.first[own] >= whole.first[other]
            found += [
                Excess(part, whole, int(one), int(two))
                for one, two in zip(own[above], other[above], strict=True)
            ]
    return found


def find_shortfalls(book: Book) -> list[Shortfall]:
    """Days on which parts do not add up to a whole that they make up on nearly all days.

    Nearly all days of the series, or of those around the day: parts may add up for a time only.
    """
    found = []
    for whole in book.lines.values():
        parts = [
            one
            for one in book.linking(whole.series, "part")
            if one.kind == whole.kind and one.source == whole.source
        ]
        if len(parts) > 1:
            found += _shortfalls(whole, parts)
    return found


def _shortfalls(whole: Line, parts: list[Line]) -> list[Shortfall]:
    heaped, given_by = np.zeros(len(whole)), np.zeros(len(whole))
    for part in parts:
        own, other = part.shared(whole)
        heaped[other] += part.value[own]
        given_by[other] += 1
    days = np.flatnonzero(given_by > 0)
    fits = heaped[days] == whole.value[days]
    found = []
    for day in whole.at[days[~fits & _usual(fits)]]:
        given = [(one, one.place(day)) for one in parts]
        found.append(
            Shortfall(
                whole,
                whole.place(day),
                tuple((one, place) for one, place in given if place >= 0),
                tuple(one for one, place in given if place < 0),
            )
        )
    return found


def _usual(
    fits: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether parts make up their whole on nearly all days, or on nearly all around each day."""
    if len(fits) >= FEWEST_DAYS and fits.mean() >= WHOLE_SHARE:
        return np.ones(len(fits), dtype=bool)
    up_to = np.concatenate([[0], np.cumsum(fits)])
    place = np.arange(len(fits))
    start, end = np.maximum(place - NEAR_DAYS, 0), np.minimum(place + NEAR_DAYS + 1, len(fits))
    others = end - start - 1
    fitting = up_to[end] - up_to[start] - fits
    return np.asarray((others >= FEWEST_DAYS) & (fitting >= WHOLE_SHARE * others), dtype=bool)
