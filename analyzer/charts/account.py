"""Figures that must add up, side by side, for each page or date that gives them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analyzer.charts import theme
from analyzer.charts.account_words import (
    account_alt,
    account_subtitle,
    account_title,
    printed_labels,
    sum_words,
    term_wording,
)
from analyzer.charts.chart import Chart
from analyzer.charts.marks import MISSING, arrow
from analyzer.charts.scales import set_values
from analyzer.charts.sheet import POINT, Key, new_sheet, text_width, wrap

MOST_ACCOUNTS = 6
LINE = theme.LEADING * theme.SMALL * POINT  # inches
BAR = 0.17
GAP = 0.065
PAD = 0.16
LEFT = 0.15
RIGHT = 0.3
STRENGTHS = {"contradicts": 0, "strains": 1, "holds": 2}
FILLS = (theme.ORANGE, theme.SKY, theme.PURPLE, theme.YELLOW, "#bfbfbf", "#e8c9a0", "#cfe3f2")


@theme.drawing()
def draw_account(
    accounts: pd.DataFrame,
    terms: pd.DataFrame,
    identity: pd.Series,
    labels: Mapping[str, str] | None = None,
) -> Chart | None:
    """Draw the two sides of one identity for each account, those that don't add up first.

    Parameters
    ----------
    accounts : DataFrame
        One row an account of this identity: account, name, relation, left_low, left_high,
        right_low, right_high, holds, strength, gap.
    terms : DataFrame
        Their terms: account, side, measure, label, factor, low, high (already multiplied),
        constant, wording.
    identity : Series
        Its row in identities.csv.
    labels : mapping of str to str, optional
        Printed names of measures, for the expression; without, those of the terms are used.

    Returns
    -------
    Chart or None
        None without accounts.
    """
    own = accounts[accounts["identity"] == identity["name"]]
    own = own[own["account"].isin(terms["account"])]
    if own.empty:
        return None
    ranked = own.assign(order=own["strength"].map(STRENGTHS)).sort_values(
        ["order", "gap", "account"], ascending=[True, False, True]
    )
    shown = ranked.head(MOST_ACCOUNTS)
    terms = in_order(terms, str(identity["expression"]))
    named = terms[~terms["constant"].astype(bool)]
    labels = labels or printed_labels(terms)
    drawn = terms[terms["account"].isin(shown["account"])]
    drawn = drawn.assign(length=lengths(drawn), colour=term_colours(drawn))
    texts = {row["account"]: _panel_texts(row, drawn) for _, row in shown.iterrows()}
    heights = [
        LINE * sum(map(len, texts[name])) + 2 * (BAR + GAP) + 0.07 + PAD
        for name in shown["account"]
    ]
    title = account_title(own, named[named["account"].isin(own["account"])])
    figure, axes = new_sheet(
        title,
        account_subtitle(ranked, shown, identity, labels),
        _keys(drawn),
        sum(heights),
        left=LEFT,
        right=RIGHT,
        below=0.32,
    )
    low, high = _ends(shown, drawn)
    _set_up(axes, low, high, sum(heights))
    top = 0.0
    for (_, row), height in zip(shown.iterrows(), heights, strict=True):
        _draw_panel(axes, row, drawn[drawn["account"] == row["account"]], texts, top)
        top += height
    caption = (
        "For each account the two sides of the sum, one bar each; the hatched piece is what is "
        "missing between them, thin lines and arrows are what the wordings leave open."
    )
    return Chart(figure, title, account_alt(own, ranked.iloc[0], drawn), caption)


def in_order(terms: pd.DataFrame, expression: str) -> pd.DataFrame:
    """Terms in the order of the expression, whatever the order of the rows."""
    names = terms["measure"].where(terms["measure"] != "", terms["wording"])
    return (
        terms.assign(place=[expression.find(str(name)) for name in names])
        .sort_values(["account", "side", "place", "label", "wording"], ignore_index=True)
        .drop(columns="place")
    )


def lengths(terms: pd.DataFrame) -> pd.Series:
    """Find the middle of each term's bounds, or the one end it has."""
    low = terms["low"].replace([np.inf, -np.inf], np.nan)
    high = terms["high"].replace([np.inf, -np.inf], np.nan)
    return ((low.fillna(high) + high.fillna(low)) / 2).fillna(0.0)


def term_colours(terms: pd.DataFrame) -> pd.Series:
    """Give each label a colour, in the order of the sum; constants are light grey."""
    named = terms[~terms["constant"]].drop_duplicates("label")["label"]
    fills = {label: FILLS[i % len(FILLS)] for i, label in enumerate(named)}
    return terms["label"].map(fills).where(~terms["constant"], theme.PALE)


def _keys(terms: pd.DataFrame) -> list[Key]:
    look = {"linestyle": "none", "marker": "s", "markersize": 8}
    edge = {"markeredgecolor": theme.INK, "markeredgewidth": 0.4}
    named = terms[~terms["constant"]].drop_duplicates("label")
    keys = [
        Key(str(label), look | edge | {"color": colour})
        for label, colour in zip(named["label"], named["colour"], strict=True)
    ]
    if terms["constant"].any():
        keys.append(Key("fixed number", look | edge | {"color": theme.PALE}))
    return keys


def _panel_texts(account: pd.Series, terms: pd.DataFrame) -> tuple[list[str], list[str]]:
    room = theme.WIDTH - LEFT - RIGHT
    own = terms[terms["account"] == account["account"]]
    return wrap(str(account["name"]), room, theme.SMALL, "bold"), wrap(
        sum_words(account, own), room, theme.SMALL
    )


def _ends(accounts: pd.DataFrame, terms: pd.DataFrame) -> tuple[float, float]:
    """Find the ends of the shared axis: all bars and all finite bounds."""
    sums = terms.groupby(["account", "side"])["length"]
    ends = accounts[["left_low", "left_high", "right_low", "right_high"]].to_numpy("float64")
    finite = ends[np.isfinite(ends)]
    high = max([0.0, *finite, *sums.apply(lambda part: part.clip(lower=0).sum())])
    low = min([0.0, *sums.apply(lambda part: part.clip(upper=0).sum())])
    return low, (high or 1.0) * 1.06


def _set_up(axes: Axes, low: float, high: float, height: float) -> None:
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    set_values(axes, low, high, "", along="x")
    axes.set_ylim(height, 0)


def _draw_panel(
    axes: Axes,
    account: pd.Series,
    terms: pd.DataFrame,
    texts: Mapping[str, tuple[list[str], list[str]]],
    top: float,
) -> None:
    names, sums = texts[account["account"]]
    left = axes.get_xlim()[0]
    for text in names:
        top += LINE
        axes.text(left, top, text, size=theme.SMALL, weight="bold", va="bottom")
    top += 0.03
    ends = {}
    for side in ("left", "right"):
        ends[side] = _draw_bar(axes, terms[terms["side"] == side], top)
        bounds = account[f"{side}_low"], account[f"{side}_high"]
        draw_bounds(axes, *bounds, ends[side], top + BAR + 0.03, floor=0.0)
        top += BAR + GAP
    if not account["holds"]:
        _draw_missing(axes, ends, top - 2 * (BAR + GAP))
    top += 0.02
    for text in sums:
        top += LINE
        axes.text(left, top, text, size=theme.SMALL, va="bottom")


def _draw_bar(axes: Axes, terms: pd.DataFrame, top: float) -> float:
    """Stack the terms of one side; negative ones go back from where the others end."""
    at = 0.0
    span = axes.get_xlim()[1] - axes.get_xlim()[0]
    room = theme.WIDTH - LEFT - RIGHT
    for _, term in terms.sort_values("length", ascending=False, kind="stable").iterrows():
        back = term["length"] < 0
        axes.add_patch(
            Rectangle(
                (min(at, at + term["length"]), top + (BAR / 2 if back else 0)),
                abs(term["length"]),
                BAR / 2 if back else BAR,
                facecolor=term["colour"],
                edgecolor="white" if not back else theme.INK,
                linewidth=0.8,
                zorder=2,
                gid=f"term-{term['side']}",
            )
        )
        text = term_wording(term)
        inches = abs(term["length"]) / span * room
        if not back and text_width(text, theme.SMALL) + 0.06 < inches:
            x, y = at + term["length"] / 2, top + BAR / 2
            axes.text(x, y, text, size=theme.SMALL, ha="center", va="center_baseline", zorder=5)
        at += term["length"]
    return at


def draw_bounds(
    axes: Axes, low: float, high: float, end: float, y: float, floor: float = -np.inf
) -> None:
    """Draw what the wordings leave open at the end of a bar, from `floor` on."""
    first = low if np.isfinite(low) else end
    last = high if np.isfinite(high) else end
    if first < last:
        ends = [max(first, floor), last]
        look: dict[str, Any] = {"marker": "|", "markersize": 5, "markeredgewidth": 0.9}
        axes.plot(ends, [y, y], color=theme.INK, linewidth=0.9, zorder=4, **look)
    if not np.isfinite(high):
        axes.plot([last], [y], gid="open_high", zorder=4, clip_on=False, **arrow("right"))
    if not np.isfinite(low):
        axes.plot([first], [y], gid="open_low", zorder=4, **arrow("left"))


def _draw_missing(axes: Axes, ends: Mapping[str, float], top: float) -> None:
    """Hatch what the shorter bar lacks."""
    side = "left" if ends["left"] < ends["right"] else "right"
    start, stop = sorted(ends.values())
    y = top if side == "left" else top + BAR + GAP
    axes.add_patch(
        Rectangle(
            (start, y),
            stop - start,
            BAR,
            gid="missing",
            **MISSING,
        )
    )
