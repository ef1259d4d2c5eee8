"""Read a digit string with its thousands and decimal marks.

A mark that comes twice, or a space or an apostrophe, groups thousands; two different marks are
grouping and decimal in that order; a middle dot or an Arabic decimal mark is decimal. That
leaves one open question, a single point or comma with three digits behind it ("1.189"): where
whole things are counted it groups, else the language decides, and a text without a language is
read with the comma as grouping. Each choice leaves its rule id.
"""
# ruff: noqa: RUF001 - letters and marks of other scripts are the subject here

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from math import isinf
from typing import NamedTuple

__all__ = ["Digits", "read_digits", "times"]

_LONGEST = 300  # digits that fit in a float
_GROUPING = "'’٬ \u00a0\u2009\u202f"
_DECIMAL = "·٫"


class Digits(NamedTuple):
    """The value of a digit string, its granularity and the rule that read its marks."""

    value: float
    granularity: float
    rule: str


def times(value: float, factor: float) -> float:
    """A number times a scale, as decimals: 4.1 million is 4,100,000, not 4,099,999.9999999995."""
    if value.is_integer():
        return value * factor
    return float(Decimal(repr(value)) * Decimal(repr(factor)))


@lru_cache(maxsize=4096)
def read_digits(text: str, decimal: str, integral: bool) -> Digits | None:
    """Return what a digit string says, or None where its marks make no number.

    Parameters
    ----------
    text : str
        The digit string with its marks.
    decimal : str
        The decimal mark of the language, "." or ","; "" where no language is known.
    integral : bool
        Whether the caller counts whole things.
    """
    if len(text) > _LONGEST:
        return None
    if text.isdigit() and text.isascii():
        stripped = text.rstrip("0")
        return Digits(float(text), 10.0 ** (len(text) - len(stripped)) if stripped else 1.0, "")
    mantissa, _, exponent = _western(text).partition("e")
    parts = _split(mantissa, decimal, integral)
    if parts is None:
        return None
    whole, fraction, rule = parts
    return _value(whole, fraction, exponent, rule)


def _western(text: str) -> str:
    """Write any script's digits as 0-9, and the Arabic comma as a comma."""
    if text.isascii():
        return text.lower()
    return "".join(
        str(int(letter)) if letter.isdigit() else "," if letter == "،" else letter.lower()
        for letter in text
    )


def _value(whole: str, fraction: str, exponent: str, rule: str) -> Digits | None:
    value = float(f"{whole or '0'}.{fraction or '0'}e{exponent or '0'}")
    if isinf(value):
        return None
    if fraction:
        step = 10.0 ** -len(fraction)
    else:
        stripped = whole.rstrip("0")
        step = 10.0 ** (len(whole) - len(stripped)) if stripped else 1.0
    if exponent:
        step *= 10.0 ** int(exponent) if abs(int(exponent)) < _LONGEST else 1.0
    return Digits(value, step, rule)


def _split(text: str, decimal: str, integral: bool) -> tuple[str, str, str] | None:
    """Split at the decimal mark and drop the grouping marks."""
    marks = [letter for letter in text if not letter.isdigit()]
    if not marks:
        return text, "", ""
    last = marks[-1]
    head, _, tail = text.rpartition(last)
    same = len(set(marks)) == 1
    if last in _DECIMAL:
        return _grouped(head, tail, "digits.decimal-mark")
    if not same and last not in _GROUPING and last not in marks[:-1]:
        return _grouped(head, tail, "digits.both-marks")
    if last in _GROUPING or len(marks) > 1:
        return _grouped(text, "", "digits.grouped") if same and len(tail) == 3 else None
    if len(tail) != 3 or not 1 <= len(head) <= 3 or head[0] == "0":
        return head, tail, "digits.decimal-mark"
    if integral:
        return head + tail, "", "digits.grouped-whole-things"
    groups = last != decimal if decimal else last == ","
    rule = "digits.mark-by-language" if decimal else "digits.mark-assumed"
    return (head + tail, "", rule) if groups else (head, tail, rule)


def _grouped(whole: str, fraction: str, rule: str) -> tuple[str, str, str] | None:
    """Join the groups of the whole part if each has two (Indian) or three digits."""
    groups = "".join(letter if letter.isdigit() else " " for letter in whole).split(" ")
    inner_fits = all(len(group) in (2, 3) for group in groups[1:-1])
    if len(groups) > 1 and not (1 <= len(groups[0]) <= 3 and inner_fits and len(groups[-1]) == 3):
        return None
    return "".join(groups), fraction, rule
