"""Measures without a crossing are left out, and with them nothing is lost."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.discrepancies.crossings import with_crossings
from analyzer.discrepancies.running import find_falls, find_overtaken
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
FAMILY = pd.DataFrame(
    {"measure": list("abcde"), "part_of": ["b", "", "", "", ""], "plan": ["", "", "d", "", ""]}
)


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
            "apart_low": np.array(low, dtype=np.float64),
            "apart_high": np.array(low, dtype=np.float64) + width,
        }
    )


def crossed(claims: pd.DataFrame) -> set[str]:
    """Measures with a pair of totals that cross, straight from all pairs."""
    running = claims[
        (claims["kind"] == "cumulative") & (claims["modality"] == "actual") & claims["comparable"]
    ]
    totals, rows = totals_of(running, np.zeros(len(running), np.int64)), np.arange(len(running))
    name = running["measure"].to_numpy(dtype=object)
    pairs = above(totals, rows, rows) & (name[:, None] == name[None, :])
    return set(name[pairs.any(axis=0)])


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=14))
def test_measures_with_a_crossing_are_kept_with_their_parts_and_plans(rows: list) -> None:  # type: ignore[type-arg]
    claims = framed(rows)
    kept = crossed(claims)
    for one, other in (("b", "a"), ("d", "c"), ("c", "d")):  # a is a part of b, d the plan of c
        kept |= {other} & set("abcd") if one in crossed(claims) else set()
    found = with_crossings(claims, FAMILY)
    assert found["measure"].tolist() == [one for one in claims["measure"] if one in kept]


def test_no_fall_and_no_overtaken_total_is_lost(gaza: Analysis) -> None:
    claims = gaza.claims[~gaza.claims["superseded"]]
    some = with_crossings(claims, gaza.measures)
    assert 0 < len(some) < len(claims)
    assert find_falls(some, gaza.measures) == find_falls(claims, gaza.measures)
    ours, theirs = (find_overtaken(one, gaza.measures, set(), set()) for one in (some, claims))
    assert ours == theirs
