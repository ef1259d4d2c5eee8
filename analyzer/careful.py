"""The careful way to read a CSV: row by row, telling what is wrong with each."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pandas as pd

from analyzer.cells import LARGEST_CELL, PADDING, clean
from analyzer.errors import InputError, Problem
from analyzer.headers import check_header, check_width

SAVE_AS = "save it as CSV UTF-8 (comma delimited)"


def careful_cells(file: str, table: str, text: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Row by row, for files with anything that needs care; tells what is wrong with each."""
    rows = _rows(file, text)
    if not rows:
        raise InputError([Problem(file, 0, "", "", "is empty", "give it a header row")])
    header = [clean(cell) for cell in rows[0][1]]
    check_header(file, table, header, [cells for _, cells in rows[1:]])
    problems: list[Problem] = []
    kept: list[tuple[int, list[str]]] = []
    for line, raw in rows[1:]:
        cells = [clean(cell) for cell in raw]
        if not any(cells):
            continue
        if len(cells) > len(header):
            message = f"has {len(cells)} cells where the header has {len(header)}"
            remedy = 'put a figure or a text that holds a comma in quotes, as "1,139"'
            problems.append(Problem(file, line, "", "", message, remedy))
            continue
        cells = (cells + [""] * len(header))[: len(header)]
        if count := rows_within(cells):
            problems.append(swallowed(file, line, count))
            continue
        kept.append((line, cells))
    lines = pd.Index([line for line, _ in kept], dtype="int64")
    frame = pd.DataFrame(
        [cells for _, cells in kept], columns=pd.Index(header), index=lines, dtype="str"
    )
    return frame[[name for name in header if name]], problems


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
                if not rows:
                    check_width(file, len(cells))
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        remedy = "look for a quote that is not closed, or not doubled within a cell"
        raise InputError([Problem(file, line, "", "", f"is no CSV: {error}", remedy)]) from error
    return rows


def rows_within(cells: Sequence[str]) -> int:
    """Lines within one cell that look like rows of the table."""
    lines = [line for cell in cells for line in cell.split("\n")[1:]]
    return sum(line.count(",") >= len(cells) // 2 for line in lines)


def swallowed(file: str, line: int, count: int) -> Problem:
    """The problem of a row that holds further rows."""
    message = f"holds {count} more rows within one cell"
    return Problem(file, line, "", "", message, "look for a quote that is opened and not closed")
