"""Marks of rows of figures, the figures beside them, and the axis below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from analyzer.charts.base import theme
from analyzer.charts.base.marks import arrow
from analyzer.charts.base.sheet import POINT, text_width
from analyzer.charts.claims.stands import APART, DOT, REACH, Ruler, Stand, ends_of, side_of
from analyzer.readings import number

END: Final = 3.2  # points, half of the stroke that ends a bar
SLICES: Final = 8  # in which an open end fades
BOUNDS: Final[dict[str, Any]] = {"color": theme.GREY, "linewidth": 2.0, "zorder": 2}
RANGE: Final[dict[str, Any]] = {"color": theme.INK, "linewidth": 2.6, "zorder": 3}
SEVERAL: Final[dict[str, Any]] = {
    "color": theme.INK,
    "linewidth": 1.0,
    "linestyle": (0, (1, 1.4)),
    "marker": "o",
    "markersize": 2.6,
    "zorder": 3,
}
POINT_LOOK: Final[dict[str, Any]] = {
    "linestyle": "none",
    "marker": "o",
    "markersize": 2 * DOT / POINT - 1,
    "markeredgecolor": theme.INK,
    "markeredgewidth": 1.0,
    "zorder": 4,
    "clip_on": False,
}
OUTLINE: Final = (withStroke(linewidth=2.0, foreground="white"),)


def draw_stands(axes: Axes, stands: list[Stand], axis: Ruler, beside: float) -> None:
    """Draw the first row at the top, each with its figure beside its mark."""
    _frame(axes, stands, axis)
    for y, one in enumerate(stands):
        if one.several:
            axes.plot([one.low, one.high], [y, y], gid="several", **SEVERAL)
        elif one.low < one.high:
            look = RANGE if one.ranged else BOUNDS
            axes.plot([one.low, one.high], [y, y], solid_capstyle="butt", gid="bounds", **look)
            for end, loose in ((one.low, one.open_low), (one.high, one.open_high)):
                if not loose and (one.ranged or end != one.value):
                    _stop(axes, end, y, str(look["color"]))
        elif one.ranged:
            _stop(axes, one.value, y, theme.INK)
        for direction in _open(one):
            _fade(axes, one, y, axis, direction)
        if not one.ranged and not one.several:
            _point(axes, one, y)
        write_figure(axes, one, y, axis, beside)


def _frame(axes: Axes, stands: list[Stand], axis: Ruler) -> None:
    axes.set_xlim(axis.low, axis.high)
    axes.set_ylim(len(stands) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def draw_changes(axes: Axes, stands: list[Stand], axis: Ruler, beside: float) -> None:
    """Draw figures that were replaced: an arrow from the old one, hollow, to the new one."""
    _frame(axes, stands, axis)
    for y, one in enumerate(stands):
        old = one.low if one.value == one.high else one.high
        tip = {"arrowstyle": "-|>", "color": theme.MUTED, "linewidth": 1.0}
        tip |= {"shrinkA": 2, "shrinkB": 2, "mutation_scale": 7}
        axes.annotate("", (one.value, y), (old, y), arrowprops=tip)
        for value, face in ((old, "white"), (one.value, theme.INK)):
            axes.plot([value], [y], markerfacecolor=face, gid="mark", **POINT_LOOK)
        write_figure(axes, one, y, axis, beside)


def _open(one: Stand) -> Iterator[str]:
    if one.open_high:
        yield "right"
    if one.open_low:
        yield "left"


def _stop(axes: Axes, x: float, y: float, colour: str) -> None:
    axes.plot([x], [y], linestyle="none", marker="|", markersize=2 * END, color=colour, zorder=3)


def _fade(axes: Axes, one: Stand, y: int, axis: Ruler, direction: str) -> None:
    """Draw an open end that grows paler, with an arrow at its tip."""
    sign, start = (1, max(one.high, one.value)) if direction == "right" else (-1, one.low)
    edges = start + sign * np.linspace(0, axis.units(REACH - 0.02), SLICES + 1)
    for i in range(SLICES):
        alpha = 1 - 0.85 * i / SLICES
        axes.plot(edges[i : i + 2], [y, y], alpha=alpha, solid_capstyle="butt", **BOUNDS)
    gid = "open_high" if direction == "right" else "open_low"
    look = arrow(direction, REACH / POINT)
    axes.plot([start], [y], gid=gid, clip_on=False, zorder=2.5, **look)


def _point(axes: Axes, one: Stand, y: int) -> None:
    look = POINT_LOOK | ({"marker": "s"} if one.planned else {})
    face = "white" if one.hollow else theme.INK
    axes.plot([one.value], [y], markerfacecolor=face, gid="mark", **look)


def write_figure(axes: Axes, one: Stand, y: int, axis: Ruler, beside: float) -> None:
    """Write a figure beside its mark, at the right if there is room."""
    left, right = ends_of(one, axis)
    side = side_of(one, axis, beside) or "right"
    inches = right + APART if side == "right" else left - APART
    axes.text(
        axis.low + axis.units(inches),
        y,
        one.text,
        size=theme.SMALL,
        weight="bold" if one.bold else "normal",
        ha="left" if side == "right" else "right",
        va="center_baseline",
        path_effects=OUTLINE,
        zorder=5,
        gid="figure",
    )


def exact(value: float) -> bool:
    """Whether a number is written as it is: 59.05 would be written 59.0."""
    written = float(number(round(value, 6)).replace(",", ""))
    return abs(written - value) < 1e-9 * max(abs(value), 1.0)


def few_ticks(axes: Axes, axis: Ruler, unit: str, beside: float, most: int = 4) -> None:
    """Set round numbers below, as many as stand apart, and thin lines up from them."""
    sign = " %" if unit == "percent" else ""
    for nbins in range(most, 0, -1):
        locator = MaxNLocator(nbins=nbins, steps=[1, 2, 2.5, 5, 10], integer=axis.high > 3)
        ticks = [float(x) for x in locator.tick_values(axis.low, axis.high)]
        kept = [x for x in ticks if axis.low <= x <= axis.high and exact(x)]
        texts = [number(round(x, 6)) + sign for x in kept]
        halves = [text_width(text, theme.SMALL) / 2 for text in texts]
        places = [axis.at(x) for x in kept]
        if all(
            b - a > left + right + 0.1
            for a, b, left, right in zip(places, places[1:], halves, halves[1:], strict=False)
        ):
            break
    shown = [
        (x, text)
        for x, text, half, at in zip(kept, texts, halves, places, strict=True)
        if at + half <= axis.inches + beside
    ]
    axes.set_xticks([x for x, _ in shown], [text for _, text in shown])
    axes.tick_params(axis="x", length=0, pad=2)
    axes.grid(axis="x")
    axes.spines["bottom"].set_visible(False)
