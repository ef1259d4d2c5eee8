"""How the series of a dossier hang together: totals, parts, neighbours on the page, rivals."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array

from analyzer.arrays import Integers, codes_of
from analyzer.series.cut import heads as heads_of

COLUMNS = ["series", "relation", "other"]
HEAD = ["series", "measure", "scope", "source"]
SHARED = 0.5  # of a series' days; another one that is given more rarely is no column beside it


def link_series(panel: pd.DataFrame, measures: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """All pairs of series that say something of each other.

    Parameters
    ----------
    panel : DataFrame
        `panel.COLUMNS`.
    measures : DataFrame
        The dossier's measures; `part_of` and `total` may be missing.
    groups : Series
        Group by measure, as of `groups.connected_groups`: measures of one source and group stand
        on one page.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, ordered by all of them. `relation` is "total" (the series is a flow
        that adds to the other one), "part" (what it counts is part of what the other counts),
        "beside" (the other has a figure on at least half of its days, of the same source) or
        "rival" (the same measure by another source, or in another scope). Totals and parts are
        of the same source and scope.
    """
    first, series = heads_of(panel)
    heads = panel[HEAD].iloc[first].reset_index(drop=True)
    totals = _named(heads, measures, "total")
    totals = totals[(totals["scope"] == totals["scope_other"]) | (totals["scope"] == "")]
    parts = _named(heads, measures, "part_of")
    parts = parts[parts["scope"] == parts["scope_other"]]
    rivals = heads.merge(heads, on="measure", suffixes=("", "_other"))
    same = (rivals["source"] == rivals["source_other"]) & (rivals["scope"] == rivals["scope_other"])
    found = {
        "total": totals,
        "part": parts,
        "beside": _beside(series, panel["at"], heads, groups),
        "rival": rivals[~same],
    }
    links = pd.concat(
        [
            pairs[["series", "series_other"]].assign(relation=relation)
            for relation, pairs in found.items()
        ]
    )
    links = links[links["series"] != links["series_other"]]
    links = links[["series", "relation", "series_other"]].set_axis(COLUMNS, axis=1)
    return links.sort_values(COLUMNS, ignore_index=True)


def _named(heads: pd.DataFrame, measures: pd.DataFrame, column: str) -> pd.DataFrame:
    """Pairs of one source whose first measure names the second one in a column of measures.csv."""
    named = pd.Series("", index=heads.index, dtype="str")
    if column in measures:
        names = measures.set_index("measure")[column]
        named = heads["measure"].map(names).fillna("").astype("str")
    ends = heads.assign(named=named)[named != ""]
    return ends.merge(
        heads,
        left_on=["source", "named"],
        right_on=["source", "measure"],
        suffixes=("", "_other"),
    )


def _beside(
    series: Integers, at: pd.Series, heads: pd.DataFrame, groups: pd.Series
) -> pd.DataFrame:
    """Pairs of one page whose second series has a figure on at least half of the first one's days.

    A product of sparse tables counts shared days, of series that share a page and a day alone.
    """
    page, _ = pd.factorize(heads["source"])
    group, _ = pd.factorize(heads["measure"].map(groups))
    page, _ = pd.factorize(page * (group.max(initial=0) + 1) + group)
    day = codes_of(at)
    width = int(day.max(initial=0)) + 1
    series, day = np.divmod(np.unique(series * width + day), width)
    days = page[series] * width + day
    shape = (len(heads), int(days.max(initial=0)) + 1)
    given = coo_array((np.ones(len(series)), (series, days)), shape).tocsr()
    shared = (given @ given.T).tocoo()
    one, other = shared.coords
    whole = given.sum(axis=1)
    measure, _ = pd.factorize(heads["measure"])
    kept = (measure[one] != measure[other]) & (shared.data / whole[one] >= SHARED)
    names = heads["series"].to_numpy(dtype=object)
    columns = {"series": names[one[kept]], "series_other": names[other[kept]]}
    return pd.DataFrame(columns, dtype="str")
