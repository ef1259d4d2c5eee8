"""Rows as plain arrays: the same entries as a matrix of scipy has."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from systems import few

from analyzer.system.table import apart, renumbered, rows_of, tied, times

WIDTH = 5
lines = st.lists(st.integers(-2, 2), min_size=WIDTH, max_size=WIDTH)
tables = st.lists(lines, min_size=1, max_size=6)


def matrix_of(lines: list[list[int]]) -> sparse.csr_array:
    return sparse.csr_array(np.array(lines, dtype=float).reshape(len(lines), WIDTH))


@few
@given(tables, st.data())
def test_rows_are_taken_in_the_order_asked_for(lines: list[list[int]], data: st.DataObject) -> None:
    rows = np.array(data.draw(st.lists(st.integers(0, len(lines) - 1))), dtype=np.int64)
    taken = rows_of(matrix_of(lines), rows)
    np.testing.assert_array_equal(taken.dense(), np.array(lines, dtype=float)[rows])
    figures = np.arange(WIDTH, dtype=float)
    np.testing.assert_array_equal(times(taken, figures), taken.dense() @ figures)


@few
@given(st.lists(tables, min_size=1, max_size=3))
def test_tables_apart_share_no_row_and_no_column(several: list[list[list[int]]]) -> None:
    taken = [rows_of(matrix_of(lines), np.arange(len(lines))) for lines in several]
    expected = sparse.block_diag([one.dense() for one in taken]).toarray()
    np.testing.assert_array_equal(apart(taken).dense(), expected)


def test_columns_are_renumbered_in_their_order() -> None:
    distinct, places = renumbered(np.array([7, 2, 7, 5]), 9)
    assert (distinct.tolist(), places.tolist()) == ([2, 5, 7], [2, 0, 2, 1])


@few
@given(tables)
def test_rows_that_share_a_column_are_tied(lines: list[list[int]]) -> None:
    table = rows_of(matrix_of(lines), np.arange(len(lines)))
    label = tied(table)
    shared = (table.dense() != 0).astype(int)
    _, expected = connected_components(shared @ shared.T, directed=False)
    same = np.equal.outer(label, label)
    np.testing.assert_array_equal(same, np.equal.outer(expected, expected))
