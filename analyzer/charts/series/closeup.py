"""The days around the event that a chart is about, enlarged below the whole series."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.base import theme
from analyzer.charts.base.days import day_ticks, set_days, span_text
from analyzer.charts.base.lines import draw_line, head
from analyzer.charts.base.pins import along, marked, pin, upright
from analyzer.charts.base.readings import day_text
from analyzer.charts.base.scales import day_numbers, set_values
from analyzer.charts.series.event_marks import draw_events, event_text
from analyzer.readings import number

AROUND: Final = 8  # figures before and after the event
WORTH: Final = 30  # figures; of fewer each is seen in the chart of the whole
SEEN: Final = 0.15  # of the height of the whole; so large a step needs no close-up
PART: Final = 1 / 3  # of all days; so long a stretch shows no more than the whole
BAR: Final[dict[str, Any]] = {"color": theme.SKY, "linewidth": 4.0}


def closeup_days(line: pd.DataFrame, lead: pd.Series, height: float) -> pd.DataFrame:
    """Rows of the series around an event; none where the whole series shows it already.

    Parameters
    ----------
    height : float
        Range of the axis of the whole series.
    """
    flow = line["kind"].iloc[0] == "flow"
    moves = [abs(lead["step"]), abs(lead["fitting"] - lead["value"])]
    seen = not flow and np.nanmax([0.0, *moves]) > SEEN * height
    if len(line) < WORTH or seen:
        return line.iloc[:0]
    place = int(line["at"].searchsorted(lead["at_last"]))
    near = line.iloc[max(place - AROUND, 0) : place + AROUND + 1]
    whole = line["at"].iloc[-1] - line["at"].iloc[0]
    return near if near["at"].iloc[-1] - near["at"].iloc[0] < PART * whole else line.iloc[:0]


def draw_closeup(
    axes: Axes, near: pd.DataFrame, told: pd.DataFrame, lead: pd.Series, unit: str
) -> None:
    """Draw each figure of some days, with the event and the figure before it in words."""
    first, last = near["at"].iloc[0], near["at"].iloc[-1]
    mine = told[told["at_last"].between(first, last)]
    flow = bool(near["kind"].iloc[0] == "flow")
    low, high = _ends(near, mine, flow)
    set_values(axes, low, high, unit, most=3)
    inches = axes.get_position().width * theme.WIDTH
    set_days(axes, first, last, day_ticks(first, last, inches))
    axes.set_facecolor(theme.WASH)
    axes.grid(axis="y", color="white")
    x = day_numbers(near["at"])
    if flow:
        axes.vlines(x, 0, near["value"], **BAR)
        avoid = upright(axes, x, 0, near["value"])
    else:
        draw_line(axes, near["at"], near["value"], color=theme.INK, linewidth=1.0)
        axes.plot(x, near["value"], "o", color=theme.INK, markersize=2.2, gid="days")
        avoid = along(axes, x, near["value"])
    draw_events(axes, mine)
    spots = pd.concat([_points(mine, "value"), _points(mine, "fitting")])
    pins = _pins(near, lead, flow)
    others = spots[~spots.set_index(["x", "y"]).index.isin(pins.set_index(["x", "y"]).index)]
    pin(axes, pins, [*avoid, *marked(axes, others["x"], others["y"])], 7.0)
    head(axes, f"Enlarged: {span_text(first, last)}")


def _points(told: pd.DataFrame, column: str) -> pd.DataFrame:
    shown = told[told[column].notna()]
    return pd.DataFrame({"x": day_numbers(shown["at_last"]), "y": shown[column]})


def _ends(near: pd.DataFrame, mine: pd.DataFrame, flow: bool) -> tuple[float, float]:
    values = pd.concat([near["value"], mine["value"], mine["fitting"]]).dropna()
    if flow:
        values = values[values >= min(float(near["value"].min()), 0.0)]
        return min(0.0, 1.1 * float(values.min())), 1.35 * float(values.max()) or 1.0
    low, high = float(values.min()), float(values.max())
    pad = 0.28 * (high - low) or max(0.1 * abs(high), 1.0)
    return max(low - pad, 0.0) if low >= 0 else low - pad, high + pad


def _pins(near: pd.DataFrame, lead: pd.Series, flow: bool) -> pd.DataFrame:
    """Words at the event, at the figure that would fit, and at the figure before it."""
    x, day = _day(lead["at_last"])
    words = event_text(lead)
    kind = str(lead["kind"])
    if kind in ("fall", "surge") and pd.notna(lead["step"]):
        words = f"{words} to {number(lead['value'])}"
    else:
        words = number(lead["value"])
    rows = [(x, lead["value"], f"{words}\n{day}")]
    if pd.notna(lead["fitting"]) and lead["fitting"] >= 0:
        what = "would fit" if kind == "typing error" else "change of\nthe total"
        rows.append((x, lead["fitting"], f"{number(lead['fitting'])} {what}"))
    before = near[near["at"] < lead["at_last"]].tail(1)
    if len(before) and not flow:
        row = before.iloc[0]
        at, short = _day(row["at"])
        rows.append((at, row["value"], f"{number(row['value'])}\n{short}"))
    return pd.DataFrame(rows, columns=["x", "y", "text"])


def _day(day: pd.Timestamp) -> tuple[float, str]:
    """Where a day is on the axis, and its name without the year."""
    return float(day_numbers(pd.Series([day])).iloc[0]), day_text(day).rsplit(" ", 1)[0]
