"""Bounds of every place at once: each row tightens its places until nothing moves any more.

Interval propagation (Benhamou & Granvilliers 2006, Handbook of Constraint Programming, chapter
16). What it gives is never too narrow; it can be too wide, which the solver then tells.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analyzer.arrays import Floats, Integers, Truths, begins
from analyzer.system.table import Numbers, Table, row_of_each

MOST_ROUNDS = 1_000  # a running total of so many days is walked once along its days
STEP = 1e-6  # a bound that moves by less stays


class Ranges(NamedTuple):
    """Bounds of each column, and the row that set each one last; -1 for none."""

    low: Floats
    high: Floats
    low_row: npt.NDArray[np.int64]
    high_row: npt.NDArray[np.int64]


class Terms(NamedTuple):
    """The entries of rows: number of the row, column, factor, and what the row must reach."""

    rows: Integers
    columns: Numbers
    values: Floats
    bounds: Floats


def terms_of(matrix: sparse.csr_array | Table, bounds: Floats) -> Terms:
    """Every entry of matrix @ x >= bounds."""
    rows = row_of_each(matrix)
    return Terms(rows, matrix.indices, matrix.data, bounds[rows])


def driven(terms: Terms, low: Floats, high: Floats) -> tuple[Floats, Truths]:
    """Where the row of each term drives the bound of its place, and whether it does.

    The other terms of the row are as large as they can be; it says nothing where one is endless.
    A positive factor raises the lower bound, a negative one lowers the upper.
    """
    rows, columns, values, bounds = terms
    most = values * np.where(values > 0, high[columns], low[columns])
    endless = np.isinf(most)
    finite = np.where(endless, 0.0, most)
    total = np.bincount(rows, finite)
    known = np.bincount(rows, endless)[rows] == endless
    return (bounds - (total[rows] - finite)) / values, known


def propagate(matrix: sparse.csr_array | Table, bounds: Floats) -> Ranges:
    """Bounds of x where matrix @ x >= bounds and x >= 0.

    Stops when a bound comes to lie above the other one: then nothing satisfies the rows.
    """
    terms = terms_of(matrix, bounds)
    rows, columns, up = terms.rows, terms.columns, terms.values > 0
    found = Ranges(
        low=np.zeros(matrix.shape[1]),
        high=np.full(matrix.shape[1], np.inf),
        low_row=np.full(matrix.shape[1], -1, dtype=np.int64),
        high_row=np.full(matrix.shape[1], -1, dtype=np.int64),
    )
    for _ in range(MOST_ROUNDS):
        ends, known = driven(terms, found.low, found.high)
        moved = _raise(found, columns, rows, ends, known & up, True)
        moved |= _raise(found, columns, rows, ends, known & ~up, False)
        if not moved or (found.low > found.high + STEP).any():
            break
    return found


def _raise(
    found: Ranges,
    columns: Numbers,
    rows: npt.NDArray[np.int64],
    ends: Floats,
    counted: npt.NDArray[np.bool_],
    lower: bool,
) -> bool:
    """Tighten the lower or the upper bounds by the strictest row of each column."""
    bound, by = (found.low, found.low_row) if lower else (found.high, found.high_row)
    sign = 1.0 if lower else -1.0
    better = counted & (sign * ends > sign * bound[columns] + STEP)
    if not better.any():
        return False
    order = np.lexsort((rows[better], -sign * ends[better], columns[better]))
    column, row, end = (part[better][order] for part in (columns, rows, ends))
    first = begins(column)
    bound[column[first]] = end[first]
    by[column[first]] = row[first]
    return True


def behind(matrix: sparse.csr_array | Table, found: Ranges, column: int, lower: bool) -> set[int]:
    """Rows that a bound rests on, directly or through the bounds that they use."""
    rows: set[int] = set()
    seen: set[tuple[int, bool]] = set()
    left = [(column, lower)]
    while left:
        place, low = left.pop()
        row = int((found.low_row if low else found.high_row)[place])
        if row < 0 or (place, low) in seen:
            continue
        seen.add((place, low))
        rows.add(row)
        own = slice(matrix.indptr[row], matrix.indptr[row + 1])
        others = zip(matrix.indices[own].tolist(), matrix.data[own].tolist(), strict=True)
        left += [(other, value < 0) for other, value in others if other != place]
    return rows
