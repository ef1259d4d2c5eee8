"""Which figures to set aside so that the rest of a running total goes its way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.series.chances import much_rarer_than_common
from analyzer.series.climbs import Climbs, steps_of
from analyzer.series.fits import fit_near
from analyzer.series.guesses import SWAPPED_DAYS, Guesses, guess, plain_chances
from analyzer.series.neighbours import find_neighbours
from analyzer.series.paths import NEVER, RUN, Ways, sound_by_ways
from analyzer.series.tails import share_of_events
from analyzer.series.tracks import Floats, Track, Whole
from analyzer.series.wrong import TINY, Wrong

__all__ = ["ERROR", "RUN", "TINY", "Judged", "Weighed", "weigh"]

ERROR = 0.004  # figures that are typed wrongly: a few in a thousand
AGAIN = 0.08  # after a wrong figure the next one is wrong too
PAIR = 2  # figures in each other's place
ODD = 2.0  # a step so much less likely than the commonest makes its figures suspects (log)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The figures of running totals with the chance that each is sound.

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


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of all figures.

    Attributes
    ----------
    good : float array
        Chance that each figure is sound.
    again : Weighed
        The series that were weighed twice, stacked anew.
    rows : int array
        The rows of these among all.
    """

    good: Floats
    again: Weighed
    rows: Whole


def weigh(track: Track, doubt: float) -> Judged:
    """Chance that each figure of running totals is sound, over all ways to set some aside.

    A hidden chain of true figures: each step between sound figures is as likely as the steps
    around it make it, wrong figures (at most `RUN` in a row) are typed where another figure was
    meant, and the chances of all ways are added up forward and backward (Rabiner 1989,
    Proceedings of the IEEE 77(2)). Done twice: the second time without the wrong figures' steps
    among the neighbours, and with the series' own shares of batches and corrections. Series none
    of whose figures is wrong with a chance of `doubt` are left at the first time.
    """
    spans, steps = steps_of(track)
    near = find_neighbours(track.days, steps, spans, 1, track.stack)
    plain = plain_chances(track)
    fits = fit_near(near, track.values, np.ones(len(steps)))
    weighed = _weigh_once(track, steps, Climbs(track, fits), plain)
    sound = weighed.good * track.stack.previous(weighed.good, 0.0)
    burst, fall = share_of_events(fits, steps, sound, weighed.climbs.own, track.stack)
    series = np.flatnonzero(track.stack.lowest(weighed.good) <= 1 - doubt)
    rows, track = track.only(series)
    trust = np.clip(sound[rows], 0.02, 1)
    fits = fit_near(near.only(series), track.values, trust, burst[series], fall[series])
    again = _weigh_once(track, steps[rows], Climbs(track, fits), plain[rows])
    good = weighed.good.copy()
    good[rows] = again.good
    return Judged(good, again, rows)


def _weigh_once(track: Track, steps: Floats, climbs: Climbs, plain: Floats) -> Weighed:
    suspects = _suspects(track, climbs, steps)
    guesses = guess(track, suspects, running=True)
    ways = _ways(climbs, guesses, plain)
    return Weighed(sound_by_ways(ways), climbs, guesses, plain)


def _suspects(track: Track, climbs: Climbs, steps: Floats) -> Whole:
    """Figures with an odd step to or from them."""
    known = np.isfinite(steps)
    odd = known & much_rarer_than_common(climbs.fits, climbs.own, ODD)
    # a daily figure that differs makes its total one, in series that have daily figures
    odd |= known & np.isfinite(track.daily) & (steps != track.daily)
    odd = odd | (track.stack.next(odd.astype(np.float64), 1.0) > 0)
    return np.flatnonzero(odd)


def _ways(climbs: Climbs, guesses: Guesses, plain: Floats) -> Ways:
    stack, values = climbs.track.stack, climbs.track.values
    wrong = Wrong(climbs, guesses, plain)
    over = np.full((RUN + 1, stack.size), NEVER)
    longest = int(stack.lengths.max(initial=0))
    for far in range(1, min(RUN + 1, longest - 1) + 1):
        other = np.flatnonzero(stack.place >= far)
        chances = np.log(wrong.climb(far)[other])
        for at in range(1, far):
            chances += wrong.between(at, far - at)[other - far + at]
        over[far - 1, other] = chances + _run(far - 1)
    if longest > PAIR + 1:
        then = np.flatnonzero((stack.place > PAIR) & (np.roll(values, 2) != np.roll(values, 1)))
        over[PAIR, then] = np.logaddexp(over[PAIR, then], _swapped(climbs, then))
    before, after = np.full(stack.size, NEVER), np.full(stack.size, NEVER)
    for far in range(RUN + 1):
        here = np.flatnonzero(stack.place == far)
        chances = _run(far) - np.log(np.abs(values[here]) + 10)
        for at in range(far):
            chances += wrong.open_left(here - far + at, far - at)
        before[here] = chances
        here = np.flatnonzero(stack.after == far)
        chances = np.full(len(here), _run(far))
        for at in range(far):
            chances += wrong.open_right(here + far - at, far - at)
        after[here] = chances
    return Ways(stack, over, before, after)


def _run(wrong: int) -> float:
    """Log chance of so many wrong figures in a row."""
    if not wrong:
        return float(np.log1p(-ERROR))
    return float(np.log(ERROR) + (wrong - 1) * np.log(AGAIN) + np.log1p(-AGAIN))


def _swapped(climbs: Climbs, last: Whole) -> Floats:
    """Log chance of two neighbouring figures in each other's place, at the figure after them.

    The two differ.
    """
    values = climbs.track.values
    one, two = values[last - 2], values[last - 1]
    chance = (
        climbs.chance(1, last - 2, values[last - 3], two)
        * climbs.chance(1, last - 1, two, one)
        * climbs.chance(1, last, one, values[last])
    )
    return np.asarray(np.log(chance) + np.log(ERROR * SWAPPED_DAYS))
