"""The fast way to read a CSV: for files without anything that needs care, all columns at once.

A scan of the bytes decides. It counts on three things that are looked up for all quotes and line
ends together: every quote opens at the start of a cell, closes at its end or is doubled; every
row has one cell for each name in the header; no row is longer than the largest cell. Whatever
is not plain in this sense is left to the careful reader in `read`, which names what is wrong.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from analyzer.careful import rows_within, swallowed
from analyzer.cells import (
    LARGEST_CELL,
    PADDING,
    TEXT,
    clean,
    clean_column,
    filled_rows,
    to_frame,
)
from analyzer.errors import Problem
from analyzer.headers import check_header, check_width

Positions = np.ndarray[Any, np.dtype[np.int64]]
Bytes = np.ndarray[Any, np.dtype[np.uint8]]

QUOTE, COMMA, NEWLINE, RETURN = b'",\n\r'
PIECE = 1 << 24  # bytes that are looked through, and parsed, at a time


@dataclass(frozen=True, slots=True)
class _Plain:
    """The cells of a plain file as they stand in it, `header` cleaned.

    Attributes
    ----------
    lines : ndarray of int
        The line that each row starts on, the header being line 1.
    several : bool
        Whether a cell holds more than one line.
    """

    header: list[str]
    columns: list[pa.Array]
    lines: Positions
    several: bool


def plain_cells(
    file: str, table: str, data: bytes, start: int = 0
) -> tuple[pd.DataFrame, list[Problem]] | None:
    """Read a CSV if it is plain.

    Parameters
    ----------
    file, table : str
        Its path, as the user knows it, and a key of `model.TABLES` or "".
    data : bytes
        UTF-8 from `start` on.

    Returns
    -------
    frame, problems, or None
        What `careful.careful_cells` gives for the file; None where it is not plain.

    Raises
    ------
    InputError
        When the header is not usable.
    """
    plain = _read_plain(data, start)
    if plain is None:
        return None
    check_width(file, len(plain.header))
    pairs = zip(plain.header, plain.columns, strict=True)
    if filled_rows([pc.utf8_trim(column, PADDING) for name, column in pairs if not name]).any():
        return None
    check_header(file, table, plain.header, [])
    columns, lines = [clean_column(column) for column in plain.columns], plain.lines
    filled = filled_rows(columns)
    if not filled.all():
        lines, columns = lines[filled], [column.filter(pa.array(filled)) for column in columns]
    bad = _swallowing(file, columns, lines) if plain.several else {}
    frame = to_frame(plain.header, columns, lines)
    frame = frame[[name for name in plain.header if name]]
    return (frame.drop(index=list(bad)) if bad else frame), list(bad.values())


def _swallowing(file: str, columns: list[pa.Array], lines: Positions) -> dict[int, Problem]:
    """Problems of rows that hold further rows within a cell, by the line of the row."""
    several = np.zeros(len(lines), dtype=bool)
    for column in columns:
        several |= pc.match_substring(column, "\n").to_numpy(zero_copy_only=False)
    places = np.flatnonzero(several)
    rows = zip(*(column.take(pa.array(places)).to_pylist() for column in columns), strict=True)
    return {
        int(line): swallowed(file, int(line), count)
        for line, cells in zip(lines[places], rows, strict=True)
        if (count := rows_within(cells))
    }


def _read_plain(data: bytes, start: int = 0) -> _Plain | None:
    """Read a CSV, UTF-8 from `start` on, if it is plain; else None."""
    if b"\0" in data or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n")):
        return None
    end = data.find(b"\n", start)
    header = _header(data[start:end]) if end >= 0 else None
    if header is None:
        return None
    body = np.frombuffer(data, np.uint8)[end + 1 :]
    rows = _row_lines(body)
    if rows is None:
        return None
    lines, several = rows
    options = pa.csv.ReadOptions(
        column_names=[str(place) for place in range(len(header))], block_size=PIECE
    )
    as_text = pa.csv.ConvertOptions(
        column_types=dict.fromkeys(options.column_names, TEXT), strings_can_be_null=False
    )
    split = pa.csv.ParseOptions(newlines_in_values=several)
    try:
        table = pa.csv.read_csv(pa.py_buffer(data)[end + 1 :], options, split, as_text)
    except pa.ArrowInvalid:  # rows of another length, or bytes that are not UTF-8
        return None
    if len(table) != len(lines):
        return None
    columns = [_whole(column) for column in table.columns]
    return _Plain(header, columns, lines, several)


def _header(line: bytes) -> list[str] | None:
    """Names of the columns, where the first line is a plain header."""
    if b"," not in line or len(line) > LARGEST_CELL:
        return None
    try:
        cells = next(csv.reader([line.decode().removesuffix("\r")], strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    return [clean(cell) for cell in cells] if any(cell.strip(PADDING) for cell in cells) else None


def _row_lines(body: Bytes) -> tuple[Positions, bool] | None:
    """Lines on which the rows start, and whether any of them goes over several lines."""
    newlines, quotes = _positions(body, NEWLINE), _positions(body, QUOTE)
    if not _paired(body, quotes):
        return None
    outside = np.searchsorted(quotes, newlines) % 2 == 0
    ends = newlines[outside]
    starts = np.concatenate([[0], ends + 1])
    lines = np.concatenate([[2], np.flatnonzero(outside) + 3])
    ends = np.append(ends, len(body))
    length = ends - starts
    if length.max() > LARGEST_CELL:
        return None
    bare = length == 1
    bare[bare] = body[starts[bare]] == RETURN
    filled = (length > 0) & ~bare
    return lines[filled], not bool(outside.all())


def _positions(body: Bytes, byte: int) -> Positions:
    """Where a byte stands; in pieces, so that a large file needs no mask of its size."""
    found = [
        np.flatnonzero(body[place : place + PIECE] == byte) + place
        for place in range(0, len(body), PIECE)
    ]
    return np.concatenate([np.empty(0, np.int64), *found])


def _paired(body: Bytes, quotes: Positions) -> bool:
    """Whether quotes stand only around whole cells, and doubled within them."""
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    before = body[opening[opening > 0] - 1]
    after = body[closing[closing < len(body) - 1] + 1]
    return bool(
        np.isin(before, (COMMA, NEWLINE, QUOTE)).all()
        and np.isin(after, (COMMA, NEWLINE, RETURN, QUOTE)).all()
    )


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
