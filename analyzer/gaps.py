"""How two claims relate, and how far apart they are; symmetric in both."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.float64]


def gap(low: Array | float, high: Array | float) -> Array:
    """Relative distance |a-b| / (|a|+|b|) of two bounds; 0 for equal ones, at most 1 for counts."""
    low, high = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    size = np.abs(low) + np.abs(high)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(size > 0, np.abs(high - low) / size, 0.0)


def distance(a_low: Array, a_high: Array, b_low: Array, b_high: Array) -> Array:
    """Gap between the facing ends of two intervals; 0 where they overlap."""
    above, below = b_low > a_high, a_low > b_high
    near = np.where(above, a_high, np.where(below, b_high, 0.0))
    far = np.where(above, b_low, np.where(below, a_low, 0.0))
    return gap(near, far)


def relate(one: pd.DataFrame, other: pd.DataFrame) -> npt.NDArray[np.str_]:
    """Relation of each claim to the one in the same row: agrees, strains or contradicts.

    They contradict each other where the literal bounds, widened by rounding, are disjoint, and
    strain where only the near bounds are.
    """

    def apart(bounds: str) -> npt.NDArray[np.bool_]:
        ends = [
            frame[f"{bounds}_{end}"].to_numpy(dtype="float64")
            for frame in (one, other)
            for end in ("low", "high")
        ]
        return np.asarray((ends[0] > ends[3]) | (ends[2] > ends[1]))

    return np.select([apart("apart"), apart("near")], ["contradicts", "strains"], "agrees")
