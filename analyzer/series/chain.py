"""Which figures to set aside so that the rest of a running total goes its way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.series.chances import chance_of_step, share_of_events
from analyzer.series.climbs import Climbs, daily_ratio, steps_of
from analyzer.series.fits import BURST, FALL, Fits, Floats, Whole, fit
from analyzer.series.guesses import SWAPPED_DAYS, Guesses, Track, guess, plain_chances, unexplained

RUN = 4  # wrong figures in a row at most; a longer stretch is a level of its own
ERROR = 0.004  # figures that are typed wrongly: a few in a thousand
AGAIN = 0.08  # after a wrong figure the next one is wrong too
ODD = 2.0  # a step so much less likely than the commonest makes its figures suspects (log)
DERIVED = 0.3  # daily figures that were computed from the mistyped total itself
TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Weighed:
    """The figures of one running total with the chance that each is sound.

    Attributes
    ----------
    good : float array
        Chance that the figure is sound.
    climbs : Climbs
        What the steps are like.
    guesses : Guesses
        Candidates for the suspects.
    plain : float array
        `guesses.plain_chances`.
    """

    good: Floats
    climbs: Climbs
    guesses: Guesses
    plain: Floats


def weigh(track: Track) -> Weighed:
    """Chance that each figure of a running total is sound, over all ways to set some aside.

    A hidden chain of true figures: each step between sound figures is as likely as the steps
    around it make it, wrong figures (at most `RUN` in a row) are typed where another figure was
    meant, and the chances of all ways are added up forward and backward (Rabiner 1989,
    Proceedings of the IEEE 77(2)). Done twice: the second time without the wrong figures' steps
    among the neighbours, and with the series' own shares of batches and corrections.
    """
    trust = np.ones(len(track.values))
    burst, fall = BURST, FALL
    for _ in range(2):
        weighed = _weigh_once(track, trust, burst, fall)
        spans, steps = steps_of(track)
        sound = weighed.good * np.r_[0.0, weighed.good[:-1]]
        trust = np.clip(sound, 0.02, 1)
        burst, fall = share_of_events(weighed.climbs.fits, steps, spans, sound)
    return weighed


def _weigh_once(track: Track, trust: Floats, burst: float, fall: float) -> Weighed:
    spans, steps = steps_of(track)
    fits = fit(track.days, steps, spans, track.values, trust, own=1, burst=burst, fall=fall)
    climbs = Climbs(
        track, fits, spans, np.cumsum(fits.rate * spans), daily_ratio(track, fits, steps, spans)
    )
    guesses = guess(track, _suspects(track, fits, steps, spans), running=True)
    plain = plain_chances(track)
    ways = _ways(climbs, guesses, plain)
    return Weighed(_sound(ways), climbs, guesses, plain)


def _suspects(track: Track, fits: Fits, steps: Floats, spans: Floats) -> Whole:
    """Figures with an odd step to or from them."""
    at = np.arange(len(steps))
    known = np.isfinite(steps)
    chance = chance_of_step(fits, at, np.where(known, steps, 0.0), spans)
    common = chance_of_step(fits, at, np.rint(fits.rate * spans), spans)
    odd = known & (np.log(chance) < np.log(common) - ODD)
    if np.isfinite(track.daily).any():
        odd |= known & np.isfinite(track.daily) & (steps != track.daily)
    odd = odd | np.r_[odd[1:], False]
    if len(odd):
        odd[-1] = True
    return np.flatnonzero(odd)


@dataclass(frozen=True, slots=True)
class Ways:
    """Log chances of the ways through a series, from sound figure to sound figure."""

    size: int
    over: dict[int, Floats]  # steps over k-1 wrong figures, at their last figure
    first: Floats  # the figures before are all wrong
    last: Floats  # the figures after are all wrong


def _ways(climbs: Climbs, guesses: Guesses, plain: Floats) -> Ways:
    track = climbs.track
    values, size = track.values, len(track.values)
    wrong = _Wrong(climbs, guesses, plain)
    over = {}
    for far in range(1, min(RUN + 1, size - 1) + 1):
        other = np.arange(far, size)
        one = other - far
        base = np.log(climbs.chance(one, other, values[one], values[other]))
        for at in range(1, far):
            base = base + wrong.between(at, far - at)[one + at]
        over[far] = base + _run(far - 1)
    if 3 in over:
        over[3] = np.logaddexp(over[3], _swapped(climbs))
    first, last = np.full(size, -np.inf), np.full(size, -np.inf)
    for far in range(min(RUN + 1, size)):
        first[far] = _run(far) - np.log(np.abs(values[far]) + 10)
        last[size - 1 - far] = _run(far)
        for at in range(far):
            first[far] += wrong.open_left(far - at)[at]
            last[size - 1 - far] += wrong.open_right(far - at)[size - 1 - at]
    return Ways(size, over, first, last)


def _run(wrong: int) -> float:
    """Log chance of so many wrong figures in a row."""
    if not wrong:
        return float(np.log1p(-ERROR))
    return float(np.log(ERROR) + (wrong - 1) * np.log(AGAIN) + np.log1p(-AGAIN))


class _Wrong:
    """Log chance of what stands where a figure is wrong, given the sound ones around it."""

    def __init__(self, climbs: Climbs, guesses: Guesses, plain: Floats) -> None:
        self.climbs, self.guesses, self.plain = climbs, guesses, plain.sum(axis=1)
        self.values = climbs.track.values
        self.size = len(self.values)
        self.place = np.arange(self.size)
        self.derived = self._derived()
        self.sides: dict[int, tuple[Floats, Floats]] = {}

    def _derived(self) -> Floats:
        """Log weight of daily figures that were computed from the mistyped total itself."""
        ratio, daily = self.climbs.ratio, self.climbs.track.daily
        steps = np.r_[np.nan, np.diff(self.values)]
        return np.where(steps == daily, np.log1p(DERIVED * np.expm1(ratio)), 0.0)

    def _side(self, far: int) -> tuple[Floats, Floats]:
        """How well each candidate fits the figure so many places on, without and with dailies."""
        if far not in self.sides:
            at = self.guesses.suspects
            there = np.clip(at + far, 0, self.size - 1)
            known, figures = self.values[there][:, None], self.guesses.figures
            if far < 0:
                ends, low, high = (at + far, at), known, figures
            else:
                ends, low, high = (there - far, there), figures, known
            bare = self.climbs.bare(*ends, low, high)
            self.sides[far] = bare, bare * self.climbs.told(*ends, high - low)
        return self.sides[far]

    def _sum(self, expected: Floats, keyed: Floats, derived: Floats) -> Floats:
        """All ways to mistype; those that say nothing of the figure meant come by `derived`."""
        plain = self.plain + unexplained(self.values, expected, self.climbs.fits.bulk)
        total = plain * np.exp(derived)
        total[self.guesses.suspects] += keyed
        return np.asarray(np.log(np.maximum(total, TINY)))

    def between(self, before: int, after: int) -> Floats:
        """For each figure: with sound ones so many places before and after it."""
        one = np.clip(self.place - before, 0, None)
        other = np.clip(self.place + after, None, self.size - 1)
        heaped = self.climbs.heaped
        whole = np.maximum(heaped[other] - heaped[one], 1e-9)
        rise = self.values[other] - self.values[one]
        told = self.climbs.told(one, other, rise)
        base = self.climbs.bare(one, other, self.values[one], self.values[other]) * told
        derived = self.derived + (_next(self.derived) if after == 1 else 0.0)
        (left, left_told), (right, right_told) = self._side(-before), self._side(after)
        at = self.guesses.suspects
        # a daily figure speaks once: of the step at the edge of the run, or of the whole run
        edges = (left_told if before == 1 else left) * (right_told if after == 1 else right)
        fit = np.where((told > 1)[at][:, None], left_told * right_told, edges)
        fit = fit + left * right * np.expm1(derived)[at][:, None]
        usable = (at - before >= 0) & (at + after < self.size)
        keyed = np.where(usable, (self.guesses.chances * fit).sum(axis=1) / base[at], 0.0)
        share = rise * (heaped - heaped[one]) / whole
        return self._sum(self.values[one] + share, keyed, np.where(told > 1, 0.0, derived))

    def open_right(self, before: int) -> Floats:
        """For each figure: with a sound one before it and none after."""
        one = np.clip(self.place - before, 0, None)
        expected = self.values[one] + self.climbs.heaped - self.climbs.heaped[one]
        return self._sum(expected, self._open(-before, self.derived), self.derived)

    def open_left(self, after: int) -> Floats:
        """For each figure: with a sound one after it and none before."""
        other = np.clip(self.place + after, None, self.size - 1)
        expected = self.values[other] - self.climbs.heaped[other] + self.climbs.heaped
        derived = _next(self.derived) if after == 1 else np.zeros(self.size)
        return self._sum(expected, self._open(after, derived), derived)

    def _open(self, far: int, derived: Floats) -> Floats:
        bare, told = self._side(far)
        fit = (told if abs(far) == 1 else bare) + bare * np.expm1(derived)[self.guesses.suspects][
            :, None
        ]
        return np.asarray((self.guesses.chances * fit).sum(axis=1))


def _next(values: Floats) -> Floats:
    return np.asarray(np.r_[values[1:], 0.0])


def _swapped(climbs: Climbs) -> Floats:
    """Log chance of two neighbouring figures in each other's place, at the figure after them."""
    values, last = climbs.track.values, np.arange(3, len(climbs.track.values))
    one, two = values[last - 2], values[last - 1]
    chance = (
        climbs.chance(last - 3, last - 2, values[last - 3], two)
        * climbs.chance(last - 2, last - 1, two, one)
        * climbs.chance(last - 1, last, one, values[last])
    )
    return np.asarray(np.where(one == two, -np.inf, np.log(chance)) + np.log(ERROR * SWAPPED_DAYS))


def _sound(ways: Ways) -> Floats:
    """Chance that each figure is sound: forward and backward over all ways."""
    size = ways.size
    table = np.full((size, RUN + 2), -np.inf)
    for far, chances in ways.over.items():
        table[far:, far] = chances
    ahead, back = np.full(size, -np.inf), np.full(size, -np.inf)
    reach = np.arange(RUN + 1, 0, -1)
    padded = np.full(size + RUN + 1, -np.inf)
    for at in range(size):
        parts = padded[at : at + RUN + 1] + table[at, reach]
        ahead[at] = np.logaddexp(ways.first[at], np.logaddexp.reduce(parts))
        padded[at + RUN + 1] = ahead[at]
    rows = np.full((size + RUN + 1, RUN + 1), -np.inf)
    for one in range(min(RUN + 1, size - 1)):
        rows[: size - 1 - one, one] = table[one + 1 :, one + 1]
    padded = np.full(size + RUN + 1, -np.inf)
    for at in range(size - 1, -1, -1):
        parts = padded[at + 1 : at + RUN + 2] + rows[at]
        back[at] = np.logaddexp(ways.last[at], np.logaddexp.reduce(parts))
        padded[at] = back[at]
    whole = np.logaddexp.reduce(ahead + ways.last)
    return np.asarray(np.exp(np.minimum(ahead + back - whole, 0.0)))
