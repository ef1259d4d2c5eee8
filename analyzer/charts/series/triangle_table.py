"""The table of a revision triangle: which days and publications it shows, and its cells."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analyzer.charts.base import theme
from analyzer.charts.base.days import span_text
from analyzer.charts.base.sheet import text_width
from analyzer.readings import number

MOST_ROWS: Final = 14
MOST_COLUMNS: Final = 6  # days of publication, and the time before
FEWEST_COLUMNS: Final = 3  # even where not all figures fit
PAUSE: Final = pd.Timedelta(days=7)  # longer ones end a row of several days
CELL_SIZE: Final = theme.SMALL
PAD: Final = 0.07  # inches beside the figure in a cell


def triangle_rows(revisions: pd.DataFrame) -> pd.Series:
    """Number of the row of each revised day, by day.

    Days that follow each other share a row if they read the same at every revision.
    """
    replaced = revisions.sort_values(["at", "published"])
    texts = (
        replaced["published"].dt.strftime("%Y-%m-%d")
        + replaced["old_value"].map(" {:g}".format)
        + replaced["value"].map(" {:g}".format)
    )
    pattern = texts.groupby(replaced["at"]).agg(";".join)
    days = pattern.index.to_series()
    run: pd.Series = ((pattern != pattern.shift()) | (days.diff() > PAUSE)).cumsum()
    return run


def kept_rows(rows: pd.Series, revisions: pd.DataFrame) -> pd.Series:
    """The rows with the widest gaps, as many as a chart holds."""
    gaps = revisions.groupby("at")["gap"].max()
    gaps = gaps.reindex(rows.index).groupby(rows).max()
    ranked = gaps.sort_index(ascending=False).sort_values(ascending=False, kind="stable")
    kept: pd.Series = rows[rows.isin(ranked.index[:MOST_ROWS])]
    return kept


def row_names(rows: pd.Series) -> dict[int, str]:
    """What each row is called, in order: its day, or the first and the last of several."""
    return {row: span_text(days.index.min(), days.index.max()) for row, days in rows.groupby(rows)}


def most_columns(own: pd.DataFrame, rows: pd.Series, room: float) -> int:
    """As many columns as have room for the figures of a row."""
    ends = own.groupby([own["at"].map(rows), "published"])["value"].agg(["min", "max"])
    texts = [figure_range(low, high) for low, high in ends.itertuples(index=False)]
    fit = int(room / (max(text_width(text, CELL_SIZE) for text in texts) + PAD))
    return min(max(fit, FEWEST_COLUMNS), MOST_COLUMNS)


def triangle_columns(
    revisions: pd.DataFrame, most: int
) -> tuple[list[pd.Timestamp], set[pd.Timestamp]]:
    """Days of publication to show, and the revised days whose old and new figure they show.

    The largest revision comes first, then those that replaced most figures. An old figure that was
    published before all columns stands in the first of them.
    """
    sized = revisions.assign(size=revisions["change"].abs())
    groups = sized.groupby(["published", "since"])
    pairs = groups.agg(gap=("gap", "max"), size=("gap", "size"), change=("size", "max"))
    pairs = pairs.reset_index()
    pairs["size"] = pairs.groupby("published")["size"].transform("sum")
    pairs["largest"] = pairs["change"] == pairs["change"].max()
    ranked = pairs.sort_values(
        ["largest", "size", "gap", "published", "since"],
        ascending=[False, False, False, True, True],
    )
    kept: list[tuple[pd.Timestamp, pd.Timestamp]] = []
    dates: set[pd.Timestamp] = set()
    for published, since in ranked[["published", "since"]].itertuples(index=False):
        more = [*kept, (published, since)]
        news = {new for new, _ in more}
        wanted = news | {old for _, old in more if old >= min(news)}
        if len(wanted) < most:
            kept, dates = more, wanted
    shown = pd.MultiIndex.from_frame(revisions[["published", "since"]]).isin(kept)
    return sorted(dates), set(revisions.loc[shown, "at"])


def triangle_cells(own: pd.DataFrame, rows: pd.Series, dates: list[pd.Timestamp]) -> pd.DataFrame:
    """What was known for each row on each day of publication that is shown.

    Returns
    -------
    DataFrame
        row, column, published (NaT for the time before the first of them), low and high (ends of
        the figures), days (how many), gap (median, above the last figure positive).
    """
    given = own.assign(value=own["value"].mask(own["status"] == "withdrawn", np.inf))
    wide = given.pivot_table(index="at", columns="published", values="value", aggfunc="last")
    wide = wide.sort_index(axis=1).ffill(axis=1)
    shown = [dates[0] - pd.Timedelta(days=1), *dates]
    known = wide.T.reindex(wide.columns.union(shown)).ffill().T[shown]
    known = known.mask(np.isinf(known))  # taken back: no figure stands
    last = wide.mask(np.isinf(wide)).ffill(axis=1).iloc[:, -1]
    off, size = known.sub(last, axis=0), known.abs().add(last.abs(), axis=0)
    gaps = off / size.where(size > 0, 1.0)
    long = known.melt(ignore_index=False, var_name="published").reset_index()
    long = long.assign(gap=gaps.melt()["value"]).dropna(subset="value")
    found = (
        long.assign(row=long["at"].map(rows))
        .groupby(["row", "published"], as_index=False)
        .agg(
            low=("value", "min"),
            high=("value", "max"),
            days=("value", "size"),
            gap=("gap", "median"),
        )
    )
    column = found["published"].map({day: place for place, day in enumerate(shown)})
    return found.assign(column=column, published=found["published"].mask(column == 0))


def figure_range(low: float, high: float) -> str:
    """Write a figure, or the lowest and the highest of several."""
    return number(low) if low == high else f"{number(low)}\N{EN DASH}{number(high)}"
