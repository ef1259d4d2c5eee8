"""Which measures belong together: what is said of one never depends on those of another group."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analyzer.expressions import ExpressionError, parse_expression, refs

TIES = ("part_of", "plan", "total")  # columns of measures.csv that name another measure
TABLE = "table"  # a column of words that the measures of one printed table share


def connected_groups(
    measures: pd.DataFrame, identities: pd.DataFrame, bases: pd.DataFrame
) -> pd.Series:
    """Group of each measure: those that are tied, directly or through others.

    Parts, plans and totals are tied to the measure that they name, the measures of an identity or
    of one table to each other, and a share to the measure that it is taken of.

    Parameters
    ----------
    measures, identities : DataFrame
        As in their files.
    bases : DataFrame
        Columns `measure` and `of`, one row a pair that stands in a claim.

    Returns
    -------
    Series
        By measure, the alphabetically first measure of its group.
    """
    names = pd.Index(measures["measure"].unique()).sort_values()
    texts = identities["expression"].tolist()
    written = [pair for text in texts for pair in _tied_by(text)]
    ties = [
        *((measures["measure"], measures[column]) for column in TIES if column in measures),
        *_side_by_side(measures),
        (bases["measure"], bases["of"]),
        *([tuple(map(pd.Index, zip(*written, strict=True)))] if written else []),
    ]
    ends = [np.concatenate(list(map(names.get_indexer, side))) for side in zip(*ties, strict=True)]
    known = (ends[0] >= 0) & (ends[1] >= 0)
    size = len(names)
    graph = coo_array((np.ones(int(known.sum())), (ends[0][known], ends[1][known])), (size, size))
    _, labels = connected_components(graph, directed=False)
    first = names.take(np.unique(labels, return_index=True)[1]).take(labels)
    return pd.Series(first.array, index=names, name="group", dtype="str")


def _side_by_side(measures: pd.DataFrame) -> Iterator[tuple[pd.Series, pd.Series]]:
    """Each measure of a table with the first of it."""
    if TABLE in measures:
        shared = measures.loc[measures[TABLE] != "", ["measure", TABLE]]
        yield shared["measure"], shared.groupby(TABLE)["measure"].transform("first")


def _tied_by(expression: str) -> list[tuple[str, str]]:
    """Pairs that tie all measures of an identity; none where it can't be read."""
    try:
        identity = parse_expression(expression)
    except ExpressionError:
        return []
    sides = (identity.left, identity.right)
    return list(pairwise(ref.measure for side in sides for ref in refs(side)))


def partitions(groups: pd.Series, claims: pd.Series, size: int) -> pd.Series:
    """Spread groups over partitions of about `size` claims, in their alphabetical order.

    Parameters
    ----------
    groups : Series
        Of `connected_groups`.
    claims : Series
        Number of claims by measure; a measure that is missing has none.
    size : int
        Claims of a partition. A larger group has a partition for itself: groups are never cut.

    Returns
    -------
    Series
        By measure, the number of its partition, from 0.
    """
    counts = claims.reindex(groups.index, fill_value=0).groupby(groups).sum()
    before = counts.cumsum() - counts
    # a group goes where its first claim falls; empty stretches are closed up by factorizing
    number = pd.Series(pd.factorize(before // size, sort=True)[0], index=counts.index)
    return groups.map(number).astype("int64").rename("partition")
