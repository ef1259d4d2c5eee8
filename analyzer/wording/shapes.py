"""Texts that differ only in their digits: "at least 47,000" says of 47,000 what it says of 189.

Where one digit string is the only numeral of a text and nothing behind it goes on with it, no
rule of the grammar asks for its value. So the words around it need to be read only once.
"""
# ruff: noqa: RUF001 - letters and marks of other scripts are the subject here

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.wording.amounts import amount_of, ends_behind
from analyzer.wording.grammar import Reading
from analyzer.wording.lexicon import VAGUE
from analyzer.wording.scan import NUMBER, VULGAR

if TYPE_CHECKING:
    from analyzer.wording.digits import Digits
    from analyzer.wording.numerals import Context

__all__ = ["any_digits_fit", "parted", "with_digits"]

# a mark before the digits may belong to them: ".5"
_ONE_NUMBER = re.compile(r"(\D*)(?<![.,٫])([0-9]+(?:[.,][0-9]+)*)(\D*)")


def parted(text: str) -> tuple[str, str, str] | None:
    """Return what stands before the only digits of a text, the digits, and what stands behind."""
    found = _ONE_NUMBER.fullmatch(text)
    return (found[1], found[2], found[3]) if found is not None else None


def any_digits_fit(context: Context) -> bool:
    """Whether the only numeral of a text is a digit string whose value decides nothing."""
    numerals = [
        index
        for index, token in enumerate(context.tokens)
        if token.kind in (NUMBER, VULGAR) or (token.entry is not None and token.entry[0] <= VAGUE)
    ]
    return len(numerals) == 1 and ends_behind(context.tokens, numerals[0])


def with_digits(reading: Reading, digits: Digits) -> Reading:
    """Return a reading of one amount with other digits in its place."""
    low = amount_of(digits, reading.low.end)
    return Reading(
        reading.start, reading.end, low, None, reading.marks, (), reading.unit, reading.sign,
        reading.rules,
    )  # fmt: skip
