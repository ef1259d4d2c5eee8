"""The only reader: files of a dossier to frames of text, with the line each row stands on.

Every cell stays text. What spreadsheets do to a CSV without changing its meaning is undone here
(byte-order mark, CRLF, padding, non-breaking spaces around a cell, quotes around a cell, empty
rows and columns, another order of columns); everything else that is not a plain comma-separated
UTF-8 table is a named error. A table may also be a Parquet file.
"""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from analyzer.careful import SAVE_AS, careful_cells
from analyzer.errors import InputError, Problem
from analyzer.model import TABLES
from analyzer.parquet import parquet_cells
from analyzer.plain import plain_cells

OPTIONAL_TABLES = ("identities", "corrections", "waivers")
BOM = b"\xef\xbb\xbf"


def shown_path(path: Path) -> str:
    """The path as the user typed it, or relative to the current folder."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def table_path(folder: Path, table: str) -> Path:
    """The file that holds a table: its CSV, or its Parquet file where there is no CSV."""
    text, parquet = folder / f"{table}.csv", folder / f"{table}.parquet"
    return parquet if os.path.lexists(parquet) and not os.path.lexists(text) else text


def read_text(path: Path, encoding: str = "utf-8") -> str:
    """Text of one file.

    Raises
    ------
    InputError
        When the file is missing, unreadable, or holds bytes that are not of the encoding.
    """
    return _decode(shown_path(path), _text_bytes(path), encoding)


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
        Encoding of a CSV file; never guessed.

    Returns
    -------
    frame : DataFrame
        The columns of `model.TABLES[table]` as text ("" where the file lacks an optional one)
        and `row`, the line that each row starts on; in a Parquet file, counted as if it were
        a CSV with one line a row.
    problems : list of Problem
        Rows that can't be split into cells; they are not in the frame.

    Raises
    ------
    InputError
        When the file as a whole is not usable.
    """
    path = table_path(folder, table)
    if path.suffix == ".parquet":
        if path.is_dir():
            only = "read it with `analyzer findings`, or write one file"
            raise InputError([Problem(shown_path(path), 0, "", "", "is a folder of files", only)])
        frame = parquet_cells(shown_path(path), table, _read_bytes(path))
        problems: list[Problem] = []
    elif os.path.lexists(folder / f"{table}.parquet"):
        both = f"stands beside {table}.parquet"
        raise InputError([Problem(shown_path(path), 0, "", "", both, "delete one of the two")])
    elif table in OPTIONAL_TABLES and not os.path.lexists(path):
        empty = pd.DataFrame(columns=pd.Index(list(TABLES[table])), dtype="str")
        return empty.assign(row=pd.Series(dtype="int64")), []
    else:
        frame, problems = _read_cells(path, encoding, table)
    columns = {
        column: frame[column] if column in frame else pd.Series("", frame.index, dtype="str")
        for column in TABLES[table]
    }
    whole = pd.DataFrame(columns, columns=pd.Index(list(TABLES[table])))
    return whole.assign(row=frame.index).reset_index(drop=True), problems


def read_cells(path: Path, encoding: str = "utf-8") -> tuple[pd.DataFrame, list[Problem]]:
    """Read any CSV: all its columns as text, the index being the line of each row.

    Raises
    ------
    InputError
        When the file as a whole is not usable.
    """
    return _read_cells(path, encoding, "")


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", "") or str(error)).lower()
        problem = Problem(shown_path(path), 0, "", "", f"can't be read: {reason}", "check it")
        raise InputError([problem]) from error


def _text_bytes(path: Path) -> bytes:
    """Bytes of a file that is not seen at once to hold something else than text."""
    data = _read_bytes(path)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:2] == b"PK":
        what = "is a spreadsheet, not a CSV" if data[:2] == b"PK" else "is UTF-16 text"
        raise InputError([Problem(shown_path(path), 0, "", "", what, SAVE_AS)])
    return data


def _decode(file: str, data: bytes, encoding: str) -> str:
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


def _read_cells(path: Path, encoding: str, table: str) -> tuple[pd.DataFrame, list[Problem]]:
    """One CSV, by the fast way where it is plain; both ways give the same."""
    file = shown_path(path)
    data = _text_bytes(path)
    if encoding == "utf-8":
        found = plain_cells(file, table, data, len(BOM) if data.startswith(BOM) else 0)
    else:  # what is no text even so is not UTF-8 either, and goes the careful way
        text = _decode(file, data, encoding)
        found = plain_cells(file, table, text.encode("utf-8", "surrogatepass"))
    return found or careful_cells(file, table, _decode(file, data, encoding))
