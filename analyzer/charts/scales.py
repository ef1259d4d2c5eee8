"""Axes that people read without help: few ticks, thousands separated, months in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analyzer.charts import theme
from analyzer.charts.readings import MONTHS
from analyzer.charts.sheet import text_width
from analyzer.readings import number

MOST_COLUMNS = 22  # days side by side in one chart


@dataclass(frozen=True, slots=True)
class Scale:
    """Places on the x axis.

    Attributes
    ----------
    x, x_first, x_last : Series
        Place of each claim, and of the first and the last day that its date allows.
    low, high : float
        Ends of the axis.
    ticks : tuple of (float, str)
        Marks on the axis.
    strip : tuple of two floats or None
        Where claims without a date stand.
    skips : bool
        Whether days without claims are left out.
    """

    x: pd.Series
    x_first: pd.Series
    x_last: pd.Series
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    strip: tuple[float, float] | None
    skips: bool

    @property
    def lines(self) -> int:
        """Lines of text below the axis."""
        below = [text.count("\n") + 1 for _, text in self.ticks]
        return max([*below, 3 if self.strip else 1])


def time_scale(marks: pd.DataFrame, clock: str, columns: bool) -> Scale:
    """Place claims by a clock ("at" or "said"); `columns` sets few days side by side.

    A claim whose date is a month or a year stands in its middle.
    """
    first, last = marks[f"{clock}_first"], marks[f"{clock}_last"]
    days = first.dropna().drop_duplicates().sort_values()
    if columns and len(days) <= MOST_COLUMNS:
        places = {day: float(i) for i, day in enumerate(days)}
        x = first.map(places).astype("float64")
        ends = (-0.6, max(len(days) - 0.4, 0.0))
        return _with_strip(marks, (x, x), ends, column_ticks(list(days)), True)
    begin, end = day_numbers(first), day_numbers(last)
    end = end.fillna(begin)
    if days.empty:
        return _with_strip(marks, (begin, end), (0.0, 0.0), (), False)
    middle = (begin + end) / 2
    low, high = float(middle.min()), float(middle.max())
    pad = max((high - low) * 0.03, 0.7)
    low, high = low - pad, high + pad
    return _with_strip(marks, (begin, end), (low, high), _time_ticks(low, high), False)


def _with_strip(
    marks: pd.DataFrame,
    spans: tuple[pd.Series, pd.Series],
    ends: tuple[float, float],
    ticks: tuple[tuple[float, str], ...],
    skips: bool,
) -> Scale:
    low, high = ends
    x = (spans[0] + spans[1]) / 2
    strip = None
    if x.isna().any():
        width = (high - low) * 0.13 or 1.0
        strip = (high, high + width)
        order = marks.loc[x.isna()].sort_values(["value", "id"]).index
        places = [high + width * (0.25 + 0.25 * (i % 3)) for i in range(len(order))]
        x = x.fillna(pd.Series(places, order, dtype="float64"))
    x_first = spans[0].clip(low, high).fillna(x)
    x_last = spans[1].clip(low, high).fillna(x)
    return Scale(x, x_first, x_last, low, strip[1] if strip else high, ticks, strip, skips)


def day_numbers(days: pd.Series) -> pd.Series:
    """Days since 1970 as numbers; NaN without a day."""
    numbers = days.to_numpy(dtype="datetime64[D]").astype("int64").astype("float64")
    return pd.Series(np.where(days.isna(), np.nan, numbers), index=days.index)


def column_ticks(days: Sequence[pd.Timestamp]) -> tuple[tuple[float, str], ...]:
    """Name days that stand side by side; month and year where they change."""
    ticks = []
    for i, day in enumerate(days):
        text = f"{day.day}\n{MONTHS[day.month - 1]}"
        if i == 0 or days[i - 1].year != day.year:
            text += f"\n{day.year}"
        elif days[i - 1].month == day.month:
            text = f"{day.day}"
        ticks.append((float(i), text))
    return tuple(ticks)


EPOCH = pd.Timestamp(1970, 1, 1)
DAY_STEPS = (1, 2, 5, 10)
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60)
MOST_TICKS = 10


def _time_ticks(low: float, high: float) -> tuple[tuple[float, str], ...]:
    first, last = (EPOCH + pd.Timedelta(days=day) for day in (math.ceil(low), math.floor(high)))
    span = (last - first).days
    for step in DAY_STEPS:
        if span / step <= MOST_TICKS:
            days = [first + pd.Timedelta(days=n) for n in range(0, span + 1, step)]
            return tuple((_number(day), text) for day, text in _named_days(days))
    months = span / 30.4
    step = next((s for s in MONTH_STEPS if months / s <= MOST_TICKS), math.ceil(months / 10))
    start = first.year * 12 + first.month - 1
    end = last.year * 12 + last.month
    ticks = []
    for month in range(start - start % step, end + 1, step):
        day = pd.Timestamp(year=month // 12, month=month % 12 + 1, day=1)
        if first <= day <= last:
            ticks.append(day)
    return tuple((_number(day), text) for day, text in _named_months(ticks))


def _number(day: pd.Timestamp) -> float:
    return float((day - EPOCH).days)


def _named_days(days: list[pd.Timestamp]) -> list[tuple[pd.Timestamp, str]]:
    named = []
    for i, day in enumerate(days):
        new = i == 0 or day.month != days[i - 1].month
        month = f"\n{MONTHS[day.month - 1]} {day.year}" if new else ""
        named.append((day, f"{day.day}{month}"))
    return named


def _named_months(days: list[pd.Timestamp]) -> list[tuple[pd.Timestamp, str]]:
    named = []
    for i, day in enumerate(days):
        new = i == 0 or day.year != days[i - 1].year
        named.append((day, MONTHS[day.month - 1] + (f"\n{day.year}" if new else "")))
    return named


def set_x(axes: Axes, scale: Scale) -> None:
    """Ticks, ends and the strip of claims without a date."""
    axes.set_xlim(scale.low, scale.high)
    axes.set_xticks([x for x, _ in scale.ticks], [text for _, text in scale.ticks])
    if scale.strip:
        left, right = scale.strip
        axes.axvspan(left, right, color=theme.WASH, zorder=0, linewidth=0)
        axes.text(
            (left + right) / 2,
            -0.02,
            "date\nnot\nknown",
            size=theme.SMALL,
            color=theme.MUTED,
            ha="center",
            va="top",
            transform=axes.get_xaxis_transform(),
        )


def set_values(
    axes: Axes, low: float, high: float, unit: str, *, along: str = "y", most: int = 6
) -> None:
    """Set ends, at most so many round ticks, and grid of the axis of values."""
    axis = axes.yaxis if along == "y" else axes.xaxis
    (axes.set_ylim if along == "y" else axes.set_xlim)(low, high)
    locator = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10], integer=high > 3)
    ticks = [float(tick) for tick in locator.tick_values(low, high) if low <= tick <= high]
    sign = " %" if unit == "percent" else ""
    axis.set_ticks(ticks, [number(round(tick, 6)) + sign for tick in ticks])
    axes.grid(axis="y" if along == "y" else "x")


def set_across(axes: Axes, low: float, high: float, inches: float, beside: float) -> None:
    """Set an x axis of values with as many ticks as there is room for, and none cut off.

    Parameters
    ----------
    inches, beside : float
        Width of the axes, and of the paper at its right.
    """
    widest = max(text_width(number(round(end)), theme.SMALL) for end in (low, high))
    most = min(max(int(inches / (widest + 0.15)), 1), 6)
    set_values(axes, low, high, "", along="x", most=most)
    ticks = [
        (float(at), text.get_text())
        for at, text in zip(axes.get_xticks(), axes.get_xticklabels(), strict=True)
    ]
    shown = [
        (at, text)
        for at, text in ticks
        if text_width(text, theme.SMALL) / 2 < (high - at) / (high - low) * inches + beside
    ]
    axes.set_xticks([at for at, _ in shown], [text for _, text in shown])


CLOSE = 0.25  # lowest claim as a share of the highest


def value_ends(marks: pd.DataFrame, kind: str) -> tuple[float, float]:
    """Find the ends of the value axis: zero, except for a fixed total whose claims lie close.

    A running total is read against zero. Claims of one fixed total that lie close together
    would be squeezed into a line there, so their axis starts below the lowest of them.
    """
    low = min(marks["value"].min(), marks["bar_low"].min())
    high = max(marks["value"].max(), marks["bar_high"].max())
    pad = (high - low) * 0.08 or max(abs(high) * 0.1, 1.0)
    if kind == "fixed" and low > high * CLOSE:
        return max(low - 1.5 * pad, 0.0), high + 1.5 * pad
    top = high + max(pad, 0.08 * high)
    return min(0.0, low - (pad if low < 0 else 0.0)), top
