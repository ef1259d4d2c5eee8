"""Find the language of a text by its script and its words."""

from __future__ import annotations

from functools import lru_cache

from analyzer.wording.lexicon import available, load
from analyzer.wording.marking import splits
from analyzer.wording.scan import WORD, Pieces

__all__ = ["chosen", "language_of"]

_SCRIPTS = (
    ("\u0590", "\u05ff", "he"),
    ("\u0600", "\u06ff", "ar"),
    ("\u0750", "\u077f", "ar"),
    ("\u0900", "\u097f", "hi"),
    ("\u0980", "\u09ff", "bn"),
    ("\u0b80", "\u0bff", "ta"),
)
_ORDER = ("en", "es", "fr", "de", "pt", "id", "no", "ro", "fi", "fil")
_ENOUGH = 60  # words that are looked at
_GLANCE, _SURE = 16, 4  # a first look: so many known words among the first tokens settle it
_SENTENCE = 8  # words from which on a text can overrule the language that was given


def script_of(word: str) -> str | None:
    """Return the language whose script a word is in, None for the Latin script."""
    first = word[0]
    for low, high, code in _SCRIPTS:
        if low <= first <= high:
            return code
    return None


@lru_cache(maxsize=32)
def _vocabulary(code: str) -> frozenset[str]:
    """Return the words of a language that its data file holds."""
    lexicon = load(code)
    words = set(lexicon.stops)
    for phrases in (lexicon.before, lexicon.after, *lexicon.grammar.values()):
        for phrase in phrases.meaning:
            words.update(phrase.split(" "))
    for entry in lexicon.entries:
        words.update(entry.split(" "))
    for name in ("months", "times"):
        words |= lexicon.words.get(name, frozenset())
    words -= lexicon.words.get("short_scales", frozenset())
    return frozenset(word for word in words if word.isalpha())


def language_of(pieces: Pieces) -> str | None:
    """Return the code of the language that knows most of the words; None for bare digits."""
    return _spoken(tuple(_words(pieces)))


@lru_cache(maxsize=4096)
def _spoken(words: tuple[str, ...]) -> str | None:
    """`language_of` the words; wordings of figures repeat a few of them beside many numbers."""
    scores: dict[str, int] = {}
    latin: list[str] = []
    for word in words:
        code = script_of(word)
        if code is None:
            latin.append(word)
        else:
            scores[code] = scores.get(code, 0) + 1
    if scores:
        return max(scores, key=lambda code: scores[code])
    return _latin(latin)


def _words(pieces: Pieces) -> list[str]:
    """Return the first words of a text."""
    columns = zip(pieces.kinds, pieces.keys, strict=True)
    return [key for kind, key in columns if kind == WORD][:_ENOUGH]


def chosen(pieces: Pieces, language: str | None) -> str | None:
    """Return the language to read in: the given one, unless the text is plainly in another.

    A given language gives way where it knows hardly a word of a text of some length that
    another language knows well: pages quote other languages, and a German sentence read as
    English would lose its bounds. An unknown code leaves the language to be found.
    """
    if language is None:
        return language_of(pieces)
    code = language if language in _codes() else language.partition("-")[0].lower()
    if code not in _codes():
        return language_of(pieces)
    known = len(_vocabulary(code).intersection(pieces.keys[:_GLANCE]))
    if known >= (_SURE if len(pieces.keys) >= _SENTENCE else 1):
        return code
    return _overruled(pieces, code)


def _overruled(pieces: Pieces, code: str) -> str:
    """Return the language of a text of which the given language knows hardly a word."""
    words = _words(pieces)
    known = _known(words, code)
    if not words or known * 5 >= len(words):
        return code
    other = language_of(pieces)
    if other is None or other == code:
        return code
    foreign = not known and load(other).script != load(code).script
    enough = 2 if len(words) < _SENTENCE else max(4, 2 * known)
    return other if foreign or _known(words, other) >= enough else code


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(available())


def _latin(words: list[str]) -> str | None:
    """Return the language in the Latin script that knows the most words, English first."""
    if not words:
        return None
    distinct = len(set(words))
    english = _known(words, "en")
    if english * 2 > distinct or (distinct >= _SENTENCE and english * 3 > distinct):
        return "en"
    known = {code: len(_vocabulary(code).intersection(words)) for code in _ORDER}
    if not any(known.values()):  # perhaps a numeral that is written as one word
        known = {code: _known(words, code) for code in _ORDER}
    best = max(known, key=lambda code: known[code])
    return best if known[best] else None


def _known(words: list[str], code: str) -> int:
    """Return how many different words a language knows."""
    total = len(_vocabulary(code).intersection(words))
    if not total:
        lexicon = load(code)
        total = sum(splits(word, lexicon) for word in words) if lexicon.pieces else 0
    return total
