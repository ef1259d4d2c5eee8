"""Which claims of one slot exclude each other, and how far apart they are.

Claims of two different scopes are never compared; a claim without a scope is compared with all.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.gaps import distance

Matrix = npt.NDArray[np.bool_]


def slots(claims: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Comparable claims of each slot, ordered by id; slots of a single claim are left out."""
    usable = claims[claims["comparable"]].sort_values("id")
    for slot, part in usable.groupby("slot", sort=True):
        if len(part) > 1:
            yield str(slot), part


def same_scope(claims: pd.DataFrame) -> Matrix:
    """Pairs that can be compared: the same scope, or one of the two has none."""
    scope = claims["scope"].to_numpy(dtype=object)
    return np.asarray(
        (scope[:, None] == scope[None, :]) | (scope[:, None] == "") | (scope[None, :] == "")
    )


def conflicts(claims: pd.DataFrame, relation: str) -> Matrix:
    """Pairs of which the row lies wholly above the column.

    With "contradicts" by the literal bounds widened by rounding, with "strains" by the near ones.
    """
    prefix = "apart" if relation == "contradicts" else "near"
    low, high = claims[f"{prefix}_low"].to_numpy(), claims[f"{prefix}_high"].to_numpy()
    pairs = (low[:, None] > high[None, :]) & same_scope(claims)
    if relation == "strains":  # two lower bounds, or two upper ones, do not disagree
        side = np.where(np.isinf(claims["high"]), 1, np.where(_from_below(claims), -1, 0))
        pairs &= (side[:, None] != side[None, :]) | (side[:, None] == 0)
    return np.asarray(pairs)


def rests_on_context(claims: pd.DataFrame, pairs: Matrix) -> bool:
    """Whether each of the given pairs has a claim whose date was taken from the context."""
    context = (claims["as_of_basis"] == "context").to_numpy()
    moving = (claims["kind"] != "fixed").to_numpy()
    dated = ~(context & moving)
    return not bool((pairs & dated[:, None] & dated[None, :]).any())


def _from_below(claims: pd.DataFrame) -> pd.Series:
    return claims["qualifier"].isin(("at most", "less than"))


def widest_gap(claims: pd.DataFrame, pairs: Matrix) -> float:
    """The widest gap between the stated numbers of two claims of the given pairs."""
    above, below = np.nonzero(pairs)
    low, high = claims["face_low"].to_numpy(), claims["face_high"].to_numpy()
    gaps = distance(low[above], high[above], low[below], high[below])
    return float(gaps.max()) if gaps.size else 0.0
