"""Slips as causes: what `slips.find_slips` and the dates say of the figures of an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from analyzer.series.causes.lines import (
    FEWEST_STEPS,
    Book,
    Line,
    OtherColumn,
    Slip,
    centre,
    likeness,
    pages_of,
    rates,
    show_day,
)
from analyzer.series.causes.weighing import Cause

EQUALS = ("copied forward", "misdated", "swapped figures")  # shown by figures that are equal
SWAPPED = "swapped figures"  # the next figure can be the other wrong one
CONFIRMED = 0.02  # what is left of a slip where daily figures and totals bear each other out
RUN = 3  # different figures in a row that are another column's


def slip_causes(book: Book, line: Line, places: Iterable[int]) -> Iterator[Cause]:
    """Slips found in any of the figures, and figures that bear a wrong year."""
    for place in places:
        claim = line.claim[place]
        if claim in book.wrong_years:
            day = show_day(book.wrong_years[claim])
            evidence = (("date", f"the figure fits {day}, exactly a year from its date"),)
            yield Cause("wrong year", 1.0, evidence, blamed=claim)
        if claim in book.wrong_columns:
            column = book.wrong_columns[claim]
            text = f"the figure is that of “{column.label}” that day, as on {column.days:,} days"
            proof = (column.claim,)
            yield Cause("wrong column", 1.0, (("other column", text),), claim, proof=proof)
        slip = book.slips.get(claim)
        if slip:
            fit = slip.likelihood * (CONFIRMED if confirmed(book, line, place) else 1.0)
            fit *= _goes_on(line, place, slip) * _stands_out(line, place, slip)
            yield Cause(
                slip.cause,
                fit,
                slip.evidence,
                claim,
                slip.suggestion,
                slip.suggestions,
            )


def _goes_on(line: Line, place: int, slip: Slip) -> float:
    """Whether the next step is no odder from the restored figure than from the typed one.

    A leap that the figures after it carry on is not undone by one figure.
    """
    later = place + 1
    if line.kind != "cumulative" or slip.cause == SWAPPED or later >= len(line):
        return 1.0
    if np.isnan(slip.suggestion):
        return 1.0
    usual = rates(line, place, skip=(place, later))
    days = line.days(place, later)
    restored = likeness(line.value[later] - slip.suggestion, days, usual)
    typed = likeness(line.value[later] - line.value[place], days, usual)
    return restored / max(restored, typed)


def _stands_out(line: Line, place: int, slip: Slip) -> float:
    """How far the slip moves the figure, against what the steps vary by.

    A total that is off by one or two in a series of such steps can't be told from a correction.
    """
    if line.kind != "cumulative" or slip.cause in EQUALS or np.isnan(slip.suggestion):
        return 1.0
    usual = rates(line, place, skip=(place, place + 1))
    if len(usual) < FEWEST_STEPS:
        return 1.0
    moved = abs(line.value[place] - slip.suggestion)
    return float(moved / (moved + max(centre(usual)[1], 1.0)))


def confirmed(book: Book, line: Line, place: int) -> bool:
    """Whether daily figures and running totals of the source agree about a figure.

    A total is confirmed by the daily figures of its own day and of the next step, a daily figure
    by the step over its period, or by the parts of its day. Figures that bear each other out are
    not mistyped, however odd.
    """
    if line.kind == "flow":
        return _parts_agree(book, line, place) or any(
            _step_agrees(line, total, place) for total in book.linked(line.series, "total")
        )
    for flow in book.linking(line.series, "total"):
        ends = [one for one in (place, place + 1) if 0 < one < len(line)]
        days = [flow.place(line.at[one]) for one in ends]
        if min(days, default=-1) >= 0 and all(_step_agrees(flow, line, one) for one in days):
            return True
    return False


def _parts_agree(book: Book, line: Line, place: int) -> bool:
    """Whether a part and the others of its day add up to the whole."""
    day = line.at[place]
    for whole in book.linked(line.series, "part"):
        at = whole.place(day)
        parts = [(one, one.place(day)) for one in book.linking(whole.series, "part")]
        given = [one.value[spot] for one, spot in parts if spot >= 0]
        if at >= 0 and len(parts) > 1 and sum(given) == whole.value[at]:
            return True
    return False


def _step_agrees(flow: Line, total: Line, at: int) -> bool:
    """Whether a daily figure equals the step of the total over its period."""
    after = total.place(flow.at[at])
    before = total.place_until(flow.first[at] - np.timedelta64(1, "D"))
    if after < 1 or before < 0:
        return False
    return bool(total.value[after] - total.value[before] == flow.value[at])


def wrong_columns(
    lines: Iterable[Line], labels: Mapping[str, str], groups: Mapping[str, str] | None = None
) -> dict[str, OtherColumn]:
    """Figures of a running total that are another column's of the source, day after day.

    Equal figures on several of its days in a row, all different, are no chance. The column whose
    figures they are goes on where the run ends; the one that they were put into falls or leaps.
    """
    found: dict[str, OtherColumn] = {}
    totals = [line for line in lines if line.kind == "cumulative"]
    for page in pages_of(totals, groups or {}).values():
        for line in page if len(page) > 1 else ():
            breaks = np.flatnonzero(line.high[1:] < line.low[:-1]) + 1
            for other in page if len(breaks) else ():
                if other.measure != line.measure and _meets_at(line, other, breaks):
                    found |= _taken_from(line, other, breaks, labels[other.measure])
    return found


def _meets_at(line: Line, other: Line, breaks: np.ndarray[tuple[int], np.dtype[np.intp]]) -> bool:
    """Whether two lines share a figure just before or after one of the falls."""
    places = np.r_[breaks - 1, breaks]
    there = np.minimum(np.searchsorted(other.at, line.at[places]), len(other) - 1)
    same = (other.at[there] == line.at[places]) & (other.value[there] == line.value[places])
    return bool(same.any())


def _taken_from(
    line: Line, other: Line, breaks: np.ndarray[tuple[int], np.dtype[np.intp]], label: str
) -> dict[str, OtherColumn]:
    """Claims of the runs that end or begin at a fall of the line and not at one of the other."""
    _, own, theirs = np.intersect1d(line.at, other.at, return_indices=True)
    same = np.zeros(len(line) + 1, dtype=bool)
    same[own] = line.value[own] == other.value[theirs]
    found: dict[str, OtherColumn] = {}
    for place in breaks:
        for start, step in ((place - 1, -1), (place, 1)):
            run = []
            one = int(start)
            while one >= 0 and same[one]:
                run.append(one)
                one += step
            if len(set(line.value[run])) < RUN:
                continue
            for one in run:
                claim = other.claim[other.place(line.at[one])]
                found[line.claim[one]] = OtherColumn(label, claim, len(run))
    return found
