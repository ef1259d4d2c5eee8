"""The revision triangle: how each day's figure read from one publication to the next."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm
from matplotlib.patches import Rectangle

from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.labels import LINE
from analyzer.charts.base.readings import MONTHS
from analyzer.charts.base.sheet import Key, new_sheet, text_width
from analyzer.charts.series.triangle_table import (
    CELL_SIZE,
    PAD,
    figure_range,
    kept_rows,
    most_columns,
    row_names,
    triangle_cells,
    triangle_columns,
    triangle_rows,
)
from analyzer.charts.series.triangle_words import (
    largest_revision,
    triangle_alt,
    triangle_caption,
    triangle_data,
    triangle_subtitle,
    triangle_title,
)
from analyzer.charts.series.vintage_tables import replaced_figures, shown_revisions

ROW: Final = 0.175  # inches
RIGHT: Final = 0.06
WIDEST: Final = 0.75  # inches, of a column
DARK: Final = 0.7  # from this colour on, text is white
FEW: Final = 5  # revised days whose figures are worth a table, whatever else shows them
SAME: Final = 0.9  # of the replaced figures; a chart of versions that draws so many says it all
LAST: Final = "#e6e6e6"
COLOURS: Final = LinearSegmentedColormap.from_list(
    "purple_to_ochre", ["#7d4166", "#c9a3ba", LAST, "#e0bd80", "#8f5d00"]
)


@theme.drawing()
def draw_triangle(panel: pd.DataFrame, measure: pd.Series, source_name: str) -> Chart | None:
    """Draw, for the days that were revised, what their figure was at each publication.

    Days in succession that read the same at every revision share a row of the table.

    Parameters
    ----------
    panel : DataFrame
        `series.panel.COLUMNS`, all versions of one series.
    measure : Series
        Its row in measures.csv.
    source_name : str
        Who publishes it.

    Returns
    -------
    Chart or None
        None where fewer than two figures were replaced, and where the chart of the versions
        (`draw_vintages`) draws nearly all of many.
    """
    versions, revisions = replaced_figures(panel)
    if len(revisions) < 2 or _told_elsewhere(revisions):
        return None
    rows = triangle_rows(revisions)
    room = theme.WIDTH - RIGHT - _beside(rows)
    own = versions[versions["at"].isin(rows.index) & ~versions["twofold"]]
    dates, told = triangle_columns(revisions, most_columns(own, rows, room))
    rows = kept_rows(rows[rows.index.isin(told)], revisions)
    mine = revisions[revisions["at"].isin(rows.index)]
    dates = [day for day in dates if day in {*mine["published"], *mine["since"]}]
    cells = triangle_cells(own[own["at"].isin(rows.index)], rows, dates)
    names = row_names(rows)
    columns = cells.drop_duplicates("column").set_index("column")["published"].sort_index()
    heads = _column_names(columns.reindex(range(int(cells["column"].max()) + 1)))
    left = _beside(rows)
    width = min(theme.WIDTH - left - RIGHT, WIDEST * len(heads))
    above = LINE * (max(text.count("\n") for text in heads) + 2) + 0.08
    title = triangle_title(measure, revisions)
    figure, axes = new_sheet(
        title,
        triangle_subtitle(measure, rows, cells, revisions, source_name),
        _keys(cells, len(names) * len(heads)),
        ROW * len(names) + above,
        left=left,
        right=theme.WIDTH - left - width,
        below=0.06,
    )
    x, y, w, height = axes.get_position().bounds
    axes.set_position((x, y, w, height * ROW * len(names) / (ROW * len(names) + above)))
    big = largest_revision(revisions)
    _draw(axes, cells, names, heads)
    framed = _frame(axes, cells, rows, list(names), big)
    return Chart(
        figure,
        title,
        triangle_alt(measure, revisions, source_name),
        triangle_caption(framed),
        triangle_data(cells, rows),
    )


def _told_elsewhere(revisions: pd.DataFrame) -> bool:
    shown = shown_revisions(revisions)
    return revisions["at"].nunique() > FEW and len(shown) >= SAME * len(revisions)


def _beside(rows: pd.Series) -> float:
    return 0.1 + max(text_width(name, theme.SMALL) for name in row_names(rows).values())


def _keys(cells: pd.DataFrame, all_cells: int) -> list[Key]:
    size: dict[str, Any] = {"linestyle": "none", "marker": "s", "markersize": 7}
    empty = size | {"color": "white", "markeredgecolor": theme.GREY}
    found = {
        "lower": ((cells["gap"] < 0).any(), size | {"color": COLOURS(0.1)}),
        "higher than the last figure": ((cells["gap"] > 0).any(), size | {"color": COLOURS(0.9)}),
        "last figure": (True, size | {"color": LAST}),
        "not published yet": (len(cells) < all_cells, empty),
    }
    if not found["higher than the last figure"][0]:
        found = {"lower than the last figure" if k == "lower" else k: v for k, v in found.items()}
    return [Key(text, mark) for text, (there, mark) in found.items() if there]


def _draw(axes: Axes, cells: pd.DataFrame, names: dict[int, str], heads: list[str]) -> None:
    place = {row: number for number, row in enumerate(names)}
    deepest = max(float(cells["gap"].abs().max()), 1e-9)
    bent = np.sign(cells["gap"]) * np.sqrt(cells["gap"].abs() / deepest)
    grid = np.full((len(names), len(heads)), np.nan)
    grid[cells["row"].map(place), cells["column"]] = bent
    axes.pcolormesh(
        np.ma.masked_invalid(grid),
        cmap=COLOURS,
        norm=TwoSlopeNorm(0.0, -1.0, 1.0),
        edgecolors="white",
        linewidth=0.8,
    ).set_gid("cells")
    axes.set(xlim=(0, len(heads)), ylim=(len(names), 0))
    axes.set_yticks(np.arange(len(names)) + 0.5, list(names.values()))
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xticks(np.arange(len(heads)) + 0.5, heads)
    axes.tick_params(length=0, pad=2)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlabel("as published", loc="left", labelpad=2)
    _write(axes, cells.assign(y=cells["row"].map(place), bent=bent), len(heads))


def _column_names(days: pd.Series) -> list[str]:
    """The day above its month and year; the first column is the time before the second."""
    names = ["before"]
    shown: tuple[int, int] | None = None
    for day in days[1:]:
        month = (day.year, day.month)
        names.append(f"{day.day}" if month == shown else f"{day.day}\n{MONTHS[day.month - 1]}")
        if shown is None or day.year != shown[0]:
            names[-1] += f"\n{day.year}"
        shown = month
    lines = max(name.count("\n") for name in names)
    return [name + "\n" * (lines - name.count("\n")) for name in names]


def _write(axes: Axes, cells: pd.DataFrame, count: int) -> None:
    """Figures where they are new, if they fit into their column."""
    inches = axes.get_position().width * theme.WIDTH / count
    ends = cells.sort_values(["row", "column"])[["row", "low", "high"]]
    new = (ends != ends.shift()).any(axis=1)
    look: dict[str, Any] = {"size": CELL_SIZE, "ha": "center", "va": "center_baseline"}
    for _, cell in cells[new.reindex(cells.index)].iterrows():
        text = figure_range(cell["low"], cell["high"])
        if text_width(text, CELL_SIZE) + PAD / 2 <= inches:
            colour = "white" if abs(cell["bent"]) > DARK else theme.INK
            axes.text(cell["column"] + 0.5, cell["y"] + 0.5, text, color=colour, **look)


def _frame(
    axes: Axes, cells: pd.DataFrame, rows: pd.Series, order: list[int], big: pd.Series
) -> bool:
    """Frame the old and the new figure of the largest change; False where they are not shown."""
    if big["at"] not in rows.index:
        return False
    row = rows[big["at"]]
    mine = cells[(cells["row"] == row) & (cells["published"] == big["published"])]
    if mine.empty or int(mine["column"].iloc[0]) == 0:
        return False
    column = int(mine["column"].iloc[0])
    spot = (column - 1, order.index(row))
    frame = Rectangle(spot, 2, 1, fill=False, edgecolor=theme.INK, linewidth=1.0, zorder=5)
    frame.set(clip_on=False, gid="largest")
    axes.add_patch(frame)
    return True
