"""Which figure was probably meant where one is mistyped, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.series.fits import Floats, Whole
from analyzer.series.guesses import CAUSES

SUGGESTIONS = 5  # a reader weighs no more
SAID = {
    "wrong digit": "one wrong digit",
    "transposed digits": "two digits changed places",
    "missing digit": "one digit missing",
    "extra digit": "one digit too many",
    "power of ten": "zeros too many or too few",
    "wrong column": "the figure of another column stands here",
    "daily typed as cumulative": "the figure of the day stands where the total belongs",
    "swapped figures": "two figures changed places",
    "misdated": "the figure of the next day stands here",
    "copied forward": "the figure of the day before stands again",
    "unexplained": "no slip of the keys explains it",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A figure that was probably meant.

    Attributes
    ----------
    value : float
    cause : str
        What turned it into the printed figure, a word of `model.CAUSES`.
    likelihood : float
        That this figure was meant, if the printed one is wrong.
    why : str
    """

    value: float
    cause: str
    likelihood: float
    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """What is known at one figure.

    Attributes
    ----------
    value : float
        The printed figure.
    before, after : float
        The sound figures around it, NaN if there is none.
    days_before, days_after : int
        How far they are.
    low, high : float
        What the neighbours allow.
    figures, causes, chances, fit : arrays
        Candidates; how likely each is mistyped so, and how well it fits.
    plain : float array
        Chance of each of `CAUSES` that says nothing of the figure meant.
    middle, middle_fit : float
        The figure in the midst of what the neighbours allow, and how well it fits.
    told : dict
        Figures that daily figures or a running total lead to, and how.
    """

    value: float
    before: float
    after: float
    days_before: int
    days_after: int
    low: float
    high: float
    figures: Floats
    causes: Whole
    chances: Floats
    fit: Floats
    plain: Floats
    middle: float
    middle_fit: float
    told: dict[float, str]


def restore(place: Place) -> tuple[tuple[Suggestion, ...], dict[str, float]]:
    """Rank the figures that can be meant, and add up the causes.

    Returns
    -------
    tuple of Suggestion, dict
        The likeliest first, at most `SUGGESTIONS`; and the chance of each cause if the printed
        figure is wrong.
    """
    weights = place.chances * place.fit
    whole = float(weights.sum() + place.plain.sum()) or 1.0
    of_causes = np.bincount(place.causes, weights, len(CAUSES)) + place.plain
    shares = dict(zip(CAUSES, (of_causes / whole).tolist(), strict=True))
    found: dict[float, dict[str, float]] = {}
    likely = np.flatnonzero(weights > 0)
    cells = (column[likely].tolist() for column in (place.figures, place.causes, weights))
    for figure, code, weight in zip(*cells, strict=True):
        causes = found.setdefault(figure, {})
        causes[CAUSES[code]] = causes.get(CAUSES[code], 0.0) + weight
    told = CAUSES[int(np.argmax(place.plain))]
    if np.isfinite(place.middle) and place.middle != place.value:
        causes = found.setdefault(place.middle, {})
        causes[told] = causes.get(told, 0.0) + float(place.plain.sum()) * place.middle_fit
    ranked = sorted(
        found.items(),
        key=lambda item: (not _within(place, item[0]), -sum(item[1].values()), item[0]),
    )
    suggestions = []
    for figure, causes in ranked[:SUGGESTIONS]:
        cause = max(causes, key=lambda one: (causes[one], one))
        likelihood = min(sum(causes.values()) / whole, 1.0)
        suggestions.append(Suggestion(figure, cause, likelihood, _why(place, figure, cause)))
    return tuple(suggestions), shares


def _within(place: Place, figure: float) -> bool:
    """Whether the neighbours allow the figure."""
    return not (figure < place.low or figure > place.high)


def _why(place: Place, figure: float, cause: str) -> str:
    sides = []
    if np.isfinite(place.before):
        sides.append(f"{number(place.before)} {_away(place.days_before, 'before')}")
    if np.isfinite(place.after):
        sides.append(f"{number(place.after)} {_away(place.days_after, 'after')}")
    fits = f"; fits {' and '.join(sides)}" if sides and _within(place, figure) else ""
    told = f"; {place.told[figure]}" if figure in place.told else ""
    return f"{number(place.value)} -> {number(figure)}: {SAID[cause]}{fits}{told}"


def _away(days: int, side: str) -> str:
    return f"the day {side}" if days == 1 else f"{days} days {side}"


def number(value: float) -> str:
    """A number for people; whole ones without a point."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"
