"""How likely a running total climbs from any of its figures to any later one."""

from __future__ import annotations

import numpy as np

from analyzer.series.chances import chance_of_climb, chance_of_step
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
    heaped : float array
        Expected total up to each figure.
    ratio : float array
        `daily_ratio`.
    """

    def __init__(self, track: Track, fits: Fits) -> None:
        stack, steps = track.stack, steps_of(track)[1]
        self.track, self.fits = track, fits
        every = np.arange(stack.size)
        self.own = chance_of_step(fits, every, np.where(np.isfinite(steps), steps, 0.0))
        self.heaped = stack.heaped(fits.rate * fits.spans)
        self.ratio = daily_ratio(track, fits, steps, self.own)
        self.speaking = bool(self.ratio.any())
        if self.speaking:
            self.daily = stack.heaped(np.nan_to_num(track.daily))
            self.known = stack.heaped(np.isfinite(track.daily).astype(np.float64))
            self.weight = stack.heaped(self.ratio)

    def chance(self, one: Whole, other: Whole, low: Floats, high: Floats) -> Floats:
        """Chance of going from `low` at figure `one` to `high` at figure `other`.

        `low` and `high` can have a column for each of several candidates. All figures `other`
        come just after `one`, or none does.
        """
        return self.bare(one, other, low, high) * self.told(one, other, high - low)

    def next(self, at: Whole) -> Floats:
        """As `bare`, of the steps that figures make from those just before them."""
        found, grain, values = self.own[at], self.fits.grain, self.track.values
        rounded = np.flatnonzero((grain[at] > 0) | (grain[at - 1] > 0))
        last = at[rounded]
        found[rounded] = self.bare(last - 1, last, values[last - 1], values[last])
        return found

    def bare(self, one: Whole, other: Whole, low: Floats, high: Floats) -> Floats:
        """As `chance`, whatever the daily figures say."""
        found = np.empty(low.shape)
        next_ = bool((other - one == 1).all())

        def block(rows: slice) -> None:
            found[rows] = self._bare(one[rows], other[rows], low[rows], high[rows], next_)

        in_blocks(len(found), BLOCK, block)
        return found

    def _bare(self, one: Whole, other: Whole, low: Floats, high: Floats, next_: bool) -> Floats:
        size = high - low
        start, at = _wide(one, size), _wide(other, size)
        grain, values = self.fits.grain, self.track.values
        first = np.where(low == values[start], grain[start], 0.0)
        last = np.where(high == values[at], grain[at], 0.0)
        rounded = np.maximum(first, last), np.minimum(first, last)
        if next_:
            return chance_of_step(self.fits, other, size, rounded)
        expected = self.heaped[at] - self.heaped[start]
        steps = np.maximum(at - start, 1)
        return chance_of_climb(self.fits, at, size, expected, steps, rounded)

    def told(self, one: Whole, other: Whole, size: Floats) -> Floats:
        """Weight of the daily figures between, if they add up to the rise."""
        if not self.speaking:
            return np.ones(size.shape)
        start, at = _wide(one, size), _wide(other, size)
        whole = self.known[at] - self.known[start] == at - start
        equal = whole & (np.abs(self.daily[at] - self.daily[start] - size) < 1e-6)
        weight = np.exp(np.minimum(self.weight[at] - self.weight[start], MOST))
        return np.where(equal, weight, 1.0)


def _wide(places: Whole, like: Floats) -> Whole:
    """Places of rows, for all candidates of the row."""
    return places.reshape(places.shape + (1,) * (like.ndim - places.ndim))


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
