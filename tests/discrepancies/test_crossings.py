"""Running totals of measures without a crossing are left out, and no others."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.discrepancies.crossings import crossing_totals
from analyzer.discrepancies.known import Known
from analyzer.discrepancies.sweeps import above, totals_of
from analyzer.pipeline import Analysis

ROW = st.tuples(
    st.sampled_from("abcd"),  # measure
    st.integers(-2, 3),  # day
    st.integers(0, 2),  # length of the time
    st.integers(0, 4),  # low
    st.integers(0, 2),  # width
    st.booleans(),  # alone
    st.sampled_from(["cumulative", "cumulative", "stock"]),
    st.sampled_from(["actual", "actual", "planned"]),
    st.booleans(),  # comparable
)
NO_MEASURES = pd.DataFrame(columns=["measure", "label", "part_of", "plan"], dtype="str")
BOUNDS = ("apart", "near", "face")


def framed(rows: list[tuple[str, int, int, int, int, bool, str, str, bool]]) -> pd.DataFrame:
    measure, day, length, low, width, alone, kind, modality, comparable = zip(*rows, strict=True)
    born = np.datetime64("1970-01-01", "s")
    first = born + np.array(day).astype("timedelta64[D]")
    return pd.DataFrame(
        {
            "measure": pd.Series(measure, dtype="str"),
            "kind": pd.Series(kind, dtype="str"),
            "modality": pd.Series(modality, dtype="str"),
            "comparable": comparable,
            "scope": "",
            "series": pd.Series(["" if one else "s" for one in alone], dtype="str"),
            "at_first": first,
            "at_last": first + np.array(length).astype("timedelta64[D]"),
            "id": pd.Series([f"{number:02}" for number in range(len(rows))], dtype="str"),
            "authority": "a",
            "status": "reported",
            **{f"{of}_low": np.array(low, dtype=np.float64) for of in BOUNDS},
            **{f"{of}_high": np.array(low, dtype=np.float64) + width for of in BOUNDS},
        }
    )


def running(claims: pd.DataFrame) -> pd.Series[bool]:
    """Which claims are running totals that can be compared."""
    total = (claims["kind"] == "cumulative") & (claims["modality"] == "actual")
    return total & claims["comparable"]


def crossed(claims: pd.DataFrame) -> set[str]:
    """Measures with a pair of totals that cross, straight from all pairs."""
    some = claims[running(claims)]
    totals, rows = totals_of(some, np.zeros(len(some), np.int64)), np.arange(len(some))
    name = some["measure"].to_numpy(dtype=object)
    pairs = above(totals, rows, rows) & (name[:, None] == name[None, :])
    return set(name[pairs.any(axis=0)])


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=14))
def test_running_totals_of_measures_with_a_crossing_are_kept_by_time(rows: list) -> None:  # type: ignore[type-arg]
    claims = framed(rows)
    kept = claims[running(claims) & claims["measure"].isin(crossed(claims))]
    expected = kept.sort_values(["measure", "at_first", "at_last", "id"])
    assert crossing_totals(Known(claims, NO_MEASURES)).places.tolist() == expected.index.tolist()


def test_no_dossier_has_a_crossing_for_all_its_measures(gaza: Analysis) -> None:
    claims = gaza.claims[~gaza.claims["superseded"]]
    found = crossing_totals(Known(claims, NO_MEASURES))
    assert 0 < len(found.places) < running(claims).sum()
    assert set(found.measures) == set(claims["measure"].iloc[found.places])
