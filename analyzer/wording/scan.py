"""Cut a text into tokens: digit strings in any script, words, and single marks.

One pass over the text with one pattern of plain character classes, so the time is linear in
its length. Apostrophes and white space are not tokens ("d'au moins" is d, au, moins).
"""
# ruff: noqa: RUF001 - letters and marks of other scripts are the subject here

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["MARK", "NUMBER", "VULGAR", "WORD", "Token", "fold", "scan"]

WORD, NUMBER, VULGAR, MARK = 1, 2, 3, 4

_SPACE = " \u00a0\u2009\u202f"
_VULGAR = "¼½¾⅐-⅞↉"
# vowel signs and points that belong to a word although they are not letters
_SIGNS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u0981-\u0983\u09bc-\u09cd\u0b82\u0bbe-\u0bcd\u200c\u200d"
)
_LETTER = rf"[^\W\d_{_VULGAR}]"
_NUMBER = rf"""
    \d{{1,3}} (?: [{_SPACE}] \d{{3}} (?!\d) )+ (?: [.,·٫] \d+ )?
    | (?: (?<![\w.,]) [.,٫] )? \d+ (?: [.,'’·٫٬،] \d+ )* (?: [eE] [+-]? \d+ (?!\w) )?
"""
# the groups are numbered as the kinds; the plain pattern is the same for ASCII, and faster
_PATTERN = re.compile(
    rf"({_LETTER}+ (?: [{_SIGNS}]+ {_LETTER}* )*) | ({_NUMBER}) | ([{_VULGAR}])"
    rf" | ([^\s\w'’ʼ`´])",
    re.VERBOSE,
)
_PLAIN = re.compile(rf"([a-z]+) | ({_NUMBER}) | (?!) () | ([^\s\w'`])", re.VERBOSE | re.ASCII)

_LETTERS = str.maketrans(
    {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ٱ": "ا", "ـ": "", "ø": "o", "đ": "d", "ł": "l"}
)


class Token:
    """A piece of the text: its kind, its folded key, and where it stands."""

    __slots__ = ("end", "entry", "key", "kind", "start")

    def __init__(self, kind: int, key: str, start: int, end: int) -> None:
        self.kind = kind
        self.key = key
        self.start = start
        self.end = end
        self.entry: tuple[int, float] | None = None

    def __repr__(self) -> str:
        return f"Token({self.kind}, {self.key!r}, {self.start}, {self.end})"


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


def scan(text: str) -> list[Token]:
    """Return the tokens of a text in order."""
    lower = text.lower()
    if text.isascii():
        return [
            Token(m.lastindex or MARK, m[0], m.start(), m.end()) for m in _PLAIN.finditer(lower)
        ]
    same = len(lower) == len(text)  # else lower case moved the places of letters
    tokens = []
    for match in _PATTERN.finditer(lower if same else text):
        key = match[0]
        if match.lastindex == WORD and not (same and key.isascii()):
            key = fold(key)
        tokens.append(Token(match.lastindex or MARK, key, match.start(), match.end()))
    return tokens
