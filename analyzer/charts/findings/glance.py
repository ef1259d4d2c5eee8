"""The small chart that stands beside a finding on the first page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.sheet import new_sheet, text_width
from analyzer.charts.claims.stand_marks import draw_changes, draw_stands, few_ticks
from analyzer.charts.claims.stands import Ruler, Stand, name_stands, note_below, ruler, two_lines
from analyzer.charts.findings.glance_left import left_rows
from analyzer.charts.findings.glance_rows import DATED, change_rows, dated_rows, position_rows
from analyzer.charts.findings.glance_series import BELOW, HIGH, RIGHT, pair_chart, step_chart
from analyzer.charts.findings.glance_sums import (
    Side,
    draw_sums,
    lacking,
    sides_of_account,
    sides_of_event,
    stands_of_sides,
)
from analyzer.phrases import listed

ROW: Final = 0.36  # inches, the most
MOST_LEFT: Final = 1.9
BODY: Final = HIGH - theme.MARGIN - BELOW
BESIDE: Final = RIGHT - theme.MARGIN
IN_SERIES: Final = frozenset({"fall", "surge", "switch", "typing error"})
Draw = Callable[[Axes, list[Stand], Ruler, float], None]


@dataclass(frozen=True, slots=True)
class Behind:
    """What a finding was made from, beside its claims; whatever there is of it.

    Attributes
    ----------
    event : Series or None
        The row of `schemas.Events`.
    lines : list of DataFrame
        `series.panel.latest` of each series that it is about.
    names : tuple of str
        What the two series of a pair are called.
    account : Series or None
        The row of the accounts, with `terms` and the `expression` of its identity.
    steps : DataFrame or None
        The proof of a joint contradiction.
    """

    event: pd.Series | None = None
    lines: list[pd.DataFrame] = field(default_factory=list)
    names: tuple[str, ...] = ()
    account: pd.Series | None = None
    terms: pd.DataFrame | None = None
    expression: str = ""
    steps: pd.DataFrame | None = None


@theme.drawing()
def draw_glance(
    finding: pd.Series,
    claims: pd.DataFrame,
    labels: Mapping[str, str],
    behind: Behind | None = None,
) -> Chart | None:
    """Draw what a finding says, without a title and at most 26 mm high.

    Parameters
    ----------
    finding : Series
        A row of `schemas.Findings`.
    claims : DataFrame
        `schemas.Aligned`, at least the claims of the finding.
    labels : mapping
        Labels by measure.
    behind : Behind
        Event, series, account or proof that the finding was made from.

    Returns
    -------
    Chart or None
        None where there are not two figures to compare.
    """
    behind = behind or Behind()
    claims = claims[claims["id"].isin(finding["claims"])].sort_values("id", ignore_index=True)
    kind, measure = str(finding["kind"]), str(finding["measure"])
    label = labels.get(measure, measure)
    if kind == "divergence":
        return pair_chart(label, behind.lines, behind.names)
    if behind.event is not None and kind in IN_SERIES and behind.lines:
        return step_chart(label, claims, behind.event, behind.lines[0])
    told = f"{label}, {finding['when']}" if finding["when"] else label
    if sides := _sides(finding, claims, behind):
        return _sums(told, sides)
    if kind == "edit":
        return _changes(finding, claims, labels)
    stands, rest = _stands(finding, claims, behind)
    if len(stands) < 2 or len({_look(one) for one in stands}) < 2:
        return None
    unit = str(claims["unit"].iloc[0])
    note = f"{rest:,} more not drawn" if rest else ""
    return _rows(told, stands, note, draw_stands, _caption(stands), unit)


def _changes(finding: pd.Series, claims: pd.DataFrame, labels: Mapping[str, str]) -> Chart | None:
    stands, rest = change_rows(finding, claims, labels)
    if not stands:
        return None
    measure = str(stands[0].data["measure"])
    told = f"{labels.get(measure, measure)}, replaced figures"
    caption = "An arrow goes from the old figure to the new one."
    note = "the largest changes" if rest else ""
    return _rows(told, stands, note, draw_changes, caption, "")


def _stands(finding: pd.Series, claims: pd.DataFrame, behind: Behind) -> tuple[list[Stand], int]:
    if finding["kind"] in DATED:
        return dated_rows(finding, claims)
    if finding["kind"] != "joint contradiction":
        return position_rows(finding, claims)
    if len(set(claims["measure"])) == 1 and len(finding["positions"]) > 1:
        return dated_rows(finding, claims)
    return left_rows(finding, claims, behind.steps), 0


def _look(one: Stand) -> tuple[object, ...]:
    """What would be drawn; two equal rows show no difference."""
    return one.text, one.value, one.low, one.high, one.open_low, one.open_high


def _caption(stands: list[Stand]) -> str:
    """How to read the marks that are there."""
    forms = [
        (any(one.hollow for one in stands), "hollow: an estimate"),
        (any(one.planned for one in stands), "square: a plan"),
        (any(one.low < one.high for one in stands), "bar: what the wording allows"),
        (any(one.open_low or one.open_high for one in stands), "arrow: an open end"),
    ]
    told = [text for shown, text in forms if shown]
    return f"{'; '.join(told).capitalize()}." if told else ""


def _sides(finding: pd.Series, claims: pd.DataFrame, behind: Behind) -> list[Side]:
    """The two sides of figures that should add up; none for other findings."""
    event = behind.event
    if behind.account is not None and behind.terms is not None:
        return sides_of_account(behind.account, behind.terms, behind.expression)
    if event is None or finding["kind"] not in ("mismatch", "account") or claims.empty:
        return []
    if not np.isfinite([event["expected_low"], event["expected_high"]]).all():
        return []
    claim = claims[claims["id"] == finding["positions"][0][0]].iloc[0]
    what = "Rise of the running total" if finding["kind"] == "mismatch" else "Its parts together"
    return sides_of_event(event, claim, what)


def _layout(stands: list[Stand], row: float, note: str) -> tuple[float, Ruler]:
    """Room for the names at the left, and the axis beside them."""
    told = [note]
    for one in stands:
        lines = [one.name, one.more] if two_lines(row) else [f"{one.brief or one.name} {one.rest}"]
        told += lines
    widest = max(text_width(text, theme.SMALL) for text in told)
    left = min(widest + theme.MARGIN + 0.14, MOST_LEFT)
    return left, ruler(stands, theme.WIDTH - left - RIGHT, BESIDE)


def _sheet(title: str, rows: int, row: float, left: float) -> Axes:
    _, axes = new_sheet(title, "", [], row * rows, left=left, right=RIGHT, below=BELOW, bare=True)
    return axes


def _rows(told: str, stands: list[Stand], note: str, draw: Draw, caption: str, unit: str) -> Chart:
    row = min(BODY / len(stands), ROW)
    left, axis = _layout(stands, row, note)
    texts = list(dict.fromkeys(one.text for one in stands))
    title = f"{told}: {'; '.join(texts) if draw is draw_changes else listed(texts)}"
    axes = _sheet(title, len(stands), row, left)
    draw(axes, stands, axis, BESIDE)
    few_ticks(axes, axis, unit, BESIDE)
    name_stands(axes, stands, left, row)
    if note:
        note_below(axes, note, left, row)
    rows = [f"{one.text} ({', '.join(filter(None, [one.name, one.more]))})" for one in stands]
    alt = f"{told}: {'; '.join(rows)}.{f' {note.capitalize()}.' if note else ''}"
    data = pd.DataFrame([{"row": place, **one.data} for place, one in enumerate(stands, 1)])
    return Chart(axes.figure, title, alt, caption, data)  # type: ignore[arg-type]


def _sums(told: str, sides: list[Side]) -> Chart | None:
    if len(sides) != 2:
        return None
    short, gap, words = lacking(sides)
    if gap <= 0:
        return None
    stands = stands_of_sides(sides)
    row = min(BODY / len(stands), ROW)
    note = f"hatched: {words} short" if short.high >= 0 else f"{words} apart"
    left, axis = _layout(stands, row, note)
    title = f"{told}: {sides[0].text} against {sides[1].text}"
    axes = _sheet(title, len(stands), row, left)
    draw_sums(axes, sides, axis, BESIDE)
    few_ticks(axes, axis, "", BESIDE)
    name_stands(axes, stands, left, row)
    note_below(axes, note, left, row)
    rows = [f"{side.name} ({side.more}): {side.text}" for side in sides]
    alt = f"{told}. {'; '.join(rows)}; they are {words} apart."
    data = pd.DataFrame([one.data for one in stands])
    return Chart(axes.figure, title, alt, "", data)  # type: ignore[arg-type]
