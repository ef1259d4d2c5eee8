"""An identity over time: its parts stacked, the total beside them, and what is left over."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb

from analyzer.charts import theme
from analyzer.charts.account import term_colours
from analyzer.charts.account_words import expression_words
from analyzer.charts.chart import Chart
from analyzer.charts.labels import LINE
from analyzer.charts.ledger_rest import draw_rest
from analyzer.charts.ledger_table import FEWEST, choose, read_ledger, sum_up
from analyzer.charts.ledger_words import (
    last_terms,
    ledger_alt,
    ledger_caption,
    ledger_counts,
    ledger_title,
    name_of,
    total_name,
)
from analyzer.charts.lines import name_ends, panel_below
from analyzer.charts.marks import arrow
from analyzer.charts.scales import Scale, column_ticks, set_values, set_x
from analyzer.charts.sheet import Key, new_sheet, text_width, wrap
from analyzer.readings import number

UPPER: Final = 2.3  # inches, at the least
LOWER: Final = 1.4
BETWEEN: Final = 0.36
LEFT: Final = 0.72  # inches at the least
NAME: Final = 1.5  # inches for the names at the right
RIGHT: Final = NAME + 0.3
TICK: Final = 0.31  # inches for the name of a day
WIDTH: Final = 0.8  # of a column
PALE: Final = 0.3  # strength of the colour of a term that no claim gives for the day
FAR: Final = 1.5  # times the highest middle: bounds that are further out are drawn as open
SQUARE: Final[dict[str, Any]] = {
    "linestyle": "none",
    "marker": "s",
    "markersize": 8,
    "markeredgewidth": 0.7,
}
TOTAL: Final[dict[str, Any]] = {"color": theme.INK, "linewidth": 1.0, "markersize": 4}


@theme.drawing()
def draw_ledger(
    ledger: pd.DataFrame, identity: pd.Series, labels: Mapping[str, str]
) -> Chart | None:
    """Draw the two sides of an identity at each time, and below what the one leaves of the other.

    Parameters
    ----------
    ledger : DataFrame
        One row a term and time: at, side, label, measure, factor, low, high (times the factor,
        what all kept claims jointly allow), stated (a claim gives it for that day), constant.
    identity : Series
        Its row in identities.csv.
    labels : mapping of str to str
        Printed names of measures.

    Returns
    -------
    Chart or None
        None with fewer than three times that have all terms.
    """
    expression = str(identity["expression"])
    terms = read_ledger(ledger, expression)
    every = sum_up(terms, expression)
    if len(every) < FEWEST:
        return None
    sums = choose(every)
    terms = terms[terms["at"].isin(sums["at"])]
    parts = terms[terms["part"]].reset_index(drop=True)
    parts = parts.assign(colour=term_colours(parts))
    names = [wrap(name_of(row), NAME, theme.SMALL) for _, row in last_terms(parts).iterrows()]
    names.append(wrap(total_name(terms), NAME, theme.SMALL))
    upper = max(UPPER, LINE * sum(len(name) + 0.4 for name in names))
    left = max(LEFT, text_width(number(-_widest(sums)), theme.SMALL) + 0.2)
    scale = _scale(sums, theme.WIDTH - left - RIGHT)
    title = ledger_title(terms, every)
    body = upper + LOWER + BETWEEN
    figure, axes = new_sheet(
        title,
        f"{expression_words(expression, labels)}. {ledger_counts(ledger, sums, every)}",
        _keys(parts, sums),
        body,
        left=left,
        right=RIGHT,
        below=LINE * scale.lines + 0.16,
    )
    lower = panel_below(axes, LOWER / body, BETWEEN)
    _draw_sides(axes, parts, sums, names)
    set_x(axes, scale)
    draw_rest(lower, sums)
    set_x(lower, scale)
    axes.tick_params(labelbottom=False)
    return Chart(figure, title, ledger_alt(terms, every), ledger_caption(sums))


def _scale(sums: pd.DataFrame, inches: float) -> Scale:
    """Times side by side, as many of them named as there is room for."""
    x = pd.Series(range(len(sums)), sums.index, dtype="float64")
    step = math.ceil(TICK * len(sums) / inches)
    named = column_ticks(list(sums["at"])[::step])
    ticks = tuple((at * step, text) for at, text in named)
    return Scale(x, x, x, -0.6, len(sums) - 0.4, ticks, None, True)


def _widest(sums: pd.DataFrame) -> float:
    """The highest number that an axis can name."""
    numbers = sums[["total", "total_high", "rest_low", "rest_high"]].to_numpy(dtype="float64")
    return float(np.round(np.abs(numbers[np.isfinite(numbers)]).max(initial=1.0)))


def _tint(colour: str) -> str:
    red, green, blue = (1 - PALE * (1 - one) for one in to_rgb(colour))
    return to_hex((red, green, blue))


def _keys(parts: pd.DataFrame, sums: pd.DataFrame) -> list[Key]:
    grey = SQUARE | {"markeredgecolor": theme.GREY}
    told = Key("given for the day", grey | {"color": theme.GREY})
    implied = Key("not given for the day, only implied", grey | {"color": _tint(theme.GREY)})
    dot = TOTAL | {"marker": "o", "markeredgecolor": theme.INK}
    wide = bool((sums["total_low"] < sums["total_high"]).any())
    total = Key(f"total{', with its bounds' * wide}", dot)
    hollow = Key("total, only implied", dot | {"markerfacecolor": "white"})
    stated = parts.loc[~parts["constant"].astype(bool), "stated"]
    shown = [
        (stated.any() and not stated.all(), told),
        (not stated.all(), implied),
        (sums["stated"].any() and (wide or not sums["stated"].all()), total),
        (not sums["stated"].all(), hollow),
    ]
    return [key for seen, key in shown if seen]


def _draw_sides(
    axes: Axes, parts: pd.DataFrame, sums: pd.DataFrame, names: list[list[str]]
) -> None:
    """Stack the parts of each time, and join the totals by a line."""
    place = dict(zip(sums["at"], range(len(sums)), strict=True))
    level = np.zeros(len(sums))
    ends, colours = [], []
    for _, term in parts.groupby("order", sort=True):
        x = term["at"].map(place).to_numpy()
        full, colour = term["stated"].to_numpy(), str(term["colour"].iloc[0])
        axes.bar(
            x,
            term["length"],
            WIDTH,
            bottom=level[x],
            color=np.where(full, colour, _tint(colour)).tolist(),
            edgecolor=np.where(full, "white", colour).tolist(),
            linewidth=0.5,
            zorder=2,
        )
        level[x] += term["length"].to_numpy()
        ends.append(float(level[-1] - term["length"].iloc[-1] / 2))
        colours.append(colour)
    highest = max(float(level.max()), float(sums["total"].max()))
    shown = sums["total_high"].where(sums["total_high"] <= FAR * highest, highest)
    top = max(highest, float(shown.max()))
    set_values(axes, min(0.0, float(level.min())), 1.08 * top or 1.0, "")
    _draw_total(axes, sums, FAR * highest)
    name_ends(axes, [*ends, float(sums["total"].iloc[-1])], names, [*colours, theme.INK])


def _draw_total(axes: Axes, sums: pd.DataFrame, farthest: float) -> None:
    """A line through the totals, with their bounds; hollow where no claim gives them."""
    x = sums.index.to_numpy(dtype="float64")
    axes.plot(x, sums["total"], zorder=3, gid="total", **TOTAL)
    low, high = sums["total_low"], sums["total_high"]
    top = high.where(high <= farthest, sums["total"])
    bottom = low.where(np.isfinite(low), sums["total"])
    axes.vlines(x, bottom, top, color=theme.INK, linewidth=0.8, zorder=3).set_gid("bounds")
    for beyond, direction in ((high > farthest, "up"), (~np.isfinite(low), "down")):
        look = arrow(direction)
        axes.plot(x[beyond], sums["total"][beyond], zorder=3, gid=f"open {direction}", **look)
    for stated, face in ((True, theme.INK), (False, "white")):
        mine = (sums["stated"] == stated).to_numpy()
        look = {"linestyle": "none", "marker": "o", "markersize": 4, "color": theme.INK}
        axes.plot(x[mine], sums["total"][mine], zorder=4, markerfacecolor=face, **look)
