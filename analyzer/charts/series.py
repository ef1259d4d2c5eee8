"""One series day by day, its steps below, and what happened to it."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts import theme
from analyzer.charts.chart import Chart
from analyzer.charts.event_marks import (
    count_events,
    draw_events,
    event_keys,
    marked_events,
    quiet_events,
    runs_of_events,
    suggested,
)
from analyzer.charts.labels import LINE
from analyzer.charts.lines import day_scale, draw_line, head, label_points, line_points, panel_below
from analyzer.charts.marks import arrow
from analyzer.charts.readings import date_text, day_text, unit_text
from analyzer.charts.scales import day_numbers, set_values, set_x
from analyzer.charts.sheet import Key, new_sheet
from analyzer.phrases import listed
from analyzer.readings import number

BODY: Final = 3.3  # inches
OF_FLOW: Final = 2.4  # there is no panel of steps
LEFT: Final = 0.72
BELOW: Final = 0.3  # part of the body for the steps
MOST_LABELS: Final = 8
REACH: Final = 8.5  # lines between a mark and its label
USUAL: Final = 0.98  # share of the steps that the lower panel is sized for
ROOM: Final = 1.5
STEP: Final[dict[str, Any]] = {"color": theme.SKY, "linewidth": 1.0}


@theme.drawing()
def draw_series(
    panel: pd.DataFrame, events: pd.DataFrame, measure: pd.Series, source_name: str
) -> Chart | None:
    """Draw the figures of one series as they now stand, and mark its events.

    Below a running total or a stock stand its steps from one figure to the next; a flow is
    strokes from zero.

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
    line = panel.sort_values(["at", "first"]).drop_duplicates("at", keep="last", ignore_index=True)
    if len(line) < 2 or events.empty:
        return None
    flow = bool(line["kind"].iloc[0] == "flow")
    told = marked_events(events)
    quiet = quiet_events(events, told)
    runs = runs_of_events(told, line)
    scale = day_scale(line["at"])
    title = _title(measure, line, told, flow)
    figure, axes = new_sheet(
        title,
        f"{unit_text(measure)} {source_name}, {len(line):,} days.",
        [*_line_keys(flow), *event_keys(quiet, told)],
        OF_FLOW if flow else BODY,
        left=LEFT,
        below=LINE * (scale.lines + 1) + 0.1,
    )
    unit = str(measure["unit"])
    steps = None if flow else panel_below(axes, BELOW, 0.36)
    low, high = _ends(line, told)
    set_values(axes, low, high, unit)
    if flow:
        axes.vlines(day_numbers(line["at"]), 0, line["value"], gid="series", **STEP)
    else:
        draw_line(axes, line["at"], line["value"], color=theme.INK, linewidth=1.1, gid="series")
    set_x(axes, scale)
    draw_events(axes, quiet, told)
    label_points(
        axes, runs[runs["run"].isin(_first(runs))], line_points(line["at"], line["value"]), REACH
    )
    if steps is not None:
        _draw_steps(steps, line, unit)
        set_x(steps, scale)
        axes.tick_params(labelbottom=False)
    return Chart(figure, title, _alt(measure, line, runs, source_name), _caption(quiet, told, flow))


def _first(runs: pd.DataFrame) -> pd.Series:
    return runs["run"].drop_duplicates().head(MOST_LABELS)


def _ends(line: pd.DataFrame, told: pd.DataFrame) -> tuple[float, float]:
    """From zero, or the lowest figure below it, to above the highest figure or suggestion."""
    values = pd.concat([line["value"], told["value"], suggested(told)["suggestion"]])
    low, high = float(values.min()), float(values.max())
    return min(0.0, 1.1 * low), 1.1 * high or 1.0


def _draw_steps(axes: Axes, line: pd.DataFrame, unit: str) -> None:
    step = line["value"].diff()
    x = day_numbers(line["at"])
    moved = step[step.fillna(0) != 0].abs()
    most = max(ROOM * float(moved.quantile(USUAL)), 1.0) if len(moved) else 1.0
    low = max(min(float(step.min()), 0.0), -most)
    high = min(max(float(step.max()), 1.0), most)
    axes.vlines(x, 0, step.clip(low, high), gid="steps", **STEP)
    pad = 0.14 * (high - low)
    set_values(axes, low - pad if low < 0 else 0.0, high + pad, unit, most=3)
    for beyond, end, direction in ((step > high, high, "up"), (step < low, low, "down")):
        if beyond.any():
            ends = [end] * int(beyond.sum())
            gid = f"beyond {direction}"
            axes.plot(x[beyond], ends, gid=gid, zorder=3, **arrow(direction, 6.0))
    axes.axhline(0, color=theme.GREY, linewidth=0.6)
    arrows = "; arrows go beyond the panel" if (step.abs() > most).any() else ""
    head(axes, f"step from one figure to the next{arrows}")


def _line_keys(flow: bool) -> list[Key]:
    if flow:
        return [Key("as last published", STEP)]
    return [Key("as last published", {"color": theme.INK, "linewidth": 1.1})]


def _title(measure: pd.Series, line: pd.DataFrame, told: pd.DataFrame, flow: bool) -> str:
    if flow:
        top = line.iloc[int(line["value"].argmax())]
        text = f"up to {number(top['value'])} ({day_text(top['at'])})"
    else:
        text = f"{number(line['value'].iloc[0])} to {number(line['value'].iloc[-1])}"
    happened = listed(count_events(told), 3)
    text = f"{measure['label']}: {text}, {date_text(line, 'at')}"
    return f"{text}; {happened}" if happened else text


def _alt(measure: pd.Series, line: pd.DataFrame, runs: pd.DataFrame, source_name: str) -> str:
    one_each = runs.drop_duplicates("run")
    named = [
        f"{text.replace(chr(10), ', ')} ({number(value)})"
        for text, value in zip(one_each["text"], one_each["y"], strict=True)
    ]
    return (
        f"Figures of “{measure['label']}” by {source_name}, {len(line):,} days, "
        f"{date_text(line, 'at')}, from {number(line['value'].iloc[0])} to "
        f"{number(line['value'].iloc[-1])}, at most {number(line['value'].max())}. "
        f"{f'Marked: {listed(named, MOST_LABELS)}.' if named else 'No event is marked.'}"
    )


def _caption(quiet: pd.DataFrame, told: pd.DataFrame, flow: bool) -> str:
    text = "The series as last published"
    text += "." if flow else ", broken where days are missing; below, its steps."
    if len(told):
        text += " Marks name the likeliest cause, which is no verdict."
    if len(suggested(told)):
        text += " A hollow mark is the figure that would fit, which nobody gave."
    if len(quiet):
        text += " Short strokes at the bottom are days on which something happened that is common."
    return text
