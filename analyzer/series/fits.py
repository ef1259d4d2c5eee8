"""What the neighbours of a figure allow: how likely each step of a series is at its place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analyzer.series.neighbours import (
    REACH,
    Neighbours,
    around,
    find_neighbours,
    in_order,
    lattice,
)
from analyzer.series.tracks import Floats, Stack, Whole, alone, in_blocks

__all__ = ["BURST", "FALL", "REACH", "STEEP_FLOW", "Fits", "Floats", "Whole", "fit", "fit_near"]

NARROWEST = 0.5  # spread of counts on the scale of square roots, if they come independently
BURST = 0.006  # steps far above their neighbours that stay: late batches, true jumps
FALL = 0.002  # steps down that stay: downward corrections, new bases
STEEP_BURST = 2.5  # how fast larger late batches get rarer, as a power of their size
STEEP_FLOW = 2.0  # figures of single days have longer tails than the steps of totals
DRIFT = 0.03  # the daily rate itself drifts by so much a day, as a share (random walk)
GRAIN = 0.05  # share of a figure that its rounding takes at most
BLOCK = 512  # rows at a time, whose tables stay in the cache


@dataclass(frozen=True, slots=True)
class Fits:
    """Local distribution of the steps of stacked series.

    Attributes
    ----------
    days : int array
        Day numbers of the figures, rising.
    spans : float array
        Days over which each step is made.
    roots, weights : float arrays, one row a figure
        Square roots of the neighbouring steps per day, and how much each of them counts.
    centres : float array, one row a figure
        Middle of the neighbouring steps over the span of this one, on the scale of square roots.
    rate, spread, bulk, flat : float arrays
        Middle step per day, its spread on the scale of square roots, the scale of what is
        unusual, and the share of neighbours without a step.
    expected, common, scatter : float arrays
        Middle step over the span; the same on the scale of square roots, and its spread there.
    since : int array
        How many steps just before were zero.
    late : float array
        As `common`, of a step that makes up for these.
    grain : float array
        What the figures can be rounded to; 0 where they don't look rounded.
    burst, fall : float arrays
        Shares of steps that are late batches and downward corrections, of the series.
    steep : float
        How fast larger late batches get rarer.
    """

    days: Whole
    spans: Floats
    roots: Floats
    weights: Floats
    centres: Floats
    rate: Floats
    spread: Floats
    bulk: Floats
    flat: Floats
    expected: Floats
    common: Floats
    scatter: Floats
    since: Whole
    late: Floats
    grain: Floats
    burst: Floats
    fall: Floats
    steep: float


def fit(
    days: Whole, steps: Floats, spans: Floats, level: Floats, trust: Floats, *, own: int
) -> Fits:
    """As `fit_near`, for a single series."""
    near = find_neighbours(days, steps, spans, own, alone(len(days)))
    return fit_near(near, level, trust)


def fit_near(
    near: Neighbours,
    level: Floats,
    trust: Floats,
    burst: Floats | float = BURST,
    fall: Floats | float = FALL,
    steep: float = STEEP_BURST,
) -> Fits:
    """What each step is like, from the steps around it and never from itself.

    Parameters
    ----------
    near : Neighbours
        The steps around each figure.
    level : float array
        Size of the figures; what is unusual is measured against it too.
    trust : float array, 0 to 1
        How far each step is believed.
    burst, fall, steep : float
        As in `Fits`; `burst` and `fall` by series.
    """
    size = len(level)
    weights = np.empty(near.roots.shape)
    rate, spread, flat = np.empty(size), np.empty(size), np.empty(size)
    trusted, rhythm = around(trust, near.own), near.rhythm()

    def block(rows: slice) -> None:
        roots, rates = near.roots[rows], near.rates[rows]
        part = trusted(rows)
        part *= near.fading
        rhythm(rows, part)
        part += 1e-9
        part = np.where(near.usable[rows], part, 0.0)
        whole = part.sum(axis=1)
        part /= np.maximum(whole, 1e-300)[:, None]
        weights[rows] = part
        middle = _quantile(roots, part, near.order[rows], 0.5)
        apart = np.abs(roots - middle[:, None])
        wide = np.maximum(1.3 * _quantile(apart, part, in_order(apart), 0.6), NARROWEST)
        spread[rows] = wide
        most = ((middle + 3 * wide) ** 2)[:, None]
        rate[rows] = np.einsum("ij,ij->i", np.minimum(rates, most), part)
        still = np.einsum("ij,ij->i", (rates == 0).astype(np.float64), part)
        flat[rows] = np.where(whole > 0, still, 0.5)

    in_blocks(size, BLOCK, block)
    expected = rate * near.spans
    scales = [2 * rate, 3 * spread * np.sqrt(rate), np.sqrt(np.abs(level)) / 2]
    return Fits(
        days=near.days,
        spans=near.spans,
        roots=near.roots,
        weights=weights,
        centres=near.centres,
        rate=rate,
        spread=spread,
        bulk=np.maximum.reduce(scales) + 2,
        flat=flat,
        expected=expected,
        common=lattice(expected)[0],
        scatter=np.hypot(spread, drift(expected, near.spans)),
        since=near.since,
        late=lattice(rate * (near.since + near.spans))[0],
        grain=_grain(level),
        burst=_by_row(burst, near.stack),
        fall=_by_row(fall, near.stack),
        steep=steep,
    )


def drift(expected: Floats, days: Floats | Whole) -> Floats:
    """Spread that a drifting rate adds over so many days, on the scale of square roots."""
    share = DRIFT * np.sqrt(np.maximum(np.asarray(days, dtype=np.float64) - 1, 0))
    return np.asarray(share / 2 * np.sqrt(np.maximum(expected, 0.0)))


def _by_row(share: Floats | float, stack: Stack) -> Floats:
    return np.broadcast_to(share, len(stack.starts))[stack.code]


def _grain(level: Floats) -> Floats:
    """The power of ten that a figure is a multiple of, from a hundred on."""
    whole = (level > 0) & (level == np.rint(level))
    grain = np.zeros(len(level))
    for unit in (100.0, 1000.0, 10000.0):
        grain = np.where(whole & (level % unit == 0), unit, grain)
    return np.minimum(grain, GRAIN * level)


def _quantile(values: Floats, weights: Floats, order: NDArray[np.integer], share: float) -> Floats:
    """Weighted quantile of each row, of which `order` sorts the values."""
    starts = np.arange(len(values)) * values.shape[1]
    heaped = weights.ravel().take(np.ascontiguousarray(order.T) + starts)
    for before, line in pairwise(heaped):  # a column a row: much faster than to add along rows
        line += before
    first = starts + np.add.reduce(heaped < share * heaped[-1], axis=0, dtype=np.uint8)
    return np.asarray(values.ravel().take(starts + order.ravel().take(first)))
