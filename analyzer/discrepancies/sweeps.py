"""Sweeps over time: which totals lie above a later one, and below an earlier one.

Pairs are never built. Sorted by time, the highest bound up to each day is a running maximum, and
one look-up by bisection tells a claim whether anything earlier lies above it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from analyzer.arrays import Floats, Integers, Truths, days

DAYS = 1 << 22  # more than the days of ten thousand years, so that pool and day make one number
BORN = 1 << 21  # days before 1970 that still count from 0


@dataclass(frozen=True, slots=True)
class Totals:
    """Running totals as arrays, row by row.

    Attributes
    ----------
    group : ndarray of int
        Totals that can be held against each other; not those of another group.
    scope : ndarray of int
        Code of the scope, 0 for none.
    first, last : ndarray of int
        Days from 1970 that the total can speak of.
    low, high : ndarray of float
        Its bounds, `apart_low` and `apart_high`.
    alone : ndarray of bool
        Whether it stands in no series; two claims of series are not compared.
    """

    group: Integers
    scope: Integers
    first: Integers
    last: Integers
    low: Floats
    high: Floats
    alone: Truths

    def only(self, rows: Integers) -> Totals:
        """Some of the totals, in the order given."""
        return Totals(*(getattr(self, field.name)[rows] for field in fields(self)))


def totals_of(claims: pd.DataFrame, groups: Integers) -> Totals:
    """The arrays of a sweep, from `schemas.Aligned`."""
    return Totals(
        group=groups,
        scope=scopes_of(claims),
        first=days(claims["at_first"]),
        last=days(claims["at_last"]),
        low=claims["apart_low"].to_numpy(dtype=np.float64),
        high=claims["apart_high"].to_numpy(dtype=np.float64),
        alone=(claims["series"] == "").to_numpy(dtype=bool),
    )


def scopes_of(claims: pd.DataFrame) -> Integers:
    """A code of the scope of each claim, 0 for none."""
    codes, names = pd.factorize(claims["scope"])
    number = np.where(names == "", 0, np.arange(1, len(names) + 1))
    return np.asarray(number[codes], dtype=np.int64)


def below_earlier(totals: Totals) -> Truths:
    """Totals of which one for an earlier time lies wholly above."""
    found = np.zeros(len(totals.low), dtype=bool)
    for rows, best in _highest_before(totals, _ranks(totals.low)):
        known = best >= 0
        found[rows] |= known & (totals.low[best] > totals.high[rows])
    return found


def above_later(totals: Totals) -> Truths:
    """Totals of which one for a later time lies wholly below: the same, seen in a mirror."""
    return below_earlier(
        Totals(
            totals.group,
            totals.scope,
            -totals.last,
            -totals.first,
            -totals.high,
            -totals.low,
            totals.alone,
        )
    )


def highest_above(totals: Totals, face: Floats, fallen: Truths) -> Integers:
    """For each fallen total the one with the highest number of those that lie above it earlier.

    Parameters
    ----------
    totals : Totals
        Sorted by group and time; the first of equals is taken.
    face : ndarray of float
        The numbers in the words.
    fallen : ndarray of bool
        As `below_earlier` returns it.

    Returns
    -------
    ndarray of int
        Rows, -1 for those that did not fall.
    """
    rank = _ranks(face)
    found = np.full(len(face), -1, dtype=np.int64)
    for rows, best in _highest_before(totals, rank):
        better = (best >= 0) & fallen[rows] & ((found[rows] < 0) | (rank[best] > rank[found[rows]]))
        found[rows[better]] = best[better]
    # the highest number need not lie above: "up to 9,000" does not exclude 8,000
    starts = np.searchsorted(totals.group, totals.group)
    for row in np.flatnonzero(fallen & ~(totals.low[found] > totals.high)):
        earlier = np.arange(starts[row], np.searchsorted(totals.group, totals.group[row], "right"))
        earlier = earlier[above(totals, earlier, np.array([row]))[:, 0]]
        found[row] = earlier[np.argmax(face[earlier])]
    return found


def above(totals: Totals, upper: Integers, lower: Integers) -> Truths:
    """Pairs of which the row's total, for an earlier time, lies wholly above the column's."""
    scope, other = totals.scope[upper][:, None], totals.scope[lower][None, :]
    pairs = totals.low[upper][:, None] > totals.high[lower][None, :]
    pairs &= totals.last[upper][:, None] < totals.first[lower][None, :]
    pairs &= (scope == other) | (scope == 0) | (other == 0)
    pairs &= totals.alone[upper][:, None] | totals.alone[lower][None, :]
    return np.asarray(pairs)


def _ranks(values: Floats) -> Integers:
    """Places in ascending order; of equal values the first row ranks highest."""
    size = len(values)
    order = size - 1 - np.argsort(values[::-1], kind="stable")
    ranks = np.empty(size, dtype=np.int64)
    ranks[order] = np.arange(size)
    return ranks


def _highest_before(totals: Totals, rank: Integers) -> Iterator[tuple[Integers, Integers]]:
    """Yield rows, and for each the highest-ranking comparable total of an earlier time, or -1.

    A total without a scope is compared with all, one with a scope with those of the same and with
    those without one; one of a series only with those that stand alone.
    """
    scopes = int(totals.scope.max(initial=0)) + 1
    scoped = totals.group * scopes + totals.scope
    every = np.ones(len(rank), dtype=bool)
    for series, among in ((False, every), (True, totals.alone)):
        theirs = totals.alone != series
        pools: list[tuple[Any, Integers, Integers]] = [
            (theirs & (totals.scope == 0), totals.group, totals.group),
            (theirs & (totals.scope > 0), scoped, scoped),
            (theirs & (totals.scope > 0), scoped, totals.group * scopes),
        ]
        for asking, pool, wanted in pools:
            rows = np.flatnonzero(asking)
            if rows.size:
                best = _before(pool, totals.last, rank, among, wanted[rows], totals.first[rows])
                yield rows, best


def _before(
    pool: Integers,
    time: Integers,
    rank: Integers,
    among: Truths,
    wanted: Integers,
    until: Integers,
) -> Integers:
    """The row with the highest rank in each wanted pool, of a time before `until`; else -1."""
    rows = np.flatnonzero(among)
    if not rows.size:
        return np.full(len(wanted), -1, dtype=np.int64)
    key = pool[rows] * DAYS + time[rows] + BORN
    order = np.argsort(key, kind="stable")
    rows, key = rows[order], key[order]
    best = np.maximum.accumulate(pool[rows] * len(rank) + rank[rows])  # starts anew in each pool
    at = np.searchsorted(key, wanted * DAYS + until + BORN) - 1
    known = (at >= 0) & (pool[rows[at]] == wanted)
    of_rank = np.empty(len(rank), dtype=np.int64)
    of_rank[rank] = np.arange(len(rank))
    return np.where(known, of_rank[best[at] % len(rank)], -1)
