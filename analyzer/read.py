"""The only reader: files of a dossier to frames of text, with the line each row stands on.

Every cell stays text. What spreadsheets do to a CSV without changing its meaning is undone here
(byte-order mark, CRLF, padding, non-breaking spaces around a cell, quotes around a cell, empty
rows and columns, another order of columns); everything else that is not a plain comma-separated
UTF-8 table is a named error.
"""

from __future__ import annotations

import csv
import difflib
import io
import os
from collections import Counter
from pathlib import Path

import pandas as pd

from analyzer.errors import InputError, Problem
from analyzer.model import OPTIONAL, TABLES

PADDING = " \t\r\n\u00a0\u2007\u202f\u200b\u2060\ufeff"
ENCLOSING = {
    '"': '"',
    "\u201c": "\u201d",
    "\u201d": "\u201d",
    "\u201e": "\u201c",
    "\u00ab": "\u00bb",
}
LARGEST_CELL = 100_000  # characters; a longer cell is a missing quote, not a figure or a note
OPTIONAL_TABLES = ("identities", "corrections", "waivers")
SAVE_AS = "save it as CSV UTF-8 (comma delimited)"


def shown_path(path: Path) -> str:
    """The path as the user typed it, or relative to the current folder."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def read_text(path: Path, encoding: str = "utf-8") -> str:
    """Text of one file.

    Raises
    ------
    InputError
        When the file is missing, unreadable, or holds bytes that are not of the encoding.
    """
    file = shown_path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(
            [Problem(file, 0, "", "", f"can't be read: {reason}", "check it")]
        ) from error
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:2] == b"PK":
        what = "is a spreadsheet, not a CSV" if data[:2] == b"PK" else "is UTF-16 text"
        raise InputError([Problem(file, 0, "", "", what, SAVE_AS)])
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except (UnicodeDecodeError, LookupError) as error:
        if not isinstance(error, UnicodeDecodeError):
            raise InputError(
                [Problem(file, 0, "", encoding, "is no known encoding", "name another")]
            ) from error
        row = data.count(b"\n", 0, error.start) + 1
        bad = data[error.start : error.start + 1]
        message = f"holds the byte 0x{bad.hex()}, which is not {encoding.upper()}"
        remedy = f"{SAVE_AS}, or name its encoding, as in --encoding latin-1"
        raise InputError([Problem(file, row, "", "", message, remedy)]) from error


def read_table(
    folder: Path, table: str, encoding: str = "utf-8"
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read one table of a dossier.

    Parameters
    ----------
    folder : Path
        The dossier.
    table : str
        A key of `model.TABLES`.
    encoding : str
        Encoding of the file; never guessed.

    Returns
    -------
    frame : DataFrame
        The columns of `model.TABLES[table]` as text ("" where the file lacks an optional one)
        and `row`, the line that each row starts on.
    problems : list of Problem
        Rows that can't be split into cells; they are not in the frame.

    Raises
    ------
    InputError
        When the file as a whole is not usable.
    """
    path = folder / f"{table}.csv"
    if table in OPTIONAL_TABLES and not path.exists():
        empty = pd.DataFrame(columns=pd.Index(list(TABLES[table])), dtype="str")
        return empty.assign(row=pd.Series(dtype="int64")), []
    frame, problems = _read_cells(path, encoding, table)
    known = [column for column in TABLES[table] if column in frame]
    frame = frame[known].reindex(columns=list(TABLES[table]), fill_value="")
    return frame.assign(row=frame.index).reset_index(drop=True), problems


def read_cells(path: Path, encoding: str = "utf-8") -> tuple[pd.DataFrame, list[Problem]]:
    """Read any table: all its columns as text, the index being the line of each row.

    Raises
    ------
    InputError
        When the file as a whole is not usable.
    """
    return _read_cells(path, encoding, "")


def _read_cells(path: Path, encoding: str, table: str) -> tuple[pd.DataFrame, list[Problem]]:
    file = shown_path(path)
    rows = _rows(file, read_text(path, encoding))
    if not rows:
        raise InputError([Problem(file, 0, "", "", "is empty", "give it a header row")])
    header = [_clean(cell) for cell in rows[0][1]]
    _check_header(file, table, header, [cells for _, cells in rows[1:]])
    problems: list[Problem] = []
    kept: list[tuple[int, list[str]]] = []
    for line, raw in rows[1:]:
        cells = [_clean(cell) for cell in raw]
        if not any(cells):
            continue
        if len(cells) > len(header):
            message = f"has {len(cells)} cells where the header has {len(header)}"
            remedy = 'put a figure or a text that holds a comma in quotes, as "1,139"'
            problems.append(Problem(file, line, "", "", message, remedy))
            continue
        if swallowed := _swallowed(cells, len(header)):
            message = f"holds {swallowed} more rows within one cell"
            remedy = "look for a quote that is opened and not closed"
            problems.append(Problem(file, line, "", "", message, remedy))
            continue
        kept.append((line, (cells + [""] * len(header))[: len(header)]))
    lines = pd.Index([line for line, _ in kept], dtype="int64")
    frame = pd.DataFrame(
        [cells for _, cells in kept], columns=pd.Index(header), index=lines, dtype="str"
    )
    return frame[[name for name in header if name]], problems


def _swallowed(cells: list[str], columns: int) -> int:
    """Lines within one cell that look like rows of the table."""
    lines = [line for cell in cells for line in cell.split("\n")[1:]]
    return sum(line.count(",") >= columns // 2 for line in lines)


def _rows(file: str, text: str) -> list[tuple[int, list[str]]]:
    """Rows with the line they start on; blank lines are left out."""
    csv.field_size_limit(LARGEST_CELL)
    first = text.split("\n", 1)[0]
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if first.count(mark) > 1 and "," not in first:
            message = f"separates its columns by {name}"
            raise InputError([Problem(file, 1, "", "", message, f"{SAVE_AS}, with commas")])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip(PADDING) for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        remedy = "look for a quote that is not closed, or not doubled within a cell"
        raise InputError([Problem(file, line, "", "", f"is no CSV: {error}", remedy)]) from error
    return rows


def _clean(cell: str) -> str:
    """A cell without padding and without one pair of quotes around the whole of it."""
    text = cell.strip(PADDING)
    if len(text) > 1 and ENCLOSING.get(text[0]) == text[-1] and text[-1] not in text[1:-1]:
        text = text[1:-1].strip(PADDING)
    return text


def _check_header(file: str, table: str, header: list[str], rows: list[list[str]]) -> None:
    known = list(TABLES.get(table, ()))
    problems = [
        Problem(file, 1, "", name, "is the name of two columns", "rename or delete one")
        for name, count in Counter(header).items()
        if name and count > 1
    ]
    for place, name in enumerate(header):
        if not name and any(len(cells) > place and cells[place].strip(PADDING) for cells in rows):
            message = f"column {place + 1} has cells but no name"
            problems.append(Problem(file, 1, "", "", message, "name it or delete it"))
    for column in known:
        if column not in header and column not in OPTIONAL[table]:
            near = difflib.get_close_matches(column, [h for h in header if h not in known], n=1)
            remedy = f"is '{near[0]}' meant for it?" if near else "add it to the header"
            problems.append(Problem(file, 1, "", column, "is missing from the header", remedy))
    if problems:
        raise InputError(problems)
