"""Linear programs, small and many: the solver within scipy, without what its front end costs.

`linprog` checks, copies and converts for longer than the solver works on a small program. The
solver itself is asked in the very way in which `linprog` asks it, so that its answers are the same
to the last bit; but it is no documented part of scipy. Where it isn't found as it is known here,
or gives an answer that isn't plain, `linprog` is asked.
"""

from __future__ import annotations

from functools import cache
from threading import get_ident
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from analyzer.arrays import Floats
from analyzer.system.table import Table

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


class _Program(NamedTuple):
    """What is asked, see `minimize`."""

    price: Floats
    matrix: sparse.csr_array | Table
    bounds: Floats
    low: Floats
    high: Floats
    presolve: bool


NOTHING = np.zeros(0)


def minimize(
    price: Floats,
    matrix: sparse.csr_array | Table,
    bounds: Floats,
    low: Floats,
    high: Floats,
    *,
    presolve: bool = True,
) -> Answer:
    """The figures of the smallest price with `matrix @ x >= bounds` and `low <= x <= high`.

    Parameters
    ----------
    presolve : bool
        Whether the program is reduced before it is solved. Of several answers another may come of
        it, and small programs are solved faster without.
    """
    program = _Program(price, matrix, bounds, low, high, presolve)
    answer = _directly(program) if solver is not None else None
    return _by_linprog(program) if answer is None else answer


def _by_linprog(program: _Program) -> Answer:
    price, matrix, bounds, low, high, presolve = program
    limits = np.column_stack([low, high])
    left = sparse.csr_array((-matrix.data, matrix.indices, matrix.indptr), shape=matrix.shape)
    options = {"presolve": presolve}
    found = linprog(price, left, -bounds, bounds=limits, method=METHOD, options=options)
    if found.status != SOLVED:
        return Answer(int(found.status), NOTHING, np.nan, NOTHING, found.message)
    return Answer(SOLVED, found.x, float(found.fun), -found.ineqlin.marginals)


def _directly(program: _Program) -> Answer | None:
    """The answer of the solver itself; None where it isn't one of those that are plain."""
    price, matrix, bounds, low, high, presolve = program
    try:
        asked, plain = _asked(get_ident(), presolve)
        rows, columns = matrix.shape
        asked.passModel(
            *(columns, rows, len(matrix.data)),
            *(int(solver.MatrixFormat.kRowwise), int(solver.ObjSense.kMinimize), 0.0),
            *(price, low, high, np.full(rows, -np.inf), -bounds),
            *(matrix.indptr, matrix.indices, -matrix.data),
            np.zeros(columns, dtype=np.int32),  # no column is whole
        )
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
def _asked(thread: int, presolve: bool) -> tuple[Any, dict[Any, int]]:
    """The solver of a thread with the options that `linprog` sets, and numbers of its plain ends.

    It is asked again and again, as one that is new costs as much as a small program; what it was
    asked before changes no answer.
    """
    ends = solver.HighsModelStatus
    options = solver.HighsOptions()
    options.presolve, options.solver = "on" if presolve else "off", "simplex"
    options.simplex_strategy = int(solver.simplex_constants.SimplexStrategy.kSimplexStrategyDual)
    options.highs_debug_level, options.log_to_console, options.output_flag = 0, False, False
    asked = solver._Highs()
    asked.passOptions(options)
    return asked, {ends.kOptimal: SOLVED, ends.kInfeasible: IMPOSSIBLE, ends.kUnbounded: ENDLESS}
