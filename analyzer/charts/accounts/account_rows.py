"""Which sums of an identity are worth a row: each once, those that don't fit first."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analyzer.charts.accounts.account_terms import is_computed
from analyzer.charts.accounts.account_words import POOLED, page_name

MOST_ROWS: Final = 5
MOST_FITTING: Final = 2
TIGHT: Final = 0.02  # of its size: a side whose bounds are wider fits with too much to tell
STRENGTHS: Final = {"contradicts": 0, "strains": 1, "holds": 2}


def distinct(accounts: pd.DataFrame, terms: pd.DataFrame) -> pd.DataFrame:
    """One row for accounts with the same figures, those that fit least first.

    Parameters
    ----------
    accounts, terms : DataFrame
        Of one identity; terms as from `account_terms.in_places`.

    Returns
    -------
    DataFrame
        The accounts, without repeats, with `heading` (page or date, and how many more give the
        same figures), `pooled` (its figures are of several sources) and `telling` (both sides are
        known closely).
    """
    ends = terms.groupby("account")[["low", "high"]].agg(tuple)
    figures = {name: (low, high) for name, low, high in ends.itertuples()}
    pooled = accounts["name"].astype("str").str.startswith(POOLED)
    ranked = accounts.assign(
        figures=accounts["account"].map(figures),
        order=accounts["strength"].map(STRENGTHS),
        pooled=pooled,
    ).sort_values(["order", "gap", "pooled", "account"], ascending=[True, False, True, True])
    ranked = ranked.reset_index(drop=True)
    others = ranked.groupby("figures")["account"].transform("size") - 1
    pools = ranked.groupby("figures")["pooled"].transform("sum") - ranked["pooled"]
    ranked = ranked.assign(others=others - pools, telling=_telling(ranked))
    once = ranked.drop_duplicates("figures")
    headings = [page_name(row, int(row["others"])) for _, row in once.iterrows()]
    return once.assign(heading=headings).drop(columns=["figures", "order", "others"])


def _telling(accounts: pd.DataFrame) -> pd.Series:
    close = [
        accounts[f"{side}_high"] - accounts[f"{side}_low"]
        <= TIGHT * accounts[[f"{side}_low", f"{side}_high"]].abs().max(axis=1)
        for side in ("left", "right")
    ]
    finite: pd.Series = accounts[["left_low", "right_low"]].abs().max(axis=1) < np.inf
    return close[0] & close[1] & finite


def choose(groups: pd.DataFrame, terms: pd.DataFrame) -> pd.DataFrame:
    """Sums that are drawn: those that don't fit, and a few that fit and are known closely.

    Where all fit, only sums of several parts are worth a chart.
    """
    bad = ~groups["holds"].astype(bool)
    named = terms[terms["part"] & ~terms["constant"].astype(bool)]
    several = named.groupby("account").size().max() > 1
    computed = terms["label"].map(is_computed).any()
    equal = bool((groups["relation"] == "=").all())
    if not bad.any() and (computed or not several or not equal):
        return groups.head(0)
    fitting = groups[~bad & groups["telling"] & equal]
    pages = fitting[~fitting["pooled"]]
    fitting = (pages if len(pages) else fitting).head(MOST_FITTING)
    return pd.concat([groups[bad].head(MOST_ROWS - len(fitting)), fitting])
