"""Bounds of every place at once: never narrower than what the rows allow."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from systems import few

from analyzer.system.propagate import Ranges, behind, propagate


def ranges(rows: list[list[float]], bounds: list[float]) -> tuple[sparse.csr_array, Ranges]:
    matrix = sparse.csr_array(np.array(rows, dtype=float))
    return matrix, propagate(matrix, np.array(bounds, dtype=float))


def test_a_bound_is_carried_along_a_chain() -> None:
    """At least 3, y >= x, z >= y, z <= 9: each of them is 3 to 9."""
    rows = [[1, 0, 0], [-1, 1, 0], [0, -1, 1], [0, 0, -1]]
    _, found = ranges(rows, [3, 0, 0, -9])
    assert found.low.tolist() == [3, 3, 3]
    assert found.high.tolist() == [9, 9, 9]


def test_what_nothing_bounds_is_0_or_more() -> None:
    _, found = ranges([[1, -1]], [0])
    assert (found.low.tolist(), found.high.tolist()) == ([0, 0], [np.inf, np.inf])
    assert (found.low_row.tolist(), found.high_row.tolist()) == ([-1, -1], [-1, -1])


def test_one_endless_term_of_a_sum_is_bounded_by_the_others() -> None:
    """With x = y + z, y = 4 and z <= 3: x is 4 to 7; without z nothing bounds it from above."""
    rows = [[1, -1, -1], [-1, 1, 1], [0, 1, 0], [0, -1, 0], [0, 0, -1]]
    _, found = ranges(rows, [0, 0, 4, -4, -3])
    assert (found.low[0], found.high[0]) == (4, 7)
    _, found = ranges(rows[:-1], [0, 0, 4, -4])
    assert (found.low[0], found.high[0]) == (4, np.inf)


def test_factors_are_divided_by() -> None:
    """2 x >= 7 and 3 x <= 15."""
    _, found = ranges([[2], [-3]], [7, -15])
    assert (found.low[0], found.high[0]) == (3.5, 5)


def test_rows_that_nothing_satisfies_cross() -> None:
    _, found = ranges([[1], [-1]], [5, -4])
    assert found.low[0] > found.high[0]


def test_a_circle_of_rows_comes_to_an_end() -> None:
    """With x >= y / 2 + 1 and y >= x both creep up to 2 and stop short of it by next to nothing."""
    _, found = ranges([[1, -0.5], [-1, 1]], [1, 0])
    assert found.low == pytest.approx([2, 2], abs=1e-5)
    assert (found.low <= 2 + 1e-12).all()


def test_a_bound_names_the_rows_that_it_rests_on() -> None:
    """The 3 of z comes from rows 0, 1 and 2, the 9 of x from rows 3, 2 and 1."""
    matrix, found = ranges([[1, 0, 0], [-1, 1, 0], [0, -1, 1], [0, 0, -1]], [3, 0, 0, -9])
    assert behind(matrix, found, 2, True) == {0, 1, 2}
    assert behind(matrix, found, 0, False) == {1, 2, 3}
    assert behind(matrix, found, 0, True) == {0}


numbers = st.lists(st.integers(-2, 2), min_size=3, max_size=3)


@few
@given(st.lists(st.tuples(numbers, st.integers(-6, 6)), min_size=1, max_size=6))
def test_no_solution_in_whole_numbers_lies_outside(told: list[tuple[list[int], int]]) -> None:
    """Every one of 6 * 6 * 6 points that satisfies the rows is within the bounds."""
    rows, bounds = [row for row, _ in told], [bound for _, bound in told]
    _, found = ranges([list(map(float, row)) for row in rows], list(map(float, bounds)))
    for point in product(range(6), repeat=3):
        sums = (sum(a * x for a, x in zip(row, point, strict=True)) for row in rows)
        if all(total >= bound for total, bound in zip(sums, bounds, strict=True)):
            assert (found.low <= np.array(point) + 1e-5).all()
            assert (found.high >= np.array(point) - 1e-5).all()
