"""What the sound figures around suspects say of what can have been meant there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analyzer.series.chain import Weighed
from analyzer.series.climbs import Climbs
from analyzer.series.flows import WeighedFlow
from analyzer.series.guesses import CODE, Guesses, unexplained
from analyzer.series.restore import Place, number
from analyzer.series.tracks import Floats, Track, Whole

WITHIN = 2.5  # spreads on the scale of square roots: what the neighbours allow


@dataclass(frozen=True, slots=True)
class Witness:
    """The sound figures before and after a suspect.

    Attributes
    ----------
    at, one, other : int
        Rows of the suspect and of these; -1 if there is none.
    before, after : float
        Their values, NaN if there is none.
    up, on : float
        What the total should rise from the one and to the other.
    """

    at: int
    one: int
    other: int
    before: float
    after: float
    up: float
    on: float

    def middle(self) -> float:
        """The figure in the midst of what they allow, NaN without any."""
        before, after, up, on = self.before, self.after, self.up, self.on
        if np.isfinite(before) and np.isfinite(after):
            share = up / (up + on) if up + on > 0 else 0.5
            return float(np.rint(before + share * (after - before)))
        if np.isfinite(before):
            return float(np.rint(before + up))
        return float(max(np.rint(after - on), 0.0)) if np.isfinite(after) else np.nan

    def range(self, spread: float) -> tuple[float, float]:
        """Lowest and highest figure that they allow."""
        before, after, up, on = self.before, self.after, self.up, self.on
        low, high = 0.0, np.inf
        if np.isfinite(before):
            low, high = before + _root(up, -spread), before + _root(up, spread)
        if np.isfinite(after):
            low, high = max(low, after - _root(on, spread)), min(high, after - _root(on, -spread))
        if low > high:
            low, high = min(before, after), max(before, after)
        return float(np.floor(low)), float(np.ceil(high))


def places_of_totals(weighed: Weighed, guesses: Guesses, sound: Whole) -> list[Place]:
    """What is known at each suspect of running totals.

    Parameters
    ----------
    guesses : Guesses
        Of the suspects.
    sound : int array
        Rows of the figures that bear witness, rising.
    """
    climbs = weighed.climbs
    seen = [_witness(climbs, int(at), sound) for at in guesses.suspects]
    told = [_told(climbs.track, one) for one in seen]
    figures = [
        np.r_[guesses.figures[row], list(told[row]), np.nan_to_num(one.middle())]
        for row, one in enumerate(seen)
    ]
    fits = _fits(climbs, seen, figures)
    return [
        _place(weighed, guesses, row, seen[row], told[row], fits[row]) for row in range(len(seen))
    ]


def _witness(climbs: Climbs, at: int, sound: Whole) -> Witness:
    values, heaped = climbs.track.values, climbs.heaped
    one, other = _sound_around(climbs.track, at, sound)
    return Witness(
        at=at,
        one=one,
        other=other,
        before=float(values[one]) if one >= 0 else np.nan,
        after=float(values[other]) if other >= 0 else np.nan,
        up=float(heaped[at] - heaped[one]) if one >= 0 else np.nan,
        on=float(heaped[other] - heaped[at]) if other >= 0 else np.nan,
    )


def _sound_around(track: Track, at: int, sound: Whole) -> tuple[int, int]:
    """The sound figures of the series before and after one; -1 if there is none."""
    before = int(np.searchsorted(sound, at)) - 1
    after = int(np.searchsorted(sound, at, side="right"))
    one = int(sound[before]) if before >= 0 else -1
    other = int(sound[after]) if after < len(sound) else -1
    if other > track.stack.last[at]:
        other = -1
    return one if one >= track.stack.first[at] else -1, other


def _told(track: Track, seen: Witness) -> dict[float, str]:
    """The figures that the daily figures around a suspect lead to, and how."""
    found: dict[float, str] = {}
    daily, at, other = track.daily, seen.at, seen.other
    if seen.one == at - 1 >= 0 and np.isfinite(daily[at]):
        found[float(seen.before + daily[at])] = f"{number(daily[at])} were given for the day"
    if other == at + 1 and np.isfinite(daily[other]):
        left = float(seen.after - daily[other])
        found.setdefault(left, f"{number(daily[other])} were given for the day after")
    return {figure: text for figure, text in found.items() if figure != track.values[at]}


def _fits(climbs: Climbs, seen: Sequence[Witness], figures: Sequence[Floats]) -> list[Floats]:
    """How well the figures of each suspect fit between the sound ones around it."""
    sizes = [len(one) for one in figures]
    every, values = np.concatenate([*figures, np.empty(0)]), climbs.track.values
    places = np.array([(one.one, one.at, one.other) for one in seen], np.int64).reshape(-1, 3)
    whole = np.flatnonzero((places[:, 0] >= 0) & (places[:, 2] >= 0))
    one, at, other = places[whole].T
    base = np.ones(len(seen))
    base[whole] = _chances(climbs, one, other, values[one], values[other])
    one, at, other = np.repeat(places, sizes, axis=0).T
    chance = np.ones(len(every))
    rows = np.flatnonzero(one >= 0)
    chance[rows] *= _chances(climbs, one[rows], at[rows], values[one[rows]], every[rows])
    rows = np.flatnonzero(other >= 0)
    chance[rows] *= _chances(climbs, at[rows], other[rows], every[rows], values[other[rows]])
    fits = np.minimum(chance / np.repeat(base, sizes), 1.0)
    return np.split(fits, np.cumsum(sizes)[:-1])


def _chances(climbs: Climbs, one: Whole, other: Whole, low: Floats, high: Floats) -> Floats:
    """As `Climbs.chance`, however far apart the figures are."""
    found, far = np.empty(len(one)), other - one
    for steps in np.unique(far).tolist():
        rows = np.flatnonzero(far == steps)
        found[rows] = climbs.chance(steps, other[rows], low[rows], high[rows])
    return found


def _place(
    weighed: Weighed,
    guesses: Guesses,
    row: int,
    seen: Witness,
    told: dict[float, str],
    fits: Floats,
) -> Place:
    """What is known at one suspect; the last of `fits` is of the middle figure."""
    climbs, at, middle = weighed.climbs, seen.at, seen.middle()
    track = climbs.track
    given, chances, causes = guesses.figures[row], guesses.chances[row], guesses.causes[row]
    plain = weighed.plain[at].copy()
    plain[CODE["unexplained"]] = unexplained(
        track.values[[at]], np.array([middle]), climbs.fits.bulk[[at]]
    )[0]
    if told:
        given = np.r_[given, list(told)]
        causes = np.r_[causes, np.full(len(told), int(np.argmax(plain)))]
        chances = np.r_[chances, np.full(len(told), plain.sum())]
    low, high = seen.range(climbs.fits.spread[at])
    return Place(
        value=float(track.values[at]),
        before=seen.before,
        after=seen.after,
        days_before=int(track.days[at] - track.days[seen.one]) if seen.one >= 0 else 0,
        days_after=int(track.days[seen.other] - track.days[at]) if seen.other >= 0 else 0,
        low=low,
        high=high,
        figures=given,
        causes=causes,
        chances=chances,
        fit=fits[:-1],
        plain=plain,
        told=told,
        middle=middle,
        middle_fit=float(fits[-1]) if np.isfinite(middle) else 0.0,
    )


def _root(expected: float, spread: float) -> float:
    return float(max(np.sqrt(max(expected, 0.0)) + WITHIN * spread, 0.0) ** 2)


def place_of_day(weighed: WeighedFlow, guesses: Guesses, row: int) -> Place:
    """What the days around a suspect, and its running total, say of it."""
    at = int(guesses.suspects[row])
    fits, track = weighed.fits, weighed.track
    step = track.daily[at]
    expected = float(fits.rate[at] * fits.spans[at])
    spread = float(fits.spread[at])
    plain = weighed.plain[at].copy()
    plain[CODE["unexplained"]] = unexplained(
        track.values[[at]], np.array([expected]), fits.bulk[[at]]
    )[0]
    middle = float(step) if np.isfinite(step) else float(np.rint(expected))
    first, last = at == track.stack.first[at], at == track.stack.last[at]
    return Place(
        value=float(track.values[at]),
        before=np.nan if first else float(track.values[at - 1]),
        after=np.nan if last else float(track.values[at + 1]),
        days_before=0 if first else int(track.days[at] - track.days[at - 1]),
        days_after=0 if last else int(track.days[at + 1] - track.days[at]),
        low=float(np.floor(_root(expected, -spread))),
        high=float(np.ceil(_root(expected, spread))),
        figures=guesses.figures[row],
        causes=guesses.causes[row],
        chances=guesses.chances[row],
        fit=weighed.fit_of(at, guesses.figures[row]),
        plain=plain,
        told={middle: "the step of the running total"} if np.isfinite(step) else {},
        middle=middle,
        middle_fit=float(weighed.fit_of(at, np.array([middle]))[0]),
    )
