"""One series day by day, what happened to it, and the weightiest event enlarged."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.days import day_ticks, set_days, tick_lines, value_room
from analyzer.charts.base.labels import LINE
from analyzer.charts.base.lines import draw_line, unbroken
from analyzer.charts.base.pins import along, marked, pin, upright
from analyzer.charts.base.scales import day_numbers, set_values
from analyzer.charts.base.sheet import new_sheet
from analyzer.charts.series.closeup import closeup_days, draw_closeup
from analyzer.charts.series.event_marks import (
    draw_events,
    event_keys,
    leading_event,
    marked_events,
    quiet_events,
    runs_of_events,
    with_fitting,
)
from analyzer.charts.series.series_titles import series_title
from analyzer.charts.series.series_words import (
    series_alt,
    series_caption,
    series_data,
    series_subtitle,
)

BODY: Final = 1.25  # inches, of the whole series
LITTLE: Final = 1.0  # without an event
CLOSE: Final = 0.95  # of the close-up
RIGHT: Final = 0.14
MOST_LABELS: Final = 4
FLAT: Final = 0.5  # lowest as a share of the highest; a line above it need not start at zero
BAR: Final[dict[str, Any]] = {"color": theme.SKY, "linewidth": 1.0}


@theme.drawing()
def draw_series(
    panel: pd.DataFrame, events: pd.DataFrame, measure: pd.Series, source_name: str
) -> Chart | None:
    """Draw the figures of one series as they now stand, mark its events and enlarge the first.

    Parameters
    ----------
    panel : DataFrame
        `series.panel.latest`, the rows of one series.
    events : DataFrame
        `schemas.Events`, those of the series.
    measure : Series
        Its row in measures.csv.
    source_name : str
        Who publishes it.

    Returns
    -------
    Chart or None
        None for fewer than two days, or without an event.
    """
    line = panel.sort_values(["at", "first", "claim"])
    line = line.drop_duplicates("at", keep="last", ignore_index=True)
    if len(line) < 2 or events.empty:
        return None
    told = marked_events(events, line)
    quiet = quiet_events(events, told)
    low, high = _ends(line, told)
    near = line.iloc[:0]
    if len(told):
        near = closeup_days(line, leading_event(told), high - low)
    left = value_room(low, high, str(measure["unit"]))
    first, last = line["at"].iloc[0], line["at"].iloc[-1]
    ticks = day_ticks(first, last, theme.WIDTH - left - RIGHT)
    under = LINE * tick_lines(ticks) + 0.1
    extra = CLOSE + LINE * 2 + 0.14 + 0.2 if len(near) else 0.0
    title = series_title(measure, line, told)
    figure, axes = new_sheet(
        title,
        series_subtitle(measure, line, source_name),
        event_keys(told),
        BODY if len(told) else LITTLE,
        left=left,
        right=RIGHT,
        below=under + extra,
    )
    set_values(axes, low, high, str(measure["unit"]), most=4)
    set_days(axes, first, last, ticks)
    _draw_whole(axes, line, told, near)
    if len(near):
        width, height = figure.get_size_inches()
        place = (left / width, (LINE * 2 + 0.14) / height)
        lower = figure.add_axes((*place, 1 - (left + RIGHT) / width, CLOSE / height))
        draw_closeup(lower, near, told, leading_event(told), str(measure["unit"]))
    hollow = with_fitting(told, axes)
    caption = series_caption(line, hollow, quiet, low <= 0, len(near) > 0)
    alt = series_alt(measure, line, told, source_name)
    return Chart(figure, title, alt, caption, series_data(line, told))


def _ends(line: pd.DataFrame, told: pd.DataFrame) -> tuple[float, float]:
    """From zero, unless all of a line lies far above it, to above the highest mark."""
    values = pd.concat([line["value"], told["value"], told["fitting"]]).dropna()
    low, high = float(values.min()), float(values.max())
    if line["kind"].iloc[0] == "flow":
        low = float(line["value"].min())
        return min(0.0, 1.1 * low), 1.15 * high or 1.0
    if low > FLAT * high and high > low:
        pad = 0.12 * (high - low)
        return low - pad, high + pad
    return min(0.0, 1.1 * low), 1.12 * high or 1.0


def _draw_whole(axes: Axes, line: pd.DataFrame, told: pd.DataFrame, near: pd.DataFrame) -> None:
    x = day_numbers(line["at"]).to_numpy()
    if line["kind"].iloc[0] == "flow":
        axes.vlines(x, 0, line["value"], gid="series", **BAR)
        avoid = upright(axes, x, 0, line["value"])
    else:
        draw_line(axes, line["at"], line["value"], color=theme.INK, linewidth=1.1, gid="series")
        runs = unbroken(line["at"])
        avoid = [box for run in runs for box in along(axes, x[run], line["value"].iloc[run])]
    draw_events(axes, told)
    others = told
    if len(near):
        ends = day_numbers(near["at"]).iloc[[0, -1]].to_numpy()
        least = 0.012 * (x[-1] - x[0])
        wider = max(0.0, least - (ends[1] - ends[0]) / 2)
        axes.axvspan(
            ends[0] - wider, ends[1] + wider, color=theme.PALE, linewidth=0, zorder=0, gid="near"
        )
        others = told[~told["at_last"].between(near["at"].iloc[0], near["at"].iloc[-1])]
    labels = runs_of_events(others, line)
    labels = labels[labels["run"].isin(labels["run"].drop_duplicates().head(MOST_LABELS))]
    marks = marked(axes, day_numbers(told["at_last"]), told["value"])
    own = marked(axes, labels["x"], labels["y"])
    pin(axes, labels, [*avoid, *(m for m in marks if m not in own)], 5.0)
