"""The nearest figures that satisfy linear inequalities: how far each one had to move."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls

Floats = npt.NDArray[np.float64]


def nearest(matrix: Floats, bounds: Floats, start: Floats, weights: Floats) -> Floats:
    """The x with `matrix @ x >= bounds` that is nearest to `start`.

    Minimizes the sum of weights * (x - start)**2, as rspa does (van der Loo & de Jonge 2018,
    Statistical Data Cleaning, chapter 10): with weights of 1 all move by the same, with weights
    1 / start in proportion to their size, a heavy one hardly at all. Solved as a least distance
    program by non-negative least squares (Lawson & Hanson 1974, chapter 23).

    Parameters
    ----------
    matrix : array of shape (rows, figures)
        An equality is two rows.
    weights : array of shape (figures,)
        Positive.

    Raises
    ------
    ValueError
        When no figures satisfy the inequalities.
    """
    scale = np.sqrt(weights)
    rows, short = matrix / scale, bounds - matrix @ start
    if (short <= 0).all():
        return start.copy()
    sizes = np.linalg.norm(rows, axis=1)
    if (short[sizes == 0] > 0).any():
        raise ValueError("no figures satisfy the inequalities")
    rows, short = rows[sizes > 0] / sizes[sizes > 0, None], short[sizes > 0] / sizes[sizes > 0]
    size = np.abs(short).max()  # in units of which a program of figures of any size is the same
    stacked = np.vstack([rows.T, short / size])
    goal = np.zeros(len(stacked))
    goal[-1] = 1.0
    multipliers, missed = nnls(stacked, goal)
    rest = stacked @ multipliers - goal
    if missed < 1e-9 or rest[-1] == 0:
        raise ValueError("no figures satisfy the inequalities")
    return np.asarray(start - size * rest[:-1] / rest[-1] / scale)
