"""How likely a step of a series is at its place."""

from __future__ import annotations

import numpy as np

from analyzer.series.fits import BURST, FALL, Fits, Floats, Whole

Grains = tuple[Floats, Floats]  # of the coarser and the finer end of a step

DRIFT = 0.03  # the daily rate itself drifts by so much a day, as a share (random walk)
ROUNDED = 0.5  # of figures that end in two zeros or more: rounded, not counted so
CATCH_UP = 0.15  # after days without a step the next one can bring theirs too
EVENTS = 200.0  # steps after which a series' own share of such steps weighs as much as these
ANY_SIZE = 0.01  # of such steps: as likely of each order of magnitude, as where a base changes
MAGNITUDES = 16.0  # natural logarithm of the largest figures that are counted
STEEP_FALL = 3.0  # how fast larger downward corrections get rarer, as a power of their size


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
    steep = np.where(size > 0, fits.steep, STEEP_FALL)
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
