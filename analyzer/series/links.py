"""How the series of a dossier hang together: totals, parts, neighbours on the page, rivals."""

from __future__ import annotations

import pandas as pd

COLUMNS = ["series", "relation", "other"]
HEAD = ["series", "measure", "scope", "source"]
SHARED = 0.5  # of a series' days; another one that is given more rarely is no column beside it


def link_series(panel: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """All pairs of series that say something of each other.

    Parameters
    ----------
    panel : DataFrame
        `panel.COLUMNS`.
    measures : DataFrame
        The dossier's measures; `part_of` and `total` may be missing.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, ordered by all of them. `relation` is "total" (the series is a flow
        that adds to the other one), "part" (what it counts is part of what the other counts),
        "beside" (the other has a figure on at least half of its days, of the same source) or
        "rival" (the same measure by another source, or in another scope). Totals and parts are
        of the same source and scope.
    """
    heads = panel[HEAD].drop_duplicates(ignore_index=True)
    pairs = heads.merge(heads, how="cross", suffixes=("", "_other"))
    pairs = pairs[pairs["series"] != pairs["series_other"]]
    source = pairs["source"] == pairs["source_other"]
    scope = pairs["scope"] == pairs["scope_other"]
    found = {
        "total": source & (scope | (pairs["scope"] == "")) & _named(pairs, measures, "total"),
        "part": source & scope & _named(pairs, measures, "part_of"),
        "beside": source
        & (pairs["measure"] != pairs["measure_other"])
        & _shares_days(pairs, panel),
        "rival": (pairs["measure"] == pairs["measure_other"]) & ~(source & scope),
    }
    parts = [pairs[mask].assign(relation=relation) for relation, mask in found.items()]
    links = pd.concat(parts)[["series", "relation", "series_other"]].set_axis(COLUMNS, axis=1)
    return links.sort_values(COLUMNS, ignore_index=True)


def _named(pairs: pd.DataFrame, measures: pd.DataFrame, column: str) -> pd.Series:
    """Pairs whose first measure names the second one in a column of measures.csv."""
    if column not in measures:
        return pd.Series(False, index=pairs.index)
    named = measures.set_index("measure")[column]
    return pairs["measure"].map(named).fillna("") == pairs["measure_other"]


def _shares_days(pairs: pd.DataFrame, panel: pd.DataFrame) -> pd.Series:
    """Pairs whose second series has a figure on at least half of the first one's days."""
    cells = panel[["series", "at"]].drop_duplicates()
    days = (
        cells.assign(given=1)
        .pivot_table(index="series", columns="at", values="given", observed=True)
        .fillna(0)
    )
    shared = days.to_numpy() @ days.to_numpy().T
    share = pd.DataFrame(shared / days.to_numpy().sum(axis=1)[:, None], days.index, days.index)
    places = tuple(
        days.index.get_indexer(pd.Index(pairs[name])) for name in ("series", "series_other")
    )
    return pd.Series(share.to_numpy()[places] >= SHARED, index=pairs.index)
