"""Two series of one measure, and the gap between them."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from analyzer.charts import theme
from analyzer.charts.chart import Chart
from analyzer.charts.labels import LINE
from analyzer.charts.lines import day_scale, draw_line, head, name_ends, panel_below, unbroken
from analyzer.charts.marks import BAND, BAND_KEY
from analyzer.charts.readings import date_text, day_text, unit_text
from analyzer.charts.scales import day_numbers, set_values, set_x
from analyzer.charts.sheet import Key, new_sheet, wrap
from analyzer.readings import number
from analyzer.series.divergence import side_by_side

BODY: Final = 3.9  # inches
LEFT: Final = 0.72
BELOW: Final = 0.27  # part of the body for the gap
NAME: Final = 1.35  # inches for the names at the right
AROUND: Final = 0.12  # of the common days, that is drawn before and after them
LOOKS: Final = (theme.ORANGE, theme.SKY)


@theme.drawing()
def draw_gap_band(
    one: pd.DataFrame, other: pd.DataFrame, measure: pd.Series, names: tuple[str, str]
) -> Chart | None:
    """Draw two series around the days that both give, the band between them, and their gap.

    The lower panel shows the difference where now one, now the other is higher, and else the
    symmetric gap: the upper one shows the difference already.

    Parameters
    ----------
    one, other : DataFrame
        `series.panel.latest`, the rows of each series.
    measure : Series
        Its row in measures.csv.
    names : tuple of str
        What each series is called.

    Returns
    -------
    Chart or None
        None where they share fewer than two days, or never exclude each other.
    """
    both = side_by_side(one, other)
    if len(both) < 2 or not both["apart"].any():
        return None
    both = both.assign(difference=both["value"] - both["value_other"])
    lines = tuple(_near(line.sort_values("at", ignore_index=True), both) for line in (one, other))
    scale = day_scale(pd.concat([line["at"] for line in lines]))
    title = _title(measure, both, names)
    figure, axes = new_sheet(
        title,
        f"{unit_text(measure)} Drawn around the {len(both):,} days for which both give a figure.",
        [Key("between the two, where both are known", BAND_KEY)],
        BODY,
        left=LEFT,
        right=NAME + 0.3,
        below=LINE * (scale.lines + 1) + 0.1,
    )
    lower = panel_below(axes, BELOW, 0.36)
    ends = (
        [float(line["value"].max()) for line in lines],
        [float(line["value"].min()) for line in lines],
    )
    set_values(axes, min(0.0, *ends[1]), 1.06 * max(ends[0]) or 1.0, str(measure["unit"]))
    x = day_numbers(both["at"]).to_numpy()
    for run in unbroken(both["at"]):
        low, high = both["value"].to_numpy()[run], both["value_other"].to_numpy()[run]
        if len(run) > 1:
            axes.fill_between(x[run], low, high, gid="band", zorder=1, **BAND)
        axes.vlines(x[run], low, high, color=theme.PALE, linewidth=1, zorder=1).set_gid("days")
    for line, colour in zip(lines, LOOKS, strict=True):
        draw_line(axes, line["at"], line["value"], color=colour, linewidth=1.5, zorder=3)
    set_x(axes, scale)
    ends_of_lines = [float(line["value"].iloc[-1]) for line in lines]
    name_ends(axes, ends_of_lines, [wrap(name, NAME, theme.SMALL) for name in names], LOOKS)
    if _crosses(both):
        _draw_difference(lower, both, str(measure["unit"]))
    else:
        _draw_gap(lower, both)
    set_x(lower, scale)
    axes.tick_params(labelbottom=False)
    return Chart(figure, title, _alt(measure, both, names), _caption(both))


def _near(line: pd.DataFrame, both: pd.DataFrame) -> pd.DataFrame:
    first, last = both["at"].iloc[0], both["at"].iloc[-1]
    margin = max(AROUND * (last - first), pd.Timedelta(days=7))
    return line[line["at"].between(first - margin, last + margin)].reset_index(drop=True)


def _crosses(both: pd.DataFrame) -> bool:
    """Whether each of the two is the higher one at times."""
    return bool(both["above"].any() and (both["apart"] & ~both["above"]).any())


def _draw_difference(axes: Axes, both: pd.DataFrame, unit: str) -> None:
    """Difference of the two, on the side of the one that is higher."""
    x, difference = day_numbers(both["at"]).to_numpy(), both["difference"].to_numpy()
    for run in unbroken(both["at"]):
        for side, colour in zip((1, -1), LOOKS, strict=True):
            height = (side * difference[run]).clip(min=0) * side
            axes.fill_between(x[run], 0, height, color=colour, linewidth=0, gid="difference")
            axes.vlines(x[run], 0, height, color=colour, linewidth=0.8)
    axes.axhline(0, color=theme.GREY, linewidth=0.6, zorder=3)
    low, high = min(float(difference.min()), 0.0), max(float(difference.max()), 0.0)
    pad = 0.1 * (high - low)
    set_values(axes, low - pad, high + pad, unit, most=4)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda tick, _: number(abs(round(tick, 6)))))
    head(axes, "difference, in the colour of the one that is higher")


def _draw_gap(axes: Axes, both: pd.DataFrame) -> None:
    percent = 100 * both["gap"]
    draw_line(axes, both["at"], percent, color=theme.INK, linewidth=1.0, gid="gap")
    set_values(axes, 0.0, max(1.15 * float(percent.max()), 1.0), "percent", most=3)
    head(axes, "gap: the difference as a share of the sum of the two")


def _title(measure: pd.Series, both: pd.DataFrame, names: tuple[str, str]) -> str:
    last, differ = both.iloc[-1], int(both["apart"].sum())
    days = f"all {differ:,}" if differ == len(both) else f"{differ:,} of {len(both):,}"
    return (
        f"{measure['label']}: {number(last['value'])} by {names[0]}, and "
        f"{number(last['value_other'])} by {names[1]}, for {day_text(last['at'])}; the two differ "
        f"on {days} days that both give"
    )


def _alt(measure: pd.Series, both: pd.DataFrame, names: tuple[str, str]) -> str:
    widest = both.iloc[int(both["difference"].abs().where(both["apart"], 0.0).argmax())]
    above = int(both["above"].sum())
    below = int(both["apart"].sum()) - above
    return (
        f"Two lines of “{measure['label']}”, {date_text(both, 'at')}: on {len(both):,} common "
        f"days {names[0]} is above {names[1]} on {above:,} and below it on {below:,}. They differ "
        f"most on {day_text(widest['at'])}: {number(widest['value'])} against "
        f"{number(widest['value_other'])}; on the last day {number(both['value'].iloc[-1])} "
        f"against {number(both['value_other'].iloc[-1])}."
    )


def _caption(both: pd.DataFrame) -> str:
    lower = (
        "below is their difference, in the colour of the one that is higher"
        if _crosses(both)
        else "below is |a - b| / (|a| + |b|), in which neither side is the reference"
    )
    return (
        "Each line is a series as last published, broken where days are missing; the band joins "
        f"them where both are known, and {lower}."
    )
