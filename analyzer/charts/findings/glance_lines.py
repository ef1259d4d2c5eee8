"""Short lines: a step of a series that stands out, and two series that run apart."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from analyzer.charts.base import theme
from analyzer.charts.base.days import set_days
from analyzer.charts.base.layout import spread
from analyzer.charts.base.lines import draw_line, unbroken
from analyzer.charts.base.readings import day_text
from analyzer.charts.base.scales import day_numbers
from analyzer.charts.base.sheet import POINT, shorten, text_width, wrap
from analyzer.charts.claims.stand_marks import exact
from analyzer.readings import number

AROUND: Final = 12  # figures that are drawn before and after a step: at most,
LEAST: Final = 2  # and more than so many,
VISIBLE: Final = 0.3  # as few as make it this part of the height
LINE: Final[dict[str, Any]] = {"linewidth": 1.2, "solid_joinstyle": "round", "zorder": 3}
LOOKS: Final = (theme.ORANGE, theme.SKY)  # as in the large chart of the two series
OUTLINE: Final = (withStroke(linewidth=2.0, foreground="white"),)
BESIDE: Final = 1.55  # inches for the names of two lines
TOP: Final = 0.08  # of the height, left free above two lines
APART: Final = 0.14  # inches between two numbers of an axis
TIE: Final = 0.1  # inches from the end of a line to its name


def near(line: pd.DataFrame, event: pd.Series) -> pd.DataFrame:
    """The figures around an event; `told` marks those that it is about.

    Parameters
    ----------
    line : DataFrame
        `series.panel.latest`, the rows of one series.
    event : Series
        A row of `schemas.Events`.
    """
    line = line.sort_values("at", ignore_index=True)
    last = int(line["at"].searchsorted(event["at_last"]))
    step = event["kind"] in ("fall", "surge", "switch")
    about = line["value"].iloc[max(last - 1, 0) : last + 1].tolist()
    if event["kind"] == "typing error":
        about = [*line["value"].iloc[last : last + 1], float(event["suggestion"])]
    for around in range(AROUND, LEAST, -1):
        shown = line.iloc[max(last - around, 0) : last + around + 1]
        if np.ptp(about) >= VISIBLE * np.ptp(shown["value"]):
            break
    told = (shown.index == last) | (step & (shown.index == last - 1))
    return shown.assign(told=told).reset_index(drop=True)


def draw_step(axes: Axes, line: pd.DataFrame, event: pd.Series) -> None:
    """Draw the figures around a step as a line, and name the two between which it lies."""
    days, values = day_numbers(line["at"]), line["value"]
    draw_line(axes, line["at"], values, color=theme.GREY, **LINE)
    axes.plot(days, values, linestyle="none", marker="o", markersize=1.8, color=theme.GREY)
    fit = float(event["suggestion"]) if event["kind"] == "typing error" else np.nan
    _days(axes, line["at"].iloc[0], line["at"].iloc[-1])
    _values(axes, pd.concat([values, pd.Series([fit]).dropna()]))
    told = line[line["told"]]
    new_count = event["kind"] == "switch" or len(unbroken(told["at"])) > 1
    dotted = (0, (1, 1.6)) if new_count or _broken(line) else "-"
    look: dict[str, Any] = {
        "color": theme.INK,
        "linewidth": 1.4,
        "linestyle": dotted,
        "clip_on": False,
    }
    x = days[line["told"]]
    axes.plot(x, told["value"], marker="o", markersize=4, zorder=4, gid="told", **look)
    if np.isfinite(fit):
        _name_two(axes, told.iloc[-1], fit)
        return
    up = told["value"].iloc[-1] > told["value"].iloc[0]
    for place, (_, row) in enumerate(told.iterrows()):
        above = (place == 0) != up or len(told) == 1
        _name(axes, row, above=above, side=_side_of(axes, row, leans=up, first=place == 0))


def _broken(line: pd.DataFrame) -> bool:
    """Whether days are missing between the two figures of a step, so that its line is broken."""
    places = set(line.index[line["told"]])
    return len(places) > 1 and not any(places <= set(run) for run in unbroken(line["at"]))


def _days(axes: Axes, first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Name the first and the last day, each within the axis."""
    set_days(axes, first, last, [])
    low, high = day_numbers(pd.Series([first, last]))
    same_year = first.year == last.year
    begin = day_text(first).rsplit(" ", 1)[0] if same_year else day_text(first)
    axes.set_xticks([low, high], [begin, day_text(last)])
    axes.tick_params(axis="x", pad=1, length=1.5)
    left, right = axes.get_xticklabels()
    left.set_horizontalalignment("left")
    right.set_horizontalalignment("right")


def _side_of(axes: Axes, row: pd.Series, *, leans: bool, first: bool) -> str:
    """Where the words start: beside a rise away from the line, else in the middle; inside."""
    wide = text_width(_words(row), theme.SMALL, "bold") * axes.figure.dpi
    x = axes.transData.transform((float(day_numbers(pd.Series([row["at"]]))[0]), 0))[0]
    box = axes.bbox
    side = ("left" if first else "right") if leans else "center"
    room = {"left": wide, "center": wide / 2, "right": 0.0}[side]
    if x + room > box.x1:
        return "right"
    return "left" if x - (wide - room) < box.x0 else side


def _words(row: pd.Series) -> str:
    return f"{number(row['value'])} on {day_text(row['at'])}"


def _name(axes: Axes, row: pd.Series, *, above: bool, side: str) -> None:
    axes.annotate(
        _words(row),
        (float(day_numbers(pd.Series([row["at"]]))[0]), row["value"]),
        (0, 3.5 if above else -3.5),
        textcoords="offset points",
        size=theme.SMALL,
        weight="bold",
        ha=side,
        va="bottom" if above else "top",
        path_effects=OUTLINE,
        zorder=6,
        gid="figure",
    )


def _name_two(axes: Axes, row: pd.Series, fit: float) -> None:
    """Name a mistyped figure and the one that would fit, above and below."""
    at = float(day_numbers(pd.Series([row["at"]]))[0])
    look: dict[str, Any] = {"linestyle": "none", "marker": "D", "markersize": 4}
    look |= {"markerfacecolor": "white"}
    axes.plot([at], [fit], markeredgecolor=theme.INK, zorder=5, gid="fitting", **look)
    high = row["value"] > fit
    _name(axes, row, above=high, side=_side_of(axes, row, leans=False, first=True))
    axes.annotate(
        f"{number(fit)} would fit",
        (at, fit),
        (0, -3.5 if high else 3.5),
        textcoords="offset points",
        size=theme.SMALL,
        ha="center",
        va="top" if high else "bottom",
        path_effects=OUTLINE,
        zorder=6,
        gid="figure",
    )


def _values(axes: Axes, values: pd.Series) -> None:
    """Set the ends of the axis with room for words above and below, and two or three numbers."""
    low, high = float(values.min()), float(values.max())
    box = axes.get_window_extent()
    words = 1.9 * theme.SMALL * POINT * axes.figure.dpi / box.height
    pad = (high - low or abs(high) * 0.1 or 1.0) * words / max(1 - 2 * words, 0.2)
    axes.set_ylim(low - pad, high + pad)
    _numbers(axes, low, high)


def label_room(values: pd.Series) -> float:
    """Inches at the left for the numbers of the axis."""
    low, high = float(values.min()), float(values.max())
    texts = [number(round(end)) for end in (low, high)]
    return max(text_width(text, theme.SMALL) for text in texts) + 0.12


def draw_pair(axes: Axes, lines: tuple[pd.DataFrame, pd.DataFrame], names: tuple[str, str]) -> None:
    """Draw two series above zero and name their ends; the first is the thicker one beneath."""
    both = pd.concat(lines)
    _days(axes, both["at"].min(), both["at"].max())
    low, high = min(0.0, float(both["value"].min())), float(both["value"].max())
    axes.set_ylim(low, high + TOP * (high - low))
    _numbers(axes, low, high)
    ends = []
    for line, colour, width in zip(lines, LOOKS, (2.2, 1.1), strict=True):
        draw_line(axes, line["at"], line["value"], color=colour, **LINE | {"linewidth": width})
        ends.append((float(day_numbers(line["at"]).iloc[-1]), float(line["value"].iloc[-1])))
    _end_names(axes, names, ends)


def _numbers(axes: Axes, low: float, high: float) -> None:
    """Two or three numbers at the left, and thin lines from them."""
    locator = MaxNLocator(nbins=2, steps=[1, 2, 5, 10], integer=high > 3)
    ticks = [float(x) for x in locator.tick_values(low, high) if low <= x <= high and exact(x)]
    bottom, top = axes.get_ylim()
    inches = axes.get_window_extent().height / axes.figure.dpi
    if len(ticks) > 1 and (ticks[1] - ticks[0]) / (top - bottom) * inches < APART:
        ticks = [ticks[0], ticks[-1]] if len(ticks) > 2 else ticks[:1]
    axes.set_yticks(ticks, [number(round(x, 6)) for x in ticks])
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)


def _end_names(axes: Axes, names: tuple[str, str], ends: list[tuple[float, float]]) -> None:
    """Figure and name at the right of each line, tied to its end."""
    dpi = axes.figure.dpi
    box = axes.get_window_extent()
    line = theme.LEADING * theme.SMALL * POINT * dpi
    fitted = [_fit(name) for name in names]
    sizes = [(1 + len(part)) * line + 1 for part in fitted]
    wanted = [float(axes.transData.transform((0, y))[1]) for _, y in ends]
    top = box.y1 + 0.04 * dpi
    centres = spread(wanted, sizes, min(box.y0 - 0.16 * dpi, top - sum(sizes)), top)
    for place, (x, y) in enumerate(ends):
        middle = (centres[place] - box.y0) / box.height
        start = (y - axes.get_ylim()[0]) / (axes.get_ylim()[1] - axes.get_ylim()[0])
        edge = axes.transAxes.inverted().transform(axes.transData.transform((x, y)))[0]
        tie = 1 + TIE * dpi / box.width
        axes.plot(
            [edge, tie],
            [start, middle],
            color=LOOKS[place],
            linewidth=0.7,
            transform=axes.transAxes,
            clip_on=False,
        )
        up = (sizes[place] / 2 - 0.5 * line) / box.height
        across = tie + 0.03 * dpi / box.width
        for row, text in enumerate([number(y), *fitted[place]]):
            axes.text(
                across,
                middle + up - row * line / box.height,
                text,
                size=theme.SMALL,
                weight="normal" if row else "bold",
                va="center_baseline",
                transform=axes.transAxes,
                gid="who" if row else "figure",
            )


def _fit(name: str) -> list[str]:
    """A name in at most two lines."""
    room = BESIDE - TIE - 0.07
    rows = wrap(name, room, theme.SMALL)
    return rows if len(rows) < 3 else [rows[0], shorten(" ".join(rows[1:]), room, theme.SMALL)]
