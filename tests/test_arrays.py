"""Arrays that stand for the columns of frames."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from systems import few

from analyzer.arrays import NEVER, days, firsts, joint, ordered_keys

counts = st.sampled_from([2, 3, 1 << 31, 1 << 62])


@few
@given(st.lists(st.tuples(st.lists(st.integers(0, 1), min_size=6, max_size=6), counts), min_size=1))
def test_ordered_keys_sort_as_all_of_them_do(keys: list[tuple[list[int], int]]) -> None:
    """The codes are the two lowest and, beside them, the highest below each count."""
    given = [(np.array(codes) * (count - 1), count) for codes, count in keys]
    order = np.lexsort([codes for codes, _ in given][::-1])
    found = ordered_keys(given)
    assert np.lexsort(found[::-1]).tolist() == order.tolist()
    assert all((one >= 0).all() for one in found)


def test_small_keys_become_one() -> None:
    assert len(ordered_keys([(np.array([0, 1]), 2)] * 60)) == 1


@given(st.lists(st.sampled_from("abc")))
def test_each_code_stands_first_where_its_cell_does(cells: list[str]) -> None:
    codes, found = pd.factorize(np.array(cells, dtype=object))
    assert firsts(codes).tolist() == [cells.index(one) for one in found]


def test_days_are_counted_from_1970() -> None:
    times = pd.Series(["1969-12-31", None, "1970-01-03"], dtype="datetime64[s]")
    assert days(times).tolist() == [-1, NEVER, 2]


@few
@given(st.lists(st.lists(st.integers(-1, 2), min_size=6, max_size=6), min_size=1, max_size=80))
def test_joint_codes_are_equal_where_all_codes_are(codes: list[list[int]]) -> None:
    """However many there are; what lacks one of them has none."""
    rows = list(zip(*codes, strict=True))
    found = joint(*[np.array(one, dtype=np.int64) for one in codes]).tolist()
    assert [one < 0 for one in found] == [-1 in row for row in rows]
    known = [(row, one) for row, one in zip(rows, found, strict=True) if one >= 0]
    assert len(set(known)) == len({row for row, _ in known}) == len({one for _, one in known})
