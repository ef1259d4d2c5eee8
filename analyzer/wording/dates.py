"""Dates, years, times of day and ages, which stand in digits beside their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.wording.scan import NUMBER, WORD, Token

if TYPE_CHECKING:
    from analyzer.wording.grammar import Reading
    from analyzer.wording.numerals import Context

__all__ = ["beside_month", "is_date", "is_old", "is_time", "token_at", "words_of"]

_YEARS = (1500, 2100)
_OLDEST = 130
_NONE = Token(0, "", -1, -1)
_EMPTY: frozenset[str] = frozenset()


def token_at(context: Context, index: int) -> Token:
    """Return the token at an index, an empty one beyond the ends."""
    tokens = context.tokens
    return tokens[index] if 0 <= index < len(tokens) else _NONE


def words_of(context: Context, name: str) -> frozenset[str]:
    """Return a word list of the language, empty where it has none."""
    return context.lexicon.words.get(name, _EMPTY)


def is_date(context: Context, reading: Reading, index: int) -> bool:
    """Whether an unqualified number is a day, a year, a time of day or an age."""
    token, before, after = (
        token_at(context, index),
        token_at(context, index - 1),
        token_at(context, reading.end),
    )
    if after.kind == WORD and (_is_month(context, after) or is_old(context, reading.end)):
        return True
    if reading.low.value < _OLDEST and _is_age(context, reading, before, after):
        return True
    year = _is_year(token, reading)
    if (year or reading.low.value <= 31) and _beside_month(context, reading, index):
        return True
    return year and _reads_as_year(context, reading, before, after)


def is_time(context: Context, end: int) -> bool:
    """Whether a time of day follows: "5 pm", "5 p.m.", "20 Uhr", "17h30"."""
    after = token_at(context, end)
    if after.kind != WORD:
        return False
    if after.key in words_of(context, "time_words"):
        return True
    if after.key not in ("a", "p", "h"):
        return False
    second = token_at(context, end + 1)
    if after.key == "h":
        return second.kind == NUMBER and second.start == after.end
    return second.key == "." and token_at(context, end + 2).key == "m"


def _is_age(context: Context, reading: Reading, before: Token, after: Token) -> bool:
    """Whether the number is an age: "aged 34", "34-year-old", "Ahmed, 34, said"."""
    ages = words_of(context, "age_words")
    if before.key in ages or (
        before.key == "de" and token_at(context, reading.start - 2).key in ages
    ):
        return True
    if token_at(context, reading.end + 1).key in words_of(context, "years_old"):
        return True
    if before.key == "," and after.key in (",", "."):
        name = token_at(context, reading.start - 2)
        if name.key in words_of(context, "persons"):
            return True
        return after.key == "," and name.kind == WORD and context.text[name.start].isupper()
    dashed = after.key == "-" and token_at(context, reading.end + 2).key == "-"
    return dashed and not reading.high and token_at(context, reading.end + 3).key in ("old", "olds")


def _beside_month(context: Context, reading: Reading, index: int) -> bool:
    """Whether a month stands before the number, or behind it: "7 de octubre"."""
    before = token_at(context, index - 1)
    if _is_month(context, before):
        return True
    if token_at(context, reading.end + 1).key in words_of(context, "ordinal_nouns"):
        return token_at(context, reading.end).key == "."  # "im 21. Jahrhundert"
    if before.key in (".", ",") and _is_month(context, token_at(context, index - 2)):
        return True
    link = token_at(context, reading.end)
    after = token_at(context, reading.end + 1)
    return link.key in ("of", "de", "del", ".") and _is_month(context, after)


def is_old(context: Context, end: int) -> bool:
    """Whether "years old" follows."""
    return (
        token_at(context, end).key in ("year", "years") and token_at(context, end + 1).key == "old"
    )


def beside_month(context: Context, reading: Reading) -> bool:
    """Whether the word right after or before a reading is a month."""
    around = token_at(context, reading.end), token_at(context, reading.start - 1)
    return any(token.kind == WORD and _is_month(context, token) for token in around)


def _is_month(context: Context, token: Token) -> bool:
    if token.kind != WORD or token.key not in words_of(context, "months"):
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
    if before.key == "-" and token_at(context, reading.start - 2).key in words_of(
        context, "year_cues"
    ):
        return not counted
    return not counted and (
        before.key in words_of(context, "year_cues")
        or _is_month(context, before)
        or (before.key == "," and token_at(context, reading.start - 2).kind == NUMBER)
    )
