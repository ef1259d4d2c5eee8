"""Which claims of a large group enter the system: of series those of days that others speak of."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.arrays import NEVER, Integers, Truths, days
from analyzer.groups import connected_groups

BESIDE = ["measure", "of", "series", "at_last"]  # columns of claims that are looked at
LARGE_GROUP = 500  # claims; in a larger connected group series enter only on days of which others
# speak: the smallest groups of the dossiers that are one series a measure are of this size


def beside_series(
    claims: pd.DataFrame,
    identities: pd.DataFrame,
    measures: pd.DataFrame,
    groups: pd.Series | None = None,
) -> Truths:
    """Which claims enter: in large groups, of series those of days that others of it speak of too.

    What a series says against itself is told by the detectors of series.

    Parameters
    ----------
    groups : Series, optional
        `groups.connected_groups`, where it is known.
    """
    alone = (claims["series"] == "").to_numpy(dtype=bool)
    if len(claims) <= LARGE_GROUP or alone.all():
        return np.ones(len(claims), dtype=np.bool_)
    if groups is None:
        groups = connected_groups(measures, identities, claims[["measure", "of"]].drop_duplicates())
    group = _groups_of(claims["measure"], groups)
    small = np.bincount(group)[group] <= LARGE_GROUP
    when = days(claims["at_last"])
    day, known = pd.factorize(when)
    pair = group * len(known) + day
    shared = (when != NEVER) & np.isin(pair, pair[alone])
    return np.asarray(alone | small | shared)


def _groups_of(measure: pd.Series, groups: pd.Series) -> Integers:
    """Group of each claim, as a number."""
    codes, names = pd.factorize(measure)
    numbers, _ = pd.factorize(groups.reindex(pd.Index(names)))
    return np.asarray(numbers, dtype=np.int64)[codes]
