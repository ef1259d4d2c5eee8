"""The words of one language, loaded from its data file and folded for look-up."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from analyzer.wording.phrases import Phrases
from analyzer.wording.scan import fold, scan

__all__ = [
    "AND", "ARTICLE", "DENOMINATOR", "HALF", "MINUS", "ORDINAL", "PLURAL", "POINT", "SCALE",
    "VAGUE", "VALUE", "WHOLE", "Lexicon", "available", "load",
]  # fmt: skip

# what a word can be in a numeral
(
    VALUE, SCALE, PLURAL, DENOMINATOR, ORDINAL, HALF, WHOLE, VAGUE, AND, ARTICLE, POINT, MINUS
) = range(1, 13)  # fmt: skip

_FOLDER = Path(__file__).parent / "languages"
_TABLES = (
    ("values", VALUE),
    ("whole_values", WHOLE),
    ("halves", HALF),
    ("plural_scales", PLURAL),
    ("scales", SCALE),
    ("denominators", DENOMINATOR),
    ("ordinals", ORDINAL),
)
_ROLES = (("and", AND), ("articles", ARTICLE), ("point", POINT), ("minus", MINUS))


@dataclass(slots=True, repr=False, eq=False)
class Lexicon:
    """One language: its numerals, qualifiers and the words that are not counts."""

    code: str | None
    script: str
    decimal: str
    entries: dict[str, tuple[int, float]]
    vague: dict[str, str]
    denominators: dict[str, float]
    stops: frozenset[str]
    scales: dict[str, float]
    suffixes: dict[str, float]
    before: Phrases
    after: Phrases
    grammar: dict[str, Phrases]
    words: dict[str, frozenset[str]]
    compounds: dict[str, int]
    seconds: frozenset[str]
    known: frozenset[str]
    prefixes: tuple[str, ...]
    pieces: tuple[str, ...]
    rooms: dict[float, float]
    and_room: float
    units_first: bool
    bare_denominators: bool
    split: dict[str, tuple[str, ...] | None] = field(default_factory=dict)


def available() -> tuple[str, ...]:
    """Return the codes of the languages that have a data file."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml") if path.stem != "common"))


def _read(code: str) -> dict[str, Any]:
    import tomllib  # here, since most runs need a language only later

    return tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def load(code: str | None) -> Lexicon:
    """Return the lexicon of a language, or that of bare digits and marks for None."""
    common = _read("common")
    data = _read(code) if code is not None else {}
    grammar = {**data.get("grammar", {})}
    for name, phrases in common["grammar"].items():
        grammar[name] = [*phrases, *grammar.get(name, [])]
    entries = _entries(data, grammar)
    vague = {_key(word): meaning for word, meaning in data.get("vague", {}).items()}
    for word in vague:
        entries[word] = (VAGUE, 0.0)
    return Lexicon(
        code=code,
        script=data.get("script", ""),
        decimal=data.get("decimal", ""),
        entries=entries,
        vague=vague,
        denominators={_key(w): float(v) for w, v in data.get("denominators", {}).items()},
        scales={_key(w): float(v) for w, v in data.get("scales", {}).items()},
        stops=frozenset(map(_key, grammar.get("stop", []))),
        suffixes={**common["suffixes"], **data.get("suffixes", {})},
        before=_phrases(common["before"], data.get("before", {})),
        after=_phrases(common["after"], data.get("after", {})),
        grammar={name: _phrases({name: phrases}) for name, phrases in grammar.items()},
        words={
            name: frozenset(map(_key, words))
            for name, words in {**data.get("not_counts", {}), **data.get("units", {})}.items()
        },
        compounds=_compounds(entries),
        seconds=frozenset(key.split(" ")[1] for key in entries if " " in key),
        known=frozenset(entries) | frozenset(_compounds(entries)),
        prefixes=tuple(map(fold, data.get("prefixes", []))),
        pieces=_pieces(data, entries),
        rooms={float(tens): room for tens, room in data.get("rooms", {}).items()},
        and_room=data.get("and_room", 1),
        units_first=data.get("units_first", False),
        bare_denominators=data.get("bare_denominators", False),
    )


def _key(phrase: str) -> str:
    return " ".join(token.key for token in scan(phrase))


def _entries(data: dict[str, Any], grammar: dict[str, list[str]]) -> dict[str, tuple[int, float]]:
    entries: dict[str, tuple[int, float]] = {}
    for name, kind in reversed(_TABLES):
        for word, value in data.get(name, {}).items():
            entries[_key(word)] = (kind, float(value))
    for name, kind in _ROLES:
        for word in grammar.get(name, []):
            if len(_key(word).split(" ")) == 1 or kind == POINT:
                entries.setdefault(_key(word), (kind, 0.0))
    return entries


def _phrases(*tables: dict[str, list[str]]) -> Phrases:
    phrases = Phrases()
    for table in tables:
        for meaning, wordings in table.items():
            for wording in wordings:
                phrases.add(wording, meaning)
    return phrases


def _compounds(entries: dict[str, tuple[int, float]]) -> dict[str, int]:
    """Return, for each first word of a numeral of several words, the longest length."""
    longest: dict[str, int] = {}
    for key in entries:
        keys = key.split(" ")
        if len(keys) > 1:
            longest[keys[0]] = max(len(keys), longest.get(keys[0], 0))
    return longest


def _pieces(data: dict[str, Any], entries: dict[str, tuple[int, float]]) -> tuple[str, ...]:
    """Return the pieces of a language that writes numerals as one word, longest first."""
    if not data.get("one_word", False):
        return ()
    kinds = (VALUE, SCALE, AND, HALF, DENOMINATOR, ORDINAL)
    pieces = [key for key, (kind, _) in entries.items() if kind in kinds and " " not in key]
    return tuple(sorted(pieces, key=len, reverse=True))
