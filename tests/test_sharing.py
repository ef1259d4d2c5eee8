"""The value that most intervals share, found for all at once, is the one that a count finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer import sharing

INTERVALS = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 30), st.integers(0, 9)), max_size=25
)


def counted(rows: list[tuple[int, int, int]]) -> list[int]:
    """Intervals of each place taken by the low end that most of them hold, the lowest first."""
    found = [-1] * len(rows)
    while -1 in found:
        left = [place for place, value in enumerate(found) if value < 0]
        part = rows[left[0]][0]
        left = [place for place in left if rows[place][0] == part]
        held = {
            value: [place for place in left if 0 <= value - rows[place][1] <= rows[place][2]]
            for value in {rows[place][1] for place in left}
        }
        value = min(held, key=lambda one: (-len(held[one]), one))
        for place in held[value]:
            found[place] = value
    return found


@pytest.mark.parametrize("rounds", [0, 1, sharing.ROUNDS])
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=INTERVALS)
def test_each_interval_stands_where_counting_puts_it(
    rows: list[tuple[int, int, int]], rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Side by side, one by one, or first the one and then the other."""
    monkeypatch.setattr(sharing, "ROUNDS", rounds)
    places, low, width = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    found = sharing.most_shared(places, low.astype(float), (low + width).astype(float))
    assert found.tolist() == counted(rows)


def test_a_chain_is_followed_to_its_end() -> None:
    """Each of 1,000 intervals touches its neighbours alone: always two stand together."""
    low = np.arange(1000.0)
    found = sharing.most_shared(np.zeros(1000, dtype=np.int64), low, low + 1)
    assert found.tolist() == [place // 2 * 2 + 1 for place in range(1000)]
