"""Claims as figures that can be added: each with its days, and whether another replaced it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.reproduce.question import Days

UNKNOWN = -(10**9)  # stands for a day that is not known, among days counted from 1970
CELL = ["series", "first", "at"]
SAME = ["group", "scope", "source", "first", "at", "value", "exact"]


def take_figures(claims: pd.DataFrame) -> pd.DataFrame:
    """The figures that recipes are made of.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`: with `series` and `superseded` of `series.current.mark_series`.

    Returns
    -------
    DataFrame
        The comparable claims that state a number, ordered by id, without figures that their
        publisher took back. Added are `first` and `at` (the period or the day, counted from 1970;
        for a figure of no known time when it was said; `UNKNOWN` where that is not known either),
        `value`, `exact` (not hedged), `usable` (exact, no plan, of one day: can be added),
        `replaced` (day on which the series gave another figure instead) and `once` (usable, and
        the one row that stands for all of its source that say the same).
    """
    claims = claims.sort_values("id", ignore_index=True)
    claims = claims.assign(published=_published(claims), **_days(claims))
    figures = claims[claims["comparable"] & claims["stated"].notna() & ~_taken_back(claims)]
    figures = figures.assign(
        value=figures["stated"].astype("float64"), exact=figures["qualifier"] == "exact"
    )
    single = (figures["at"] != UNKNOWN) & (figures["begin"] == figures["at"])
    usable = figures["exact"] & single & (figures["modality"] == "actual")
    figures = figures.assign(usable=usable).reset_index(drop=True)
    figures = figures.assign(once=_once(figures))
    return figures.assign(replaced=_replaced(figures)).reset_index(drop=True)


def _published(claims: pd.DataFrame) -> pd.Series:
    return claims["published_first"].fillna(claims["published_context_first"])


def _days(claims: pd.DataFrame) -> dict[str, Days]:
    """`begin` and `at`: the time spoken of; `first`: where the count of a period begins."""
    begin = day_numbers(claims["at_first"].fillna(claims["said_first"]))
    at = day_numbers(claims["at_last"].fillna(claims["said_last"]))
    period = day_numbers(claims["period_start_first"])
    return {"begin": begin, "at": at, "first": np.where(period == UNKNOWN, begin, period)}


def day_numbers(days: pd.Series) -> Days:
    """Days counted from 1970; `UNKNOWN` for none."""
    counted = days.to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(counted), UNKNOWN, counted.astype("int64"))


def _taken_back(claims: pd.DataFrame) -> pd.Series:
    """Figures of days of a series whose last version withdraws them."""
    keys = [claims[column] for column in CELL]
    newest = claims["published"].groupby(keys).transform("max")
    last = (claims["published"] == newest) | newest.isna()
    gone = (last & (claims["status"] == "withdrawn")).groupby(keys).transform("any")
    return gone & (claims["series"] != "")


def _once(figures: pd.DataFrame) -> pd.Series:
    """Of rows of one source that say the same the current one, then the last, then by id."""
    order = ["superseded", "published", "id"]
    ranked = figures[figures["usable"]].sort_values(order, ascending=[True, False, True])
    kept = ranked.drop_duplicates(SAME).index
    return pd.Series(figures.index.isin(kept), index=figures.index)


def _replaced(figures: pd.DataFrame) -> pd.Series:
    """When the series gave another figure for the day; NaT for figures that stand."""
    kept = figures[(figures["series"] != "") & figures["published"].notna()]
    kept = kept[kept["once"]].sort_values(["published", "id"])
    days = kept.drop_duplicates(["series", "at", "published"])
    later = days.groupby(["series", "at"])["published"].shift(-1)
    found = days.assign(next=later)[["series", "at", "published", "next"]]
    joined = figures[["series", "at", "published"]].merge(
        found, on=["series", "at", "published"], how="left"
    )
    replaced: pd.Series = joined["next"].set_axis(figures.index).where(figures["superseded"])
    return replaced
