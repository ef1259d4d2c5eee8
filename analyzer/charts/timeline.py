"""All claims of one measure over time."""

from __future__ import annotations

import pandas as pd

from analyzer.charts import theme
from analyzer.charts.chart import Chart
from analyzer.charts.dense import dense_keys, draw_dense
from analyzer.charts.envelope_band import (
    KEY,
    draw_envelope,
    envelope_alt,
    envelope_caption,
    make_room,
    read_envelope,
)
from analyzer.charts.labels import LINE, label_marks, label_positions
from analyzer.charts.marks import draw_marks, group_marks, timeline_keys
from analyzer.charts.readings import (
    add_colours,
    claims_word,
    date_text,
    day_text,
    named_ends,
    read_marks,
    unit_text,
)
from analyzer.charts.scales import Scale, set_values, set_x, time_scale, value_ends
from analyzer.charts.sheet import new_sheet, text_width
from analyzer.readings import number

BODY = 3.5  # inches
OF_LINES = 2.5  # there is nothing to name
LEFT = 0.72  # at least
BESIDE_AXIS = 0.05  # between the axis and its numbers
RIGHT_OF_FIXED = 1.55  # room for the positions


@theme.drawing()
def draw_timeline(
    claims: pd.DataFrame,
    measure: pd.Series,
    positions: pd.DataFrame,
    title: str = "",
    envelope: pd.DataFrame | None = None,
) -> Chart | None:
    """Draw the claims of one measure at the time that they speak of.

    Claims of series are joined by a line for each. Claims of a fixed measure stand at the day on
    which they were said, all others at the first day that they speak of; claims without that date
    stand in a strip of their own.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`, the claims of one measure.
    measure : Series
        Its row in measures.csv.
    positions : DataFrame
        As from `find_positions`; those of other measures are ignored.
    title : str
        Printed above the chart; blank for a sentence made from the claims.
    envelope : DataFrame, optional
        at_first, at_last, low, high (may be infinite): what all kept claims and the identities
        jointly allow at each time; drawn as a quiet band behind the claims.

    Returns
    -------
    Chart or None
        None where no claim gives a number.
    """
    marks = read_marks(claims)
    if marks.empty:
        return None
    kind = str(measure["kind"])
    clock = "said" if kind == "fixed" else "at"
    column = f"{clock}_first"
    scale = time_scale(marks, clock, columns=kind == "flow")
    marks = add_colours(marks).assign(
        x=scale.x, x_first=scale.x_first, x_last=scale.x_last, dated=marks[column].notna()
    )
    dense = marks[marks["series"] != ""]
    single = marks[marks["series"] == ""]
    grouped = group_marks(single)
    allowed = read_envelope(envelope, kind)
    own = positions[positions["measure"] == measure["measure"]]
    sided = kind == "fixed" and len(own["label"].unique()) > 1
    title = title or timeline_title(marks, measure)
    low, high = make_room(value_ends(marks, kind), allowed)
    figure, axes = new_sheet(
        title,
        f"{unit_text(measure)} {_counted(claims, marks, column)}",
        [*dense_keys(dense), *timeline_keys(single, grouped), *[KEY] * (len(allowed) > 0)],
        BODY if len(grouped) else OF_LINES,
        left=max(LEFT, text_width(number(round(high)), theme.SMALL) + BESIDE_AXIS),
        right=RIGHT_OF_FIXED if sided else 0.15,
        below=LINE * (scale.lines + 1) + 0.16,
    )
    set_values(axes, low, high, str(measure["unit"]))
    set_x(axes, scale)
    axes.set_xlabel(_x_label(kind, scale), loc="left")
    if len(allowed):
        draw_envelope(axes, allowed, kind, scale, marks[column])
    draw_dense(axes, dense)
    draw_marks(axes, grouped)
    if sided:
        label_positions(axes, own, marks)
    if len(grouped):
        label_marks(axes, grouped, own, kind, named_only=not scale.skips)
    caption = _caption(kind, some=len(grouped) > 0, lines=len(dense) > 0)
    alt = _alt(claims, marks, measure, column) + envelope_alt(allowed, kind)
    return Chart(figure, title, alt, caption + envelope_caption(axes, allowed, kind))


def timeline_title(marks: pd.DataFrame, measure: pd.Series) -> str:
    """Say what the chart shows, with the lowest and the highest number that any claim names."""
    label = str(measure["label"])
    low, high = named_ends(marks, measure)
    if low == high:
        return f"{label}: {claims_word(len(marks))} of {low}"
    if measure["kind"] == "fixed":
        return f"{label}: claims range from {low} to {high}"
    return f"{label}: {claims_word(len(marks))} between {low} and {high}"


def _counted(claims: pd.DataFrame, marks: pd.DataFrame, column: str) -> str:
    """How many claims are drawn, and what became of the others."""
    sentence = claims_word(len(marks))
    undated = int(marks[column].isna().sum())
    if undated:
        sentence += f", {undated} of them without a known date, in the grey strip"
    missing = len(claims) - len(marks)
    if missing:
        sentence += f"; {missing} more not drawn, since the wording gives no number in this unit"
    return f"{sentence}."


def _x_label(kind: str, scale: Scale) -> str:
    if kind == "fixed":
        return "day on which it was said"
    if scale.skips:
        return "day that the figure speaks of; days without claims are left out"
    return "day that the figure speaks of"


def _alt(claims: pd.DataFrame, marks: pd.DataFrame, measure: pd.Series, column: str) -> str:
    ordered = marks.sort_values(["value", "id"])
    low, high = ordered.iloc[0], ordered.iloc[-1]
    when = date_text(marks, column)
    span = f", {when}" if when else ""
    return (
        f"Timeline of {claims_word(len(claims))} of “{measure['label']}”{span}. "
        f"Lowest: {_who(low, column)}; highest: {_who(high, column)}."
    )


def _who(mark: pd.Series, column: str) -> str:
    day = f", {day_text(mark[column])}" if pd.notna(mark[column]) else ""
    return f"{mark['text']} ({mark['said_by']}{day})"


def _caption(kind: str, some: bool, lines: bool) -> str:
    time = "when it was said" if kind == "fixed" else "the time that it speaks of"
    points = (
        f"Each point is a claim at {time}; bars show what its wording allows, arrows an end that "
        "the wording leaves open."
    )
    joined = (
        "Lines join the figures of one publisher from day to day as it last gave them; what their "
        "wordings allow is not drawn."
    )
    return " ".join([points] * some + [joined] * lines)
