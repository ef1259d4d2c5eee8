"""Read powers of ten: "1.0 x 10^7", "2.5×10⁶", "10^4"."""
# ruff: noqa: RUF001, RUF002 - letters and marks of other scripts are the subject here

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.wording.scan import NUMBER, WORD

if TYPE_CHECKING:
    from analyzer.wording.adding import Context

__all__ = ["power_behind"]

_LARGEST = 300  # exponents that fit in a float
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = {superscript: str(digit) for digit, superscript in enumerate(_SUPERSCRIPTS)}


def power_behind(context: Context, index: int) -> tuple[float, int] | None:
    """Return what a power of ten multiplies the number before a token by, and where it ends.

    Either "x 10^7" behind any number, or the "^7" of a ten.
    """
    tokens = context.tokens
    if index >= len(tokens):
        return None
    if tokens[index].key in context.lexicon.grammar["power"].forwards:
        if index + 1 >= len(tokens) or tokens[index + 1].key != "10":
            return None
        return _exponent(context, index + 2)
    if tokens[index - 1].key != "10" or (power := _exponent(context, index)) is None:
        return None
    return power[0] / 10, power[1]


def _exponent(context: Context, index: int) -> tuple[float, int] | None:
    tokens = context.tokens
    if index >= len(tokens):
        return None
    token = tokens[index]
    if token.kind == WORD and token.start == tokens[index - 1].end:
        written = "".join(_DIGITS.get(c, "?") for c in context.text[token.start : token.end])
        return _power(written, 1, index + 1)
    if token.key != "^":
        return None
    minus = index + 1 < len(tokens) and tokens[index + 1].key in "-−"
    index += 1 + minus
    if index >= len(tokens) or tokens[index].kind != NUMBER:
        return None
    return _power(tokens[index].key, -1 if minus else 1, index + 1)


def _power(digits: str, sign: int, end: int) -> tuple[float, int] | None:
    if not (digits.isascii() and digits.isdigit()) or int(digits[:4]) > _LARGEST:
        return None
    return 10.0 ** (sign * int(digits[:4])), end
