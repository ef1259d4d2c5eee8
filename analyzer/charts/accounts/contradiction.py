"""Claims that cannot all be true: what each of them says, and what the others leave for it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analyzer.charts.accounts.contradiction_rows import (
    ABOVE,
    APART,
    LANE,
    PAD,
    Row,
    in_reading_order,
    own_scale,
    read_row,
)
from analyzer.charts.accounts.contradiction_words import (
    contradiction_alt,
    contradiction_caption,
    contradiction_data,
    contradiction_subtitle,
    contradiction_title,
    others_make,
)
from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.labels import LINE
from analyzer.charts.base.layout import spread
from analyzer.charts.base.sheet import new_sheet, text_width
from analyzer.intervals import Bounds
from analyzer.phrases import count_word

PLOT: Final = theme.WIDTH - 2 * theme.MARGIN
HIGHEST: Final = 6.0  # inches of all rows
EDGE: Final = 0.02  # of a row, that is left free at its ends
NARROW: Final = 0.02  # of a row: what is shorter is drawn as a point
BAR: Final = 0.085  # inches
SLICES: Final = 8  # in which an end fades
FADE: Final = 0.2  # of a row
MARK: Final[dict[str, Any]] = {
    "linestyle": "none",
    "markeredgecolor": theme.INK,
    "clip_on": False,
    "zorder": 5,
}
SAYS: Final = MARK | {"marker": "D", "markersize": 5, "color": theme.INK, "markeredgewidth": 0.6}
LEAVES: Final = MARK | {"marker": "o", "markersize": 5.5, "color": "white", "markeredgewidth": 1.2}


@theme.drawing()
def draw_contradiction(
    proof: pd.DataFrame, identities: Sequence[str] = (), *, as_heard: bool = False
) -> Chart | None:
    """Draw a smallest set of claims that cannot all be true, one row a claim.

    Parameters
    ----------
    proof : DataFrame
        One row a claim: label, when, wording, who (text), low, high (what it allows),
        implied_low, implied_high (what the others leave for the same quantity; NaN where that is
        not known, as for a ratio that is put into the account), n_copies (claims that say so),
        claims (their ids).
    identities : sequence of str
        Printed names of the accounts that the contradiction needs.
    as_heard : bool
        Whether the claims exclude each other only as a hearer takes them, not to the letter.

    Returns
    -------
    Chart or None
        None without claims.
    """
    if proof.empty:
        return None
    proof = in_reading_order(proof)
    rows = [read_row(claim, PLOT) for _, claim in proof.iterrows()]
    others, title = (
        others_make(len(rows)),
        contradiction_title(proof, rows, as_heard=as_heard),
    )
    subtitle = contradiction_subtitle(len(rows), identities, as_heard=as_heard)
    drawn = _with_room(rows, others)
    shown = proof.head(len(drawn))
    if rest := len(rows) - len(drawn):
        figures = f"figure{'s' * (rest > 1)}"
        subtitle += f" Not drawn: {count_word(rest).lower()} more {figures}."
    height = sum(row.height(others, PLOT) for row in drawn) - PAD / 2
    figure, axes = new_sheet(
        title,
        subtitle,
        [],
        height,
        left=theme.MARGIN,
        right=theme.MARGIN,
        below=0.03,
    )
    axes.set(xlim=(0, 1), ylim=(height, 0))
    axes.set_axis_off()
    top = 0.0
    for row in drawn:
        _draw_row(axes, row, top, others)
        top += row.height(others, PLOT)
    alt = contradiction_alt(title, shown, drawn, others)
    return Chart(figure, title, alt, contradiction_caption(drawn), contradiction_data(shown))


def _with_room(rows: list[Row], others: str) -> list[Row]:
    """The first rows, as many as a column of a page holds."""
    ends = np.cumsum([row.height(others, PLOT) for row in rows])
    return rows[: max(int((ends <= HIGHEST).sum()), 1)]


def _draw_row(axes: Axes, row: Row, top: float, others: str) -> None:
    """Words of the claim; below them both intervals with their numbers, and the gap."""
    if top:
        axes.plot([0, 1], [top - PAD / 2] * 2, color=theme.PALE, linewidth=0.8)
    for text, weight, colour in row.texts:
        look: dict[str, Any] = {"weight": weight, "color": colour, "va": "center_baseline"}
        axes.text(0, top + LINE / 2, text, size=theme.SMALL, **look)
        top += LINE
    scale = own_scale(row)
    top += LINE + ABOVE
    y = top + LANE / 2
    axes.plot([0, 1], [y, y], color=theme.PALE, linewidth=0.8, zorder=1)
    _draw_gap(axes, row, scale, y)
    own = _draw_span(axes, row.own, scale, y, SAYS)
    left = 1.0 if row.empty else _draw_span(axes, row.left, scale, y, LEAVES)
    _write(axes, row, (own, left), top, others)


def _write(axes: Axes, row: Row, middles: Sequence[float], top: float, others: str) -> None:
    """Write what the claim says and what the others leave, each near its mark."""
    words = row.own_words, row.left_words(others)
    wide = [text_width(text, theme.SMALL) / PLOT for text in words]
    lines = [top - ABOVE - LINE / 2] * 2
    if row.one_line(others, PLOT):
        gap = APART / PLOT
        centres = spread(middles, [width + gap for width in wide], -gap / 2, 1 + gap / 2)
    else:
        pairs = zip(middles, wide, strict=True)
        centres = [min(max(middle, width / 2), 1 - width / 2) for middle, width in pairs]
        lines[1] = top + LANE + LINE / 2
    for text, x, y in zip(words, centres, lines, strict=True):
        axes.text(x, y, text, size=theme.SMALL, ha="center", va="center_baseline", zorder=6)


def _at(value: float, scale: Bounds) -> float:
    return EDGE + (1 - 2 * EDGE) * (value - scale.low) / (scale.high - scale.low)


def _draw_span(axes: Axes, span: Bounds, scale: Bounds, y: float, point: dict[str, Any]) -> float:
    """Draw an interval as a point or a bar; return the middle of what is seen of it."""
    low, high = (_at(end, scale) for end in (span.low, span.high))
    if high - low < NARROW:
        axes.plot([(low + high) / 2], [y], gid="point", **point)
        return (low + high) / 2
    dark = point is SAYS
    start, stop = max(low, 0.0), min(high, 1.0)
    edges = np.linspace(start, stop, 2)
    fade = min(FADE, (stop - start) / 2)
    solid = [start + fade * (low < 0), stop - fade * (high > 1)]
    look: dict[str, Any] = {"facecolor": theme.INK if dark else theme.GREY, "linewidth": 0}
    look["zorder"] = 4
    axes.add_patch(Rectangle((solid[0], y - BAR / 2), solid[1] - solid[0], BAR, gid="bar", **look))
    for beyond, inner, outer, side in (
        (low < 0, solid[0], start, "left"),
        (high > 1, solid[1], stop, "right"),
    ):
        if beyond:
            endless = np.isinf(span.low if side == "left" else span.high)
            _fade(axes, (inner, outer), y, look, f"open {side}" if endless else "cut")
        else:
            tick: dict[str, Any] = {"color": theme.INK, "linewidth": 1.1, "zorder": 5}
            ends = [y - 0.75 * BAR, y + 0.75 * BAR]
            axes.plot([outer] * 2, ends, gid="end", **tick)
    return float(edges.mean())


def _fade(axes: Axes, span: tuple[float, float], y: float, look: dict[str, Any], gid: str) -> None:
    """A bar that fades towards the second end."""
    edges = np.linspace(*span, SLICES + 1)
    for i, (one, other) in enumerate(pairwise(edges)):
        corner, width = min(one, other), abs(other - one)
        shade = look | {"alpha": 1 - (i + 0.5) / SLICES}
        name = gid if i == SLICES - 1 else "fade"
        axes.add_patch(Rectangle((corner, y - BAR / 2), width, BAR, gid=name, **shade))


def _draw_gap(axes: Axes, row: Row, scale: Bounds, y: float) -> None:
    """Measure the space between the facing ends, and say how much it is."""
    if row.gap is None:
        return
    start, stop = _at(row.gap.low, scale), _at(row.gap.high, scale)
    axes.plot([start, stop], [y, y], color="white", linewidth=2, zorder=1.5)
    half = text_width(row.apart, theme.SMALL, "bold") / PLOT / 2 + 0.015
    middle = (start + stop) / 2
    look: dict[str, Any] = {"color": theme.MUTED, "linewidth": 0.7, "zorder": 2}
    for one, other in ((start, middle - half), (middle + half, stop)):
        if one < other:
            look["linestyle"] = (0, (3, 2))
            axes.plot([one, other], [y, y], gid="gap", **look)
    words: dict[str, Any] = {"ha": "center", "va": "center", "weight": "bold", "zorder": 6}
    axes.text(middle, y, row.apart, size=theme.SMALL, **words)
