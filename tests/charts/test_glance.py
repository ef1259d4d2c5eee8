"""The small chart of a finding: whoever sees only that knows who stands where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analyzer.charts import Chart, draw_glance, save_chart
from analyzer.charts.findings.glance import HIGH, Behind
from analyzer.model import FINDING_KINDS

LABELS = {"deaths": "Killed in the flood"}
Make = Callable[..., pd.DataFrame]
Faults = Callable[..., list[str]]


@pytest.fixture
def told(make_claims: Any) -> Make:
    """Claims with their authority: who is cited, Alpha where a row names nobody."""

    def make(rows: list[dict[str, Any]]) -> pd.DataFrame:
        claims = make_claims(rows)
        cited = [row.get("cited", row.get("source", "Alpha")) for row in rows]
        return claims.assign(
            authority=[name.lower() for name in cited], authority_name=cited, of="", language="en"
        )

    return make


def _finding(claims: pd.DataFrame, kind: str, *positions: list[int], when: str = "") -> pd.Series:
    ids = [tuple(claims["id"].iloc[place] for place in part) for part in positions]
    return pd.Series(
        {
            "id": f"{kind}.deaths",
            "kind": kind,
            "measure": "deaths",
            "when": when,
            "claims": tuple(claims["id"]),
            "positions": tuple(ids),
            "evidence": (),
        }
    )


def _texts(chart: Chart, gid: str) -> list[str]:
    axes = chart.figure.axes[-1]
    return [text.get_text() for text in axes.texts if text.get_gid() == gid]


def _sound(chart: Chart | None, faults: Faults) -> Chart:
    assert chart is not None
    assert faults(chart.figure) == []
    assert chart.figure.get_size_inches()[1] <= HIGH + 1e-6
    assert chart.figure.get_label() == chart.title
    assert len(chart.data)
    return chart


@pytest.fixture
def hospital(told: Make) -> tuple[pd.Series, pd.DataFrame]:
    """Two claims of 100 to 300, three of at least 471 by two origins, one of 500."""
    ranged = {"stated": None, "bounds": (100, 300), "status": "estimated", "cited": "Spies"}
    least = {"value": 471, "qualifier": "at least", "bounds": (471, np.inf)}
    claims = told(
        [
            ranged | {"source": "Alpha"},
            ranged | {"source": "Beta"},
            least | {"source": "Ministry"},
            least | {"source": "Gamma", "cited": "Ministry"},
            least | {"source": "Delta"},
            {"value": 500, "source": "Ministry"},
        ]
    )
    return _finding(claims, "disagreement", [0, 1], [5], [2, 3, 4]), claims


def test_each_position_is_a_row_with_its_figure_and_who_stands_there(
    hospital: tuple[pd.Series, pd.DataFrame], faults: Faults
) -> None:
    chart = _sound(draw_glance(*hospital, LABELS), faults)
    assert _texts(chart, "figure") == ["100 to 300", "at least 471", "500"]
    assert _texts(chart, "who") == [
        "Spies",
        "via 2 publishers, 2 claims",
        "Ministry",
        "and 1 more, 3 claims",
        "Ministry",
        "1 claim",
    ]
    assert chart.title == "Killed in the flood: 100 to 300, at least 471 and 500"
    assert chart.alt == (
        "Killed in the flood: 100 to 300 (Spies, via 2 publishers, 2 claims); at least 471 "
        "(Ministry, and 1 more, 3 claims); 500 (Ministry, 1 claim)."
    )
    assert chart.data[["figure", "low", "high", "claims"]].to_numpy().tolist() == [
        ["100 to 300", 100.0, 300.0, 2],
        ["at least 471", 471.0, np.inf, 3],
        ["500", 500.0, 500.0, 1],
    ]
    assert chart.data["claim_ids"].tolist() == ["c000 c001", "c002 c003 c004", "c005"]


def test_an_open_end_is_an_arrow_and_a_range_a_bar_with_ends(
    hospital: tuple[pd.Series, pd.DataFrame], faults: Faults
) -> None:
    chart = _sound(draw_glance(*hospital, LABELS), faults)
    lines = {str(line.get_gid()): line.get_xdata() for line in chart.figure.axes[-1].lines}
    assert list(lines["open_high"]) == [471.0]
    assert list(lines["bounds"]) == [100.0, 300.0]
    assert "arrow: an open end" in chart.caption


def test_five_positions_of_nine_are_drawn_and_the_others_counted(
    told: Make, faults: Faults
) -> None:
    """Nine positions; the ends are kept, and of the others those of most claims."""
    rows = [
        {"value": 100 + 10 * i, "source": f"The press office of province number {i}"}
        for i in range(9)
    ]
    claims = told([*rows, *[row | {"source": "Another"} for row in rows[3:6]]])
    positions = [[i, *([i + 6] if 3 <= i < 6 else [])] for i in range(9)]
    chart = _sound(
        draw_glance(_finding(claims, "disagreement", *positions), claims, LABELS), faults
    )
    assert _texts(chart, "figure") == ["100", "130", "140", "150", "180"]
    assert _texts(chart, "note") == ["4 more not drawn"]
    assert chart.alt.endswith("4 more not drawn.")
    assert all("and 1 more" in name for name in _texts(chart, "who")[1:4])


def test_figures_of_several_days_are_told_day_by_day(told: Make, faults: Faults) -> None:
    """33 for the 1st stands above 7, 18 and 16 of later days."""
    days = [(16, 20, "Gamma"), (33, 1, "Alpha"), (7, 5, "Beta"), (18, 12, "Alpha")]
    claims = told(
        [
            {"value": value, "at": f"2024-01-{day:02}", "source": source}
            for value, day, source in days
        ]
    )
    finding = _finding(claims, "overtaken", [1], [0, 2, 3])
    chart = _sound(draw_glance(finding, claims, LABELS), faults)
    assert _texts(chart, "figure") == ["33", "7", "18", "16"]
    assert _texts(chart, "who")[:2] == ["1 Jan: Alpha", "5 Jan: Beta"]
    assert chart.data["from"].tolist() == ["2024-01-01", "2024-01-05", "2024-01-12", "2024-01-20"]


def test_a_revision_goes_from_the_old_figure_to_the_new_one(told: Make, faults: Faults) -> None:
    claims = told([{"value": 1200, "said": "2024-02-02"}, {"value": 1400}])
    finding = _finding(claims, "revision", [1], [0])
    chart = _sound(draw_glance(finding, claims, LABELS), faults)
    assert _texts(chart, "figure") == ["1,400", "1,200"]
    assert _texts(chart, "who")[1] == "Jan 2024, 1 claim"


def test_a_relay_starts_with_what_its_origin_gave(told: Make, faults: Faults) -> None:
    least = {"value": 45, "qualifier": "at least", "bounds": (45, np.inf)}
    claims = told([{"value": 45, "source": "Blog", "cited": "Ministry"}, least])
    finding = _finding(claims, "relay", [0], [1])
    chart = _sound(draw_glance(finding, claims, LABELS), faults)
    assert _texts(chart, "figure") == ["at least 45", "45"]
    assert _texts(chart, "who") == ["Alpha", "its own figure", "Blog", "citing Ministry"]


def test_two_equal_figures_are_no_chart(told: Make) -> None:
    claims = told([{"value": 35}, {"value": 35, "source": "Beta"}])
    assert draw_glance(_finding(claims, "relay", [0], [1]), claims, LABELS) is None


def test_sums_are_bars_and_what_one_lacks_is_hatched(told: Make, faults: Faults) -> None:
    """48 in all, against 20 and 25."""
    claims = told([{"value": value} for value in (48, 20, 25)])
    account = pd.Series(
        {"name": "Alpha, 1 January 2024", "relation": "=", "left_low": 48.0, "left_high": 48.0}
        | {"right_low": 45.0, "right_high": 45.0}
    )
    terms = pd.DataFrame(
        [
            ("left", "deaths", "All", 48.0),
            ("right", "men", "Men", 20.0),
            ("right", "women", "Women", 25.0),
        ],
        columns=["side", "measure", "label", "low"],
    )
    terms = terms.assign(
        account="", factor=1.0, constant=False, high=terms["low"], wording=["48", "20", "25"]
    )
    behind = Behind(account=account, terms=terms, expression="deaths = men + women")
    chart = _sound(draw_glance(_finding(claims, "account"), claims, LABELS, behind), faults)
    assert _texts(chart, "figure") == ["48", "45, 3 short"]
    assert _texts(chart, "note") == ["hatched: 3 short"]
    assert "20 + 25" in _texts(chart, "who")
    patches = chart.figure.axes[-1].patches
    widths = [patch.get_width() for patch in patches if patch.get_gid() == "term"]
    assert widths == [48.0, 20.0, 25.0]
    missing = [patch for patch in patches if patch.get_gid() == "missing"]
    assert [(patch.get_x(), patch.get_width()) for patch in missing] == [(45.0, 3.0)]
    assert "they are 3 apart" in chart.alt


def _line(values: list[float], first: str = "2024-01-01") -> pd.DataFrame:
    days = pd.date_range(first, periods=len(values), unit="s")
    claims = [f"c{i:03}" for i in range(len(values))]
    return pd.DataFrame({"at": days, "value": values, "claim": claims})


def _event(kind: str, day: str, **more: Any) -> pd.Series:
    cells = {"kind": kind, "at_last": pd.Timestamp(day), "suggestion": np.nan, "value": 0.0}
    return pd.Series(cells | {"expected_low": np.nan, "expected_high": np.nan} | more)


def test_a_fall_is_shown_in_its_series(told: Make, faults: Faults) -> None:
    """20 days of one series; from the 10th to the 11th it falls from 109 to 90."""
    values = [*range(100, 110), *range(90, 100)]
    claims = told([{"value": value} for value in values])
    behind = Behind(event=_event("fall", "2024-01-11"), lines=[_line(values)])
    finding = _finding(claims, "fall", [10], [9, 8])
    chart = _sound(draw_glance(finding, claims, LABELS, behind), faults)
    assert _texts(chart, "figure") == ["109 on 10 Jan 2024", "90 on 11 Jan 2024"]
    assert _texts(chart, "who") == ["Alpha"]
    assert chart.title == "Killed in the flood: 109 on 10 Jan 2024, then 90 on 11 Jan 2024"
    assert {109.0, 90.0} <= set(chart.data["value"])
    told_line = [line for line in chart.figure.axes[-1].lines if line.get_gid() == "told"]
    assert list(told_line[0].get_ydata()) == [109, 90]


def test_a_mistyped_figure_stands_beside_the_one_that_would_fit(told: Make, faults: Faults) -> None:
    values = [100.0, 110.0, 210.0, 130.0, 140.0]
    claims = told([{"value": value} for value in values])
    event = _event("typing error", "2024-01-03", suggestion=120.0)
    finding = _finding(claims, "typing error", [2], [1, 3])
    chart = draw_glance(finding, claims, LABELS, Behind(event=event, lines=[_line(values)]))
    chart = _sound(chart, faults)
    assert _texts(chart, "figure") == ["210 on 3 Jan 2024", "120 would fit"]
    assert chart.alt.endswith("210 on 3 Jan 2024; 120 would fit.")


def test_a_day_beside_its_running_total_is_two_bars(told: Make, faults: Faults) -> None:
    """1,000 for the day, a rise by 486."""
    claims = told([{"value": 1000}, {"value": 8714}, {"value": 9200}])
    more = {"value": 1000.0, "expected_low": 486.0, "expected_high": 486.0}
    event = _event("mismatch", "2024-01-03", **more)
    finding = _finding(claims, "mismatch", [0], [1, 2])
    chart = draw_glance(finding, claims, LABELS, Behind(event=event, lines=[_line([1.0, 2.0])]))
    chart = _sound(chart, faults)
    assert _texts(chart, "figure") == ["1,000", "486, 514 short"]
    assert _texts(chart, "note") == ["hatched: 514 short"]


def test_two_series_end_in_their_names_and_figures(told: Make, faults: Faults) -> None:
    claims = told([{"value": 110}, {"value": 40}])
    lines = [_line([100.0, 105.0, 110.0]), _line([30.0, 35.0, 40.0])]
    names = ("The ministry of the interior and of defence", "Beta (visually confirmed only)")
    finding = _finding(claims, "divergence", [0], [1])
    chart = _sound(draw_glance(finding, claims, LABELS, Behind(lines=lines, names=names)), faults)
    assert _texts(chart, "figure") == ["110", "40"]
    assert "The ministry of the" in " ".join(_texts(chart, "who"))
    assert chart.data["value"].tolist() == [100, 105, 110, 30, 35, 40]
    assert set(chart.data["series"]) == set(names)


def test_a_replaced_figure_is_an_arrow(told: Make, faults: Faults) -> None:
    """100 became 120 on one day, 200 became 190 on another."""
    days = ["2024-01-01", "2024-01-02"] * 2
    values = [100, 200, 120, 190]
    claims = told([{"value": v, "at": d} for v, d in zip(values, days, strict=True)])
    finding = _finding(claims, "edit", [0, 1], [2, 3])
    chart = _sound(draw_glance(finding, claims, LABELS), faults)
    assert _texts(chart, "figure") == ["100, then 120", "200, then 190"]
    assert chart.data[["old_figure", "new_figure"]].to_numpy().tolist() == [
        ["100", "120"],
        ["200", "190"],
    ]


def test_a_joint_contradiction_shows_what_the_others_leave(told: Make, faults: Faults) -> None:
    """35 is stated; two other figures leave at most 34 for it."""
    claims = told([{"value": 35}, {"value": 105}, {"value": 7}])
    claims["measure"] = ["deaths", "taken", "freed"]
    steps = pd.DataFrame(
        {
            "claims": [("c000",), ("c001",), ("c002",)],
            "when": ["1 July 2024", "", ""],
            "wording": ["35", "105", "7"],
            "low": [35.0, 105.0, 7.0],
            "high": [35.0, 105.0, 7.0],
            "implied_low": [0.0, 0.0, 0.0],
            "implied_high": [34.0, 104.0, 6.0],
        }
    )
    finding = _finding(claims, "joint contradiction", [0], [1], [2])
    chart = _sound(draw_glance(finding, claims, LABELS, Behind(steps=steps)), faults)
    assert _texts(chart, "figure") == ["35", "at most 34"]
    assert _texts(chart, "who")[2:] == ["Left for it", "by the 2 other figures"]
    assert draw_glance(finding, claims, LABELS) is None


@pytest.mark.parametrize("kind", list(FINDING_KINDS))
def test_no_kind_of_finding_fails_for_want_of_what_lies_behind_it(told: Make, kind: str) -> None:
    """One claim, no event, no account, no proof: no chart, and no error."""
    claims = told([{"value": 5, "at": None}])
    assert draw_glance(_finding(claims, kind, [0]), claims, LABELS) is None


@pytest.mark.parametrize("values", [(0, 1_234_567_890), (0.001, 0.002), (12_000, 12_001)])
def test_hostile_numbers_and_names_fit(
    told: Make, faults: Faults, values: tuple[float, float]
) -> None:
    long = "The very long name of an origin of figures without any end " * 2
    rows: list[dict[str, Any]] = [{"value": value, "source": long} for value in values]
    rows[1] |= {"qualifier": "at least", "bounds": (values[1], np.inf), "scope": "men_and_boys"}
    claims = told([*rows, {"value": values[1], "source": long, "status": "planned"}])
    for kind in ("disagreement", "overtaken", "relay"):
        _sound(draw_glance(_finding(claims, kind, [0], [1], [2]), claims, LABELS), faults)


def test_another_order_of_rows_gives_the_same_bytes(
    hospital: tuple[pd.Series, pd.DataFrame], tmp_path: Any
) -> None:
    finding, claims = hospital
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_glance(finding, claims.iloc[::step], LABELS)
        assert chart is not None
        paths = save_chart(chart, tmp_path / name, "Source: 6 claims of 5 publishers")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
