"""The fixed form of each figure, whatever figures stand beside it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analyzer.readings import add_readings

CLAIMS = st.tuples(
    st.sampled_from(["exact", "at least", "approximate", "range", "vague"]),
    st.sampled_from([np.nan, 5.0, 1139.0]),
    st.sampled_from([0.0, 5.0]),
    st.sampled_from([5.0, 90.0, np.inf]),
    st.sampled_from(["people", "percent"]),
    st.sampled_from(["Many", "dozens"]),
)
COLUMNS = pd.Index(["qualifier", "stated", "low", "high", "unit", "figure"])


@given(st.lists(CLAIMS, min_size=1))
def test_a_figure_reads_beside_others_as_it_does_alone(
    rows: list[tuple[str, float, float, float, str, str]],
) -> None:
    together = add_readings(pd.DataFrame(rows, columns=COLUMNS))["reading"].tolist()
    alone = [add_readings(pd.DataFrame([row], columns=COLUMNS))["reading"].iloc[0] for row in rows]
    assert together == alone


def test_readings_of_a_number_a_range_an_open_end_and_a_vague_word() -> None:
    rows = [
        ("at least", 1139.0, 1139.0, np.inf, "people", "at least 1,139"),
        ("range", np.nan, 5.0, 90.0, "percent", "5 to 90 %"),
        ("at least", np.nan, 5.0, np.inf, "people", "five, perhaps more"),
        ("vague", np.nan, 24.0, np.inf, "people", "Dozens"),
    ]
    readings = add_readings(pd.DataFrame(rows, columns=COLUMNS))["reading"].tolist()
    assert readings == ["at least 1,139", "5 to 90 %", "at least 5", "dozens"]
