"""The words of one language, loaded from its data file and folded for look-up."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from analyzer.wording.marking import marked
from analyzer.wording.phrases import Phrases
from analyzer.wording.roles import roles_of
from analyzer.wording.scan import cut, fold

__all__ = [
    "AND", "ARTICLE", "DENOMINATOR", "HALF", "MINUS", "NO", "ORDINAL", "PLURAL", "POINT", "SCALE",
    "VAGUE", "VALUE", "WHOLE", "Lexicon", "available", "load",
]  # fmt: skip

# what a word can be in a numeral
(
    VALUE, SCALE, PLURAL, DENOMINATOR, ORDINAL, HALF, WHOLE, NO, VAGUE, AND, ARTICLE, POINT, MINUS
) = range(1, 14)  # fmt: skip

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
_ROLES = (("no", NO), ("and", AND), ("articles", ARTICLE), ("point", POINT), ("minus", MINUS))


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
    openers: frozenset[str]
    roles: dict[str, int]
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
    for name, wordings in common["grammar"].items():
        grammar[name] = [*wordings, *grammar.get(name, [])]
    entries = _entries(data, grammar)
    vague = {_key(word): meaning for word, meaning in data.get("vague", {}).items()}
    for word in vague:
        entries[word] = (VAGUE, 0.0)
    before = _phrases(common["before"], data.get("before", {}))
    after = _phrases(common["after"], data.get("after", {}))
    phrases = {name: _phrases({name: wordings}) for name, wordings in grammar.items()}
    words = {
        name: frozenset(map(_key, listed))
        for name, listed in {**data.get("not_counts", {}), **data.get("units", {})}.items()
    }
    lexicon = Lexicon(
        code=code,
        script=data.get("script", ""),
        decimal=data.get("decimal", ""),
        entries=entries,
        vague=vague,
        denominators={_key(w): float(v) for w, v in data.get("denominators", {}).items()},
        scales={_key(w): float(v) for w, v in data.get("scales", {}).items()},
        stops=frozenset(map(_key, grammar.get("stop", []))),
        suffixes={**common["suffixes"], **data.get("suffixes", {})},
        before=before,
        after=after,
        grammar=phrases,
        words=words,
        compounds=_compounds(entries),
        seconds=frozenset(key.split(" ")[1] for key in entries if " " in key),
        openers=_openers(entries),
        roles=roles_of(before, after, phrases, words, _compounds(entries)),
        prefixes=tuple(map(fold, data.get("prefixes", []))),
        pieces=_pieces(data, entries),
        rooms={float(tens): room for tens, room in data.get("rooms", {}).items()},
        and_room=data.get("and_room", 1),
        units_first=data.get("units_first", False),
        bare_denominators=data.get("bare_denominators", False),
    )
    return _with_split_phrases(lexicon) if lexicon.prefixes else lexicon


def _with_split_phrases(lexicon: Lexicon) -> Lexicon:
    """Add each phrase as its words are cut in a text, where prefixes are split off."""
    for phrases in (lexicon.before, lexicon.after, *lexicon.grammar.values()):
        for phrase, meaning in list(phrases.meaning.items()):
            keys = [token.key for token in marked(cut(phrase), lexicon)]
            phrases.add_keys(keys, meaning)
    lexicon.split.clear()
    months = lexicon.words.get("months", frozenset())
    prefixed = {prefix + month for prefix in lexicon.prefixes for month in months}
    lexicon.words["months"] = months | prefixed
    known = (lexicon.before, lexicon.after, lexicon.grammar, lexicon.words, lexicon.compounds)
    lexicon.roles = roles_of(*known)
    return lexicon


def _key(phrase: str) -> str:
    return " ".join(cut(phrase).keys)


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


def _openers(entries: dict[str, tuple[int, float]]) -> frozenset[str]:
    """Return the words that can open an amount."""
    roles = (AND, ARTICLE, POINT, MINUS)
    return frozenset(key.split(" ")[0] for key, (kind, _) in entries.items() if kind not in roles)


def _pieces(data: dict[str, Any], entries: dict[str, tuple[int, float]]) -> tuple[str, ...]:
    """Return the pieces of a language that writes numerals as one word, longest first."""
    if not data.get("one_word", False):
        return ()
    kinds = (VALUE, SCALE, AND, HALF, DENOMINATOR, ORDINAL)
    pieces = [key for key, (kind, _) in entries.items() if kind in kinds and " " not in key]
    return tuple(sorted(pieces, key=len, reverse=True))
