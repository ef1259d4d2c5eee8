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
from analyzer.charts.claims.stands import Ruler, Stand, name_stands, ruler, stretch
from analyzer.phrases import plural

MOST_ROWS: Final = 14
ROW: Final = 0.165  # inches
MOST_LEFT: Final = 1.88
LEAST_LEFT: Final = 1.3  # names are cut down to this rather than the marks squeezed together
NARROWER: Final = 0.1
MOST_STRETCH: Final = 1.7  # times the length that the marks alone need
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
        None where no two readings name different numbers, and where all of a measure that moves
        can be true together.
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
    title = title or ranges_title(marks, measure, every)
    stands = [_stand(row) for _, row in rows.iterrows()]
    right = text_width(COUNTS, theme.SMALL) + theme.MARGIN
    left, axis = _room(stands, right)
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
    """Return the slot whose comparable claims are furthest apart.

    Blank where none exclude each other: claims of two named scopes can both be true, and so can
    "more than 600" and "650".
    """
    marks = read_marks(claims[claims["comparable"]])
    ranked = sorted(
        (-_gap(part), -int(part["text"].nunique()), str(slot))
        for slot, part in marks.groupby("slot", sort=True)
        if _excluding(part)
    )
    return ranked[0][2] if ranked else ""


def _gap(marks: pd.DataFrame) -> float:
    low, high = float(marks["value"].min()), float(marks["value"].max())
    return (high - low) / (abs(low) + abs(high) or 1.0)


def _excluding(marks: pd.DataFrame) -> bool:
    """Whether two claims of one scope, or of a scope and of none, can't both be true."""
    parts = [marks[marks["scope"].isin([scope, ""])] for scope in marks["scope"].unique()]
    return any(part["low"].max() > part["high"].min() for part in parts)


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


def _room(stands: list[Stand], right: float) -> tuple[float, Ruler]:
    """Inches for the names, and the axis: names give way where the marks would be squeezed."""
    names = [" ".join(filter(None, [one.brief, one.rest])) for one in stands]
    widest = max(text_width(name, theme.SMALL) for name in names)
    left = min(widest + theme.MARGIN + 0.14, MOST_LEFT)
    found: list[tuple[float, float, Ruler]] = []
    while left >= LEAST_LEFT or not found:
        axis = ruler(stands, theme.WIDTH - left - right, 0.0)
        found.append((stretch(stands, axis, 0.0), left, axis))
        if found[-1][0] <= MOST_STRETCH:
            break
        left -= NARROWER
    _, left, axis = min(found, key=lambda one: one[0])
    return left, axis


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


def ranges_title(marks: pd.DataFrame, measure: pd.Series, rows: pd.DataFrame) -> str:
    """Name the two readings, or the lowest and the highest, with an end that is left open."""
    low, high = named_ends(marks, measure)
    when = "" if measure["kind"] == "fixed" else date_text(marks, "at_first")
    head = f"{measure['label']}{f', {when}' if when else ''}"
    if len(rows) == 2:
        one, other = (_with_scope(row) for _, row in rows.iterrows())
        return f"{head}: claims say {one} and {other}"
    top = rows.iloc[-1]
    if top["open_high"] and not top["ranged"]:
        high = str(top["text"])
    return f"{head}: {claims_word(len(marks))} give figures from {low} to {high}"


def _with_scope(row: pd.Series) -> str:
    return f"{row['text']} ({row['scope']})" if row["scope"] else str(row["text"])


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
