"""Read one amount: a numeral with its fraction, ratio, scale or per cent; or a vague word.

`read_amount` is the one entry. It tries, by the kind of the first token, the few shapes that an
amount can have, and leaves the id of each rule that it used.
"""
# ruff: noqa: RUF001 - letters and marks of other scripts are the subject here

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING

from analyzer.wording.digits import read_digits, times
from analyzer.wording.fractions import (
    VULGAR_FRACTIONS,
    Amount,
    bare_denominator,
    closes_fraction,
    compound_denominator,
    definite_share,
    entry_at,
    mixed_digits,
    over_denominator,
    ratio,
    scaled,
    share_of,
    slashed,
    with_fraction,
)
from analyzer.wording.lexicon import (
    AND,
    ARTICLE,
    DENOMINATOR,
    HALF,
    NO,
    ORDINAL,
    PLURAL,
    POINT,
    SCALE,
    VAGUE,
    VALUE,
    WHOLE,
)
from analyzer.wording.nouns import negated
from analyzer.wording.numerals import Context, Numeral, read_cardinal
from analyzer.wording.powers import power_behind
from analyzer.wording.roles import HYPHENS, RIGHT
from analyzer.wording.scan import MARK, NUMBER, VULGAR, WORD

if TYPE_CHECKING:
    from analyzer.wording.digits import Digits
    from analyzer.wording.scan import Token

__all__ = ["Amount", "amount_of", "ends_behind", "read_amount"]


def read_amount(context: Context, start: int, *, joining: bool = True) -> Amount | None:
    """Return the amount that starts at a token, or None."""
    amount = _read(context, start, joining)
    if amount is not None and not isfinite(amount.value):
        return None
    return amount


def _read(context: Context, start: int, joining: bool) -> Amount | None:
    token = context.tokens[start]
    if token.kind == NUMBER:
        if ends_behind(context.tokens, start):
            return _digits(context, start)
        return _from_number(context, start, joining)
    if token.kind == VULGAR:
        part, whole = VULGAR_FRACTIONS[token.key]
        return scaled(context, share_of(part / whole, start + 1))
    if token.entry is None:
        return None
    kind, value = token.entry
    if kind == VALUE:
        return _from_number(context, start, joining)
    return _from_word(context, start, kind, value, joining)


def _ordinal(context: Context, start: int, value: float) -> Amount:
    """Read Arabic "the tenth", "the fifteenth" (fifth ten) and "the one and twentieth"."""
    end = start + 1
    after = end + (entry_at(context, end)[0] == AND)
    kind, tens = entry_at(context, after)
    if kind == VALUE and value < 10 <= tens < 100 and (tens == 10) == (after == end):
        value, end = value + tens, after + 1
    return Amount(value, 1.0, end, ("ordinal",), ordinal=True, spelled=True)


def ends_behind(tokens: list[Token], start: int) -> bool:
    """Whether bare digits end with their token: nothing behind them can go on with the number."""
    if start + 1 == len(tokens):
        return True
    after = tokens[start + 1]
    if after.roles & RIGHT or after.entry is not None:
        return False
    return after.kind == MARK or (after.kind == WORD and after.start > tokens[start].end)


def _digits(context: Context, start: int) -> Amount | None:
    digits = read_digits(context.tokens[start].key, context.lexicon.decimal, context.integral)
    return None if digits is None else amount_of(digits, start + 1)


def amount_of(digits: Digits, end: int) -> Amount:
    """Return the amount of bare digits that end before a token."""
    rules = (digits.rule,) if digits.rule else ()
    return Amount(digits.value, digits.granularity, end, rules)


def _from_word(
    context: Context, start: int, kind: int, value: float, joining: bool
) -> Amount | None:
    """Read an amount that starts with a word other than a number word."""
    if kind == ARTICLE:
        return _after_article(context, start, joining)
    if kind == SCALE:
        short = context.lexicon.words.get("short_scales", frozenset())
        alone = context.tokens[start].key in short
        return None if alone else _from_number(context, start, joining)
    if kind == HALF:
        return scaled(context, share_of(value, start + 1))
    if kind == PLURAL:
        return _plural(context, start, value)
    if kind == VAGUE:
        return _vague(context, start)
    if kind == WHOLE:
        return _whole_word(context, start, value)
    if kind == ORDINAL and context.lexicon.bare_denominators:
        return _ordinal(context, start, value)
    if kind == NO and negated(context, start):
        return Amount(0.0, 1.0, start + 1, ("number.none",), spelled=True)
    if kind == DENOMINATOR:
        return bare_denominator(context, start, value)
    return None


def _from_number(context: Context, start: int, joining: bool) -> Amount | None:
    numeral = read_cardinal(context, start, joining=joining)
    if numeral is None:
        return None
    tokens = context.tokens
    if context.lexicon.bare_denominators and definite_share(context, start, numeral):
        return share_of(1 / numeral.value, numeral.end)
    if numeral.end >= len(tokens):
        return _plain(numeral)
    return _extended(context, numeral, joining) or _plain(numeral)


def _plain(numeral: Numeral) -> Amount:
    rules = (numeral.rule,) if numeral.rule else ()
    if numeral.spelled:
        rules = (*rules, "number.words")
    return Amount(
        numeral.value, numeral.step, numeral.end, rules, numeral.scale, spelled=numeral.spelled
    )


def _extended(context: Context, numeral: Numeral, joining: bool) -> Amount | None:
    """Read what turns a numeral into a fraction, a decimal, a mixed number or a ratio."""
    token = context.tokens[numeral.end]
    if (power := power_behind(context, numeral.end)) is not None:
        ten, end = power
        value = times(numeral.value, ten)
        return Amount(value, numeral.step * ten, end, ("number.power",))
    if token.kind == MARK:
        if token.key in "/⁄∕":
            return slashed(context, numeral)
        if token.key in HYPHENS:
            return over_denominator(context, numeral, numeral.end + 1)
        return None
    if token.kind == VULGAR:
        part, whole = VULGAR_FRACTIONS[token.key]
        return _with_vulgar(context, numeral, part / whole)
    if token.kind == NUMBER:
        return mixed_digits(context, numeral)
    return _extended_by_word(context, numeral, joining)


def _with_vulgar(context: Context, numeral: Numeral, part: float) -> Amount:
    """Read "2½" and "1½ million"."""
    value, end = numeral.value + part, numeral.end + 1
    kind, scale = entry_at(context, end)
    if kind in (SCALE, PLURAL):
        return Amount(value * scale, scale / 10, end + 1, ("number.mixed",), scale, spelled=True)
    return replace(_plain(numeral), value=value, step=None, end=end)


def _extended_by_word(context: Context, numeral: Numeral, joining: bool) -> Amount | None:
    kind, _ = entry_at(context, numeral.end)
    denominators = context.lexicon.denominators
    if kind in (DENOMINATOR, ORDINAL, HALF) or context.tokens[numeral.end].key in denominators:
        return over_denominator(context, numeral, numeral.end)
    if kind == VALUE:
        return compound_denominator(context, numeral)
    if joining and (mixed := with_fraction(context, numeral)) is not None:
        return mixed
    if kind == POINT and (decimal := _point(context, numeral)) is not None:
        return decimal
    return ratio(context, numeral)


def _point(context: Context, numeral: Numeral) -> Amount | None:
    """Read "naught point five" and "three point one four"."""
    tokens = context.tokens
    index, digits = numeral.end + 1, ""
    while index < len(tokens):
        kind, value = entry_at(context, index)
        single = kind == VALUE and value < 10
        if tokens[index].kind == NUMBER and tokens[index].key.isdigit():
            digits += str(int(tokens[index].key))
        elif single and (digits or entry_at(context, index + 1)[0] != VALUE or value == 0):
            digits += str(int(value))
        else:
            break
        index += 1
        if len(digits) > 15:
            break
    if not digits:
        number = read_cardinal(context, numeral.end + 1) if index < len(tokens) else None
        if number is None or number.value != int(number.value) or number.value > 1e15:
            return None
        digits, index = str(int(number.value)), number.end
    value = float(f"{int(numeral.value)}.{digits}")
    step = 10.0 ** -len(digits)
    kind, scale = entry_at(context, index)
    if kind in (SCALE, PLURAL):
        return Amount(
            times(value, scale), step * scale, index + 1, ("number.words",), scale, spelled=True
        )
    return Amount(value, step, index, ("number.words",), spelled=True)


def _after_article(context: Context, start: int, joining: bool) -> Amount | None:
    """Read "a hundred", "a third", "a half", "a quarter of a million"."""
    kind, value = entry_at(context, start + 1)
    index = start + 1
    if index < len(context.tokens) and context.tokens[index].kind == MARK:
        return None
    if kind in (SCALE, PLURAL):
        return _from_number(context, index, joining)
    if kind == HALF:
        return scaled(context, share_of(value, index + 1))
    if kind == DENOMINATOR:
        return replace(
            scaled(context, share_of(1 / value, index + 1)),
            ordinal=not closes_fraction(context, index + 1),
        )
    return None


def _plural(context: Context, start: int, value: float) -> Amount | None:
    """Read "hundreds", "tens of thousands", "hundreds of thousands"."""
    index, multiplier = start + 1, value
    tokens, lexicon = context.tokens, context.lexicon
    while True:
        of = lexicon.grammar["of"].starting_at(tokens, index)
        after = of[0] if of is not None else index
        kind, scale = entry_at(context, after)
        if kind not in (PLURAL, SCALE) or scale < 12:
            break
        multiplier, index = multiplier * scale, after + 1
    return Amount(0.0, None, index, ("vague.plural",), vague=("plural", multiplier))


def _vague(context: Context, start: int) -> Amount | None:
    """Read "several", "a few thousand", "several dozens"."""
    word = context.lexicon.vague[context.tokens[start].key]
    index, multiplier = start + 1, 1.0
    of = context.lexicon.grammar["of"].starting_at(context.tokens, index)
    after = of[0] if of is not None else index
    while (entry := entry_at(context, after))[0] in (SCALE, PLURAL):
        multiplier, index, after = multiplier * entry[1], after + 1, after + 1
    share = word in ("majority", "minority")
    rules = ("share.vague",) if share else ("vague.word",)
    return Amount(0.0, None, index, rules, vague=(word, multiplier), share=share)


def _whole_word(context: Context, start: int, value: float) -> Amount | None:
    """Read "nobody", "no one", "a couple"; a couple of a scale is two of it."""
    of = context.lexicon.grammar["of"].starting_at(context.tokens, start + 1)
    after = of[0] if of is not None else start + 1
    kind, scale = entry_at(context, after)
    if value and kind in (SCALE, PLURAL):
        return Amount(value * scale, scale, after + 1, ("number.words",), scale, spelled=True)
    rule = "number.none" if value == 0 else "number.words"
    return Amount(value, 1.0, start + 1, (rule,), spelled=True)
