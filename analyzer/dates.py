"""Dates as people write them: a day, a month or a year, each a span of days.

ISO forms only. A date in any other form is an error that names the ISO form to type; which of
two readings of 03/04/2024 is meant is never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
SLASHED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")
SERIAL = re.compile(r"\d{5}")
LAST_YEAR = 2999
SPREADSHEET_EPOCH = dt.date(1899, 12, 30)  # day 0 of the spreadsheets' 1900 date system
WRITTEN = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%B %Y", "%b %Y")


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a written date can mean, both ends included."""

    first: dt.date
    last: dt.date


class DateError(ValueError):
    """A text that is no date; the message says what to type instead."""


@lru_cache(maxsize=4096)
def parse_date(text: str) -> Span:
    """Read "2025-01-22", "2025-01" or "2025".

    Raises
    ------
    DateError
        The message is a remedy that names the ISO form.
    """
    match = ISO.fullmatch(text)
    if not match:
        raise DateError(_remedy(text))
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is not None and year > LAST_YEAR:
        raise DateError("is too far off; leave it blank, or type the year that is meant")
    try:
        first = dt.date(year or 0, month or 1, day or 1)
    except ValueError as error:
        raise DateError("there is no such day; type year-month-day, as 2025-01-22") from error
    if day:
        return Span(first, first)
    if month:
        return Span(first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1))
    return Span(first, dt.date(first.year, 12, 31))


def show_span(first: dt.date, last: dt.date) -> str:
    """A span in words: "22 January 2025", "19 to 20 January 2025", "January 2025" or "2025"."""
    if first == last:
        return f"{first.day} {first:%B} {first.year}"
    next_day = last + dt.timedelta(days=1)
    if first.day == 1 and next_day.day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%B} {first.year}"
        if first.year == last.year and (first.month, last.month) == (1, 12):
            return str(first.year)
    start = f"{first.day}"
    if (first.year, first.month) != (last.year, last.month):
        start += f" {first:%B}" + (f" {first.year}" if first.year != last.year else "")
    return f"{start} to {last.day} {last:%B} {last.year}"


def _remedy(text: str) -> str:
    if SERIAL.fullmatch(text):
        day = SPREADSHEET_EPOCH + dt.timedelta(days=int(text))
        return f"a spreadsheet turned the date into a day number; type {day}"
    if match := YEAR_FIRST.fullmatch(text):
        return _typed([f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"])
    if match := SLASHED.fullmatch(text):
        one, other, year = int(match[1]), int(match[3]), match[4]
        return _typed([f"{year}-{one:02}-{other:02}", f"{year}-{other:02}-{one:02}"])
    if ISO.fullmatch(text[:10]) and text[10:11] in ("T", " "):
        return f"type {text[:10]}, without the time"
    for form in WRITTEN:
        try:
            day = dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
        return f"type {day if '%d' in form else day.isoformat()[:7]}"
    return "type year-month-day, as 2025-01-22, or 2025-01 or 2025"


def _typed(candidates: list[str]) -> str:
    real = []
    for candidate in dict.fromkeys(candidates):
        try:
            real.append(dt.date.fromisoformat(candidate).isoformat())
        except ValueError:
            continue
    if not real:
        return "there is no such day; type year-month-day, as 2025-01-22"
    return "type " + " or ".join(real) + (", whichever is meant" if len(real) > 1 else "")
