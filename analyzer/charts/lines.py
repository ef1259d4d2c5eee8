"""Dated figures as lines: a shared day axis, gaps that look like gaps, a panel below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts import theme
from analyzer.charts.labels import LABEL, LINE
from analyzer.charts.layout import Anchor, Box, place, spread
from analyzer.charts.scales import Scale, day_numbers, time_scale
from analyzer.charts.sheet import extent

BREAK = 3.0  # a line is broken where days are missing for so many times the usual distance,
SHORTEST_BREAK = 10.0  # and for at least so many days: a week without a figure is no gap
POINT_SIZE = 2.2  # of a day that stands alone
ALONG = 250  # points of a line that labels keep off


def day_scale(days: pd.Series) -> Scale:
    """Axis of days with named months."""
    return time_scale(pd.DataFrame({"at_first": days, "at_last": days}), "at", columns=False)


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


def panel_below(axes: Axes, share: float, gap: float = 0.28) -> Axes:
    """Cut a second axes with the same days off the bottom of the first.

    Parameters
    ----------
    share : float
        Part of the height that the lower one gets.
    gap : float
        Inches between the two.
    """
    figure = axes.figure
    x, y, width, height = axes.get_position().bounds
    room = gap * figure.dpi / figure.bbox.height
    lower = figure.add_axes((x, y, width, share * height), sharex=axes)
    axes.set_position((x, y + share * height + room, width, (1 - share) * height - room))
    axes.tick_params(labelbottom=False)
    return lower


def name_ends(
    axes: Axes, ends: Sequence[float], names: Sequence[Sequence[str]], colours: Sequence[str]
) -> None:
    """Name what ends at the right edge, each as high as it ends, apart from each other.

    Parameters
    ----------
    names : sequence of sequences of str
        The lines of each name.
    """
    low, high = axes.get_ylim()
    inches = axes.get_position().height * axes.figure.bbox.height / axes.figure.dpi
    sizes = [(len(name) + 0.4) * LINE for name in names]
    wanted = [(end - low) / (high - low) * inches for end in ends]
    centres = spread(wanted, sizes, 0.0, inches)
    for name, centre, colour in zip(names, centres, colours, strict=True):
        y = centre / inches
        look: dict[str, Any] = {"color": colour, "linewidth": 3.0, "clip_on": False}
        axes.plot([1.008, 1.026], [y, y], transform=axes.transAxes, **look)
        words = "\n".join(name)
        axes.text(1.036, y, words, size=theme.SMALL, va="center", transform=axes.transAxes)


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


def line_points(days: pd.Series, values: pd.Series) -> pd.DataFrame:
    """Points along a line, for `beside` of `label_points`."""
    x, y = day_numbers(days).to_numpy(), values.to_numpy(dtype=float)
    along = np.linspace(x[0], x[-1], ALONG)
    return pd.DataFrame({"x": along, "y": np.interp(along, x, y)})


def label_points(
    axes: Axes, points: pd.DataFrame, beside: pd.DataFrame, reach: float = 20.0
) -> None:
    """Write a text beside each point where there is room, the first of them first.

    Parameters
    ----------
    points : DataFrame
        x, y (of the axes) and text; rows of one `run`, where there is such a column, are places
        for one text.
    beside : DataFrame
        x, y of points that no text may cover.
    reach : float
        How far a text may be from its point, in lines of text.
    """
    dpi = axes.figure.dpi
    texts = [axes.text(0, 0, str(text), **LABEL) for text in points["text"]]
    boxes = [extent(text, pad=0.012 * dpi) for text in texts]
    runs = points["run"] if "run" in points else range(len(points))
    radius = 0.035 * dpi
    at = axes.transData.transform(points[["x", "y"]].to_numpy(dtype=float))
    others = axes.transData.transform(beside[["x", "y"]].to_numpy(dtype=float))
    marks = [_box(float(x), float(y), radius) for x, y in at]
    marks += [_box(float(x), float(y), 0.01 * dpi) for x, y in others]
    anchors = [
        Anchor(x, y, box.right - box.left, box.top - box.bottom, radius, reach, run)
        for (x, y), box, run in zip(at, boxes, runs, strict=True)
    ]
    spots = place(anchors, extent(axes.patch, pad=-0.03 * dpi), marks, [], LINE * dpi)
    back = axes.transData.inverted()
    for text, spot in zip(texts, spots, strict=True):
        if spot is None:
            text.remove()
            continue
        box = spot.box
        middle = back.transform(((box.left + box.right) / 2, (box.bottom + box.top) / 2))
        text.set_position((float(middle[0]), float(middle[1])))
        if spot.tied:
            ends = back.transform([spot.line[:2], spot.line[2:]])
            axes.plot(ends[:, 0], ends[:, 1], color=theme.INK, linewidth=0.5, zorder=3.5)


def _box(x: float, y: float, radius: float) -> Box:
    return Box(x - radius, y - radius, x + radius, y + radius)
