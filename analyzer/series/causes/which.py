"""Which of the figures of a mismatch is off: the daily figure, the total, or the one before it.

A total meets two daily figures, its own and the next one; what satisfies both is right more
likely than what satisfies one.
"""

from __future__ import annotations

import math

import numpy as np

from analyzer.readings import number
from analyzer.series.balance import Mismatch
from analyzer.series.causes.lines import REACH, Floats, Line, likeness, show_day
from analyzer.series.causes.weighing import Cause
from analyzer.series.keys import meant

SPREAD = 0.1  # of a daily figure: how far apart a step and it are where nothing special happened
FEW_ENTRIES, FEW_SHARE = 2.0, 0.7  # but most such differences are of a few entries
RARE = 0.1  # slips against all other causes of differences, with their priors: of the 25 in
# gaza-daily two are slips of a daily figure
CANCEL = 0.3  # share of other causes that leave a difference and its opposite on the next day
CONTRADICTED = 0.02  # what is left of a fit that the next daily figure rules out
PARTLY = 0.2  # what is left of one that it speaks against, or that explains half of a pair


def mistyped_day(one: Mismatch) -> Cause | None:
    """A slip of the keys in the daily figure: the step is what was meant.

    The fit holds the chance of the slip against that of any difference so small, and what is
    usual for the day against what was typed.
    """
    value, step = one.flow.value[one.at], one.step
    if one.days != one.period:
        return None
    cause, chance = _slip(float(value), step)
    if not cause:
        return None
    usual = rates_of_flow(one.flow, one.at)
    target, typed = (likeness(x, one.period, usual) for x in (step, float(value)))
    fit = _against_chance(chance, float(value), step) * target / max(target, typed)
    if next_agrees(one) is False:
        fit *= PARTLY
    text = f"the running totals of the two days are {number(step)} apart"
    return Cause(cause, fit, (("step", text),), one.flow.claim[one.at], step, (step,))


def rates_of_flow(flow: Line, place: int) -> Floats:
    """Daily figures around one, per day of their period."""
    around = np.arange(max(0, place - REACH), min(len(flow), place + REACH + 1))
    around = around[around != place]
    days = (flow.at[around] - flow.first[around]) / np.timedelta64(1, "D") + 1
    return np.asarray(flow.value[around] / days, dtype="float64")


def mistyped_total(one: Mismatch, place: int) -> Cause | None:
    """A slip of the keys in one of the totals; both daily figures that meet it must agree."""
    if one.days != one.period:
        return None
    exact = exact_total(one, place)
    cause, chance = _slip(float(one.total.value[place]), exact)
    if not cause:
        return None
    agreed = neighbour_agrees(one, place, exact)
    scale = {None: PARTLY, True: 1.0, False: CONTRADICTED}[agreed]
    value = float(one.flow.value[one.at])
    fit = _against_chance(chance, value, one.step, bool(agreed)) * scale
    return _restored(one, place, cause, fit, exact)


def copied_total(one: Mismatch, place: int) -> Cause | None:
    """Copied forward: a total repeats the one before it, though a figure for its day is given."""
    total = one.total
    if place < 1 or total.value[place] != total.value[place - 1] or one.days != one.period:
        return None
    exact = exact_total(one, place)
    agreed = neighbour_agrees(one, place, exact)
    if exact <= total.value[place] or agreed is False:
        return None
    day = show_day(total.at[place - 1])
    cause = _restored(one, place, "copied forward", 1.0 if agreed else 0.5, exact)
    text = f"{number(total.value[place])} is the total of {day} again"
    return Cause(
        cause.cause,
        cause.fit,
        (("copy", text), *cause.evidence),
        cause.blamed,
        exact,
        (exact,),
        cause.proof,
        True,
    )


def _restored(one: Mismatch, place: int, cause: str, fit: float, exact: float) -> Cause:
    agreed = neighbour_agrees(one, place, exact)
    day = show_day(one.total.at[place])
    text = f"a total of {number(exact)} for {day} would satisfy the daily figure"
    if agreed:
        text += " and the neighbouring one"
    other = place + 1 if place == one.after else place
    daily = one.flow.place(one.total.at[other]) if other < len(one.total) else -1
    proof = (one.flow.claim[daily],) if daily >= 0 else ()
    return Cause(
        cause, fit, (("restored", text),), one.total.claim[place], exact, (exact,), proof, True
    )


def exact_total(one: Mismatch, place: int) -> float:
    """The total that would satisfy the daily figure."""
    value = one.flow.value[one.at]
    if place == one.after:
        return float(one.total.value[one.before] + value)
    return float(one.total.value[one.after] - value)


def neighbour_agrees(one: Mismatch, place: int, exact: float) -> bool | None:
    """Whether the other daily figure that meets this total agrees with an exact value for it.

    None where no such figure is known, or where it agrees with neither.
    """
    total, flow = one.total, one.flow
    other = place + 1 if place == one.after else place
    if not 0 < other < len(total):
        return None
    daily = flow.place(total.at[other])
    if daily < 0:
        return None
    kept = total.value[other - 1] if place == other else total.value[other]
    value = flow.value[daily]
    typed = abs(kept - total.value[place])
    if value == abs(kept - exact):
        return True
    return False if value == typed else None


def next_agrees(one: Mismatch) -> bool | None:
    """Whether the next daily figure equals the next step; None where that is not known."""
    total, later = one.total, one.after + 1
    if later >= len(total):
        return None
    daily = one.flow.place(total.at[later])
    if daily < 0:
        return None
    return bool(one.flow.value[daily] == total.value[later] - total.value[later - 1])


def cancelling(one: Mismatch) -> float:
    """The total of the day, or of the day before, that satisfies both daily figures it meets.

    NaN where there is none. It is worth naming even where no slip of the keys explains it.
    """
    if one.days == one.period:
        for place in (one.after, one.before):
            exact = exact_total(one, place)
            if neighbour_agrees(one, place, exact):
                return exact
    return math.nan


def _slip(typed: float, right: float) -> tuple[str, float]:
    """The likeliest slip that turns one figure into another; "" if none does."""
    if not (typed >= 0 and right >= 0 and typed.is_integer() and right.is_integer()):
        return "", 0.0
    found = [(chance, cause) for figure, cause, chance in meant(int(typed)) if figure == right]
    if not found:
        return "", 0.0
    chance, cause = max(found)
    return cause, chance


def _against_chance(chance: float, value: float, step: float, agreed: bool = False) -> float:
    """Chance of the slip against that of a difference of this size from any other cause.

    Most such differences are of a few entries, some of about a tenth of the figure (two Cauchy
    distributions). That another cause leaves two that cancel is rarer still.
    """
    apart, wide = abs(step - value), max(FEW_ENTRIES, SPREAD * value)
    density = FEW_SHARE * _cauchy(apart, FEW_ENTRIES) + (1 - FEW_SHARE) * _cauchy(apart, wide)
    return min(1.0, RARE * chance / (density * (CANCEL if agreed else 1.0)))


def _cauchy(apart: float, scale: float) -> float:
    return 1 / (math.pi * scale * (1 + (apart / scale) ** 2))
