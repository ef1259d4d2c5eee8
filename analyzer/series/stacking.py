"""The latest figures of a panel as stacked series, and what stands beside each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from analyzer.arrays import NEVER, among, begins, ranked, seconds
from analyzer.series.panel import latest_rows
from analyzer.series.tracks import Floats, Stack, Whole

WEIGHED = ("cumulative", "flow", "stock")  # a share of another measure is typed as no count
DAY = 86400  # seconds
BATCH = 120_000  # figures weighed at once: each takes some kilobytes meanwhile


@dataclass(frozen=True)
class Sheet:
    """All series to weigh, one below the other, by series and day.

    Attributes
    ----------
    names : Index
        Of the series, in alphabetical order.
    running : bool array
        Whether each series is a running total.
    stack : Stack
    days, spans : int arrays
        Day number of each figure, and the days that it covers.
    values : float array
    at, claim : arrays
        As in the panel.
    key : int array
        Series and day in one number, rising.
    origin : int
        The first day.
    width : int
        Days from the first to the last, and one more.
    """

    names: pd.Index
    running: np.ndarray[tuple[int], np.dtype[np.bool_]]
    stack: Stack
    days: Whole
    spans: Whole
    values: Floats
    at: np.ndarray[tuple[int], np.dtype[np.datetime64]]
    claim: ExtensionArray
    key: Whole
    origin: int
    width: int

    def find(self, series: Whole, days: Whole) -> Whole:
        """Rows of the figures of series (-1: of none) for days; -1 where there is none."""
        wanted = series * self.width + days - self.origin
        inside = (series >= 0) & (days >= self.origin) & (days < self.origin + self.width)
        place = np.clip(np.searchsorted(self.key, wanted), 0, max(len(self.key) - 1, 0))
        return np.where(inside & (self.key[place] == wanted), place, -1)

    def rows(self, series: Whole) -> tuple[Whole, Stack]:
        """Rows of some series, and how they are stacked then."""
        return self.stack.only(series)


def day_numbers(index: pd.Index) -> Whole:
    """Days since 1970."""
    return pd.DatetimeIndex(index).as_unit("s").asi8 // DAY


def stack_series(panel: pd.DataFrame) -> Sheet:
    """The version of each day that was published last; of two periods, the later published."""
    rows = latest_rows(panel)
    rows = rows[among(panel["kind"].iloc[rows], pd.Series(WEIGHED))]
    series, names = ranked(panel["series"].iloc[rows])
    at, first, published = (
        seconds(panel[time].iloc[rows]) for time in ("at", "first", "published")
    )
    order = np.lexsort((first, published, published == NEVER, at, series))
    ends = np.r_[begins(series[order], at[order]), len(order)][1:]
    order = order[ends - 1]
    rows, series, at, first = (cells[order] for cells in (rows, series, at, first))
    starts, days = begins(series), at // DAY
    origin = int(days.min()) if len(days) else 0
    width = int(days.max()) - origin + 1 if len(days) else 1
    return Sheet(
        names=pd.Index(names),
        running=(panel["kind"].iloc[rows[starts]] == "cumulative").to_numpy(dtype=bool),
        stack=Stack(starts, len(rows)),
        days=days,
        spans=days - first // DAY + 1,
        values=panel["value"].to_numpy("float64")[rows],
        at=at.astype("datetime64[s]"),
        claim=panel["claim"].array.take(rows),
        key=series * width + days - origin,
        origin=origin,
        width=width,
    )


def numbered(sheet: Sheet, links: pd.DataFrame, relation: str) -> tuple[Whole, Whole]:
    """Pairs of series that stand in a relation, as numbers and ordered by them."""
    pairs = links[links["relation"] == relation]
    one, other = (sheet.names.get_indexer(pd.Index(pairs[end])) for end in ("series", "other"))
    known = (one >= 0) & (other >= 0)
    order = np.lexsort((other[known], one[known]))
    return one[known][order], other[known][order]


def first_of(one: Whole, other: Whole, size: int) -> Whole:
    """By series the first of those that it is paired with; -1 if there is none."""
    found = np.full(size, -1)
    order = np.lexsort((other, one))[::-1]
    found[one[order]] = other[order]
    return found


def in_batches(sheet: Sheet, series: Whole) -> Iterator[Whole]:
    """Series of like length together, at most `BATCH` figures at once where there are several."""
    ordered = series[np.argsort(sheet.stack.lengths[series], kind="stable")]
    heaped = np.cumsum(sheet.stack.lengths[ordered])
    start = 0
    while start < len(ordered):
        done = heaped[start - 1] if start else 0
        stop = max(int(np.searchsorted(heaped, done + BATCH, side="right")), start + 1)
        yield ordered[start:stop]
        start = stop
