"""A closer look at one relay: whether its figure is what its origin said, else what it is.

The origin's figure for a time is what it published itself, else what at least three publishers
and two thirds of them give as its words. An old figure is given as new only where it isn't the
figure of the time once more.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from analyzer.settings import Thresholds
from analyzer.settled import ENOUGH, MAJORITY, SENSES
from analyzer.told import Said, Told, origin_of

SAME_TABLE_DAYS: Final = 31  # figures of one release are dated up to a month apart in print
TELLING: Final = 100  # below it, equal numbers of two measures are chance


def look_closer(claim: Said, told: Told, limits: Thresholds, *, stale: bool) -> dict[str, Any]:
    """What became of one relayed figure.

    Parameters
    ----------
    told : Told
        The claims that it is held against: all of the same origin's figure, and those that give
        the same number.
    stale : bool
        Whether it can be an old figure given as new.

    Returns
    -------
    dict
        Columns `relays.TOLD`.
    """
    return (_stale(claim, told) if stale else None) or _judge(claim, told, limits)


def _row(verdict: str, reference: Sequence[Said] = (), **more: Any) -> dict[str, Any]:
    return {
        "verdict": verdict,
        "direction": "",
        "days": math.nan,
        "reference": tuple(one.id for one in reference),
        "reference_reading": reference[0].reading if reference else "",
        "newer": "",
    } | more


def _judge(claim: Said, told: Told, limits: Thresholds) -> dict[str, Any]:
    now = told.by_slot[*origin_of(claim), claim.slot]
    if claim.series:
        now = sorted([claim, *now], key=lambda one: one.id)
    if all(one.source == claim.source for one in now):
        return _row("cannot be checked")
    by_then = [one for one in now if not one.said_first > claim.said_last]
    same = [one for one in by_then if one.stated == claim.stated]
    reference, certain = _origins_words(claim, same)
    if not certain:  # the number itself is in question: what the origin gave of late
        reference, certain = _origins_words(claim, _recent(claim, by_then, limits))
    if not reference:
        return _row("cannot be checked")
    verdict = _compare(claim, reference[0], limits)
    if verdict["verdict"] == "faithful":
        return _row("faithful", reference)
    wordings = {one.reading for one in reference}
    tells_both = any(
        one.reading in wordings for one in now if (one.source, one.url) == (claim.source, claim.url)
    )
    updated = claim.kind == "fixed" and not any(
        one.said_last >= claim.said_first for one in reference
    )  # all who give the other figure spoke before: it may have been replaced
    if not certain or (verdict["verdict"] == "misquoted" and (tells_both or updated)):
        return _row("relays differ", reference)
    if verdict["verdict"] == "misquoted":
        return _whose(claim, reference, told)
    return _row(verdict.pop("verdict"), reference, **verdict)


def _recent(claim: Said, by_then: list[Said], limits: Thresholds) -> list[Said]:
    """Of a fixed figure, which can be revised, the claims of the last weeks; else all."""
    if claim.kind != "fixed" or math.isnan(claim.said_first):
        return by_then
    since = claim.said_first - limits.current_days
    return [one for one in by_then if one.said_last >= since or one.id == claim.id]


def _origins_words(claim: Said, now: list[Said]) -> tuple[list[Said], bool]:
    """Claims that give the origin's figure, and whether it is certain that they do.

    Certain is what the origin published itself, or what enough publishers give and few do not.
    """
    own = [one for one in now if one.source == one.authority]
    if own:
        return own, True
    others = [one for one in now if one.source != claim.source]
    if not others:
        return others, False
    givers: dict[str, set[str]] = defaultdict(set)
    for one in now:
        givers[one.reading].add(one.source)
    enough = max(len(sources) for sources in givers.values())
    most = [reading for reading, sources in givers.items() if len(sources) == enough]
    reading = claim.reading if claim.reading in most else min(most)
    reference = [one for one in others if one.reading == reading]
    if not reference:
        return others, False
    share = enough / len({one.source for one in now})
    return reference, len(most) == 1 and enough >= ENOUGH and share >= MAJORITY


def _compare(claim: Said, reference: Said, limits: Thresholds) -> dict[str, Any]:
    ours, theirs = SENSES.get(claim.qualifier, ""), SENSES.get(reference.qualifier, "")
    if claim.reading == reference.reading:
        return {"verdict": "faithful"}
    if claim.stated == reference.stated:
        if ours == theirs:
            return {"verdict": "faithful"}
        if ours == "exact":
            return {"verdict": "qualifier lost"}
        return {"verdict": "qualifier added" if theirs == "exact" else "qualifier turned"}
    if direction := _rounding(claim, reference, limits.rounding_cap):
        return {"verdict": "rounded", "direction": direction}
    return {"verdict": "faithful" if _overlap(claim, reference) else "misquoted"}


def _overlap(one: Said, other: Said) -> bool:
    return one.apart_low <= other.apart_high and one.apart_high >= other.apart_low


def _rounding(claim: Said, reference: Said, cap: float) -> str:
    """Direction in which the claim's coarser number rounds the reference; "" if it does not."""
    step, given, told = claim.granularity, claim.stated, reference.stated
    coarser = step > (reference.granularity or 0)
    if not coarser or math.isnan(given) or math.isnan(told):
        return ""
    if abs(given - told) >= min(step, cap * told):
        return ""
    return "up" if given > told else "down"


def _stale(claim: Said, told: Told) -> dict[str, Any] | None:
    """A moving figure that the origin gave for an earlier time, after it had given a newer one."""
    first = _first_given(claim, told)
    if first is None:
        return None
    newer = [
        one
        for one in told.by_origin[origin_of(claim)]
        if one.at_first > first.at_last
        and _other_and_earlier(one, claim)
        and not _overlap(one, claim)
    ]
    if not newer or (claim.kind == "stock" and len({one.source for one in newer}) < 2):
        return None  # a stock can come back to a value; one slip between is no newer figure
    last = max(newer, key=lambda one: (one.at_first, one.id))
    return _old(claim, first, last)


def _first_given(claim: Said, told: Told) -> Said | None:
    """The claim of another publisher that gave a moving figure for the earliest time before."""
    if claim.kind not in ("cumulative", "stock") or claim.qualifier != "exact":
        return None
    same = told.by_origins_number[origin_of(claim), claim.stated]
    old = [one for one in same if _other_and_earlier(one, claim)]
    return min(old, key=lambda one: (one.at_first, one.id), default=None)


def _other_and_earlier(one: Said, claim: Said) -> bool:
    return one.at_last < claim.at_first and one.source != claim.source


def _old(claim: Said, first: Said, newer: Said) -> dict[str, Any]:
    days = claim.at_first - newer.at_first
    return _row("stale", [first], days=days, newer=newer.id)


def _whose(claim: Said, reference: list[Said], told: Told) -> dict[str, Any]:
    """What is given in place of the origin's figure.

    That the origin had given it for an earlier time says most; a figure of another origin, another
    measure or a later day has to be too large to be equal by chance.
    """
    first = _first_given(claim, told)
    if first is not None and claim.granularity <= 1:  # a round number is no evidence of a copy
        return _old(claim, first, reference[0])
    same = [
        one
        for one in told.by_number[claim.stated]
        if claim.stated >= TELLING and one.source != claim.source and one.family == claim.family
    ]
    if any(one.slot == claim.slot and one.authority != claim.authority for one in same):
        return _row("another origin's figure", reference)
    near = [
        one
        for one in same
        if one.authority == claim.authority
        and abs(one.at_first - claim.at_first) <= SAME_TABLE_DAYS
    ]
    if any(one.measure != claim.measure for one in near):
        return _row("another measure's figure", reference)
    other = [one for one in same if _of_another_day(one, claim)]
    if other and claim.granularity <= 1:
        day = min(other, key=lambda one: (abs(one.at_first - claim.at_first), one.id))
        return _row("another day's figure", reference, newer=day.id)
    return _row("misquoted", reference)


def _of_another_day(one: Said, claim: Said) -> bool:
    """Whether the origin gave the figure for a day that was over when the claim was made."""
    apart = one.at_last < claim.at_first or one.at_first > claim.at_last
    return apart and origin_of(one) == origin_of(claim) and one.at_first <= claim.said_last
