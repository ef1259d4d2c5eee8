"""Accounts that add up to an exact count which others give under a qualifier."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.accounts.chosen import Chosen
from analyzer.accounts.sums import Sums
from analyzer.accounts.values import Pool
from analyzer.accounts.verdicts import Verdicts
from analyzer.arrays import Floats, Truths

OF_A_COUNT = ["measure", "slot", "stated"]
EXACT_FROM = 1000  # counts of four digits that end in no zero do not coincide by chance


def hedged_counts(claims: pd.DataFrame, chosen: Chosen) -> Truths:
    """Chosen claims of an exact count that a claim of the same measure and slot hedges.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`, all that may hedge it.
    """
    granularity, stated = (claims[name].to_numpy(np.float64) for name in ("granularity", "stated"))
    counts = np.flatnonzero(exact_counts(granularity, stated))
    hedged = (claims["qualifier"].iloc[counts] != "exact") & claims["comparable"].iloc[counts]
    hedges = claims[OF_A_COUNT].iloc[counts[hedged.to_numpy(dtype=bool)]]
    found = np.zeros(len(chosen), dtype=bool)
    theirs = chosen.floats("stated")
    rows = np.flatnonzero(
        exact_counts(chosen.floats("granularity"), theirs) & np.isin(theirs, hedges["stated"])
    )
    part = pd.MultiIndex.from_frame(chosen.part(OF_A_COUNT, rows))
    found[rows] = part.isin(pd.MultiIndex.from_frame(hedges))
    return found


def touched(verdict: Verdicts, pool: Pool, claims: Truths) -> Truths:
    """Accounts that rest on one of these claims."""
    sets = pool.touched(claims)
    found = np.zeros(len(verdict.places), dtype=bool)
    for source, ids in zip(verdict.sources, verdict.ids, strict=True):
        found |= (source.touched(sets) if isinstance(source, Sums) else sets)[ids]
    return found


def exact_counts(granularity: Floats, stated: Floats) -> Truths:
    """Counts to the last one that are too large to coincide by chance."""
    return np.asarray((granularity == 1) & (stated >= EXACT_FROM))
