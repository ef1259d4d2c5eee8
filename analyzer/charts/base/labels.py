"""Which points of a timeline are named, and texts beside points where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from analyzer.charts.base import theme
from analyzer.charts.base.layout import Anchor, Box, Spot, place
from analyzer.charts.base.marks import ARROW
from analyzer.charts.base.sheet import POINT, extent, wrap

MOST_LABELS = 7
NAME_WIDTH = 1.15  # inches
# a thin white line around letters that lie on a grid line or a bar
OUTLINE: Final = (withStroke(linewidth=1.6, foreground="white"),)
LABEL: Final[dict[str, Any]] = {
    "size": theme.SMALL,
    "va": "center",
    "ha": "center",
    "zorder": 6,
    "path_effects": OUTLINE,
}
NEAR, MIDDLE, FAR = 0.5, 2.2, 8.5  # how far a label may be from its point, in lines
NEEDED = 4  # so many of the labels may go far,
SURE = 2  # and so many may lie on bars where there is no other place
LINE = theme.LEADING * theme.SMALL * POINT  # inches
PAD = 0.012  # inches around a text
KEPT_OFF = 0.02  # inches on each side of a line that no text may cover
ALONG = 0.05  # inches between points of a line that texts keep off


@dataclass(frozen=True, slots=True)
class Label:
    """A text for a point of an axes; only the first of those with one `point` is written."""

    x: float
    y: float
    text: str
    reach: float = FAR
    radius: float = 2.5  # points
    point: int = -1
    level: bool = False  # only right or left of the point
    struck: bool = True  # rather over a bar or an arrow than not at all


def write_labels(
    axes: Axes, labels: Sequence[Label], points: Sequence[Box], strokes: Sequence[Box] = ()
) -> list[bool]:
    """Write each text beside its point where there is room, the first of them first.

    Parameters
    ----------
    points, strokes : sequences of Box
        What no text may cover, and what it had better not; in pixels.

    Returns
    -------
    list of bool
        Which of them found a place.
    """
    dpi = axes.figure.dpi
    texts = [axes.text(0, 0, label.text, **LABEL) for label in labels]
    anchors = []
    for label, text in zip(labels, texts, strict=True):
        x, y = (float(at) for at in axes.transData.transform((label.x, label.y)))
        box = extent(text, pad=PAD * dpi)
        width, height = box.right - box.left, box.top - box.bottom
        radius = label.radius * POINT * dpi
        how = {"level": label.level, "struck": label.struck}
        anchors.append(Anchor(x, y, width, height, radius, label.reach, label.point, **how))
    frame = extent(axes.patch, pad=-0.02 * dpi)
    spots = place(anchors, frame, points, strokes, LINE * dpi)
    for text, spot in zip(texts, spots, strict=True):
        _put(axes, text, spot)
    return [spot is not None for spot in spots]


def _put(axes: Axes, text: Text, spot: Spot | None) -> None:
    if spot is None:
        text.remove()
        return
    box, back = spot.box, axes.transData.inverted()
    point = spot.line[0]
    if box.left >= point:
        text.set_multialignment("left")
    elif box.right <= point:
        text.set_multialignment("right")
    x, y = back.transform(((box.left + box.right) / 2, (box.bottom + box.top) / 2))
    text.set_position((float(x), float(y)))
    if spot.tied:
        ends = back.transform([spot.line[:2], spot.line[2:]])
        axes.plot(ends[:, 0], ends[:, 1], color=theme.INK, linewidth=0.4, zorder=3.5)


def mark_labels(
    marks: pd.DataFrame, positions: pd.DataFrame, kind: str, most: int = MOST_LABELS
) -> list[Label]:
    """Texts for the points that a reader asks about: reading, claims, who is cited, scope."""
    labels = []
    wanted = marks.loc[choose_labels(marks, positions, kind)]
    wanted = wanted.drop_duplicates(["text", "aside"]).head(most)  # one of those that say the same
    for i, (_, mark) in enumerate(wanted.iterrows()):
        reach = FAR if i < NEEDED else MIDDLE
        radius = float(mark["diameter"]) / 2
        at = mark["x"], mark["value"]
        labels.append(Label(*at, _words(mark), reach, radius, i, struck=i < SURE))
    return labels


def _words(mark: pd.Series) -> str:
    more = f" ({mark['n']} claims)" if mark["n"] > 1 else ""
    beside = f" and {mark['beside']} more" if mark.get("beside", 0) else ""
    said_by = f"{mark['said_by']}{beside}"
    who = ", ".join([said_by, *[str(mark["aside"])] * bool(mark["aside"])])
    return "\n".join([f"{mark['text']}{more}", *wrap(who, NAME_WIDTH, theme.SMALL)])


def mark_boxes(axes: Axes, marks: pd.DataFrame) -> tuple[list[Box], list[Box]]:
    """Boxes of the points and of their bars and arrows, in pixels."""
    dpi = axes.figure.dpi
    half, reach = 0.02 * dpi, ARROW * POINT * dpi
    points, strokes = [], []
    to_pixels = axes.transData.transform
    for _, mark in marks.iterrows():
        x, y = to_pixels((mark["x"], mark["value"]))
        radius = mark["diameter"] / 2 * POINT * dpi
        points.append(Box(x - radius, y - radius, x + radius, y + radius))
        low, high = (to_pixels((mark["x"], mark[end]))[1] for end in ("bar_low", "bar_high"))
        low = min(low, y - reach * mark["open_low"])
        high = max(high, y + reach * mark["open_high"])
        if low < high:
            strokes.append(Box(x - half, low, x + half, high))
    return points, strokes


def line_boxes(axes: Axes, x: npt.ArrayLike, y: npt.ArrayLike) -> list[Box]:
    """Boxes along a line, so that no text covers it; in pixels."""
    dpi = axes.figure.dpi
    at = axes.transData.transform(np.column_stack([x, y]))
    way = np.r_[0.0, np.hypot(*np.diff(at, axis=0).T).cumsum()]
    stops = np.linspace(0, way[-1], int(way[-1] / (ALONG * dpi)) + 2)
    half = KEPT_OFF * dpi
    return [
        Box(float(px) - half, float(py) - half, float(px) + half, float(py) + half)
        for px, py in zip(
            np.interp(stops, way, at[:, 0]), np.interp(stops, way, at[:, 1]), strict=True
        )
    ]


def choose_labels(marks: pd.DataFrame, positions: pd.DataFrame, kind: str) -> list[int]:
    """Rows of `marks` to name, the most needed first.

    The highest and the lowest, those of another scope, the first and the last; then one for each
    position of the times with the widest gap; then the first of each origin.
    """
    if marks.empty:
        return []
    by_time = marks.sort_values(["x", "value", "id"])
    dated = by_time[by_time["dated"]]
    wanted = marks["value"].sort_values(kind="stable").index[[-1, 0]].tolist()
    wanted += by_time[by_time["aside"] != ""].drop_duplicates("aside", keep="last").index.tolist()
    wanted += dated.index[[-1, 0]].tolist() if len(dated) else []
    undated = by_time[~by_time["dated"]].sort_values(["value", "id"])
    wanted += undated.index[-1:].tolist()
    if kind != "fixed":
        wanted += _of_positions(marks, positions)
    wanted += by_time.drop_duplicates("said_by").index.tolist()
    return list(dict.fromkeys(wanted))


def _of_positions(marks: pd.DataFrame, positions: pd.DataFrame) -> list[int]:
    """One claim of each position of the slots where positions are furthest apart."""
    several = positions[positions.groupby("slot")["position"].transform("size") > 1]
    if several.empty:
        return []
    ends = several.groupby("slot").agg(low=("low", "min"), high=("high", "max"))
    ends["gap"] = (ends["high"] - ends["low"]) / (ends["high"].abs() + ends["low"].abs())
    ranked = ends.replace([np.inf, -np.inf], np.nan).reset_index()
    slots = ranked.sort_values(["gap", "slot"], ascending=[False, True])["slot"].head(3)
    row_of = dict(zip(marks["id"], marks.index, strict=True))
    found = []
    for slot in slots:
        mine = several[several["slot"] == slot].sort_values(["scope", "position"])
        for claims in mine["claims"]:
            rows = [row_of[claim] for claim in claims if claim in row_of]
            found += rows[:1]
    return found
