"""An identity over time: its parts stacked at their least, what more is possible, the total."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pandas as pd

from analyzer.charts.accounts.account_terms import Look, looks_of, term_name
from analyzer.charts.accounts.ledger_marks import BESIDE, TOTAL, draw_bars, name_breaks
from analyzer.charts.accounts.ledger_table import FEWEST, choose, read_ledger, sum_up
from analyzer.charts.accounts.ledger_words import (
    ledger_alt,
    ledger_caption,
    ledger_subtitle,
    ledger_title,
    total_name,
)
from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.labels import LINE
from analyzer.charts.base.readings import MONTHS
from analyzer.charts.base.sheet import new_sheet, text_width, wrap
from analyzer.readings import number

BODY: Final = 2.0  # inches, at the least
NAME: Final = 1.16  # inches for the names at the right
TICK: Final = 0.28  # inches for the name of a day
FAR: Final = 1.35  # times the highest total or least sum: what is possible beyond goes on
STEPS: Final = (1, 2, 2.5, 5, 10, 20, 25, 50)


@theme.drawing()
def draw_ledger(
    ledger: pd.DataFrame,
    identity: pd.Series,
) -> Chart | None:
    """Draw at each date what the parts of an identity come to, beside their total.

    Parameters
    ----------
    ledger : DataFrame
        One row a term and time: at, side, label, measure, factor, low, high (times the factor,
        what all kept claims jointly allow), stated (a claim gives it for that day), constant.
    identity : Series
        Its row in identities.csv.

    Returns
    -------
    Chart or None
        None with fewer than three dates that have all terms, and where no sum is known closely
        enough to be a test at three dates or at one where it fails.
    """
    expression = str(identity["expression"])
    terms = read_ledger(ledger, expression)
    every = sum_up(terms, expression)
    if len(every) < FEWEST or (every["close"].sum() < FEWEST and not every["broken"].any()):
        return None
    sums = choose(every)
    drawn = terms[terms["at"].isin(sums["at"])].reset_index(drop=True)
    names = _names(drawn)
    body = max(BODY, LINE * sum(len(lines) + 0.45 for lines, _ in names.values()))
    top = _top(drawn, sums) * (1.08 if sums["broken"].any() else 1.0)
    ticks = _round_ticks(top)
    left = theme.MARGIN + 0.06 + max(text_width(number(tick), theme.SMALL) for tick in ticks)
    right = NAME + BESIDE + theme.MARGIN
    days = _day_ticks(list(sums["at"]), theme.WIDTH - left - right)
    title = ledger_title(terms, every)
    figure, axes = new_sheet(
        title,
        ledger_subtitle(ledger, identity, sums, every),
        [],
        body,
        left=left,
        right=right,
        below=LINE * (1 + max(text.count("\n") for _, text in days)) + 0.09,
    )
    axes.set(xlim=(-0.6, len(sums) - 0.4), ylim=(0, top))
    axes.set_yticks(ticks, [number(tick) for tick in ticks])
    axes.set_xticks([x for x, _ in days], [text for _, text in days])
    axes.grid(axis="y")
    draw_bars(axes, drawn, sums, names)
    name_breaks(axes, sums)
    alt, caption = ledger_alt(title, terms, every), ledger_caption(drawn, sums)
    return Chart(figure, title, alt, caption, _data(drawn, sums))


def _names(terms: pd.DataFrame) -> dict[int, tuple[list[str], Look]]:
    """Lines and look of each part by its place, and of the total."""
    looks = looks_of(terms.assign(part=_as_written(terms)))
    once = terms[terms["part"]].drop_duplicates("place")
    named = {
        int(term["place"]): (
            wrap(term_name(term), NAME, theme.SMALL),
            looks[int(term["place"])],
        )
        for _, term in once.iterrows()
    }
    total = wrap(f"Total: {total_name(terms)}", NAME, theme.SMALL)
    return named | {TOTAL: (total, Look(theme.INK))}


def _as_written(terms: pd.DataFrame) -> pd.Series:
    """Whether a term is a part where it is written, before it is put on the other side."""
    return terms["part"] ^ (terms["factor"] < 0)


def _top(terms: pd.DataFrame, sums: pd.DataFrame) -> float:
    """Height of the axis: what is certain and the totals, and not much of what is possible."""
    least = terms[terms["part"]].groupby("at")["least"].sum().max()
    ends = sums[["parts_high", "total_low", "total_high"]].to_numpy(dtype="float64")
    finite = ends[np.isfinite(ends)]
    totals = sums["total_low"].where(np.isfinite(sums["total_low"]), sums["total_high"])
    totals = totals.where(np.isfinite(totals), 0.0)
    certain = max(float(least), float(totals.max()), 0.0) or float(max(finite, default=1.0))
    highest = max([certain, *[end for end in finite if end <= FAR * certain]])
    return 1.12 * highest if highest > 0 else 1.0


def _round_ticks(top: float) -> list[float]:
    size = 10.0 ** math.floor(math.log10(top))
    step = next(s * size / 10 for s in STEPS if top / (s * size / 10) <= 5)
    return [round(i * step, 6) for i in range(int(top / step) + 1)]


def _day_ticks(days: list[pd.Timestamp], inches: float) -> list[tuple[float, str]]:
    """Name as many columns as there is room for, month and year where they change."""
    step = math.ceil(TICK * len(days) / inches)
    chosen = [(i, days[i]) for i in range(0, len(days), step)]
    ticks = []
    for place, (i, day) in enumerate(chosen):
        text = f"{day.day}\n{MONTHS[day.month - 1]}"
        if place == 0 or chosen[place - 1][1].year != day.year:
            text += f"\n{day.year}"
        ticks.append((float(i), text))
    return ticks


def _data(terms: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """One row a term and date, then the sum of the parts and what the total has more."""
    rows = []
    for _, row in sums.iterrows():
        day = row["at"].date().isoformat()
        own = terms[terms["at"] == row["at"]].sort_values(
            ["part", "place"], ascending=[False, True]
        )
        for _, term in own.iterrows():
            rows.append(
                {
                    "as_of": day,
                    "row": "part" if term["part"] else "total",
                    "term": term_name(term),
                    "low": term["low"],
                    "high": term["high"],
                    "stated_for_the_day": "yes" if term["stated"] else "no",
                }
            )
        for name, key in (("sum of the parts", "parts"), ("total less the parts", "rest")):
            ends = {"low": row[f"{key}_low"], "high": row[f"{key}_high"]}
            fits = {"can_fit": "no" if row["broken"] else "yes"} if key == "rest" else {}
            rows.append({"as_of": day, "row": name} | ends | fits)
    text = dict.fromkeys(("term", "stated_for_the_day", "can_fit"), "")
    return pd.DataFrame(rows).fillna(text)
