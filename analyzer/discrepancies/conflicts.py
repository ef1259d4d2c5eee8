"""Which claims of one slot exclude each other, and how far apart they are.

Claims of two different scopes are never compared; a claim without a scope is compared with all.
Two claims of series are left to the detectors of series, which tell a thousand days at once.

`conflicts` says it pair by pair, for a few claims; `apart` finds the same for all slots at once.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Matrix = npt.NDArray[np.bool_]


def conflicts(claims: pd.DataFrame, relation: str) -> Matrix:
    """Pairs of which the row lies wholly above the column.

    With "contradicts" by the literal bounds widened by rounding, with "strains" by the near ones.
    """
    low, high = bounds(claims, relation)
    pairs = (low[:, None] > high[None, :]) & _compared(claims)
    if relation == "strains":
        side = side_of(claims)
        pairs &= (side[:, None] != side[None, :]) | (side[:, None] == 0)
    return np.asarray(pairs)


def _compared(claims: pd.DataFrame) -> Matrix:
    """Pairs of claims that can be held against each other."""
    scope, alone = claims["scope"].to_numpy(dtype=object), (claims["series"] == "").to_numpy()
    same = (scope[:, None] == scope[None, :]) | (scope[:, None] == "") | (scope[None, :] == "")
    return np.asarray(same & (alone[:, None] | alone[None, :]))


def bounds(
    claims: pd.DataFrame, relation: str
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The bounds that are held against each other for a relation."""
    prefix = "apart" if relation == "contradicts" else "near"
    low, high = claims[f"{prefix}_low"], claims[f"{prefix}_high"]
    return low.to_numpy(dtype=np.float64), high.to_numpy(dtype=np.float64)


def side_of(claims: pd.DataFrame) -> npt.NDArray[np.int64]:
    """1 where the wording leaves the upper end open, -1 where the lower one, else 0.

    Two lower bounds, or two upper ones, never disagree only to the letter.
    """
    from_below = claims["qualifier"].isin(("at most", "less than")).to_numpy(dtype=bool)
    return np.where(np.isinf(claims["high"].to_numpy(dtype=np.float64)), 1, -1 * from_below)
