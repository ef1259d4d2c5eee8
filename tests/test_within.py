"""Pairs within places, in pieces of any size."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.within import pairs_within


@given(st.lists(st.integers(0, 4), max_size=20), st.integers(1, 12))
def test_each_pair_of_a_place_comes_once(places: list[int], most: int) -> None:
    places = sorted(places)
    expected = [
        pair for pair in combinations(range(len(places)), 2) if places[pair[0]] == places[pair[1]]
    ]
    found = [
        pair
        for one, other in pairs_within(np.array(places, dtype=np.int64), most)
        for pair in zip(one.tolist(), other.tolist(), strict=True)
    ]
    assert found == expected


@pytest.mark.parametrize("most", [1, 5, 100])
def test_a_piece_is_no_larger_than_asked_or_than_one_row(most: int) -> None:
    places = np.zeros(30, dtype=np.int64)
    sizes = [len(one) for one, _ in pairs_within(places, most)]
    assert sum(sizes) == 30 * 29 // 2
    assert max(sizes) <= max(most, 29)
