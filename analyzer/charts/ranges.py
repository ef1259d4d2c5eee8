"""The distinct readings of one figure, side by side."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts import theme
from analyzer.charts.chart import Chart
from analyzer.charts.marks import arrow, form_keys
from analyzer.charts.readings import (
    add_colours,
    claims_word,
    date_text,
    named_ends,
    read_marks,
    unit_text,
)
from analyzer.charts.scales import set_values, value_ends
from analyzer.charts.sheet import new_sheet, text_width
from analyzer.readings import number

MOST_ROWS = 24
ROW = 0.235  # inches
MOST_LEFT = 2.3
MOST_RIGHT = 3.05
Row = dict[Hashable, Any]
READING = ["text", "value", "bar_low", "bar_high", "open_low", "open_high", "planned", "scope"]


@theme.drawing()
def draw_ranges(
    claims: pd.DataFrame, measure: pd.Series, slot: str | None = None, title: str = ""
) -> Chart | None:
    """Draw one row for each distinct reading, with who gives it.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`, the claims of one measure.
    measure : Series
        Its row in measures.csv.
    slot : str or None
        The slot to draw; None for the one whose claims are furthest apart. A fixed measure is
        always drawn with all its claims.
    title : str
        Printed above the chart; blank for a sentence made from the claims.

    Returns
    -------
    Chart or None
        None where fewer than two readings differ.
    """
    if measure["kind"] != "fixed":
        claims = claims[claims["slot"] == (slot or widest_slot(claims))]
    marks = read_marks(claims)
    if marks.empty:
        return None
    rows = reading_rows(add_colours(marks))
    if len(rows) < 2:
        return None
    rows = fold_rows(rows, MOST_ROWS)
    title = title or _title(marks, measure)
    count = f"{claims_word(len(marks))} in {rows['readings'].sum()} readings, with their origins."
    figure, axes = new_sheet(
        title,
        f"{unit_text(measure)} {count}",
        form_keys(marks, along="x"),
        ROW * len(rows) + 0.1,
        left=_room(rows["text"], MOST_LEFT),
        right=_room([_who(row) for _, row in rows.iterrows()], MOST_RIGHT),
        below=0.32,
    )
    _draw_rows(axes, rows)
    set_values(axes, *value_ends(marks, "fixed"), str(measure["unit"]), along="x", most=4)
    caption = (
        "One row for each reading of the figure; bars show what the wording allows, arrows an "
        "end that it leaves open. Beside it: how many claims give it, and their origins."
    )
    return Chart(figure, title, _alt(rows, marks, measure), caption)


def widest_slot(claims: pd.DataFrame) -> str:
    """Return the slot whose comparable claims are furthest apart; blank where none differ."""
    marks = read_marks(claims[claims["comparable"]])
    if marks.empty:
        return ""
    ends = marks.groupby("slot").agg(
        low=("value", "min"), high=("value", "max"), n=("text", "nunique")
    )
    size = (ends["low"].abs() + ends["high"].abs()).replace(0.0, 1.0)
    ends["gap"] = (ends["high"] - ends["low"]) / size
    differing = ends[ends["n"] > 1].reset_index()
    if differing.empty:
        return ""
    ranked = differing.sort_values(["gap", "n", "slot"], ascending=[False, False, True])
    return str(ranked["slot"].iloc[0])


def reading_rows(marks: pd.DataFrame) -> pd.DataFrame:
    """One row for each reading, by value from the lowest.

    Returns
    -------
    DataFrame
        Columns of the reading, `n` (claims), `said_by` (tuple of origins, the earliest first),
        `readings` (1) and `hollow` (all are estimates).
    """
    order = marks.sort_values(["said_first", "id"], na_position="last", kind="stable")
    rows = (
        order.groupby(READING, sort=True)
        .agg(
            n=("id", "size"),
            said_by=("said_by", _distinct),
            hollow=("hollow", "all"),
            ranged=("ranged", "all"),
        )
        .reset_index()
        .assign(readings=1)
    )
    rows = rows.assign(
        value_low=rows["value"].mask(rows["ranged"], rows["bar_low"]),
        value_high=rows["value"].mask(rows["ranged"], rows["bar_high"]),
    )
    scope = rows["scope"].str.replace("_", " ")
    rows["text"] += (" (" + scope + ")").where(scope != "", "")
    return rows.sort_values(["value", "bar_low", "bar_high", "text"], ignore_index=True)


def _distinct(names: pd.Series) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def fold_rows(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """Join neighbouring rows until at most `most` are left: those with the fewest claims first.

    A joined row keeps the range of its readings and the sum of its claims.
    """
    records = rows.to_dict("records")
    while len(records) > most:
        pairs = pairwise(records)
        costs = [(a["n"] + b["n"], _apart(a, b), i) for i, (a, b) in enumerate(pairs)]
        at = min(costs)[2]
        records[at : at + 2] = [_join(records[at], records[at + 1])]
    return pd.DataFrame(records)


def _apart(a: Row, b: Row) -> float:
    size = abs(a["value"]) + abs(b["value"])
    return abs(a["value"] - b["value"]) / size if size else 0.0


def _join(a: Row, b: Row) -> Row:
    low, high = min(a["value_low"], b["value_low"]), max(a["value_high"], b["value_high"])
    readings = a["readings"] + b["readings"]
    where = number(low) if low == high else f"{number(low)} to {number(high)}"
    return {
        "text": f"{readings} readings, {where}",
        "value": (low + high) / 2,
        "value_low": low,
        "value_high": high,
        "bar_low": min(a["bar_low"], b["bar_low"]),
        "bar_high": max(a["bar_high"], b["bar_high"]),
        "ranged": True,
        "open_low": a["open_low"] or b["open_low"],
        "open_high": a["open_high"] or b["open_high"],
        "planned": a["planned"] and b["planned"],
        "hollow": a["hollow"] and b["hollow"],
        "n": a["n"] + b["n"],
        "said_by": tuple(dict.fromkeys(a["said_by"] + b["said_by"])),
        "readings": readings,
    }


def _room(texts: Iterable[str], most: float) -> float:
    """Inches for the texts on one side of the rows."""
    return min(max(text_width(text, theme.SMALL) for text in texts) + 0.25, most)


def _draw_rows(axes: Axes, rows: pd.DataFrame) -> None:
    """Bars, points, open ends, the reading at the left and who gives it at the right."""
    y = pd.Series(np.arange(len(rows), dtype="float64"), index=rows.index)
    axes.hlines(y, rows["bar_low"], rows["bar_high"], color=theme.GREY, linewidth=2.2, zorder=2)
    for name, direction in (("open_high", "right"), ("open_low", "left")):
        ends = rows[rows[name].astype(bool)]
        edge = ends["bar_high" if direction == "right" else "bar_low"]
        axes.plot(edge, y[ends.index], gid=name, zorder=3, **arrow(direction))
    spans = rows[rows["value_low"] < rows["value_high"]]
    axes.hlines(
        y[spans.index], spans["value_low"], spans["value_high"], color=theme.INK, linewidth=4
    )
    single = rows.drop(index=spans.index)
    for planned, part in single.groupby("planned"):
        axes.scatter(
            part["value"],
            y[part.index],
            s=30,
            marker="s" if planned else "o",
            facecolors=np.where(part["hollow"], "white", theme.INK).tolist(),
            edgecolors=theme.INK,
            linewidths=1.0,
            zorder=4,
        )
    axes.set_ylim(-0.7, len(rows) - 0.3)
    texts = [_fitting(text, MOST_LEFT - 0.15) for text in rows["text"]]
    axes.set_yticks(y.tolist(), texts)
    for at, (_, row) in zip(y, rows.iterrows(), strict=True):
        axes.text(
            1.02,
            at,
            _who(row),
            size=theme.SMALL,
            va="center",
            transform=axes.get_yaxis_transform(),
        )


def _fitting(text: str, room: float) -> str:
    """Leave out words at the end that don't fit."""
    while text_width(text, theme.SMALL) > room and " " in text:
        text = text.rstrip("…").rsplit(" ", 1)[0] + "…"
    return text


def _who(row: pd.Series) -> str:
    """Say who gives a reading, as far as there is room: 12 claims: Reuters and 2 more."""
    names = row["said_by"]
    head = f"{claims_word(int(row['n']))}: "
    room = MOST_RIGHT - 0.25
    for shown in range(len(names), 0, -1):
        more = f" and {len(names) - shown} more" if shown < len(names) else ""
        text = head + ", ".join(names[:shown]) + more
        if text_width(text, theme.SMALL) <= room:
            return text
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return _fitting(head + str(names[0]), room - text_width(more, theme.SMALL)) + more


def _title(marks: pd.DataFrame, measure: pd.Series) -> str:
    low, high = named_ends(marks, measure)
    when = "" if measure["kind"] == "fixed" else date_text(marks, "at_first")
    when = f" on {when}" if when else ""
    ends = f"around {low}" if low == high else f"from {low} to {high}"
    return f"{measure['label']}{when}: who gives which figure, {ends}"


def _alt(rows: pd.DataFrame, marks: pd.DataFrame, measure: pd.Series) -> str:
    top = rows.sort_values(["n", "value"], ascending=[False, True]).iloc[0]
    low, high = rows.iloc[0], rows.iloc[-1]
    return (
        f"{claims_word(len(marks))} of “{measure['label']}” in {rows['readings'].sum()} readings. "
        f"Lowest: {low['text']} ({claims_word(int(low['n']))}); highest: {high['text']} "
        f"({claims_word(int(high['n']))}); most frequent: {top['text']} "
        f"({claims_word(int(top['n']))})."
    )
