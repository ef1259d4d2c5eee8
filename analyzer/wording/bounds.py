"""Turn a reading into literal and implied bounds, under a set of conventions.

Literal bounds are what the words allow: "over 47,000" has no upper end. Implied bounds are what
a hearer takes from them: less than 48,000, the next number at the granularity of the numeral
(Cummins, Sauerland & Solt 2012, Granularity and scalar implicature in numerical expressions,
Linguistics and Philosophy 35). Where both are finite the literal bounds contain the implied.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from analyzer.wording.figure import EVERYTHING, Interval, exactly

if TYPE_CHECKING:
    from analyzer.wording.conventions import Conventions
    from analyzer.wording.grammar import Reading

__all__ = ["Bounds", "bounds_of"]

_FRACTION_STEP = 0.05  # implied reach of a bound on a bare fraction, as a share of it


class Bounds(NamedTuple):
    """Literal and implied bounds, the qualifier, the stated number, and the rule."""

    literal: Interval
    implied: Interval
    qualifier: str
    stated: float | None
    rule: str


def bounds_of(reading: Reading, conventions: Conventions) -> Bounds:
    """Return the bounds of a reading."""
    if reading.low.vague is not None:
        return _vague(reading, conventions)
    if reading.high is not None:
        return _range(reading, conventions)
    value = reading.sign * reading.low.value
    if not reading.marks and _is_rate(reading):
        about = _approximate(value, _step(reading), conventions)
        return about._replace(rule="approximate.rate")
    if not reading.marks:
        point = exactly(value)
        return Bounds(point, point, "exact", value, "exact")
    step = _step(reading)
    mark = reading.marks[0] if len(reading.marks) == 1 else _ruling(reading.marks)
    if mark == "within":
        mark = "at_most"
    hedged = len(reading.marks) > 1 and not _HEDGES.isdisjoint(reading.marks)
    if mark in _ONE_SIDED:
        return _one_sided(mark, value, step, conventions, hedged)
    if mark == "approximate":
        return _approximate(value, step, conventions)
    if mark == "nearly":
        return _nearly(value, step, conventions)
    point = exactly(value)
    return Bounds(point, point, "exact", value, "exact")


def _is_rate(reading: Reading) -> bool:
    """Whether "one in three" or "nine in ten" names the simple share that is nearest.

    "27 out of 28" counts; "two out of three" may.
    """
    part, whole = reading.low.whole or (0.0, 0.0)
    return part < whole and (whole == 10 or (part == 1 and whole < 10))


_HEDGES = frozenset(("approximate", "nearly"))
_ONE_SIDED = ("at_least", "more_than", "at_most", "up_to", "less_than", "plus")


def _ruling(marks: tuple[str, ...]) -> str:
    """Return the qualifier that rules: a bound before a hedge, the outer before the inner.

    "More than n or equal to it" is at least n.
    """
    closed = "or_equal" in marks
    for mark in marks:
        if mark == "within":
            return "at_most"
        if mark in _ONE_SIDED:
            if closed:
                return {"more_than": "at_least", "less_than": "at_most"}.get(mark, mark)
            return mark
    for mark in ("nearly", "approximate"):
        if mark in marks:
            return mark
    return "exact"


def _step(reading: Reading) -> float:
    step = reading.low.step
    return step if step is not None else abs(reading.low.value) * _FRACTION_STEP


def _one_sided(
    mark: str, value: float, step: float, conventions: Conventions, hedged: bool
) -> Bounds:
    reach = step * conventions.bound_steps
    slack = (
        abs(value) * conventions.approximate_literal * (hedged and conventions.widen_hedged_bounds)
    )
    if mark in ("at_least", "more_than", "plus"):
        closed = mark == "at_least" or (mark == "plus" and conventions.plus_is_open)
        literal = Interval(value - slack, inf, closed, False)
        implied = Interval(value, value + reach, closed, False)
        qualifier = "at least" if closed else "more than"
        rule = {"plus": "bound.plus"}.get(mark, f"bound.{qualifier.replace(' ', '-')}")
        return Bounds(literal, implied, qualifier, value, rule)
    closed = mark != "less_than"
    literal = Interval(-inf, value + slack, False, closed)
    if mark == "up_to" and conventions.up_to_cancellable:
        literal = EVERYTHING
    implied = Interval(value - reach, value, not closed, closed)
    qualifier = "at most" if closed else "less than"
    rule = {"up_to": "bound.up-to"}.get(mark, f"bound.{qualifier.replace(' ', '-')}")
    return Bounds(literal, implied, qualifier, value, rule)


def _approximate(value: float, step: float, conventions: Conventions) -> Bounds:
    size = abs(value)
    near = min(step * conventions.approximate_steps, size * conventions.approximate_implied)
    wide = max(size * conventions.approximate_literal, near)
    return Bounds(
        Interval(value - wide, value + wide, True, True),
        Interval(value - near, value + near, True, True),
        "approximate",
        value,
        "approximate",
    )


def _nearly(value: float, step: float, conventions: Conventions) -> Bounds:
    """Read "nearly n": below n, and no further below than what rounds to n, or one whole."""
    size = abs(value)
    wide = size * (1 - conventions.nearly_literal)
    near = min(step * conventions.approximate_steps, size * conventions.approximate_implied)
    near = min(max(near, min(step, 1.0)), wide) if wide else near
    return Bounds(
        Interval(value - wide, value, True, wide == 0),
        Interval(value - near, value, True, near == 0),
        "nearly",
        value,
        "nearly",
    )


def _range(reading: Reading, conventions: Conventions) -> Bounds:
    """Return the bounds of a range, of two opposite bounds, or of a bounded range."""
    high = reading.high
    assert high is not None
    low_value, high_value = reading.sign * reading.low.value, high.value
    if reading.high_marks:
        return _two_bounds(reading, low_value, high_value)
    if low_value > high_value:
        low_value, high_value = high_value, low_value
    stated = Interval(low_value, high_value, True, True)
    marks = reading.marks
    middle = (low_value + high_value) / 2
    if "low_end" in marks:
        return Bounds(
            stated, Interval(low_value, middle, True, True), "range", None, "range.low-end"
        )
    if "high_end" in marks:
        return Bounds(
            stated, Interval(middle, high_value, True, True), "range", None, "range.high-end"
        )
    mark = _ruling(tuple(mark for mark in marks if mark != "within"))
    if mark in ("at_least", "more_than", "plus"):
        closed = mark != "more_than"
        literal = Interval(low_value, inf, closed, False)
        implied = Interval(low_value, high_value, closed, True)
        return Bounds(
            literal, implied, "at least" if closed else "more than", None, "range.at-least"
        )
    if mark in ("at_most", "up_to", "less_than"):
        closed = mark != "less_than"
        literal = Interval(-inf, high_value, False, closed)
        implied = Interval(low_value, high_value, True, closed)
        return Bounds(literal, implied, "at most" if closed else "less than", None, "range.at-most")
    if mark == "approximate" and conventions.widen_hedged_bounds:
        wide = conventions.approximate_literal
        literal = Interval(
            low_value - abs(low_value) * wide, high_value + abs(high_value) * wide, True, True
        )
        return Bounds(literal, stated, "range", None, "range.approximate")
    return Bounds(stated, stated, "range", None, "range")


def _two_bounds(reading: Reading, first: float, second: float) -> Bounds:
    """Return the bounds of "more than 20 and at most 35"."""
    ends = [(first, _ruling(reading.marks)), (second, _ruling(reading.high_marks))]
    (low, low_mark), (high, high_mark) = sorted(ends, key=lambda end: end[0])
    interval = Interval(low, high, low_mark != "more_than", high_mark != "less_than")
    return Bounds(interval, interval, "range", None, "range.two-bounds")


def _vague(reading: Reading, conventions: Conventions) -> Bounds:
    """Return the bounds of a vague word; the literal ends are generous on purpose."""
    word, times = reading.low.vague or ("", 1.0)
    if word == "plural":  # two of the kind at the least; ten of them have another name
        literal = Interval(2 * times, inf, True, False)
        return Bounds(literal, Interval(2 * times, 10 * times, True, False), "vague", None, "vague")
    if word in ("majority", "minority"):
        low, high = (0.5, 1.0) if word == "majority" else (0.0, 0.5)
        share = Interval(low, high, False, word == "majority")
        return Bounds(share, share, "vague", None, "vague")
    ends = getattr(conventions, word)
    least, most, low, high = (end * times for end in ends)
    literal = Interval(least, most, True, most != inf)
    return Bounds(literal, Interval(low, high, True, high != inf), "vague", None, "vague")
