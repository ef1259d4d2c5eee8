"""Text as it can be printed: control characters made visible, missing glyphs named."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from analyzer.errors import INVISIBLE, InputError, Problem

# Would turn or isolate the text around them, beyond the text that they stand in.
DIRECTION: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BREAKS: Final = frozenset("\t\n\r\v\f\u0085\u2028\u2029")
# Parts of the data object that are quoted: there, a line break is shown as what it is.
QUOTED: Final = frozenset({"claims", "left_out"})
URL_MARKS: Final = "%/:?#[]@!$&'()*+,;=~|{}^`\\"


def legible(data: Mapping[str, Any], glyphs: Collection[str]) -> dict[str, Any]:
    """Copy the data object with every text made printable.

    Control characters, bidirectional overrides and isolates, and lone surrogates are shown in
    their escape form; addresses are reduced to ASCII; numbers that JSON does not know become
    None.

    Parameters
    ----------
    data : mapping
        The object of report.json.
    glyphs : collection of str
        Characters that can be printed.

    Raises
    ------
    InputError
        With every character that has no glyph, and the claim or entry that it stands in.
    """
    shown = visible(data)
    problems = list(_missing(shown, glyphs))
    if problems:
        raise InputError(problems)
    return shown


def visible(data: Mapping[str, Any]) -> dict[str, Any]:
    """Copy the data object with every mark made visible that has no face of its own.

    The part of `legible` that serves every form of the report: a page has the fonts of whoever
    opens it, so that no glyph can be said to be missing.
    """
    return {key: _show(value, key, key in QUOTED) for key, value in data.items()}


def _show(value: Any, key: str, verbatim: bool) -> Any:
    if isinstance(value, str):
        if key == "url":
            return quote(value.encode("utf-8", "backslashreplace"), safe=URL_MARKS)
        if value.isascii() and value.isprintable():
            return value
        return "".join(_shown(char, verbatim) for char in value)
    if isinstance(value, Mapping):
        return {name: _show(part, name, verbatim) for name, part in value.items()}
    if isinstance(value, Sequence):
        return [_show(part, key, verbatim) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _shown(char: str, verbatim: bool) -> str:
    if char.isascii() and char.isprintable():
        return char
    if char in BREAKS and not verbatim:
        return "\n" if char == "\n" else " "
    if char in BREAKS or char in DIRECTION or unicodedata.category(char) in ("Cc", "Cs"):
        return char.encode("unicode_escape").decode()
    if unicodedata.category(char) == "Cf" and char not in INVISIBLE:
        return char.encode("unicode_escape").decode()
    return char


def _missing(data: Mapping[str, Any], glyphs: Collection[str]) -> Iterator[Problem]:
    """Problems of the claims first; other parts only for characters that no claim has."""
    known: set[str] = set()
    for part in sorted(data, key=lambda name: name != "claims"):
        found = dict.fromkeys(
            (place, char)
            for place, text in _texts(data[part], part)
            for char in text
            if char not in glyphs and char not in known and not _blank(char)
        )
        yield from (_problem(place, char) for place, char in found)
        known.update(char for _, char in found)


def _blank(char: str) -> bool:
    return char in INVISIBLE or char.isspace()


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        name = f"{place.rsplit('.', 1)[0]} {value['id']}" if "id" in value else place
        for part in value.values():
            yield from _texts(part, name)
    elif isinstance(value, Sequence):
        for number, part in enumerate(value, 1):
            yield from _texts(part, f"{place}.{number}")


def _problem(place: str, char: str) -> Problem:
    name = unicodedata.name(char, "no name")
    return Problem(
        "report.json",
        0,
        place,
        char,
        f"has no glyph in the fonts of the report: U+{ord(char):04X} {name}",
        "put a font that has it into analyzer/typefaces, or change the text",
    )
