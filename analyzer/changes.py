"""Per origin and measure: what changed from one figure to the next."""

from __future__ import annotations

import numpy as np
import pandas as pd

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
    time = ["at_first", "at_last", "said_first", "id"]
    kept = claims.loc[claims["stated"].notna() | claims["comparable"], USED]
    ordered = kept.sort_values([*SERIES, *time])
    same_series = (ordered[SERIES] == ordered[SERIES].shift()).all(axis=1)
    new = ordered[~(same_series & (ordered["reading"] == ordered["reading"].shift()))]
    step = (new[SERIES] == new[SERIES].shift()).all(axis=1).to_numpy()
    after, before = new[step], new.shift()[step]
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
            "difference": after["stated"] - before["stated"].astype("float64"),
            "gap": gap(
                before["stated"].to_numpy(dtype="float64"),
                after["stated"].to_numpy(dtype="float64"),
            ),
        }
    )
    known = after["comparable"].to_numpy(dtype=bool) & before["comparable"].eq(True).to_numpy()
    steps["relation"] = np.where(known, relate(before, after), "incomparable")
    return steps[COLUMNS].reset_index(drop=True)
