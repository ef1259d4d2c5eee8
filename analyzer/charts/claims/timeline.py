"""All claims of one measure over time."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.labels import LINE, MOST_LABELS, mark_boxes, mark_labels, write_labels
from analyzer.charts.base.lines import head, stack
from analyzer.charts.base.marks import draw_marks, group_marks, timeline_keys
from analyzer.charts.base.readings import (
    OTHERS,
    add_colours,
    claims_word,
    read_marks,
    unit_text,
    with_unit,
)
from analyzer.charts.base.scales import Scale, mark_strip, set_values, set_x, time_scale, value_ends
from analyzer.charts.base.sheet import new_sheet, text_width
from analyzer.charts.claims import day_rows
from analyzer.charts.claims.dense import dense_keys, dense_labels, draw_dense
from analyzer.charts.claims.envelope_band import (
    KEY,
    allowed_title,
    draw_envelope,
    envelope_alt,
    envelope_caption,
    make_room,
    read_envelope,
)
from analyzer.charts.claims.panels import NO_SCOPE, Panel, panels_of
from analyzer.charts.claims.timeline_table import timeline_table
from analyzer.charts.claims.timeline_words import (
    counted,
    is_plain,
    timeline_alt,
    timeline_caption,
    timeline_title,
)

BODY: Final = 2.0  # inches
OF_LINES: Final = 1.55  # there is nothing to name
OF_PANELS: Final = {2: 0.95, 3: 0.75}  # each
LEFT: Final = 0.3  # at least
BESIDE_AXIS: Final = 0.08  # between the edge, the numbers and the axis
RIGHT: Final = 0.12
TALL: Final = 1.5  # a panel that has room for all labels
FEW_LABELS: Final = 4
FEWEST_DAYS: Final = {"fixed": 3}  # with fewer the chart of ranges says as much
TIMES: Final = 2


@theme.drawing()
def draw_timeline(
    claims: pd.DataFrame,
    measure: pd.Series,
    positions: pd.DataFrame,
    title: str = "",
    envelope: pd.DataFrame | None = None,
) -> Chart | None:
    """Draw the claims of one measure at the time that they speak of.

    Claims of series are joined by a line for each, or drawn as strokes where they are of single
    days. Claims of a fixed measure stand at the day on which they were said, all others at the
    time that they speak of; claims without that date stand in a strip of their own. Scopes with
    several claims have a panel each; a flow of few days has a row for each day.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`, the claims of one measure.
    measure : Series
        Its row in measures.csv.
    positions : DataFrame
        As from `find_positions`; those of other measures are ignored.
    title : str
        What an envelope shows, ending in "jointly allow"; what it allows is added. Blank for a
        sentence made from the claims.
    envelope : DataFrame, optional
        at_first, at_last, low, high (may be infinite): what all kept claims and the identities
        jointly allow at each time; drawn as a quiet band behind the claims.

    Returns
    -------
    Chart or None
        None where no claim gives a number, all say the same, or all are of one time.
    """
    kind = str(measure["kind"])
    clock = "said" if kind == "fixed" else "at"
    marks = read_marks(claims)
    if marks[f"{clock}_first"].nunique() < FEWEST_DAYS.get(kind, TIMES) or is_plain(marks):
        return None
    allowed = read_envelope(envelope, kind)
    own = positions[positions["measure"] == measure["measure"]]
    marks = add_colours(marks)
    if len(allowed):  # the two things to tell apart are claims and what is allowed
        marks = marks.assign(colour=theme.MUTED, hue=OTHERS)
    panels = panels_of(marks, split=kind != "flow")
    marks = pd.concat([panel.marks for panel in panels]).sort_values("id")
    title = allowed_title(title, allowed, kind) or timeline_title(marks, measure, own)
    subtitle = f"{unit_text(measure)} {counted(claims, marks, clock)}"
    alt = timeline_alt(claims, marks, measure, title, clock) + envelope_alt(allowed, kind)
    table = timeline_table(marks, allowed, clock)
    days = day_rows.day_list(marks, allowed)
    alone = (marks["series"] == "").all() and marks["at_first"].notna().all()
    if kind == "flow" and alone and len(days) <= day_rows.MOST_ROWS:
        figure, caption = _rows(title, subtitle, marks, allowed, days)
        return Chart(figure, title, alt, caption, table)
    for named in (True, False):
        figure, caption, placed = _over_time(
            (title, subtitle), panels, measure, own, allowed, named=named
        )
        if placed:
            break
    return Chart(figure, title, alt, caption, table)


def _rows(
    title: str,
    subtitle: str,
    marks: pd.DataFrame,
    allowed: pd.DataFrame,
    days: list[pd.Timestamp],
) -> tuple[Figure, str]:
    places = marks["at_first"].map({day: float(i) for i, day in enumerate(days)})
    placed = marks.assign(x=places, x_first=places, x_last=places, dated=True)
    keys = [*timeline_keys(marks, along="x"), *[KEY] * (len(allowed) > 0)]
    figure, axes = new_sheet(
        title,
        subtitle,
        keys,
        day_rows.ROW * len(days) + 0.05,
        left=day_rows.room_for_names(days),
        right=day_rows.RIGHT,
        below=day_rows.BELOW,
    )
    day_rows.draw_rows(axes, group_marks(placed), days, day_rows.row_ends(marks, allowed))
    day_rows.draw_row_ranges(axes, allowed, days)
    caption = timeline_caption(placed, stems=False)
    rows = " A row for each day that has a claim."
    return figure, caption + rows + envelope_caption(axes, allowed, "flow", along="x")


def _over_time(
    words: tuple[str, str],
    panels: list[Panel],
    measure: pd.Series,
    positions: pd.DataFrame,
    allowed: pd.DataFrame,
    *,
    named: bool,
) -> tuple[Figure, str, bool]:
    """Draw panels over time; also say whether each line has its name."""
    kind = str(measure["kind"])
    stems = kind == "flow"
    marks = pd.concat([panel.marks for panel in panels]).sort_values("id", ignore_index=True)
    scale = time_scale(marks, "said" if kind == "fixed" else "at")
    marks = _placed(marks, scale)
    low, high = make_room(value_ends(marks, kind), allowed)
    dense, single = marks[marks["series"] != ""], marks[marks["series"] == ""]
    named &= not _switches(dense)
    keys = timeline_keys(single) if len(single) else []
    if len(dense) and not named:
        keys = [*dense_keys(dense), *keys]
    each = BODY if len(single) else OF_LINES
    gap = LINE + 0.06
    body = each if len(panels) == 1 else len(panels) * (OF_PANELS.get(len(panels), 0.7) + gap)
    figure, axes = new_sheet(
        *words,
        [*keys, *[KEY] * (len(allowed) > 0)],
        body,
        left=max(LEFT, text_width(with_unit(round(high), measure), theme.SMALL) + BESIDE_AXIS),
        right=RIGHT,
        below=LINE * scale.lines + 0.1,
    )
    all_axes = stack(axes, len(panels), gap) if len(panels) > 1 else [axes]
    set_x(all_axes[-1], scale)
    placed = True
    for panel, its in zip(panels, all_axes, strict=True):
        set_values(its, low, high, str(measure["unit"]), most=5 if len(panels) == 1 else 3)
        if its is not all_axes[-1]:
            mark_strip(its, scale)
        if len(panels) > 1:
            head(its, f"{panel.name or NO_SCOPE}: {claims_word(len(panel.marks))}")
        mine = marks[marks["id"].isin(panel.marks["id"])]
        if len(allowed):
            draw_envelope(its, allowed, kind, scale)
        placed &= _draw_panel(its, mine, positions, kind, named=named)
    caption = timeline_caption(marks, stems=stems) + envelope_caption(axes, allowed, kind)
    return figure, caption, placed


def _switches(dense: pd.DataFrame) -> bool:
    """Whether a series takes its figures from one origin after another."""
    hues = dense.groupby("series")["hue"].agg(lambda part: len(part.unique()))
    return bool((hues > 1).any())


def _placed(marks: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    return marks.assign(
        x=scale.x,
        x_first=scale.x_first,
        x_last=scale.x_last,
        dated=(scale.x < scale.strip[0]) if scale.strip else True,
    )


def _draw_panel(
    axes: Axes, marks: pd.DataFrame, positions: pd.DataFrame, kind: str, *, named: bool
) -> bool:
    """Draw the claims of a panel; whether all its lines have their labels."""
    stems = kind == "flow"
    dense, grouped = marks[marks["series"] != ""], group_marks(marks[marks["series"] == ""])
    beside = draw_dense(axes, dense, stems=stems) if len(dense) else []
    draw_marks(axes, grouped)
    points, strokes = mark_boxes(axes, grouped)
    named &= len(dense["series"].unique()) > 1 or len(grouped) > 0
    lines = dense_labels(dense, stems=stems, named=named) if len(dense) else []
    inches = axes.get_window_extent().height / axes.figure.dpi
    most = MOST_LABELS if inches > TALL and dense.empty else FEW_LABELS
    labels = [*lines, *mark_labels(grouped, positions, kind, most)]
    found = write_labels(axes, labels, [*points, *beside], strokes)
    return all(found[: len(dense["series"].unique())])
