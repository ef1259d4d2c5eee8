"""One account, term by term, from the total down to what is left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analyzer.charts import theme
from analyzer.charts.account import draw_bounds, in_order, lengths
from analyzer.charts.account_words import (
    expression_words,
    is_computed,
    printed_labels,
    term_wording,
)
from analyzer.charts.chart import Chart
from analyzer.charts.labels import LINE
from analyzer.charts.marks import BACK
from analyzer.charts.scales import set_across
from analyzer.charts.sheet import new_sheet, text_width
from analyzer.charts.waterfall_steps import (
    BAR,
    LEFT,
    PAD,
    Step,
    last_step,
    left_over,
    parts_side,
    quoted_sum,
    size_words,
    term_name,
    term_steps,
    verdict,
)
from analyzer.intervals import Bounds
from analyzer.phrases import plural
from analyzer.readings import value_range

RIGHT: Final = 0.25
PLOT: Final = theme.WIDTH - LEFT - RIGHT
SIDE: Final = 0.05  # inches between a bar and its words


@theme.drawing()
def draw_waterfall(
    account: pd.Series,
    terms: pd.DataFrame,
    identity: pd.Series,
    labels: Mapping[str, str] | None = None,
) -> Chart | None:
    """Draw the side with fewer terms as a total, and take the terms of the other one off it.

    Parameters
    ----------
    account : Series
        A row of `identities.ACCOUNTS`.
    terms : DataFrame
        `identities.TERMS`; those of other accounts are ignored.
    identity : Series
        Its row in identities.csv.
    labels : mapping of str to str, optional
        Printed names of measures, for the expression; without, those of the terms are used.

    Returns
    -------
    Chart or None
        None where neither side has two terms besides fixed numbers, or where a term is a product
        or a quotient.
    """
    own = terms[terms["account"] == account["account"]]
    named = own[~own["constant"].astype(bool)]
    if not (named["side"].value_counts() > 1).any() or own["label"].map(is_computed).any():
        return None
    own = in_order(own, str(identity["expression"]))
    own = own.assign(length=lengths(own))
    side = parts_side(own)
    total, parts = own[own["side"] != side], own[own["side"] == side]
    rest = left_over(account, side)
    steps = [*term_steps(total, 0.0, 1), *term_steps(parts, float(total["length"].sum()), -1)]
    steps.append(last_step(account, rest, steps[-1].stop))
    title = f"{account['name']}: {_sentence(account, total, parts, rest)}"
    figure, axes = new_sheet(
        title,
        expression_words(str(identity["expression"]), labels or printed_labels(own)) + ".",
        [],
        sum(step.height for step in steps),
        left=LEFT,
        right=RIGHT,
        below=0.32,
    )
    _draw(axes, steps)
    caption = (
        "From the total, each term takes its part; hatched is what is left over. Thin lines show "
        "how far a wording lets the end of its bar move, arrows an end that it leaves open; the "
        "last one is what all wordings together leave."
    )
    return Chart(figure, title, _alt(account, total, parts, rest), caption)


def _sentence(account: pd.Series, total: pd.DataFrame, parts: pd.DataFrame, rest: Bounds) -> str:
    """Say what becomes of the total."""
    name, pieces = quoted_sum(total), plural(len(parts), "part")
    if rest.low == rest.high == 0:
        return f"{name} is the sum of its {pieces}"
    if account["holds"] and account["relation"] == "=":
        return f"{name} can be the sum of its {pieces}; left over is {size_words(rest)}"
    if rest.high < 0:
        more = value_range(-rest.high, -rest.low)
        return f"the {pieces} of {name} add up to more than it, by {more}"
    return f"{name} less its {pieces} leaves {size_words(rest)}"


def _draw(axes: Axes, steps: Sequence[Step]) -> None:
    """Draw one row a step, tied to the next by a thin line."""
    ends = np.array([[step.start, step.stop, step.open.low, step.open.high] for step in steps])
    finite = ends[np.isfinite(ends)]
    low, high = min(0.0, float(finite.min())), max(0.0, float(finite.max()))
    pad = 0.06 * ((high - low) or 1.0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    set_across(axes, low - pad * (low < 0), high + pad, PLOT, RIGHT)
    axes.set_ylim(sum(step.height for step in steps), 0)
    axes.axvline(0, color=theme.GREY, linewidth=0.6, zorder=1)
    top = 0.0
    for place, step in enumerate(steps):
        y = top + PAD / 2
        _draw_names(axes, step, y, last=step is steps[-1])
        _draw_step(axes, step, y)
        if place < len(steps) - 2:
            fall = [y + BAR, top + step.height + PAD / 2]
            axes.plot([step.stop] * 2, fall, color=theme.GREY, linewidth=0.6, zorder=1)
        top += step.height


def _draw_names(axes: Axes, step: Step, y: float, *, last: bool) -> None:
    across = axes.get_yaxis_transform()
    for place, (text, colour) in enumerate(step.names):
        look: dict[str, Any] = {"weight": "bold" if last and place == 0 else "normal"}
        middle = y + BAR / 2 + place * LINE
        look |= {"color": colour, "va": "center_baseline", "transform": across}
        axes.text((theme.MARGIN - LEFT) / PLOT, middle, text, size=theme.SMALL, **look)


def _draw_step(axes: Axes, step: Step, y: float) -> None:
    """Draw the bar, its open ends, and its words in it or beside it."""
    low, high = sorted((step.start, step.stop))
    axes.add_patch(Rectangle((low, y), high - low, BAR, **step.look))
    draw_bounds(axes, step.open.low, step.open.high, step.stop, y + BAR + 0.03)
    first, last = axes.get_xlim()
    inch = (last - first) / PLOT
    wide = (text_width(step.text, theme.SMALL) + 2 * SIDE) * inch
    filled = step.look["facecolor"] != "none"
    at, align = high + SIDE * inch, "left"
    inside = (wide < high - low and filled) or (high + wide > last and low - wide < first)
    if inside:
        at = min(max((low + high) / 2, first + wide / 2), last - wide / 2)
        align = "center"
    elif high + wide > last:
        at, align = low - SIDE * inch, "right"
    look: dict[str, Any] = {"ha": align, "va": "center_baseline", "zorder": 5}
    look["bbox"] = None if inside and filled else BACK
    axes.text(at, y + BAR / 2, step.text, size=theme.SMALL, **look)


def _alt(account: pd.Series, total: pd.DataFrame, parts: pd.DataFrame, rest: Bounds) -> str:
    named = [
        "; ".join(f"{term_name(term)}: {term_wording(term)}" for _, term in rows.iterrows())
        for rows in (total, parts)
    ]
    return (
        f"{account['name']}. From {named[0]}, these are taken off: {named[1]}. "
        f"Left over: {size_words(rest)}; {verdict(account, rest)}."
    )
