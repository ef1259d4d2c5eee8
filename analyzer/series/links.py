"""How the series of a dossier hang together: totals, parts, neighbours on the page, rivals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, permutations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array

from analyzer.arrays import Integers, begins, codes_of
from analyzer.distinct import spread, together
from analyzer.series.cut import heads as heads_of

COLUMNS = ["series", "relation", "other"]
HEAD = ["series", "measure", "scope", "source"]
Pairs = Iterable[tuple[int, int]]  # of series, by the numbers of their heads
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
    scope = heads["scope"].tolist()
    totals, parts = (_named(heads, measures, column) for column in ("total", "part_of"))
    found: dict[str, Pairs] = {
        "beside": _beside(series, panel["at"], heads, groups),
        "part": (pair for pair in parts if scope[pair[0]] == scope[pair[1]]),
        "rival": _rivals(heads),
        "total": (pair for pair in totals if scope[pair[0]] in ("", scope[pair[1]])),
    }
    pairs = [np.array(list(some), dtype=np.int64).reshape(-1, 2) for some in found.values()]
    relation = np.repeat(np.arange(len(found)), [len(some) for some in pairs])
    one, other = np.concatenate(pairs).T
    rank = codes_of(heads["series"], sort=True)
    order = np.lexsort((rank[other], relation, rank[one]))
    order = order[one[order] != other[order]]
    rows, names = pd.RangeIndex(len(order)), heads["series"].tolist()
    cells = [(names, one), (list(found), relation), (names, other)]
    texts = (spread(values, codes[order], rows) for values, codes in cells)
    return pd.DataFrame(dict(zip(COLUMNS, texts, strict=True)))


def _named(heads: pd.DataFrame, measures: pd.DataFrame, column: str) -> Iterator[tuple[int, int]]:
    """Pairs of one source whose first measure names the second one in a column of measures.csv."""
    if column not in measures:
        return
    named = dict(zip(measures["measure"], measures[column], strict=True))
    keys = list(zip(heads["source"], heads["measure"], strict=True))
    places: dict[tuple[str, str], list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    for place, (source, measure) in enumerate(keys):
        for other in places.get((source, named.get(measure, "")), ()):
            yield place, other


def _rivals(heads: pd.DataFrame) -> Pairs:
    """Pairs of one measure, both ways round."""
    places = heads.groupby("measure").indices.values()
    return chain.from_iterable(permutations(map(int, own), 2) for own in places)


def _beside(series: Integers, at: pd.Series, heads: pd.DataFrame, groups: pd.Series) -> Pairs:
    """Pairs of one page whose second series has a figure on at least half of the first one's days.

    A product of sparse tables counts shared days, of series that share a page and a day alone.
    """
    page, _ = together([heads["source"], heads["measure"].map(groups)])
    day = codes_of(at)
    width = int(day.max(initial=0)) + 1
    cells = np.sort(series * width + day)
    series, day = np.divmod(cells[begins(cells)], width)
    days = page[series] * width + day
    shape = (len(heads), int(days.max(initial=0)) + 1)
    given = coo_array((np.ones(len(series)), (series, days)), shape).tocsr()
    shared = (given @ given.T).tocoo()
    one, other = shared.coords
    measure = codes_of(heads["measure"])
    kept = (measure[one] != measure[other]) & (shared.data / given.sum(axis=1)[one] >= SHARED)
    return zip(one[kept].tolist(), other[kept].tolist(), strict=True)
