"""Figures that satisfy linear inequalities, if there are any: no price, no multipliers.

Most questions about claims are answered "these can all hold". Rows of one place are bounds of it,
which the other rows make narrower; figures between these bounds often satisfy all rows, and bounds
that come to lie crosswise show that none do. The solver is asked about what is left.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from analyzer.arrays import Floats, Integers
from analyzer.system.programs import minimize
from analyzer.system.propagate import driven, terms_of
from analyzer.system.table import Table, rows_of, times

MEETING = 1e-7  # people: two bounds of one place that lie closer meet
ROUNDS = 8  # that are enough to see most bounds cross
STEP = 1e-6  # people: bounds that cross by less may be those of one figure
ROUNDING = 1e-9  # of a bound that others made


def satisfying(matrix: sparse.csr_array | Table, bounds: Floats, noise: float) -> Floats | None:
    """Figures x >= 0 with `matrix @ x >= bounds`.

    Parameters
    ----------
    noise : float
        What a row may be missed by.

    Returns
    -------
    array of float or None
        None where none were found: then there are none, or a row is missed by more than `noise`.
    """
    low, high, several = _boxed(matrix, bounds)
    if (low > high + MEETING).any():
        return None
    high = np.maximum(low, high)
    figures = low
    if several.size:
        left, right = rows_of(matrix, several), bounds[several]
        answer = minimize(np.zeros(len(low)), left, right, low, high, presolve=False)
        if answer.status:
            return None
        figures = answer.figures
    return figures if (times(matrix, figures) >= bounds - noise).all() else None


def narrowed(matrix: sparse.csr_array | Table, bounds: Floats) -> tuple[Floats, Floats]:
    """Bounds of each place, after a few rounds in which each row narrows its places.

    Of x with `matrix @ x >= bounds` and x >= 0; as `propagate`, for all blocks at once, whatever
    becomes of some of them.
    """
    low, high, several = _boxed(matrix, bounds)
    terms = terms_of(rows_of(matrix, several), bounds[several])
    columns, up = terms.columns, terms.values > 0
    for _ in range(ROUNDS if several.size else 0):
        told, known = driven(terms, low, high)
        raised = known & up & (told > low[columns])
        lowered = known & ~up & (told < high[columns])
        if not (raised.any() or lowered.any()):
            break
        np.maximum.at(low, columns[raised], told[raised])
        np.minimum.at(high, columns[lowered], told[lowered])
    return low, high


def crossing(low: Floats, high: Floats) -> Integers:
    """Places that have no figure, by more than rounding of numbers can add up to."""
    return np.flatnonzero(low > high + STEP + ROUNDING * np.abs(high))


def _boxed(matrix: sparse.csr_array | Table, bounds: Floats) -> tuple[Floats, Floats, Integers]:
    """Bounds of each place by the rows that speak of it alone, and all other rows."""
    single = np.diff(matrix.indptr) == 1
    at = matrix.indptr[:-1][single]
    columns, values = matrix.indices[at], matrix.data[at]
    ends, up = bounds[single] / values, values > 0
    low, high = np.zeros(matrix.shape[1]), np.full(matrix.shape[1], np.inf)
    np.maximum.at(low, columns[up], ends[up])
    np.minimum.at(high, columns[~up], ends[~up])
    return low, high, np.flatnonzero(~single)
