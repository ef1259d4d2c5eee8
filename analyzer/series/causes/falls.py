"""Why a running total falls: each test looks at one fall and returns what it found, or nothing.

A fall is the place of the lower figure in its line; the higher one is the figure before it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analyzer.readings import number
from analyzer.series.causes.lines import REACH, Book, Floats, Line, likeness, rates
from analyzer.series.causes.weighing import Cause

AFTER = 3  # figures after a fall that must stay at the new level
DROP = 0.1  # a fall by more than a tenth is no correction of a few entries
RESET = 0.25  # a count that starts anew stands far below a quarter of the old total
FEW_SHARED = 3  # days that two series must share on each side of a reset
FALLS_TOO, TOTAL_STAYS = 0.4, 0.5  # fits: another part falls too; the total does not fall
ROUNDED = 0.02  # share of figures that are rounded in a series that seldom rounds
RETURNED = 0.2  # what is left of a change of scope where the old level soon stands again
RETURNS = 10  # figures within which the former origin is looked for again


def fall_causes(book: Book, line: Line, place: int) -> Iterator[Cause | None]:
    """All tests of the causes of a fall but those of slips and dates."""
    yield announced(line, place)
    yield downward_correction(line, place)
    yield source_switch(line, place)
    yield scope_change(book, line, place)
    yield base_reset(book, line, place)
    yield rounding(line, place)


def announced(line: Line, place: int) -> Cause | None:
    """Announced revision: the lower figure is given as revised, the higher one is not."""
    if line.status[place] != "revised" or line.status[place - 1] == "revised":
        return None
    return Cause("announced revision", 1.0, (("status", "the lower figure is given as revised"),))


def downward_correction(line: Line, place: int) -> Cause | None:
    """Downward correction: the series goes on from the lower figure by its usual steps.

    One origin alone can take back its own entries, and takes back few of them. The fit falls
    where the figures after it leap back to the old line (then the low figure is
    odd), and where the figure before it had leapt up (then that one is).
    """
    same_origin = line.authority[place] == line.authority[place - 1]
    if not same_origin or line.value[place] < (1 - DROP) * line.value[place - 1]:
        return None
    usual = rates(line, place, skip=(place - 1, place, place + 1))
    later = range(place + 1, min(place + 1 + AFTER, len(line)))
    stays = min((_step_likeness(line, place, one, usual) for one in later), default=0.5)
    before = _step_likeness(line, place - 2, place - 1, usual) if place > 1 else 0.5
    known = len(line) - 1 - place
    text = (
        f"the {min(known, AFTER)} figures after it go on from the lower one"
        if known
        else "no later figure is known"
    )
    return Cause("downward correction", stays * (0.4 + 0.6 * before), (("after", text),))


def _step_likeness(line: Line, before: int, after: int, usual: Floats) -> float:
    return likeness(line.value[after] - line.value[before], line.days(before, after), usual)


def source_switch(line: Line, place: int) -> Cause | None:
    """Source switch: the two figures cite different origins.

    The better it fits, the better the former origin's next figure goes on from its own last one,
    and the nearer the two origins' figures are.
    """
    before = place - 1
    if line.authority[place] == line.authority[before]:
        return None
    evidence = [("origin", "the two figures cite different origins")]
    alike = line.value[place] / line.value[before]
    again = [
        one
        for one in range(place + 1, min(place + RETURNS, len(line)))
        if line.authority[one] == line.authority[before]
    ]
    fit, proof = 0.8, [line.claim[before]]
    if again:
        usual = rates(line, place, skip=(place, place + 1))
        own = _step_likeness(line, before, again[0], usual)
        fit = 0.6 + 0.4 * own
        if own > 0.5:
            text = f"the former origin's next figure, {number(line.value[again[0]])}, goes on"
            evidence.append(("origin", f"{text} from its own last one"))
            proof.append(line.claim[again[0]])
    return Cause("source switch", fit * alike**0.5, tuple(evidence), proof=tuple(proof))


def scope_change(book: Book, line: Line, place: int) -> Cause | None:
    """Scope or definition change: parts of one total fall together while the total does not.

    Also where the status of the figures changes (an estimate, then a count). A fall by less than
    a tenth is left to the other tests.
    """
    ratio = line.value[place] / line.value[place - 1]
    evidence, proof = [], []
    fit = 0.0
    if line.status[place] != line.status[place - 1]:
        words = f"the figure before is given as {line.status[place - 1]}, this one as"
        evidence.append(("status", f"{words} {line.status[place]}"))
        fit = 0.5
    if ratio < 1 - DROP:
        for other in _companions(book, line):
            pair = _same_days(other, line, place)
            if pair and other.value[pair[1]] < (1 - DROP) * other.value[pair[0]]:
                was, now = (number(other.value[one]) for one in pair)
                label = book.labels[other.measure]
                evidence.append(("falls too", f"“{label}” from {was} to {now}"))
                proof += [other.claim[one] for one in pair]
                fit = max(fit, FALLS_TOO)
        for whole in book.linked(line.series, "part"):
            pair = _same_days(whole, line, place)
            if pair and whole.value[pair[1]] >= whole.value[pair[0]]:
                was, now = (number(whole.value[one]) for one in pair)
                label = book.labels[whole.measure]
                evidence.append(("total", f"“{label}” does not fall: {was}, then {now}"))
                proof += [whole.claim[one] for one in pair]
                fit = min(1.0, fit + TOTAL_STAYS)
    if not fit:
        return None
    if (line.value[place : place + 1 + AFTER] >= line.value[place - 1]).any():
        fit *= RETURNED
    return Cause("scope or definition change", fit, tuple(evidence), proof=tuple(proof))


def _companions(book: Book, line: Line) -> list[Line]:
    """Other running totals of the same source, of the same whole where that is known."""
    wholes = book.links.get((line.series, "part"), ())
    siblings = [
        one
        for whole in wholes
        for one in book.linking(whole, "part")
        if one.series != line.series and one.kind == "cumulative"
    ]
    beside = [one for one in book.linked(line.series, "beside") if one.kind == "cumulative"]
    return list({one.series: one for one in [*siblings, *beside]}.values())


def _same_days(other: Line, line: Line, place: int) -> tuple[int, int] | None:
    """The other line's figures of the day of the fall and of the day before it."""
    before, after = other.place_until(line.at[place - 1]), other.place(line.at[place])
    return (before, after) if 0 <= before < after else None


def base_reset(book: Book, line: Line, place: int) -> Cause | None:
    """Counting base reset: the total falls to a small part, grows on from there, and never returns.

    A series of the same measure on another base shows it best: its difference to this one is
    constant before the fall, and constant on another level after it.
    """
    before, low = line.value[place - 1], line.value[place]
    later = line.value[place + 1 :]
    near = later[:AFTER]
    earlier = line.value[place - 2] if place > 1 else before
    if low > RESET * min(before, earlier) or len(near) < AFTER or (np.diff([low, *near]) < 0).any():
        return None
    if line.claim[place - 1] in book.wrong_columns or line.claim[place - 1] in book.wrong_years:
        return None
    if near.max() >= before:
        return None
    evidence = [("new base", f"it grows on from {number(low)}: {_listed(near)}")]
    fit, proof = 0.7, tuple(line.claim[place + 1 : place + 1 + AFTER])
    for rival in book.linked(line.series, "rival"):
        shift = _shift(rival, line, place)
        if shift:
            text = (
                f"a series of the same measure on another base lies {number(shift[0])} above it "
                f"on each day before, {number(shift[1])} above it on each day after"
            )
            pair = [rival.place(line.at[one]) for one in (place - 1, place)]
            proof = (*proof, *(rival.claim[one] for one in pair if one >= 0))
            return Cause("counting base reset", 1.0, (*evidence, ("other base", text)), proof=proof)
    return Cause("counting base reset", fit, tuple(evidence), proof=proof)


def _shift(rival: Line, line: Line, place: int) -> tuple[float, float] | None:
    """Constant differences to a rival before and after; None where they are not constant."""
    _, own, other = np.intersect1d(line.at, rival.at, return_indices=True)
    apart = rival.value[other] - line.value[own]
    early, late = apart[own < place][-10:], apart[own >= place][:10]
    if min(len(early), len(late)) < FEW_SHARED or np.ptp(early) or np.ptp(late):
        return None
    return (float(early[0]), float(late[0])) if early[0] != late[0] else None


def rounding(line: Line, place: int) -> Cause | None:
    """Rounding: one of the two figures is round, and the other one rounds to it."""
    found = []
    for one, other in ((place - 1, place), (place, place - 1)):
        if rounds_to(line.value[one], line.value[other]):
            rounded, exact = number(line.value[one]), number(line.value[other])
            text = f"{rounded} is round, and {exact} rounds to it"
            found.append(Cause("rounding", roundness(line, one), (("round", text),)))
    return max(found, key=lambda cause: cause.fit, default=None)


def roundness(line: Line, place: int) -> float:
    """How likely a figure that ends in zeros was rounded, and does not end so by chance.

    By chance one figure in 10^n ends in n zeros; a series that ends so more often rounds.
    """
    zeros = trailing_zeros(line.value[place])
    if not zeros:
        return 0.0
    chance = 10.0**-zeros
    near = [one for one in range(place - REACH, place + REACH + 1) if 0 <= one < len(line)]
    alike = [trailing_zeros(line.value[one]) >= zeros for one in near if one != place]
    share = sum(alike) / len(alike) - chance if alike else 0.0
    rounded = max(ROUNDED, share)
    return rounded / (rounded + chance)


def trailing_zeros(value: float) -> int:
    """Zeros at the end of a whole number; 0 for 0 and for fractions."""
    if not value or not float(value).is_integer():
        return 0
    text = str(int(abs(value)))
    return len(text) - len(text.rstrip("0"))


def rounds_to(rounded: float, exact: float) -> bool:
    """Whether a figure that ends in zeros can stand for the exact one."""
    return 0 < abs(rounded - exact) <= 10.0 ** trailing_zeros(rounded) / 2 and rounded % 10 == 0


def _listed(values: Floats) -> str:
    return ", ".join(number(one) for one in values)
