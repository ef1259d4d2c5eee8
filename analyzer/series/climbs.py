"""How likely a running total climbs from any of its figures to any later one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.series.chances import chance_of_climb, chance_of_step
from analyzer.series.fits import Fits, Floats, Whole
from analyzer.series.guesses import Track

MOST = 200.0  # log weight of daily figures at most; more tells nothing and overflows


@dataclass(frozen=True, slots=True)
class Climbs:
    """Chances of the rises of one series between any two of its figures."""

    track: Track
    fits: Fits
    spans: Floats
    heaped: Floats  # expected total up to each figure
    ratio: Floats

    def chance(self, one: Whole, other: Whole, low: Floats, high: Floats) -> Floats:
        """Chance of going from `low` at figure `one` to `high` at figure `other`.

        The last axis of `low` and `high` can hold several candidates.
        """
        return self.bare(one, other, low, high) * self.told(one, other, high - low)

    def bare(self, one: Whole, other: Whole, low: Floats, high: Floats) -> Floats:
        """As `chance`, whatever the daily figures say."""
        size = high - low
        at, start = _wide(other, size), _wide(one, size)
        grain, values = self.fits.grain, self.track.values
        first = np.where(low == values[start], grain[start], 0.0)
        last = np.where(high == values[at], grain[at], 0.0)
        rounded = np.maximum(first, last), np.minimum(first, last)
        if bool((other - one == 1).all()):
            return chance_of_step(self.fits, at, size, self.spans[at], rounded)
        expected = self.heaped[at] - self.heaped[start]
        steps = np.maximum(at - start, 1)
        return chance_of_climb(self.fits, at, size, expected, steps, rounded)

    def told(self, one: Whole, other: Whole, size: Floats) -> Floats:
        """Weight of the daily figures between, if they add up to the rise."""
        if not self.ratio.any():
            return np.ones(size.shape)
        start, at = _wide(one, size), _wide(other, size)
        daily = np.r_[0.0, np.cumsum(np.nan_to_num(self.track.daily))]
        known = np.r_[0, np.cumsum(np.isfinite(self.track.daily))]
        weight = np.r_[0.0, np.cumsum(self.ratio)]
        whole = known[at + 1] - known[start + 1] == at - start
        equal = whole & (np.abs(daily[at + 1] - daily[start + 1] - size) < 1e-6)
        return np.where(equal, np.exp(np.minimum(weight[at + 1] - weight[start + 1], MOST)), 1.0)


def _wide(places: Whole, like: Floats) -> Whole:
    """Places of rows, for each candidate of the row."""
    return places.reshape(places.shape + (1,) * (like.ndim - places.ndim)) + np.zeros(
        like.shape, dtype=np.int64
    )


def steps_of(track: Track) -> tuple[Floats, Floats]:
    """Days that each figure lies after the one before it, and its rise over it."""
    spans = np.r_[1.0, np.diff(track.days)].astype(np.float64)
    return spans, np.r_[np.nan, np.diff(track.values)]


def daily_ratio(track: Track, fits: Fits, steps: Floats, spans: Floats) -> Floats:
    """How much likelier than by chance a daily figure equals its step, as a logarithm."""
    known = np.isfinite(track.daily) & np.isfinite(steps)
    if known.sum() < 5:
        return np.zeros(len(steps))
    equal = (steps == track.daily) & known
    share = min((equal.sum() + 1) / (known.sum() + 2), 0.995)
    if share < 0.3:
        return np.zeros(len(steps))
    at = np.arange(len(steps))
    chance = chance_of_step(fits, at, np.where(known, track.daily, 0.0), spans)
    ratio = np.log1p(share / (1 - share) / np.maximum(chance, 1e-6))
    return np.where(known, ratio, 0.0)
