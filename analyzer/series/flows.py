"""Which figures of a daily series are probably mistyped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.series.chain import ERROR, TINY
from analyzer.series.chances import chance_of_step, share_of_events
from analyzer.series.fits import BURST, FALL, STEEP_FLOW, Fits, Floats, fit
from analyzer.series.guesses import Guesses, Track, guess, plain_chances, unexplained

FEWEST = 5  # days that have both, before the running total tells anything
FAIR = 0.1  # at least such a share of days that differ from the total do so rightly
HELD = 0.995  # a running total and its daily figures are never surely kept as one


@dataclass(frozen=True, slots=True)
class WeighedFlow:
    """As `chain.Weighed`, for a daily series.

    `told` is how often the running total bears the figures out, `slack` how often it doesn't
    though both are right.
    """

    good: Floats
    fits: Fits
    guesses: Guesses
    plain: Floats
    told: float
    slack: float
    track: Track
    spans: Floats

    def fit_of(self, at: int, figures: Floats) -> Floats:
        """How well figures fit one day, after the days around it and the running total."""
        return chance_of_day(self, np.full(len(figures), at), figures)


def chance_of_day(weighed: WeighedFlow, at: np.ndarray, figures: Floats) -> Floats:
    """Chance of a day's figure: the step of the running total, else one like its neighbours."""
    chance = chance_of_step(weighed.fits, at, figures, weighed.spans[at])
    step = weighed.track.daily[at]
    return np.where(
        np.isfinite(step),
        weighed.told * (figures == step) + weighed.slack * chance,
        chance,
    )


def weigh_flow(track: Track, spans: Floats) -> WeighedFlow:
    """Chance that each figure of a daily series is sound.

    Days are independent given their neighbours, so that a surge is an error only where a slip
    of the keys leads to a figure that fits, and the running total does not bear it out.
    """
    trust = np.ones(len(track.values))
    burst, fall = BURST, FALL
    for _ in range(2):
        weighed = _weigh_once(track, spans, trust, burst, fall)
        trust = np.clip(weighed.good, 0.02, 1)
        burst, fall = share_of_events(weighed.fits, track.values, spans, weighed.good)
    return weighed


def _weigh_once(
    track: Track, spans: Floats, trust: Floats, burst: float, fall: float
) -> WeighedFlow:
    values = track.values
    fits = fit(
        track.days,
        values,
        spans,
        np.zeros(len(values)),
        trust,
        own=0,
        burst=burst,
        fall=fall,
        steep=STEEP_FLOW,
    )
    known = np.isfinite(track.daily)
    equal = (track.daily == values) & known
    told, slack = 0.0, 1.0
    if known.sum() >= FEWEST:
        told = float(min((equal.sum() + 1) / (known.sum() + 2), HELD))
        misses = max(int((known & ~equal).sum()), 1)
        slack = (1 - told) * max(1 - ERROR * int(known.sum()) / misses, FAIR)
    at = np.arange(len(values))
    seen = Track(track.days, values, np.where(told > 0, track.daily, np.nan), track.beside)
    plain = plain_chances(Track(track.days, values, np.full(len(values), np.nan), track.beside))
    blank = Guesses(at[:0], np.empty((0, 0)), np.empty((0, 0)), np.empty((0, 0), np.int64))
    weighed = WeighedFlow(np.ones(len(values)), fits, blank, plain, told, slack, seen, spans)
    sound = chance_of_day(weighed, at, values)
    common = chance_of_step(fits, at, np.rint(fits.rate * spans), spans)
    odd = (np.log(sound) < np.log(common) - 2.0) | (known & (told > 0) & ~equal)
    guesses = guess(track, np.flatnonzero(odd & ~equal), running=False)
    rows = np.repeat(guesses.suspects[:, None], guesses.figures.shape[1], axis=1)
    keyed = (guesses.chances * chance_of_day(weighed, rows, guesses.figures)).sum(axis=1)
    wrong = plain.sum(axis=1) + unexplained(values, fits.rate * spans, fits.bulk)
    wrong[guesses.suspects] += keyed
    wrong = np.where(equal, TINY, wrong)
    good = 1 / (1 + ERROR / (1 - ERROR) * wrong / np.maximum(sound, TINY))
    return WeighedFlow(good, fits, guesses, plain, told, slack, seen, spans)
