"""The nearest figures that satisfy linear inequalities."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from systems import few

from analyzer.system.nearest import nearest

numbers = st.integers(-3, 3).map(float)
rows = st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=1, max_size=4)
figures = st.lists(st.integers(0, 20).map(float), min_size=3, max_size=3)
weights = st.lists(st.sampled_from([0.1, 1.0, 4.0]), min_size=3, max_size=3)


def cost(weights: list[float], start: list[float], point: np.ndarray) -> float:
    return float((np.array(weights) * (point - np.array(start)) ** 2).sum())


@few
@given(rows, figures, figures, weights, st.lists(figures, min_size=5, max_size=5))
def test_it_satisfies_the_rows_and_no_other_point_that_does_is_nearer(
    told: list[list[float]],
    inside: list[float],
    start: list[float],
    weight: list[float],
    others: list[list[float]],
) -> None:
    """Bounds are drawn so that `inside` satisfies them; points between it and others are tried."""
    matrix = np.array(told)
    bounds = matrix @ np.array(inside) - 1
    found = nearest(matrix, bounds, np.array(start), np.array(weight))
    assert (matrix @ found >= bounds - 1e-6).all()
    best = cost(weight, start, found)
    for other in [inside, start, *others]:
        for share in (0, 0.01, 0.25, 0.5, 1):
            point = found + share * (np.array(other) - found)
            if (matrix @ point >= bounds).all():
                assert cost(weight, start, point) >= best - 1e-6 * max(best, 1)


@few
@given(rows, figures, figures, weights, st.sampled_from([1e3, 1e6, 1e9]))
def test_figures_that_are_all_larger_move_by_so_much_more(
    told: list[list[float]],
    inside: list[float],
    start: list[float],
    weight: list[float],
    scale: float,
) -> None:
    matrix = np.array(told)
    bounds = matrix @ np.array(inside)
    small = nearest(matrix, bounds, np.array(start), np.array(weight))
    large = nearest(matrix, bounds * scale, np.array(start) * scale, np.array(weight))
    assert large / scale == pytest.approx(small, abs=1e-6)


def test_a_figure_without_weight_takes_all_of_the_move() -> None:
    """4 + 5 + x = 20 with an x that nobody gives: 11."""
    matrix = np.array([[1.0, 1.0, 1.0], [-1.0, -1.0, -1.0]])
    found = nearest(
        matrix, np.array([20.0, -20.0]), np.array([4.0, 5.0, 0.0]), np.array([1.0, 1.0, 1e-9])
    )
    assert found == pytest.approx((4, 5, 11), abs=1e-6)
