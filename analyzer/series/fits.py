"""What the neighbours of a figure allow: how likely each step of a series is at its place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

REACH = 21  # neighbours on either side that say what a step is like: three weeks of daily figures
FADE = 10.0  # neighbours so far away count 1/e
WEEK = 7
RHYTHM = 6.0  # extra weight of the same weekday where the weekdays differ as much as they can
NARROWEST = 0.5  # spread of counts on the scale of square roots, if they come independently
BURST = 0.006  # steps far above their neighbours that stay: late batches, true jumps
FALL = 0.002  # steps down that stay: downward corrections, new bases
STEEP_BURST = 2.5  # how fast larger late batches get rarer, as a power of their size
STEEP_FLOW = 2.0  # figures of single days have longer tails than the steps of totals
GRAIN = 0.05  # share of a figure that its rounding takes at most
TREND = 0.25  # steepest daily change of the steps, on the scale of logarithms


@dataclass(frozen=True, slots=True)
class Fits:
    """Local distribution of the steps of one series.

    Attributes
    ----------
    days : int array
        Day numbers of the figures, rising.
    roots, weights : float arrays, one row a figure
        Square roots of the neighbouring steps per day, and how much each of them counts.
    rate, spread, bulk, flat : float arrays
        Middle step per day, its spread on the scale of square roots, the scale of what is
        unusual, and the share of neighbours without a step.
    since : int array
        How many steps just before were zero.
    grain : float array
        What the figures can be rounded to; 0 where they don't look rounded.
    burst, fall : float
        Shares of steps that are late batches and downward corrections.
    steep : float
        How fast larger late batches get rarer.
    """

    days: Whole
    roots: Floats
    weights: Floats
    rate: Floats
    spread: Floats
    bulk: Floats
    flat: Floats
    since: Whole
    grain: Floats
    burst: float
    fall: float
    steep: float


def fit(
    days: Whole,
    steps: Floats,
    spans: Floats,
    level: Floats,
    trust: Floats,
    *,
    own: int,
    burst: float = BURST,
    fall: float = FALL,
    steep: float = STEEP_BURST,
) -> Fits:
    """What each step is like, from the steps around it and never from itself.

    Parameters
    ----------
    days : int array
        Day numbers of the figures.
    steps, spans : float arrays
        Rise that each figure makes (NaN where it has no figure before it), and over how many
        days.
    level : float array
        Size of the figures; what is unusual is measured against it too.
    trust : float array, 0 to 1
        How far each step is believed.
    own : int
        Steps on either side that a wrong figure would spoil with its own.
    burst, fall, steep : float
        As in `Fits`.
    """
    lags = np.array([lag for lag in range(-REACH, REACH + 1) if abs(lag) > own])
    at = np.arange(len(days))[:, None] + lags
    inside = (at >= 0) & (at < len(days))
    at = np.clip(at, 0, len(days) - 1)
    per_day = np.where(steps >= 0, steps, np.nan) / spans
    usable = inside & np.isfinite(per_day)[at]
    weights = np.where(usable, np.exp(-np.abs(lags) / FADE) * trust[at], 0.0)
    weights = weights * _rhythm(days, per_day, at)
    rates = np.where(usable, np.nan_to_num(per_day)[at], 0.0)
    rates = rates * np.exp(-_trend(per_day)[:, None] * np.clip(lags, -WEEK * 2, WEEK * 2))
    weights = weights + np.where(usable, 1e-9, 0.0)
    weights = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-300)
    roots = np.sqrt(rates)
    middle = _quantile(roots, weights, 0.5)
    apart = _quantile(np.abs(roots - middle[:, None]), weights, 0.6)
    spread = np.maximum(1.3 * apart, NARROWEST)
    mean = (np.minimum(rates, ((middle + 3 * spread) ** 2)[:, None]) * weights).sum(axis=1)
    zero = ((rates == 0) * weights).sum(axis=1)
    return Fits(
        days=days,
        roots=roots,
        weights=weights,
        rate=mean,
        spread=spread,
        bulk=np.maximum.reduce([2 * mean, 3 * spread * np.sqrt(mean), np.sqrt(np.abs(level)) / 2])
        + 2,
        flat=np.where(usable.any(axis=1), zero, 0.5),
        since=_since(steps),
        grain=_grain(level),
        burst=burst,
        fall=fall,
        steep=steep,
    )


def _grain(level: Floats) -> Floats:
    """The power of ten that a figure is a multiple of, from a hundred on."""
    whole = (level > 0) & (level == np.rint(level))
    grain = np.zeros(len(level))
    for unit in (100.0, 1000.0, 10000.0):
        grain = np.where(whole & (level % unit == 0), unit, grain)
    return np.minimum(grain, GRAIN * level)


def _since(steps: Floats) -> Whole:
    """Zero steps in a row just before each figure."""
    zero = np.r_[False, steps[:-1] == 0]
    place = np.arange(len(steps))
    last = np.maximum.accumulate(np.where(zero, -1, place))
    return (place - last).astype(np.int64)


def _rhythm(days: Whole, per_day: Floats, at: Whole) -> Floats:
    """Extra weight of the same weekday, as far as weekdays differ more than weeks do."""
    roots = np.sqrt(per_day)
    same, other = (_typical(roots, days, lag) for lag in ((7, 14), (1, 2, 3, 4)))
    if not np.isfinite(same) or not np.isfinite(other) or other == 0:
        return np.ones(at.shape)
    strength = float(np.clip(2 * (1 - same / other), 0, 1))
    match = (days[at] - days[:, None]) % WEEK == 0
    return np.where(match, 1 + RHYTHM * strength, 1 - 0.8 * strength)


def _typical(roots: Floats, days: Whole, lags: tuple[int, ...]) -> float:
    """Middle distance between steps so many figures, and as many days, apart."""
    apart = [
        np.abs(roots[lag:] - roots[:-lag])[days[lag:] - days[:-lag] == lag]
        for lag in lags
        if len(days) > 4 * WEEK
    ]
    known = np.concatenate(apart) if apart else np.array([])
    known = known[np.isfinite(known)]
    return float(np.median(known)) if len(known) > 2 * WEEK else np.nan


def _trend(per_day: Floats) -> Floats:
    """Daily growth of the steps around each figure, as far as it is surely there.

    From medians over seven figures, so that neither a weekday nor one odd figure makes it.
    """
    size = len(per_day)
    if size < 3 * WEEK:
        return np.zeros(size)
    padded = np.r_[np.full(3, np.nan), per_day, np.full(3, np.nan)]
    windows = np.lib.stride_tricks.sliding_window_view(padded, WEEK)
    known = np.isfinite(windows)
    ordered = np.sort(np.where(known, windows, np.inf), axis=1)
    count = np.maximum(known.sum(axis=1), 1)
    level = ordered[np.arange(size), (count - 1) // 2]
    level = np.where(known.any(axis=1), level, 0.0)
    place = np.arange(size)
    late = np.minimum(place + 4, size - 4)
    early = np.clip(late - WEEK, 3, None)
    high, low = level[late] + 0.5, level[early] + 0.5
    change = np.log(high / low)
    noise = np.sqrt(1 / (3 * high) + 1 / (3 * low))
    sure = np.clip(1 - (noise / np.maximum(np.abs(change), 1e-9)) ** 2, 0, 1)
    slope = change * sure / np.maximum(late - early, 1)
    return np.asarray(np.clip(slope, -TREND, TREND))


def _quantile(values: Floats, weights: Floats, share: float) -> Floats:
    """Weighted quantile of each row."""
    order = np.argsort(values, axis=1, kind="stable")
    heaped = np.take_along_axis(weights, order, axis=1).cumsum(axis=1)
    first = (heaped >= share * heaped[:, -1:]).argmax(axis=1)
    return np.asarray(np.take_along_axis(values, order, axis=1)[np.arange(len(values)), first])
