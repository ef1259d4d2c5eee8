"""Per origin and measure: what changed from one figure to the next."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analyzer.arrays import NEVER, Integers, begins, codes_of, ordered_codes, seconds
from analyzer.gaps import gap, relate

COLUMNS = [
    "measure",
    "scope",
    "authority",
    "from_claim",
    "to_claim",
    "from_at",
    "to_at",
    "from_reading",
    "to_reading",
    "difference",
    "gap",
    "relation",
]
SERIES = ["measure", "modality", "scope", "authority"]

USED = [*SERIES, "at_first", "at_last", "said_first", "id", "as_of", "reading", "stated"]
USED += ["comparable", "near_low", "near_high", "apart_low", "apart_high"]


def list_changes(claims: pd.DataFrame) -> pd.DataFrame:
    """Steps between consecutive figures of one authority on one measure and scope.

    Figures are ordered by the time that they speak of, then by when they were said; repeats of
    the same reading are no step.

    Returns
    -------
    DataFrame
        One row a step, columns `COLUMNS`: `difference` of the stated numbers (NaN where one of
        them is a range or a vague word), its symmetric gap, and the relation of the two figures:
        agrees, strains, contradicts, or incomparable where unit or time are not known.
    """
    kept = claims.loc[claims["stated"].notna() | claims["comparable"], USED]
    series = ordered_codes([kept[column] for column in SERIES])
    order = np.lexsort((codes_of(kept["id"], sort=True), *_times(kept), series))
    ordered, series = kept.iloc[order], series[order]
    new = begins(series, codes_of(ordered["reading"]))
    step = np.flatnonzero(series[new[1:]] == series[new[:-1]])
    before, after = (
        ordered.iloc[rows].reset_index(drop=True) for rows in (new[step], new[step + 1])
    )
    steps = pd.DataFrame(
        {
            "measure": after["measure"],
            "scope": after["scope"],
            "authority": after["authority"],
            "from_claim": before["id"],
            "to_claim": after["id"],
            "from_at": before["as_of"],
            "to_at": after["as_of"],
            "from_reading": before["reading"],
            "to_reading": after["reading"],
            "difference": after["stated"] - before["stated"],
            "gap": gap(
                before["stated"].to_numpy(dtype="float64"),
                after["stated"].to_numpy(dtype="float64"),
            ),
        }
    )
    known = (after["comparable"] & before["comparable"]).to_numpy(dtype=bool)
    steps["relation"] = np.where(known, relate(before, after), "incomparable")
    return steps


def _times(claims: pd.DataFrame) -> Iterator[Integers]:
    """What orders the figures of a series, the first one last; unknown times come after all."""
    for column in ("said_first", "at_last", "at_first"):
        times = seconds(claims[column])
        yield np.where(times == NEVER, np.iinfo(np.int64).max, times)
