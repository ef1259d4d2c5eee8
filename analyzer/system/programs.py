"""Linear programs, small and many: the solver within scipy, without what its front end costs.

`linprog` checks, copies and converts for longer than the solver works on a small program. The
solver itself is asked in the very way in which `linprog` asks it, so that its answers are the same
to the last bit; but it is no documented part of scipy. Where it isn't found as it is known here,
or gives an answer that isn't plain, `linprog` is asked.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from analyzer.arrays import Floats

try:
    from scipy.optimize._highspy import _core as solver
except ImportError:
    solver = None

METHOD = "highs-ds"  # dual simplex: its answers are corners, so few rows carry a proof
SOLVED, IMPOSSIBLE, ENDLESS = 0, 2, 3  # as `linprog` numbers them


class Answer(NamedTuple):
    """How a program ended; `figures`, `value` and `multipliers` of rows only if it was solved."""

    status: int
    figures: Floats
    value: float
    multipliers: Floats
    message: str = ""


NOTHING = np.zeros(0)


def minimize(
    price: Floats, matrix: sparse.csr_array, bounds: Floats, low: Floats, high: Floats
) -> Answer:
    """The figures of the smallest price with `matrix @ x >= bounds` and `low <= x <= high`."""
    answer = _directly(price, matrix, bounds, low, high) if solver is not None else None
    return _by_linprog(price, matrix, bounds, low, high) if answer is None else answer


def _by_linprog(
    price: Floats, matrix: sparse.csr_array, bounds: Floats, low: Floats, high: Floats
) -> Answer:
    limits = np.column_stack([low, high])
    found = linprog(price, A_ub=-matrix, b_ub=-bounds, bounds=limits, method=METHOD)
    if found.status != SOLVED:
        return Answer(int(found.status), NOTHING, np.nan, NOTHING, found.message)
    return Answer(SOLVED, found.x, float(found.fun), -found.ineqlin.marginals)


def _directly(
    price: Floats, matrix: sparse.csr_array, bounds: Floats, low: Floats, high: Floats
) -> Answer | None:
    """The answer of the solver itself; None where it isn't one of those that are plain."""
    try:
        plain, options = _known()
        asked = solver._Highs()
        asked.passOptions(options)
        asked.passModel(_model(price, matrix, bounds, low, high))
        asked.run()
        status = plain.get(asked.getModelStatus())
        if status is None:
            return None
        if status != SOLVED:
            return Answer(status, NOTHING, np.nan, NOTHING)
        found, value = asked.getSolution(), asked.getInfo().objective_function_value
        return Answer(status, np.array(found.col_value), float(value), -np.array(found.row_dual))
    except (AttributeError, TypeError):  # another version of scipy
        return None


@cache
def _known() -> tuple[dict[Any, int], Any]:
    """Numbers of the plain ends of the solver, and the options that `linprog` sets."""
    ends = solver.HighsModelStatus
    options = solver.HighsOptions()
    options.presolve, options.solver = "on", "simplex"
    options.simplex_strategy = int(solver.simplex_constants.SimplexStrategy.kSimplexStrategyDual)
    options.highs_debug_level, options.log_to_console, options.output_flag = 0, False, False
    plain = {ends.kOptimal: SOLVED, ends.kInfeasible: IMPOSSIBLE, ends.kUnbounded: ENDLESS}
    return plain, options


def _model(
    price: Floats, matrix: sparse.csr_array, bounds: Floats, low: Floats, high: Floats
) -> Any:
    model = solver.HighsLp()
    table = model.a_matrix_
    rows, columns = matrix.shape
    model.num_row_, model.num_col_ = table.num_row_, table.num_col_ = rows, columns
    model.col_cost_, model.col_lower_, model.col_upper_ = price, low, high
    model.row_lower_, model.row_upper_ = np.full(rows, -solver.kHighsInf), -bounds
    table.format_ = solver.MatrixFormat.kRowwise
    table.start_, table.index_, table.value_ = matrix.indptr, matrix.indices, -matrix.data
    return model
