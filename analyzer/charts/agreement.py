"""Who agrees with whom, wherever two of them say what can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.patches import Rectangle

from analyzer.charts import theme
from analyzer.charts.chart import Chart
from analyzer.charts.readings import short_names
from analyzer.charts.sheet import POINT, Key, new_sheet, text_width

MOST: Final = 24  # rows
LARGEST, SMALLEST = 0.42, 0.22  # inches, of a cell
TINY: Final = 6.0  # points, of the numbers in small cells
SIDE: Final = 0.15  # inches left and right
NAME_GAP: Final = 0.08
SCALE: Final = LinearSegmentedColormap.from_list("agreement", ["#ededed", "#3a3a3a"])
DARK: Final = 0.6  # shares above it are written in white
NEUTRAL: Final = 1.0  # how many comparisons the overall share weighs in the order of rows


@theme.drawing()
def draw_agreement(
    agreement: pd.DataFrame, names: Mapping[str, str], claims: pd.DataFrame, title: str = ""
) -> Chart | None:
    """Draw a triangle of cells, each how often two authorities agree, like a table of distances.

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
        None where nothing can be compared.
    """
    pairs = agreement[agreement["comparable"] > 0].sort_values(["a", "b"])
    if pairs.empty:
        return None
    keys, cell, texts = _fit(_most_compared(pairs), pairs, names, claims)
    shown = pairs[pairs["a"].isin(keys) & pairs["b"].isin(keys)]
    title = title or _title(pairs)
    figure, axes = new_sheet(
        title,
        _subtitle(pairs, shown, keys),
        _keys(),
        cell * len(keys),
        left=SIDE,
        right=SIDE,
        below=0.1,
    )
    axes.set_axis_off()
    axes.set_xlim(0, (theme.WIDTH - 2 * SIDE) / cell)
    axes.set_ylim(len(keys), 0)
    _draw_cells(axes, shown, keys, cell)
    for place, text in enumerate(texts):
        x = place + NAME_GAP / cell
        axes.text(x, place + 0.5, text, size=theme.SMALL, va="center_baseline", gid="name")
    caption = (
        "Read it like a table of distances: a cell is where the row of one name, to its left, "
        "meets the column of another, below that name. The first number is how many comparisons "
        "agree, the other how many there are."
    )
    return Chart(figure, title, _alt(pairs, keys, names), caption)


def _most_compared(pairs: pd.DataFrame) -> list[str]:
    """Those with the most comparisons first; equal numbers go by key."""
    ends = pd.concat([pairs.set_index(end)["comparable"] for end in ("a", "b")])
    totals = ends.groupby(level=0).sum()
    return sorted(totals.index, key=lambda key: (-totals[key], key))[:MOST]


def _fit(
    keys: list[str], pairs: pd.DataFrame, names: Mapping[str, str], claims: pd.DataFrame
) -> tuple[list[str], float, list[str]]:
    """Find the order, the size of a cell, and the texts; the least compared go for want of room."""
    counts = claims["authority"].value_counts()
    printed = short_names(pd.Series([names.get(key, key) for key in keys], dtype=object))
    words = {
        key: f"{name} ({counts.get(key, 0):,})" for key, name in zip(keys, printed, strict=True)
    }
    while True:
        order = seriate(keys, pairs)
        ways = [order, order[::-1]]
        cells = [_cell([words[key] for key in way]) for way in ways]
        best = int(cells[1] > cells[0])
        if cells[best] >= SMALLEST or len(keys) <= 2:
            return ways[best], cells[best], [words[key] for key in ways[best]]
        keys = keys[:-1]


def _cell(texts: list[str]) -> float:
    """Size of a cell with which each name fits beside its row."""
    room = theme.WIDTH - 2 * SIDE - NAME_GAP
    return min(
        LARGEST,
        *((room - text_width(text, theme.SMALL)) / max(n, 1) for n, text in enumerate(texts)),
    )


def seriate(keys: list[str], pairs: pd.DataFrame) -> list[str]:
    """Order in which those that agree stand together.

    Sorts by the Fiedler vector of the graph whose edges weigh the share of comparisons that agree
    (Atkins, Boman & Hendrickson 1998, SIAM Journal on Computing 28). Few comparisons count less:
    each share is drawn towards the overall one, which also stands for pairs without any.
    """
    keys = sorted(keys)
    if len(keys) < 3:
        return keys
    place = {key: n for n, key in enumerate(keys)}
    known = pairs[pairs["a"].isin(keys) & pairs["b"].isin(keys)]
    overall = pairs["agrees"].sum() / pairs["comparable"].sum()
    weight = np.full((len(keys), len(keys)), overall)
    for a, b, agrees, n in zip(
        known["a"], known["b"], known["agrees"], known["comparable"], strict=True
    ):
        share = (agrees + NEUTRAL * overall) / (n + NEUTRAL)
        weight[place[a], place[b]] = weight[place[b], place[a]] = share
    np.fill_diagonal(weight, 0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    vector = np.linalg.eigh(laplacian)[1][:, 1].round(9)
    if vector[np.argmax(np.abs(vector))] < 0:
        vector = -vector
    return [keys[n] for n in np.lexsort((np.arange(len(keys)), vector))]


def _draw_cells(axes: Axes, shown: pd.DataFrame, keys: list[str], cell: float) -> None:
    rows = len(keys)
    place = {key: n for n, key in enumerate(keys)}
    for row in range(rows):
        axes.plot([0, row], [row, row], color=theme.PALE, linewidth=0.5, zorder=1)
        axes.plot([row, row], [row, rows], color=theme.PALE, linewidth=0.5, zorder=1)
    axes.plot([0, rows - 1], [rows, rows], color=theme.PALE, linewidth=0.5, clip_on=False)
    joint, size = _writing(shown, cell)
    for a, b, agrees, n in zip(
        shown["a"], shown["b"], shown["agrees"], shown["comparable"], strict=True
    ):
        column, row = sorted((place[a], place[b]))
        look = {"facecolor": SCALE(agrees / n), "edgecolor": "white", "linewidth": 0.8}
        axes.add_patch(Rectangle((column, row), 1, 1, **look, zorder=2, gid="cell"))
        axes.text(
            column + 0.5,
            row + 0.5,
            f"{agrees:.0f}{joint}{n:.0f}",
            size=size,
            color="white" if agrees / n > DARK else theme.INK,
            ha="center",
            va="center",
            linespacing=0.95,
            zorder=3,
        )


def _writing(shown: pd.DataFrame, cell: float) -> tuple[str, float]:
    """How all cells are written: what stands between the numbers, and their size."""
    widest = "0" * len(f"{shown['comparable'].max():.0f}")
    if text_width(f"{widest}/{widest}", theme.SMALL) + 0.05 < cell:
        return "/", theme.SMALL
    roomy = text_width(widest, theme.SMALL) + 0.05 < cell and cell > 2.1 * theme.SMALL * POINT
    return "\n", theme.SMALL if roomy else TINY


def _keys() -> list[Key]:
    look = {"linestyle": "none", "marker": "s", "markersize": 8}
    edge = {"markeredgecolor": theme.GREY, "markeredgewidth": 0.4}
    shares = (("none agree", 0.0), ("half", 0.5), ("all agree", 1.0))
    keys = [Key(text, look | edge | {"color": to_hex(SCALE(share))}) for text, share in shares]
    return [*keys, Key("empty: nothing to compare", look | edge | {"color": "white"})]


def _title(pairs: pd.DataFrame) -> str:
    agrees, total = int(pairs["agrees"].sum()), int(pairs["comparable"].sum())
    return f"Who agrees with whom: {agrees:,} of {total:,} comparisons between two of them agree"


def _subtitle(pairs: pd.DataFrame, shown: pd.DataFrame, keys: list[str]) -> str:
    strains, against = int(pairs["strains"].sum()), int(pairs["contradicts"].sum())
    text = (
        f"Of the others, {strains:,} fit only if the wordings are stretched and {against:,} "
        "contradict each other. In brackets the number of claims of each."
    )
    others = len({*pairs["a"], *pairs["b"]}) - len(keys)
    if others:
        rest = int(pairs["comparable"].sum() - shown["comparable"].sum())
        text += (
            f" Not drawn: {others:,} with fewer comparisons, and {rest:,} comparisons with them."
        )
    return text


def _alt(pairs: pd.DataFrame, keys: list[str], names: Mapping[str, str]) -> str:
    drawn = pairs[pairs["a"].isin(keys) & pairs["b"].isin(keys)]
    ordered = drawn.sort_values(["comparable", "a", "b"], ascending=[False, True, True])
    often = ordered.iloc[0] if len(ordered) else None
    text = (
        f"Agreement of {len(keys)} authorities, pair by pair: {len(drawn):,} of "
        f"{len(keys) * (len(keys) - 1) // 2:,} pairs can be compared, in "
        f"{int(drawn['comparable'].sum()):,} comparisons, of which "
        f"{int(drawn['agrees'].sum()):,} agree."
    )
    if often is None:
        return text
    first, second = (names.get(str(often[end]), str(often[end])) for end in ("a", "b"))
    return (
        f"{text} Most often compared are {first} and {second}: they agree in "
        f"{often['agrees']:.0f} of {often['comparable']:.0f}."
    )
