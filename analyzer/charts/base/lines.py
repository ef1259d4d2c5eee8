"""Dated figures as lines with gaps that look like gaps, and panels of the same days."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.base import theme
from analyzer.charts.base.scales import day_numbers

BREAK = 3.0  # a line is broken where days are missing for so many times the usual distance,
SHORTEST_BREAK = 10.0  # and for at least so many days: a week without a figure is no gap
POINT_SIZE = 2.2  # of a day that stands alone


def unbroken(days: pd.Series) -> list[npt.NDArray[np.intp]]:
    """Positions of the days, in ascending order, that one line joins."""
    steps = np.diff(day_numbers(days).to_numpy())
    longest = max(BREAK * float(np.median(steps)), SHORTEST_BREAK) if len(steps) else 0.0
    return np.split(np.arange(len(days)), np.flatnonzero(steps > longest) + 1)


def draw_line(axes: Axes, days: pd.Series, values: pd.Series, **look: Any) -> None:
    """Draw a line that is broken where days are missing; a day alone is a point.

    Parameters
    ----------
    days : Series
        Datetimes in ascending order.
    """
    x, y = day_numbers(days).to_numpy(), values.to_numpy(dtype=float)
    for run in unbroken(days):
        alone = {"marker": "o", "markersize": POINT_SIZE} if len(run) == 1 else {}
        axes.plot(x[run], y[run], **(look | alone))


def stack(axes: Axes, count: int, gap: float) -> list[Axes]:
    """Cut an axes into equally high ones of the same days and values, from top to bottom.

    There are `gap` inches above each, for its name. Only the lowest names the days.
    """
    figure = axes.figure
    x, y, width, height = axes.get_position().bounds
    room = gap * figure.dpi / figure.bbox.height
    each = height / count - room
    panels = [axes]
    axes.set_position((x, y + height - room - each, width, each))
    for i in range(1, count):
        bottom = y + height - (i + 1) * (room + each)
        panels.append(figure.add_axes((x, bottom, width, each), sharex=axes, sharey=axes))
    for panel in panels[:-1]:
        panel.tick_params(labelbottom=False)
    return panels


def head(axes: Axes, text: str) -> None:
    """Say above a lower panel what it shows."""
    axes.annotate(
        text,
        (0, 1),
        xytext=(0, 3),
        xycoords="axes fraction",
        textcoords="offset points",
        size=theme.SMALL,
        color=theme.MUTED,
    )
