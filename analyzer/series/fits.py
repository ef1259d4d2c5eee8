"""What the neighbours of a figure allow: how likely each step of a series is at its place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Grains = tuple[Floats, Floats]  # of the coarser and the finer end of a step

REACH = 21  # neighbours on either side that say what a step is like: three weeks of daily figures
FADE = 10.0  # neighbours so far away count 1/e
WEEK = 7
RHYTHM = 6.0  # extra weight of the same weekday where the weekdays differ as much as they can
NARROWEST = 0.5  # spread of counts on the scale of square roots, if they come independently
CATCH_UP = 0.15  # after days without a step the next one can bring theirs too
BURST = 0.006  # steps far above their neighbours that stay: late batches, true jumps
FALL = 0.002  # steps down that stay: downward corrections, new bases
STEEP_BURST, STEEP_FALL = 2.5, 3.0  # how fast larger ones get rarer, as powers of their size
ANY_SIZE = 0.01  # of such steps: as likely of each order of magnitude, as where a base changes
MAGNITUDES = 16.0  # natural logarithm of the largest figures that are counted
EVENTS = 200.0  # steps after which a series' own share of such steps weighs as much as these
DRIFT = 0.03  # the daily rate itself drifts by so much a day, as a share (random walk)
ROUNDED = 0.5  # of figures that end in two zeros or more: rounded, not counted so
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
    late = np.where(late <= place - 4, late, late)
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


def _bell(distance: Floats) -> Floats:
    """Student's t with four degrees of freedom: near figures likely, far ones not impossible."""
    return 0.375 * (1 + distance * distance / 4) ** -2.5


def _lattice(size: Floats) -> tuple[Floats, Floats]:
    """Middle and width of a whole number on the scale of square roots."""
    whole = np.maximum(size, 0.0)
    low, high = np.sqrt(whole), np.sqrt(whole + 1)
    return (low + high) / 2, high - low


def tail_chances(fits: Fits, at: Whole, size: Floats, steps: Floats | Whole | float) -> Floats:
    """Chance of late batches and downward corrections of a size, some of them of any size."""
    bulk = fits.bulk[at] * steps
    far = np.abs(size)
    steep = np.where(size > 0, STEEP_BURST, STEEP_FALL)
    heavy = (1 - ANY_SIZE) * (steep - 1) / bulk * (1 + far / bulk) ** -steep
    heavy = heavy + ANY_SIZE / (MAGNITUDES * (far + 10))
    return np.where(size > 0, fits.burst, np.where(size < 0, fits.fall, 0.0)) * heavy


def _drift(expected: Floats, days: Floats | Whole | float) -> Floats:
    """Spread that a drifting rate adds over so many days, on the scale of square roots."""
    share = DRIFT * np.sqrt(np.maximum(np.asarray(days, dtype=np.float64) - 1, 0))
    return share / 2 * np.sqrt(np.maximum(expected, 0.0))


def chance_of_step(
    fits: Fits,
    at: Whole,
    size: Floats,
    span: Floats | float = 1.0,
    grains: Grains | None = None,
) -> Floats:
    """Chance that figure number `at` rises by `size` over the figure just before it.

    A kernel estimate over the neighbouring steps on the scale of square roots, on which counts
    have the same spread whatever their size (Anscombe 1948, Biometrika 35); with a smooth bell
    around their middle, steps that make up for days without one, and the two heavy tails.
    """
    middle, width = _lattice(size)
    scale = np.sqrt(span)
    centres, _ = _lattice((fits.roots[at] * np.asarray(scale)[..., None]) ** 2)
    spread = np.hypot(fits.spread[at], _drift(fits.rate[at] * span, span))
    wide = np.maximum(0.5 * spread, 0.4)
    near = _bell((middle[..., None] - centres) / wide[..., None]) / wide[..., None]
    kernel = (near * fits.weights[at]).sum(axis=-1)
    own, _ = _lattice(fits.rate[at] * span)
    bell = _bell((middle - own) / spread) / spread
    late, _ = _lattice(fits.rate[at] * (fits.since[at] + span))
    catching = np.where(fits.since[at] > 0, CATCH_UP, 0.0)
    held = _bell((middle - late) / spread) / spread
    core = (0.6 * kernel + 0.4 * bell) * (1 - catching) + catching * held
    core = _rounded(np.where(size >= 0, core * width, 0.0), size, fits.rate[at] * span, grains)
    ordinary = core * (1 - fits.burst - fits.fall)
    return ordinary + tail_chances(fits, at, size, span) + 1e-30


def _rounded(core: Floats, size: Floats, expected: Floats, grains: Grains | None) -> Floats:
    """Chance of a step whose ends may be rounded; between two round figures it is round too."""
    if grains is None:
        return core
    coarse, fine = grains
    wide = np.maximum(coarse, 1e-9)
    loose = np.where(np.abs(size - expected) <= wide, np.maximum(fine, 1) / (2 * wide), 0.0)
    return np.where(coarse > 0, (1 - ROUNDED) * core + ROUNDED * loose, core)


def chance_of_climb(
    fits: Fits,
    at: Whole,
    size: Floats,
    expected: Floats,
    steps: Floats | Whole,
    grains: Grains | None = None,
) -> Floats:
    """Chance of a rise by `size` over several steps, the last of them at figure number `at`.

    On the scale of square roots a sum of independent steps has the spread of one.
    """
    middle, width = _lattice(size)
    centre, _ = _lattice(expected)
    days = fits.days[at] - fits.days[np.maximum(at - np.asarray(steps), 0).astype(np.int64)]
    spread = fits.spread[at] * (1 + 0.1 * (np.asarray(steps) - 1))
    spread = np.hypot(spread, _drift(expected, days))
    still = fits.flat[at] ** steps
    core = _bell((middle - centre) / spread) / spread * width * (1 - still)
    core = np.where(size >= 0, core, 0.0) + np.where(size == 0, still, 0.0)
    core = _rounded(core, size, expected, grains)
    return core * (1 - fits.burst - fits.fall) + tail_chances(fits, at, size, steps) * steps + 1e-30


def share_of_events(fits: Fits, size: Floats, span: Floats, good: Floats) -> tuple[float, float]:
    """Shares of steps between sound figures that are late batches, and downward corrections."""
    at = np.arange(len(size))
    known = np.isfinite(size)
    steps = np.where(known, size, 0.0)
    part = tail_chances(fits, at, steps, span) / chance_of_step(fits, at, steps, span)
    part = np.where(known, part * good, 0.0)
    count = float((known * good).sum()) + EVENTS
    return (
        (float(part[steps > 0].sum()) + BURST * EVENTS) / count,
        (float(part[steps < 0].sum()) + FALL * EVENTS) / count,
    )
