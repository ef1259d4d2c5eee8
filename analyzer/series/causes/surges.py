"""Why a running total rises in one step by more than its days explain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np

from analyzer.dates import show_span
from analyzer.readings import number
from analyzer.series.causes.falls import roundness, rounds_to
from analyzer.series.causes.lines import (
    REACH,
    Book,
    Days,
    Flags,
    Floats,
    Line,
    Places,
    likeness,
    rates,
)
from analyzer.series.causes.weighing import Cause

WIDE = 30  # steps on each side that a surge must stand out from: a month of a daily series
NEAREST = 4  # steps on each side that rule most places out at once
STANDS_OUT = 3.0  # times the second largest other step of that month, per day
LEAST = 10.0  # a rise by fewer is too small a count to stand out by its size
LEAST_SHARE = 0.005  # and so is one by less than this share of the total
BATCH_SHARE = 0.5  # a batch that is named makes up at least so much of its step
BATCH_TIMES = 3.0  # and lifts the step to so many times the usual one
STAYS = 0.2  # fit of a step that only stays: true leaps leave that trace as well
ONE_LEAPS, ONE_MORE = 0.2, 0.15  # fits: another total leaps too, and each further one
REPEATS = 2  # a total that stands still so often has no figures of its own
SPORADIC = 1 / 3  # a column of batches has figures on fewer of the days than this


def find_surges(book: Book) -> Iterator[tuple[Line, int]]:
    """Steps of running totals that stand out from the month around them, by the later figure.

    A step that the source's daily figure confirms is what happened by its own account, and no
    surge; unless a column of batches accounts for most of it.
    """
    lines = [one for one in book.lines.values() if one.kind == "cumulative" and len(one) >= 3]
    steep = _steep(lines)
    for line in lines:
        found = {place for place, _ in find_batches(book, line)}
        for place in steep.get(line.series, ()):
            told = _returns(line, place) or _confirmed(book, line, place)
            if not told and _stands_out(line, place):
                found.add(place)
        yield from ((line, place) for place in sorted(found))


def _steep(lines: Sequence[Line]) -> dict[str, list[int]]:
    """By series, tall steps that stand out from the nearest ones: few need a longer look."""
    if not lines:
        return {}
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    place = np.concatenate([np.arange(len(line)) for line in lines])
    value = np.concatenate([line.value for line in lines])
    day = np.concatenate([line.day for line in lines])
    later = np.flatnonzero(place)
    step, days = value[later] - value[later - 1], day[later] - day[later - 1]
    tall = (step >= LEAST) & (step >= LEAST_SHARE * value[later])
    tall &= _above_the_nearest(step / days, owner[later])
    found: dict[str, list[int]] = {}
    for row in later[tall].tolist():
        found.setdefault(lines[owner[row]].series, []).append(int(place[row]))
    return found


def _above_the_nearest(per_day: Floats, line: Places) -> Flags:
    """Steps that stand out from all of the nearest ones of their line but one."""
    equals = np.zeros(len(per_day), dtype=np.int64)
    for far in range(1, NEAREST + 1):
        same = line[far:] == line[:-far]
        equals[far:] += same & (STANDS_OUT * per_day[:-far] >= per_day[far:])
        equals[:-far] += same & (STANDS_OUT * per_day[far:] >= per_day[:-far])
    return np.asarray(equals <= 1)


def _stands_out(line: Line, place: int) -> bool:
    """Whether a step stands out from all but one of those of the month around it."""
    before = line.rate[max(1, place - WIDE) : place]
    others = np.r_[before, line.rate[place + 1 : place + 1 + WIDE]]
    if len(others) < WIDE:
        return False
    return bool(line.rate[place] > STANDS_OUT * max(np.sort(others)[-2], 1.0))


def _returns(line: Line, place: int) -> bool:
    """Whether a step only takes back the fall just before it."""
    return place > 1 and bool(line.value[place - 1] < line.value[place - 2] <= line.value[place])


def _confirmed(book: Book, line: Line, place: int) -> bool:
    step = line.value[place] - line.value[place - 1]
    for flow in book.linking(line.series, "total"):
        at = flow.place(line.at[place])
        if at >= 0 and flow.value[at] == step:
            return True
    return False


def find_batches(
    book: Book, line: Line, only: int | None = None
) -> list[tuple[int, tuple[Line, int]]]:
    """Steps most of which a sporadic column of the source accounts for, with that column.

    Of one place alone, where `only` is given.
    """
    found = []
    for flow in book.linking(line.series, "total"):
        for batch in book.linking(flow.series, "part"):
            own, other = batch.shared(line)
            asked = other > 0 if only is None else other == only
            own, other = own[asked], other[asked]
            value, step = batch.value[own], line.value[other] - line.value[other - 1]
            most = (value >= LEAST) & (BATCH_SHARE * step <= value) & (value <= step)
            given, near = _in_month(batch, batch.at[own]), _in_month(line, batch.at[own])
            most &= given <= SPORADIC * near
            for at, place in zip(own[most].tolist(), other[most].tolist(), strict=True):
                usual = rates(line, place, skip=(place,))
                height = line.value[place] - line.value[place - 1]
                if len(usual) and height > BATCH_TIMES * max(median(usual.tolist()), 1.0):
                    found.append((place, (batch, at)))
    return found


def _in_month(line: Line, days: Days) -> Places:
    """Figures of the month on either side of some days."""
    month = np.timedelta64(WIDE, "D")
    last = np.searchsorted(line.at, days + month, side="right")
    return np.asarray(last - np.searchsorted(line.at, days - month))


def surge_causes(book: Book, line: Line, place: int) -> Iterator[Cause | None]:
    """All tests of the causes of a surge but those of slips and dates."""
    yield named_batch(book, line, place)
    yield late_batch(line, place)
    yield caught_up(line, place)
    yield source_switch(line, place)
    yield scope_change(book, line, place)
    yield rounding(line, place)


def named_batch(book: Book, line: Line, place: int) -> Cause | None:
    """Late batch: a column of the source names it, and the step without it is usual."""
    for _, (batch, at) in find_batches(book, line, place):
        step = line.value[place] - line.value[place - 1]
        rest = step - batch.value[at]
        text = (
            f"{number(batch.value[at])} of the {number(step)} are “"
            f"{book.labels[batch.measure]}”; without them the step is {number(rest)}"
        )
        return Cause("late batch", 1.0, (("batch", text),), proof=(batch.claim[at],))
    return None


def late_batch(line: Line, place: int) -> Cause | None:
    """Late batch: a step up that stays, with usual steps before and after it."""
    usual = rates(line, place, skip=(place,))
    around = [one for one in (place - 2, place - 1, place + 1, place + 2) if 0 < one < len(line)]
    if place + 1 >= len(line):
        return Cause("late batch", 0.2, (("after", "no later figure is known"),))
    fits = [
        likeness(line.value[one] - line.value[one - 1], line.days(one - 1, one), usual)
        for one in around
    ]
    text = "the steps around it are as usual, and the figures stay at the new level"
    return Cause("late batch", STAYS * (sum(fits) / len(fits)), (("after", text),))


def caught_up(line: Line, place: int) -> Cause | None:
    """Gap absorbed: the total stood still before, and the step is what those days usually bring."""
    still = place - 1
    while still > 0 and line.value[still - 1] == line.value[place - 1]:
        still -= 1
    usual = _rates_of_changes(line, place)
    if place - 1 - still < REPEATS or not len(usual):
        return None
    days = line.days(still, place)
    fit = likeness(line.value[place] - line.value[still], days, usual)
    first, last = (line.at[one].astype(object) for one in (still, place - 1))
    daily = number((line.value[place] - line.value[still]) / days)
    text = (
        f"{number(line.value[still])} stands unchanged for {show_span(first, last)}; over "
        f"{days:.0f} days the step is {daily} a day"
    )
    proof = (line.claim[still],)
    return Cause("gap absorbed", fit, (("days without a figure of their own", text),), proof=proof)


def _rates_of_changes(line: Line, place: int) -> Floats:
    """Daily rates from one change of the total to the next, without the one at the place."""
    changes = np.r_[0, np.flatnonzero(np.diff(line.value)) + 1]
    days = np.diff(line.at[changes]) / np.timedelta64(1, "D")
    found, ends = np.diff(line.value[changes]) / days, changes[1:]
    near = np.abs(np.arange(len(ends)) - int(np.searchsorted(ends, place))) <= REACH
    return np.asarray(found[near & (ends != place) & (found > 0)], dtype="float64")


def source_switch(line: Line, place: int) -> Cause | None:
    """Source switch: the two figures cite different origins."""
    if line.authority[place] == line.authority[place - 1]:
        return None
    return Cause("source switch", 0.7, (("origin", "the two figures cite different origins"),))


def scope_change(book: Book, line: Line, place: int) -> Cause | None:
    """Scope or definition change: other totals of the source leap in the same step.

    A status that changes at the step is evidence too.
    """
    evidence, proof = [], []
    fit = 0.0
    if line.status[place] != line.status[place - 1]:
        text = f"the figure before is given as {line.status[place - 1]}, this one as"
        evidence.append(("status", f"{text} {line.status[place]}"))
        fit = 0.5
    for other in book.linked(line.series, "beside"):
        if other.kind != "cumulative":
            continue
        at = other.place(line.at[place])
        if at > 0 and other.at[at - 1] == line.at[place - 1] and _leaps(other, at):
            was, now = number(other.value[at - 1]), number(other.value[at])
            evidence.append(("leaps too", f"“{book.labels[other.measure]}” from {was} to {now}"))
            proof += [other.claim[at - 1], other.claim[at]]
            fit = max(fit, ONE_LEAPS) if not proof[2:] else min(0.6, fit + ONE_MORE)
    if not fit:
        return None
    return Cause("scope or definition change", fit, tuple(evidence), proof=tuple(proof))


def _leaps(line: Line, place: int) -> bool:
    step = line.value[place] - line.value[place - 1]
    usual = rates(line, place, skip=(place,))
    if step < LEAST or not len(usual):
        return False
    return bool(step / line.days(place - 1, place) > STANDS_OUT * max(float(usual.max()), 1.0))


def rounding(line: Line, place: int) -> Cause | None:
    """Rounding: the figure before is round, and an exact one that rounds to it would fit."""
    usual = rates(line, place, skip=(place,))
    if not len(usual):
        return None
    days = line.days(place - 1, place)
    due = line.value[place] - round(median(usual.tolist()) * days)
    if not rounds_to(float(line.value[place - 1]), float(due)):
        return None
    text = f"{number(line.value[place - 1])} is round; about {number(due)} would fit"
    return Cause("rounding", roundness(line, place - 1), (("round", text),))
