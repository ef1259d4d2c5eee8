"""What can be wrong with the input, as values: collected first, reported once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

# Kept: without a face of their own, but they join letters, order them or allow breaks, as honest
# right-to-left and Indic text needs; none reaches beyond the letters next to it.
INVISIBLE: Final = frozenset("\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060") | frozenset(
    map(chr, range(0xFE00, 0xFE10))
)
# Shown by their escape: control characters, halves of characters, and marks that turn or isolate
# the text around them, or hide in it.
ESCAPED: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
LONG: Final = 1000  # characters of a message; more than that is no message


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong in one place of the input.

    Attributes
    ----------
    file : str
        Path as the user knows it.
    row : int
        Line of the file, the header being line 1; 0 when the whole file is meant.
    column : str
        Column name, or "" when the whole row is meant.
    text : str
        The offending text, verbatim.
    message : str
        What is wrong with it.
    remedy : str
        What to do.
    """

    file: str
    row: int
    column: str
    text: str
    message: str
    remedy: str

    def __str__(self) -> str:
        """One line: place, what is wrong, what to do."""
        file = visible(self.file, LONG)
        place = f"{file}:{self.row}" if self.row else file
        subject = f"{visible(self.column)} " if self.column else ""
        quoted = f"'{visible(self.text)}' " if self.text else ""
        message, remedy = visible(self.message, LONG), visible(self.remedy, LONG)
        return f"{place} {subject}{quoted}{message}; {remedy}"


class InputError(Exception):
    """The input can't be used; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        """A worker hands it over with its problems."""
        return InputError, (self.problems,)


class EngineError(Exception):
    """An engine can't go on; the message says why, and what to do."""


def visible(text: str, limit: int = 80) -> str:
    """Text on one line, control and bidirectional marks escaped, cut at `limit` characters."""
    shown = "".join(
        " "
        if unicodedata.category(char) == "Zs"
        else char
        if char.isprintable()
        else char.encode("unicode_escape").decode()
        for char in text
    )
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def shown(text: str) -> str:
    """Text of any length and lines with what a terminal would obey made visible.

    Control characters but for line breaks and tabs, bidirectional overrides and isolates, and
    lone surrogates stand there by their escapes; honest right-to-left text with its marks stays.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escape(char) for char in text)


def _escape(char: str) -> str:
    if char in "\n\t" or char in INVISIBLE or unicodedata.category(char) not in ESCAPED:
        return char
    return char.encode("unicode_escape").decode()
