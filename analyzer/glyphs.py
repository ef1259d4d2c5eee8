"""Characters of a dossier that no font of the report has, named where they were typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pandas as pd

from analyzer.errors import InputError, Problem
from analyzer.fonts import covered
from analyzer.intake import Dossier
from analyzer.model import TABLES
from analyzer.read import shown_path

NOT_PRINTED: Final = frozenset({"url"})  # addresses are printed in ASCII
# Control characters and bidi overrides are printed in escaped form, formatting marks not at all.
FACELESS: Final = frozenset({"Cc", "Cf", "Cs"})
JOINERS: Final = frozenset("\u034f") | frozenset(map(chr, range(0xFE00, 0xFE10)))
SETTINGS: Final = ("title", "description", "licence")
REMEDY: Final = "put a font that has it into analyzer/typefaces, or change the text"


def require_glyphs(dossier: Dossier, folder: Path) -> None:
    """See to it that every text of a dossier can be printed, before anything is built.

    Parameters
    ----------
    folder : Path
        Where the dossier's files lie.

    Raises
    ------
    InputError
        With every cell of its tables, and every text of dossier.toml, that holds a character
        for which no font has a glyph.
    """
    file = shown_path(folder / "dossier.toml")
    texts = ((name, getattr(dossier.settings, name)) for name in SETTINGS)
    problems = [found for name, text in texts for found in _missing(file, 0, name, text)]
    for table in TABLES:
        frame = getattr(dossier, table)
        problems += _of_table(frame, TABLES[table], shown_path(folder / f"{table}.csv"))
    if problems:
        raise InputError(problems)


def _of_table(frame: pd.DataFrame, columns: Iterable[str], file: str) -> list[Problem]:
    """Problems of the columns that the file has; a correction's line is no longer known."""
    rows = frame["row"] if "row" in frame else pd.Series(0, frame.index)
    return [
        problem
        for column in columns
        if column in frame and column not in NOT_PRINTED
        for row, text in zip(rows, frame[column], strict=True)
        if isinstance(text, str) and not text.isascii()
        for problem in _missing(file, int(row), column, text)
    ]


def _missing(file: str, row: int, column: str, text: str) -> Iterator[Problem]:
    """One problem for a text, with all the characters that it has no glyphs for."""
    chars = sorted({char for char in text if not _printable(char)})
    if chars:
        names = ", ".join(
            f"'{char}' U+{ord(char):04X} {unicodedata.name(char, 'no name')}" for char in chars
        )
        yield Problem(file, row, column, text, f"has no glyph in the fonts for {names}", REMEDY)


def _printable(char: str) -> bool:
    return (
        char in covered()
        or char.isspace()
        or char in JOINERS
        or unicodedata.category(char) in FACELESS
    )
