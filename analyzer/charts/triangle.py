"""The revision triangle: how each day's figure read from one publication to the next."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm

from analyzer.charts import theme
from analyzer.charts.chart import Chart
from analyzer.charts.labels import LINE
from analyzer.charts.readings import MONTHS, day_text, unit_text
from analyzer.charts.sheet import Key, new_sheet, text_width
from analyzer.charts.triangle_table import (
    CELL_SIZE,
    PAD,
    figure_range,
    most_columns,
    row_names,
    triangle_cells,
    triangle_columns,
    triangle_rows,
)
from analyzer.phrases import plural
from analyzer.readings import number
from analyzer.series.revisions import list_revisions, list_versions

ROW: Final = 0.165  # inches
DARK: Final = 0.7  # from this colour on, text is white
LAST: Final = "#e6e6e6"
COLOURS: Final = LinearSegmentedColormap.from_list(
    "purple_to_ochre", ["#7d4166", "#c9a3ba", LAST, "#e0bd80", "#8f5d00"]
)


@theme.drawing()
def draw_triangle(panel: pd.DataFrame, measure: pd.Series, source_name: str) -> Chart | None:
    """Draw, for the days that were revised, what their figure was at each publication.

    Days in a row whose figures were replaced by the same publications share a row of the table
    where there are too many for a row each.

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
        None where fewer than two figures were replaced.
    """
    versions = list_versions(panel)
    revisions = list_revisions(versions)
    revisions = revisions[~revisions["compatible"]]
    if len(revisions) < 2:
        return None
    rows = triangle_rows(revisions)
    left = 0.16 + max(text_width(name, theme.SMALL) for name in row_names(rows).values())
    own = versions[versions["at"].isin(rows.index) & ~versions["twofold"]]
    dates, told = triangle_columns(revisions, most_columns(own, rows, theme.WIDTH - left - 0.1))
    rows = rows[rows.index.isin(told)]
    cells = triangle_cells(own[own["at"].isin(rows.index)], rows, dates)
    names = row_names(rows)
    title = _title(measure, revisions)
    size = {"linestyle": "none", "marker": "s", "markersize": 7}
    figure, axes = new_sheet(
        title,
        f"{unit_text(measure)} {source_name}. {_shown(rows, cells, revisions)}",
        [
            Key("below the last figure", size | {"color": COLOURS(0.1)}),
            Key("above it", size | {"color": COLOURS(0.9)}),
            Key("the last figure", size | {"color": LAST}),
            Key("not yet published", size | {"color": "white", "markeredgecolor": theme.GREY}),
        ],
        max(ROW * len(names), 0.5),
        left=left,
        right=0.1,
        below=LINE * 4 + 0.12,
    )
    deepest = _draw(axes, cells, names)
    caption = (
        "Each cell is the figure for the day of its row as it read on the day of its column; it is "
        "printed where it is new. The colour is its gap |a - b| / (|a| + |b|) to the last figure, "
        f"stretched for small ones; the deepest stands for {deepest:.2g}."
    )
    return Chart(figure, title, _alt(measure, revisions, source_name), caption)


def _draw(axes: Axes, cells: pd.DataFrame, names: dict[int, str]) -> float:
    """Draw the cells; returns the gap of the deepest colour."""
    place = {row: number for number, row in enumerate(names)}
    columns = cells.drop_duplicates("column").set_index("column")["published"].sort_index()
    count = int(cells["column"].max()) + 1
    deepest = max(float(cells["gap"].abs().max()), 1e-9)
    bent = np.sign(cells["gap"]) * np.sqrt(cells["gap"].abs() / deepest)
    grid = np.full((len(names), count), np.nan)
    grid[cells["row"].map(place), cells["column"]] = bent
    axes.pcolormesh(
        np.ma.masked_invalid(grid),
        cmap=COLOURS,
        norm=TwoSlopeNorm(0.0, -1.0, 1.0),
        edgecolors="white",
        linewidth=0.8,
    ).set_gid("cells")
    axes.set(xlim=(0, count), ylim=(len(names), 0))
    axes.set_yticks(np.arange(len(names)) + 0.5, list(names.values()))
    axes.set_xticks(np.arange(count) + 0.5, _column_names(columns.reindex(range(count))))
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlabel("as published on", loc="left")
    _write(axes, cells.assign(y=cells["row"].map(place), bent=bent), count)
    return deepest


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
    return names


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


def _shown(rows: pd.Series, cells: pd.DataFrame, revisions: pd.DataFrame) -> str:
    """What is drawn, and what not."""
    days, published = revisions["at"].nunique(), set(revisions["published"])
    drawn = len(published & set(cells["published"].dropna()))
    parts = [
        f"{count:,} of {total:,} {noun}"
        for count, total, noun in (
            (len(rows), days, "revised days"),
            (drawn, len(published), "days of publication that replaced figures"),
        )
        if count < total
    ]
    text = "A row is a revised day or some in succession" if rows.duplicated().any() else ""
    text = text or "A row is a revised day"
    return f"{text}{'; shown are ' + ' and '.join(parts) if parts else ''}."


def _title(measure: pd.Series, revisions: pd.DataFrame) -> str:
    days, lag = revisions["at"].nunique(), int(np.floor(revisions["lag"].median()))
    return (
        f"{measure['label']}: {plural(len(revisions), 'figure')} for {plural(days, 'day')} "
        f"were replaced, half of them at least {plural(lag, 'day')} after the day they speak of"
    )


def _alt(measure: pd.Series, revisions: pd.DataFrame, source_name: str) -> str:
    ranked = revisions.assign(size=revisions["change"].abs())
    big = ranked.sort_values(["size", "at", "published"], ascending=[False, True, True]).iloc[0]
    raised = int((revisions["change"] > 0).sum())
    return (
        f"Table of the revisions of “{measure['label']}” by {source_name}: {len(revisions):,} "
        f"figures were replaced on {plural(revisions['published'].nunique(), 'day')}, {raised:,} "
        f"raised and {len(revisions) - raised:,} lowered. The largest change is for "
        f"{day_text(big['at'])}: {number(big['old_value'])} became {number(big['value'])}, "
        f"published on {day_text(big['published'])}."
    )
