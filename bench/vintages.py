"""The real errors of a dossier with vintages: figures that a later version changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from analyzer.series.links import link_series
from analyzer.series.panel import CELL
from analyzer.series.slips import find_slips

BACK = pd.Timedelta(days=60)  # before the first figure that is looked at: what a replay needs
SETTLED = pd.Timedelta(days=3)  # a change that is taken back so soon was no correction
MANY = 8  # figures of one series changed in one version: no longer single figures
SINGLE, WHOLE_COLUMN, RESOURCED = "single figure", "whole column", "history re-sourced"
GROUPS = (SINGLE, WHOLE_COLUMN, RESOURCED)
FLAGS = ["detector", "claim", "suggestion", "likelihood"]
Detector = Callable[[pd.DataFrame, pd.DataFrame, set[str]], pd.DataFrame]


def label(panel: pd.DataFrame) -> pd.DataFrame:
    """Which versions of a figure were corrected later, to what, and in which group of changes.

    Returns
    -------
    DataFrame
        The panel's rows (of each day and version one) with `right` (the value that replaced it,
        NaN if none did), `corrected` (when), `group` (of changes made together) and `off` (share
        of the right figure by which it was off). A change that was taken back within days is
        no correction; what it had put in is an error.
    """
    rows = panel.sort_values([*CELL, "published", "claim"], ignore_index=True)
    rows = rows.drop_duplicates([*CELL, "published"], keep=False)
    cells = rows.groupby(CELL)
    following, then = cells["value"].shift(-1), cells["published"].shift(-1)
    taken_back = (cells["value"].shift(-2) == rows["value"]) & (
        cells["published"].shift(-2) - then <= SETTLED
    )
    changed = following.notna() & (following != rows["value"]) & ~taken_back
    right, corrected = following.where(changed), then.where(changed)
    together = rows.assign(then=corrected).groupby(["series", "then"])["at"].transform("size")
    many = together >= MANY
    soon = corrected - rows["published"] <= SETTLED
    group = np.select([~changed, many & soon, many], ["", WHOLE_COLUMN, RESOURCED], SINGLE)
    off = (rows["value"] - right).abs() / right.abs().clip(lower=1)
    return rows.assign(right=right, corrected=corrected, group=group, off=off)


def replay(
    versions: pd.DataFrame, measures: pd.DataFrame, detectors: Mapping[str, Detector]
) -> pd.DataFrame:
    """Show detectors each vintage in turn, never what came after it.

    Returns
    -------
    DataFrame
        Columns `FLAGS`: the versions that were flagged when they first appeared, in the last
        table before they were corrected, or in the last table of all.
    """
    page = pd.Series("", index=pd.Index(measures["measure"]), dtype="str")
    vintages = np.sort(versions["published"].dropna().unique())
    found = []
    for place, vintage in enumerate(vintages):
        known = versions[versions["published"] <= vintage]
        newest = known.groupby(CELL)["published"].transform("max") == known["published"]
        last = place + 1 == len(vintages)
        asked = newest if last else newest & (known["published"] == vintage)
        if not last:
            asked |= newest & (known["corrected"] == vintages[place + 1])
        table = known[newest].assign(latest=True)
        if not last and place:
            table = table[table["at"] >= known.loc[asked, "at"].min() - BACK]
        links = link_series(table, measures, page)
        for name, detect in detectors.items():
            flags = detect(table, links, set(known.loc[asked, "series"]))
            flags = flags[flags["claim"].isin(known.loc[asked, "claim"])]
            found.append(flags.assign(detector=name)[FLAGS])
    flags = pd.concat(found).sort_values("likelihood", ascending=False, kind="stable")
    return flags.drop_duplicates(["detector", "claim"], ignore_index=True)


def product(table: pd.DataFrame, links: pd.DataFrame, only: set[str]) -> pd.DataFrame:
    """The detector of this project."""
    return find_slips(table, links, only=only)


def falling_totals(table: pd.DataFrame, links: pd.DataFrame, only: set[str]) -> pd.DataFrame:
    """Baseline: running totals that are below the figure before them."""
    rows = table[table["series"].isin(only) & (table["kind"] == "cumulative")]
    steps = rows.sort_values(["series", "at"]).groupby("series")["value"].diff()
    return _flags(rows.loc[steps.index[steps < 0]])


def robust_z(table: pd.DataFrame, links: pd.DataFrame, only: set[str]) -> pd.DataFrame:
    """Baseline: steps (for flows, figures) far from the median of the four weeks around them.

    A modified z-score above 3.5 (Iglewicz & Hoaglin 1993, How to Detect and Handle Outliers).
    """
    rows = table[table["series"].isin(only)].sort_values(["series", "at"])
    totals = rows["kind"] == "cumulative"
    steps = rows.groupby("series")["value"].diff().where(totals, rows["value"])
    apart = steps - _median(steps, rows["series"])
    spread = _median(apart.abs(), rows["series"]).clip(lower=0.5)
    return _flags(rows[0.6745 * apart.abs() / spread > 3.5])


def _median(values: pd.Series, series: pd.Series) -> pd.Series:
    rolling = values.groupby(series).rolling(29, center=True, min_periods=5).median()
    return rolling.droplevel(0).reindex(values.index)


def _flags(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[["claim"]].assign(suggestion=np.nan, likelihood=1.0)
