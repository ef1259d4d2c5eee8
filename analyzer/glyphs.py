"""Characters of a dossier that no font of the report has, named where they were typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from analyzer.distinct import distinct
from analyzer.errors import InputError, Problem
from analyzer.intake import Dossier
from analyzer.model import TABLES
from analyzer.read import shown_path

NOT_PRINTED: Final = frozenset({"url"})  # addresses are printed in ASCII
# Control characters and bidi overrides are printed in escaped form, formatting marks not at all.
FACELESS: Final = frozenset({"Cc", "Cf", "Cs"})
JOINERS: Final = frozenset("\u034f") | frozenset(map(chr, range(0xFE00, 0xFE10)))
# Blocks of which the fonts have every character: to open the fonts takes longer than all else.
BLOCKS: Final = (
    range(0x20, 0x7F),
    range(0xA1, 0x250),  # Latin
    range(0x400, 0x460),  # Cyrillic
    range(0x5D0, 0x5EB),  # Hebrew
    range(0x621, 0x63B),  # Arabic
    range(0x640, 0x653),
    range(0x2010, 0x2028),  # dashes, quotation marks and the like
    range(0x2030, 0x205F),
    range(0x900, 0xA00),  # Devanagari, Bengali
    range(0xB80, 0xC00),  # Tamil
)
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
    problems: list[Problem] = []
    for column in columns:
        if column not in frame or column in NOT_PRINTED:
            continue
        codes, texts = distinct(frame[column])
        missing = np.array([isinstance(text, str) and _lacks(text) for text in texts], dtype=bool)
        if not missing.any():
            continue
        wrong = missing[codes] & (codes >= 0)
        cells = zip(rows[wrong], codes[wrong], strict=True)
        problems += [
            found for row, code in cells for found in _missing(file, int(row), column, texts[code])
        ]
    return problems


def _lacks(text: str) -> bool:
    """Whether a text holds a character without a glyph."""
    return not text.isascii() and any(not _printable(char) for char in set(text))


def _missing(file: str, row: int, column: str, text: str) -> Iterator[Problem]:
    """One problem for a text, with all the characters that it has no glyphs for."""
    chars = sorted({char for char in text if not _printable(char)})
    if chars:
        names = ", ".join(
            f"'{char}' U+{ord(char):04X} {unicodedata.name(char, 'no name')}" for char in chars
        )
        yield Problem(file, row, column, text, f"has no glyph in the fonts for {names}", REMEDY)


@cache
def _printable(char: str) -> bool:
    return (
        (unicodedata.category(char) != "Cn" and any(ord(char) in block for block in BLOCKS))
        or char.isspace()
        or char in JOINERS
        or unicodedata.category(char) in FACELESS
        or char in _covered()
    )


def _covered() -> frozenset[str]:
    from analyzer.fonts import covered  # brings the library for charts along

    return covered()
