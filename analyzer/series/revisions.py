"""How the figures of a series were revised: by version, by day, and over the whole series."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.gaps import gap
from analyzer.series.panel import CELL, taken_back
from analyzer.series.significance import bias_p, newey_west, sign_p

WITHIN = 0.2  # share of the last value within which a day has settled; epiprocess's default
SERIES = ["series", "measure", "scope", "source", "kind"]
READ = ["value", "low", "high"]
VERSIONS = [*SERIES, "first", "at", "published", "lag", "value", "low", "high", "twofold"]
VERSIONS += ["authority", "status", "claim"]
REVISIONS = [*SERIES, "first", "at", "since", "published", "lag", "old_value", "value", "change"]
REVISIONS += ["gap", "compatible", "old_authority", "authority", "status", "old_claim", "claim"]
CELLS = [*SERIES, "first", "at", "n_versions", "n_revisions", "n_compatible", "n_twofold"]
CELLS += ["n_withdrawn", "backfilled", "min_lag", "max_lag", "lag_near_latest", "spread"]
CELLS += ["rel_spread", "min_value", "max_value", "median_value", "revision", "last_value"]


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
    by = [*CELL, "published"]
    dated = panel[panel["published"].notna()].sort_values([*by, "claim"])
    dated = dated.assign(withdrawn=dated["status"] == "withdrawn")
    dated = dated[dated["withdrawn"] | ~taken_back(dated)]
    groups = dated.groupby(by)
    dated = dated.assign(
        twofold=groups["value"].transform("nunique") > 1,
        low=groups["low"].transform("max"),
        high=groups["high"].transform("min"),
    )
    dated["twofold"] &= ~dated["withdrawn"]
    dated[READ] = dated[READ].mask(dated["twofold"] | dated["withdrawn"])
    versions = dated.drop_duplicates(by)
    read = versions[[*CELL, "withdrawn", *READ]]
    read = read.assign(**{end: read[end].mask(read["withdrawn"], 0.0) for end in READ})
    repeats = (read == read.shift()).all(axis=1)
    lag = (versions["published"] - versions["at"]).dt.days
    return versions.assign(lag=lag)[~repeats][VERSIONS].reset_index(drop=True)


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
    new = versions[versions["value"].notna()]
    old = new.shift()
    replaced = (new[CELL] == old[CELL]).all(axis=1) & (new[READ] != old[READ]).any(axis=1)
    new, old = new[replaced], old[replaced]
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
    return frame[REVISIONS].reset_index(drop=True)


def least_change(old: pd.DataFrame, new: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Least difference of two figures that their bounds `low` and `high` allow; 0 if they meet."""
    up = new["low"].to_numpy() - old["high"].to_numpy()
    down = new["high"].to_numpy() - old["low"].to_numpy()
    return np.where(up > 0, up, np.where(down < 0, down, 0.0))


def revision_cells(versions: pd.DataFrame, within: float = WITHIN) -> pd.DataFrame:
    """How each day's figure was revised.

    The columns are those of `revision_analysis` of the R package epiprocess
    (cmu-delphi/epiprocess: R/revision_analysis.R), with two differences: a change that the bounds
    of the two figures allow is no revision, and a last value of 0 can be settled on.

    Returns
    -------
    DataFrame
        Columns `CELLS`, one row a day of a series. `n_revisions` counts changes that the bounds
        rule out, `n_compatible` the others, `n_twofold` versions with several values and
        `n_withdrawn` those that take the figure back (both count in no other column). `min_lag`
        and `max_lag` are days from `at` to the first and to the last change, `lag_near_latest`
        days until the figure came within the share `within` of its last value and stayed there.
        `spread` is the least width that all versions need (max - min
        of exact figures), `rel_spread` its share of the largest value (NaN where nothing spreads).
        `revision` is the least change from the first to the last version. `backfilled`: a later
        day of the series was published no later, so the first version here may not be the first
        that there was. Where the last version is twofold or withdrawn there is no last value:
        `revision`, `last_value` and `lag_near_latest` are NaN.
    """
    known = versions[versions["value"].notna()]
    keys = [known[column] for column in CELL]
    place = known.groupby(CELL).cumcount()
    last = known.groupby(CELL)[READ].transform("last")
    distance = np.abs(least_change(known, last))
    far = (distance > 0) & (distance >= within * last["value"].abs())
    settled = place > place.where(far).groupby(keys).transform("max").fillna(-1)
    groups = known.groupby(CELL)
    first, final = groups.first(), groups.last()
    cells = groups.agg(
        n_versions=("value", "size"),
        min_lag=("lag", "min"),
        max_lag=("lag", "max"),
        low=("low", "max"),
        high=("high", "min"),
        min_value=("value", "min"),
        max_value=("value", "max"),
        median_value=("value", "median"),
        last_value=("value", "last"),
    )
    cells["lag_near_latest"] = known["lag"].where(settled).groupby(keys).min()
    cells["revision"] = least_change(first, final)
    cells["spread"] = (cells["low"] - cells["high"]).clip(lower=0.0)
    cells["rel_spread"] = (cells["spread"] / cells["max_value"]).where(cells["spread"] > 0)
    changes = list_revisions(versions).groupby(CELL)["compatible"].agg(["sum", "size"])
    changes = changes.reindex(cells.index, fill_value=0)
    cells["n_compatible"] = changes["sum"]
    cells["n_revisions"] = changes["size"] - changes["sum"]
    return _with_twofold(cells, versions)


def _with_twofold(cells: pd.DataFrame, versions: pd.DataFrame) -> pd.DataFrame:
    """Adds days without any value, and what is not known where the last version has none."""
    versions = versions.assign(
        withdrawn=versions["status"] == "withdrawn", open_end=versions["value"].isna()
    )
    groups = versions.groupby(CELL)
    whole = groups.agg(
        **{column: (column, "first") for column in SERIES[1:]},
        n_twofold=("twofold", "sum"),
        n_withdrawn=("withdrawn", "sum"),
        open_end=("open_end", "last"),
        appeared=("published", "min"),
    )
    cells = whole.join(cells).reset_index()
    counts = ["n_versions", "n_revisions", "n_compatible", "n_twofold", "n_withdrawn"]
    cells[counts] = cells[counts].fillna(0).astype("int64")
    unknown = ["revision", "last_value", "lag_near_latest"]
    cells[unknown] = cells[unknown].mask(cells["open_end"])
    return cells.assign(backfilled=_backfilled(cells))[CELLS]


def _backfilled(cells: pd.DataFrame) -> pd.Series:
    """Days that were first published together with, or after, a later day of their series."""
    days = cells.groupby(["series", "at"])["appeared"].min()
    soonest = days[::-1].groupby(level="series").cummin()[::-1]
    later = soonest.groupby(level="series").shift(-1).rename("later")
    return cells.join(later, on=["series", "at"])["later"] <= cells["appeared"]


STATISTICS = [*SERIES, "n_days", "n_versions", "n_revised", "n_revisions", "n_compatible"]
STATISTICS += ["n_twofold", "n_withdrawn", "n_backfilled", "first_lag", "last_lag", "near_lag"]
STATISTICS += ["near_lag_max", "spread", "rel_spread", "n", "bias", "bias_error", "bias_p"]
STATISTICS += ["n_up", "n_down", "sign_p", "mar", "noise_to_signal"]


def revision_statistics(cells: pd.DataFrame) -> pd.DataFrame:
    """How each series was revised, over all its days.

    Size, bias and noise are those of `get_revision_analysis` of the R package reviser
    (ropensci/reviser: R/revisions.R), of the last version against the first one.

    Parameters
    ----------
    cells : DataFrame
        As `revision_cells` returns it.

    Returns
    -------
    DataFrame
        Columns `STATISTICS`, one row a series. Counts are over its days; `n_revised` are days
        with a revision. `first_lag` is the median of `min_lag` over days that were not
        backfilled; `last_lag` and `near_lag` the medians of `max_lag` and `lag_near_latest` over
        revised days, `near_lag_max` the longest of the latter; `spread` and `rel_spread` the
        largest ones. Over the `n` days with a known revision (0 where nothing changed): `bias` is
        the mean revision, `bias_error` its standard error and `bias_p` the p-value of no bias
        (`significance.bias_p`); `n_up` and `n_down` days that rose and fell, `sign_p` the p-value
        of the sign test, which takes days as independent (days replaced in one batch are not);
        `mar` the mean absolute revision; `noise_to_signal` the standard deviation of the
        revisions over that of the last values (small for a running total, whose values range
        over its whole rise).
    """
    if cells.empty:
        return pd.DataFrame(columns=pd.Index(STATISTICS))
    cells = cells.sort_values(["series", "at", "first"], ignore_index=True)
    cells["signal"] = cells["last_value"].where(cells["revision"].notna())
    cells["up"], cells["down"] = cells["revision"] > 0, cells["revision"] < 0
    cells["size"] = cells["revision"].abs()
    cells["revised"] = cells["n_revisions"] > 0
    for lag in ("max_lag", "lag_near_latest"):
        cells[lag] = cells[lag].where(cells["revised"])
    cells["min_lag"] = cells["min_lag"].where(~cells["backfilled"])
    series = cells.groupby("series", sort=True)
    counts = ["n_versions", "n_revisions", "n_compatible", "n_twofold", "n_withdrawn"]
    found = series.agg(
        **{column: (column, "first") for column in SERIES[1:]},
        n_days=("series", "size"),
        **{column: (column, "sum") for column in counts},
        n_revised=("revised", "sum"),
        n_backfilled=("backfilled", "sum"),
        first_lag=("min_lag", "median"),
        last_lag=("max_lag", "median"),
        near_lag=("lag_near_latest", "median"),
        near_lag_max=("lag_near_latest", "max"),
        spread=("spread", "max"),
        rel_spread=("rel_spread", "max"),
        n=("revision", "count"),
        bias=("revision", "mean"),
        n_up=("up", "sum"),
        n_down=("down", "sum"),
        mar=("size", "mean"),
        noise=("revision", "std"),
        signal=("signal", "std"),
    )
    found["noise_to_signal"] = (found["noise"] / found["signal"]).where(found["signal"] > 0)
    return _with_tests(found, cells).reset_index()[STATISTICS]


def _with_tests(found: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Adds the tests of bias; where nothing was ever revised there is nothing to test."""
    tested = found.index[(found["n_up"] + found["n_down"]) > 0]
    known = cells[cells["revision"].notna() & cells["series"].isin(list(tested))]
    errors, chances, signs = {}, {}, {}
    for name, revisions in known.groupby("series", sort=True)["revision"]:
        values = revisions.to_numpy(dtype="float64")
        errors[name], chances[name] = newey_west(values), bias_p(values)
        signs[name] = sign_p(int((values > 0).sum()), int((values < 0).sum()))
    tests = {"bias_error": errors, "bias_p": chances, "sign_p": signs}
    columns = {
        test: pd.Series(by_series, dtype="float64").reindex(found.index)
        for test, by_series in tests.items()
    }
    return found.assign(**columns)
