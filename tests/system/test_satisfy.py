"""Figures between bounds: found wherever there are some, and never where there are none."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import linprog
from systems import few

from analyzer.system.satisfy import crossing, narrowed, satisfying

numbers = st.lists(st.integers(-2, 2), min_size=3, max_size=3)
told_rows = st.lists(st.tuples(numbers.filter(any), st.integers(-6, 6)), min_size=1, max_size=6)


def read(told: list[tuple[list[int], int]]) -> tuple[sparse.csr_array, np.ndarray]:
    rows, bounds = zip(*told, strict=True)
    return sparse.csr_array(np.array(rows, dtype=float)), np.array(bounds, dtype=float)


@few
@given(told_rows)
def test_figures_are_found_where_linprog_finds_some(told: list[tuple[list[int], int]]) -> None:
    matrix, bounds = read(told)
    found = satisfying(matrix, bounds, 1e-6)
    exists = linprog(np.zeros(3), A_ub=-matrix, b_ub=-bounds).status == 0
    assert (found is not None) == exists
    assert found is None or (matrix @ found >= bounds - 1e-6).all()


@few
@given(told_rows)
def test_no_solution_in_whole_numbers_lies_outside(told: list[tuple[list[int], int]]) -> None:
    """Every one of 6 * 6 * 6 points that satisfies the rows is within the bounds."""
    matrix, bounds = read(told)
    low, high = narrowed(matrix, bounds)
    points = np.array(list(product(range(6), repeat=3)), dtype=float)
    holds = (points @ matrix.toarray().T >= bounds).all(axis=1)
    assert (low <= points[holds] + 1e-6).all()
    assert (high >= points[holds] - 1e-6).all()
    assert not (holds.any() and crossing(low, high).size)


def test_bounds_are_carried_along_until_they_cross() -> None:
    """At least 3, y >= x, z >= y: z is 3 or more, and can't be 2 or less."""
    rows = [([1, 0, 0], 3), ([-1, 1, 0], 0), ([0, -1, 1], 0)]
    low, high = narrowed(*read(rows))
    assert (low.tolist(), high.tolist()) == ([3, 3, 3], [np.inf] * 3)
    assert crossing(*narrowed(*read([*rows, ([0, 0, -1], -2)]))).tolist() == [0, 1, 2]
