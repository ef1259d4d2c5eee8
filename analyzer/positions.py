"""Groups of claims that agree among themselves, instead of a thousand pairs."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.settings import Thresholds

Array = npt.NDArray[np.float64]
COLUMNS = [
    "measure",
    "group",
    "slot",
    "scope",
    "position",
    "label",
    "low",
    "high",
    "n_claims",
    "n_origins",
    "n_sources",
    "first_said",
    "last_said",
    "claims",
]


def find_positions(claims: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """Split the claims of each slot and scope into positions.

    A position is a set of claims that state nearly the same number (see `split`). The number that
    most claims share makes the first position, and so on with the rest; ties go to the lower one.
    Independent of the order of rows.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`; `low` and `high` bound what all claims of the position allow in
        common (or, where only the tolerance joins them, their stated range), `label` is the
        wording that most of them use, `claims` the tuple of their ids.
    """
    rows: list[dict[str, Any]] = []
    kept = claims[claims["comparable"]].sort_values("id")
    for (measure, group, slot, scope), part in kept.groupby(
        ["measure", "group", "slot", "scope"], sort=True
    ):
        for number, members in enumerate(split(part, thresholds.position_tolerance), 1):
            rows.append(
                {"measure": measure, "group": group, "slot": slot, "scope": scope}
                | {"position": number}
                | _describe(members)
            )
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS))


def split(part: pd.DataFrame, tolerance: float) -> list[pd.DataFrame]:
    """Positions of claims that can be compared, the one that most claims share first.

    Claims that state a number stand with those that state the same within the tolerance, whatever
    their qualifier, a bare round number with those that it rounds; ranges and vague words stand
    only with their like.
    """
    if len(part) == 1:
        return [part]
    stated = part["stated"]
    exact = part["qualifier"].isin(("exact", "share"))
    rounded = ((part["near_high"] - part["near_low"]) / 2).where(exact, 0.0)
    slack = np.maximum(stated.abs() * tolerance / 2, rounded)
    low = (stated - slack).to_numpy()
    high = (stated + slack).to_numpy()
    left = stated.notna().to_numpy(copy=True)
    positions = []
    while left.any():
        value = _most_shared(low[left], high[left])
        inside = left & (low <= value) & (value <= high)
        positions.append(part[inside])
        left &= ~inside
    without = part[stated.isna()]
    positions += [like for _, like in without.groupby(["low", "high"], sort=True)]
    return sorted(positions, key=lambda members: -len(members))


def _most_shared(low: Array, high: Array) -> float:
    """The value that most intervals hold; the middle of the first stretch where they do."""
    starts = np.sort(low)
    ends = np.sort(high)
    holding = np.arange(1, len(starts) + 1) - np.searchsorted(ends, starts, side="left")
    best = starts[int(np.argmax(holding))]
    after = ends[np.searchsorted(ends, best, side="left")]
    return float(best if not np.isfinite(after) else (best + after) / 2)


def _describe(members: pd.DataFrame) -> dict[str, Any]:
    ends = members["near_low"].max(), members["near_high"].min()
    low, high = min(ends), max(ends)  # what all allow, or the range of what they state
    return {
        "label": label(members),
        "low": low,
        "high": high,
        "n_claims": len(members),
        "n_origins": members["authority"].nunique(),
        "n_sources": members["source"].nunique(),
        "first_said": members["said_first"].min(),
        "last_said": members["said_last"].max(),
        "claims": tuple(members["id"]),
    }


def label(members: pd.DataFrame) -> str:
    """The reading that most claims of a position share, as "about 1,200"."""
    if len(members) == 1:
        return str(members["reading"].iloc[0])
    stated = members["stated"].value_counts()
    if not stated.empty:
        common = stated[stated == stated.max()].index.min()
        members = members[members["stated"] == common]
    readings = members["reading"].value_counts()
    return str(min(readings[readings == readings.max()].index, key=lambda text: (len(text), text)))
