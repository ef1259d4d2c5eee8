"""How likely a running total climbs from any of its figures to any later one."""

from __future__ import annotations

import numpy as np

from analyzer.series.chances import Grains, Strides, chance_of_climb, chance_of_step, strides
from analyzer.series.fits import Fits
from analyzer.series.tracks import Floats, Track, Whole, in_blocks

BLOCK = 8192  # figures at a time
MOST = 200.0  # log weight of daily figures at most; more tells nothing and overflows
FEWEST, LEAST_EQUAL, SUREST = 5, 0.3, 0.995  # days with both; share of them that must be equal


class Climbs:
    """Chances of the rises of series between any two of their figures.

    Attributes
    ----------
    track : Track
    fits : Fits
    own : float array
        Chance of the step that each figure makes, were it not rounded.
    round, speaking : bool arrays
        Figures that look rounded, and those of series whose daily figures tell something.
    heaped : float array
        Expected total up to each figure.
    ratio : float array
        `daily_ratio`.
    """

    def __init__(self, track: Track, fits: Fits) -> None:
        stack, steps = track.stack, steps_of(track)[1]
        self.track, self.fits, self.round = track, fits, fits.grain > 0
        every = np.arange(stack.size)
        self.own = chance_of_step(fits, every, np.where(np.isfinite(steps), steps, 0.0))
        self.heaped = stack.heaped(fits.expected)
        self.ratio = daily_ratio(track, fits, steps, self.own)
        self.speaking = (stack.total(self.ratio != 0) > 0)[stack.code]
        if self.speaking.any():
            self.daily = stack.heaped(np.nan_to_num(track.daily))
            self.known = stack.heaped(np.isfinite(track.daily).astype(np.float64))
            self.weight = stack.heaped(self.ratio)
        self.strides: dict[int, Strides] = {}

    def chance(self, far: int, at: Whole, low: Floats, high: Floats) -> Floats:
        """Chance of going from `low`, so many figures before, to `high` at the figures `at`."""
        return self.bare(far, at, low, high) * self.told(far, at, high - low)

    def next(self, at: Whole) -> Floats:
        """As `bare`, of the steps that figures make from those just before them."""
        found, values = self.own[at], self.track.values
        rounded = np.flatnonzero(self.round[at] | self.round[at - 1])
        last = at[rounded]
        found[rounded] = self.bare(1, last, values[last - 1], values[last])
        return found

    def bare(self, far: int, at: Whole, low: Floats, high: Floats) -> Floats:
        """As `chance`, whatever the daily figures say."""
        found = np.empty(len(at))

        def block(rows: slice) -> None:
            found[rows] = self._bare(far, at[rows], low[rows], high[rows])

        in_blocks(len(at), BLOCK, block)
        return found

    def _bare(self, far: int, at: Whole, low: Floats, high: Floats) -> Floats:
        grains = self._grains(far, at, low, high)
        if far == 1:
            return chance_of_step(self.fits, at, high - low, grains)
        return chance_of_climb(self.fits, self._strides(far), at, high - low, grains)

    def _grains(self, far: int, at: Whole, low: Floats, high: Floats) -> Grains | None:
        """What the ends are rounded to, where they are figures as printed."""
        rows = np.flatnonzero(self.round.take(at) | self.round.take(at - far))
        if not len(rows):
            return None
        grain, values, at = self.fits.grain, self.track.values, at[rows]
        first = np.where(low[rows] == values[at - far], grain[at - far], 0.0)
        last = np.where(high[rows] == values[at], grain[at], 0.0)
        return rows, np.maximum(first, last), np.minimum(first, last)

    def _strides(self, far: int) -> Strides:
        if far not in self.strides:
            self.strides[far] = strides(self.fits, self.heaped, far)
        return self.strides[far]

    def told(self, far: int, at: Whole, size: Floats) -> Floats:
        """Weight of the daily figures between, if they add up to the rise."""
        found = np.ones(len(at))
        speaking = np.flatnonzero(self.speaking.take(at))
        if not len(speaking):
            return found
        at, size = at[speaking], size[speaking]
        start = at - far
        whole = self.known[at] - self.known[start] == far
        equal = whole & (np.abs(self.daily[at] - self.daily[start] - size) < 1e-6)
        weight = np.exp(np.minimum(self.weight[at] - self.weight[start], MOST))
        found[speaking] = np.where(equal, weight, 1.0)
        return found


def steps_of(track: Track) -> tuple[Floats, Floats]:
    """Days that each figure lies after the one before it, and its rise over it."""
    days = track.days.astype(np.float64)
    spans = days - track.stack.previous(days)
    spans[track.stack.starts] = 1.0
    return spans, track.values - track.stack.previous(track.values)


def daily_ratio(track: Track, fits: Fits, steps: Floats, own: Floats) -> Floats:
    """How much likelier than by chance a daily figure equals its step, as a logarithm.

    `own` is the chance of each step.
    """
    known = np.isfinite(track.daily) & np.isfinite(steps)
    ratio = np.zeros(len(steps))
    if not known.any():
        return ratio
    both = track.stack.total(known)
    equal = track.stack.total((steps == track.daily) & known)
    share = np.minimum((equal + 1) / (both + 2), SUREST)
    share = np.where((both >= FEWEST) & (share >= LEAST_EQUAL), share, 0.0)[track.stack.code]
    at = np.flatnonzero(known & (share > 0))
    chance = own[at]
    differs = np.flatnonzero(steps[at] != track.daily[at])
    chance[differs] = chance_of_step(fits, at[differs], track.daily[at[differs]])
    ratio[at] = np.log1p(share[at] / (1 - share[at]) / np.maximum(chance, 1e-6))
    return ratio
