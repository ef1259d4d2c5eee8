"""What is not a count: dates, years, times, ages, phone numbers, versions, ordinals, labels.

Used by `find` only; a figure that stands on its own is read as it is.
"""
# ruff: noqa: RUF001 - letters and marks of other scripts are the subject here

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.wording.lexicon import ORDINAL, SCALE, VALUE, WHOLE
from analyzer.wording.scan import MARK, NUMBER, WORD, Token

if TYPE_CHECKING:
    from analyzer.wording.grammar import Reading
    from analyzer.wording.numerals import Context

__all__ = ["is_count"]

_YEARS = (1500, 2100)
_TIES = frozenset("-/:‑")
_NONE = Token(MARK, "", -1, -1)
_EMPTY: frozenset[str] = frozenset()


def is_count(context: Context, reading: Reading, index: int) -> bool:
    """Whether a figure whose first amount starts at a token counts or measures something."""
    bare = not reading.marks
    if _at(context, index - 1).key in _words(context, "ranks") and reading.low.value <= 100:
        return False
    if context.integral and _is_old(context, reading.end):
        return False
    if reading.low.ordinal:
        return not bare or reading.high is not None
    if context.tokens[index].kind == NUMBER:
        return not _names(context, reading, index) and not (
            bare and _dates(context, reading, index)
        )
    return not (bare and _figures_of_speech(context, reading, index))


def _at(context: Context, index: int) -> Token:
    tokens = context.tokens
    return tokens[index] if 0 <= index < len(tokens) else _NONE


def _words(context: Context, name: str) -> frozenset[str]:
    return context.lexicon.words.get(name, _EMPTY)


def _names(context: Context, reading: Reading, index: int) -> bool:
    """Whether the number is part of a name: G7, F-16, Resolution 2334, 3.11.2, a phone number."""
    token, before, after = (_at(context, at) for at in (index, index - 1, index + 1))
    touches = before.end == token.start
    if before.kind == WORD:
        if touches and token.key.isdigit() and not _is_unit(context, before):
            return True
        if before.key in _words(context, "labels") and reading.start >= index - 1:
            return True
    if before.key in ("#", "№") or (before.key == "." and _is_number_sign(context, index)):
        return True
    if before.kind == MARK and touches and _hyphened_name(context, index):
        return True
    if (after.key in _TIES or before.key in _TIES) and _groups_of_digits(context, index):
        return True
    return after.start == token.end and _glued(context, token, after)


def _is_unit(context: Context, before: Token) -> bool:
    """Whether letters against the number are a word of another script or a prefix of its own."""
    return not before.key.isascii() or before.entry is not None


def _is_number_sign(context: Context, index: int) -> bool:
    return _at(context, index - 2).key in ("no", "nos", "nr", "num", "art")


def _hyphened_name(context: Context, index: int) -> bool:
    """Whether "F-16" or "COVID-19" ends in the number."""
    name, mark = _at(context, index - 2), _at(context, index - 1)
    if name.kind != WORD or mark.key not in "-‐‑" or name.end != mark.start:
        return False
    written = context.text[name.start : name.end]
    return written.isupper() and written.isascii()


def _groups_of_digits(context: Context, index: int) -> bool:
    """Whether numbers hang together: a phone number, a full date, a time of day."""
    chain = 1
    for step in (1, -1):
        at = index
        while chain < 3 and _linked(context, at, step):
            if _at(context, at + step).key == ":":
                return True
            chain, at = chain + 1, at + 2 * step
        if step == -1 and chain == 2 and _at(context, at - 1).key == "+":
            return True
    return chain > 2


def _linked(context: Context, index: int, step: int) -> bool:
    """Whether a mark ties the number to the next one, or for -1 to the one before."""
    mark = _at(context, index + step)
    if mark.key not in _TIES:
        return False
    number, other = _at(context, index), _at(context, index + 2 * step)
    left, right = (number, other) if step > 0 else (other, number)
    return other.kind == NUMBER and left.end == mark.start and mark.end == right.start


def _glued(context: Context, token: Token, after: Token) -> bool:
    """Whether an ordinal ending or the s of a decade is written against the number."""
    if after.kind != WORD or after.start != token.end or not token.key.isdigit():
        return False
    return after.key in _words(context, "ordinal_suffixes") or (
        after.key == "s" and len(token.key) == 4
    )


def _dates(context: Context, reading: Reading, index: int) -> bool:
    """Whether an unqualified number is a day, a year, a time of day or an age."""
    token, before, after = _at(context, index), _at(context, index - 1), _at(context, reading.end)
    if after.kind == WORD:
        if after.key in _words(context, "time_words") or _is_month(context, after):
            return True
        if _is_old(context, reading.end):
            return True
    if reading.low.value < 130 and _is_age(context, reading, before, after):
        return True
    year = _is_year(token, reading)
    if (year or reading.low.value <= 31) and _beside_month(context, reading, index):
        return True
    return year and _reads_as_year(context, reading, before, after)


def _is_age(context: Context, reading: Reading, before: Token, after: Token) -> bool:
    """Whether the number is an age: "aged 34", "34-year-old", "Ahmed, 34, said"."""
    if before.key in _words(context, "age_words"):
        return True
    if before.key == "," and after.key == ",":
        name = _at(context, reading.start - 2)
        return name.kind == WORD and context.text[name.start].isupper()
    dashed = after.key == "-" and _at(context, reading.end + 2).key == "-"
    return dashed and not reading.high and _at(context, reading.end + 3).key in ("old", "olds")


def _beside_month(context: Context, reading: Reading, index: int) -> bool:
    """Whether a month stands before the number, or behind it: "7 de octubre"."""
    before = _at(context, index - 1)
    if _is_month(context, before):
        return True
    if before.key in (".", ",") and _is_month(context, _at(context, index - 2)):
        return True
    link = _at(context, reading.end)
    after = _at(context, reading.end + 1)
    return link.key in ("of", "de", "del", ".") and _is_month(context, after)


def _is_old(context: Context, end: int) -> bool:
    """Whether "years old" follows."""
    return _at(context, end).key in ("year", "years") and _at(context, end + 1).key == "old"


def _is_month(context: Context, token: Token) -> bool:
    if token.kind != WORD or token.key not in _words(context, "months"):
        return False
    written = context.text[token.start : token.end]
    return written[0].isupper() or context.lexicon.code in ("fr", "es", "ar", "he", "pt")


def _is_year(token: Token, reading: Reading) -> bool:
    if reading.unit == "percent" or not (len(token.key) == 4 and token.key.isdigit()):
        return False
    high = reading.high
    if high is not None and not _YEARS[0] <= high.value <= _YEARS[1]:
        return False
    return _YEARS[0] <= reading.low.value <= _YEARS[1]


def _reads_as_year(context: Context, reading: Reading, before: Token, after: Token) -> bool:
    """Whether a number that could be a year is told by its surroundings to be one."""
    if reading.high is not None and reading.low.value >= 1800:
        return True
    counted = after.kind == WORD and after.key not in context.lexicon.stops
    if counted and not after.key.endswith("s") and before.key in ("the", "in", "since"):
        counted = after.key == "people"
    if before.key in "([" and after.key in ")],;":
        return True
    return not counted and (
        before.key in _words(context, "year_cues")
        or _is_month(context, before)
        or (before.key == "," and _at(context, reading.start - 2).kind == NUMBER)
    )


def _figures_of_speech(context: Context, reading: Reading, index: int) -> bool:
    """Whether an unqualified number word counts nothing: "this one", "no one-sided deal"."""
    token, before, after = (_at(context, at) for at in (index, index - 1, reading.low.end))
    kind, value = token.entry or (0, 0.0)
    single = reading.end == index + 1
    if token.key in _words(context, "adverbs"):
        return True
    hyphened = after.kind == MARK and after.key == "-" and after.start == _end(context, reading)
    if hyphened and (kind == WHOLE or value == 1):
        return True
    if kind == SCALE and single and value in (12, 20, 144):
        return before.key not in ("a", "one", "un", "une", "una", "ein")
    if kind == VALUE and single and value == 1:
        return before.key in _words(context, "not_one") or after.key in ("another", "s")
    if single and token.key in _words(context, "only_in_ratio"):
        return True
    if kind == VALUE and single and token.key in ("both", "single"):
        return not after.key.endswith("s")
    return before.entry is not None and before.entry[0] == ORDINAL and reading.low.share


def _end(context: Context, reading: Reading) -> int:
    return context.tokens[reading.low.end - 1].end
