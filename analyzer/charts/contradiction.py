"""Claims that cannot all be true: what each of them says, and what the others leave for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analyzer.charts import theme
from analyzer.charts.chart import Chart
from analyzer.charts.contradiction_rows import (
    LANE,
    PAD,
    Row,
    own_scale,
    read_row,
    shared_scale,
)
from analyzer.charts.labels import LINE
from analyzer.charts.marks import BACK, MISSING, arrow
from analyzer.charts.scales import set_across
from analyzer.charts.sheet import POINT, Key, new_sheet, text_width
from analyzer.intervals import Bounds
from analyzer.phrases import count_word, listed

LEFT: Final = 2.5  # inches for the words of each claim
RIGHT: Final = 0.2
PLOT: Final = theme.WIDTH - LEFT - RIGHT
TIP: Final = 0.04  # of a row, for an arrow or for the end of a bar that is cut off
NARROW: Final = 0.012  # of a row: what is shorter is drawn as a point
OWN_SCALES: Final = " Each row has a scale of its own."
MARK: Final[dict[str, Any]] = {
    "linestyle": "none",
    "markeredgecolor": theme.INK,
    "markeredgewidth": 0.6,
}
SAYS: Final = MARK | {"marker": "D", "markersize": 5.5, "color": theme.ORANGE}
LEAVES: Final = MARK | {"marker": "o", "markersize": 6, "color": theme.SKY}


@theme.drawing()
def draw_contradiction(
    proof: pd.DataFrame,
    sentence_title: str,
    identities: Sequence[str] = (),
    *,
    as_heard: bool = False,
) -> Chart | None:
    """Draw a smallest set of claims that cannot all be true, one row a claim.

    All rows share an axis where their gaps can be seen on it; else each has its own scale.

    Parameters
    ----------
    proof : DataFrame
        One row a claim: label, when, wording, who (text), low, high (what it allows),
        implied_low, implied_high (what the others leave for the same quantity; NaN where that is
        not known, as for a ratio that is put into the account), n_copies (claims that say so).
    sentence_title : str
        Printed above the chart.
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
    rows = [read_row(claim, LEFT - theme.MARGIN - 0.12) for _, claim in proof.iterrows()]
    shared = shared_scale(rows)
    others, key = _others(len(rows))
    height = sum(row.height for row in rows)
    figure, axes = new_sheet(
        sentence_title,
        _subtitle(len(rows), identities)
        + AS_HEARD * as_heard
        + OWN_SCALES * (shared is None and len(rows) > 1),
        [Key("what the claim allows", SAYS), Key(key, LEAVES)],
        height,
        left=LEFT,
        right=RIGHT,
        below=0.32 if shared else 0.08,
    )
    _set_up(axes, shared, height)
    top = 0.0
    for row in rows:
        _draw_words(axes, row, top)
        _draw_row(axes, row, shared or own_scale(row), top + PAD / 2, others)
        top += row.height
    return Chart(figure, sentence_title, _alt(proof, rows, identities, others), _caption(len(rows)))


AS_HEARD: Final = " As a hearer takes the wordings: to the letter they can."


def _others(count: int) -> tuple[str, str]:
    """What leaves a range for a claim, with its verb, and the entry of the key."""
    if count == 1:
        return "the accounts leave", "what the accounts leave for the same quantity"
    if count == 2:
        return "the other one leaves", "what the other one leaves for the same quantity"
    rest = count_word(count - 1).lower()
    return f"the other {rest} leave", "what all the others leave for the same quantity"


def _subtitle(count: int, identities: Sequence[str]) -> str:
    """Say what cannot hold together, and that no claim of it is one too many."""
    named = [f"“{name}”" for name in identities]
    claims = "This claim" if count == 1 else f"These {count} claims"
    if not named:
        return f"{claims} cannot {'both' if count == 2 else 'all'} be true."
    accounts = f"the account{'s' if len(named) > 1 else ''} {listed(named)}"
    text = f"{claims} and {accounts} cannot {'both' if count + len(named) == 2 else 'all'} hold"
    if count == 1:
        return f"{text}."
    if count == 2:
        return f"{text}; leave out either claim, and the other one fits."
    return f"{text}; leave out any one of the claims, and the rest fit."


def _caption(count: int) -> str:
    text = (
        "One row for each claim: above, what it allows; below, what the others, together with the "
        "accounts, leave for the same quantity; hatched, the space between the two. A bar whose "
        "end is dotted goes on beyond the row, an arrow has no end."
    )
    if count > 1:
        text += " Without any one of the claims, and its copies, the rest can be true together."
    return text


def _set_up(axes: Axes, shared: Bounds | None, height: float) -> None:
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    if shared:
        set_across(axes, shared.low, shared.high, PLOT, RIGHT)
    else:
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    axes.set_ylim(height, 0)


def _draw_words(axes: Axes, row: Row, top: float) -> None:
    start = (theme.MARGIN - LEFT) / PLOT
    look: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "clip_on": False}
    if top:
        axes.plot([start, 1], [top, top], color=theme.PALE, linewidth=0.8, **look)
    for place, (text, weight, colour) in enumerate(row.texts, 1):
        words = look | {"size": theme.SMALL, "weight": weight, "color": colour, "va": "bottom"}
        axes.text(start, top + PAD / 2 + place * LINE, text, **words)


def _draw_row(axes: Axes, row: Row, scale: Bounds, top: float, others: str) -> None:
    """Two lanes with their words above and below, and the gap between them."""
    y = top + LINE + LANE / 2
    _draw_gap(axes, row, scale, y + LANE)
    middle = _draw_span(axes, row.own, scale, y, SAYS)
    _write(axes, row.own_words, middle, y - LANE / 2, "bottom")
    if not row.empty:
        middle = _draw_span(axes, row.left, scale, y + 2 * LANE, LEAVES)
    below = y + (0.5 if row.empty else 2.5) * LANE
    _write(axes, row.left_words(others), middle, below, "top")


def _at(value: float, scale: Bounds) -> float:
    return (value - scale.low) / (scale.high - scale.low)


def _draw_span(axes: Axes, span: Bounds, scale: Bounds, y: float, point: dict[str, Any]) -> float:
    """Draw an interval as a point or a bar; return the middle of what is seen of it."""
    look: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "clip_on": False}
    low, high = (_at(end, scale) for end in (span.low, span.high))
    if high - low < NARROW:
        axes.plot([(low + high) / 2], [y], zorder=5, gid="point", **point, **look)
        return (low + high) / 2
    start, stop = max(low, TIP), min(high, 1 - TIP)
    bar = {"color": point["color"], "solid_capstyle": "butt", "linewidth": 5.5}
    axes.plot([start, stop], [y, y], gid="bar", zorder=4, **bar, **look)
    for end, at, edge, direction in ((low, start, 0.0, "left"), (high, stop, 1.0, "right")):
        if np.isinf(end):
            tip = arrow(direction, TIP * PLOT / POINT)
            axes.plot([at], [y], gid=f"open {direction}", zorder=4, **tip, **look)
        elif at != end:
            dots = {"color": point["color"], "linewidth": 2.0, "linestyle": (0, (1, 1))}
            axes.plot([at, edge], [y, y], gid="cut", zorder=4, **dots, **look)
        else:
            tick = {"marker": "|", "markersize": 8, "markeredgewidth": 1, "color": theme.INK}
            axes.plot([at], [y], zorder=5, **(look | tick))
    return (start + stop) / 2


def _draw_gap(axes: Axes, row: Row, scale: Bounds, y: float) -> None:
    """Hatch the space between the facing ends, and say how much it is."""
    if row.gap is None:
        return
    across = axes.get_yaxis_transform()
    start, stop = _at(row.gap.low, scale), _at(row.gap.high, scale)
    corner = start, y - LANE / 2
    axes.add_patch(
        Rectangle(corner, stop - start, LANE, gid="missing", transform=across, **MISSING)
    )
    wide = (text_width(row.apart, theme.SMALL) + 0.1) / PLOT
    at = (start + stop) / 2
    if wide > stop - start:
        at = stop + 0.01 + wide / 2 if stop + wide < 1 else start - 0.01 - wide / 2
    look: dict[str, Any] = {"ha": "center", "va": "center", "transform": across, "bbox": BACK}
    axes.text(at, y, row.apart, size=theme.SMALL, zorder=6, **look)


def _write(axes: Axes, text: str, middle: float, y: float, align: str) -> None:
    """Words above or below a mark, as near to its middle as the row allows."""
    half = text_width(text, theme.SMALL) / PLOT / 2
    at = min(max(middle, half), 1 - half)
    look: dict[str, Any] = {"ha": "center", "va": align, "bbox": BACK}
    axes.text(at, y, text, size=theme.SMALL, zorder=6, transform=axes.get_yaxis_transform(), **look)


def _alt(proof: pd.DataFrame, rows: Sequence[Row], identities: Sequence[str], others: str) -> str:
    parts = []
    for (_, claim), row in zip(proof.iterrows(), rows, strict=True):
        when = f" ({claim['when']})" if str(claim["when"]).strip() else ""
        said = f"{row.own_words}, {row.left_words(others)}"
        parts.append(f"{claim['label']}{when}: {said}.")
    return " ".join([_subtitle(len(rows), identities), *parts])
