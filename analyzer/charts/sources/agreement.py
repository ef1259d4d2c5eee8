"""Who agrees with whom, wherever two of them say what can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.patches import Polygon, Rectangle

from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.labels import LINE
from analyzer.charts.base.readings import short_names
from analyzer.charts.base.sheet import Key, new_sheet, text_width, wrap
from analyzer.charts.sources.agreement_order import rank_by_comparisons, seriate
from analyzer.charts.sources.agreement_words import (
    tabulate_pairs,
    write_alt,
    write_subtitle,
    write_title,
)

FEWEST: Final = 3  # origins; two are one number, and no table
MOST: Final = 8
ROOM: Final = theme.WIDTH - 2 * theme.MARGIN  # inches
NARROW: Final = 0.34  # inches, of a cell
HIGH: Final = 2 * LINE + 0.06
UNUSED: Final = 0.08  # of the first row, which has no cell
NAME_GAP: Final = 0.06
NAME_LINES: Final = 2
SCALE: Final = LinearSegmentedColormap.from_list("agreement", [theme.WASH, theme.SKY])
CORNER: Final = 0.075  # inches, of the mark of claims that can't both be true


@dataclass(frozen=True, slots=True)
class Table:
    """Who stands in the table, from top to bottom, with the lines of each name."""

    keys: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    cell: float  # inches


@theme.drawing()
def draw_agreement(
    agreement: pd.DataFrame, names: Mapping[str, str], claims: pd.DataFrame, title: str = ""
) -> Chart | None:
    """Draw a triangle of cells, each how often two origins agree, like a table of distances.

    Parameters
    ----------
    agreement : DataFrame
        One row a pair with comparable claims: a, b (a before b), comparable, agrees, strains,
        contradicts, all in comparisons. Pairs that are absent stay empty.
    names : mapping of str to str
        Printed names.
    claims : DataFrame
        `schemas.Aligned`; `authority` gives the number of claims behind each name.
    title : str
        Printed above the chart; blank for a sentence made from the pairs.

    Returns
    -------
    Chart or None
        None where fewer than three can be compared.
    """
    pairs = agreement[agreement["comparable"] > 0].sort_values(["a", "b"])
    ranked = rank_by_comparisons(pairs)
    if len(ranked) < FEWEST:
        return None
    counts = claims["authority"].value_counts()
    table = _fit(ranked, pairs, names, counts)
    shown = pairs[pairs["a"].isin(table.keys) & pairs["b"].isin(table.keys)]
    rows = len(table.keys)
    title = title or write_title(pairs)
    figure, axes = new_sheet(
        title,
        write_subtitle(pairs, len(ranked), rows),
        _keys(shown, rows),
        HIGH * rows - UNUSED,
        left=theme.MARGIN,
        right=theme.MARGIN,
        below=0.06,
    )
    axes.set_axis_off()
    axes.set(xlim=(0, ROOM), ylim=(HIGH * rows, UNUSED))
    _draw_empty(axes, table)
    _draw_cells(axes, shown, table)
    _draw_names(axes, table)
    data = tabulate_pairs(pairs, table.keys, names, counts)
    return Chart(figure, title, write_alt(pairs, table.keys, names), CAPTION, data)


CAPTION: Final = (
    "A cell stands where the row of one name, to its left, meets the column of another, below that "
    "name: how many comparisons agree, of how many. In brackets the number of claims of each."
)


def _fit(
    ranked: list[str], pairs: pd.DataFrame, names: Mapping[str, str], counts: pd.Series
) -> Table:
    """Find the order and the lines of each name; the least compared go for want of room."""
    for most in range(min(MOST, len(ranked)), 1, -1):
        keys = ranked[:most]
        shown = pairs[pairs["a"].isin(keys) & pairs["b"].isin(keys)]
        cell = _cell(shown)
        printed = short_names(pd.Series([names.get(key, key) for key in keys], dtype=object))
        words = {
            key: f"{name} ({counts.get(key, 0):,})" for key, name in zip(keys, printed, strict=True)
        }
        order = seriate(keys, pairs)
        found = [_table(way, words, cell) for way in (order, order[::-1])]
        best = min(found, key=lambda one: max(map(len, one.names)))
        if max(map(len, best.names)) <= NAME_LINES:
            break
    return best


def _cell(shown: pd.DataFrame) -> float:
    """Width of a cell in which the widest number fits."""
    texts = [f"of {n:,.0f}" for n in shown["comparable"]]
    return max([NARROW, *(text_width(text, theme.SMALL) + 0.08 for text in texts)])


def _table(keys: list[str], words: Mapping[str, str], cell: float) -> Table:
    rooms = [max(ROOM - n * cell - NAME_GAP, 0.3) for n in range(len(keys))]
    lines = [
        tuple(wrap(words[key], room, theme.SMALL)) for key, room in zip(keys, rooms, strict=True)
    ]
    return Table(tuple(keys), tuple(lines), cell)


def _draw_empty(axes: Axes, table: Table) -> None:
    """Draw the frames of cells; those with nothing to compare stay white."""
    look: dict[str, Any] = {"facecolor": "white", "edgecolor": theme.PALE, "linewidth": 0.6}
    for row in range(len(table.keys)):
        for column in range(row):
            at = (column * table.cell, row * HIGH)
            axes.add_patch(Rectangle(at, table.cell, HIGH, **look, zorder=1, clip_on=False))


def _draw_cells(axes: Axes, shown: pd.DataFrame, table: Table) -> None:
    place = {key: n for n, key in enumerate(table.keys)}
    for _, pair in shown.iterrows():
        column, row = sorted((place[pair["a"]], place[pair["b"]]))
        left, top = column * table.cell, row * HIGH
        colour = SCALE(pair["agrees"] / pair["comparable"])
        look: dict[str, Any] = {"facecolor": colour, "edgecolor": "white", "linewidth": 0.8}
        axes.add_patch(Rectangle((left, top), table.cell, HIGH, **look, zorder=2, gid="cell"))
        if pair["contradicts"]:
            right = left + table.cell
            corner = [(right, top), (right - CORNER, top), (right, top + CORNER)]
            axes.add_patch(Polygon(corner, color=theme.INK, linewidth=0, zorder=3, gid="corner"))
        axes.text(
            left + table.cell / 2,
            top + HIGH / 2,
            f"{pair['agrees']:,.0f}\nof {pair['comparable']:,.0f}",
            size=theme.SMALL,
            ha="center",
            va="center",
            linespacing=1.0,
            zorder=4,
        )


def _draw_names(axes: Axes, table: Table) -> None:
    for n, lines in enumerate(table.names):
        x = n * table.cell + NAME_GAP
        for line, text in enumerate(lines):
            y = (n + 0.5) * HIGH + (line - (len(lines) - 1) / 2) * LINE
            axes.text(x, y, text, size=theme.SMALL, va="center_baseline", gid="name")


def _keys(shown: pd.DataFrame, rows: int) -> list[Key]:
    look = {"linestyle": "none", "marker": "s", "markersize": 7}
    edge = {"markeredgecolor": theme.GREY, "markeredgewidth": 0.4}
    shares = (("none agree", 0.0), ("half", 0.5), ("all agree", 1.0))
    keys = [Key(text, look | edge | {"color": to_hex(SCALE(share))}) for text, share in shares]
    if len(shown) < rows * (rows - 1) // 2:
        keys.append(Key("nothing to compare", look | edge | {"color": "white"}))
    if shown["contradicts"].any():
        corner = [(0, 1), (1, 1), (1, 0)]
        mark = {"linestyle": "none", "marker": corner, "markersize": 7, "color": theme.INK}
        keys.append(Key("some can't both be true", mark | {"markeredgewidth": 0}))
    return keys
