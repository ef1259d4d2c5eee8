"""The key of the terms of an identity; long names are broken into lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analyzer.charts.accounts.account_terms import Look
from analyzer.charts.base import theme
from analyzer.charts.base.labels import LINE
from analyzer.charts.base.sheet import text_width, wrap

SQUARE: Final = 0.085  # inches
BESIDE: Final = 0.05  # between a square and its name
APART: Final = 0.14  # between two entries of a row


@dataclass(frozen=True, slots=True)
class Entry:
    """A square and the lines beside it, in inches from the top left corner."""

    x: float
    y: float
    lines: list[str]
    look: Look


def lay_out(names: Sequence[tuple[str, Look]], room: float) -> tuple[list[Entry], float]:
    """Place entries in rows of `room` inches; return them with the height of all rows."""
    entries: list[Entry] = []
    x = y = 0.0
    tall = 0
    for name, look in names:
        lines = wrap(name, room - SQUARE - BESIDE, theme.SMALL)
        width = SQUARE + BESIDE + max(text_width(line, theme.SMALL) for line in lines)
        if x and x + width > room:
            x, y, tall = 0.0, y + LINE * tall + 0.02, 0
        entries.append(Entry(x, y, lines, look))
        x, tall = x + width + APART, max(tall, len(lines))
    return entries, y + LINE * tall


def draw_key(axes: Axes, entries: Sequence[Entry], top: float, inches: float) -> None:
    """Draw a key in axes that are `inches` wide and whose y axis counts inches downwards."""
    across = axes.get_yaxis_transform()
    for entry in entries:
        middle = top + entry.y + LINE / 2
        look: dict[str, Any] = {"edgecolor": theme.INK, "linewidth": 0.4}
        axes.add_patch(
            Rectangle(
                (entry.x / inches, middle - SQUARE / 2),
                SQUARE / inches,
                SQUARE,
                facecolor=entry.look.colour,
                hatch=entry.look.hatch or None,
                transform=across,
                gid="key",
                **look,
            )
        )
        for i, line in enumerate(entry.lines):
            at = (entry.x + SQUARE + BESIDE) / inches, middle + i * LINE
            axes.text(*at, line, size=theme.SMALL, va="center_baseline", transform=across)
