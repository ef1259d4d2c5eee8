"""Two series and their gap: only what both give is joined, and neither is the reference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from daily import RISING, drawn, panel
from matplotlib.figure import Figure

from analyzer.charts import draw_gap_band, save_chart

NAMES = ("Ministry of Health", "A monitor")


@pytest.fixture
def measure(make_measure: Any) -> pd.Series:
    row: pd.Series = make_measure("cumulative")
    return row


def beside(values: list[float]) -> pd.DataFrame:
    return panel(values, series="deaths.b")


def test_equal_series_have_no_gap_to_draw(measure: pd.Series) -> None:
    assert draw_gap_band(panel(RISING), beside(RISING), measure, NAMES) is None


def test_series_without_common_days_are_not_drawn(measure: pd.Series) -> None:
    late = beside(RISING).tail(20)
    assert draw_gap_band(panel(RISING).head(20), late, measure, NAMES) is None


def test_a_floor_that_the_other_is_above_is_no_gap(measure: pd.Series) -> None:
    """At least 100 beside any higher figure."""
    floor = beside([100.0] * 60).assign(high=float("inf"))
    assert draw_gap_band(panel(RISING), floor, measure, NAMES) is None


def test_both_are_named_with_their_last_common_figures(
    measure: pd.Series, faults: Callable[[Figure], list[str]], words: Any
) -> None:
    other = beside([value + 305 for value in RISING])
    chart = draw_gap_band(panel(RISING), other, measure, NAMES)
    assert chart is not None
    assert {"Ministry of Health", "A monitor"} <= set(words(chart.figure).split("\n"))
    assert chart.title == (
        "Killed in the flood: 3,050 by Ministry of Health, and 3,355 by A monitor, for "
        "29 Apr 2024; the two differ on all 60 days that both give"
    )
    assert drawn(chart.figure, "gap") == 60
    assert faults(chart.figure) == []


def test_the_band_stops_where_one_of_them_is_missing(measure: pd.Series) -> None:
    """The other has no figure for thirty days in the middle: two bands."""
    gappy = beside([value + 200 for value in RISING]).drop(index=range(20, 50))
    chart = draw_gap_band(panel(RISING), gappy, measure, NAMES)
    assert chart is not None
    assert drawn(chart.figure, "band") == 2
    assert drawn(chart.figure, "days") == 30


def test_where_they_cross_the_difference_is_drawn(measure: pd.Series, words: Any) -> None:
    """The other one 40 above on thirty days, then 20 below."""
    other = beside([v + 40 if n < 30 else v - 20 for n, v in enumerate(RISING)])
    chart = draw_gap_band(panel(RISING), other, measure, NAMES)
    assert chart is not None
    assert drawn(chart.figure, "gap") == 0
    assert "difference, in the colour of the one that is higher" in words(chart.figure)
    assert "Ministry of Health is above A monitor on 30 and below it on 30" in chart.alt


def test_days_far_from_the_common_ones_are_left_out(measure: pd.Series) -> None:
    """One has sixty days, the other the first twenty: drawn is a week more."""
    chart = draw_gap_band(
        panel(RISING), beside([value + 9 for value in RISING[:20]]), measure, NAMES
    )
    assert chart is not None
    longest = max(np.size(line.get_xdata()) for line in chart.figure.axes[1].lines)
    assert longest == 27


def test_another_order_of_rows_gives_the_same_bytes(measure: pd.Series, tmp_path: Any) -> None:
    other = beside([value + 305 for value in RISING])
    contents = []
    for name, step in (("one", 1), ("other", -1)):
        pair = panel(RISING).iloc[::step], other.iloc[::step]
        chart = draw_gap_band(*pair, measure, NAMES)
        assert chart is not None
        paths = save_chart(chart.figure, tmp_path / name, "Source: 120 claims")
        contents.append([path.read_bytes() for path in paths])
    assert contents[0] == contents[1]
