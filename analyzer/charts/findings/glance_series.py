"""Small charts of series: a step that stands out, and two series that run apart."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.days import iso
from analyzer.charts.base.readings import day_text
from analyzer.charts.base.sheet import new_sheet, text_width
from analyzer.charts.findings.glance_lines import (
    BESIDE,
    draw_pair,
    draw_step,
    label_room,
    near,
)
from analyzer.phrases import listed
from analyzer.readings import number

HIGH: Final = 26 / 25.4  # inches
BELOW: Final = 0.175
RIGHT: Final = 0.1
HEAD: Final = 0.15


def step_chart(
    label: str, claims: pd.DataFrame, event: pd.Series, line: pd.DataFrame
) -> Chart | None:
    """Draw the figures of a series around the step, or the figure, that a finding is about."""
    shown = near(line, event)
    told = shown[shown["told"]]
    if len(shown) < 2 or told.empty:
        return None
    who = _who(claims)
    values = [f"{number(row['value'])} on {day_text(row['at'])}" for _, row in told.iterrows()]
    title = f"{label}: {', then '.join(values)}"
    left = label_room(shown["value"])
    body = HIGH - theme.MARGIN - BELOW - HEAD
    figure, axes = new_sheet(
        title, "", [], body + HEAD, left=left, right=RIGHT, below=BELOW, bare=True
    )
    x, y, wide, high = axes.get_position().bounds
    axes.set_position((x, y, wide, high * body / (body + HEAD)))
    inches = theme.WIDTH - left - RIGHT
    axes.text(
        (theme.MARGIN - left) / inches,
        1 + 0.5 * HEAD / body,
        who,
        size=theme.SMALL,
        color=theme.MUTED,
        va="center_baseline",
        transform=axes.transAxes,
        gid="who",
    )
    draw_step(axes, shown, event)
    alt = f"{label}, the figures of {who}: {', then '.join(values)}"
    fit = float(event["suggestion"]) if event["kind"] == "typing error" else np.nan
    if np.isfinite(fit):
        alt += f"; {number(fit)} would fit"
    return Chart(figure, title, f"{alt}.", "", points_data([shown], [who]))


def _who(claims: pd.DataFrame) -> str:
    """Whose series it is and who publishes it, as far as that fits in a line."""
    names = list(dict.fromkeys(claims.sort_values("id")["authority_name"]))
    publishers = sorted(set(claims["source_name"]) - set(names))
    told = listed(names, 2)
    full = f"{told}, published by {listed(publishers, 1)}" if publishers else told
    room = theme.WIDTH - 2 * theme.MARGIN
    fitting = [text for text in (full, told) if text_width(text, theme.SMALL) <= room]
    return fitting[0] if fitting else listed(names, 1)


def pair_chart(label: str, lines: list[pd.DataFrame], names: tuple[str, ...]) -> Chart | None:
    """Draw two series on the days from the first to the last that both cover."""
    if len(lines) != 2 or len(names) != 2:
        return None
    ordered = [line.sort_values("at", ignore_index=True) for line in lines]
    first = max(line["at"].min() for line in ordered)
    last = min(line["at"].max() for line in ordered)
    one, other = (line[line["at"].between(first, last)].reset_index(drop=True) for line in ordered)
    if min(len(one), len(other)) < 2:
        return None
    ends = [number(line["value"].iloc[-1]) for line in (one, other)]
    title = f"{label}, {day_text(last)}: {ends[0]} and {ends[1]} in two series"
    left = label_room(pd.concat([one, other])["value"])
    figure, axes = new_sheet(
        title,
        "",
        [],
        HIGH - theme.MARGIN - BELOW,
        left=left,
        right=BESIDE,
        below=BELOW,
        bare=True,
    )
    draw_pair(axes, (one, other), (names[0], names[1]))
    alt = (
        f"{label}, as two series give it from {day_text(first)} to {day_text(last)}: {names[0]} "
        f"ends at {ends[0]}, {names[1]} at {ends[1]}."
    )
    return Chart(figure, title, alt, "", points_data([one, other], list(names)))


def points_data(lines: list[pd.DataFrame], names: list[str]) -> pd.DataFrame:
    """The points of the lines, one row each."""
    told = [
        pd.DataFrame(
            {
                "series": name,
                "as_of": iso(line["at"]),
                "value": line["value"],
                "claim": line["claim"],
            }
        )
        for name, line in zip(names, lines, strict=True)
    ]
    return pd.concat(told, ignore_index=True)
