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
from analyzer.charts.base.readings import add_colours

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
    """Beside their lines, so that no key is needed."""
    other = beside([value + 1305 for value in RISING])
    chart = draw_gap_band(panel(RISING), other, measure, NAMES)
    assert chart is not None
    text = words(chart.figure).split("\n")
    assert {"Ministry of Health", "A monitor", "3,050", "4,355"} <= set(text)
    assert chart.title == (
        "Killed in the flood: two counts stay apart, 4,355 against 3,050 on 29 Apr 2024"
    )
    assert "A monitor is higher on all 60" in chart.alt
    assert drawn(chart.figure, "ends") == 4
    assert faults(chart.figure) == []


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ([3.0 * value for value in RISING], "two counts stay apart"),
        ([value + 2 * max(value - 1500, 0) for value in RISING], "two counts part on 30 Mar 2024"),
        ([50 + value + 0.002 * value**2 for value in RISING], "two counts drift apart"),
        ([4000.0 + value / 10 for value in RISING], "two counts draw closer"),
    ],
)
def test_the_title_says_how_they_run(measure: pd.Series, other: list[float], told: str) -> None:
    """As far apart as at the start, equal at first, ever further apart, and ever closer."""
    chart = draw_gap_band(panel(RISING), beside(other), measure, NAMES)
    assert chart is not None
    assert told in chart.title


def test_names_that_have_no_place_beside_their_lines_stand_in_a_key(
    measure: pd.Series, faults: Callable[[Figure], list[str]], words: Any
) -> None:
    names = ("The very long name of an office for coordination " * 3, "Another name " * 9)
    other = beside([value + 1305 for value in RISING])
    chart = draw_gap_band(panel(RISING), other, measure, names)
    assert chart is not None
    keys = [text for text in words(chart.figure).split("\n") if text.endswith("…")]
    assert [key.split()[0] for key in keys] == ["The", "Another"]
    assert faults(chart.figure) == []


def test_the_band_stops_where_one_of_them_is_missing(measure: pd.Series) -> None:
    """The other has no figure for thirty days in the middle: two bands."""
    gappy = beside([value + 900 for value in RISING]).drop(index=range(20, 50))
    chart = draw_gap_band(panel(RISING), gappy, measure, NAMES)
    assert chart is not None
    assert drawn(chart.figure, "band") == 2
    assert drawn(chart.figure, "days") == 30


def test_where_they_cross_the_difference_is_drawn(
    measure: pd.Series, faults: Callable[[Figure], list[str]], words: Any
) -> None:
    """The other one 40 above on thirty days, then 20 below."""
    other = beside([v + 40 if n < 30 else v - 20 for n, v in enumerate(RISING)])
    chart = draw_gap_band(panel(RISING), other, measure, NAMES)
    assert chart is not None
    assert drawn(chart.figure, "band") == 0
    assert drawn(chart.figure, "difference") >= 2
    text = words(chart.figure)
    assert "A monitor: up to 40 more" in text
    assert "Ministry of Health: up to 20 more" in text
    assert chart.title == (
        "Killed in the flood: now one count is higher, now the other, by up to 40 (140 against "
        "100 on 1 Mar 2024)"
    )
    assert "Ministry of Health is higher on 30 and A monitor is higher on 30" in chart.alt
    assert faults(chart.figure) == []


def test_the_lines_have_the_colours_that_their_origins_have_elsewhere(measure: pd.Series) -> None:
    """Four origins in turn; the other one starts as the first and rises above it."""
    other = beside([value + 2 * max(value - 1500, 0) for value in RISING])
    for origin in ("ministry", "monitor", "office", "press"):
        one = panel(RISING, authority="bureau")
        chart = draw_gap_band(one, other.assign(authority=origin), measure, NAMES)
        assert chart is not None
        lines = chart.figure.axes[1].lines
        marks = pd.DataFrame({"origin": ["bureau"] * 60 + [origin] * 60})
        marks["origin_name"] = [NAMES[0]] * 60 + [NAMES[1]] * 60
        wanted = add_colours(marks)["colour"].unique().tolist()
        assert [line.get_color() for line in lines[:2]] == wanted
        assert lines[0].get_linewidth() > lines[1].get_linewidth()  # both are seen while equal


def test_lines_that_cover_each_other_are_told_apart_by_their_difference(
    measure: pd.Series, faults: Callable[[Figure], list[str]], words: Any
) -> None:
    """Seven more on every day."""
    chart = draw_gap_band(panel(RISING), beside([v + 7 for v in RISING]), measure, NAMES)
    assert chart is not None
    assert "A monitor: up to 7 more" in words(chart.figure)
    assert faults(chart.figure) == []


def test_the_data_are_the_figures_of_both_with_their_difference(measure: pd.Series) -> None:
    other = beside([value + 1305 for value in RISING]).drop(index=range(20, 50))
    chart = draw_gap_band(panel(RISING), other, measure, NAMES)
    assert chart is not None
    data = chart.data
    assert data["count"].tolist() == [NAMES[0]] * 60 + [NAMES[1]] * 30
    assert data.loc[0, ["as_of", "figure", "difference_to_other"]].tolist() == [
        "2024-03-01",
        100.0,
        -1305.0,
    ]
    assert data["difference_to_other"].isna().sum() == 30
    assert data.loc[89, "difference_to_other"] == 1305.0


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
        paths = save_chart(chart, tmp_path / name, "Source: 120 claims")
        contents.append([path.read_bytes() for path in paths])
    assert contents[0] == contents[1]
