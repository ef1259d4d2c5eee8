"""Bars of figures that are added: solid up to the least, pale as far as the wordings allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Rectangle

from analyzer.charts.accounts.account_terms import Look
from analyzer.charts.base import theme

MISSING: Final[dict[str, Any]] = {
    "facecolor": "none",
    "edgecolor": theme.MUTED,
    "hatch": "//////",
    "linewidth": 0.6,
    "zorder": 3,
    "gid": "missing",
}
SLICES: Final = 5  # in which an open end fades
TIP: Final = 0.05  # inches of the point of an open end


@dataclass(frozen=True, slots=True)
class Span:
    """What is certain of a figure that is drawn from zero on, and what is possible beyond."""

    least: float
    most: float


def span_of(low: float, high: float) -> Span:
    """Sizes for a bar: a figure that may be nothing, or anything, has a least of zero."""
    ends = sorted((abs(low), abs(high))) if low * high > 0 else [0.0, max(abs(low), abs(high))]
    if np.isneginf(low) and np.isfinite(high):
        ends = [0.0, max(high, 0.0)]
    return Span(ends[0], ends[1])


def draw_solid(
    axes: Axes, start: float, size: float, y: float, height: float, look: Look, **more: Any
) -> None:
    """Draw a bar from `start`, `size` long (to the left where that is negative)."""
    order: dict[str, Any] = {"zorder": 2, "gid": "term"} | more
    face = Rectangle(
        (min(start, start + size), y),
        abs(size),
        height,
        facecolor=look.colour,
        edgecolor=theme.INK if look.hatch or look.colour == "white" else "white",
        hatch=look.hatch or None,
        linewidth=0.5,
        **order,
    )
    axes.add_patch(face)


def draw_leeway(
    axes: Axes, start: float, stop: float, y: float, height: float, reach: float, inch: float
) -> float:
    """Draw what a wording allows beyond the least; an open end fades into a point.

    Parameters
    ----------
    reach : float
        How long an open end is drawn.
    inch : float
        Length of an inch on the axis.

    Returns
    -------
    float
        Where the drawing ends.
    """
    look: dict[str, Any] = {"facecolor": theme.PALE, "linewidth": 0, "zorder": 1.5}
    if np.isfinite(stop):
        corner = min(start, stop), y + 0.15 * height
        axes.add_patch(Rectangle(corner, abs(stop - start), 0.7 * height, gid="leeway", **look))
        if stop != start:
            ends = [y + 0.1 * height, y + 0.9 * height]
            axes.plot([stop] * 2, ends, color=theme.MUTED, linewidth=0.9, zorder=2.5)
        return stop
    sign = 1.0 if stop > 0 else -1.0
    slice_width = sign * reach / SLICES
    for i in range(SLICES):
        corner = min(start + i * slice_width, start + (i + 1) * slice_width), y + 0.15 * height
        alpha = 1 - i / SLICES
        axes.add_patch(Rectangle(corner, abs(slice_width), 0.7 * height, alpha=alpha, **look))
    end, tip = start + sign * reach, sign * TIP * inch
    middle = y + height / 2
    corners = [(end, y + 0.15 * height), (end + tip, middle), (end, y + 0.85 * height)]
    line: dict[str, Any] = {"closed": False, "fill": False, "zorder": 2.5, "linewidth": 0.9}
    axes.add_patch(Polygon(corners, edgecolor=theme.MUTED, gid="open", **line))
    return end + tip


def draw_missing(axes: Axes, start: float, stop: float, y: float, height: float) -> None:
    """Hatch what one bar lacks to reach the other."""
    axes.add_patch(Rectangle((start, y), stop - start, height, **MISSING))


def reach_of(ends: Sequence[float]) -> float:
    """How long an open end is drawn beside bars that end there."""
    return 0.08 * (max([abs(end) for end in ends if np.isfinite(end)], default=0.0) or 1.0)
