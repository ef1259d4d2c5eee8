"""Figures that must add up, side by side, for each page or date that gives them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.accounts.account_rows import choose, distinct
from analyzer.charts.accounts.account_terms import (
    Look,
    all_added,
    in_places,
    is_computed,
    looks_of,
    term_name,
)
from analyzer.charts.accounts.account_titles import account_alt, account_subtitle, account_title
from analyzer.charts.accounts.account_words import gap_of, sum_words, term_wording
from analyzer.charts.accounts.stacks import draw_leeway, draw_missing, draw_solid, reach_of, span_of
from analyzer.charts.accounts.term_key import draw_key, lay_out
from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.labels import LINE
from analyzer.charts.base.sheet import new_sheet, text_width, wrap
from analyzer.readings import number

PLOT: Final = theme.WIDTH - 2 * theme.MARGIN
BAR: Final = 0.15  # inches
GAP: Final = 0.03
PAD: Final = 0.13
BELOW: Final = 0.03


@dataclass(frozen=True, slots=True)
class Panel:
    """One sum: its heading, its terms, and the sum in words."""

    account: pd.Series
    terms: pd.DataFrame
    heading: list[str]
    words: list[str]

    @property
    def height(self) -> float:
        """Inches that it takes."""
        return LINE * (len(self.heading) + len(self.words)) + 2 * (BAR + GAP) + 0.06


@theme.drawing()
def draw_account(
    accounts: pd.DataFrame,
    terms: pd.DataFrame,
    identity: pd.Series,
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

    Returns
    -------
    Chart or None
        None without accounts, and where all fit and are no sums of several parts.
    """
    own = accounts[accounts["identity"] == identity["name"]]
    own = own[own["account"].isin(terms["account"])]
    if own.empty:
        return None
    terms = in_places(terms[terms["account"].isin(own["account"])], str(identity["expression"]))
    groups = distinct(own, terms)
    shown = choose(groups, terms)
    if shown.empty:
        return None
    title = account_title(groups, terms, shown)
    relation = str(shown["relation"].iloc[0])
    panels = [_panel(account, terms) for _, account in shown.iterrows()]
    entries, key = lay_out(_names(terms, relation), PLOT)
    height = key + PAD + sum(panel.height + PAD for panel in panels) - PAD
    figure, axes = new_sheet(
        title,
        account_subtitle(
            relation,
            identity,
            groups.drop(index=shown.index),
            computed=not _is_sum(terms, relation),
            repeated=len(own) > len(groups),
        ),
        [],
        height,
        left=theme.MARGIN,
        right=theme.MARGIN,
        below=BELOW,
    )
    axes.set_axis_off()
    axes.set(ylim=(height, 0), xlim=(0, _longest(panels)))
    draw_key(axes, entries, 0.0, PLOT)
    top = key + PAD
    for panel in panels:
        _draw_panel(axes, panel, looks_of(terms), top)
        top += panel.height + PAD
    alt = account_alt(title, shown, terms)
    caption = _caption(panels, sums=_is_sum(terms, relation))
    return Chart(figure, title, alt, caption, _data(shown, terms))


def _is_sum(terms: pd.DataFrame, relation: str) -> bool:
    """Whether parts are held against their total."""
    return relation == "=" and not terms["label"].map(is_computed).any()


def _names(terms: pd.DataFrame, relation: str) -> list[tuple[str, Look]]:
    """Entries of the key, the total first."""
    once = terms.drop_duplicates("place").sort_values(["part", "place"])
    looks, sums = looks_of(terms), _is_sum(terms, relation)
    named = [
        (term_name(term) + " (total)" * (sums and not term["part"]), term)
        for _, term in once.iterrows()
    ]
    return [(name, looks[int(term["place"])]) for name, term in named]


def _panel(account: pd.Series, terms: pd.DataFrame) -> Panel:
    own = terms[terms["account"] == account["account"]]
    return Panel(
        account,
        all_added(own),
        wrap(str(account["heading"]), PLOT, theme.SMALL, "bold"),
        wrap(sum_words(account, own), PLOT, theme.SMALL),
    )


def _spans(panel: Panel, part: bool) -> tuple[float, float]:
    """The least and the most that one side of a sum comes to."""
    spans = [span_of(term["low"], term["high"]) for term in _side(panel, part)]
    return sum(span.least for span in spans), sum(span.most for span in spans)


def _side(panel: Panel, part: bool) -> list[pd.Series]:
    rows = panel.terms[panel.terms["part"] == part].sort_values("place")
    return [term for _, term in rows.iterrows()]


def _longest(panels: list[Panel]) -> float:
    """Length of the axis: all bars, and room for ends that are open."""
    ends = [end for panel in panels for part in (True, False) for end in _spans(panel, part)]
    finite = max([end for end in ends if np.isfinite(end)], default=1.0) or 1.0
    return finite * (1.14 if np.isinf(ends).any() else 1.005)


def _draw_panel(axes: Axes, panel: Panel, looks: dict[int, Look], top: float) -> None:
    look: dict[str, Any] = {"size": theme.SMALL, "va": "center_baseline"}
    for text in panel.heading:
        axes.text(0, top + LINE / 2, text, weight="bold", **look)
        top += LINE
    top += 0.02
    ends = {}
    for part in (False, True):
        ends[part] = _draw_side(axes, panel, part, looks, top)
        top += BAR + GAP
    if not panel.account["holds"]:
        short = ends[True][1] < ends[False][0]
        start, stop = (ends[short][1], ends[not short][0])
        if start < stop:
            draw_missing(axes, start, stop, top - (BAR + GAP) * (1 if short else 2), BAR)
    top += 0.02
    for text in panel.words:
        axes.text(0, top + LINE / 2, text, **look)
        top += LINE


def _draw_side(
    axes: Axes, panel: Panel, part: bool, looks: dict[int, Look], y: float
) -> tuple[float, float]:
    """Stack the terms of one side, then what their wordings allow beyond."""
    longest = axes.get_xlim()[1]
    at = 0.0
    for term in _side(panel, part):
        size = span_of(term["low"], term["high"]).least
        draw_solid(axes, at, size, y, BAR, looks[int(term["place"])])
        middle = at + size / 2, y + BAR / 2
        for text in (term_wording(term), number(size)):
            if text_width(text, theme.SMALL) + 0.05 < size / longest * PLOT:
                look: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 5}
                axes.text(*middle, text, size=theme.SMALL, **look)
                break
        at += size
    least, most = _spans(panel, part)
    inch = longest / PLOT
    draw_leeway(axes, least, most, y, BAR, reach_of([longest]), inch)
    return least, most


def _caption(panels: list[Panel], *, sums: bool) -> str:
    spans = [_spans(panel, part) for panel in panels for part in (True, False)]
    missing = any(not np.isnan(gap_of(panel.account)) for panel in panels)
    texts = ["Each pair of bars shows the two figures."]
    if sums:
        texts = ["Each sum has two bars: the total, and its parts end to end."]
    if missing:
        texts.append("Hatched: what lies between the two.")
    if any(least < most for least, most in spans):
        texts.append("Pale: what a wording such as “at least” allows beyond the bar.")
    return " ".join(texts)


def _data(shown: pd.DataFrame, terms: pd.DataFrame) -> pd.DataFrame:
    """One row a term of each sum that is drawn, in the order in which they are drawn."""
    rows = []
    for _, account in shown.iterrows():
        own = terms[terms["account"] == account["account"]].sort_values(["part", "place"])
        for _, term in own.iterrows():
            side = str(term["side"])
            rows.append(
                {
                    "sum": account["heading"],
                    "side": "parts" if term["part"] else "total",
                    "term": term_name(term),
                    "stated": term_wording(term),
                    "low": term["low"],
                    "high": term["high"],
                    "side_low": account[f"{side}_low"],
                    "side_high": account[f"{side}_high"],
                    "fits": FITS[str(account["strength"])],
                    "least_difference": gap_of(account),
                    "claims": " ".join(sorted(term["claims"])),
                }
            )
    return pd.DataFrame(rows)


FITS: Final = {
    "contradicts": "no",
    "strains": "only to the letter of the wordings",
    "holds": "yes",
}
