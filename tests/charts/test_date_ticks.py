"""Names of days: few, round, none twice, and the year only where it changes."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.charts.base import theme
from analyzer.charts.base.date_ticks import time_ticks
from analyzer.charts.base.sheet import text_width


def _days(first: str, last: str) -> tuple[float, float]:
    start, end = ((pd.Timestamp(day) - pd.Timestamp(1970, 1, 1)).days for day in (first, last))
    return float(start), float(end)


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("2023-10-07", "2023-10-09", ["7\nOct 2023", "8", "9"]),
        ("2025-07-03", "2025-08-13", ["11\nJul 2025", "21", "1\nAug", "11"]),
        ("2023-12-20", "2024-01-12", ["21\nDec 2023", "26", "1\nJan 2024", "6", "11"]),
        ("2023-10-07", "2024-02-20", ["Nov\n2023", "Dec", "Jan\n2024", "Feb"]),
        ("2023-10-07", "2025-11-01", ["Jan\n2024", "Jul", "Jan\n2025", "Jul"]),
        ("2022-02-24", "2026-08-08", ["2023", "2024", "2025", "2026"]),
    ],
)
def test_names_of_short_and_long_times(first: str, last: str, names: list[str]) -> None:
    """In 2.7 inches, as in most charts."""
    assert [text for _, text in time_ticks(*_days(first, last), 2.7)] == names


@given(st.floats(0, 20_000), st.floats(1.4, 20_000), st.floats(1.5, 3.2))
def test_names_never_touch(low: float, span: float, inches: float) -> None:
    """Any time, from a day to a lifetime, in any width that a chart can have."""
    ticks = time_ticks(low, low + span, inches)
    assert ticks
    ends = [-1.0]
    for at, text in ticks:
        assert low <= at <= low + span
        middle = (at - low) / span * inches
        half = max(text_width(line, theme.SMALL) for line in text.split("\n")) / 2
        assert middle - half > ends[-1]
        ends.append(middle + half)
