"""What the figure of each day read from one publication to the next, and what replaced it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.arrays import Floats, Integers, begins, codes_of, seconds
from analyzer.gaps import gap
from analyzer.series.panel import CELL, taken_back

SERIES = ["series", "measure", "scope", "source", "kind"]
READ = ["value", "low", "high"]
EXTREMES = [np.fmin, np.fmax, np.fmax, np.fmin]  # of the value, twice, and of its bounds
VERSIONS = [*SERIES, "first", "at", "published", "lag", "value", "low", "high", "twofold"]
VERSIONS += ["authority", "status", "claim"]
REVISIONS = [*SERIES, "first", "at", "since", "published", "lag", "old_value", "value", "change"]
REVISIONS += ["gap", "compatible", "old_authority", "authority", "status", "old_claim", "claim"]


def list_versions(panel: pd.DataFrame) -> pd.DataFrame:
    """What each day's figure read from one publication to the next.

    Parameters
    ----------
    panel : DataFrame
        `series.panel.COLUMNS`.

    Returns
    -------
    DataFrame
        Columns `VERSIONS`, one row a day of a series and a day of publication, in this order;
        rows that repeat the last figure and its bounds are left out. `lag` is days from `at` to
        `published`. `twofold` marks versions that give several values: which of them holds is not
        known, so `value`, `low` and `high` are NaN there, and where `status` is withdrawn, since
        no figure stands. Rows without a known publication are no version.
    """
    if panel.empty:
        return panel.assign(lag=0, twofold=False)[VERSIONS].reset_index(drop=True)
    dated = panel[panel["published"].notna()].sort_values([*CELL, "published", "claim"])
    withdrawn = (dated["status"] == "withdrawn").to_numpy(dtype=bool)
    dated = dated[withdrawn | ~taken_back(dated)]
    cell = cell_keys(dated)
    first = begins(*cell, seconds(dated["published"]))
    versions: pd.DataFrame = dated.iloc[first]
    withdrawn = (versions["status"] == "withdrawn").to_numpy(dtype=bool)
    value, other, low, high = (
        extreme.reduceat(dated[column].to_numpy(dtype=np.float64), first)
        for extreme, column in zip(EXTREMES, ("value", *READ), strict=True)
    )
    twofold = (value < other) & ~withdrawn
    ends = [np.where(twofold, np.nan, end) for end in (value, low, high)]
    kept = begins(
        *(key[first] for key in cell), withdrawn, *(np.where(withdrawn, 0.0, end) for end in ends)
    )
    read = {name: np.where(withdrawn, np.nan, end) for name, end in zip(READ, ends, strict=True)}
    lag = (versions["published"] - versions["at"]).dt.days
    versions = versions.assign(lag=lag, twofold=twofold, **read)[VERSIONS]
    return versions.iloc[kept].reset_index(drop=True)


def cell_keys(frame: pd.DataFrame) -> list[Integers]:
    """`CELL` as whole numbers."""
    return [codes_of(frame["series"]), seconds(frame["first"]), seconds(frame["at"])]


def list_revisions(versions: pd.DataFrame) -> pd.DataFrame:
    """The versions that replaced another one.

    Returns
    -------
    DataFrame
        Columns `REVISIONS`, one row a replaced version: the old figure stood from `since` until
        `published`. `change` is the least that must have changed: 0 where the bounds of the two
        figures share a value (`compatible`: "at least 100", then 120), the difference of exact
        figures elsewhere; `gap` is the symmetric gap of the two. Versions without a value (twofold
        and withdrawn ones) are passed over.
    """
    known = versions[versions["value"].notna()]
    rows = replacing(known)
    old, new = (known.iloc[one].reset_index(drop=True) for one in (rows - 1, rows))
    change = least_change(old, new)
    frame = new.assign(
        since=old["published"],
        old_value=old["value"],
        change=change,
        gap=gap(old["value"].to_numpy(), new["value"].to_numpy()),
        compatible=change == 0,
        old_authority=old["authority"],
        old_claim=old["claim"],
    )
    return frame[REVISIONS]


def replacing(known: pd.DataFrame) -> Integers:
    """Places of the versions that replace the one before, of those that have a value."""
    new = begins(*cell_keys(known))
    read = [known[end].to_numpy(dtype=np.float64) for end in READ]
    other = begins(*read)
    return np.setdiff1d(other, new, assume_unique=True)


def least_change(old: pd.DataFrame, new: pd.DataFrame) -> Floats:
    """Least difference of two figures that their bounds `low` and `high` allow; 0 if they meet."""
    up = new["low"].to_numpy() - old["high"].to_numpy()
    down = new["high"].to_numpy() - old["low"].to_numpy()
    return np.where(up > 0, up, np.where(down < 0, down, 0.0))
