"""Causes that an event can have, and how they are weighed against each other.

The likelihood of a cause is its prior times the fit of its test, divided by the sum over all
causes that were looked at for the event. The priors are judgements, not measurements: they say
how often a cause is the right one where its test finds all its traces. They are set after the
gaza-daily and ukraine-losses tables, whose events were read one by one; a test leaves a low fit,
not a low prior, where only part of its traces are there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Evidence = tuple[str, str]

TYPING = (
    "transposed digits",
    "missing digit",
    "extra digit",
    "wrong digit",
    "power of ten",
    "wrong column",
    "daily typed as cumulative",
    "swapped figures",
    "misdated",
    "copied forward",
    "wrong year",
)
SWITCHES = ("source switch", "scope or definition change", "counting base reset")

UNEXPLAINED = 0.1  # what no test looks for is always possible; a test with fit 0.3 outweighs it
PRIORS = {
    "announced revision": 1.0,  # the row itself says so
    "wrong year": 0.9,  # needs a date that is exactly a year off and a gap that the figure fits
    "source switch": 0.5,  # needs two different names under the two figures
    "scope or definition change": 0.5,  # needs other measures that move alike, or a changed cell
    "counting base reset": 0.6,  # needs a fall to the first few days' worth, and growth from it
    "gap absorbed": 0.6,  # needs days without a figure, or an exact sum of days
    "late batch": 0.4,  # late entries are the commonest true jump of a running total
    "downward correction": 0.4,  # the commonest true fall of one, where the level stays
    "rounding": 0.5,  # needs a round figure
    "incomplete parts": 0.5,  # needs blank parts
    "unexplained": UNEXPLAINED,
}
TYPING_PRIOR = 0.4  # a slip whose figure would restore the series exactly is hardly chance
CALLED = 0.5  # a typing error is called one from this likelihood on: likelier than all else


@dataclass(frozen=True, slots=True)
class Cause:
    """What one test found.

    Attributes
    ----------
    cause : str
        A word of `model.CAUSES`.
    fit : float
        How well its traces fit, 0 to 1.
    evidence : tuple of (str, str)
        As term and text.
    blamed : str
        Id of the claim that is wrong if this is the cause; "" if none is.
    suggestion : float
        The figure that would restore the series; NaN without one.
    suggestions : tuple of float
        All of them, the likeliest first.
    proof : tuple of str
        Ids of further claims that the evidence speaks of.
    pair : bool
        Whether it explains the neighbouring mismatch as well.
    """

    cause: str
    fit: float
    evidence: tuple[Evidence, ...] = ()
    blamed: str = ""
    suggestion: float = math.nan
    suggestions: tuple[float, ...] = ()
    proof: tuple[str, ...] = ()
    pair: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The likeliest cause, and the others with their likelihoods."""

    cause: Cause
    likelihood: float
    rivals: tuple[tuple[str, float], ...]


def prior(cause: str) -> float:
    """Prior of a cause."""
    return PRIORS.get(cause, TYPING_PRIOR)


def weigh(found: Iterable[Cause | None]) -> Verdict:
    """Likelihoods of the causes looked at; "unexplained" is always among them.

    Of two findings of one cause the better fitting counts. Ties go to the cause that is not an
    error, then to the alphabet.
    """
    best: dict[str, Cause] = {"unexplained": Cause("unexplained", 1.0)}
    for one in found:
        if one is not None and one.fit > best.get(one.cause, Cause("", 0.0)).fit:
            best[one.cause] = one
    weights = {name: prior(name) * one.fit for name, one in best.items()}
    total = sum(weights.values())
    ordered = sorted(best, key=lambda name: (-weights[name], name in TYPING, name))
    shares = [(name, round(float(weights[name] / total), 4)) for name in ordered]
    return Verdict(best[ordered[0]], shares[0][1], tuple(shares[1:]))


def merged(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Evidence without repetitions, in the order found."""
    return tuple(dict.fromkeys(evidence))
