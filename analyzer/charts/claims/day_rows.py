"""Figures of few days, a row for each day: what claims of one day say stands side by side."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.base import theme
from analyzer.charts.base.labels import Label, mark_boxes, write_labels
from analyzer.charts.base.marks import arrow, draw_points
from analyzer.charts.base.readings import MONTHS
from analyzer.charts.base.scales import set_across
from analyzer.charts.base.sheet import POINT, text_width
from analyzer.charts.claims.envelope_band import LOOK

MOST_ROWS: Final = 24
ROW: Final = 0.165  # inches
BELOW: Final = 0.22
TOP: Final = 0.6  # of a row above the first one
RIGHT: Final = 0.3
ROOM: Final = 1.05
BESIDE: Final = 0.12  # inches between a point and the edge, apart from its words
ARROW: Final = 8.0  # points from the middle of a mark to the tip
LONGEST: Final = 0.6  # inches of words that the axis makes room for
THICK: Final = 0.55  # of a row, that the envelope fills


def day_list(marks: pd.DataFrame, allowed: pd.DataFrame) -> list[pd.Timestamp]:
    """Days with a claim or a range that is allowed, in their order."""
    days = pd.concat([marks["at_first"], allowed["at_first"]]).dropna().unique()
    return sorted(pd.Timestamp(day) for day in days)


def day_names(days: list[pd.Timestamp]) -> list[str]:
    """Write days below each other; the year only where it changes."""
    names = []
    for i, day in enumerate(days):
        year = f" {day.year}" if i == 0 or day.year != days[i - 1].year else ""
        names.append(f"{day.day} {MONTHS[day.month - 1]}{year}")
    return names


def room_for_names(days: list[pd.Timestamp]) -> float:
    """Inches at the left of the rows."""
    return max(text_width(name, theme.SMALL) for name in day_names(days)) + 0.1


def draw_rows(axes: Axes, marks: pd.DataFrame, days: list[pd.Timestamp], high: float) -> None:
    """Draw each day's claims on its row, from zero to the right, with their readings.

    Parameters
    ----------
    marks : DataFrame
        As from `group_marks`; without claims that have no day.
    high : float
        End of the axis of values.
    """
    places = {day: -float(i) for i, day in enumerate(days)}
    rows = marks.assign(y=marks["at_first"].map(places).astype("float64"))
    axes.set_ylim(min(places.values()) - TOP, TOP)
    axes.set_yticks(list(places.values()), day_names(days))
    width = axes.get_window_extent().width / axes.figure.dpi
    set_across(axes, min(0.0, rows["bar_low"].min()), high, width, RIGHT)
    spans = rows.groupby("y", sort=True).agg(low=("value", "min"), high=("value", "max"))
    axes.hlines(spans.index, spans["low"], spans["high"], color=theme.PALE, linewidth=2, zorder=1)
    bars = rows[rows["bar_low"] < rows["bar_high"]]
    axes.hlines(
        bars["y"], bars["bar_low"], bars["bar_high"], color=theme.GREY, linewidth=0.7, zorder=2
    ).set_gid("bounds")
    for name, direction in (("open_high", "right"), ("open_low", "left")):
        ends = rows[rows[name]].drop_duplicates(["y", "value"])
        if len(ends):
            axes.plot(ends["value"], ends["y"], gid=name, zorder=3, **arrow(direction, ARROW))
    draw_points(axes, rows, "value", "y")
    _label_rows(axes, rows)


def _label_rows(axes: Axes, rows: pd.DataFrame) -> None:
    turned = rows.assign(x=rows["value"], value=rows["y"], bar_low=rows["y"], bar_high=rows["y"])
    points, _ = mark_boxes(axes, turned.assign(open_low=False, open_high=False))
    far = axes.get_xlim()[1]
    per_point = far / (axes.get_window_extent().width / axes.figure.dpi / POINT)
    order = rows.sort_values(["y", "value", "aside"], ascending=[False, False, True])
    order = order.drop_duplicates(["y", "text"])  # one of those that say the same
    labels = [
        Label(row["value"], row["y"], _words(row), 0.3, _radius(row, rows, per_point), level=True)
        for _, row in order.iterrows()
        if row["value"] <= far
    ]
    write_labels(axes, labels, points)


def _radius(row: pd.Series, rows: pd.DataFrame, per_point: float) -> float:
    """Points around a mark that its text keeps off, with every arrow that runs over the mark."""
    before = rows[(rows["y"] == row["y"]) & rows["open_high"] & (rows["value"] <= row["value"])]
    tips = ARROW - (row["value"] - before["value"]) / per_point
    return float(max([row["diameter"] / 2, *tips]))


def _words(row: pd.Series) -> str:
    return f"{row['text']} {row['aside']}".strip()


def draw_row_ranges(axes: Axes, allowed: pd.DataFrame, days: list[pd.Timestamp]) -> None:
    """Draw what is allowed on each day as a pale bar behind its row."""
    places = {day: -float(i) for i, day in enumerate(days)}
    _, far = axes.get_xlim()
    for _, row in allowed.iterrows():
        y = places[row["at_first"]]
        low, high = max(row["low"], 0.0), min(row["high"], far)
        middle, half = (low + high) / 2, max((high - low) / 2, 0.006 * far)
        left = max(middle - half, 0.0)
        axes.barh(y, middle + half - left, THICK, left=left, gid="envelope", **LOOK)


def row_ends(marks: pd.DataFrame, allowed: pd.DataFrame) -> float:
    """End of the axis of values, with room for the words of the largest."""
    tops = [marks["bar_high"].max(), marks["value"].max(), allowed["low"].max()]
    finite = allowed["high"][np.isfinite(allowed["high"])]
    most = max(top for top in tops if pd.notna(top))
    near = finite[finite < 1.5 * most]
    inches = theme.WIDTH - RIGHT - room_for_names(day_list(marks, allowed))
    rooms = [
        value * inches / (inches - text_width(text, theme.SMALL) - BESIDE)
        for value, text in zip(marks["value"], marks["text"], strict=True)
        if text_width(text, theme.SMALL) < LONGEST
    ]
    return float(max([ROOM * most, *near, *rooms]))
