"""Claims of one publisher on one measure, day after day, as one long frame."""

from __future__ import annotations

import pandas as pd

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
    withdrawn = (claims["status"] == "withdrawn") & ~claims["is_share"]
    dated = claims[
        (claims["comparable"] | withdrawn)
        & (claims["modality"] == "actual")
        & claims["stated"].notna()
        & claims["at_last"].notna()
        & (claims["at_first"] == claims["at_last"])
        & (claims["kind"] != "fixed")
    ]
    days = dated.groupby(KEYS)["at_last"].transform("nunique")
    dated = dated[days >= series_days]
    scope = ("[" + dated["scope"] + "]").where(dated["scope"] != "", "")
    flow = dated["kind"] == "flow"
    first = dated["period_start_first"].where(flow & dated["period_start_first"].notna())
    panel = pd.DataFrame(
        {
            "series": dated["measure"] + "." + dated["source"] + scope,
            **{column: dated[column] for column in [*KEYS, "authority", "kind"]},
            "first": first.fillna(dated["at_last"]),
            "at": dated["at_last"],
            "published": dated["published_first"].fillna(dated["published_context_first"]),
            "value": dated["stated"].astype("float64"),
            "low": dated["low"],
            "high": dated["high"],
            "qualifier": dated["qualifier"],
            "status": dated["status"],
            "claim": dated["id"],
        }
    ).sort_values(["series", "at", "first", "published", "claim"], ignore_index=True)
    return panel.assign(latest=_latest(panel))[COLUMNS]


def latest(panel: pd.DataFrame) -> pd.DataFrame:
    """The last published version of each day: one row a series, day and period."""
    kept = panel[panel["latest"]].drop_duplicates(CELL)
    return kept.reset_index(drop=True)


def published_last(panel: pd.DataFrame) -> pd.Series:
    """Rows of the last date of publication of their day; all of a day without any."""
    newest = panel.groupby(DAY)["published"].transform("max")
    return (panel["published"] == newest) | newest.isna()


def taken_back(panel: pd.DataFrame) -> pd.Series:
    """Rows that withdraw a figure, and those that give one on the date of its withdrawal."""
    withdrawn = panel["status"] == "withdrawn"
    version = [panel[column] for column in (*CELL, "published")]
    return withdrawn.groupby(version, dropna=False).transform("any")


def _latest(panel: pd.DataFrame) -> pd.Series:
    """Rows published last for their day, unless taken back or unlike others of that date."""
    last = published_last(panel)
    values = panel["value"].where(last).groupby([panel[column] for column in CELL])
    return last & ~taken_back(panel) & (values.transform("nunique") == 1)
