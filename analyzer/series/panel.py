"""Claims of one publisher on one measure, day after day, as one long frame."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
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
    keyed = claims[[*KEYS, "at_last"]].iloc[rows]
    owner, head = together([keyed[key] for key in KEYS])
    long = _days_of(owner, seconds(keyed["at_last"]), len(head)) >= series_days
    rank, names = pd.factorize(_names(keyed.iloc[head]), sort=True)
    kept = np.flatnonzero(long[owner])
    rows, series = rows[kept], rank[owner[kept]]
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
    order = np.lexsort((at, owner))
    owner = owner[order]
    return np.bincount(owner[begins(owner, at[order])], minlength=size)


def _names(heads: pd.DataFrame) -> pd.Series:
    scope = ("[" + heads["scope"] + "]").where(heads["scope"] != "", "")
    return heads["measure"] + "." + heads["source"] + scope


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
    """The last published version of each day: one row a series, day and period."""
    kept = panel[panel["latest"]].drop_duplicates(CELL)
    return kept.reset_index(drop=True)


def shared(panel: pd.DataFrame, keys: Sequence[str]) -> Truths:
    """Rows that are equal to the one before or after them in `DAY` or `CELL`.

    These are all that are equal to any other in a panel, whose rows are ordered by them.
    """
    series, *days = keys
    alike = np.ones(max(len(panel) - 1, 0), dtype=bool)
    for key in days:
        day = seconds(panel[key])
        alike &= day[1:] == day[:-1]
    places = np.flatnonzero(alike)
    names = panel[series].array
    alike[places] = np.asarray(names.take(places) == names.take(places + 1), dtype=bool)
    found = np.zeros(len(panel), dtype=bool)
    found[1:] |= alike
    found[:-1] |= alike
    return found


def published_last(panel: pd.DataFrame) -> pd.Series:
    """Rows of the last date of publication of their day; all of a day without any."""
    last = np.ones(len(panel), dtype=bool)
    several = shared(panel, DAY)
    days = panel.loc[several, [*DAY, "published"]]
    newest = days.groupby(DAY)["published"].transform("max")
    last[several] = (days["published"] == newest) | newest.isna()
    return pd.Series(last, panel.index)


def taken_back(panel: pd.DataFrame) -> pd.Series:
    """Rows that withdraw a figure, and those that give one on the date of its withdrawal."""
    taken = (panel["status"] == "withdrawn").to_numpy(dtype=bool, copy=True)
    several = shared(panel, CELL)
    version = [panel.loc[several, column] for column in (*CELL, "published")]
    own = pd.Series(taken[several], version[0].index)
    taken[several] = own.groupby(version, dropna=False).transform("any")
    return pd.Series(taken, panel.index)


def _latest(panel: pd.DataFrame) -> pd.Series:
    """Rows published last for their day, unless taken back or unlike others of that date."""
    last = published_last(panel)
    several = shared(panel, CELL)
    cells = panel.loc[several, [*CELL, "value"]]
    values = cells["value"].where(last[several]).groupby([cells[column] for column in CELL])
    one = np.ones(len(panel), dtype=bool)
    one[several] = values.transform("nunique") == 1
    return last & ~taken_back(panel) & one
