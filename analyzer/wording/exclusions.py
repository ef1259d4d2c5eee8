"""What is not a count: dates, years, times, ages, phone numbers, versions, ordinals, labels.

Used by `find` only; a figure that stands on its own is read as it is.
"""
# ruff: noqa: RUF001 - letters and marks of other scripts are the subject here

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.wording.dates import is_date, is_old, is_time, token_at, words_of
from analyzer.wording.lexicon import DENOMINATOR, ORDINAL, SCALE, VAGUE, VALUE, WHOLE
from analyzer.wording.roles import STREET, SUSPECT_AFTER, SUSPECT_BEFORE
from analyzer.wording.scan import MARK, NUMBER, WORD, Token

if TYPE_CHECKING:
    from analyzer.wording.grammar import Reading
    from analyzer.wording.numerals import Context

__all__ = ["is_count"]

_TIES = frozenset("-/:‑")


def is_count(context: Context, reading: Reading, index: int) -> bool:
    """Whether a figure whose first amount starts at a token counts or measures something."""
    bare = not reading.marks
    if _stands_apart(context, reading, index):
        return True
    if token_at(context, index - 1).key in words_of(context, "ranks") and reading.low.value <= 100:
        return False
    if context.integral and is_old(context, reading.end):
        return False
    if reading.low.ordinal:
        return not bare or reading.high is not None
    if context.tokens[index].kind == NUMBER:
        if _names(context, reading, index) or is_time(context, reading.end):
            return False
        return not (bare and is_date(context, reading, index))
    if _counts_nothing(context, index):
        return False
    return not (bare and _figures_of_speech(context, reading, index))


def _stands_apart(context: Context, reading: Reading, index: int) -> bool:
    """Whether nothing beside digits can make them anything but a count, as most are."""
    tokens = context.tokens
    token = tokens[index]
    if token.kind != NUMBER or (len(token.key) == 4 and not reading.marks):
        return False  # four digits may be a year
    if index:
        before = tokens[index - 1]
        if before.roles & SUSPECT_BEFORE or before.kind == NUMBER:
            return False
        if before.kind == WORD and before.end == token.start:
            return False
    if token.start and context.text[token.start - 1] in "'’":
        return False  # the short year '73
    if index + 2 < len(tokens) and tokens[index + 2].roles & STREET:
        return False
    return _unsuspected(tokens, index + 1, token.end) and (
        reading.end == index + 1 or _unsuspected(tokens, reading.end, -1)
    )


def _unsuspected(tokens: list[Token], index: int, touched: int) -> bool:
    if index >= len(tokens):
        return True
    after = tokens[index]
    touches = after.kind == WORD and after.start == touched
    return not (touches or after.roles & SUSPECT_AFTER)


def _names(context: Context, reading: Reading, index: int) -> bool:
    """Whether the number is part of a name: G7, F-16, Resolution 2334, 3.11.2, a phone number."""
    token, before, after = (token_at(context, at) for at in (index, index - 1, index + 1))
    touches = before.end == token.start
    if before.kind == WORD:
        if touches and token.key.isdigit() and not _is_unit(context, before):
            return True
        if before.key in words_of(context, "labels") and reading.start >= index - 1:
            return True
    if len(token.key) == 2 and context.text[max(token.start - 1, 0) : token.start] in ("'", "’"):
        return True
    if before.key in ("#", "№") or (before.key == "." and _is_number_sign(context, index)):
        return True
    if _is_dialled(token, before) or _is_address(context, index):
        return True
    if before.kind == MARK and touches and _hyphened_name(context, index):
        return True
    if (after.key in _TIES or before.key in _TIES) and _groups_of_digits(context, index):
        return True
    return after.start == token.end and _glued(context, token, after)


def _is_dialled(token: Token, before: Token) -> bool:
    """Whether digits with a zero in front are a number to call, or go on with one."""
    keys = [number.key for number in (token, before) if number.kind == NUMBER]
    return any(len(key) > 2 and key[0] == "0" and key.isdigit() and int(key[:9]) for key in keys)


def _is_address(context: Context, index: int) -> bool:
    """Whether a street follows: "14 Baker Street"."""
    after = token_at(context, index + 1)
    if after.kind != WORD or not context.text[after.start].isupper():
        return False
    streets = words_of(context, "streets")
    places = (token_at(context, index + ahead) for ahead in (2, 3))
    return any(t.key in streets and context.text[t.start].isupper() for t in places)


def _is_unit(context: Context, before: Token) -> bool:
    """Whether letters against the number are a word of another script or a prefix of its own."""
    return not before.key.isascii() or before.entry is not None


def _is_number_sign(context: Context, index: int) -> bool:
    return token_at(context, index - 2).key in ("no", "nos", "nr", "num", "art")


def _hyphened_name(context: Context, index: int) -> bool:
    """Whether "F-16" or "Covid-19" ends in the number."""
    name, mark = token_at(context, index - 2), token_at(context, index - 1)
    if name.kind != WORD or mark.key not in "-‐‑" or name.end != mark.start:
        return False
    return context.text[name.start].isupper() and name.key.isascii() and name.entry is None


def _groups_of_digits(context: Context, index: int) -> bool:
    """Whether numbers hang together: a phone number, a full date, a time of day."""
    chain = 1
    for step in (1, -1):
        at = index
        while chain < 3 and _linked(context, at, step):
            if token_at(context, at + step).key == ":":
                return True
            chain, at = chain + 1, at + 2 * step
        if step == -1 and chain == 2 and token_at(context, at - 1).key == "+":
            return True
    return chain > 2


def _linked(context: Context, index: int, step: int) -> bool:
    """Whether a mark ties the number to the next one, or for -1 to the one before."""
    mark = token_at(context, index + step)
    if mark.key not in _TIES:
        return False
    number, other = token_at(context, index), token_at(context, index + 2 * step)
    left, right = (number, other) if step > 0 else (other, number)
    return other.kind == NUMBER and left.end == mark.start and mark.end == right.start


def _glued(context: Context, token: Token, after: Token) -> bool:
    """Whether an ordinal ending or the s of a decade is written against the number."""
    if after.kind != WORD or after.start != token.end or not token.key.isdigit():
        return False
    if after.key in words_of(context, "ordinal_suffixes"):
        return True
    return after.key == "s" and token.key[-1] == "0"  # the 1990s, in his 30s


def _counts_nothing(context: Context, index: int) -> bool:
    """Whether a word is an adverb here: "twice as many", "how few", "most likely"."""
    token, before, after = (token_at(context, at) for at in (index, index - 1, index + 1))
    if token.key in words_of(context, "adverbs"):
        return token_at(context, index - 1).key != "than" or after.key == "as"
    if token.entry is None or token.entry[0] != VAGUE:
        return False
    if before.key in words_of(context, "degree"):
        return True
    if token.key not in words_of(context, "superlative"):
        return False
    return after.key not in ("of", "people") and not after.key.endswith("s")


def _figures_of_speech(context: Context, reading: Reading, index: int) -> bool:
    """Whether an unqualified number word counts nothing: "this one", "no one-sided deal"."""
    token, before, after = (token_at(context, at) for at in (index, index - 1, reading.low.end))
    kind, value = token.entry or (0, 0.0)
    single = reading.end == index + 1
    if single and token.key in words_of(context, "only_in_ratio"):
        return True
    hyphened = after.kind == MARK and after.key == "-" and after.start == _end(context, reading)
    if hyphened and (kind == WHOLE or value == 1):
        return True
    ordinal = token_at(context, reading.low.end + 1).entry or (0, 0.0)
    if hyphened and kind == VALUE and ordinal[0] in (ORDINAL, DENOMINATOR):
        return True  # "the twenty-first"
    if reading.low.scale is None and value in (15, 16, 17, 18, 19, 20) and reading.low.value > 1500:
        return True  # the year "nineteen forty-eight"
    if kind == SCALE and single and value in (12, 20, 144):
        return before.key not in ("a", "one", "un", "une", "una", "ein")
    if kind == VALUE and single and value == 1:
        return before.key in words_of(context, "not_one") or after.key in ("another", "s")
    if kind == VALUE and single and token.key in ("both", "single"):
        return not after.key.endswith("s")
    return before.entry is not None and before.entry[0] == ORDINAL and reading.low.share


def _end(context: Context, reading: Reading) -> int:
    return context.tokens[reading.low.end - 1].end
