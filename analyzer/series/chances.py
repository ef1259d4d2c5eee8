"""How likely a step of a series is at its place."""

from __future__ import annotations

import numpy as np

from analyzer.series.fits import BURST, FALL, Fits, Floats, Whole
from analyzer.series.neighbours import lattice
from analyzer.series.tracks import Flags, Stack, in_blocks

Grains = tuple[Floats, Floats]  # of the coarser and the finer end of a step

DRIFT = 0.03  # the daily rate itself drifts by so much a day, as a share (random walk)
ROUNDED = 0.5  # of figures that end in two zeros or more: rounded, not counted so
CATCH_UP = 0.15  # after days without a step the next one can bring theirs too
EVENTS = 200.0  # steps after which a series' own share of such steps weighs as much as these
ANY_SIZE = 0.01  # of such steps: as likely of each order of magnitude, as where a base changes
MAGNITUDES = 16.0  # natural logarithm of the largest figures that are counted
BLOCK = 256  # rows at a time, whose tables stay in the cache
PEAK = 0.375  # of the bell
STEEP_FALL = 3.0  # how fast larger downward corrections get rarer, as a power of their size


def _bell(distance: Floats) -> Floats:
    """Student's t with four degrees of freedom: near figures likely, far ones not impossible."""
    return PEAK * (1 + distance * distance / 4) ** -2.5


def _bells(distances: Floats) -> None:
    """As `_bell`, in place."""
    distances *= distances
    distances /= 4
    distances += 1
    np.power(distances, -2.5, out=distances)
    distances *= PEAK


def tail_chances(fits: Fits, at: Whole, size: Floats, steps: Floats | Whole | float) -> Floats:
    """Chance of late batches and downward corrections of a size, some of them of any size."""
    bulk = fits.bulk[at] * steps
    far = np.abs(size)
    steep = np.where(size > 0, fits.steep, STEEP_FALL)
    heavy = (1 - ANY_SIZE) * (steep - 1) / bulk * (1 + far / bulk) ** -steep
    heavy = heavy + ANY_SIZE / (MAGNITUDES * (far + 10))
    return np.where(size > 0, fits.burst[at], np.where(size < 0, fits.fall[at], 0.0)) * heavy


def _drift(expected: Floats, days: Floats | Whole | float) -> Floats:
    """Spread that a drifting rate adds over so many days, on the scale of square roots."""
    share = DRIFT * np.sqrt(np.maximum(np.asarray(days, dtype=np.float64) - 1, 0))
    return share / 2 * np.sqrt(np.maximum(expected, 0.0))


def chance_of_step(fits: Fits, at: Whole, size: Floats, grains: Grains | None = None) -> Floats:
    """Chance that figure number `at` rises by `size` over the figure just before it.

    A kernel estimate over the neighbouring steps on the scale of square roots, on which counts
    have the same spread whatever their size (Anscombe 1948, Biometrika 35); with a smooth bell
    around their middle, steps that make up for days without one, and the two heavy tails.

    Parameters
    ----------
    at : int array
    size : float array
        One row a figure of `at`; it can have a column for each of several candidates.
    grains : pair of float arrays, optional
        Of the shape of `size`.
    """
    wide = at.reshape(at.shape + (1,) * (size.ndim - 1))
    expected = fits.rate[wide] * fits.spans[wide]
    core = _rounded(_core(fits, at, size), size, expected, grains)
    ordinary = core * (1 - fits.burst[wide] - fits.fall[wide])
    return ordinary + tail_chances(fits, wide, size, fits.spans[wide]) + 1e-30


def _core(fits: Fits, at: Whole, size: Floats) -> Floats:
    """Chance of a step that is neither a late batch nor a correction; a fall is none."""
    core = np.zeros(size.shape)
    rises = np.nonzero(size >= 0)
    rows, given = at[rises[0]], size[rises]
    found = np.empty(len(given))

    def block(part: slice) -> None:
        found[part] = _rise(fits, rows[part], given[part])

    in_blocks(len(given), BLOCK, block)
    core[rises] = found
    return core


def _rise(fits: Fits, at: Whole, size: Floats) -> Floats:
    middle, width = lattice(size)
    span, rate, since = fits.spans[at], fits.rate[at], fits.since[at]
    spread = np.hypot(fits.spread[at], _drift(rate * span, span))
    wide = np.maximum(0.5 * spread, 0.4)[:, None]
    near = fits.centres.take(at, axis=0)
    np.subtract(middle[:, None], near, out=near)
    near /= wide
    _bells(near)
    near /= wide
    near *= fits.weights.take(at, axis=0)
    kernel = near.sum(axis=-1)
    own, _ = lattice(rate * span)
    bell = _bell((middle - own) / spread) / spread
    late, _ = lattice(rate * (since + span))
    catching = np.where(since > 0, CATCH_UP, 0.0)
    held = _bell((middle - late) / spread) / spread
    core = (0.6 * kernel + 0.4 * bell) * (1 - catching) + catching * held
    return np.asarray(core * width)


def much_rarer_than_common(fits: Fits, chance: Floats, odd: float) -> Flags:
    """Steps whose chance is so much less than that of the expected step of their place.

    Parameters
    ----------
    chance : float array
        Chance of the step of each figure.
    odd : float
        Least difference of the logarithms.
    """
    common = np.rint(fits.rate * fits.spans)
    spread = np.hypot(fits.spread, _drift(fits.rate * fits.spans, fits.spans))
    _, width = lattice(common)
    every = np.arange(len(chance))
    # no bell is higher than at its middle: where even that is near, the chance need not be found
    most = PEAK * (0.6 / np.maximum(0.5 * spread, 0.4) + 0.4 / spread) * width
    most = most + tail_chances(fits, every, common, fits.spans) + 1e-30
    asked = np.flatnonzero(np.log(chance) < np.log(most) - odd)
    rarer = np.zeros(len(chance), dtype=bool)
    found = chance_of_step(fits, asked, common[asked])
    rarer[asked] = np.log(chance[asked]) < np.log(found) - odd
    return rarer


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
    middle, width = lattice(size)
    centre, _ = lattice(expected)
    days = fits.days[at] - fits.days[np.maximum(at - np.asarray(steps), 0).astype(np.int64)]
    spread = fits.spread[at] * (1 + 0.1 * (np.asarray(steps) - 1))
    spread = np.hypot(spread, _drift(expected, days))
    still = fits.flat[at] ** steps
    core = _bell((middle - centre) / spread) / spread * width * (1 - still)
    core = np.where(size >= 0, core, 0.0) + np.where(size == 0, still, 0.0)
    core = _rounded(core, size, expected, grains)
    ordinary = core * (1 - fits.burst[at] - fits.fall[at])
    return np.asarray(ordinary + tail_chances(fits, at, size, steps) * steps + 1e-30)


def share_of_events(
    fits: Fits, size: Floats, good: Floats, chance: Floats, stack: Stack
) -> tuple[Floats, Floats]:
    """By series, shares of steps between sound figures that are late batches, and corrections.

    Parameters
    ----------
    size : float array
        The step of each figure, NaN if none.
    good : float array
        Chance that both of its ends are sound.
    chance : float array
        `chance_of_step` of each step (of 0 where there is none).
    """
    at = np.arange(len(size))
    known = np.isfinite(size)
    steps = np.where(known, size, 0.0)
    part = tail_chances(fits, at, steps, fits.spans) / chance
    part = np.where(known, part * good, 0.0)
    count = stack.total(known * good) + EVENTS
    return (
        (stack.total(np.where(steps > 0, part, 0.0)) + BURST * EVENTS) / count,
        (stack.total(np.where(steps < 0, part, 0.0)) + FALL * EVENTS) / count,
    )
