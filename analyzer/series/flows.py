"""Which figures of a daily series are probably mistyped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.series.chain import ERROR, ODD, TINY
from analyzer.series.chances import chance_of_step, much_rarer_than_common
from analyzer.series.fits import BURST, FALL, STEEP_FLOW, Fits, fit_near
from analyzer.series.guesses import Guesses, guess, plain_chances, unexplained
from analyzer.series.neighbours import Neighbours, find_neighbours
from analyzer.series.tails import share_of_events
from analyzer.series.tracks import Flags, Floats, Track, Whole

FEWEST = 5  # days that have both, before the running total tells anything
FAIR = 0.1  # at least such a share of days that differ from the total do so rightly
HELD = 0.995  # a running total and its daily figures are never surely kept as one


@dataclass(frozen=True, slots=True)
class WeighedFlow:
    """As `chain.Weighed`, for a daily series.

    `told` is how often the running total of each series bears the figures out, `slack` how often
    it doesn't though both are right; both by row.
    """

    good: Floats
    fits: Fits
    guesses: Guesses
    plain: Floats
    told: Floats
    slack: Floats
    track: Track

    def fit_of(self, at: int, figures: Floats) -> Floats:
        """How well figures fit one day, after the days around it and the running total."""
        return chance_of_day(self, np.full(len(figures), at), figures)


def chance_of_day(weighed: WeighedFlow, at: Whole, figures: Floats) -> Floats:
    """Chance of a day's figure: the step of the running total, else one like its neighbours.

    `figures` has a row for each of `at`, and can have a column for each of several candidates.
    """
    return _or_the_step(weighed, at, figures, chance_of_step(weighed.fits, at, figures))


def _or_the_step(weighed: WeighedFlow, at: Whole, figures: Floats, chance: Floats) -> Floats:
    wide = at.reshape(at.shape + (1,) * (figures.ndim - 1))
    step = weighed.track.daily[wide]
    told = weighed.told[wide] * (figures == step) + weighed.slack[wide] * chance
    return np.where(np.isfinite(step), told, chance)


def weigh_flow(track: Track, spans: Floats) -> WeighedFlow:
    """Chance that each figure of daily series is sound.

    Days are independent given their neighbours, so that a surge is an error only where a slip
    of the keys leads to a figure that fits, and the running total does not bear it out.
    """
    near = find_neighbours(track.days, track.values, spans, 0, track.stack)
    blank = np.full(len(track.values), np.nan)
    plain = plain_chances(
        Track(track.days, track.values, blank, track.beside, track.stack, track.columns)
    )
    weighed, chance = _weigh_once(track, near, plain, np.ones(len(track.values)), BURST, FALL)
    burst, fall = share_of_events(weighed.fits, track.values, weighed.good, chance, track.stack)
    return _weigh_once(track, near, plain, np.clip(weighed.good, 0.02, 1), burst, fall)[0]


def _weigh_once(
    track: Track,
    near: Neighbours,
    plain: Floats,
    trust: Floats,
    burst: Floats | float,
    fall: Floats | float,
) -> tuple[WeighedFlow, Floats]:
    """The figures weighed, and how likely each is after the days around it alone."""
    values, at = track.values, np.arange(len(track.values))
    fits = fit_near(near, np.zeros(len(values)), trust, burst, fall, STEEP_FLOW)
    known = np.isfinite(track.daily)
    equal = (track.daily == values) & known
    told, slack = (share[track.stack.code] for share in _borne_out(track, known, equal))
    seen = Track(
        track.days,
        values,
        np.where(told > 0, track.daily, np.nan),
        track.beside,
        track.stack,
        track.columns,
    )
    none = at[:0]
    blank = Guesses(none, np.empty((0, 0)), np.empty((0, 0)), np.empty((0, 0), np.int64))
    weighed = WeighedFlow(np.ones(len(values)), fits, blank, plain, told, slack, seen)
    chance = chance_of_step(fits, at, values)
    sound = _or_the_step(weighed, at, values, chance)
    odd = much_rarer_than_common(fits, sound, ODD) | (known & (told > 0) & ~equal)
    guesses = guess(track, np.flatnonzero(odd & ~equal), running=False)
    fit = chance_of_day(weighed, guesses.suspects, guesses.figures)
    wrong = plain.sum(axis=1) + unexplained(values, fits.expected, fits.bulk)
    wrong[guesses.suspects] += (guesses.chances * fit).sum(axis=1)
    wrong = np.where(equal, TINY, wrong)
    good = 1 / (1 + ERROR / (1 - ERROR) * wrong / np.maximum(sound, TINY))
    return WeighedFlow(good, fits, guesses, plain, told, slack, seen), chance


def _borne_out(track: Track, known: Flags, equal: Flags) -> tuple[Floats, Floats]:
    """By series, how often the running total bears figures out, and how often it rightly doesn't.

    The latter is the chance of a figure that differs, against one that the total says nothing of.
    """
    both, same = track.stack.total(known), track.stack.total(equal)
    told = np.minimum((same + 1) / (both + 2), HELD)
    rightly = np.maximum(1 - ERROR * both / np.maximum(both - same, 1), FAIR)
    enough = both >= FEWEST
    return np.where(enough, told, 0.0), np.where(enough, (1 - told) * rightly, 1.0)
