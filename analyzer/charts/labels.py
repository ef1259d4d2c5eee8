"""Which points of a timeline are named, and the positions at its right edge."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text

from analyzer.charts import theme
from analyzer.charts.layout import Anchor, Box, Spot, place, spread
from analyzer.charts.marks import ARROW
from analyzer.charts.readings import claims_word, is_latin
from analyzer.charts.sheet import POINT, extent, wrap
from analyzer.readings import number

MOST_LABELS = 12
MOST_OF_FIXED = 8  # the positions stand beside them
NAME_WIDTH = 1.75  # inches
LABEL: Final[dict[str, Any]] = {
    "size": theme.SMALL,
    "va": "center",
    "ha": "center",
    "zorder": 6,
    "bbox": {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.5},
}
BESIDE: Final[dict[str, Any]] = {"size": theme.SMALL, "va": "top", "ha": "left"}
NEAR, MIDDLE, FAR = 0.5, 4.8, 20.0  # how far a label may be from its point, in lines
NEEDED = 4  # so many of the labels may go far
LINE = theme.LEADING * theme.SMALL * POINT  # inches


def label_marks(
    axes: Axes, marks: pd.DataFrame, positions: pd.DataFrame, kind: str, *, named_only: bool
) -> None:
    """Name the points that a reader asks about, as many as there is room for.

    Unless `named_only`, all other points get their bare reading where there is room.
    """
    chosen = choose_labels(marks, positions, kind)
    reaches = [FAR if i < NEEDED else MIDDLE for i in range(len(chosen))]
    wanted = [
        (row, _words(mark), reach)
        for (_, mark), row, reach in zip(marks.loc[chosen].iterrows(), chosen, reaches, strict=True)
    ]
    if not named_only:
        order = [*chosen, *marks.drop(index=chosen).sort_values(["x", "value"]).index]
        others = marks.loc[order].drop_duplicates(["x", "text"])
        wanted += [
            (row, str(text), NEAR) for row, text in zip(others.index, others["text"], strict=True)
        ]
    texts = [axes.text(0, 0, text, **LABEL) for _, text, _ in wanted]
    dpi = axes.figure.dpi
    frame = extent(axes.patch, pad=-0.03 * dpi)
    points, strokes = _obstacles(axes, marks)
    anchors = [
        _anchor(extent(text, pad=0.012 * dpi), points[row], reach, row)
        for (row, _, reach), text in zip(wanted, texts, strict=True)
    ]
    for text, spot in zip(texts, place(anchors, frame, points, strokes, LINE * dpi), strict=True):
        _put(axes, text, spot)


def _anchor(text: Box, point: Box, reach: float, row: int) -> Anchor:
    return Anchor(
        (point.left + point.right) / 2,
        (point.bottom + point.top) / 2,
        text.right - text.left,
        text.top - text.bottom,
        (point.right - point.left) / 2,
        reach,
        row,
    )


def _obstacles(axes: Axes, marks: pd.DataFrame) -> tuple[list[Box], list[Box]]:
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
        axes.plot(ends[:, 0], ends[:, 1], color=theme.INK, linewidth=0.5, zorder=3.5)


def choose_labels(marks: pd.DataFrame, positions: pd.DataFrame, kind: str) -> list[int]:
    """Rows of `marks` to name, the most needed first.

    The highest and the lowest, the first and the last; then one for each position of the times
    with the widest gap; then the first of each origin. Of a flow the highest and those positions
    only: every other day stands beside its own number.
    """
    if kind == "flow":
        top = marks["value"].sort_values(kind="stable").index[-1:].tolist()
        return list(dict.fromkeys([*top, *_of_positions(marks, positions)]))[:MOST_LABELS]
    by_time = marks.sort_values(["x", "value", "id"])
    dated = by_time[by_time["dated"]]
    wanted = marks["value"].sort_values(kind="stable").index[[-1, 0]].tolist()
    wanted += dated.index[[-1, 0]].tolist() if len(dated) else []
    undated = by_time[~by_time["dated"]].sort_values(["value", "id"])
    wanted += undated.index[[-1, 0]].tolist() if len(undated) else []
    if kind != "fixed":
        wanted += _of_positions(marks, positions)
    wanted += by_time.drop_duplicates("said_by").index.tolist()
    most = MOST_OF_FIXED if kind == "fixed" else MOST_LABELS
    return list(dict.fromkeys(wanted))[:most]


def _of_positions(marks: pd.DataFrame, positions: pd.DataFrame) -> list[int]:
    """One claim of each position of the slots where positions are furthest apart."""
    several = positions[positions.groupby("slot")["position"].transform("size") > 1]
    if several.empty:
        return []
    ends = several.groupby("slot").agg(low=("low", "min"), high=("high", "max"))
    ends["gap"] = (ends["high"] - ends["low"]) / (ends["high"].abs() + ends["low"].abs())
    ranked = ends.replace([np.inf, -np.inf], np.nan).reset_index()
    slots = ranked.sort_values(["gap", "slot"], ascending=[False, True])["slot"].head(3)
    row_of = dict(zip(marks["id"], range(len(marks)), strict=True))
    found = []
    for slot in slots:
        mine = several[several["slot"] == slot].sort_values(["scope", "position"])
        for claims in mine["claims"]:
            rows = [row_of[claim] for claim in claims if claim in row_of]
            found += rows[:1]
    return found


def _words(mark: pd.Series) -> str:
    name = "\n".join(wrap(str(mark["said_by"]), NAME_WIDTH, theme.SMALL))
    more = f" ({mark['n']} claims)" if mark["n"] > 1 else ""
    return f"{mark['text']}{more}\n{name}"


def label_positions(axes: Axes, positions: pd.DataFrame, marks: pd.DataFrame) -> None:
    """Name the positions of a fixed total at the right edge, tied to their values."""
    dpi = axes.figure.dpi
    frame = extent(axes.patch)
    rows = _rows(positions, marks)
    if len(rows) < 2:
        return
    most = max(int((frame.top - frame.bottom) / (2.15 * LINE * dpi)) - 1, 1)
    shown, rest = rows.head(most), rows.iloc[most:]
    texts = [_position_words(row) for _, row in shown.iterrows()]
    wanted = [float(axes.transData.transform((0, at))[1]) for at in shown["at"]]
    sizes = [(text.count("\n") + 1.15) * LINE * dpi for text in texts]
    note = "claims that agree\nwith each other:"
    if len(rest):
        note = f"{len(shown)} largest of {len(rows)} groups\nof claims that agree:"
    axes.text(1.02, 1.0, note, **BESIDE, color=theme.MUTED, transform=axes.transAxes)
    centres = spread(wanted, sizes, frame.bottom, frame.top - 2.4 * LINE * dpi)
    width = frame.right - frame.left
    for text, from_y, to_y in zip(texts, wanted, centres, strict=True):
        y0, y1 = ((y - frame.bottom) / (frame.top - frame.bottom) for y in (from_y, to_y))
        x1 = 1 + 0.13 * dpi / width
        axes.plot(
            [1, x1],
            [y0, y1],
            color=theme.GREY,
            linewidth=0.6,
            transform=axes.transAxes,
            clip_on=False,
        )
        x2 = x1 + 0.03 * dpi / width
        axes.text(x2, y1, text, size=theme.SMALL, va="center", transform=axes.transAxes)


def _rows(positions: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Positions with the same words as one, the largest first; those that aren't drawn left out."""
    rows = positions.assign(at=_middle(positions, marks)).dropna(subset=["at"])
    rows = rows.groupby(["label", "scope"], as_index=False).agg(
        n_claims=("n_claims", "sum"), at=("at", "median"), low=("low", "min")
    )
    return rows.sort_values(["n_claims", "at", "label"], ascending=[False, True, True])


def _middle(positions: pd.DataFrame, marks: pd.DataFrame) -> pd.Series:
    """Find the value in the middle of a position's claims; NaN where none of them is drawn."""
    values = marks.set_index("id")["value"]
    return positions["claims"].map(lambda ids: values.reindex(list(ids)).median()).astype("float64")


def _position_words(position: pd.Series) -> str:
    label = str(position["label"])
    if not is_latin(label):
        label = number(position["low"])
    scope = f", {str(position['scope']).replace('_', ' ')}" if position["scope"] else ""
    lines = wrap(label + scope, 1.2, theme.SMALL)
    return "\n".join([*lines, claims_word(int(position["n_claims"]))])
