"""Words beside points of a narrow chart: they cover no line, no bar, no mark and no other word."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from analyzer.charts.base import theme
from analyzer.charts.base.labels import LINE
from analyzer.charts.base.layout import Anchor, Box, Spot, place
from analyzer.charts.base.sheet import extent

RADIUS = 0.042  # inches around a point that has a mark
CELL = 5  # pixels; lines are kept off in squares of this size
PAD = 0.015  # inches around a text
WORDS: Final[dict[str, Any]] = {
    "size": theme.SMALL,
    "va": "center",
    "ha": "center",
    "zorder": 7,
    "path_effects": [withStroke(linewidth=1.4, foreground="white")],
}


def along(axes: Axes, x: npt.ArrayLike, y: npt.ArrayLike) -> list[Box]:
    """Boxes that cover a line from point to point, in pixels."""
    points = axes.transData.transform(np.column_stack([x, y]).astype("float64"))
    cells: set[tuple[int, int]] = set()
    for start, end in pairwise(points):
        count = int(np.abs(end - start).max() // CELL) + 2
        for spot in np.linspace(start, end, count):
            cells.add((int(spot[0] // CELL), int(spot[1] // CELL)))
    if len(points) == 1:
        cells.add((int(points[0][0] // CELL), int(points[0][1] // CELL)))
    return [Box(i * CELL, j * CELL, (i + 1) * CELL, (j + 1) * CELL) for i, j in sorted(cells)]


def upright(axes: Axes, x: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike) -> list[Box]:
    """Boxes that cover upright strokes, in pixels; `low` and `high` in any order."""
    xs = np.asarray(x, dtype="float64")
    ends = [
        axes.transData.transform(np.column_stack([xs, np.broadcast_to(y, xs.shape)]))
        for y in (low, high)
    ]
    return [
        Box(a[0] - 2, min(a[1], b[1]), a[0] + 2, max(a[1], b[1]))
        for a, b in zip(*ends, strict=True)
    ]


def marked(axes: Axes, x: npt.ArrayLike, y: npt.ArrayLike) -> list[Box]:
    """Boxes around marks, in pixels."""
    radius = RADIUS * axes.figure.dpi
    points = axes.transData.transform(np.column_stack([x, y]).astype("float64"))
    return [Box(px - radius, py - radius, px + radius, py + radius) for px, py in points]


def pin(axes: Axes, pins: pd.DataFrame, avoid: list[Box], reach: float = 5.0) -> set[Any]:
    """Write a text beside each point where there is room, the first of them first.

    Parameters
    ----------
    pins : DataFrame
        x, y (of the axes) and text; rows of one `run`, where there is such a column, are places
        for one text.
    avoid : list of Box
        What no text may cover.
    reach : float
        How far a text may be from its point, in lines of text; farther ones are tied to it.

    Returns
    -------
    set
        The runs (without such a column the places in `pins`) whose text is written.
    """
    if pins.empty:
        return set()
    dpi = axes.figure.dpi
    runs = list(pins["run"]) if "run" in pins else list(range(len(pins)))
    texts = [axes.text(0, 0, str(text), **WORDS) for text in pins["text"]]
    sizes = [extent(text, pad=PAD * dpi) for text in texts]
    at = axes.transData.transform(pins[["x", "y"]].to_numpy(dtype="float64"))
    own = marked(axes, pins["x"], pins["y"])
    around = [piece for box in avoid for piece in _without(box, own)]
    anchors = [
        Anchor(x, y, box.right - box.left, box.top - box.bottom, RADIUS * dpi, reach, number)
        for (x, y), box, number in zip(at, sizes, _numbers(runs), strict=True)
    ]
    frame = extent(axes.patch, pad=-0.01 * dpi)
    spots = place(anchors, frame, [*own, *around], [], LINE * dpi)
    done = set()
    for text, spot, run in zip(texts, spots, runs, strict=True):
        if spot is None:
            text.remove()
        else:
            _put(axes, text, spot)
            done.add(run)
    return done


def _without(box: Box, marks: list[Box]) -> list[Box]:
    """What is left of a box above and below marks: a text may stand close to its own mark."""
    pieces = [box]
    for mark in marks:
        if any(piece.overlaps(mark) for piece in pieces):
            ends = [(piece, piece.bottom, min(piece.top, mark.bottom)) for piece in pieces]
            ends += [(piece, max(piece.bottom, mark.top), piece.top) for piece in pieces]
            pieces = [Box(piece.left, a, piece.right, b) for piece, a, b in ends if a < b]
    return pieces


def _numbers(runs: list[Any]) -> list[int]:
    known: dict[Any, int] = {}
    return [known.setdefault(run, len(known)) for run in runs]


def _put(axes: Axes, text: Any, spot: Spot) -> None:
    box, back = spot.box, axes.transData.inverted()
    x, y = back.transform(((box.left + box.right) / 2, (box.bottom + box.top) / 2))
    text.set_position((float(x), float(y)))
    if box.left >= spot.line[0]:
        text.set_multialignment("left")
    elif box.right <= spot.line[0]:
        text.set_multialignment("right")
    if spot.tied:
        ends = back.transform([spot.line[:2], spot.line[2:]])
        axes.plot(ends[:, 0], ends[:, 1], color=theme.INK, linewidth=0.5, zorder=3.5)
