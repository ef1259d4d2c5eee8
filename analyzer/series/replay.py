"""A series as it stood at each of its vintages."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.series.panel import DAY

COLUMNS = ["series", "vintage", "first", "at", "value", "claim"]


def replay(versions: pd.DataFrame) -> pd.DataFrame:
    """What could be read for each day at each vintage: the last version published by then.

    A vintage is a day on which a version of the series was published. This is what `epix_as_of`
    of the R package epiprocess gives for one day, for all of them (cmu-delphi/epiprocess:
    R/methods-epi_archive.R).

    Parameters
    ----------
    versions : DataFrame
        `series.revisions.VERSIONS`.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, one row a series, vintage and day, in this order. While the last version
        of a day is twofold or withdrawn, the day has no row: its figure is not known. Of two
        periods of one day and date of publication the shorter is given.
    """
    parts = [_replay(part) for _, part in versions.groupby("series", sort=True)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def _replay(versions: pd.DataFrame) -> pd.DataFrame:
    """One series: a table of vintages by days, filled downwards with the place of the version."""
    versions = versions.reset_index(drop=True)
    cells = versions.groupby(DAY, sort=True).ngroup()
    vintages = np.sort(versions["published"].unique())
    rows = np.searchsorted(vintages, versions["published"])
    table = np.full((len(vintages), int(cells.max()) + 1), -1)
    table[rows, cells] = versions.index
    last_row = np.where(table >= 0, np.arange(len(vintages))[:, None], 0)
    filled = table[np.maximum.accumulate(last_row), np.arange(table.shape[1])]
    known = (filled >= 0) & versions["value"].notna().to_numpy()[filled]
    vintage, cell = np.nonzero(known)
    taken = versions.iloc[filled[vintage, cell]].reset_index(drop=True)
    return taken.assign(vintage=vintages[vintage])[COLUMNS]
