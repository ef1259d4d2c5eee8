"""Axes that people read without help: few ticks, thousands separated, months in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from analyzer.charts.base import theme
from analyzer.charts.base.date_ticks import time_ticks
from analyzer.charts.base.sheet import text_width
from analyzer.readings import number

WIDE = 2.7  # inches, of the axis of most charts
STRIP = 0.1  # of the axis, for claims without a date


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
    """

    x: pd.Series
    x_first: pd.Series
    x_last: pd.Series
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    strip: tuple[float, float] | None

    @property
    def lines(self) -> int:
        """Lines of text below the axis."""
        below = [text.count("\n") + 1 for _, text in self.ticks]
        return max([*below, 2 if self.strip else 1])


def time_scale(marks: pd.DataFrame, clock: str, inches: float = WIDE) -> Scale:
    """Place claims by a clock ("at" or "said").

    A claim whose date is a month or a year stands in its middle. There are as many ticks as an
    axis of so many `inches` has room for.
    """
    first, last = marks[f"{clock}_first"], marks[f"{clock}_last"]
    begin, end = day_numbers(first), day_numbers(last)
    end = end.fillna(begin)
    if first.isna().all():
        return _with_strip(marks, (begin, end), (0.0, 0.0), ())
    middle = (begin + end) / 2
    low, high = float(middle.min()), float(middle.max())
    pad = max((high - low) * 0.03, 0.7)
    low, high = low - pad, high + pad
    return _with_strip(marks, (begin, end), (low, high), time_ticks(low, high, inches))


def _with_strip(
    marks: pd.DataFrame,
    spans: tuple[pd.Series, pd.Series],
    ends: tuple[float, float],
    ticks: tuple[tuple[float, str], ...],
) -> Scale:
    low, high = ends
    x = (spans[0] + spans[1]) / 2
    strip = None
    if x.isna().any():
        width = (high - low) * STRIP or 1.0
        strip = (high, high + width)
        order = marks.loc[x.isna()].sort_values(["value", "id"]).index
        places = [high + width * (0.25 + 0.25 * (i % 3)) for i in range(len(order))]
        x = x.fillna(pd.Series(places, order, dtype="float64"))
    x_first = spans[0].clip(low, high).fillna(x)
    x_last = spans[1].clip(low, high).fillna(x)
    return Scale(x, x_first, x_last, low, strip[1] if strip else high, ticks, strip)


def day_numbers(days: pd.Series) -> pd.Series:
    """Days since 1970 as numbers; NaN without a day."""
    numbers = days.to_numpy(dtype="datetime64[D]").astype("int64").astype("float64")
    return pd.Series(np.where(days.isna(), np.nan, numbers), index=days.index)


def set_x(axes: Axes, scale: Scale) -> None:
    """Ticks, ends and the strip of claims without a date."""
    axes.set_xlim(scale.low, scale.high)
    axes.set_xticks([x for x, _ in scale.ticks], [text for _, text in scale.ticks])
    if scale.strip:
        left, right = scale.strip
        mark_strip(axes, scale)
        axes.text(
            (left + right) / 2,
            0,
            "no\ndate",
            size=theme.SMALL,
            color=theme.MUTED,
            ha="center",
            va="top",
            transform=axes.get_xaxis_transform() + _down(axes),
        )


def mark_strip(axes: Axes, scale: Scale) -> None:
    """Shade where claims without a date stand, if there are any."""
    if scale.strip:
        axes.axvspan(*scale.strip, color=theme.WASH, zorder=0, linewidth=0)


def _down(axes: Axes) -> ScaledTranslation:
    """Move down as far as the names of ticks stand below an axis."""
    points = rcParams["xtick.major.size"] + rcParams["xtick.major.pad"]
    return ScaledTranslation(0, -points / 72, axes.figure.dpi_scale_trans)


def set_values(
    axes: Axes, low: float, high: float, unit: str, *, along: str = "y", most: int = 6
) -> None:
    """Set ends, at most so many round ticks, and grid of the axis of values."""
    axis = axes.yaxis if along == "y" else axes.xaxis
    (axes.set_ylim if along == "y" else axes.set_xlim)(low, high)
    locator = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10], integer=high > 1)
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
