"""Why a daily figure differs from the step of its running total, and which of the two is off."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from analyzer.dates import show_span
from analyzer.readings import number
from analyzer.series.balance import Mismatch
from analyzer.series.causes.falls import roundness, rounds_to, trailing_zeros
from analyzer.series.causes.lines import Book, Line, likeness, rates, show_day
from analyzer.series.causes.slipped import slip_causes
from analyzer.series.causes.weighing import Cause
from analyzer.series.causes.which import (
    PARTLY,
    SPREAD,
    cancelling,
    copied_total,
    exact_total,
    mistyped_day,
    mistyped_total,
    neighbour_agrees,
    next_agrees,
    rates_of_flow,
)

LOOK_BACK = 7  # days back in which another total is looked for that the daily figure is taken from


def mismatch_causes(book: Book, one: Mismatch) -> Iterator[Cause | None]:
    """All tests of the causes of a mismatch.

    Where one total would satisfy both daily figures that meet it, a cause that explains this
    mismatch alone leaves the other to chance, and fits that much less. A slip that the tests
    weigh here, where the right figure is known exactly, is not taken from `slips.find_slips`.
    """
    exact = cancelling(one)
    own = list(_tests(book, one))
    weighed = {(found.cause, found.blamed) for found in own if found}
    others = [slip for slip in _slips(book, one) if (slip.cause, slip.blamed) not in weighed]
    for found in [*own, *others]:
        if found and not (math.isnan(exact) or found.pair or found.suggestion == exact):
            yield replace(found, fit=found.fit * PARTLY)
        else:
            yield found


def _tests(book: Book, one: Mismatch) -> Iterator[Cause | None]:
    yield gap_absorbed(one)
    yield another_base(one)
    yield rounding(one)
    yield late_additions(book, one)
    yield late_batch(book, one)
    yield source_switch(one)
    yield base_reset(one)
    yield mistyped_day(one)
    yield mistyped_total(one, one.after)
    yield mistyped_total(one, one.before)
    yield copied_total(one, one.after)
    yield copied_total(one, one.before)


def _slips(book: Book, one: Mismatch) -> Iterator[Cause]:
    """What `slips.find_slips` says of the three figures."""
    yield from slip_causes(book, one.flow, (one.at,))
    yield from slip_causes(book, one.total, (one.before, one.after))


def gap_absorbed(one: Mismatch) -> Cause | None:
    """Gap absorbed: the step covers days without a total, the daily figure does not.

    The rest must be what so many days usually bring.
    """
    rest, missing = one.step - one.flow.value[one.at], one.days - one.period
    if missing < 1 or rest < 0:
        return None
    usual = rates(one.total, one.after, skip=(one.after,))
    fit = 0.3 + 0.7 * likeness(rest, missing, usual)
    days = _gap(one.total, one.before, one.after)
    text = (
        f"no total is given for {days}; the step covers {one.days} days, the figure {one.period}, "
        f"and the rest is {number(rest)}"
    )
    return Cause("gap absorbed", fit, (("days without a total", text),))


def _gap(total: Line, before: int, after: int) -> str:
    first = (total.at[before] + np.timedelta64(1, "D")).astype(object)
    last = (total.at[after] - np.timedelta64(1, "D")).astype(object)
    return show_span(first, last)


def another_base(one: Mismatch) -> Cause | None:
    """Gap absorbed: the daily figure is exactly the rise since an earlier total.

    It then covers days before its own that have figures too, or is taken from the last total of
    its own origin.
    """
    value = one.flow.value[one.at]
    if value <= 0:
        return None
    for base in range(one.before - 1, -1, -1):
        days = one.total.days(base, one.after)
        if days > LOOK_BACK:
            break
        if one.total.value[one.after] - one.total.value[base] == value:
            day = show_day(one.total.at[base])
            text = (
                f"{number(value)} is exactly the rise since the total of {day}, "
                f"{number(one.total.value[base])}: it covers {days:.0f} days"
            )
            evidence = (("earlier total", text),)
            return Cause("gap absorbed", 1.0, evidence, proof=(one.total.claim[base],))
    return None


def rounding(one: Mismatch) -> Cause | None:
    """Rounding: one of the three figures is round, and the exact one behind it would fit.

    A next daily figure that agrees with the exact value speaks for it, one that agrees with the
    round one against it. The rest of a step over several days can be rounding too, but is better
    told as a gap.
    """
    if one.days > one.period:
        return None
    best: Cause | None = None
    for word, line, place, exact, check in _candidates(one):
        value = float(line.value[place])
        if not rounds_to(value, exact):
            continue
        agreed = neighbour_agrees(one, *check) if check else None
        fit = roundness(line, place) * {None: 0.8, True: 1.0, False: PARTLY}[agreed]
        text = f"the {word}, {number(value)}, is round; {number(exact)} would fit and rounds to it"
        if agreed:
            text += ", and fits the neighbouring daily figure too"
        if best is None or fit > best.fit:
            best = Cause("rounding", fit, (("round", text),), pair=bool(agreed))
    return best or _both_round(one)


def _candidates(
    one: Mismatch,
) -> list[tuple[str, Line, int, float, tuple[int, float] | None]]:
    """Each of the three figures, what would fit in its place, and where to check that."""
    after, before = exact_total(one, one.after), exact_total(one, one.before)
    return [
        ("daily figure", one.flow, one.at, one.step, None),
        ("total of the day", one.total, one.after, after, (one.after, after)),
        ("total before", one.total, one.before, before, (one.before, before)),
    ]


def _both_round(one: Mismatch) -> Cause | None:
    """Rounding of two or three figures together."""
    values = [one.flow.value[one.at], one.total.value[one.after], one.total.value[one.before]]
    zeros = [trailing_zeros(value) for value in values]
    units = [10.0**places for places in zeros if places]
    apart = abs(one.step - values[0])
    if len(units) < 2 or apart > sum(units) / 2 or apart > SPREAD * max(values[0], one.step):
        return None
    given = " and ".join(number(v) for v, places in zip(values, zeros, strict=True) if places)
    return Cause("rounding", 0.7, (("round", f"{given} are round"),))


def late_additions(book: Book, one: Mismatch) -> Cause | None:
    """Late batch: the rest of the step is what other columns of the day name.

    Columns of additions, as bodies recovered, deaths from injuries or cases that a committee
    approved, that the total takes in and the daily figure does not.
    """
    rest = one.step - one.flow.value[one.at]
    if rest <= 0:
        return None
    day = one.flow.at[one.at]
    additions = {
        line.series: line
        for line in (*book.linking(one.total.series, "total"), *_columns(book, one))
        if line.series != one.flow.series and line.kind == "flow"
    }
    given = [(line, line.place(day)) for line in additions.values()]
    given = [(line, place) for line, place in given if place >= 0 and line.value[place] > 0]
    for chosen in (given, *([pair] for pair in given)):
        if chosen and sum(line.value[place] for line, place in chosen) == rest:
            parts = " and ".join(
                f"{number(line.value[place])} “{book.labels[line.measure]}”"
                for line, place in chosen
            )
            text = f"the rest of the step, {number(rest)}, is given apart: {parts}"
            proof = tuple(line.claim[place] for line, place in chosen)
            return Cause("late batch", 1.0, (("additions", text),), proof=proof)
    return None


def _columns(book: Book, one: Mismatch) -> list[Line]:
    return [
        *book.linking(one.flow.series, "part"),
        *book.linked(one.flow.series, "beside"),
    ]


def late_batch(book: Book, one: Mismatch) -> Cause | None:
    """Late batch: the total takes in more than the day's figure, and stays.

    Better told where other daily figures of the source fall short of their steps that day too.
    """
    rest = one.step - one.flow.value[one.at]
    if rest <= 0 or one.days > one.period:
        return None
    usual = rates_of_flow(one.flow, one.at)
    fit = 0.25 + 0.25 * likeness(float(one.flow.value[one.at]), one.period, usual)
    after = next_agrees(one)
    if after is False:
        fit *= PARTLY
    evidence = [("rest", f"the total rises by {number(rest)} more than the day's figure")]
    proof: list[str] = []
    for flow, total, at, place in _same_day(book, one):
        more = total.value[place] - total.value[place - 1] - flow.value[at]
        if more > 0:
            label = book.labels[total.measure]
            evidence.append(("same day", f"“{label}” rises by {number(more)} more too"))
            proof += [flow.claim[at], total.claim[place - 1], total.claim[place]]
            fit = min(1.0, fit + 0.3)
    return Cause("late batch", fit, tuple(evidence), proof=tuple(proof))


def _same_day(book: Book, one: Mismatch) -> Iterator[tuple[Line, Line, int, int]]:
    """Other daily figures of the page for the day, with their totals of that day."""
    day = one.flow.at[one.at]
    for flow in book.page(one.flow):
        if flow.series == one.flow.series:
            continue
        for total in book.linked(flow.series, "total"):
            at, place = flow.place(day), total.place(day)
            if at >= 0 and place > 0 and total.at[place - 1] == one.total.at[one.before]:
                yield flow, total, at, place


def source_switch(one: Mismatch) -> Cause | None:
    """Source switch: the two totals cite different origins, or the daily figure another one."""
    total = one.total
    if total.authority[one.after] != total.authority[one.before]:
        evidence = (("origin", "the totals of the two days cite different origins"),)
        return Cause("source switch", 0.6, evidence)
    if one.flow.authority[one.at] != total.authority[one.after]:
        evidence = (("origin", "the daily figure cites another origin than the total"),)
        return Cause("source switch", 0.6, evidence)
    return None


def base_reset(one: Mismatch) -> Cause | None:
    """Counting base reset: the daily figure is the whole total, which starts anew."""
    value = one.total.value[one.after]
    if one.step >= 0 or value != one.flow.value[one.at]:
        return None
    text = f"the total starts anew: {number(value)} is the figure of the day"
    return Cause("counting base reset", 1.0, (("new base", text),))
