"""How the figures of a series were revised: by day, and over the whole series."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.arrays import Integers, Truths, begins, codes_of, seconds
from analyzer.series.significance import bias_p, newey_west, sign_p
from analyzer.series.versions import READ, SERIES, cell_keys, least_change, replacing
from analyzer.series.versions import REVISIONS as REVISIONS
from analyzer.series.versions import VERSIONS as VERSIONS
from analyzer.series.versions import list_revisions as list_revisions
from analyzer.series.versions import list_versions as list_versions

WITHIN = 0.2  # share of the last value within which a day has settled; epiprocess's default
COUNTS = ["n_versions", "n_revisions", "n_compatible", "n_twofold", "n_withdrawn"]
CELLS = [*SERIES, "first", "at", *COUNTS, "backfilled"]
CELLS += ["min_lag", "max_lag", "lag_near_latest", "spread"]
CELLS += ["rel_spread", "min_value", "max_value", "median_value", "revision", "last_value"]


def revision_cells(versions: pd.DataFrame, within: float = WITHIN) -> pd.DataFrame:
    """How each day's figure was revised.

    The columns are those of `revision_analysis` of the R package epiprocess
    (cmu-delphi/epiprocess: R/revision_analysis.R), with two differences: a change that the bounds
    of the two figures allow is no revision, and a last value of 0 can be settled on.

    Parameters
    ----------
    versions : DataFrame
        As `list_versions` returns it, in its order; of some series or of all.
    within : float
        Share of the last value within which a day has settled.

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
    if versions.empty:
        return _no_cells(versions)
    starts = begins(*cell_keys(versions))
    cell = _numbered(starts, len(versions))
    known = np.flatnonzero(versions["value"].notna())
    cells = _known_cells(versions.iloc[known].reset_index(drop=True), cell[known], within)
    return _with_twofold(cells, versions, starts)


def _numbered(starts: Integers, size: int) -> Integers:
    """The number of the stretch of each row, by where stretches start."""
    return np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, size]))


def _known_cells(known: pd.DataFrame, cell: Integers, within: float) -> pd.DataFrame:
    """Columns of `CELLS` that the versions with a value tell, by the number of their cell."""
    first = begins(cell)
    sizes = np.diff(np.r_[first, len(cell)])
    final = first + sizes - 1
    rows = np.arange(len(known))
    value, low, high = (known[end].to_numpy(dtype=np.float64) for end in READ)
    last = np.repeat(final, sizes)
    distance = np.abs(least_change(known, known.iloc[last]))
    far = (distance > 0) & (distance >= within * np.abs(value[last]))
    settled = rows > np.repeat(np.maximum.reduceat(np.where(far, rows, -1), first), sizes)
    lag = known["lag"].to_numpy()
    spread = np.fmax.reduceat(low, first) - np.fmin.reduceat(high, first)
    spread = np.where(spread > 0, spread, 0.0)
    greatest = np.fmax.reduceat(value, first)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(spread > 0, spread / greatest, np.nan)
    later = replacing(known)
    old, new = known.iloc[later - 1], known.iloc[later]
    compatible = least_change(old, new) == 0
    at = np.searchsorted(first, later, "right") - 1
    return pd.DataFrame(
        {
            "n_versions": sizes,
            "min_lag": np.minimum.reduceat(lag, first),
            "max_lag": np.maximum.reduceat(lag, first),
            "min_value": np.fmin.reduceat(value, first),
            "max_value": greatest,
            "median_value": pd.Series(value).groupby(cell).median().to_numpy(),
            "last_value": value[final],
            "lag_near_latest": np.fmin.reduceat(known["lag"].where(settled).to_numpy(), first),
            "revision": least_change(known.iloc[first], known.iloc[final]),
            "spread": spread,
            "rel_spread": share,
            "n_compatible": np.bincount(at[compatible], minlength=len(first)),
            "n_revisions": np.bincount(at[~compatible], minlength=len(first)),
        },
        index=cell[first],
    )


def _no_cells(versions: pd.DataFrame) -> pd.DataFrame:
    """Columns `CELLS` without a row."""
    lags = ["min_lag", "max_lag", "lag_near_latest"]
    cells = dict.fromkeys(CELLS, 0.0) | dict.fromkeys([*COUNTS, *lags], 0) | {"backfilled": False}
    days = [*SERIES, "first", "at"]
    return pd.DataFrame(cells, index=versions.index).assign(**versions[days])


def _with_twofold(cells: pd.DataFrame, versions: pd.DataFrame, first: Integers) -> pd.DataFrame:
    """Adds days without any value, and what is not known where the last version has none."""
    final = np.r_[first[1:], len(versions)] - 1
    withdrawn = (versions["status"] == "withdrawn").to_numpy(dtype=bool)
    days = versions[[*SERIES, "first", "at"]].iloc[first].reset_index(drop=True)
    appeared = np.minimum.reduceat(seconds(versions["published"]), first)
    counted = {"n_twofold": versions["twofold"].to_numpy(dtype=bool), "n_withdrawn": withdrawn}
    cells = days.join(cells).assign(
        **{name: np.add.reduceat(mark.astype(np.int64), first) for name, mark in counted.items()},
        backfilled=_backfilled(codes_of(days["series"]), seconds(days["at"]), appeared),
    )
    cells[COUNTS] = cells[COUNTS].fillna(0).astype("int64")
    unknown = ["revision", "last_value", "lag_near_latest"]
    open_end = versions["value"].isna().iloc[final].reset_index(drop=True)
    cells[unknown] = cells[unknown].mask(open_end)
    return cells[CELLS]


def _backfilled(series: Integers, at: Integers, appeared: Integers) -> Truths:
    """Days that were first published together with, or after, a later day of their series."""
    order = np.lexsort((at, series))
    key = series * (np.ptp(appeared) + 1) + appeared - appeared.min()
    start = begins(series[order], at[order])
    soonest = np.minimum.reduceat(key[order], start)  # later series have higher keys
    soonest = np.minimum.accumulate(soonest[::-1])[::-1]
    day = np.empty(len(order), dtype=np.int64)
    day[order] = _numbered(start, len(order))
    follower = np.r_[series[order][start][1:], -1]
    later = np.r_[soonest[1:], 0]
    return np.asarray((follower[day] == series) & (later[day] <= key))


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
    found = series.agg(
        **{column: (column, "first") for column in SERIES[1:]},
        n_days=("series", "size"),
        **{column: (column, "sum") for column in COUNTS},
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
