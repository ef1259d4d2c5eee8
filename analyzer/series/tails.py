"""The two heavy tails of steps: late batches far up, and downward corrections."""

from __future__ import annotations

import numpy as np

from analyzer.series.fits import BURST, FALL, Fits
from analyzer.series.tracks import Floats, Stack, Whole

EVENTS = 200.0  # steps after which a series' own share of such steps weighs as much as these
ANY_SIZE = 0.01  # of such steps: as likely of each order of magnitude, as where a base changes
MAGNITUDES = 16.0  # natural logarithm of the largest figures that are counted
STEEP_FALL = 3.0  # how fast larger downward corrections get rarer, as a power of their size


def tail_chances(fits: Fits, at: Whole, size: Floats, steps: Floats | Whole | float) -> Floats:
    """Chance of late batches and downward corrections of a size, some of them of any size."""
    up, far, bulk = size > 0, np.abs(size), fits.bulk.take(at) * steps
    share = np.where(up, fits.burst.take(at), fits.fall.take(at))
    steep = np.where(up, fits.steep, STEEP_FALL)
    heavy = far / bulk
    heavy += 1
    heavy **= -steep
    heavy *= (1 - ANY_SIZE) * (steep - 1) / bulk
    heavy += ANY_SIZE / (MAGNITUDES * (far + 10))
    heavy *= share
    return np.where(far > 0, heavy, 0.0)


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
