"""Claims of series on a timeline: a line or strokes for each publisher, not a mark a claim."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.base import theme
from analyzer.charts.base.labels import FAR, NAME_WIDTH, Label, line_boxes
from analyzer.charts.base.layout import Box
from analyzer.charts.base.lines import draw_line, unbroken
from analyzer.charts.base.readings import OTHERS, day_text
from analyzer.charts.base.scales import day_numbers
from analyzer.charts.base.sheet import POINT, Key, wrap
from analyzer.readings import number

DASHES: Final = ("solid", (0, (4, 1.5)), (0, (1, 1)))  # series of one origin, one after the other
WIDTH: Final = 1.2
STROKES: Final = (0.5, 2.5)  # points, of the narrowest and the widest stroke of a day
FILL: Final = 0.9  # of the usual distance between two


def draw_dense(axes: Axes, marks: pd.DataFrame, *, stems: bool) -> list[Box]:
    """Draw each series as a line that takes the colour of whoever is cited from day to day.

    Parameters
    ----------
    marks : DataFrame
        Claims of series as from `add_colours`.
    stems : bool
        Upright strokes from zero instead, for figures of single days or periods.

    Returns
    -------
    list of Box
        What no text may cover, in pixels.
    """
    boxes: list[Box] = []
    for (_, part), dash in zip(marks.groupby("series", sort=True), _dashes(marks), strict=True):
        line = part.sort_values(["at_first", "id"], ignore_index=True)
        if stems:
            boxes += _draw_stems(axes, line)
            continue
        for run in _runs(line):
            look = {"color": run["colour"].iloc[-1], "linestyle": dash, "linewidth": WIDTH}
            draw_line(axes, run["at_first"], run["value"], zorder=3, gid="series", **look)
        boxes += line_boxes(axes, day_numbers(line["at_first"]), line["value"])
    return boxes


def _draw_stems(axes: Axes, line: pd.DataFrame) -> list[Box]:
    """Strokes from zero; days without a figure lie in a grey stretch."""
    x = day_numbers(line["at_first"]).to_numpy()
    low, high = axes.get_xlim()
    inches = axes.get_window_extent().width / axes.figure.dpi
    apart = float(np.median(np.diff(x))) if len(x) > 1 else 1.0
    width = float(np.clip(FILL * apart * inches / POINT / (high - low), *STROKES))
    axes.vlines(x, 0, line["value"], color=line["colour"].tolist(), linewidth=width, zorder=3)
    axes.collections[-1].set_gid("series")
    runs = unbroken(line["at_first"])
    for before, after in pairwise(runs):
        gap = x[before[-1]] + 0.5, x[after[0]] - 0.5
        axes.axvspan(*gap, color=theme.WASH, linewidth=0, zorder=0.5, gid="gap")
    return line_boxes(axes, x, line["value"])


def dense_labels(marks: pd.DataFrame, *, stems: bool, named: bool) -> list[Label]:
    """Texts for the first and the last figure of each line, and for the highest stroke.

    `named` adds who is cited to the last figure.
    """
    firsts, lasts = [], []
    names = line_names(marks)
    for i, (series, part) in enumerate(marks.groupby("series", sort=True)):
        line = part.sort_values(["at_first", "id"], ignore_index=True)
        x = day_numbers(line["at_first"])
        at = int(line["value"].to_numpy().argmax()) if stems else len(line) - 1
        words = [str(line["text"].iloc[at])]
        words += [day_text(line["at_first"].iloc[at])] * stems
        words += wrap(names[str(series)], NAME_WIDTH, theme.SMALL) if named else []
        value = line["value"]
        lasts.append(Label(x.iloc[at], value.iloc[at], "\n".join(words), FAR, 1.5, 10_000 + i))
        if not stems and not named:
            first = str(line["text"].iloc[0])
            firsts.append(Label(x.iloc[0], value.iloc[0], first, 1.2, 1.5, 20_000 + i))
    return [*lasts, *firsts]


def line_names(marks: pd.DataFrame) -> dict[str, str]:
    """Who is cited last by each series, and what tells series of one origin apart."""
    names = {}
    scopes, sources = (len(marks[column].unique()) > 1 for column in ("scope", "source"))
    for series, part in marks.groupby("series", sort=True):
        last = part.sort_values(["at_first", "id"]).iloc[-1]
        apart = [last["scope"].replace("_", " ")] if scopes and last["scope"] else []
        if sources and last["hue"] == OTHERS:
            apart.append(last["source_name"])
        names[str(series)] = ", ".join([str(last["said_by"]), *apart])
    return names


def dense_keys(marks: pd.DataFrame) -> list[Key]:
    """Entries of the key: who is cited, and what tells series of one origin apart."""
    keys = []
    names = line_names(marks)
    for (series, part), dash in zip(
        marks.groupby("series", sort=True), _dashes(marks), strict=True
    ):
        counts = part.groupby(["hue", "colour"])["id"].size().reset_index(name="n")
        ordered = counts.sort_values(["n", "hue"], ascending=[False, True])
        for hue, colour, n in ordered.itertuples(index=False):
            name = "other origins" if hue == OTHERS else str(hue)
            if len(counts) == 1:
                name = names[str(series)]
            look = {"color": colour, "linestyle": dash, "linewidth": WIDTH + 0.4}
            keys.append(Key(f"{name} ({number(n)})", look))
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
