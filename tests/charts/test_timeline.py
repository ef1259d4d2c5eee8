"""The timeline shows or counts every claim, open ends as open, and no text on another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analyzer.charts import draw_timeline
from analyzer.charts.base.marks import group_marks
from analyzer.charts.base.readings import add_colours, read_marks


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


def _said_when(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims that are said at the time that they speak of."""
    said = claims["at_first"].fillna(pd.Timestamp("2024-06-01"))
    return claims.assign(said_first=said, said_last=said)


@pytest.mark.parametrize("kind", ["cumulative", "stock", "fixed", "flow"])
def test_texts_of_many_claims_keep_apart(
    kind: str, many_claims: Any, make_measure: Any, no_positions: Any, faults: Any
) -> None:
    """110 claims of seven long-named origins, as each kind of measure."""
    chart = draw_timeline(_said_when(many_claims), make_measure(kind), no_positions)
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


def test_every_claim_is_drawn_or_counted(many_claims: Any) -> None:
    """Grouped marks hold all claims that have a number: 110 of 110."""
    marks = add_colours(read_marks(many_claims)).assign(x=0.0, x_first=0.0, x_last=0.0, dated=True)
    marks = marks.assign(aside="")
    assert group_marks(marks)["n"].sum() == 110


def test_claims_without_date_or_number_are_told(
    make_claims: Any, make_measure: Any, no_positions: Any, words: Any
) -> None:
    """Four claims: two dated, one without a date (drawn in the strip), one that is a share."""
    claims = make_claims(
        [
            {"value": 10},
            {"value": 11, "at": "2024-02-01"},
            {"value": 12, "at": None},
            {"value": 1, "is_share": True},
        ]
    )
    chart = draw_timeline(claims, make_measure("stock"), no_positions)
    assert chart is not None
    assert _points(chart.figure) == 3
    text = " ".join(words(chart.figure).split())
    assert "3 claims, each at the time that it speaks of; 1 without a known date" in text
    assert "1 more gives no number in this unit" in text
    assert "no date" in text
    assert list(chart.data["claim"]) == ["c000", "c001", "c002"]
    assert list(chart.data["as_of_first"]) == ["2024-01-01", "2024-02-01", ""]


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
    assert {"at least", "at most"} < set(words(chart.figure).splitlines())
    assert "an arrow an end that it leaves open" in chart.caption
    assert chart.data["high"].tolist() == [np.inf, 90, 300]


def test_closed_claims_have_no_arrow_and_no_key(
    make_claims: Any, make_measure: Any, no_positions: Any, words: Any
) -> None:
    """Two exact numbers."""
    chart = draw_timeline(
        make_claims([{"value": 1}, {"value": 2, "at": "2024-02-01"}]),
        make_measure("stock"),
        no_positions,
    )
    assert chart is not None
    assert _lines(chart.figure, "open_high") == 0
    assert "at least" not in words(chart.figure)
    assert "arrow" not in chart.caption


def test_a_range_is_drawn_from_end_to_end(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """100 to 300: a bar between the two, and a title that names both."""
    claims = make_claims(
        [
            {"stated": None, "qualifier": "range", "bounds": (100, 300), "said": "2024-01-05"},
            {"value": 200, "said": "2024-01-09"},
            {"value": 200, "said": "2024-02-09"},
        ]
    )
    chart = draw_timeline(claims, make_measure("fixed"), no_positions)
    assert chart is not None
    assert chart.title == "Killed in the flood: claims run from 100 to 300"
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
    """No claims, only a claim without a number, one number again and again, one day only."""
    claims = make_claims([{"value": 1, "is_share": True}])
    assert draw_timeline(claims, make_measure("fixed"), no_positions) is None
    assert draw_timeline(claims.head(0), make_measure("fixed"), no_positions) is None
    days = ["2024-01-01", "2024-02-01", "2024-03-01"]
    same = make_claims([{"value": 33, "at": day} for day in days])
    assert draw_timeline(same, make_measure("stock"), no_positions) is None
    once = make_claims([{"value": 33 + i} for i in range(3)])
    assert draw_timeline(once, make_measure("stock"), no_positions) is None
    assert draw_timeline(once, make_measure("fixed"), no_positions) is None


def test_an_axis_without_any_date_is_no_chart(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """Two claims whose time nobody knows."""
    claims = make_claims([{"value": 3, "at": None}, {"value": 4, "at": None}])
    assert draw_timeline(claims, make_measure("stock"), no_positions) is None


def test_alternative_text_names_the_ends(
    many_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """Lowest 400, highest 400 + 54 * 600 = 32,800."""
    chart = draw_timeline(many_claims, make_measure("cumulative"), no_positions)
    assert chart is not None
    assert "Timeline of 110 claims" in chart.alt
    assert "400" in chart.alt
    assert "32,800" in chart.alt


SCOPES = [{"value": 10 + i, "at": f"2024-0{i % 5 + 1}-01"} for i in range(10)]


def test_scopes_with_several_claims_have_a_panel_each(
    make_claims: Any, make_measure: Any, no_positions: Any, words: Any, faults: Any
) -> None:
    """Five without a scope, four of foreigners only, one of children: two panels and a name."""
    scopes = [""] * 5 + ["foreigners_only"] * 4 + ["children"]
    rows = [row | {"scope": scope} for row, scope in zip(SCOPES, scopes, strict=True)]
    chart = draw_timeline(make_claims(rows), make_measure("stock"), no_positions)
    assert chart is not None
    text = words(chart.figure)
    assert "scope not named: 6 claims" in text
    assert "foreigners only: 4 claims" in text
    assert "1 of another scope (children)" in " ".join(text.split())
    assert "19\nAlpha, children" in text
    assert chart.title == "Killed in the flood: from 10 on 1 Jan 2024 to 14 on 1 May 2024"
    assert faults(chart.figure) == []


def _series(make_claims: Any, *parts: tuple[str, str, list[int]]) -> pd.DataFrame:
    """Claims of series: their name, source and figure of each week."""
    rows = [
        {"value": value, "source": source, "series": name, "at": str(FIRST + 7 * i)}
        for name, source, values in parts
        for i, value in enumerate(values)
    ]
    return make_claims(rows).assign(series=[row["series"] for row in rows])


FIRST = np.datetime64("2024-01-01")


def test_lines_are_named_where_they_end(
    make_claims: Any, make_measure: Any, no_positions: Any, words: Any, faults: Any
) -> None:
    """Two series that end at 200 and 50: the name at the last figure, and no key."""
    rising = list(range(10, 210, 10))
    claims = _series(make_claims, ("a", "Alpha", rising), ("b", "Beta", [50] * 19))
    chart = draw_timeline(claims, make_measure("cumulative"), no_positions)
    assert chart is not None
    assert "200\nAlpha" in words(chart.figure)
    assert "50\nBeta" in words(chart.figure)
    assert "Alpha (20)" not in words(chart.figure)
    assert faults(chart.figure) == []


def test_days_of_a_series_are_strokes_and_gaps_are_grey(
    make_claims: Any, make_measure: Any, no_positions: Any, words: Any, faults: Any
) -> None:
    """Thirty weeks of which five are missing: 25 strokes, one grey stretch, the highest named."""
    claims = _series(make_claims, ("a", "Alpha", [3 + i % 7 for i in range(30)]))
    claims = claims.drop(index=range(10, 15))
    chart = draw_timeline(claims, make_measure("flow"), no_positions)
    assert chart is not None
    axes = chart.figure.axes[-1]
    (strokes,) = [dots for dots in axes.collections if dots.get_gid() == "series"]
    assert len(strokes.get_paths()) == 25
    assert [patch.get_gid() for patch in axes.patches].count("gap") == 1
    assert "9\n12 Feb 2024" in words(chart.figure)
    assert "the highest figure is 9, for 12 Feb 2024; the lowest 3" in chart.title
    assert faults(chart.figure) == []


@pytest.mark.parametrize("size", [0.001, 1, 1e9])
@pytest.mark.parametrize("kind", ["cumulative", "fixed", "flow", "share"])
def test_two_claims_with_long_names_and_odd_sizes(
    size: float, kind: str, make_claims: Any, make_measure: Any, no_positions: Any, faults: Any
) -> None:
    """Tiny and huge numbers, by one whose name has no blank."""
    rows = [
        {"value": i * size, "at": f"2024-0{i}-01", "said": f"2024-0{i}-02", "source": "X" * 90}
        for i in (1, 2, 4)
    ]
    chart = draw_timeline(make_claims(rows), make_measure(kind), no_positions)
    assert chart is not None
    assert faults(chart.figure) == []
