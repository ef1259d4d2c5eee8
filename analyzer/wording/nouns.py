"""The noun that a figure counts, and "no" before it: "40 Israeli hostages", "no hostages".

A noun is told by its place and its ending, since no word list holds all nouns. English tells a
count by the plural; the other languages name the words that "no" makes a count of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.wording.roles import HYPHENS
from analyzer.wording.scan import MARK, WORD

if TYPE_CHECKING:
    from analyzer.wording.adding import Context
    from analyzer.wording.lexicon import Lexicon
    from analyzer.wording.scan import Token

__all__ = ["counted_noun", "negated"]

_AHEAD = 3  # words among which the counted noun is looked for: "40 Israeli women soldiers"
_NO_WORDS: frozenset[str] = frozenset()
_NO_PLURALS = ("ss", "us", "is", "ous", "ics")
_NO_NOUNS = ("ed", "ly")


def counted_noun(context: Context, index: int) -> str | None:
    """Return the counted noun or unit that stands where a number ends, as it is written."""
    tokens, lexicon = context.tokens, context.lexicon
    if index < len(tokens) and tokens[index].kind == MARK and tokens[index].key in HYPHENS:
        index += 1
    if index >= len(tokens) or not _plain(tokens[index], lexicon):
        return None
    token = tokens[index]
    if lexicon.code == "en":
        if token.key in lexicon.words["times"]:
            return token.key.removesuffix("s")
        if not token.key.endswith("s") and (found := _behind_adjectives(context, index)):
            token = found
        elif token.key.endswith(_NO_NOUNS) and len(token.key) > 3:
            return None
    word = context.text[token.start : token.end]
    return word.lower() if token.key in lexicon.words.get("times", _NO_WORDS) else word


def _plain(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is no numeral and no function word."""
    return token.kind == WORD and token.entry is None and token.key not in lexicon.stops


def _behind_adjectives(context: Context, index: int) -> Token | None:
    """Return the plural among the next words, "hostages" in "40 Israeli hostages"."""
    tokens, lexicon = context.tokens, context.lexicon
    for token in tokens[index : index + _AHEAD]:
        if not _plain(token, lexicon):
            return None
        if _is_plural(token.key, lexicon):
            return token
    return None


def _is_plural(key: str, lexicon: Lexicon) -> bool:
    if key in lexicon.words.get("counted", _NO_WORDS):
        return True
    plural = lexicon.code == "en" and len(key) > 3 and key.endswith("s")
    return plural and not key.endswith(_NO_PLURALS)


def negated(context: Context, index: int) -> bool:
    """Whether "no" at a token counts what follows as zero: "no hostages", not "no signs of"."""
    tokens, lexicon = context.tokens, context.lexicon
    uncounted = lexicon.words.get("uncounted", _NO_WORDS)
    if index and tokens[index - 1].key in lexicon.words.get("articles_of_no", _NO_WORDS):
        return False
    for token in tokens[index + 1 : index + 1 + _AHEAD]:
        if not _plain(token, lexicon) or token.key in uncounted:
            return False
        if _is_plural(token.key, lexicon):
            return True
    return False
