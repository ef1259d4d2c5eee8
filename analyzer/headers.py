"""What can be wrong with the columns of a table as a whole."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence

from analyzer.cells import PADDING
from analyzer.errors import InputError, Problem
from analyzer.model import OPTIONAL, TABLES

MOST_COLUMNS = 16_384  # of a spreadsheet; a table with more has lost its line ends


def check_width(file: str, columns: int) -> None:
    """Refuse a table that is too wide to be one, before anything else is done with it."""
    if columns > MOST_COLUMNS:
        message = f"has {columns:,} columns, more than {MOST_COLUMNS:,}"
        remedy = "look for rows that stand side by side, or for line ends that were lost"
        raise InputError([Problem(file, 0, "", "", message, remedy)])


def check_header(
    file: str, table: str, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """Refuse names that stand twice or are missing, and cells in a column without a name.

    Parameters
    ----------
    table : str
        A key of `model.TABLES`, or "" for a table of any columns.
    header : sequence of str
        Cleaned names.
    rows : sequence of sequence of str
        The cells under them.

    Raises
    ------
    InputError
        With all that is wrong.
    """
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
