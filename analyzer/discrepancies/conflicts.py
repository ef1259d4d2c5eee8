"""Which claims of one slot exclude each other, and how far apart they are.

Claims of two different scopes are never compared; a claim without a scope is compared with all.
Two claims of series are left to the detectors of series, which tell a thousand days at once.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.gaps import distance

Matrix = npt.NDArray[np.bool_]


def slots(claims: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Comparable claims of each slot, by id; slots without a pair to compare are left out."""
    usable = claims[claims["comparable"]].sort_values("id")
    alone = (usable["series"] == "").groupby(usable["slot"]).transform("any")
    several = usable.groupby("slot")["id"].transform("size") > 1
    for slot, part in usable[alone & several].groupby("slot", sort=True):
        yield str(slot), part


def compared(one: pd.DataFrame, other: pd.DataFrame) -> Matrix:
    """Pairs of a row of one and a row of the other frame that can be held against each other."""
    scope, scopes = one["scope"].to_numpy(dtype=object), other["scope"].to_numpy(dtype=object)
    alone, others = (one["series"] == "").to_numpy(), (other["series"] == "").to_numpy()
    same = (scope[:, None] == scopes[None, :]) | (scope[:, None] == "") | (scopes[None, :] == "")
    return np.asarray(same & (alone[:, None] | others[None, :]))


def conflicts(claims: pd.DataFrame, relation: str) -> Matrix:
    """Pairs of which the row lies wholly above the column.

    With "contradicts" by the literal bounds widened by rounding, with "strains" by the near ones.
    """
    return conflicts_between(claims, claims, relation)


def conflicts_between(upper: pd.DataFrame, lower: pd.DataFrame, relation: str) -> Matrix:
    """As `conflicts`, of the rows of one frame with those of another."""
    prefix = "apart" if relation == "contradicts" else "near"
    low, high = upper[f"{prefix}_low"].to_numpy(), lower[f"{prefix}_high"].to_numpy()
    pairs = (low[:, None] > high[None, :]) & compared(upper, lower)
    if relation == "strains":  # two lower bounds, or two upper ones, do not disagree
        side, other = _side(upper), _side(lower)
        pairs &= (side[:, None] != other[None, :]) | (side[:, None] == 0)
    return np.asarray(pairs)


def _side(claims: pd.DataFrame) -> npt.NDArray[np.int64]:
    """1 where the wording leaves the upper end open, -1 where the lower one, else 0."""
    from_below = claims["qualifier"].isin(("at most", "less than"))
    return np.where(np.isinf(claims["high"]), 1, np.where(from_below, -1, 0))


def rests_on_context(claims: pd.DataFrame, pairs: Matrix) -> bool:
    """Whether each of the given pairs has a claim whose date was taken from the context."""
    context = (claims["as_of_basis"] == "context").to_numpy()
    moving = (claims["kind"] != "fixed").to_numpy()
    dated = ~(context & moving)
    return not bool((pairs & dated[:, None] & dated[None, :]).any())


def widest_gap(claims: pd.DataFrame, pairs: Matrix) -> float:
    """The widest gap between the stated numbers of two claims of the given pairs."""
    above, below = np.nonzero(pairs)
    low, high = claims["face_low"].to_numpy(), claims["face_high"].to_numpy()
    gaps = distance(low[above], high[above], low[below], high[below])
    return float(gaps.max()) if gaps.size else 0.0
