"""Figures of few days stand in rows, what differs on one day side by side."""

from __future__ import annotations

from typing import Any

import numpy as np

from analyzer.charts.claims.day_rows import ARROW
from analyzer.charts.claims.timeline import draw_timeline

DAYS = ["2023-11-24", "2023-11-25", "2024-02-01", "2025-01-19", "2025-01-25"]


def test_each_day_has_a_row_with_its_figures(
    make_claims: Any, make_measure: Any, no_positions: Any, faults: Any, words: Any
) -> None:
    """Five days in three years, one of them with two figures."""
    rows = [{"value": 30 + i, "at": day} for i, day in enumerate(DAYS)]
    claims = make_claims([*rows, {"value": 50, "at": DAYS[1]}])
    chart = draw_timeline(claims, make_measure("flow"), no_positions)
    assert chart is not None
    axes = chart.figure.axes[-1]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == [
        "24 Nov 2023",
        "25 Nov",
        "1 Feb 2024",
        "19 Jan 2025",
        "25 Jan",
    ]
    assert {"30", "31", "50", "32", "33", "34"} < set(words(chart.figure).splitlines())
    assert chart.title == ("Killed in the flood: claims differ on 1 day, 25 Nov 2023 (31 and 50)")
    assert faults(chart.figure) == []


def test_equal_figures_of_two_days_are_two_points(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """Three claims of 5 on one day and one on another, and 7 on a third: three points."""
    days = [DAYS[0]] * 3 + [DAYS[2]]
    claims = make_claims([{"value": 5, "at": day} for day in days] + [{"value": 7, "at": DAYS[4]}])
    chart = draw_timeline(claims, make_measure("flow"), no_positions)
    assert chart is not None
    points = [
        (float(x), float(y))
        for dots in chart.figure.axes[-1].collections
        if dots.get_gid() == "claims"
        for x, y in dots.get_offsets()
    ]
    assert sorted(points) == [(5, -1), (5, 0), (7, -2)]


def test_no_text_stands_in_the_row_of_another_day(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """Six figures between 100 and 105 on each of two days: what has no room is left out."""
    rows = [{"value": 100 + i, "at": day} for i in range(6) for day in DAYS[:2]]
    chart = draw_timeline(make_claims(rows), make_measure("flow"), no_positions)
    assert chart is not None
    axes = chart.figure.axes[-1]
    heights = {round(text.get_position()[1], 6) for text in axes.texts}
    assert heights == {0.0, -1.0}


def test_many_days_are_an_axis_of_days(
    make_claims: Any, make_measure: Any, no_positions: Any, faults: Any
) -> None:
    """Thirty days would be thirty rows."""
    rows = [{"value": i, "at": f"2024-01-{i:02}"} for i in range(1, 31)]
    chart = draw_timeline(make_claims(rows), make_measure("flow"), no_positions)
    assert chart is not None
    assert chart.figure.axes[-1].get_xticklabels()[0].get_text() == "1\nJan 2024"
    assert faults(chart.figure) == []


def test_the_arrow_of_one_figure_runs_over_no_other(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """At least 600 beside 620 on a day: 620 stands beyond the tip of the arrow."""
    claims = make_claims(
        [
            {"value": 600, "at": DAYS[0], "qualifier": "at least", "bounds": (600, np.inf)},
            {"value": 620, "at": DAYS[0]},
            {"value": 2000, "at": DAYS[1]},
        ]
    )
    chart = draw_timeline(claims, make_measure("flow"), no_positions)
    assert chart is not None
    axes = chart.figure.axes[-1]
    inches = axes.get_window_extent().width / chart.figure.dpi
    tip = 600 + ARROW / 72 / inches * axes.get_xlim()[1]
    (text,) = [text for text in axes.texts if text.get_text() == "620"]
    box = text.get_window_extent().transformed(axes.transData.inverted())
    assert box.x0 > tip
