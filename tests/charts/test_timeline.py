"""The timeline shows or counts every claim, open ends as open, and no text on another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analyzer.charts import draw_timeline, save_chart
from analyzer.charts.marks import group_marks
from analyzer.charts.readings import add_colours, read_marks


def _lines(figure: Figure, name: str) -> int:
    """How many points a line with this id has."""
    return sum(
        len(line.get_xdata())
        for axes in figure.axes
        for line in axes.lines
        if line.get_gid() == name
    )


def _points(figure: Figure) -> int:
    return sum(
        len(dots.get_offsets())
        for axes in figure.axes
        for dots in axes.collections
        if dots.get_gid() == "claims"
    )


@pytest.mark.parametrize("kind", ["cumulative", "stock", "fixed", "flow"])
def test_texts_of_many_claims_keep_apart(
    kind: str, many_claims: Any, make_measure: Any, no_positions: Any, faults: Any
) -> None:
    """110 claims of seven long-named origins, as each kind of measure."""
    chart = draw_timeline(many_claims, make_measure(kind), no_positions)
    assert chart is not None
    assert faults(chart.figure) == []


@pytest.mark.parametrize("measure", ["killed_gaza", "killed_oct7", "prisoners_freed_on_day"])
def test_texts_of_the_shipped_dossier_keep_apart(measure: str, gaza: Any, faults: Any) -> None:
    """A running total, a fixed total and a flow, with about 220 claims."""
    claims = gaza.claims[gaza.claims["measure"] == measure]
    row = gaza.measures.set_index("measure", drop=False).loc[measure]
    chart = draw_timeline(claims, row, gaza.positions)
    assert chart is not None
    assert faults(chart.figure) == []


def test_days_of_a_flow_stand_side_by_side(
    make_claims: Any, make_measure: Any, no_positions: Any, faults: Any, words: Any
) -> None:
    """Five days in three years: each has its own column and its number."""
    days = ["2023-11-24", "2023-11-25", "2024-02-01", "2025-01-19", "2025-01-25"]
    claims = make_claims([{"value": 30 + i, "at": day} for i, day in enumerate(days)])
    chart = draw_timeline(claims, make_measure("flow"), no_positions)
    assert chart is not None
    axes = chart.figure.axes[-1]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == [
        "24\nNov\n2023",
        "25",
        "1\nFeb\n2024",
        "19\nJan\n2025",
        "25",
    ]
    assert {"30", "31", "32", "33"} < set(words(chart.figure).splitlines())
    assert "days without claims are left out" in words(chart.figure)
    assert faults(chart.figure) == []


def test_positions_of_a_fixed_total_stand_at_the_edge(
    make_claims: Any, make_measure: Any, faults: Any, words: Any
) -> None:
    """Twelve positions within two per cent of each other: their labels have to be spread."""
    claims = make_claims([{"value": 1000 + 2 * i, "source": f"S{i}"} for i in range(12)])
    positions = pd.DataFrame(
        {
            "measure": "deaths",
            "slot": "deaths actual",
            "scope": "",
            "position": range(1, 13),
            "label": [f"{1000 + 2 * i:,}" for i in range(12)],
            "low": [1000.0 + 2 * i for i in range(12)],
            "high": [1000.0 + 2 * i for i in range(12)],
            "n_claims": [1] * 12,
            "claims": [(f"c{i:03}",) for i in range(12)],
        }
    )
    chart = draw_timeline(claims, make_measure("fixed"), positions)
    assert chart is not None
    assert faults(chart.figure) == []
    assert "largest of 12 groups" in words(chart.figure)


def test_every_claim_is_drawn_or_counted(many_claims: Any) -> None:
    """Grouped marks hold all claims that have a number: 110 of 110."""
    marks = add_colours(read_marks(many_claims)).assign(x=0.0, x_first=0.0, x_last=0.0, dated=True)
    assert group_marks(marks)["n"].sum() == 110


def test_claims_without_date_or_number_are_told(
    make_claims: Any, make_measure: Any, no_positions: Any, words: Any
) -> None:
    """Three claims: one dated, one without a date (drawn in the strip), one that is a share."""
    claims = make_claims([{"value": 10}, {"value": 12, "at": None}, {"value": 1, "is_share": True}])
    chart = draw_timeline(claims, make_measure("stock"), no_positions)
    assert chart is not None
    assert _points(chart.figure) == 2
    text = " ".join(words(chart.figure).split())
    assert "2 claims, 1 of them without a known date, in the grey strip" in text
    assert "1 more not drawn, since the wording gives no number in this unit" in text
    assert "date not known" in text


def test_open_ends_are_drawn_as_open(
    make_claims: Any, make_measure: Any, no_positions: Any, words: Any
) -> None:
    """Open above, open below, closed: one arrow up, one down, and both are in the key."""
    claims = make_claims(
        [
            {"value": 471, "qualifier": "at least", "bounds": (471, np.inf)},
            {"value": 90, "qualifier": "at most", "bounds": (0, 90), "at": "2024-02-01"},
            {"value": 300, "at": "2024-03-01"},
        ]
    )
    chart = draw_timeline(claims, make_measure("stock"), no_positions)
    assert chart is not None
    assert _lines(chart.figure, "open_high") == 1
    assert _lines(chart.figure, "open_low") == 1
    assert "open end: at least, more than" in words(chart.figure)
    assert "open end: up to, under" in words(chart.figure)


def test_closed_claims_have_no_arrow_and_no_key(
    make_claims: Any, make_measure: Any, no_positions: Any, words: Any
) -> None:
    """Two exact numbers."""
    chart = draw_timeline(
        make_claims([{"value": 1}, {"value": 2}]), make_measure("stock"), no_positions
    )
    assert chart is not None
    assert _lines(chart.figure, "open_high") == 0
    assert "open end" not in words(chart.figure)


def test_a_range_is_drawn_from_end_to_end(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """100 to 300: a bar between the two, and a title that names both."""
    claims = make_claims([{"stated": None, "qualifier": "range", "bounds": (100, 300)}])
    chart = draw_timeline(claims, make_measure("fixed"), no_positions)
    assert chart is not None
    assert chart.title == "Killed in the flood: claims range from 100 to 300"
    (bars,) = [
        dots
        for axes in chart.figure.axes
        for dots in axes.collections
        if dots.get_gid() == "bounds"
    ]
    assert [path.vertices[:, 1].tolist() for path in bars.get_paths()] == [[100.0, 300.0]]


def test_words_of_other_scripts_are_drawn_as_numbers(
    make_claims: Any, make_measure: Any, no_positions: Any, words: Any
) -> None:
    """A vague word in Tamil: the figure shows what it allows."""
    claims = make_claims(
        [
            {"stated": None, "qualifier": "vague", "bounds": (2, 20), "reading": "குறைந்தது"},
            {"value": 30, "at": "2024-05-01"},
        ]
    )
    chart = draw_timeline(claims, make_measure("stock"), no_positions)
    assert chart is not None
    assert "2 to 20" in words(chart.figure)
    assert "குறைந்தது" not in words(chart.figure) + chart.alt


def test_nothing_to_see_is_no_chart(make_claims: Any, make_measure: Any, no_positions: Any) -> None:
    """No claims, and only a claim without a number."""
    claims = make_claims([{"value": 1, "is_share": True}])
    assert draw_timeline(claims, make_measure("fixed"), no_positions) is None
    assert draw_timeline(claims.head(0), make_measure("fixed"), no_positions) is None


def test_alternative_text_names_the_ends(
    many_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """Lowest 400, highest 400 + 54 * 600 = 32,800."""
    chart = draw_timeline(many_claims, make_measure("cumulative"), no_positions)
    assert chart is not None
    assert "Timeline of 110 claims" in chart.alt
    assert "400" in chart.alt
    assert "32,800" in chart.alt


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


@pytest.mark.parametrize("rows", [None, [], [("2024-01-01", "2024-01-01", 0, np.inf)]])
def test_without_an_envelope_nothing_changes(
    rows: Any, many_claims: Any, make_measure: Any, no_positions: Any, tmp_path: Any
) -> None:
    """No envelope, an empty one, and one that allows everything: the same bytes and words."""
    written = []
    for name, more in (("a", {}), ("b", {"envelope": None if rows is None else _envelope(rows)})):
        chart = draw_timeline(many_claims, make_measure("cumulative"), no_positions, **more)
        assert chart is not None
        paths = save_chart(chart.figure, tmp_path / name, "Source: 110 claims")
        written.append([chart.alt, chart.caption, *(path.read_bytes() for path in paths)])
    assert written[0] == written[1]


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
    assert ALLOWED in words(chart.figure)
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
    claims = many_claims.assign(**{name: many_claims[name] * size for name in numbers})
    days = pd.date_range("2023-09-01", periods=60, freq="15D")
    rows = [(day, day, 600 * size * i, (700 * i + 900) * size) for i, day in enumerate(days)]
    envelope = _envelope(rows)
    chart = draw_timeline(claims, make_measure(kind), no_positions, envelope=envelope)
    assert chart is not None
    assert faults(chart.figure) == []
    assert small(chart.figure) == []
    low, high = chart.figure.axes[-1].get_xlim()
    assert all(low <= x <= high for band in _allowed(chart.figure) for x, _ in band)


def test_days_side_by_side_have_the_envelope_in_their_column(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """Three columns; the envelope has the second of them, and a day that has none."""
    days = ["2023-11-24", "2024-02-01", "2025-01-19"]
    claims = make_claims([{"value": 30 + i, "at": day} for i, day in enumerate(days)])
    rows = [(days[1], days[1], 20, 35), ("2024-07-01", "2024-07-01", 20, 35)]
    chart = draw_timeline(claims, make_measure("flow"), no_positions, envelope=_envelope(rows))
    assert chart is not None
    ((first, last),) = _allowed(chart.figure)
    assert first == pytest.approx([0.6, 20])
    assert last == pytest.approx([1.4, 35])
