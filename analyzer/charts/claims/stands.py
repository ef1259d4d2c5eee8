"""Rows of figures on one axis: who says it at the left, the figure beside its mark."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes

from analyzer.charts.base import theme
from analyzer.charts.base.scales import CLOSE
from analyzer.charts.base.sheet import POINT, shorten, text_width, wrap

REACH: Final = 0.2  # inches of an open end
DOT: Final = 0.045  # inches, half a mark
APART: Final = 0.04  # inches between a mark and its words
WIDER: Final = 0.04  # of the span, by which an axis grows until all words fit
STEPS: Final = 60
NAME_LINE: Final = theme.LEADING * theme.SMALL * POINT  # inches, of two lines of one row


@dataclass(frozen=True, slots=True)
class Stand:
    """One figure and who stands by it.

    Attributes
    ----------
    name, more : str
        Who says it, and a second line about them.
    brief : str
        Both in one line, for rows without a second one; blank: the name alone.
    rest : str
        What ends that line whatever must be cut before it: "and 3 more".
    text : str
        The figure in words.
    value : float
        Where its mark stands.
    low, high : float
        Finite ends of what the wording allows.
    open_low, open_high : bool
        Whether an end is open.
    ranged : bool
        Whether only two ends are given, and no number between them.
    several : bool
        Whether it joins several figures, from `low` to `high`.
    hollow, planned : bool
        Whether it is an estimate, or a plan.
    dated : bool
        Whether its second line is the day that it speaks of, which no long name may take up.
    bold : bool
        Whether its words are set in bold.
    data : dict
        Cells of its row in the chart's data.
    """

    name: str
    more: str
    text: str
    value: float
    low: float
    high: float
    open_low: bool = False
    open_high: bool = False
    ranged: bool = False
    several: bool = False
    hollow: bool = False
    planned: bool = False
    dated: bool = False
    bold: bool = False
    brief: str = ""
    rest: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ruler:
    """The axis of the rows: its ends, and its length in inches."""

    low: float
    high: float
    inches: float

    def at(self, value: float) -> float:
        """Inches from the left end."""
        return (value - self.low) / (self.high - self.low) * self.inches

    def units(self, inches: float) -> float:
        """So many inches in units of the axis."""
        return inches / self.inches * (self.high - self.low)


def ruler(stands: list[Stand], inches: float, beside: float) -> Ruler:
    """Find ends of the axis with room for every mark, arrow and figure.

    Figures that lie close together get an axis that doesn't begin at zero: they are points, and
    their distances are what is shown.

    Parameters
    ----------
    inches, beside : float
        Length of the axis, and the room at its right that words may use too.
    """
    low, span, start, stop = _bare_ends(stands)
    step = WIDER * span
    for wider in range(STEPS):  # as little as will do, at the left, the right or both
        for left in range(wider + 1):
            end = start - left * step
            end = max(end, 0.0) if low >= 0 else end
            found = Ruler(end, stop + (wider - left) * step, inches)
            if fits(stands, found, beside):
                return found
    return found


def _bare_ends(stands: list[Stand]) -> tuple[float, float, float, float]:
    """Lowest value, span of the values, and ends of an axis that needs no room for words."""
    low = min(min(one.low, one.value) for one in stands)
    high = max(max(one.high, one.value) for one in stands)
    span = high - low or abs(high) * 0.2 or 1.0
    start = 0.0 if 0 <= low <= high * CLOSE else low - 0.15 * span
    return low, span, start, high + 0.06 * span


def fits(stands: list[Stand], axis: Ruler, beside: float) -> bool:
    """Whether every figure has room beside its mark."""
    return all(side_of(one, axis, beside) for one in stands)


def stretch(stands: list[Stand], axis: Ruler, beside: float) -> float:
    """How many times longer the axis is than its marks need; infinite where words don't fit."""
    _, _, start, stop = _bare_ends(stands)
    return (axis.high - axis.low) / (stop - start) if fits(stands, axis, beside) else np.inf


def ends_of(one: Stand, axis: Ruler) -> tuple[float, float]:
    """Inches from where to where a row is drawn."""
    left, right = axis.at(min(one.low, one.value)), axis.at(max(one.high, one.value))
    return left - (REACH if one.open_low else DOT), right + (REACH if one.open_high else DOT)


def side_of(one: Stand, axis: Ruler, beside: float) -> str:
    """On which side of its mark a figure fits: "right", "left" or none."""
    left, right = ends_of(one, axis)
    wide = text_width(one.text, theme.SMALL, "bold" if one.bold else "normal") + APART
    if left < -DOT or right > axis.inches + beside:
        return ""
    if right + wide <= axis.inches + beside:
        return "right"
    return "left" if left - wide >= 0 else ""


def two_lines(row: float) -> bool:
    """Whether rows that are so many inches apart have room for a second line."""
    return row >= 2 * NAME_LINE


def _fitting(text: str, room: float) -> str:
    """Leave out what comes last, part by part, until the rest fits."""
    while text_width(text, theme.SMALL) > room and ", " in text:
        text = text.rsplit(", ", 1)[0]
    return shorten(text, room, theme.SMALL)


def told_by(one: Stand, row: float, room: float) -> list[str]:
    """The line or two that say who stands there; a long name takes both."""
    if two_lines(row):
        name = wrap(one.name, room, theme.SMALL)
        if one.dated:
            return [shorten(one.name, room, theme.SMALL), one.more]
        if len(name) > 1:
            return [name[0], shorten(" ".join(name[1:]), room, theme.SMALL)]
        return [one.name, _fitting(one.more, room)] if one.more else [one.name]
    brief = one.brief or one.name
    whole = f"{brief} {one.rest}".rstrip()
    if text_width(whole, theme.SMALL) <= room:
        return [whole]
    if one.dated or not one.rest:  # whom a figure is about weighs more than how many give it
        return [shorten(brief, room, theme.SMALL)]
    kept = shorten(brief, room - text_width(f" {one.rest}", theme.SMALL), theme.SMALL)
    return [f"{kept} {one.rest}"]


def name_stands(axes: Axes, stands: list[Stand], left: float, row: float) -> None:
    """Write at the left who says what; where a row is high enough, with a muted second line.

    Parameters
    ----------
    left, row : float
        Inches from the edge of the paper to the axes, and from row to row.
    """
    room = left - theme.MARGIN - 0.08
    inches = theme.WIDTH * axes.get_position().width
    for y, one in enumerate(stands):
        told = told_by(one, row, room)
        for place, text in enumerate(told):
            axes.text(
                (theme.MARGIN - left) / inches,
                y + (place - (len(told) - 1) / 2) * NAME_LINE / row,
                text,
                size=theme.SMALL,
                color=theme.MUTED if place and (one.dated or one.name in told) else theme.INK,
                va="center_baseline",
                transform=axes.get_yaxis_transform(),
                gid="who",
            )


def note_below(axes: Axes, text: str, left: float, row: float) -> None:
    """Write a muted note at the left of the numbers of the axis."""
    inches = theme.WIDTH * axes.get_position().width
    axes.text(
        (theme.MARGIN - left) / inches,
        axes.get_ylim()[0] + 0.085 / row,
        text,
        size=theme.SMALL,
        color=theme.MUTED,
        va="center_baseline",
        transform=axes.get_yaxis_transform(),
        gid="note",
    )
