"""Exact counts that others give under a qualifier."""

from __future__ import annotations

import numpy as np

from analyzer.accounts.chosen import Chosen
from analyzer.arrays import Floats, Truths
from analyzer.distinct import together

OF_A_COUNT = ["measure", "slot", "stated"]
EXACT_FROM = 1000  # counts of four digits that end in no zero do not coincide by chance


def hedged_counts(chosen: Chosen) -> Truths:
    """Chosen claims of an exact count that a claim of the same measure and slot hedges.

    Any claim of the frame may hedge it, chosen or not.
    """
    claims = chosen.frame
    granularity, stated = (claims[name].to_numpy(np.float64) for name in ("granularity", "stated"))
    counts = np.flatnonzero(exact_counts(granularity, stated))
    hedged = (claims["qualifier"].iloc[counts] != "exact") & claims["comparable"].iloc[counts]
    hedges = counts[hedged.to_numpy(dtype=bool)]
    alike = counts[np.isin(stated[counts], stated[hedges])]
    codes, _ = together([claims[name].iloc[alike] for name in OF_A_COUNT])
    found = np.zeros(len(claims), dtype=bool)
    found[alike] = np.isin(codes, codes[np.isin(alike, hedges)])
    return found[chosen.rows]


def exact_counts(granularity: Floats, stated: Floats) -> Truths:
    """Counts to the last one that are too large to coincide by chance."""
    return np.asarray((granularity == 1) & (stated >= EXACT_FROM))
