"""Running totals of measures in which one lies above a later one: no others need a closer look."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.arrays import Floats, Integers, Truths, ascending, codes_of, days, ranked
from analyzer.discrepancies.known import Known
from analyzer.discrepancies.sweeps import BORN, DAYS, Totals, totals_of
from analyzer.rows import taken

USED = ["measure", "authority", "scope", "series", "status", "id", "at_first", "at_last"]
USED += ["apart_low", "apart_high", "near_low", "near_high", "face_low", "face_high"]
OF_EACH = ["places", "authority", "estimated", "low", "high", "face_low", "face_high"]


@dataclass(frozen=True, slots=True)
class Running:
    """Running totals as arrays, by measure, time and id.

    Attributes
    ----------
    places : ndarray of int
        Where each of them stands among the claims.
    totals : Totals
        Those of one measure are a group, whose number is a place in `measures`.
    authority : ndarray of int
        Places in `authorities`.
    estimated : ndarray of bool
        Whether it is given as an estimate.
    low, high : ndarray of float
        What the figure can stand for.
    face_low, face_high : ndarray of float
        The numbers in the words.
    measures, authorities : ndarray of str
        Names, in their order.
    """

    places: Integers
    totals: Totals
    authority: Integers
    estimated: Truths
    low: Floats
    high: Floats
    face_low: Floats
    face_high: Floats
    measures: npt.NDArray[np.object_]
    authorities: npt.NDArray[np.object_]

    def only(self, rows: Integers) -> Running:
        """Some of them, in the order given."""
        arrays = {name: getattr(self, name)[rows] for name in OF_EACH}
        return replace(self, totals=self.totals.only(rows), **arrays)


def crossing_totals(known: Known) -> Running:
    """The running totals of measures with a crossing.

    A crossing is a running total wholly above a later one of its measure, not both of series;
    scopes and authorities are not looked at, so a measure can be kept that has nothing to tell.
    """
    claims, (measure, names) = known.claims, known.measures
    running = (claims["kind"] == "cumulative") & claims["comparable"]
    places = np.flatnonzero(running & (claims["modality"] == "actual"))
    pool, crossed = measure[places], np.zeros(len(names), dtype=bool)
    crossed[pool[_crossed(claims, places, pool)]] = True
    places = places[crossed[pool]]
    return _ordered(taken(claims, USED, places), places)


def _crossed(claims: pd.DataFrame, places: Integers, pool: Integers) -> Truths:
    """Which totals lie below an earlier one of their pool."""
    first, last = (days(claims[end].iloc[places]) for end in ("at_first", "at_last"))
    low, high = (claims[f"apart_{end}"].to_numpy(np.float64)[places] for end in ("low", "high"))
    alone = (claims["series"] == "").to_numpy(dtype=bool)[places]
    time = pool * DAYS + last + BORN
    order = np.argsort(time, kind="stable")
    before = np.searchsorted(time[order], pool * DAYS + first + BORN) - 1
    known = (before >= 0) & (pool[order][before] == pool)
    below = np.zeros(len(places), dtype=bool)
    for above, under in ((alone, True), (True, alone)):  # at most one is of a series
        tops = pd.Series(np.where(above, low, -np.inf)[order]).groupby(pool[order]).cummax()
        below |= known & under & (tops.to_numpy()[before] > high)
    return below


def _ordered(part: pd.DataFrame, places: Integers) -> Running:
    """These claims by measure, time and id."""
    (measure, measures), (authority, authorities) = (
        ranked(part[key]) for key in ("measure", "authority")
    )
    totals = totals_of(part, measure)
    ids = part["id"]
    by_id = np.arange(len(ids)) if ascending(ids) else codes_of(ids, sort=True)
    order = np.lexsort((by_id, totals.last, totals.first, measure))
    low, high, face_low, face_high = (part[one].to_numpy(np.float64) for one in USED[-4:])
    every = Running(
        places=places,
        totals=totals,
        authority=authority,
        estimated=(part["status"] == "estimated").to_numpy(dtype=bool),
        low=low,
        high=high,
        face_low=face_low,
        face_high=face_high,
        measures=measures,
        authorities=authorities,
    )
    return every.only(order)
