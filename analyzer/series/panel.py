"""Claims of one publisher on one measure, day after day, as one long frame."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.arrays import NEVER, Integers, Truths, begins, codes_of, seconds
from analyzer.distinct import spread, together

COLUMNS = [
    "series",
    "measure",
    "scope",
    "source",
    "authority",
    "kind",
    "first",
    "at",
    "published",
    "value",
    "low",
    "high",
    "qualifier",
    "status",
    "claim",
    "latest",
]
KEYS = ["measure", "scope", "source"]
DAY = ["series", "at"]  # a later version replaces what stood for the day, whatever its period
READ = [*KEYS, "authority", "kind", "qualifier", "status", "stated", "low", "high", "id", "at_last"]
WHEN = ["kind", "at_last", "period_start_first", "published_first", "published_context_first"]
CELL = ["series", "first", "at"]  # figures of one period, that say the same or not
VERSION = [*CELL, "published"]


def build_panel(claims: pd.DataFrame, series_days: int) -> pd.DataFrame:
    """The claims that make up series: one publisher's figures of one measure on many days.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    series_days : int
        Fewer different days than this are no series.

    Returns
    -------
    DataFrame
        One row a claim that states a number for one day (or for a period that ends on a day),
        ordered by series, day, publication and claim; columns `COLUMNS`. `series` names it, as
        "killed.ocha_flash" or "killed.ocha_flash[identified]". `authority` is who is cited and
        can change within a series. `first` is the first day of a flow's period, else `at`.
        `value` is the stated number, `low` and `high` the literal bounds; in a row whose `status`
        is withdrawn they are the figure that was taken back. `latest` marks the version of each
        day that was published last, whatever its period. None is marked where the last version
        takes the figure back, or where two values of one period share its date, for nothing tells
        which of them holds.
    """
    rows = np.flatnonzero(_dated(claims))
    owner, head = together([claims[key].iloc[rows] for key in KEYS])
    long = _days_of(owner, seconds(claims["at_last"])[rows], len(head)) >= series_days
    names, rank = np.unique(_names(claims, rows[head[long]]), return_inverse=True)
    number = np.cumsum(long) - 1  # of each series among the long ones
    kept = np.flatnonzero(long[owner])
    rows, series = rows[kept], rank[number[owner[kept]]]
    timed = claims[WHEN].iloc[rows]
    first, published = _first(timed), _published(timed)
    order = _order(
        [series, *map(seconds, (timed["at_last"], first, published))], claims["id"], rows
    )
    dated = claims[READ].iloc[rows[order]].reset_index(drop=True)
    panel = pd.DataFrame(
        {
            "series": spread(names.tolist(), series[order], dated.index),
            **{column: dated[column] for column in [*KEYS, "authority", "kind"]},
            "first": first.array[order],
            "at": dated["at_last"],
            "published": published.array[order],
            "value": dated["stated"].astype("float64"),
            "low": dated["low"],
            "high": dated["high"],
            "qualifier": dated["qualifier"],
            "status": dated["status"],
            "claim": dated["id"],
        }
    )
    return panel.assign(latest=_latest(panel))[COLUMNS]


def _dated(claims: pd.DataFrame) -> Truths:
    """Claims that state a number for one day, or for a period that ends on one."""
    withdrawn = (claims["status"] == "withdrawn") & ~claims["is_share"]
    return np.asarray(
        (claims["comparable"] | withdrawn)
        & (claims["modality"] == "actual")
        & claims["stated"].notna()
        & claims["at_last"].notna()
        & (claims["at_first"] == claims["at_last"])
        & (claims["kind"] != "fixed"),
        dtype=bool,
    )


def _days_of(owner: Integers, at: Integers, size: int) -> Integers:
    """How many different days each series has."""
    if not len(at):
        return np.zeros(size, dtype=np.int64)
    width = int(np.ptp(at)) + 1
    key = np.sort(owner * width + at - at.min())
    return np.bincount(key[begins(key)] // width, minlength=size)


def _names(claims: pd.DataFrame, heads: Integers) -> npt.NDArray[np.object_]:
    cells = zip(*(claims[key].iloc[heads] for key in KEYS), strict=True)
    names = [f"{name}.{source}" + (f"[{scope}]" if scope else "") for name, scope, source in cells]
    return np.array(names, dtype=object)


def _first(dated: pd.DataFrame) -> pd.Series:
    flow = dated["kind"] == "flow"
    first = dated["period_start_first"].where(flow & dated["period_start_first"].notna())
    return first.fillna(dated["at_last"])


def _published(dated: pd.DataFrame) -> pd.Series:
    return dated["published_first"].fillna(dated["published_context_first"])


def _order(times: list[Integers], ids: pd.Series, rows: Integers) -> Integers:
    """Rows by series, day, first day, publication and claim; ids are read where all else ties."""
    series, at, first, published = times
    keys = (published, published == NEVER, first, at, series)
    order = np.lexsort(keys)
    ordered = [key[order] for key in keys]
    tied = np.logical_and.reduce([key[1:] == key[:-1] for key in ordered])
    places = np.flatnonzero(np.r_[False, tied] | np.r_[tied, False])
    claim = np.zeros(len(order), dtype=np.int64)
    claim[order[places]] = codes_of(ids.iloc[rows[order[places]]], sort=True)
    return np.lexsort((claim, *keys)) if len(places) else order


def latest(panel: pd.DataFrame) -> pd.DataFrame:
    """The last published version of each day: one row a series, day and period.

    Rows of one period follow each other, as `build_panel` leaves them.
    """
    return panel.iloc[latest_rows(panel)].reset_index(drop=True)


def latest_rows(panel: pd.DataFrame) -> Integers:
    """Places of the rows of `latest`."""
    rows = np.flatnonzero(panel["latest"])
    return rows[begins(np.searchsorted(starts_of(panel, CELL), rows, side="right"))]


def starts_of(panel: pd.DataFrame, keys: Sequence[str]) -> Integers:
    """Where rows that are equal in `DAY`, `CELL` or `VERSION` begin.

    They stand one below the other in a panel, whose rows are ordered by these.
    """
    series, *days = keys
    return begins(panel[series].array, *(seconds(panel[key]) for key in days))


def shared(panel: pd.DataFrame, keys: Sequence[str]) -> Truths:
    """Rows that are equal to another one in `DAY`, `CELL` or `VERSION`."""
    sizes = _sizes(starts_of(panel, keys), len(panel))
    return np.repeat(sizes > 1, sizes)


def published_last(panel: pd.DataFrame) -> Truths:
    """Rows of the last date of publication of their day; all of a day without any."""
    starts, published = starts_of(panel, DAY), seconds(panel["published"])
    newest = np.maximum.reduceat(published, starts)
    return np.asarray(published == np.repeat(newest, _sizes(starts, len(panel))))


def taken_back(panel: pd.DataFrame) -> Truths:
    """Rows that withdraw a figure, and those that give one on the date of its withdrawal."""
    starts = starts_of(panel, VERSION)
    withdrawn = (panel["status"] == "withdrawn").to_numpy(dtype=bool)
    return np.repeat(np.logical_or.reduceat(withdrawn, starts), _sizes(starts, len(panel)))


def _latest(panel: pd.DataFrame) -> Truths:
    """Rows published last for their day, unless taken back or unlike others of that date."""
    last, starts = published_last(panel), starts_of(panel, CELL)
    values = np.where(last, panel["value"], np.nan)
    one = np.fmin.reduceat(values, starts) == np.fmax.reduceat(values, starts)
    return np.asarray(last & ~taken_back(panel) & np.repeat(one, _sizes(starts, len(panel))))


def _sizes(starts: Integers, size: int) -> Integers:
    return np.asarray(np.diff(np.r_[starts, size]))
