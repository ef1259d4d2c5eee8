"""What can be wrong with the input, as values: collected first, reported once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


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
        place = f"{self.file}:{self.row}" if self.row else self.file
        subject = f"{self.column} " if self.column else ""
        quoted = f"'{visible(self.text)}' " if self.text else ""
        return f"{place} {subject}{quoted}{self.message}; {self.remedy}"


class InputError(Exception):
    """The input can't be used; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


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
