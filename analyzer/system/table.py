"""Rows of a sparse matrix as plain arrays: those asked about are small and many.

To cut rows out of a matrix of scipy takes longer than to solve what comes of it. A table bears the
names that scipy gives its arrays, so that what reads these takes either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from analyzer.arrays import Floats, Integers

Numbers = npt.NDArray[np.integer[Any]]  # of rows and columns, as narrow as the solver reads them


class Table(NamedTuple):
    """A sparse matrix: `data` and their columns `indices`, and where each row begins and ends."""

    indptr: Numbers
    indices: Numbers
    data: Floats
    shape: tuple[int, int]

    def dense(self) -> Floats:
        """All entries, also those that are 0."""
        entries = (self.data, self.indices, self.indptr)
        return np.asarray(sparse.csr_array(entries, self.shape).toarray())


def rows_of(matrix: sparse.csr_array | Table, rows: Numbers) -> Table:
    """Some rows of a matrix, in the given order."""
    starts = matrix.indptr[rows]
    sizes = matrix.indptr[rows + 1] - starts
    ends = _ends(sizes)
    at = np.repeat(starts - ends[:-1], sizes)
    at += np.arange(len(at), dtype=at.dtype)
    return Table(ends, matrix.indices[at], matrix.data[at], (len(rows), matrix.shape[1]))


def apart(tables: Sequence[Table]) -> Table:
    """One table in which each of these has rows and columns of its own."""
    starts = np.cumsum([0, *(one.shape[1] for one in tables)], dtype=np.int32)
    columns = [one.indices + start for one, start in zip(tables, starts[:-1], strict=True)]
    ends = _ends(np.concatenate([np.diff(one.indptr) for one in tables]))
    values = np.concatenate([one.data for one in tables])
    return Table(ends, np.concatenate(columns), values, (len(ends) - 1, int(starts[-1])))


def row_of_each(matrix: sparse.csr_array | Table) -> Integers:
    """The row of each entry."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def times(matrix: sparse.csr_array | Table, figures: Floats) -> Floats:
    """The sum of each row at these figures."""
    worth: Floats = matrix.data * figures[matrix.indices]
    sums = np.bincount(row_of_each(matrix), worth, minlength=matrix.shape[0])
    return sums.astype(np.float64, copy=False)


def renumbered(columns: Numbers, width: int) -> tuple[Numbers, Numbers]:
    """The distinct columns in order, and the place of each one given among them."""
    named = np.zeros(width, dtype=np.bool_)
    named[columns] = True
    return np.flatnonzero(named), (np.cumsum(named, dtype=np.int32) - 1)[columns]


def tied(matrix: sparse.csr_array | Table) -> Integers:
    """The group of each row: rows that share a column, directly or through others, have one."""
    count, width = matrix.shape
    ends = np.append(matrix.indptr, np.full(width, len(matrix.indices)))  # columns tie nothing more
    graph = sparse.csr_array(
        (np.ones(len(matrix.indices)), count + matrix.indices, ends),
        shape=(count + width, count + width),
    )
    _, group = connected_components(graph, directed=False)
    return np.asarray(group[:count], dtype=np.int64)


def _ends(sizes: Numbers) -> Numbers:
    """Where rows of these sizes begin and end; as narrow as the solver reads them."""
    ends = np.zeros(len(sizes) + 1, dtype=np.int32)
    np.cumsum(sizes, out=ends[1:])
    return ends
