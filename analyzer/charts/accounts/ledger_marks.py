"""The marks of a ledger: parts, what more is possible, totals, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from analyzer.charts.accounts.account_terms import Look
from analyzer.charts.accounts.ledger_words import rest_label
from analyzer.charts.accounts.stacks import MISSING
from analyzer.charts.base import theme
from analyzer.charts.base.labels import LINE, OUTLINE
from analyzer.charts.base.layout import spread
from analyzer.charts.base.sheet import text_width

BESIDE: Final = 0.14  # inches between the bars and their names
WIDTH: Final = 0.8  # of a column
TINT: Final = 0.32  # strength of the colour of a term that no claim gives for the day
REACH: Final = 0.1  # of the axis: the arrow of a total that has no upper end
HIGHEST: Final = 0.97  # of the axis
TOTAL: Final = -1  # stands for the total among places of terms


def _tint(colour: str) -> str:
    red, green, blue = (1 - TINT * (1 - one) for one in to_rgb(colour))
    return to_hex((red, green, blue))


def draw_bars(
    axes: Axes,
    terms: pd.DataFrame,
    sums: pd.DataFrame,
    names: Mapping[int, tuple[list[str], Look]],
) -> None:
    """Stack the parts of each date, then what more is possible, and mark the totals."""
    top = axes.get_ylim()[1]
    ends: dict[int, float] = {}
    for x, (_, row) in enumerate(sums.iterrows()):
        level = 0.0
        own = terms[(terms["at"] == row["at"]) & terms["part"]]
        for _, term in own.iterrows():
            look, size = names[int(term["place"])][1], float(term["least"])
            _draw_part(axes, x, (level, size), look, stated=bool(term["stated"]))
            ends[int(term["place"])] = level + size / 2
            level += size
        _draw_possible(axes, x, level, float(row["parts_high"]), top)
        if row["broken"]:
            _draw_break(axes, x, row, level)
        ends[TOTAL] = _draw_total(axes, x, row, top)
    _write_names(axes, ends, names)


def _draw_part(axes: Axes, x: int, span: tuple[float, float], look: Look, *, stated: bool) -> None:
    axes.add_patch(
        Rectangle(
            (x - WIDTH / 2, span[0]),
            WIDTH,
            span[1],
            facecolor=look.colour if stated else _tint(look.colour),
            edgecolor=theme.INK if look.hatch else "white" if stated else look.colour,
            hatch=look.hatch or None,
            linewidth=0.5,
            zorder=2,
            gid="part",
        )
    )


def _draw_possible(axes: Axes, x: int, low: float, high: float, top: float) -> None:
    """Grey from the least to the most; with a point where it goes on."""
    look: dict[str, Any] = {"facecolor": theme.PALE, "edgecolor": "none", "zorder": 1.8}
    stop = min(high, HIGHEST * top)
    if stop <= low:
        return
    corner = x - WIDTH / 2, low
    axes.add_patch(Rectangle(corner, WIDTH, stop - low, gid="possible", **look))
    if high > stop:
        tip: dict[str, Any] = {
            "marker": "^",
            "markersize": 3.2,
            "color": theme.MUTED,
            "linestyle": "none",
        }
        axes.plot([x], [stop], gid="beyond", zorder=2.4, **tip)


def _draw_break(axes: Axes, x: int, row: pd.Series, level: float) -> None:
    """Hatch what lies between the sum of the parts and the total."""
    start, stop = row["parts_high"], row["total_low"]
    if row["rest_low"] <= 0:
        start, stop = row["total_high"], level
    look = MISSING | {"gid": "broken", "zorder": 2.6}
    axes.add_patch(Rectangle((x - WIDTH / 2, start), WIDTH, stop - start, **look))


def _draw_total(axes: Axes, x: int, row: pd.Series, top: float) -> float:
    """A stroke across the column, dashed where no claim gives the total; return its height."""
    low, high = float(row["total_low"]), float(row["total_high"])
    known = low if np.isfinite(low) else high if np.isfinite(high) else 0.0
    look: dict[str, Any] = {"color": theme.INK, "solid_capstyle": "butt", "zorder": 4}
    dashes = "solid" if row["stated"] else (0, (1.2, 0.8))
    across = [x - 0.5, x + 0.5]
    axes.plot(across, [known] * 2, linewidth=1.7, linestyle=dashes, gid="total", **look)
    if np.isfinite(low) and high > low:
        far = high > HIGHEST * top
        stop = min(low + REACH * top, HIGHEST * top) if far else high
        axes.plot([x, x], [low, stop], linewidth=0.9, gid="bounds", **look)
        if far:
            axes.plot([x], [stop], gid="open up", marker="^", markersize=3.2, **look)
        else:
            axes.plot([x - 0.2, x + 0.2], [stop] * 2, linewidth=0.9, **look)
    elif np.isinf(low) and np.isfinite(high):
        axes.plot([x, x], [0.0, high], linewidth=0.9, gid="open down", **look)
    return known


def _write_names(
    axes: Axes, ends: Mapping[int, float], names: Mapping[int, tuple[list[str], Look]]
) -> None:
    """Name each part and the total at the right of the last column, tied to where it stands."""
    low, high = axes.get_ylim()
    inches = axes.get_position().height * axes.figure.bbox.height / axes.figure.dpi
    room = axes.get_position().width * axes.figure.bbox.width / axes.figure.dpi
    order = sorted(ends)
    sizes = [(len(names[place][0]) + 0.45) * LINE for place in order]
    wanted = [(ends[place] - low) / (high - low) * inches for place in order]
    centres = spread(wanted, sizes, 0.0, inches)
    across: dict[str, Any] = {"transform": axes.transAxes, "clip_on": False}
    for place, start, centre in zip(order, wanted, centres, strict=True):
        lines, look = names[place]
        xs = [1 + 0.01 / room, 1 + 0.05 / room, 1 + (BESIDE - 0.03) / room]
        ys = [start / inches, start / inches, centre / inches]
        colour = look.colour if look.colour != "white" else theme.GREY
        axes.plot(xs, ys, color=colour, linewidth=1.4, **across)
        words: dict[str, Any] = {"size": theme.SMALL, "va": "center_baseline"}
        words["weight"] = "bold" if place == TOTAL else "normal"
        for i, line in enumerate(lines):
            y = (centre + ((len(lines) - 1) / 2 - i) * LINE) / inches
            axes.text(1 + BESIDE / room, y, line, transform=axes.transAxes, **words)


def name_breaks(axes: Axes, sums: pd.DataFrame) -> None:
    """Write above the widest breaks how much is missing, where there is room."""
    broken = sums[sums["broken"]]
    order = broken[["rest_low", "rest_high"]].abs().min(axis=1).sort_values(ascending=False)
    (first, last), top = axes.get_xlim(), axes.get_ylim()[1]
    room = axes.get_position().width * axes.figure.bbox.width / axes.figure.dpi
    inch = (last - first) / room
    taken: list[tuple[float, float]] = []
    for x in order.index:
        row = sums.loc[x]
        text = rest_label(row)
        half = (text_width(text, theme.SMALL, "bold") / 2 + 0.04) * inch
        at = min(max(float(x), first + half), last - half)
        if (
            any(at - half < stop and start < at + half for start, stop in taken)
            or 2 * half > last - first
        ):
            continue
        taken.append((at - half, at + half))
        level = (
            max(row["parts_high"], row["total_low"]) if row["rest_low"] > 0 else row["parts_low"]
        )
        stem = [min(level, 0.94 * top), 0.94 * top]
        axes.plot([x, x], stem, color=theme.INK, linewidth=0.6, zorder=4.5)
        look: dict[str, Any] = {"ha": "center", "va": "top", "path_effects": OUTLINE, "zorder": 6}
        axes.text(at, top, text, size=theme.SMALL, weight="bold", **look)
