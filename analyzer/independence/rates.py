"""The rates of the model of copying, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Copying:
    """Rates of the model of copying, with their reasons.

    Attributes
    ----------
    prior : float
        Share of pairs of publishers, among those without a declared link, that copy. The paper
        takes 0.2 for sites that share hundreds of items; here it is so low that with `coincidence`
        one shared figure never makes copying more likely than not.
    copied : float
        c, the share of common items that a copier takes over; 0.8 as in the paper.
    error : float
        e, how often an independent publisher prints a wrong figure; 0.2 as in the paper.
    weight : float
        As how many publishers of the item the rates of the paper count against what others are
        seen to give; two, so that a reading is rare only where at least five others speak.
    coincidence : float
        The least chance that two independent publishers give the same reading, however rare: one
        row in fifty may be misfiled (wrong day, scope or measure) or share a source by way of a
        third.
    telling : float
        A shared reading is telling where an independent publisher would give it at most one time in
        this: one in four.
    same_words : float
        How often a copy keeps the words of the figure; half, as relays of one dispatch do about.
    prompt : float
        How often a copy appears within `prompt_days` of the other; half, since archives are copied
        too.
    prompt_days : int
        Days within which news is passed on.
    season_days : int
        Who speaks within this many days speaks at the same state of knowledge.
    most_claims : int
        An item of which more claims speak is left out: its pairs grow with the square of their
        number (45,000 for 300), and what so many print is anybody's, so that few of their readings
        could tell who copied.
    """

    prior: float = 0.02
    copied: float = 0.8
    error: float = 0.2
    weight: float = 2.0
    coincidence: float = 0.02
    telling: float = 0.25
    same_words: float = 0.5
    prompt: float = 0.5
    prompt_days: int = 7
    season_days: int = 30
    most_claims: int = 300
