"""One sum, part by part, up to what the total has more or less than they."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.accounts.account_terms import in_places, is_computed, looks_of, term_name
from analyzer.charts.accounts.account_words import named_sum, page_name, quoted_sum, term_wording
from analyzer.charts.accounts.stacks import draw_leeway, draw_missing, draw_solid, reach_of
from analyzer.charts.accounts.waterfall_steps import (
    Step,
    left_over,
    rest_words,
    size_words,
    term_steps,
)
from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.labels import LINE, OUTLINE
from analyzer.charts.base.sheet import new_sheet, text_width, wrap
from analyzer.intervals import Bounds
from analyzer.phrases import count_word
from analyzer.readings import value_range

FEWEST: Final = 3  # parts; the sum of two stands in the chart of all accounts
PLOT: Final = theme.WIDTH - 2 * theme.MARGIN
BAR: Final = 0.14  # inches
PAD: Final = 0.09
SIDE: Final = 0.05  # between a bar and its words


@theme.drawing()
def draw_waterfall(
    account: pd.Series,
    terms: pd.DataFrame,
    identity: pd.Series,
) -> Chart | None:
    """Draw the parts of a sum one after the other, and the total below them.

    Parameters
    ----------
    account : Series
        A row of `accounts.frames.ACCOUNTS`.
    terms : DataFrame
        `accounts.frames.TERMS`; those of other accounts are ignored.
    identity : Series
        Its row in identities.csv.

    Returns
    -------
    Chart or None
        None where neither side has three terms besides fixed numbers, or where a term is a
        product or a quotient.
    """
    own = terms[terms["account"] == account["account"]]
    named = own[~own["constant"].astype(bool)]
    if not (named["side"].value_counts() >= FEWEST).any() or own["label"].map(is_computed).any():
        return None
    own = in_places(own, str(identity["expression"]))
    total, parts = own[~own["part"]], own[own["part"]]
    rest = left_over(account, str(parts["side"].iloc[0]))
    sums = [list(term_steps(rows, looks_of(own))) for rows in (parts, total)]
    title = _title(account, total, parts, rest)
    names = [wrap(step.name, PLOT, theme.SMALL) for steps in sums for step in steps]
    names.append([rest_words(account, rest)[0]])
    height = sum(LINE * len(name) + BAR + PAD for name in names)
    figure, axes = new_sheet(
        title,
        _subtitle(account, identity),
        [],
        height,
        left=theme.MARGIN,
        right=theme.MARGIN,
        below=0.03,
    )
    _draw(axes, sums, names, (rest, account), height)
    alt = (
        f"{title}. {named_sum(parts)}. {named_sum(total)}. {': '.join(rest_words(account, rest))}."
    )
    return Chart(figure, title, alt, _caption(sums, rest), _data(account, total, parts, rest))


def _title(account: pd.Series, total: pd.DataFrame, parts: pd.DataFrame, rest: Bounds) -> str:
    """Say what the parts come to, and what the total is."""
    side, other = (str(rows["side"].iloc[0]) for rows in (parts, total))
    ends = [value_range(account[f"{one}_low"], account[f"{one}_high"]) for one in (side, other)]
    head = f"The {count_word(len(parts)).lower()} parts of {quoted_sum(total)}"
    if rest.low == rest.high == 0:
        return f"{head} add up to the total of {ends[1]}"
    if account["holds"] and account["relation"] == "=":
        return f"{head} come to {ends[0]}, which can make the total of {ends[1]}"
    text = f"{head} come to {ends[0]}, the total given is {ends[1]}"
    return text + " (to the letter they can fit)" * bool(account["strength"] == "strains")


def _subtitle(account: pd.Series, identity: pd.Series) -> str:
    label = str(identity.get("label", "") or "").strip()
    rule = f"Rule “{label}”, figures of" if label else "Figures of"
    return f"{rule} {page_name(account)}."


def _caption(sums: Sequence[Sequence[Step]], rest: Bounds) -> str:
    text = "Each part begins where the one above it ends; the total stands below them."
    if rest.low > 0 or rest.high < 0:
        text += " Hatched: the difference."
    if any(step.size != step.most for steps in sums for step in steps):
        text += " Pale: what a wording such as “at least” allows beyond the bar."
    return text


def _draw(
    axes: Axes,
    sums: Sequence[Sequence[Step]],
    names: Sequence[Sequence[str]],
    last: tuple[Bounds, pd.Series],
    height: float,
) -> None:
    """Draw one row a step, tied to the next by a thin line, and what is left over."""
    _set_up(axes, [step for steps in sums for step in steps], height)
    top, row = 0.0, 0
    bottoms: list[tuple[float, float]] = []
    for steps in sums:
        tie: tuple[float, float] | None = None
        for step in steps:
            y = top + LINE * len(names[row])
            _draw_names(axes, names[row], top, tie[0] if tie else None)
            if tie:
                _draw_tie(axes, tie, y)
            _draw_step(axes, step, y)
            tie = step.stop, y + BAR
            top, row = y + BAR + PAD, row + 1
        bottoms.append((steps[-1].stop, top - PAD))
    y = top + LINE
    name, text = rest_words(last[1], last[0])
    _draw_rest(axes, bottoms, last[0], y, text)
    _draw_names(axes, [name], top, None, weight="bold")


def _set_up(axes: Axes, steps: Sequence[Step], height: float) -> None:
    """Scale that holds every bar, and the words beside the longest ones."""
    ends = [0.0, *[step.stop for step in steps]]
    ends += [step.start + step.most for step in steps if np.isfinite(step.most)]
    low, high = min(ends), max(ends)
    reach = reach_of(ends)
    high += 1.3 * reach * any(step.most == np.inf for step in steps)
    low -= 1.3 * reach * any(step.most == -np.inf for step in steps)
    pad = 0.005 * ((high - low) or 1.0)
    axes.set(xlim=(low - pad, high + pad), ylim=(height, 0))
    axes.set_axis_off()


def _inch(axes: Axes) -> float:
    low, high = axes.get_xlim()
    return float(high - low) / PLOT


def _draw_names(
    axes: Axes, lines: Sequence[str], top: float, tie: float | None, weight: str = "normal"
) -> None:
    """Write the name of a step at the left, or beside a line that runs through it."""
    inch, first = _inch(axes), axes.get_xlim()[0]
    wide = max(text_width(line, theme.SMALL, weight) for line in lines) + SIDE
    at = 0.0
    if tie is not None and (tie - first) / inch < wide:
        beside = (tie - first) / inch + SIDE
        at = beside if beside + wide < PLOT else 0.0
    for i, line in enumerate(lines):
        look: dict[str, Any] = {"va": "center_baseline", "path_effects": OUTLINE, "zorder": 5}
        y = top + (i + 0.4) * LINE
        axes.text(first + at * inch, y, line, size=theme.SMALL, weight=weight, **look)


def _draw_tie(axes: Axes, tie: tuple[float, float], y: float) -> None:
    x, above = tie
    axes.plot([x, x], [above, y + BAR], color=theme.GREY, linewidth=0.6, zorder=1.2)


def _draw_step(axes: Axes, step: Step, y: float) -> None:
    """Draw the bar, what it can be beyond, and its number in it or beside it."""
    inch = _inch(axes)
    draw_solid(axes, step.start, step.size, y, BAR, step.look)
    end = step.stop
    if step.size != step.most:
        most = step.start + step.most
        end = draw_leeway(axes, step.stop, most, y, BAR, reach_of(axes.get_xlim()), inch)
    _write(axes, step.text, (step.start, step.stop), end, y)


def _write(axes: Axes, text: str, bar: tuple[float, float], end: float, y: float) -> None:
    """Write a number in the bar if it has room, else beside it."""
    inch, (first, last) = _inch(axes), axes.get_xlim()
    wide = (text_width(text, theme.SMALL) + 2 * SIDE) * inch
    low, high = min(*bar, end), max(*bar, end)
    at, align = high + SIDE * inch, "left"
    if wide < abs(bar[1] - bar[0]):
        at, align = sum(bar) / 2, "center"
    elif high + wide > last and low - wide >= first:
        at, align = low - SIDE * inch, "right"
    elif high + wide > last:
        at, align = last, "right"
    look: dict[str, Any] = {"ha": align, "va": "center", "zorder": 5}
    look["path_effects"] = None if align == "center" else OUTLINE
    axes.text(at, y + BAR / 2, text, size=theme.SMALL, **look)


def _draw_rest(
    axes: Axes, bottoms: Sequence[tuple[float, float]], rest: Bounds, y: float, text: str
) -> None:
    """Hatch the difference between the sum and the total, tied to the ends of both."""
    (parts, below), (total, under) = bottoms
    for x, top in ((parts, below), (total, under)):
        look: dict[str, Any] = {"linestyle": (0, (2, 2)), "linewidth": 0.6, "zorder": 1.1}
        axes.plot([x, x], [top, y + BAR], color=theme.MUTED, **look)
    start, stop = sorted((parts, total))
    if rest.low > 0 or rest.high < 0:
        draw_missing(axes, start, stop, y, BAR)
    _write(axes, text, (start, start), stop, y)


def _data(
    account: pd.Series, total: pd.DataFrame, parts: pd.DataFrame, rest: Bounds
) -> pd.DataFrame:
    rows = [
        {
            "sum": page_name(account),
            "row": row,
            "term": term_name(term),
            "stated": term_wording(term),
            "low": term["low"],
            "high": term["high"],
            "claims": " ".join(sorted(term["claims"])),
        }
        for row, terms in (("part", parts), ("total", total))
        for _, term in terms.iterrows()
    ]
    for row, rows_of in (("sum of the parts", parts), ("sum of the total", total)):
        side = str(rows_of["side"].iloc[0])
        ends = {"low": account[f"{side}_low"], "high": account[f"{side}_high"]}
        rows.append({"sum": page_name(account), "row": row} | ends)
    ends = {"low": rest.low, "high": rest.high, "stated": size_words(rest)}
    rows.append({"sum": page_name(account), "row": "total less the parts"} | ends)
    text = dict.fromkeys(("term", "stated", "claims"), "")
    return pd.DataFrame(rows).fillna(text)
