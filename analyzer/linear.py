"""Identities as linear forms: which measures add up, and which one is a factor of a sum.

`share = 100 * (women + children) / all` is linear once a figure of the share is put in:
`share * all - 100 * women - 100 * children = 0`. So an identity may multiply one measure, a share
or a ratio, by a sum of others; whatever else multiplies two measures can't be solved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analyzer.expressions import Expression, Node, Number, Ref
from analyzer.intervals import Bounds

Terms = Mapping[Ref | None, float]  # a sum of measures; None stands for the number in it
Product = tuple[Ref, ...]
Polynomial = dict[Product, float]
ONE: Polynomial = {(): 1.0}


class LinearError(ValueError):
    """An identity that multiplies measures in a way that no figure put in makes linear."""


@dataclass(frozen=True, slots=True)
class Form:
    """An identity brought to one side: `plain + factor * times` = 0, or >= 0.

    Attributes
    ----------
    equal : bool
        Whether it is 0; else at least 0.
    plain : mapping of Ref or None to float
        Coefficients of the measures, under None the number.
    factor : Ref or None
        The share or ratio whose figures are put in.
    times : mapping of Ref or None to float
        What the factor multiplies; empty without one.
    """

    equal: bool
    plain: Terms
    factor: Ref | None
    times: Terms


def linear_form(expression: Expression, is_factor: Callable[[str], bool]) -> Form:
    """Bring an identity to one side, multiplied by its denominators, which are taken as positive.

    Parameters
    ----------
    is_factor : callable
        Whether a measure is a share or a ratio: where two measures are multiplied, the figures of
        such a one are put in, else those of the first.

    Raises
    ------
    LinearError
        When no single measure, put in as a number, makes the rest linear.
    """
    left, right = _fraction(expression.left), _fraction(expression.right)
    sides = _times(left[0], right[1]), _times(right[0], left[1])
    if expression.relation == "<=":
        sides = sides[1], sides[0]
    whole = _plus(sides[0], sides[1], -1.0)
    factor = _factor(whole, is_factor)
    plain: dict[Ref | None, float] = {}
    times: dict[Ref | None, float] = {}
    for product, number in whole.items():
        rest = list(product)
        into = plain
        if factor in rest:
            rest.remove(factor)
            into = times
        key = rest[0] if rest else None
        into[key] = into.get(key, 0.0) + number
    return Form(expression.relation == "=", plain, factor, times)


RATIOS = ("percent", "ratio")  # units of measures that are put in as a factor


def identity_form(
    expression: Expression, kinds: Mapping[str, str], units: Mapping[str, str]
) -> Form:
    """Bring an identity of known measures to one side.

    Parameters
    ----------
    kinds, units : mapping of str to str
        Kind and unit of each measure.

    Raises
    ------
    LinearError
        Also when the sum that the share or ratio multiplies can be above and below 0: then its
        bounds say nothing.
    """
    form = linear_form(expression, lambda measure: units.get(measure) in RATIOS)
    if not multiplied_sign(form, kinds, units):
        raise LinearError(f"multiplies {form.factor} by what can be above and below 0")
    return form


def multiplied_sign(form: Form, kinds: Mapping[str, str], units: Mapping[str, str]) -> int:
    """Sign of the sum that the factor multiplies, as `sign_of`; no share is above 100 %."""

    def at_most(measure: str) -> float:
        share = kinds.get(measure) == "share" and units.get(measure) == "percent"
        return 100.0 if share else float("inf")

    return sign_of(form.times, at_most)


def sign_of(terms: Terms, at_most: Callable[[str], float]) -> int:
    """1 where a sum of measures, none below 0, is never negative, -1 where never positive, else 0.

    Parameters
    ----------
    at_most : callable
        The largest value that a measure can have: 100 for a percentage of a whole, else infinite.
    """
    total = Bounds(0.0, 0.0)
    for ref, number in terms.items():
        value = Bounds(1.0, 1.0) if ref is None else Bounds(0.0, at_most(ref.measure))
        total += value * Bounds(number, number)
    return 1 if total.low >= 0 else -1 if total.high <= 0 else 0


def _factor(whole: Polynomial, is_factor: Callable[[str], bool]) -> Ref | None:
    """The measure that is put in as a number, so that nothing else is multiplied."""
    curved = [product for product in whole if len(product) > 1]
    if not curved:
        return None
    candidates = [ref for ref in curved[0] if all(product.count(ref) == 1 for product in curved)]
    candidates = [ref for ref in candidates if all(len(product) == 2 for product in curved)]
    if not candidates:
        names = " by ".join(str(ref) for ref in curved[0])
        raise LinearError(f"multiplies {names}; only one share or ratio can multiply a sum")
    return next((ref for ref in candidates if is_factor(ref.measure)), candidates[0])


def _fraction(node: Node) -> tuple[Polynomial, Polynomial]:
    """Numerator and denominator."""
    if isinstance(node, Number):
        return {(): node.value}, ONE
    if isinstance(node, Ref):
        return {(node,): 1.0}, ONE
    (top, below), (other, beneath) = _fraction(node.left), _fraction(node.right)
    if node.sign == "*":
        return _times(top, other), _times(below, beneath)
    if node.sign == "/":
        return _times(top, beneath), _times(below, other)
    if below == beneath:
        return _plus(top, other, 1.0 if node.sign == "+" else -1.0), below
    sign = 1.0 if node.sign == "+" else -1.0
    return _plus(_times(top, beneath), _times(other, below), sign), _times(below, beneath)


def _times(one: Polynomial, other: Polynomial) -> Polynomial:
    if one == ONE or other == ONE:
        return other if one == ONE else one
    found: Polynomial = {}
    for product, number in one.items():
        for factor, value in other.items():
            key = tuple(sorted(product + factor, key=str))
            found[key] = found.get(key, 0.0) + number * value
    return found


def _plus(one: Polynomial, other: Polynomial, sign: float) -> Polynomial:
    found = dict(one)
    for product, number in other.items():
        found[product] = found.get(product, 0.0) + sign * number
    return {product: number for product, number in found.items() if number}
