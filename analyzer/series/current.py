"""Which claims belong to a series, and which of them a later version of their day replaced."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.arrays import places_of
from analyzer.distinct import spread
from analyzer.series.cut import heads
from analyzer.series.panel import published_last, taken_back


def mark_series(claims: pd.DataFrame, panel: pd.DataFrame) -> pd.DataFrame:
    """Add what the panel knows of each claim.

    Parameters
    ----------
    claims : DataFrame
        With `id` and `status`.
    panel : DataFrame
        `series.panel.COLUMNS`.

    Adds
    ----
    series : str
        Name of the series that the claim belongs to, or "".
    superseded : bool
        Whether the series gave the same day again in a later version, or took the figure back;
        so is each row that withdraws a figure, for it states none. Of values that share the last
        date of their day none is: nothing tells which of them holds.
    """
    older = ~published_last(panel) | taken_back(panel)
    first, series = heads(panel)
    names = ["", *panel["series"].iloc[first]]
    place = places_of(claims["id"], panel["claim"])  # the last of these stands for none
    return claims.assign(
        series=spread(names, np.r_[series + 1, 0][place], claims.index),
        superseded=np.r_[older, False][place] | (claims["status"] == "withdrawn"),
    )


def current(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims that stand: without those that `mark_series` calls superseded."""
    stands = ~claims["superseded"].to_numpy()
    cells = {name: column.array[stands] for name, column in claims.items()}  # in long stretches
    return pd.DataFrame(cells, claims.index[stands], copy=False)
