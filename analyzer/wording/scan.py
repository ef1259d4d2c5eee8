"""Cut a text into tokens: digit strings in any script, words, and single marks.

One pass over the text with one pattern of plain character classes, so the time is linear in
its length. Apostrophes and white space are not tokens ("d'au moins" is d, au, moins). The
pieces are kept as columns: most texts are looked at and put aside before a `Token` is made.
"""
# ruff: noqa: RUF001 - letters and marks of other scripts are the subject here

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

__all__ = ["MARK", "NUMBER", "VULGAR", "WORD", "Pieces", "Token", "cut", "fold"]

WORD, NUMBER, VULGAR, MARK = 1, 2, 3, 4

_SPACE = " \u00a0\u2007\u2008\u2009\u202f"
_VULGAR = "¼½¾⅐-⅞↉"
# vowel signs and points that belong to a word although they are not letters
_SIGNS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u0981-\u0983\u09bc-\u09cd\u0b82\u0bbe-\u0bcd\u200c\u200d"
)
_LETTER = rf"[^\W\d_{_VULGAR}]"
_NUMBER = rf"""
    (?= [\d.,٫] ) (?:
      \d{{1,3}} (?: [{_SPACE}] \d{{3}} (?!\d) )+ (?: [.,·٫] \d+ )?
      | (?: (?<![\w.,]) [.,٫] )? \d+ (?: [.,'’·٫٬،] \d+ )* (?: [eE] [+-]? \d+ (?!\w) )?
    )
"""
_PATTERN = re.compile(
    rf"( {_LETTER}+ (?: [{_SIGNS}]+ {_LETTER}* )* | {_NUMBER} | [{_VULGAR}] | [^\s\w'’ʼ`´] )",
    re.VERBOSE,
)
# the same for ASCII in lower case, and faster
_PLAIN = re.compile(rf"( [a-z]+ | {_NUMBER} | [^\s\w'`] )", re.VERBOSE | re.ASCII)
_LETTERS = str.maketrans(
    {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ٱ": "ا", "ـ": "", "ø": "o", "đ": "d", "ł": "l"}
)


class Token:
    """A piece of the text: its kind, its folded key, where it stands, and what is known of it.

    `entry` is what the word is in a numeral, with its value; `roles` are the parts that it can
    play beside a number (`roles.LEFT` and the like).
    """

    __slots__ = ("end", "entry", "key", "kind", "roles", "start")

    def __init__(
        self,
        kind: int,
        key: str,
        start: int,
        end: int,
        entry: tuple[int, float] | None = None,
        roles: int = 0,
    ) -> None:
        self.kind = kind
        self.key = key
        self.start = start
        self.end = end
        self.entry = entry
        self.roles = roles


class Pieces(NamedTuple):
    """The pieces of a text as columns."""

    kinds: list[int]
    keys: list[str]
    starts: list[int]
    ends: list[int]


@lru_cache(maxsize=8192)
def _kind(piece: str) -> int:
    """Return the kind of a piece, which its first letter tells."""
    first = piece[0]
    if first.isdecimal() or (len(piece) > 1 and first in ".,٫"):
        return NUMBER
    if first.isalpha() or first.isalnum():
        return VULGAR if unicodedata.decomposition(first).startswith("<fraction>") else WORD
    return MARK


@lru_cache(maxsize=8192)
def _fold_marks(word: str) -> str:
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", word.casefold())
        if unicodedata.category(letter) not in ("Mn", "Cf")
    )
    return bare.translate(_LETTERS)


def fold(word: str) -> str:
    """Return a word without case and accents, as the language data are keyed."""
    if word.isascii():
        return word.lower()
    return _fold_marks(word) if word not in "Åå\u212b" else "å"  # a unit, not an article


def cut(text: str) -> Pieces:
    """Return the pieces of a text in order."""
    lower = text.lower()
    if len(lower) != len(text):  # lower case would move the places of letters
        lower = text
    plain = text.isascii()
    parts = (_PLAIN if plain else _PATTERN).split(lower)
    keys = parts[1::2]
    kinds = list(map(_kind, keys))
    if not plain:
        keys = [fold(key) if kind == WORD else key for kind, key in zip(kinds, keys, strict=True)]
    places = list(accumulate(map(len, parts)))
    return Pieces(kinds, keys, places[0:-1:2], places[1::2])
