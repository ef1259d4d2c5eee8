"""Columns of the measures that rules speak of, looked up by time."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.system.places import NEVER, Calendar, Place, Span
from analyzer.system.rows import Rows


class Columns(dict[Span, int]):
    """Columns of one measure and scope by time; a place becomes an unknown when asked for."""

    def __init__(self, rows: Rows, place: Callable[[Span], Place]) -> None:
        super().__init__()
        self._places, self._place = rows.places, place

    def __missing__(self, span: Span) -> int:
        known = self._places
        column = self[span] = known.setdefault(self._place(span), len(known))
        return column


class Unknowns:
    """The rows of a system, and the columns of each measure and scope that they speak of."""

    def __init__(self, rows: Rows, calendar: Calendar) -> None:
        self.rows, self.calendar = rows, calendar
        self._known: dict[tuple[str, str, bool], Columns] = {}

    def columns(self, measure: str, scope: str, before: bool = False) -> Columns:
        """Columns of a measure and scope by time, or by the time that follows its day."""
        key = measure, scope, before
        if key not in self._known:
            place = self.calendar.placing(measure, scope)
            at = (lambda span: place(day_before(span))) if before else place
            self._known[key] = Columns(self.rows, at)
        return self._known[key]


def day_before(span: Span) -> Span:
    """The day before a time begins."""
    day = (span[0] if span[0] != NEVER else span[1]) - 1
    return NEVER, day, day
