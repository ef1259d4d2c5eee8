"""Systems that bounds alone decide."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import linprog
from systems import few

from analyzer.system.forest import is_forest
from analyzer.system.propagate import propagate

SUM, CHAIN = [1, -1, -1, 0], [0, 0, 1, -1]


def of(*rows: list[float]) -> bool:
    return is_forest(sparse.csr_array(np.array(rows, dtype=float)))


def negative(row: list[int]) -> list[float]:
    return [-one for one in row]


@pytest.mark.parametrize(
    ("rows", "tree"),
    [
        ([SUM, negative(SUM)], True),  # an equality
        ([SUM, CHAIN, [1, 0, 0, 0]], True),
        ([SUM, [0, 1, -1, 0]], False),  # two of the sum are tied once more
        ([SUM, [2, -1, -1, 0]], False),  # the same places, in another way
        ([CHAIN, [0, 1, -1, 0], [0, 1, 0, -1]], False),
    ],
)
def test_what_ties_places_once_is_a_forest(rows: list[list[float]], tree: bool) -> None:
    assert of(*rows) is tree


RANGE = st.tuples(st.integers(0, 20), st.integers(0, 10))


@few
@given(st.lists(RANGE, min_size=4, max_size=4))
def test_of_a_forest_the_bounds_are_those_of_the_solver(ranges: list[tuple[int, int]]) -> None:
    """A whole of two parts, one of which is at least a fourth figure; each with its own range."""
    ties = [SUM, negative(SUM), CHAIN]
    own = [row for column in np.eye(4) for row in (column, -column)]
    matrix = np.array([*ties, *own], dtype=float)
    bounds = [0.0, 0.0, 0.0]
    bounds += [end for low, width in ranges for end in (low, -low - width)]
    found = propagate(sparse.csr_array(matrix), np.array(bounds))
    for column in range(4):
        for sign, end in ((1.0, found.low[column]), (-1.0, found.high[column])):
            aim = sign * np.eye(4)[column]
            solved = linprog(aim, A_ub=-matrix, b_ub=-np.array(bounds), method="highs-ds")
            if (found.low > found.high).any():
                assert solved.status == 2
            else:
                assert solved.fun * sign == pytest.approx(end)
