"""Every constant of the readings, each with its reason, as one value that is passed in.

Two findings that hold under different `Conventions` can be compared; nothing here is global.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

__all__ = ["Conventions", "Ends"]

# Literal low and high, implied low and high of a vague word.
Ends = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Conventions:
    """How wordings become bounds.

    Attributes
    ----------
    bound_steps : float
        How many granules a one-sided bound reaches in its implied reading. One: "more than
        47,000" implies less than 48,000, since a speaker who knew of 48,000 would have said so
        (Cummins, Sauerland & Solt 2012, Linguistics and Philosophy 35, 135-169).
    approximate_literal : float
        Half width, as a share of the number, that "about n" still allows. A tenth: beyond it
        the next rounder numeral would have served.
    approximate_steps : float
        Half width of "about n" in granules, as implied. One half: the numbers that round to n
        (Krifka 2007, Approximate interpretation of number words).
    approximate_implied : float
        Upper limit of that half width as a share of the number, so that "about 1,000" does not
        imply 500; also the half width for fractions ("about a third"), which have no granule,
        and for rates ("one in three", "nine in ten"), which are read as if "about" stood there:
        simple fractions are round numbers (Krifka 2007).
    nearly_literal : float
        "Nearly n" allows no less than this share of n.
    up_to_cancellable : bool
        Whether "up to n" is read without a firm upper end. "Up to ten, perhaps more" is
        acceptable where "at most ten, perhaps more" is not (McNabb et al.); off by default,
        since a source that writes "up to" commits itself to n.
    widen_hedged_bounds : bool
        Whether the hedge in "up to about 250" moves the literal bound by
        `approximate_literal`. Off by default: the bound is kept as stated.
    plus_is_open : bool
        Whether "15-plus" and "20+" allow the number itself ("at least"). On by default: both
        are used for "n or more".
    few, several, handful, many, some : tuple of four floats
        Literal low and high, implied low and high of a vague word. The literal ends are
        generous on purpose; the implied high end is where a speaker would have changed to the
        next word. Sources differ, so compare vague figures by overlap only.
    """

    bound_steps: float = 1.0
    approximate_literal: float = 0.10
    approximate_steps: float = 0.5
    approximate_implied: float = 0.05
    nearly_literal: float = 0.90
    up_to_cancellable: bool = False
    widen_hedged_bounds: bool = False
    plus_is_open: bool = True
    few: Ends = (2, 20, 3, 6)
    several: Ends = (2, 20, 3, 9)
    handful: Ends = (2, 20, 3, 7)
    many: Ends = (3, inf, 10, inf)
    some: Ends = (1, inf, 2, inf)
