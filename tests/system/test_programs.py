"""Linear programs: the solver itself answers as `linprog` does, to the last bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from systems import few

from analyzer.system import programs
from analyzer.system.programs import ENDLESS, IMPOSSIBLE, SOLVED, Answer, minimize

numbers = st.integers(-4, 4)


@st.composite
def asked(draw: st.DrawFn) -> tuple[np.ndarray, sparse.csr_array, np.ndarray, np.ndarray]:
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    table = draw(st.lists(numbers, min_size=rows * columns, max_size=rows * columns))
    price, bounds, high = (
        np.array(draw(st.lists(numbers, min_size=size, max_size=size)), dtype=float)
        for size in (columns, rows, columns)
    )
    matrix = sparse.csr_array(np.array(table, dtype=float).reshape(rows, columns))
    return price, matrix, bounds, np.where(high < 0, np.inf, high)


Program = tuple[np.ndarray, sparse.csr_array, np.ndarray, np.ndarray]


def answers(program: Program, presolve: bool) -> tuple[Answer, Answer]:
    price, matrix, bounds, high = program
    asked = (price, matrix, bounds, np.zeros(len(price)), high)
    whole = programs._Program(*asked, presolve)
    return minimize(*asked, presolve=presolve), programs._by_linprog(whole)


@few
@given(asked(), st.booleans())
def test_the_solver_itself_answers_as_linprog(program: Program, presolve: bool) -> None:
    direct, slow = answers(program, presolve)
    assert direct.status == slow.status
    assert direct.status in (SOLVED, IMPOSSIBLE, ENDLESS)
    np.testing.assert_array_equal(direct.figures, slow.figures)
    np.testing.assert_array_equal(direct.multipliers, slow.multipliers)
    np.testing.assert_array_equal(direct.value, slow.value)


def test_the_solver_itself_is_found_in_this_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "linprog", None)
    one = np.ones(1)
    found = minimize(one, sparse.csr_array([[1.0]]), 3 * one, 0 * one, 9 * one)
    assert (found.value, found.multipliers.tolist()) == (3, [1])


@pytest.mark.parametrize("solver", [None, object()])
def test_without_it_linprog_is_asked(solver: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "solver", solver)
    programs._asked.cache_clear()
    one = np.ones(1)
    found = minimize(one, sparse.csr_array([[1.0]]), 3 * one, 0 * one, 9 * one)
    programs._asked.cache_clear()
    assert (found.value, found.multipliers.tolist()) == (3, [1])
