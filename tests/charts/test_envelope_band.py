"""Behind the claims of a timeline stands what all claims and the accounts jointly allow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analyzer.charts.base.save import save_chart
from analyzer.charts.claims.timeline import draw_timeline

ALLOWED = "what all kept claims and the accounts jointly allow"


def _envelope(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """First and last day, low and high."""
    frame = pd.DataFrame(rows, columns=["at_first", "at_last", "low", "high"])
    days = {name: pd.to_datetime(frame[name]) for name in ("at_first", "at_last")}
    return frame.assign(**days)


def _allowed(figure: Figure) -> list[list[list[float]]]:
    """Corners of the band and the strokes, then two of each bar: day and value."""
    axes = figure.axes[-1]
    bands = [
        [[float(x), float(y)] for x, y in path.vertices]
        for dots in axes.collections
        if dots.get_gid() == "envelope"
        for path in dots.get_paths()
    ]
    bars = [
        [patch.get_bbox().min.tolist(), patch.get_bbox().max.tolist()]
        for patch in axes.patches
        if patch.get_gid() == "envelope"
    ]
    return bands + bars


YEAR = [{"value": 10, "at": "2024-01-01"}, {"value": 30, "at": "2024-12-31"}]
DAY = 19723.0  # 1 January 2024, in days since 1970


def test_without_an_envelope_nothing_changes(
    many_claims: Any, make_measure: Any, no_positions: Any, tmp_path: Any
) -> None:
    """No envelope, an empty one, and one that allows everything: the same bytes and words."""
    written = []
    for rows in (None, [], [("2024-01-01", "2024-01-01", 0, np.inf)]):
        envelope = None if rows is None else _envelope(rows)
        measure = make_measure("cumulative")
        chart = draw_timeline(many_claims, measure, no_positions, envelope=envelope)
        assert chart is not None
        paths = save_chart(chart, tmp_path / str(len(written)), "Source: 110 claims")
        written.append([chart.alt, chart.caption, *(path.read_bytes() for path in paths)])
    assert written[0] == written[1] == written[2]


def test_between_two_times_a_total_is_between_the_earlier_low_and_the_later_high(
    make_claims: Any, make_measure: Any, no_positions: Any, words: Any
) -> None:
    """5 to 12 on 1 January, 20 to 25 on 31 January: 5 to 25 between them."""
    rows = [("2024-01-31", "2024-01-31", 20, 25), ("2024-01-01", "2024-01-01", 5, 12)]
    claims, measure = make_claims(YEAR), make_measure("cumulative")
    chart = draw_timeline(claims, measure, no_positions, envelope=_envelope(rows))
    assert chart is not None
    (band,) = _allowed(chart.figure)
    between = {y for x, y in band if DAY < x < DAY + 30} | {
        y for x, y in band if x in (DAY, DAY + 30)
    }
    assert {5.0, 25.0} <= between
    assert 20.0 not in {y for x, y in band if x <= DAY}
    assert "what all kept claims and accounts allow" in words(chart.figure)
    assert f"The pale band is {ALLOWED}: at each time, and between two times" in chart.caption
    assert chart.alt.endswith(
        "All kept claims and the accounts jointly allow 20 to 25 on 31 Jan 2024."
    )


def test_what_can_fall_is_allowed_at_single_times_only(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """A range, an open end that goes on to the edge, and one exact number as a stroke."""
    rows = [
        ("2024-02-01", "2024-02-01", 12, 20),
        ("2024-03-01", "2024-03-31", 15, np.inf),
        ("2024-05-01", "2024-05-01", 18, 18),
    ]
    claims, measure = make_claims(YEAR), make_measure("stock")
    chart = draw_timeline(claims, measure, no_positions, envelope=_envelope(rows))
    assert chart is not None
    stroke, one, month = _allowed(chart.figure)
    assert {y for _, y in stroke} == {18}
    top = chart.figure.axes[-1].get_ylim()[1]
    assert (one[0][1], one[1][1]) == (12, 20)
    assert (month[0][1], month[1][1]) == (15, top)
    assert month[1][0] - month[0][0] > 30  # the days of March
    assert "Pale bars are" in chart.caption
    assert "where it reaches the edge of the panel, it goes on." in chart.caption


def test_a_fixed_total_is_allowed_at_all_times(
    make_claims: Any, make_measure: Any, no_positions: Any, faults: Any
) -> None:
    """1,000 to 1,200 and at most 1,139: one band of both."""
    claims = make_claims([{"value": 1100 + 10 * i, "said": f"2024-0{i + 1}-01"} for i in range(9)])
    rows = [(None, None, 1000, 1200), (None, None, 0, 1139)]
    chart = draw_timeline(claims, make_measure("fixed"), no_positions, envelope=_envelope(rows))
    assert chart is not None
    (band,) = _allowed(chart.figure)
    assert {y for _, y in band} == {1000, 1139}
    assert chart.alt.endswith("jointly allow 1,000 to 1,139.")
    assert faults(chart.figure) == []


def test_the_axis_reaches_an_envelope_that_is_not_far_off(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """Claims up to 30: 45 is shown, a billion is not, and a floor of 60 always is."""
    claims, measure = make_claims(YEAR), make_measure("stock")
    for low, high, least, most in ((5, 45, 45, 50), (5, 1e9, 30, 40), (60, np.inf, 60, 70)):
        envelope = _envelope([("2024-02-01", "2024-02-01", low, high)])
        chart = draw_timeline(claims, measure, no_positions, envelope=envelope)
        assert chart is not None
        assert least < chart.figure.axes[-1].get_ylim()[1] < most


@pytest.mark.parametrize("kind", ["cumulative", "stock", "fixed", "flow"])
@pytest.mark.parametrize("size", [1, 1e5])
def test_texts_of_many_claims_keep_apart_before_an_envelope(
    kind: str,
    size: float,
    many_claims: Any,
    make_measure: Any,
    no_positions: Any,
    faults: Any,
    small: Any,
) -> None:
    """110 claims, in thousands or in billions, and sixty times, some before and after them."""
    numbers = ["low", "high", "stated"]
    said = many_claims["at_first"].fillna(pd.Timestamp("2024-06-01"))
    claims = many_claims.assign(**{name: many_claims[name] * size for name in numbers})
    claims = claims.assign(said_first=said, said_last=said)
    days = pd.date_range("2023-09-01", periods=60, freq="15D")
    rows = [(day, day, 600 * size * i, (700 * i + 900) * size) for i, day in enumerate(days)]
    envelope = _envelope(rows)
    chart = draw_timeline(claims, make_measure(kind), no_positions, envelope=envelope)
    assert chart is not None
    assert faults(chart.figure) == []
    assert small(chart.figure) == []
    low, high = chart.figure.axes[-1].get_xlim()
    assert all(low <= x <= high for band in _allowed(chart.figure) for x, _ in band)


def test_the_title_says_what_is_allowed(
    make_claims: Any, make_measure: Any, no_positions: Any, faults: Any
) -> None:
    """20 to 25 is the last range with two ends; the open one after it comes in the alt text."""
    rows = [
        ("2024-01-01", "2024-01-01", 5, 12),
        ("2024-01-31", "2024-01-31", 20, 25),
        ("2024-12-31", "2024-12-31", 30, np.inf),
    ]
    given = "Killed in the flood: what all claims but one and the accounts jointly allow"
    chart = draw_timeline(
        make_claims(YEAR), make_measure("cumulative"), no_positions, given, _envelope(rows)
    )
    assert chart is not None
    assert chart.title == (
        "Killed in the flood: all claims but one and the accounts jointly allow "
        "20 to 25 on 31 Jan 2024"
    )
    assert chart.alt.endswith("jointly allow at least 30 on 31 Dec 2024.")
    assert faults(chart.figure) == []


def test_the_band_stands_in_the_data_after_the_claims(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """Two claims and one range, which has no claim and no source."""
    rows = [("2024-02-01", "2024-02-01", 12, 20)]
    chart = draw_timeline(
        make_claims(YEAR), make_measure("stock"), no_positions, envelope=_envelope(rows)
    )
    assert chart is not None
    columns = ["drawn", "claim", "as_of_first", "as_of_last", "low", "high"]
    assert chart.data[columns].to_numpy().tolist() == [
        ["claim", "c000", "2024-01-01", "2024-01-01", 10.0, 10.0],
        ["claim", "c001", "2024-12-31", "2024-12-31", 30.0, 30.0],
        ["allowed range", "", "2024-02-01", "2024-02-01", 12.0, 20.0],
    ]


def test_rows_of_days_have_what_is_allowed_behind_them(
    make_claims: Any, make_measure: Any, no_positions: Any, words: Any
) -> None:
    """A range on the second of three days with claims, and one on a day without: four rows."""
    days = ["2023-11-24", "2024-02-01", "2025-01-19"]
    claims = make_claims([{"value": 30 + i, "at": day} for i, day in enumerate(days)])
    rows = [(days[1], days[1], 20, 35), ("2024-07-01", "2024-07-01", 20, 30)]
    chart = draw_timeline(claims, make_measure("flow"), no_positions, envelope=_envelope(rows))
    assert chart is not None
    one, other = _allowed(chart.figure)
    assert (one[0][0], one[1][0]) == (20, 35)
    assert one[0][1] < -1 < one[1][1]  # the second row from the top
    assert (other[0][0], other[1][0]) == (20, 30)
    assert other[0][1] < -2 < other[1][1]
    assert "1 Jul" in words(chart.figure)
