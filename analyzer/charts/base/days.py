"""Axes of narrow charts: days with as many names as fit, and the room for the numbers beside."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.base import theme
from analyzer.charts.base.readings import MONTHS, day_text
from analyzer.charts.base.sheet import text_width
from analyzer.readings import number

MOST_TICKS = 7
APART = 0.1  # inches between two names
BEYOND = 0.12  # inches by which a name may stand out at the right of its axes
EPOCH = pd.Timestamp(1970, 1, 1)
DAY_STEPS = (1, 2, 5, 10, 15)
MONTH_STEPS = (1, 2, 3, 6)
YEAR_STEPS = (1, 2, 5, 10, 20, 50)
ISO = "%Y-%m-%d"

Ticks = list[tuple[float, str]]


def day_ticks(first: pd.Timestamp, last: pd.Timestamp, inches: float) -> Ticks:
    """Name days, months or years, the finest that fit side by side on an axis so long."""
    span = max((last - first).days, 1)
    ticks: Ticks = []
    for ticks in _choices(first, last):
        if len(ticks) <= MOST_TICKS and _fits(ticks, _number(first), inches / span):
            break
    end = _number(first) + span
    room = [(end - x) * inches / span + BEYOND for x, _ in ticks]
    return [
        (x, text)
        for (x, text), beside in zip(ticks, room, strict=True)
        if text_width(max(text.split("\n"), key=len), theme.SMALL) / 2 <= beside
    ]


def tick_lines(ticks: Ticks) -> int:
    """Lines of text below the axis."""
    return max((text.count("\n") + 1 for _, text in ticks), default=1)


def set_days(axes: Axes, first: pd.Timestamp, last: pd.Timestamp, ticks: Ticks) -> None:
    """Set the ends of the axis of days, a little beyond the first and the last, and its names."""
    low, high = _number(first), _number(last)
    pad = max(0.015 * (high - low), 0.5)
    axes.set_xlim(low - pad, high + pad)
    axes.set_xticks([x for x, _ in ticks], [text for _, text in ticks])


def value_room(low: float, high: float, unit: str) -> float:
    """Inches at the left for the numbers of an axis."""
    ends = [number(round(end)) if abs(end) > 3 else "0.25" for end in (low, high)]
    sign = " %" if unit == "percent" else ""
    return max(text_width(end + sign, theme.SMALL) for end in ends) + 0.11


def brief(measure: pd.Series) -> str:
    """The first sentence of a definition, with the unit: the rest stands in the report."""
    definition = str(measure["definition"]).strip()
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z])", definition)[0].rstrip(".") or str(
        measure["label"]
    )
    return f"{sentence} ({str(measure['unit']).lower()})."


def iso(days: pd.Series) -> pd.Series:
    """Days as ISO dates, blank where not known."""
    text: pd.Series = days.dt.strftime(ISO).fillna("").astype("str")
    return text


def span_text(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """ "3 to 20 Apr 2025", "28 Mar to 2 Apr 2025", "1 Dec 2024 to 3 Jan 2025"."""
    begin = day_text(first)
    if first == last:
        return begin
    if first.year == last.year:
        begin = begin.rsplit(" ", 1 if first.month != last.month else 2)[0]
    return f"{begin} to {day_text(last)}"


def _number(day: pd.Timestamp) -> float:
    return float((day - EPOCH).days)


def _choices(first: pd.Timestamp, last: pd.Timestamp) -> Iterator[Ticks]:
    """Ticks from the finest to the coarsest; with too many of them they are not made."""
    span = (last - first).days
    for step in DAY_STEPS:
        if span / step < MOST_TICKS + 1:
            yield _of_days(first, last, step)
    for step in MONTH_STEPS:
        if span / 30 / step < MOST_TICKS + 2:
            ticks = _of_months(first, last, step)
            if len(ticks) > 1:
                yield ticks
    for step in YEAR_STEPS:
        years = range(first.year + (first.dayofyear > 1), last.year + 1)
        yield [(_number(pd.Timestamp(y, 1, 1)), str(y)) for y in years if y % step == 0]


def _of_days(first: pd.Timestamp, last: pd.Timestamp, step: int) -> Ticks:
    days = pd.date_range(first, last, freq=f"{step}D")
    ticks: Ticks = []
    for place, day in enumerate(days):
        new_year = place == 0 or day.year != days[place - 1].year
        new_month = new_year or day.month != days[place - 1].month
        month = f"\n{MONTHS[day.month - 1]}" if new_month else ""
        ticks.append((_number(day), f"{day.day}{month}{f' {day.year}' if new_year else ''}"))
    return ticks


def _of_months(first: pd.Timestamp, last: pd.Timestamp, step: int) -> Ticks:
    months = [
        pd.Timestamp(count // 12, count % 12 + 1, 1)
        for count in range(first.year * 12, last.year * 12 + 12, step)
    ]
    months = [month for month in months if first <= month <= last]
    ticks: Ticks = []
    for place, month in enumerate(months):
        new_year = place == 0 or month.year != months[place - 1].year
        year = f"\n{month.year}" if new_year else ""
        ticks.append((_number(month), f"{MONTHS[month.month - 1]}{year}"))
    return ticks


def _fits(ticks: Ticks, start: float, per_day: float) -> bool:
    """Whether no line of a name touches the same line of the one before."""
    ends: dict[int, float] = {}
    for x, text in ticks:
        for place, line in enumerate(text.split("\n")):
            half = text_width(line, theme.SMALL) / 2
            middle = (x - start) * per_day
            if middle - half < ends.get(place, -1.0) + APART:
                return False
            ends[place] = middle + half
    return bool(ticks)
