"""Blocks of a matrix that share no row and no column: cut out, set side by side, told apart.

From the arrays of the matrices, since those asked about are small and many: the general ways of
scipy take longer than to solve what comes of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from analyzer.arrays import Integers


def some_of(matrix: sparse.csr_array, rows: Integers, columns: Integers) -> sparse.csr_array:
    """Rows of a matrix, of which all columns are among the given ones, which are in order."""
    taken = matrix[rows]
    places = np.searchsorted(columns, taken.indices)
    shape = (len(rows), len(columns))
    return sparse.csr_array((taken.data, places, taken.indptr), shape=shape)


def side_by_side(matrices: Sequence[sparse.csr_array]) -> sparse.csr_array:
    """One matrix in which each of these has rows and columns of its own."""
    starts = np.cumsum([0, *(one.shape[1] for one in matrices)])
    shifted = [one.indices + start for one, start in zip(matrices, starts[:-1], strict=True)]
    lengths = np.concatenate([np.diff(one.indptr) for one in matrices])
    values = np.concatenate([one.data for one in matrices])
    rows = np.append(0, np.cumsum(lengths))
    shape = (len(lengths), int(starts[-1]))
    return sparse.csr_array((values, np.concatenate(shifted), rows), shape=shape)


def tied(starts: Integers, columns: Integers) -> tuple[int, Integers]:
    """How many groups of rows share columns, and the group of each; by first row.

    Row `i` has the columns `columns[starts[i]:starts[i + 1]]`.
    """
    rows = len(starts) - 1
    nodes = rows + int(columns.max(initial=-1)) + 1
    ends = np.append(starts, np.full(nodes - rows, len(columns)))
    ties = sparse.csr_array((np.ones(len(columns)), rows + columns, ends), shape=(nodes, nodes))
    count, group = connected_components(ties, directed=False)
    return count, group[:rows]
