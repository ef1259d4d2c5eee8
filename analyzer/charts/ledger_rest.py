"""What a total leaves over at each time when its parts are taken off."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts import theme
from analyzer.charts.lines import head, label_points
from analyzer.charts.marks import arrow, draw_bands
from analyzer.charts.readings import day_text
from analyzer.charts.scales import set_values
from analyzer.charts.sheet import POINT
from analyzer.charts.waterfall_steps import size_words
from analyzer.intervals import Bounds

WIDTH: Final = 0.8  # of a column
ZOOM: Final = 2.0  # times the widest break of the account, where there is one
OPEN: Final = 1.35  # times the last finite end, where a band goes on without end
PAD: Final = 0.34  # of what is drawn, for arrows and labels
QUIET: Final = "#bfbfbf"
ARROW: Final = 6.0  # points
MOST_NAMED: Final = 10  # dark bands
REACH: Final = 6.5  # lines between a band and its label


def draw_rest(axes: Axes, sums: pd.DataFrame) -> None:
    """Draw bands from `rest_low` to `rest_high`, dark and named where the account cannot hold.

    Parameters
    ----------
    sums : DataFrame
        As from `ledger_table.choose`.
    """
    low, high, broken = sums["rest_low"], sums["rest_high"], sums["broken"]
    near = low.where(low > 0, high)  # the end of a dark band that is next to zero
    bottom, top = _ends(sums, float(near[broken].abs().max()) if broken.any() else np.nan)
    pad = PAD * (top - bottom)
    set_values(axes, bottom - pad, top + pad, "", most=4)
    if not np.isfinite([low, high]).any():
        axes.set_yticks([0.0], ["0"])
    axes.axhline(0, color=theme.INK, linewidth=0.8, zorder=4)
    drawn = pd.DataFrame(
        {
            "x": sums.index.astype("float64"),
            "left": sums.index - WIDTH / 2,
            "right": sums.index + WIDTH / 2,
            "low": low.clip(bottom, top),
            "high": high.clip(bottom, top),
            "near": near.where(broken, 0.0).clip(bottom, top),
        }
    )
    for mine, colour, gid in ((~broken, QUIET, "rest"), (broken, theme.INK, "broken")):
        draw_bands(axes, drawn[mine], color=colour, zorder=3, gid=gid)
    stems = drawn[broken]
    axes.vlines(stems["x"], 0, stems["near"], color=theme.INK, linewidth=0.8)
    for beyond, end, direction in ((high > top, "high", "up"), (low < bottom, "low", "down")):
        x, y = drawn["x"][beyond], drawn[end][beyond]
        axes.plot(x, y, zorder=5, gid=f"beyond {direction}", **arrow(direction, ARROW))
    head(axes, "left over: the total less the sum of its parts")
    _name_bands(axes, sums, drawn.assign(up=high > top, down=low < bottom))


def _ends(sums: pd.DataFrame, widest: float) -> tuple[float, float]:
    """Find the ends of what is drawn: all finite bounds, but not far beyond the widest break."""
    ends = sums[["rest_low", "rest_high"]].to_numpy(dtype="float64")
    finite = ends[np.isfinite(ends)]
    most = float(np.abs(finite).max()) if len(finite) else 0.0
    most = (most if np.isnan(widest) else min(most, ZOOM * widest)) or 1.0
    low, high = min([0.0, *finite]), max([0.0, *finite])
    if not np.isfinite(ends[:, 0]).all():
        low = min(OPEN * low, -most / 2)
    if not np.isfinite(ends[:, 1]).all():
        high = max(OPEN * high, most / 2)
    low, high = max(low, -OPEN * most), min(high, OPEN * most)
    return (low, high) if low < high else (-most, most)


def _name_bands(axes: Axes, sums: pd.DataFrame, drawn: pd.DataFrame) -> None:
    """Day and size of the dark bands, the widest breaks first, beside all bands."""
    dark = drawn[sums["broken"]]
    order = dark["near"].abs().sort_values(ascending=False, kind="stable").index[:MOST_NAMED]
    dark = dark.loc[order]
    texts = [_words(sums.loc[row]) for row in order]
    place = {"x": dark["x"], "text": texts, "run": range(len(dark))}
    far = dark["high"].where(dark["near"] > 0, dark["low"])
    points = pd.concat([pd.DataFrame(place | {"y": y}) for y in (far, dark["near"], 0.0)])
    inches = axes.get_position().height * axes.figure.bbox.height / axes.figure.dpi
    tip = ARROW * POINT / inches * (axes.get_ylim()[1] - axes.get_ylim()[0])
    top, bottom = drawn["high"] + tip * drawn["up"], drawn["low"] - tip * drawn["down"]
    covered = [
        pd.DataFrame({"x": drawn["x"] + across * WIDTH / 2, "y": low + up * (high - low)})
        for low, high, sides in (
            (drawn["low"], drawn["high"], (-0.9, -0.3, 0.3, 0.9)),
            (drawn["near"].clip(upper=0.0), drawn["near"].clip(lower=0.0), (0.0,)),
            (drawn["high"], top, (0.0,)),
            (bottom, drawn["low"], (0.0,)),
        )
        for across in sides
        for up in np.linspace(0, 1, 5)
    ]
    label_points(axes, points.sort_values("run", kind="stable"), pd.concat(covered), REACH)


def _words(row: pd.Series) -> str:
    return f"{day_text(row['at'])}: {size_words(Bounds(row['rest_low'], row['rest_high']))}"
