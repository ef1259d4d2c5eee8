"""Cutting a sorted frame into its series, and which rows share a cell with others."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analyzer.series.cut import each_series, heads
from analyzer.series.neighbours import REACH, around, in_order
from analyzer.series.panel import CELL, DAY, latest, published_last, shared, taken_back

ROWS = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.integers(0, 2),
        st.integers(0, 1),
        st.sampled_from([None, 3, 4]),
        st.sampled_from(["final", "withdrawn"]),
    ),
    max_size=12,
)
START = pd.Timestamp("2024-01-01")


def panel(rows: list[tuple[str, int, int, int | None, str]]) -> pd.DataFrame:
    """In the order of a panel."""
    frame = pd.DataFrame(rows, columns=["series", "at", "first", "published", "status"])
    for day in ("at", "first", "published"):
        frame[day] = (START + pd.to_timedelta(frame[day].astype("float64"), "D")).dt.as_unit("s")
    frame = frame.astype({"series": "str", "status": "str"})
    return frame.sort_values(["series", "at", "first", "published"], ignore_index=True)


@given(st.lists(st.sampled_from("abc")))
def test_each_series_begins_where_its_name_first_stands(names: list[str]) -> None:
    first, owner = heads(pd.DataFrame({"series": pd.array(names, dtype="str")}))
    assert [names[place] for place in first] == list(dict.fromkeys(names))
    assert [names[first[number]] for number in owner] == names


def test_a_series_is_what_it_has_in_common_and_its_cells() -> None:
    rows = pd.DataFrame({"series": ["a", "a", "b"], "kind": ["x", "x", "y"], "value": [1, 2, 3]})
    cells = {"value": "float64"}
    one, other = each_series(rows, ("series", "kind"), cells, np.array([1, 0, 2]))
    assert (one["kind"], one["value"].tolist()) == ("x", [2.0, 1.0])
    assert (other["kind"], other["value"].tolist()) == ("y", [3.0])


@given(ROWS)
def test_rows_that_share_a_day_or_a_cell_stand_next_to_each_other(
    rows: list[tuple[str, int, int, int | None, str]],
) -> None:
    frame = panel(rows)
    for keys in (DAY, CELL):
        assert shared(frame, keys).tolist() == frame.duplicated(keys, keep=False).tolist()


@given(ROWS)
def test_what_was_published_last_or_taken_back_is_so_in_the_whole_panel(
    rows: list[tuple[str, int, int, int | None, str]],
) -> None:
    frame = panel(rows)
    newest = frame.groupby(DAY)["published"].transform("max")
    assert (
        published_last(frame).tolist() == ((frame["published"] == newest) | newest.isna()).tolist()
    )
    withdrawn = frame["status"] == "withdrawn"
    version = [frame[column] for column in (*CELL, "published")]
    taken = withdrawn.groupby(version, dropna=False).transform("any")
    assert taken_back(frame).tolist() == taken.tolist()


@given(st.lists(st.lists(st.integers(0, 5), min_size=6, max_size=6), min_size=1))
def test_figures_are_ordered_with_equal_ones_in_their_places(table: list[list[int]]) -> None:
    roots = np.sqrt(np.array(table, dtype=np.float64))
    assert (in_order(roots) == np.argsort(roots, axis=1, kind="stable")).all()


@given(st.integers(0, 60), st.integers(0, 2))
def test_neighbours_are_the_figures_before_and_after_but_the_nearest(size: int, own: int) -> None:
    values = np.arange(1, size + 1)
    lags = [lag for lag in range(-REACH, REACH + 1) if abs(lag) > own]
    wanted = [
        [one + lag if 1 <= one + lag <= size else 0 for lag in lags] for one in values.tolist()
    ]
    assert around(values, own)(slice(0, size)).tolist() == wanted


@given(ROWS)
def test_the_first_of_the_latest_rows_of_a_period_is_taken(
    rows: list[tuple[str, int, int, int | None, str]],
) -> None:
    frame = panel(rows)
    frame["latest"] = frame["status"] == "final"
    wanted = frame[frame["latest"]].drop_duplicates(CELL).reset_index(drop=True)
    pd.testing.assert_frame_equal(latest(frame), wanted)
