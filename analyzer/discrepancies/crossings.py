"""Measures of which a running total lies above a later one: all others need no closer look."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.arrays import Integers, highest_so_far
from analyzer.discrepancies.sweeps import BORN, DAYS, days


def with_crossings(claims: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """The claims of measures with a crossing, and of those that can explain one.

    A crossing is a running total wholly above a later one of its measure, not both of series;
    scopes and authorities are not looked at, so a measure can be kept that has nothing to tell.
    What can explain it are the parts of the measure, its plan, and what it is the plan of.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.

    Returns
    -------
    DataFrame
        Rows of `claims`, in their order.
    """
    measure, names = pd.factorize(claims["measure"])
    crossed = np.zeros(len(names), dtype=bool)
    crossed[measure[_crossed(claims, measure)]] = True
    some = list(names[crossed])
    own, plan = measures["measure"], measures["plan"]
    beside = [own[measures["part_of"].isin(some) | plan.isin(some)], plan[own.isin(some)]]
    crossed |= names.isin(pd.concat(beside))
    return claims[crossed[measure]]


def _crossed(claims: pd.DataFrame, measure: Integers) -> Integers:
    """Places of the running totals below an earlier one of their measure."""
    running = (claims["kind"] == "cumulative") & claims["comparable"]
    places = np.flatnonzero(running & (claims["modality"] == "actual"))
    first, last = (days(claims[end])[places] for end in ("at_first", "at_last"))
    low, high = (claims[f"apart_{end}"].to_numpy(np.float64)[places] for end in ("low", "high"))
    alone, pool = (claims["series"] == "").to_numpy(dtype=bool)[places], measure[places]
    time = pool * DAYS + last + BORN
    order = np.argsort(time, kind="stable")
    before = np.searchsorted(time[order], pool * DAYS + first + BORN) - 1
    known = (before >= 0) & (pool[order][before] == pool)
    below = np.zeros(len(places), dtype=bool)
    for above, under in ((alone, True), (True, alone)):  # at most one is of a series
        highest = highest_so_far(pool[order], np.where(above, low, -np.inf)[order])
        below |= known & under & (highest[before] > high)
    return places[below]
