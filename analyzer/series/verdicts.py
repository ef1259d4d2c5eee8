"""Figures of one series that are probably mistyped, each with its causes and suggestions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.series.chain import Weighed, weigh
from analyzer.series.chances import tail_chances
from analyzer.series.flows import WeighedFlow, weigh_flow
from analyzer.series.guesses import CODE, Guesses, guess, unexplained
from analyzer.series.restore import Place, Suggestion, number, restore
from analyzer.series.tracks import Floats, Track, Whole

LIKELY = 0.4  # likelier errors are told; see `bench.errors` for what another limit costs
DOUBT = 0.05  # of the least likelihood: what the second look could still raise to it
SOUND = 0.5  # a neighbour that is likelier sound than not bears witness
WITHIN = 2.5  # spreads on the scale of square roots: what the neighbours allow


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure that is probably mistyped; fields as the columns of `slips.COLUMNS`."""

    at: int
    low: float
    high: float
    cause: str
    likelihood: float
    suggestions: tuple[Suggestion, ...]
    rivals: tuple[tuple[str, float], ...]


def judge_total(track: Track, least: float = LIKELY) -> tuple[Floats, list[Verdict]]:
    """Mistyped figures of running totals, with the chance that each figure is sound."""
    judged = weigh(track, least * DOUBT)
    weighed, track = judged.again, judged.again.climbs.track
    sound = np.flatnonzero(weighed.good >= SOUND)
    suspects = np.flatnonzero(weighed.good <= 1 - least)
    guesses = guess(track, suspects, running=True, sound=sound)
    return judged.good, [
        _verdict(int(judged.rows[at]), 1 - weighed.good[at], place, _events(weighed, int(at)))
        for at, place in zip(suspects, _places(weighed, guesses, sound), strict=True)
    ]


def judge_flow(
    track: Track, spans: Floats, least: float = LIKELY
) -> tuple[WeighedFlow, list[Verdict]]:
    """Mistyped figures of daily series, with the chance that each figure is sound."""
    weighed = weigh_flow(track, spans)
    suspects = np.flatnonzero(weighed.good <= 1 - least)
    guesses = guess(weighed.track, suspects, running=False)
    verdicts = []
    for row, at in enumerate(suspects):
        place = _place_of_day(weighed, guesses, row)
        verdicts.append(_verdict(int(at), 1 - weighed.good[at], place, {"unexplained": 1.0}))
    return weighed, verdicts


def _verdict(at: int, likelihood: float, place: Place, events: dict[str, float]) -> Verdict:
    suggestions, shares = restore(place)
    rivals = {cause: share * likelihood for cause, share in shares.items()}
    for cause, share in events.items():
        rivals[cause] = rivals.get(cause, 0.0) + share * (1 - likelihood)
    ranked = sorted(rivals.items(), key=lambda item: (-item[1], item[0]))
    cause = max(shares, key=lambda one: (shares[one], one))
    if suggestions and suggestions[0].likelihood > shares[cause] / 2:
        cause = suggestions[0].cause
    return Verdict(
        at=at,
        low=place.low,
        high=place.high,
        cause=cause,
        likelihood=float(likelihood),
        suggestions=suggestions,
        rivals=tuple((cause, float(chance)) for cause, chance in ranked if chance >= 0.001),
    )


def _events(weighed: Weighed, at: int) -> dict[str, float]:
    """If the figure is sound, what its steps are: batch, correction, or nothing known."""
    track, fits, own = weighed.climbs.track, weighed.climbs.fits, weighed.climbs.own
    found = {"late batch": 0.0, "downward correction": 0.0}
    for place in (at, at + 1):
        if track.stack.first[at] < place <= track.stack.last[at]:
            here, size = np.array([place]), track.values[[place]] - track.values[[place - 1]]
            part = tail_chances(fits, here, size, fits.spans[here]) / own[here]
            cause = "late batch" if size[0] > 0 else "downward correction"
            found[cause] = max(found[cause], float(part[0]))
    rest = max(1 - sum(found.values()), 0.0)
    whole = sum(found.values()) + rest
    return {cause: part / whole for cause, part in (found | {"unexplained": rest}).items()}


def _places(weighed: Weighed, guesses: Guesses, sound: Whole) -> list[Place]:
    return [_place(weighed, guesses, row, sound) for row in range(len(guesses.suspects))]


def _place(weighed: Weighed, guesses: Guesses, row: int, sound: Whole) -> Place:
    """What the sound figures before and after a suspect say of it."""
    climbs = weighed.climbs
    track, heaped = climbs.track, climbs.heaped
    at = int(guesses.suspects[row])
    one, other = _sound_around(track, at, sound)
    before = track.values[one] if one >= 0 else np.nan
    after = track.values[other] if other >= 0 else np.nan
    up = heaped[at] - heaped[one] if one >= 0 else np.nan
    on = heaped[other] - heaped[at] if other >= 0 else np.nan
    middle = _middle(before, after, up, on)
    spread = climbs.fits.spread[at]
    given, chances, causes = guesses.figures[row], guesses.chances[row], guesses.causes[row]
    plain = weighed.plain[at].copy()
    plain[CODE["unexplained"]] = unexplained(
        track.values[[at]], np.array([middle]), climbs.fits.bulk[[at]]
    )[0]
    told = _told(track, at, one, other)
    if told:
        given = np.r_[given, list(told)]
        causes = np.r_[causes, np.full(len(told), int(np.argmax(plain)))]
        chances = np.r_[chances, np.full(len(told), plain.sum())]
    fitted = _fit(weighed, at, one, other, np.r_[given, middle if np.isfinite(middle) else 0.0])
    low, high = _range(before, after, up, on, spread)
    return Place(
        value=float(track.values[at]),
        before=float(before),
        after=float(after),
        days_before=int(track.days[at] - track.days[one]) if one >= 0 else 0,
        days_after=int(track.days[other] - track.days[at]) if other >= 0 else 0,
        low=low,
        high=high,
        figures=given,
        causes=causes,
        chances=chances,
        fit=fitted[:-1],
        plain=plain,
        told=told,
        middle=middle,
        middle_fit=float(fitted[-1]) if np.isfinite(middle) else 0.0,
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


def _fit(weighed: Weighed, at: int, one: int, other: int, figures: Floats) -> Floats:
    """How well figures fit between the sound ones around them."""
    climbs, values = weighed.climbs, weighed.climbs.track.values
    size = len(figures)
    here = np.full(size, at)
    chance = np.ones(size)
    if one >= 0:
        chance = chance * climbs.chance(
            np.full(size, one), here, np.full(size, values[one]), figures
        )
    if other >= 0:
        there = np.full(size, other)
        chance = chance * climbs.chance(here, there, figures, np.full(size, values[other]))
    if one >= 0 and other >= 0:
        ends = np.array([one]), np.array([other])
        base = climbs.chance(*ends, values[[one]], values[[other]])
        chance = chance / base
    return np.minimum(chance, 1.0)


def _told(track: Track, at: int, one: int, other: int) -> dict[float, str]:
    """The figures that the daily figures around it lead to, and how."""
    found: dict[float, str] = {}
    if one == at - 1 >= 0 and np.isfinite(track.daily[at]):
        added = float(track.values[one] + track.daily[at])
        found[added] = f"{number(track.daily[at])} were given for the day"
    if other == at + 1 and np.isfinite(track.daily[other]):
        left = float(track.values[other] - track.daily[other])
        found.setdefault(left, f"{number(track.daily[other])} were given for the day after")
    return {figure: text for figure, text in found.items() if figure != track.values[at]}


def _middle(before: float, after: float, up: float, on: float) -> float:
    if np.isfinite(before) and np.isfinite(after):
        share = up / (up + on) if up + on > 0 else 0.5
        return float(np.rint(before + share * (after - before)))
    if np.isfinite(before):
        return float(np.rint(before + up))
    return float(max(np.rint(after - on), 0.0)) if np.isfinite(after) else np.nan


def _range(before: float, after: float, up: float, on: float, spread: float) -> tuple[float, float]:
    """Lowest and highest figure that the sound neighbours allow."""
    low, high = 0.0, np.inf
    if np.isfinite(before):
        low, high = before + _root(up, -spread), before + _root(up, spread)
    if np.isfinite(after):
        low, high = max(low, after - _root(on, spread)), min(high, after - _root(on, -spread))
    if low > high:
        low, high = min(before, after), max(before, after)
    return float(np.floor(low)), float(np.ceil(high))


def _root(expected: float, spread: float) -> float:
    return float(max(np.sqrt(max(expected, 0.0)) + WITHIN * spread, 0.0) ** 2)


def _place_of_day(weighed: WeighedFlow, guesses: Guesses, row: int) -> Place:
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
