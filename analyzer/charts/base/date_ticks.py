"""Names of days along an axis: few, round, and month and year only where they change."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from analyzer.charts.base.readings import MONTHS

EPOCH = pd.Timestamp(1970, 1, 1)
DAY_STEPS = (1, 2, 5, 10, 15)
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
MONTH = 30.44  # days
APART = 0.44  # inches between two names at the least: "Oct 2023" is as wide

Ticks = tuple[tuple[float, str], ...]


def time_ticks(low: float, high: float, inches: float) -> Ticks:
    """Mark round days of an axis of days since 1970, as many as there is room for.

    Days as "1" above "Oct 2023", months as "Oct" above "2023", years alone.
    """
    first, last = (EPOCH + pd.Timedelta(days=day) for day in (math.ceil(low), math.floor(high)))
    most = max(int(inches / APART), 2)
    span = (last - first).days
    for step in DAY_STEPS:
        if span / step <= most:
            return _ticks(_named_days(list(_days(first, last, step))))
    months = span / MONTH
    month_step = next((s for s in MONTH_STEPS if months / s <= most), math.ceil(months / most))
    return _ticks(_named_months(list(_months(first, last, month_step)), month_step))


def _days(first: pd.Timestamp, last: pd.Timestamp, step: int) -> Iterator[pd.Timestamp]:
    """Every day, or the 1st of each month and each `step` days after it."""
    for n in range((last - first).days + 1):
        day = first + pd.Timedelta(days=n)
        if step == 1 or ((day.day - 1) % step == 0 and day.day - 1 <= 30 - step):
            yield day


def _months(first: pd.Timestamp, last: pd.Timestamp, step: int) -> Iterator[pd.Timestamp]:
    start = first.year * 12 + first.month - 1
    for month in range(start - start % step, last.year * 12 + last.month, step):
        day = pd.Timestamp(year=month // 12, month=month % 12 + 1, day=1)
        if first <= day <= last:
            yield day


def _named_days(days: list[pd.Timestamp]) -> Iterator[tuple[pd.Timestamp, str]]:
    for i, day in enumerate(days):
        year = f" {day.year}" if i == 0 or day.year != days[i - 1].year else ""
        new = i == 0 or day.month != days[i - 1].month
        yield day, f"{day.day}" + (f"\n{MONTHS[day.month - 1]}{year}" if new else "")


def _named_months(days: list[pd.Timestamp], step: int) -> Iterator[tuple[pd.Timestamp, str]]:
    for i, day in enumerate(days):
        new = i == 0 or day.year != days[i - 1].year
        month = "" if step % 12 == 0 else MONTHS[day.month - 1]
        yield day, "\n".join([month] * bool(month) + [f"{day.year}"] * new)


def _ticks(named: Iterator[tuple[pd.Timestamp, str]]) -> Ticks:
    return tuple((float((day - EPOCH).days), text) for day, text in named)
