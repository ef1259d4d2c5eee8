"""Control characters and bidi marks of a text in escaped form, as in the rest of the report."""

from __future__ import annotations

import unicodedata
from typing import Final

from analyzer.fonts import covered

SILENT: Final = frozenset("\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060") | frozenset(
    map(chr, range(0xFE00, 0xFE10))
)  # they join, direct or allow breaks, and have no face


def shown(text: str) -> str:
    """A text as charts show it; what is shown already stays as it is."""
    return text if text.isascii() and text.isprintable() else "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char in SILENT:
        return char if char in covered() else ""
    if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs"):
        return char
    return char.encode("unicode_escape").decode()
