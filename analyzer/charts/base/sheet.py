"""The paper a chart is drawn on: title, subtitle, key, and one axes below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.text import Text

from analyzer.charts.base import theme
from analyzer.charts.base.controls import shown
from analyzer.charts.base.layout import Box

POINT = 1 / 72  # inches
RULER_DPI = 200  # as charts are saved
KEY_MARK = 0.22  # inches for the mark of a key entry
KEY_POINT = 0.06  # more than the point
KEY_GAP = 0.12
KEY_LINE = 1.1  # line heights of a row of keys
BELOW_HEAD = 0.12  # inches
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the key: a mark (line properties) and what it means."""

    text: str
    mark: dict[str, Any] = field(default_factory=dict)


@lru_cache(1)
def _ruler() -> RendererAgg:
    canvas = FigureCanvasAgg(Figure(figsize=(1, 1), dpi=RULER_DPI))
    renderer: RendererAgg = canvas.get_renderer()  # type: ignore[no-untyped-call]
    return renderer


@lru_cache(4096)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Width of a line of text in inches, in the type of the charts wherever it is asked for."""
    theme.register()
    font = FontProperties(family=theme.STYLE["font.family"], size=size, weight=weight)
    width, _, _ = _ruler().get_text_width_height_descent(  # type: ignore[no-untyped-call]
        shown(text), font, ismath=False
    )
    return float(width) / RULER_DPI


def wrap(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Break a text into lines of at most `width` inches; longer words are cut in two."""
    lines: list[str] = []
    for word in _pieces(shown(text), width, size, weight):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def shorten(text: str, width: float, size: float) -> str:
    """Cut a text to one line of at most `width` inches; three dots say that it goes on."""
    text = shown(text)  # an escaped character is cut like any other text
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + ELLIPSIS, size) > width:
        text = text[:-1].rstrip()
    return text + ELLIPSIS


def _pieces(text: str, width: float, size: float, weight: str) -> list[str]:
    pieces: list[str] = []
    for word in filter(None, re.split(r"\s+(?!%)", text.strip())):  # a number keeps its unit
        while len(word) > 1 and text_width(word, size, weight) > width:
            fits = max(
                (n for n in range(1, len(word)) if text_width(word[:n], size, weight) <= width),
                default=1,
            )
            pieces.append(word[:fits])
            word = word[fits:]
        pieces.append(word)
    return pieces


def new_sheet(
    title: str,
    subtitle: str,
    keys: Sequence[Key],
    body: float,
    *,
    left: float,
    right: float = 0.15,
    below: float = 0.55,
    bare: bool = False,
) -> tuple[Figure, Axes]:
    """Make a figure with its words at the top and an empty axes.

    Parameters
    ----------
    body, left, right, below : float
        Height of the axes and the room around it, in inches.
    bare : bool
        Leave out the words: they stand beside the chart. The title is kept as the label.
    """
    room = theme.WIDTH - 2 * theme.MARGIN
    titles = [] if bare else wrap(title, room, theme.TITLE, "bold")
    subtitles = wrap(subtitle, room, theme.SMALL)
    rows = _key_rows(keys, room)
    line = theme.LEADING * POINT
    head = (
        theme.MARGIN
        + line * (len(titles) * theme.TITLE + (len(subtitles) + KEY_LINE * len(rows)) * theme.SMALL)
        + (0.0 if bare else BELOW_HEAD)
    )
    height = head + body + below
    figure = Figure(figsize=(theme.WIDTH, height), dpi=theme.DPI)
    FigureCanvasAgg(figure)
    figure.set_label(title)
    top = figure.add_axes((0, 1 - head / height, 1, head / height), label="head")
    top.set(xlim=(0, theme.WIDTH), ylim=(head, 0))
    top.set_axis_off()
    y = theme.MARGIN
    for text in titles:
        y += line * theme.TITLE
        top.text(theme.MARGIN, y, text, size=theme.TITLE, weight="bold", va="bottom")
    for text in subtitles:
        y += line * theme.SMALL
        top.text(theme.MARGIN, y, text, size=theme.SMALL, color=theme.MUTED, va="bottom")
    y += 0.03
    for row in rows:
        y += KEY_LINE * line * theme.SMALL
        _draw_keys(top, row, y)
    axes = figure.add_axes(
        (left / theme.WIDTH, below / height, 1 - (left + right) / theme.WIDTH, body / height)
    )
    return figure, axes


def _key_rows(keys: Sequence[Key], room: float) -> list[list[tuple[float, Key]]]:
    rows: list[list[tuple[float, Key]]] = []
    x = room
    for entry in keys:
        key = Key(shorten(entry.text, room - KEY_MARK, theme.SMALL), entry.mark)
        width = _mark_width(key) + text_width(key.text, theme.SMALL) + KEY_GAP
        if x + width - KEY_GAP > room or not rows:
            rows.append([])
            x = 0.0
        rows[-1].append((theme.MARGIN + x, key))
        x += width
    return rows


def _is_line(key: Key) -> bool:
    return key.mark.get("marker") is None


def _mark_width(key: Key) -> float:
    """Inches for a line, or for a point and the little more that it needs."""
    return KEY_MARK if _is_line(key) else KEY_POINT + float(key.mark.get("markersize", 0)) * POINT


def _draw_keys(top: Axes, row: list[tuple[float, Key]], y: float) -> None:
    middle = y - 0.62 * theme.SMALL * POINT
    for x, key in row:
        room = _mark_width(key)
        xs = [x, x + 0.8 * room] if _is_line(key) else [x + 0.4 * room]
        top.add_line(Line2D(xs, [middle] * len(xs), **key.mark))
        top.text(x + room, middle, key.text, size=theme.SMALL, va="center_baseline")


def extent(artist: Any, pad: float = 0.0) -> Box:
    """Where an artist is on the figure, in pixels; a text gets the form that it is saved in."""
    if isinstance(artist, Text):
        artist.set_text(shown(artist.get_text()))
    renderer = artist.get_figure().canvas.get_renderer()
    box = artist.get_window_extent(renderer)
    return Box(box.x0 - pad, box.y0 - pad, box.x1 + pad, box.y1 + pad)
