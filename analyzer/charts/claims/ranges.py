"""The distinct readings of one figure, row by row, with who gives each."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.readings import (
    add_colours,
    claims_word,
    date_text,
    named_ends,
    read_marks,
    unit_text,
)
from analyzer.charts.base.sheet import new_sheet, text_width
from analyzer.charts.claims.reading_rows import fold_rows, reading_rows
from analyzer.charts.claims.stand_marks import draw_stands, few_ticks
from analyzer.charts.claims.stands import Stand, name_stands, ruler
from analyzer.phrases import plural

MOST_ROWS: Final = 14
ROW: Final = 0.165  # inches
MOST_LEFT: Final = 1.88
COUNTS: Final = "claims"


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
        None where no two readings name different numbers.
    """
    if measure["kind"] != "fixed":
        claims = claims[claims["slot"] == (slot or widest_slot(claims))]
    marks = read_marks(claims)
    if marks.empty:
        return None
    low, high = named_ends(marks, measure)
    every = reading_rows(add_colours(marks))
    if low == high or len(every) < 2:
        return None
    rows = fold_rows(every, MOST_ROWS)
    title = title or _title(marks, measure, every)
    stands = [_stand(row) for _, row in rows.iterrows()]
    right = text_width(COUNTS, theme.SMALL) + theme.MARGIN
    left = _left(stands)
    axis = ruler(stands, theme.WIDTH - left - right, 0.0)
    figure, axes = new_sheet(
        title, unit_text(measure), [], ROW * (len(rows) + 0.9), left=left, right=right, below=0.2
    )
    draw_stands(axes, stands, axis, 0.0)
    axes.set_ylim(len(stands) - 0.5, -1.4)  # with a row for the head of the numbers
    few_ticks(axes, axis, str(measure["unit"]), 0.0)
    name_stands(axes, stands, left, ROW)
    _count(axes, rows)
    data = pd.DataFrame([one.data for one in stands])
    return Chart(figure, title, _alt(every, marks, measure), _caption(rows), data)


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


def _stand(row: pd.Series) -> Stand:
    """A row of readings as it is drawn."""
    name, *others = row["said_by"]
    rest = f"and {len(others):,} more" if others else ""
    folded = row["readings"] > 1
    bounds = ("value_low", "value_high") if folded else ("bar_low", "bar_high")
    low, high = (float(row[end]) for end in bounds)
    brief = ", ".join(filter(None, [name, str(row["scope"])]))
    return Stand(
        name=name,
        more="",
        brief=brief,
        rest=rest,
        text=str(row["text"]),
        value=float(row["value"]),
        low=low,
        high=high,
        open_low=bool(row["open_low"]),
        open_high=bool(row["open_high"]),
        ranged=bool(row["ranged"]),
        several=folded,
        hollow=bool(row["hollow"]),
        planned=bool(row["planned"]),
        data={
            "figure": row["text"],
            "scope": row["scope"],
            "low": row["low"],
            "high": row["high"],
            "figures": row["readings"],
            "origins": "; ".join(row["said_by"]),
            "claims": row["n"],
            "claim_ids": " ".join(row["ids"]),
        },
    )


def _left(stands: list[Stand]) -> float:
    """Inches for the names."""
    names = [" ".join(filter(None, [one.brief, one.rest])) for one in stands]
    widest = max(text_width(name, theme.SMALL) for name in names)
    return min(widest + theme.MARGIN + 0.14, MOST_LEFT)


def _count(axes: Axes, rows: pd.DataFrame) -> None:
    """Write at the right edge how many claims give each reading."""
    inches = theme.WIDTH * axes.get_position().width
    edge = 1 + text_width(COUNTS, theme.SMALL) / inches
    for y, text in [(-1, COUNTS), *enumerate(f"{n:,}" for n in rows["n"])]:
        axes.text(
            edge,
            y,
            text,
            size=theme.SMALL,
            color=theme.MUTED,
            ha="right",
            va="center_baseline",
            transform=axes.get_yaxis_transform(),
            gid="count",
        )


def _title(marks: pd.DataFrame, measure: pd.Series, rows: pd.DataFrame) -> str:
    low, high = named_ends(marks, measure)
    when = "" if measure["kind"] == "fixed" else date_text(marks, "at_first")
    head = f"{measure['label']}{f' on {when}' if when else ''}"
    if len(rows) == 2:
        return f"{head}: either {rows['text'].iloc[0]} or {rows['text'].iloc[1]}"
    return f"{head}: {claims_word(len(marks))} give figures from {low} to {high}"


def _caption(rows: pd.DataFrame) -> str:
    """How to read what is drawn."""
    bars = ~rows["ranged"] & (rows["bar_low"] < rows["bar_high"])
    forms = [
        (bars.any(), "a thin bar is what the wording allows"),
        ((rows["ranged"] & (rows["readings"] == 1)).any(), "a black bar a range"),
        ((rows["readings"] > 1).any(), "a dotted line several figures"),
        (rows[["open_low", "open_high"]].any(axis=None), "an arrow an open end"),
        (rows["hollow"].any(), "a hollow dot an estimate"),
        (rows["planned"].any(), "a square a plan"),
    ]
    told = [text for shown, text in forms if shown]
    head = "At the left who is cited for a figure"
    return f"{head}; {', '.join(told)}." if told else f"{head}."


def _alt(rows: pd.DataFrame, marks: pd.DataFrame, measure: pd.Series) -> str:
    low, high = rows.iloc[0], rows.iloc[-1]
    top = rows.iloc[int(rows["n"].to_numpy().argmax())]
    told = (
        f"{claims_word(len(marks))} of “{measure['label']}” in "
        f"{plural(len(rows), 'different wording')}. Lowest: {low['text']} "
        f"({claims_word(int(low['n']))}); highest: {high['text']} ({claims_word(int(high['n']))})"
    )
    if top["n"] == 1:
        return f"{told}."
    return f"{told}; most frequent: {top['text']} ({claims_word(int(top['n']))})."
