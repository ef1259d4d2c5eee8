"""How likely a step of a series is at its place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.series.fits import Fits, Floats, Whole, drift
from analyzer.series.neighbours import lattice
from analyzer.series.tails import tail_chances
from analyzer.series.tracks import Flags, in_blocks

Grains = tuple[Whole, Floats, Floats]  # steps with a round end; grains of the coarser and finer

ROUNDED = 0.5  # of figures that end in two zeros or more: rounded, not counted so
CATCH_UP = 0.15  # after days without a step the next one can bring theirs too
BLOCK = 512  # rows at a time, whose tables stay in the cache
PEAK = 0.375  # of the bell


def _bell(distance: Floats) -> Floats:
    """Student's t with four degrees of freedom: near figures likely, far ones not impossible."""
    return PEAK * (1 + distance * distance / 4) ** -2.5


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
    grains : optional
        Which of the steps have a round end, and what both ends are rounded to; only for sizes
        without columns.
    """
    flat, each = size.ravel(), np.repeat(at, size.size // max(len(at), 1))
    core = np.zeros(len(flat))
    rises = np.flatnonzero(flat >= 0)  # a fall is neither likely nor a late batch
    core[rises] = _rise(fits, each[rises], flat[rises])
    _round(core, flat, fits.expected, each, grains)
    ordinary = core * (1 - fits.burst.take(each) - fits.fall.take(each))
    found = ordinary + tail_chances(fits, each, flat, fits.spans[each]) + 1e-30
    return np.asarray(found.reshape(size.shape))


def _rise(fits: Fits, at: Whole, size: Floats) -> Floats:
    """Chance of a rise that is no late batch."""
    middle, width = lattice(size)
    spread = fits.scatter.take(at)
    core = 0.6 * _kernel(fits, at, middle)
    core += 0.4 * _bell((middle - fits.common.take(at)) / spread) / spread
    late = np.flatnonzero(fits.since.take(at) > 0)
    held = _bell((middle[late] - fits.late[at[late]]) / spread[late]) / spread[late]
    core[late] = (1 - CATCH_UP) * core[late] + CATCH_UP * held
    return core * width


def _kernel(fits: Fits, at: Whole, middle: Floats) -> Floats:
    """The bells around the neighbouring steps, added up as far as each of these counts.

    Nowhere else is so much computed: `_bell` in place, with quotients and powers drawn together,
    and what is the same for all neighbours of a step drawn out of their sum.
    """
    twice, found = np.maximum(fits.scatter[at], 0.8), np.empty(len(at))
    square = twice * twice

    def block(part: slice) -> None:
        rows = at[part]
        near = fits.centres.take(rows, axis=0)
        near -= middle[part, None]
        near *= near
        near += square[part, None]
        root = np.sqrt(near)
        near *= near
        near *= root
        np.divide(1, near, out=near)
        np.einsum("ij,ij->i", near, fits.weights.take(rows, axis=0), out=found[part])

    in_blocks(len(at), BLOCK, block)
    return np.asarray(2 * PEAK * found * square * square)


def much_rarer_than_common(fits: Fits, chance: Floats, odd: float) -> Flags:
    """Steps whose chance is so much less than that of the expected step of their place.

    Parameters
    ----------
    chance : float array
        Chance of the step of each figure.
    odd : float
        Least difference of the logarithms.
    """
    common, spread = np.rint(fits.expected), fits.scatter
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


def _round(core: Floats, size: Floats, expected: Floats, at: Whole, grains: Grains | None) -> None:
    """Chances of steps whose ends may be rounded: between two round figures they are round too."""
    if grains is None:
        return
    rows, coarse, fine = grains
    near = np.abs(size[rows] - expected[at[rows]]) <= coarse
    loose = np.where(near, np.maximum(fine, 1) / (2 * np.maximum(coarse, 1e-9)), 0.0)
    core[rows] = np.where(coarse > 0, (1 - ROUNDED) * core[rows] + ROUNDED * loose, core[rows])


@dataclass(frozen=True, slots=True)
class Strides:
    """What the climbs to each figure are like from the one so many places before.

    Attributes
    ----------
    far : int
    expected, middle, spread : float arrays
        The rise, the same on the scale of square roots, and its spread there.
    still : float array
        Chance that none of the steps rises.
    """

    far: int
    expected: Floats
    middle: Floats
    spread: Floats
    still: Floats


def strides(fits: Fits, heaped: Floats, far: int) -> Strides:
    """On the scale of square roots a sum of independent steps has the spread of one.

    `heaped` is the expected total up to each figure.
    """
    before = np.maximum(np.arange(len(heaped)) - far, 0)
    expected, days = heaped - heaped[before], fits.days - fits.days[before]
    spread = np.hypot(fits.spread * (1 + 0.1 * (far - 1)), drift(expected, days))
    return Strides(far, expected, lattice(expected)[0], spread, fits.flat**far)


def chance_of_climb(
    fits: Fits, strides: Strides, at: Whole, size: Floats, grains: Grains | None = None
) -> Floats:
    """Chance of a rise by `size` over several steps, the last of them at figure number `at`."""
    middle, core = lattice(size)
    spread, still = strides.spread.take(at), strides.still.take(at)
    core *= _bell((middle - strides.middle.take(at)) / spread)
    core *= (1 - still) / spread
    core *= size >= 0
    core += still * (size == 0)
    _round(core, size, strides.expected, at, grains)
    ordinary = core * (1 - fits.burst.take(at) - fits.fall.take(at))
    return np.asarray(ordinary + tail_chances(fits, at, size, strides.far) * strides.far + 1e-30)
