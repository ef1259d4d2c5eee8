"""Figures that satisfy linear inequalities, if there are any: no price, no multipliers.

Most questions about claims are answered "these can all hold". Rows of one place then are bounds of
it, and the solver throws nearly everything out before it begins.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from analyzer.arrays import Floats
from analyzer.system.programs import minimize

MEETING = 1e-7  # people: two bounds of one place that lie closer meet


def satisfying(matrix: sparse.csr_array, bounds: Floats, noise: float) -> Floats | None:
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
        answer = minimize(np.zeros(len(low)), matrix[several], bounds[several], low, high)
        if answer.status:
            return None
        figures = answer.figures
    kept = bool((matrix @ figures >= bounds - noise).all())
    return figures if kept else None


def _boxed(
    matrix: sparse.csr_array, bounds: Floats
) -> tuple[Floats, Floats, np.ndarray[tuple[int], np.dtype[np.intp]]]:
    """Bounds of each place by the rows that speak of it alone, and all other rows."""
    single = np.diff(matrix.indptr) == 1
    at = matrix.indptr[:-1][single]
    columns, values = matrix.indices[at], matrix.data[at]
    ends, up = bounds[single] / values, values > 0
    low, high = np.zeros(matrix.shape[1]), np.full(matrix.shape[1], np.inf)
    np.maximum.at(low, columns[up], ends[up])
    np.minimum.at(high, columns[~up], ends[~up])
    return low, high, np.flatnonzero(~single)
