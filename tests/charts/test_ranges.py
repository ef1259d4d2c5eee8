"""One row for each reading; what doesn't fit is folded and said, never cut."""

from __future__ import annotations

from typing import Any

import numpy as np

from analyzer.charts import draw_ranges, save_chart, widest_slot
from analyzer.charts.base.readings import add_colours, read_marks
from analyzer.charts.claims.reading_rows import fold_rows, reading_rows


def test_equal_readings_share_a_row_with_their_origins(make_claims: Any) -> None:
    """Five claims in three readings: 100 twice, at least 100 once, 300 twice by one origin."""
    claims = make_claims(
        [
            {"value": 100, "source": "Beta", "said": "2024-01-05"},
            {"value": 100, "source": "Alpha", "said": "2024-01-04"},
            {"value": 100, "qualifier": "at least", "bounds": (100, np.inf)},
            {"value": 300, "source": "Gamma"},
            {"value": 300, "source": "Gamma"},
        ]
    )
    rows = reading_rows(add_colours(read_marks(claims)))
    assert rows[["text", "n", "said_by"]].to_numpy().tolist() == [
        ["100", 2, ("Alpha", "Beta")],
        ["at least 100", 1, ("Alpha",)],
        ["300", 2, ("Gamma",)],
    ]


def test_folding_keeps_every_claim_and_joins_neighbours(make_claims: Any) -> None:
    """Four readings of 1, 1, 1 and 3 claims into three rows: the two nearest small ones join."""
    values = [100, 101, 150, 200, 200, 200]
    rows = reading_rows(add_colours(read_marks(make_claims([{"value": v} for v in values]))))
    folded = fold_rows(rows, 3)
    assert folded["text"].tolist() == ["100 to 101", "150", "200"]
    assert folded["n"].tolist() == [2, 1, 3]


def test_many_readings_keep_apart_and_are_all_counted(
    make_claims: Any, make_measure: Any, faults: Any
) -> None:
    """40 readings by origins with long names: 14 rows that hold all 40 claims."""
    claims = make_claims(
        [
            {"value": 1000 + 7 * i, "source": f"Ministry of the interior of province {i}"}
            for i in range(40)
        ]
    )
    chart = draw_ranges(claims, make_measure("fixed"))
    assert chart is not None
    assert faults(chart.figure) == []
    shown = [text.get_text() for text in chart.figure.axes[-1].texts if text.get_gid() == "count"]
    assert shown[0] == "claims"
    assert len(shown) == 15
    assert sum(int(text) for text in shown[1:]) == 40
    assert chart.data["claims"].sum() == 40
    assert chart.data["figures"].sum() == 40
    assert sorted(" ".join(chart.data["claim_ids"]).split()) == sorted(claims["id"])
    assert "a dotted line several figures" in chart.caption


def test_names_numbers_and_scopes_of_any_length_fit(
    make_claims: Any, make_measure: Any, faults: Any, words: Any
) -> None:
    """A billion beside one, a share of a point, a name of 90 letters, a scope."""
    for values in ([1, 1_234_567_890], [0.001, 0.002], [12_000, 12_001]):
        rows = [
            {"value": value, "source": "The very long name of an origin " * 3, "scope": "men_only"}
            for value in values
        ]
        rows[0] |= {"qualifier": "approximate", "bounds": (0.9 * values[0], 1.1 * values[0])}
        rows[1] |= {"qualifier": "at least", "bounds": (values[1], np.inf), "source": "Short"}
        chart = draw_ranges(make_claims(rows), make_measure("fixed"))
        assert chart is not None
        assert faults(chart.figure) == []
        assert "Short, men only" in words(chart.figure)


def test_open_ends_point_along_the_row(make_claims: Any, make_measure: Any, words: Any) -> None:
    """At least 471 beside 300: one arrow."""
    claims = make_claims(
        [{"value": 300}, {"value": 471, "qualifier": "at least", "bounds": (471, np.inf)}]
    )
    chart = draw_ranges(claims, make_measure("fixed"))
    assert chart is not None
    arrows = [line for line in chart.figure.axes[-1].lines if line.get_gid() == "open_high"]
    assert [line.get_xdata().tolist() for line in arrows] == [[471.0]]
    assert "at least 471" in words(chart.figure)
    assert "an arrow an open end" in chart.caption
    assert chart.data[["figure", "low", "high"]].to_numpy().tolist() == [
        ["300", 300.0, 300.0],
        ["at least 471", 471.0, np.inf],
    ]


def test_the_title_names_the_ends_of_ranges(make_claims: Any, make_measure: Any) -> None:
    """100 to 300 beside 500, and 450: from 100, not from the middle."""
    claims = make_claims(
        [{"value": 500}, {"stated": None, "qualifier": "range", "bounds": (100, 300)}]
    )
    chart = draw_ranges(claims, make_measure("fixed"))
    assert chart is not None
    assert chart.title == "Killed in the flood: claims say 100 to 300 and 500"
    more = make_claims(
        [
            {"value": 500},
            {"stated": None, "qualifier": "range", "bounds": (100, 300)},
            {"value": 450},
        ]
    )
    chart = draw_ranges(more, make_measure("fixed"))
    assert chart is not None
    assert chart.title == "Killed in the flood: 3 claims give figures from 100 to 500"
    assert chart.alt == (
        "3 claims of “Killed in the flood” in 3 different wordings. Lowest: 100 to 300 (1 claim); "
        "highest: 500 (1 claim)."
    )


def test_the_widest_slot_is_drawn_of_a_measure_that_moves(
    make_claims: Any, make_measure: Any
) -> None:
    """January: 10 and 11; February: 10 and 40."""
    claims = make_claims(
        [
            {"value": 10, "slot": "january"},
            {"value": 11, "slot": "january"},
            {"value": 10, "slot": "february", "at": "2024-02-01"},
            {"value": 40, "slot": "february", "at": "2024-02-01"},
        ]
    )
    assert widest_slot(claims) == "february"
    chart = draw_ranges(claims, make_measure("stock"))
    assert chart is not None
    assert chart.title == "Killed in the flood, 1 Feb 2024: claims say 10 and 40"


def test_claims_that_can_all_be_true_are_no_slot_to_draw(
    make_claims: Any, make_measure: Any
) -> None:
    """More than 600 and 650; 3 citizens and 8 of all: no two of them exclude each other."""
    more = {"value": 600, "qualifier": "more than", "bounds": (601, np.inf)}
    assert widest_slot(make_claims([more, {"value": 650}])) == ""
    apart = make_claims([{"value": 3, "scope": "citizens"}, {"value": 8, "scope": "all"}])
    assert widest_slot(apart) == ""
    assert draw_ranges(apart, make_measure("flow")) is None
    unnamed = make_claims([{"value": 114, "scope": "one_jail"}, {"value": 200}])
    chart = draw_ranges(unnamed, make_measure("flow"))
    assert chart is not None
    assert chart.title.endswith(": claims say 114 (one jail) and 200")


def test_the_title_keeps_an_open_end(make_claims: Any, make_measure: Any) -> None:
    """600, 900, 1,400 and at least 1,400: the highest of them has no upper end."""
    more = {"value": 1400, "qualifier": "at least", "bounds": (1400, np.inf)}
    claims = make_claims([{"value": 600}, {"value": 900}, {"value": 1400}, more])
    chart = draw_ranges(claims, make_measure("fixed"))
    assert chart is not None
    assert chart.title.endswith(": 4 claims give figures from 600 to at least 1,400")


def test_names_give_way_before_marks_are_squeezed_or_words_cut(
    make_claims: Any, make_measure: Any, faults: Any
) -> None:
    """The readings of 7 October: 600, more than 1,000, 1,200, more than 1,400; long names."""
    name = "Ministry of the interior of a province"
    claims = make_claims(
        [
            {"value": 600, "source": name},
            {"value": 1000, "qualifier": "more than", "bounds": (1001, np.inf), "source": name},
            {"value": 1200, "source": name},
            {"value": 1400, "qualifier": "more than", "bounds": (1401, np.inf), "source": name},
        ]
    )
    chart = draw_ranges(claims, make_measure("fixed"))
    assert chart is not None
    assert faults(chart.figure) == []
    low, high = chart.figure.axes[-1].get_xlim()
    assert high - low < 2 * (1400 - 600)


def test_one_reading_is_nothing_to_see(make_claims: Any, make_measure: Any) -> None:
    """Everybody says 10, or about 10."""
    rounded = {"value": 10, "qualifier": "approximate", "bounds": (9, 11)}
    assert draw_ranges(make_claims([{"value": 10}, rounded]), make_measure("fixed")) is None
    claims = make_claims([{"value": 10}, {"value": 10, "source": "Beta"}])
    assert draw_ranges(claims, make_measure("fixed")) is None
    assert draw_ranges(claims, make_measure("stock")) is None
    assert draw_ranges(claims.head(0), make_measure("stock")) is None


def test_another_order_of_rows_gives_the_same_bytes(
    many_claims: Any, make_measure: Any, tmp_path: Any
) -> None:
    """110 claims backwards."""
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_ranges(many_claims.iloc[::step], make_measure("fixed"))
        assert chart is not None
        paths = save_chart(chart, tmp_path / name, "Source: the claims of this dossier")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
