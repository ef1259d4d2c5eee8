"""Arithmetic on many intervals gives what arithmetic on each of them gives."""

from __future__ import annotations

import operator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.accounts.ranges import Ranges
from analyzer.arrays import Groups
from analyzer.intervals import Bounds

ends = st.sampled_from([-np.inf, -7.0, -1.0, 0.0, 0.5, 3.0, np.inf])
bounds = st.tuples(ends, ends).map(sorted).filter(lambda two: two[0] < np.inf and two[1] > -np.inf)
pairs = st.lists(st.tuples(bounds, bounds), min_size=1, max_size=6)


def ranges(several: list[list[float]]) -> Ranges:
    return Ranges(*np.array(several, dtype=float).T)


@pytest.mark.parametrize("name", ["add", "sub", "mul", "truediv"])
@given(pairs)
def test_each_element_is_computed_like_a_single_interval(
    name: str, both: list[tuple[list[float], list[float]]]
) -> None:
    work = getattr(operator, name)
    found = work(*(ranges([pair[side] for pair in both]) for side in (0, 1)))
    single = [work(Bounds(*one), Bounds(*other)) for one, other in both]
    np.testing.assert_array_equal(found.low, [one.low for one in single])
    np.testing.assert_array_equal(found.high, [one.high for one in single])


@given(st.lists(st.integers(0, 5), max_size=12))
def test_groups_hold_the_members_of_each_key_in_their_order(keys: list[int]) -> None:
    groups = Groups.of(np.array(keys, dtype=np.int64), np.arange(len(keys)))
    assert groups.keys.tolist() == sorted(set(keys))
    wanted = np.arange(7)
    found = groups.find(wanted)
    assert [number >= 0 for number in found] == [key in keys for key in wanted]
    owner, members = groups.spread(found[found >= 0])
    for place, key in enumerate(groups.keys):
        assert members[owner == place].tolist() == [
            row for row, other in enumerate(keys) if other == key
        ]
