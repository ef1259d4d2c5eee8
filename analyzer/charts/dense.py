"""Claims of series on a timeline: a line for each publisher instead of a mark a claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.lines import draw_line
from analyzer.charts.readings import OTHERS
from analyzer.charts.sheet import Key

DASHES: Final = ("solid", (0, (4, 1.5)), (0, (1, 1)))  # series of one origin, one after the other
WIDTH: Final = 1.1


def draw_dense(axes: Axes, marks: pd.DataFrame) -> None:
    """Draw each series as a line that takes the colour of whoever is cited from day to day.

    Parameters
    ----------
    marks : DataFrame
        Claims of series as from `add_colours`.
    """
    for (_, part), dash in zip(marks.groupby("series", sort=True), _dashes(marks), strict=True):
        line = part.sort_values(["at_first", "id"], ignore_index=True)
        for run in _runs(line):
            look = {"color": run["colour"].iloc[-1], "linestyle": dash, "linewidth": WIDTH}
            draw_line(axes, run["at_first"], run["value"], zorder=3, gid="series", **look)


def dense_keys(marks: pd.DataFrame) -> list[Key]:
    """Entries of the key: who is cited, and what tells series of one origin apart."""
    keys = []
    scopes, sources = (len(marks[column].unique()) > 1 for column in ("scope", "source"))
    for (_, part), dash in zip(marks.groupby("series", sort=True), _dashes(marks), strict=True):
        first = part.iloc[0]
        apart = [first["scope"].replace("_", " ")] if scopes and first["scope"] else []
        if sources and part["hue"].iloc[0] == OTHERS:
            apart.append(first["source_name"])
        counts = part.groupby(["hue", "colour"])["id"].size().reset_index(name="n")
        for hue, colour, n in counts.sort_values("n", ascending=False).itertuples(index=False):
            name = "other origins" if hue == OTHERS else str(hue)
            look = {"color": colour, "linestyle": dash, "linewidth": WIDTH + 0.4}
            keys.append(Key(f"{', '.join([name, *apart])} ({n:,})", look))
    return keys


def _dashes(marks: pd.DataFrame) -> list[Any]:
    """A dash for each series, in the order of their names; series of other colours share one."""
    leading = marks.groupby("series", sort=True)["colour"].agg(lambda part: part.mode().min())
    places = leading.groupby(leading).cumcount()
    return [DASHES[place % len(DASHES)] for place in places]


def _runs(line: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Stretches of one colour, each with the day before it, so that the line goes on."""
    runs = (line["colour"] != line["colour"].shift()).cumsum()
    for _, run in line.groupby(runs, sort=True):
        start = max(int(run.index[0]) - 1, 0)
        yield line.loc[start : run.index[-1]]
