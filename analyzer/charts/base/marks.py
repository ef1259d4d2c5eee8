"""How a claim is drawn: a point, its bounds as a bar, and an arrow for an open end."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.path import Path as Shape

from analyzer.charts.base import theme
from analyzer.charts.base.readings import OTHERS
from analyzer.charts.base.sheet import Key

DIAMETER = 4.4  # points, of one claim
LARGEST = 12.0
ARROW = 9.0  # points from the middle of a claim to the tip
SHAPES: Final = {theme.ORANGE: "o", theme.SKY: "D", theme.PURPLE: "^"}  # not by colour alone
LOOK = ["x", "x_first", "x_last", "value", "bar_low", "bar_high", "open_low", "open_high"]
CLASS = ["hollow", "planned", "ranged", "colour", "dated", "aside"]
BAND: Final[dict[str, Any]] = {"color": theme.PALE, "linewidth": 0}
BAND_KEY: Final = {"color": theme.PALE, "linewidth": 6, "solid_capstyle": "butt"}
THIN: Final = 0.012  # of an axis
HOLLOW: Final[dict[str, Any]] = {"markeredgecolor": theme.GREY, "markeredgewidth": 1.1}
TURNS = {"up": (0, 1), "down": (0, -1), "right": (1, 0), "left": (-1, 0)}


def group_marks(marks: pd.DataFrame) -> pd.DataFrame:
    """One row for claims that would be drawn on top of each other, in an order of their own.

    Adds `n` (claims), `beside` (origins other than the one that is named) and `diameter` (points;
    area grows with n); keeps the words of the claim that was said first.
    """
    order = marks.sort_values(["said_first", "id"], na_position="last", kind="stable")
    looks = [*LOOK, *CLASS]
    alike = order.groupby(looks)
    order = order.assign(
        n=alike["id"].transform("size"), beside=alike["said_by"].transform("nunique") - 1
    )
    rows = order.drop_duplicates(looks)
    diameter = (DIAMETER * np.sqrt(rows["n"])).clip(upper=LARGEST)
    return rows.assign(diameter=diameter).sort_values(
        ["n", "x", "value", "id"], ascending=[False, True, True, True], ignore_index=True
    )


def draw_marks(axes: Axes, marks: pd.DataFrame) -> None:
    """Draw grouped claims; upright bars, larger points beneath smaller ones."""
    bars = marks[marks["bar_low"] < marks["bar_high"]]
    axes.vlines(
        bars["x"], bars["bar_low"], bars["bar_high"], color=theme.GREY, linewidth=0.7, zorder=2
    ).set_gid("bounds")
    spans = marks[marks["x_first"] < marks["x_last"]]
    axes.hlines(
        spans["value"],
        spans["x_first"],
        spans["x_last"],
        color=theme.GREY,
        linewidth=0.7,
        linestyle=(0, (1, 1.5)),
        zorder=2,
    ).set_gid("days")
    for name, direction in (("open_high", "up"), ("open_low", "down")):
        ends = marks[marks[name]].drop_duplicates(["x", "value"])
        if len(ends):
            axes.plot(ends["x"], ends["value"], gid=name, zorder=3, **arrow(direction))
    stated_ranges = marks[marks["ranged"]]
    axes.vlines(
        stated_ranges["x"],
        stated_ranges["bar_low"],
        stated_ranges["bar_high"],
        color=stated_ranges["colour"].tolist(),
        linewidth=3,
        zorder=3,
    ).set_gid("ranges")
    draw_points(axes, marks[~marks["ranged"]], "x", "value")


def draw_points(axes: Axes, marks: pd.DataFrame, x: str, y: str) -> None:
    """Draw grouped claims as points at two of their columns, each origin's in its shape."""
    shapes = marks["colour"].map(SHAPES).fillna("o").mask(marks["planned"], "s")
    for shape, part in marks.groupby(shapes, sort=True):
        axes.scatter(
            part[x],
            part[y],
            s=(part["diameter"] * (0.85 if shape == "D" else 1.0)) ** 2,
            marker=str(shape),
            facecolors=np.where(part["hollow"], "white", part["colour"]).tolist(),
            edgecolors=np.where(part["hollow"], part["colour"], theme.INK).tolist(),
            linewidths=np.where(part["hollow"], 1.1, 0.35).tolist(),
            zorder=4,
            gid="claims",
            clip_on=False,
        )


def draw_bands(axes: Axes, bands: pd.DataFrame, **look: Any) -> None:
    """Draw upright bars; one that would be too thin to see is a stroke.

    Parameters
    ----------
    bands : DataFrame
        left, right, low, high, in the units of the axes.
    """
    bottom, top = axes.get_ylim()
    height = bands["high"] - bands["low"]
    thick = bands[height >= THIN * (top - bottom)]
    axes.bar(
        thick["left"],
        thick["high"] - thick["low"],
        thick["right"] - thick["left"],
        bottom=thick["low"],
        align="edge",
        **look | {"linewidth": 0},
    )
    thin = bands.drop(index=thick.index)
    axes.hlines(thin["low"], thin["left"], thin["right"], **look | {"linewidth": 2.2})


def arrow(direction: str, length: float = ARROW, *, centred: bool = False) -> dict[str, Any]:
    """Line properties of arrows that start at their points, `length` points long."""
    x, y = TURNS[direction]
    back = 0.5 if centred else 0.0
    tip = np.array([x, y], dtype="float64")
    side = np.array([-y, x], dtype="float64")
    corners = [0 * tip, tip, 0.66 * tip + 0.22 * side, tip, 0.66 * tip - 0.22 * side]
    # matplotlib scales a shape so that its largest coordinate is half the marker's size
    shape = Shape([corner - back * tip for corner in corners], [1, 2, 1, 2, 2])
    return {
        "linestyle": "none",
        "marker": shape,
        "markersize": length if centred else 2 * length,
        "markerfacecolor": "none",
        "markeredgecolor": theme.MUTED,
        "markeredgewidth": 0.8,
    }


def _point(colour: str, **more: Any) -> dict[str, Any]:
    look = {"linestyle": "none", "marker": "o", "markersize": DIAMETER + 0.8, "color": colour}
    return look | {"markeredgecolor": theme.INK, "markeredgewidth": 0.4} | more


def _origin_keys(marks: pd.DataFrame) -> list[Key]:
    """Entries of the key for the origins that are drawn, the biggest first."""
    found = marks.groupby(["hue", "colour"])["id"].size().reset_index(name="n")
    found = found.sort_values(["n", "hue"], ascending=[False, True])
    named = found[found["hue"] != OTHERS]
    keys = [
        Key(f"{hue} ({n:,})", _point(colour, marker=SHAPES[colour]))
        for hue, colour, n in zip(named["hue"], named["colour"], named["n"], strict=True)
    ]
    rest = int(found.loc[found["hue"] == OTHERS, "n"].sum())
    if rest:
        keys.append(Key(f"other origins ({rest:,})" if keys else "claim", _point(theme.GREY)))
    return keys


def timeline_keys(marks: pd.DataFrame, *, along: str = "y") -> list[Key]:
    """Entries of the key of a timeline, in a word or two each; the caption says the rest."""
    up, down = ("up", "down") if along == "y" else ("right", "left")
    bar = {"linestyle": "none", "marker": "|" if along == "y" else "_", "color": theme.GREY}
    forms = [
        (marks["hollow"], "estimate", _point("white", **HOLLOW)),
        (marks["planned"], "planned", _point(theme.GREY, marker="s")),
        (marks["ranged"], "range", bar | {"markersize": 9, "markeredgewidth": 3}),
        (marks["open_high"], "at least", arrow(up, 9, centred=True)),
        (marks["open_low"], "at most", arrow(down, 9, centred=True)),
    ]
    origins = _origin_keys(marks)
    if len(origins) == 1 and (marks["hue"] == OTHERS).all():
        origins = []
    return [*origins, *(Key(text, mark) for shown, text, mark in forms if shown.any())]
