"""Columns of a Parquet file as text, where that loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analyzer.cells import LARGEST_CELL, TEXT, clean_column, filled_rows, to_frame
from analyzer.errors import InputError, Problem
from analyzer.headers import check_header, check_width
from analyzer.model import TABLES

AS_TEXT = "write it as text, worded as on the page"


class ColumnError(ValueError):
    """A column that can't be turned into text; the message says why, `remedy` what to do."""

    def __init__(self, message: str, remedy: str = AS_TEXT) -> None:
        super().__init__(message)
        self.remedy = remedy


def parquet_cells(file: str, table: str, data: bytes) -> pd.DataFrame:
    """The known columns of a Parquet file as text, cleaned as those of a CSV.

    Returns
    -------
    DataFrame
        The index is the line that each row would stand on in a CSV with one line a row.

    Raises
    ------
    InputError
        When it is no Parquet file, when its header is not usable, and with every column that
        can't be turned into text without loss.
    """
    source, known = open_cells(file, table, pa.py_buffer(data))
    with readable(file):
        read = source.read(columns=known)
    return text_cells(file, read, 2)


def open_cells(file: str, table: str, where: Any) -> tuple[Any, list[str]]:
    """An opened Parquet file (a path or a buffer), and its columns that the table knows.

    Raises
    ------
    InputError
        When it is no Parquet file, and when its header is not usable.
    """
    from pyarrow import parquet  # slow to import, and seldom needed

    with readable(file):
        source = parquet.ParquetFile(where)
        header = list(source.schema_arrow.names)
    check_width(file, len(header))
    check_header(file, table, header, [])
    return source, [name for name in header if name in TABLES[table]]


@contextmanager
def readable(file: str) -> Iterator[None]:
    """Turn what Parquet's reader raises into one problem of the file."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        reason = str(error).split("\n", 1)[0]
        problem = Problem(file, 0, "", "", f"is no Parquet file: {reason}", "write it anew")
        raise InputError([problem]) from error


def text_cells(file: str, read: pa.Table, first: int) -> pd.DataFrame:
    """Columns as clean text; the index counts the rows from `first` on, empty ones are left out.

    Raises
    ------
    InputError
        With every column that can't be turned into text without loss, or has too long a cell.
    """
    columns: list[pa.Array] = []
    problems: list[Problem] = []
    for name in read.column_names:
        try:
            columns.append(clean_column(as_text(read.column(name))))
            problems += _too_long(file, name, columns[-1], first)
        except ColumnError as error:
            problems.append(Problem(file, 0, name, "", str(error), error.remedy))
    if problems:
        raise InputError(problems)
    filled = filled_rows(columns)
    frame = to_frame(read.column_names, columns, np.arange(len(filled)) + first)
    return frame if filled.all() else frame[filled]


def _too_long(file: str, name: str, column: pa.Array, first: int) -> list[Problem]:
    """The first cell that is longer than any figure or note."""
    lengths = pc.utf8_length(column).to_numpy(zero_copy_only=False)
    if not len(lengths) or lengths.max() <= LARGEST_CELL:
        return []
    place = int((lengths > LARGEST_CELL).argmax())
    message = f"has {int(lengths[place]):,} characters, more than {LARGEST_CELL:,}"
    return [Problem(file, place + first, name, "", message, "shorten it")]


def as_text(column: pa.ChunkedArray) -> pa.Array:
    """Texts as they are, whole numbers in digits, days in ISO form, "" where nothing is given.

    Raises
    ------
    ColumnError
        For numbers with a fraction and times of day, whose wording is lost, and for all other
        types; for text that is not UTF-8.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if pa.types.is_timestamp(kind):
        column = _days(column)
    elif not (_is_text(kind) or _is_plain(kind)):
        raise ColumnError(f"holds values of the type {kind}, which have no wording")
    try:
        texts = column.cast(TEXT)
        texts.validate(full=True)
    except pa.ArrowInvalid as error:
        raise ColumnError("holds text that is not UTF-8", "write it as UTF-8 text") from error
    filled = pc.fill_null(texts, "")
    whole: pa.Array = filled.combine_chunks() if filled.num_chunks != 1 else filled.chunk(0)
    return whole


def _is_text(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_plain(kind: pa.DataType) -> bool:
    """Types of which each value has one written form."""
    return bool(pa.types.is_null(kind) or pa.types.is_integer(kind) or pa.types.is_date(kind))


def _days(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Days that were written as times, as pandas does; a time of day would be lost."""
    if column.type.tz is not None:
        raise ColumnError("holds times of a time zone", "write days, as 2025-01-22")
    days = column.cast(pa.date32(), safe=False)
    if not pc.all(pc.equal(days.cast(column.type), column), min_count=0).as_py():
        raise ColumnError("holds times of day", "write days, as 2025-01-22")
    return days
