"""Rows as plain values are the rows of the frame; the gap of two numbers is that of two arrays."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analyzer.gaps import gap
from analyzer.rows import Rows, rows_of, taken

DAYS = pd.to_datetime(["2024-01-01", None, "2024-01-03"]).as_unit("s")
FRAME = pd.DataFrame(
    {
        "id": pd.Series(["c", "a", "b"], dtype="str"),
        "at": DAYS,
        "stated": [1.0, 2.5, float("inf")],
        "exact": [True, False, True],
        "parts": pd.Series([("x",), (), ("y", "z")], dtype="object"),
    }
).set_axis([7, 3, 5])


@given(st.lists(st.integers(0, 2), max_size=5))
def test_some_rows_have_the_cells_of_the_frame_in_the_order_asked_for(places: list[int]) -> None:
    rows, some = Rows(FRAME, np.array(places, dtype=np.int64)), FRAME.iloc[places]
    for column in FRAME:
        assert rows.column(column) == some[column].tolist() or column == "at"
    assert [day is pd.NaT for day in rows.column("at")] == some["at"].isna().tolist()
    assert pd.Series(rows.column("at"), dtype=FRAME["at"].dtype).equals(
        some["at"].reset_index(drop=True)
    )
    pd.testing.assert_frame_equal(
        taken(FRAME, list(FRAME), np.array(places, dtype=np.int64)), some.reset_index(drop=True)
    )


def test_claims_are_found_by_their_ids() -> None:
    rows = rows_of(FRAME, ["b", "absent", "c"])
    assert rows.column("id") == ["c", "b"]
    assert rows.named("b")["parts"] == ("y", "z")
    assert rows_of(FRAME, []).column("id") == []


NUMBER = st.floats(min_value=0, max_value=1e12)


@given(NUMBER, NUMBER)
def test_the_gap_of_two_numbers_is_that_of_two_arrays(one: float, other: float) -> None:
    assert float(gap(one, other)) == float(gap(np.array([one]), np.array([other]))[0])
    assert gap(one, one) == 0
