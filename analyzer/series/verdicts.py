"""Figures of one series that are probably mistyped, each with its causes and suggestions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.series.chain import Weighed, weigh
from analyzer.series.flows import WeighedFlow, weigh_flow
from analyzer.series.guesses import guess
from analyzer.series.restore import Place, Suggestion, restore
from analyzer.series.tails import tail_chances
from analyzer.series.tracks import Floats, Track
from analyzer.series.witnesses import place_of_day, places_of_totals

LIKELY = 0.4  # likelier errors are told; see `bench.errors` for what another limit costs
DOUBT = 0.05  # of the least likelihood: what the second look could still raise to it
SOUND = 0.5  # a neighbour that is likelier sound than not bears witness


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
    places = places_of_totals(weighed, guesses, sound)
    return judged.good, [
        _verdict(int(judged.rows[at]), 1 - weighed.good[at], place, _events(weighed, int(at)))
        for at, place in zip(suspects, places, strict=True)
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
        place = place_of_day(weighed, guesses, row)
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
