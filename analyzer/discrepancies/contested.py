"""Claims of the slots that can hold a conflict, as arrays; most slots are left out here."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analyzer.arrays import Integers, Truths, by_id, codes_of
from analyzer.discrepancies.apart import Comparables
from analyzer.discrepancies.conflicts import bounds, side_of
from analyzer.discrepancies.sweeps import scopes_of
from analyzer.rows import Rows, taken

USED = ["id", "slot", "scope", "series", "kind", "as_of_basis", "authority", "source", "url"]
USED += ["attributed_to", "status", "stated", "qualifier", "reading", "low", "high"]
USED += ["near_low", "near_high", "apart_low", "apart_high", "face_low", "face_high"]


@dataclass(frozen=True, slots=True)
class Contested:
    """Some claims, by id.

    Attributes
    ----------
    claims : DataFrame
        `schemas.Aligned`, all of the dossier.
    rows : DataFrame
        `USED` of those that are contested, and their places among the claims.
    apart, near : Comparables
        Held against each other by the literal bounds, and by the near ones.
    """

    claims: pd.DataFrame
    rows: pd.DataFrame
    apart: Comparables
    near: Comparables

    def table(self, numbers: Integers) -> Rows:
        """All cells of some of them."""
        return Rows(self.claims, self.rows["place"].to_numpy()[numbers])

    def compared(self, literal: Truths) -> Comparables:
        """Held against each other by the literal bounds or, elsewhere, by the near ones."""
        ends = {
            name: np.where(literal, getattr(self.apart, name), getattr(self.near, name))
            for name in ("side", "low", "high")
        }
        return replace(self.apart, **ends)


def contested(claims: pd.DataFrame) -> Contested:
    """Comparable claims of the slots that can hold a conflict.

    Those whose highest claim lies above their lowest one by the near bounds. Literal bounds are
    never narrower, so no conflict is missed; most slots are left out here, at little cost.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    """
    places = np.flatnonzero(claims["comparable"].to_numpy(dtype=bool))
    slot = codes_of(claims["slot"].iloc[places])
    low, high = (claims[f"near_{end}"].to_numpy(np.float64)[places] for end in ("low", "high"))
    highest = np.full(slot.max(initial=-1) + 1, -np.inf)
    lowest = np.full(len(highest), np.inf)
    np.maximum.at(highest, slot, low)
    np.minimum.at(lowest, slot, high)
    places = places[(highest > lowest)[slot]]
    rows = by_id(taken(claims, USED, places).assign(place=places))
    apart, near = _comparables(rows, codes_of(rows["slot"], sort=True))
    return Contested(claims, rows, apart, near)


def _comparables(rows: pd.DataFrame, slot: Integers) -> tuple[Comparables, Comparables]:
    """The claims as they are held against each other by their literal and by their near bounds."""
    low, high = bounds(rows, "contradicts")
    apart = Comparables(
        slot=slot,
        scope=scopes_of(rows),
        alone=(rows["series"] == "").to_numpy(dtype=bool),
        side=np.zeros(len(rows), dtype=np.int64),
        low=low,
        high=high,
        face_low=rows["face_low"].to_numpy(dtype=np.float64),
        face_high=rows["face_high"].to_numpy(dtype=np.float64),
    )
    low, high = bounds(rows, "strains")
    return apart, replace(apart, side=side_of(rows), low=low, high=high)
