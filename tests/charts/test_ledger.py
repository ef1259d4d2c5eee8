"""An identity over time: what is stacked, what it is held against, and when it cannot hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from analyzer.charts import Chart, draw_ledger, save_chart
from analyzer.charts.base import theme

INF = np.inf
LABELS = {"taken": "Hostages taken", "freed": "Hostages freed", "held": "Hostages held"}
SIDES = (("left", "taken", 1.0), ("right", "freed", 1.0), ("right", "held", 1.0))
LONG = "People of a group with a name that goes on and on until it needs several lines"
Ends = tuple[float, float, bool]


def _said(value: float) -> Ends:
    return value, value, True


def _ledger(
    rows: Sequence[Sequence[Ends]],
    sides: Sequence[tuple[str, str, float]] = SIDES,
    step: int = 30,
    labels: dict[str, str] = LABELS,
) -> pd.DataFrame:
    """A row a term and time; bounds are given before they are multiplied."""
    found = []
    for place, ends in enumerate(rows):
        for (side, measure, factor), (low, high, stated) in zip(sides, ends, strict=True):
            found.append(
                {
                    "at": pd.Timestamp("2024-01-05") + pd.Timedelta(days=step * place),
                    "side": side,
                    "label": labels.get(measure, measure),
                    "measure": "" if measure.isdigit() else measure,
                    "factor": factor,
                    "low": float(min(low * factor, high * factor)),
                    "high": float(max(low * factor, high * factor)),
                    "stated": stated,
                    "constant": measure.isdigit(),
                }
            )
    return pd.DataFrame(found)


def _identity(expression: str = "taken = freed + held") -> pd.Series:
    return pd.Series({"name": "ledger", "label": "The ledger", "expression": expression})


EXACT = [
    [_said(251), _said(105), _said(146)],
    [_said(251), _said(134), _said(108)],  # 9 are left over
    [_said(251), (140, 150, False), _said(105)],  # -4 to 6
    [_said(251), _said(147), _said(104)],
]
BIG_SIDES = (
    ("left", "pledged", 1.0),
    ("left", "4", 1.0),
    ("right", "grants", 1.0),
    ("right", "loans", 1.0),
    ("right", "back", -1.0),
)
BIG = [
    [(1e9, 2e9, i % 2 == 0), _said(4), _said(5e8 * i), (3e8, 4e8, True), _said(1e8)]
    for i in range(1, 7)
]
MANY = [
    [_said(20000 + 500 * i), _said(15000 + 300 * i), (4900 + 200 * i, 5100 + 200 * i, i % 3 == 0)]
    for i in range(57)
]
MANY[12][2] = _said(9000)
SHAPES = {
    "exact": (_ledger(EXACT), "taken = freed + held"),
    "open ends": (
        _ledger([[(200, INF, True), (90, INF, False), (-INF, 90, i > 2)] for i in range(5)]),
        "taken = freed + held",
    ),
    "broken and open": (
        _ledger([[(-INF, 40, True), (50, INF, True), _said(i)] for i in range(4)]),
        "taken = freed + held",
    ),
    "big": (
        _ledger(
            BIG, BIG_SIDES, 366, {"pledged": LONG, "grants": LONG + " still", "loans": "Loans"}
        ),
        "pledged + 4 >= grants + loans - back",
    ),
    "many": (_ledger(MANY, step=11), "taken = freed + held"),
    "always broken": (
        _ledger([[_said(90 + i), _said(60), _said(60 + 2 * i)] for i in range(30)], step=1),
        "taken = freed + held",
    ),
    "many long parts": (
        _ledger(
            [[_said(900), *[_said(100 + i)] * 8] for i in range(12)],
            [("left", "all", 1.0), *[("right", f"part{n}", 1.0) for n in range(8)]],
            labels={f"part{n}": f"{LONG} {n}" for n in range(8)},
        ),
        "all = " + " + ".join(f"part{n}" for n in range(8)),
    ),
}


def _draw(shape: str) -> Chart:
    ledger, expression = SHAPES[shape]
    chart = draw_ledger(ledger, _identity(expression))
    assert chart is not None
    return chart


def _bars(figure: Figure, gid: str) -> list[tuple[float, float]]:
    """Start and height of the bars, from column to column."""
    patches = [patch for patch in figure.axes[-1].patches if patch.get_gid() == gid]
    return [(patch.get_y(), round(patch.get_height(), 6)) for patch in patches]


def _lines(figure: Figure, gid: str) -> list[list[float]]:
    return [
        [float(y) for y in line.get_ydata()]
        for line in figure.axes[-1].lines
        if line.get_gid() == gid
    ]


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "open ends"])
def test_texts_keep_apart(shape: str, faults: Any) -> None:
    chart = _draw(shape)
    assert faults(chart.figure) == []
    assert chart.figure.get_size_inches()[1] < 190 / 25.4


def test_what_no_reading_fills_is_hatched_and_named(words: Any) -> None:
    """134 and 108 come to 242 of 251; at the third date 145 to 155 and 105 can make 251."""
    chart = _draw("exact")
    assert chart.title == (
        "The two parts of “Hostages taken” come to 242 against a total of 251 on 4 Feb 2024"
    )
    assert _bars(chart.figure, "broken") == [(242, 9)]
    assert "9 missing" in words(chart.figure).splitlines()
    assert "The sums cannot fit on 4 Feb 2024 (9 missing)." in chart.alt
    assert "Rule “The ledger”." in " ".join(words(chart.figure).split())
    assert chart.alt.endswith("Hostages taken: 251; Hostages freed: 147; Hostages held: 104.")


def test_parts_are_stacked_at_their_least_with_what_is_possible_above() -> None:
    """At the third date 140 to 150, then 105; pale, since it follows from other figures."""
    figure = _draw("exact").figure
    stacks = [
        (0, 105),
        (105, 146),
        (0, 134),
        (134, 108),
        (0, 140),
        (140, 105),
        (0, 147),
        (147, 104),
    ]
    assert _bars(figure, "part") == stacks
    assert _bars(figure, "possible") == [(245, 10)]
    assert _lines(figure, "total") == [[251, 251]] * 4
    bars = [patch for patch in figure.axes[-1].patches if patch.get_gid() == "part"]
    assert bars[4].get_facecolor() != bars[2].get_facecolor()
    assert bars[6].get_facecolor() == bars[2].get_facecolor()


def test_each_part_has_the_colour_of_its_place() -> None:
    """As in the chart of accounts: the first part orange, the second blue."""
    bars = [p for p in _draw("exact").figure.axes[-1].patches if p.get_gid() == "part"]
    faces = [to_hex(bar.get_facecolor()).upper() for bar in bars[:2]]
    assert faces == [theme.ORANGE, theme.SKY]


def test_the_data_hold_the_terms_the_sum_and_the_difference_of_each_date() -> None:
    data = _draw("exact").data
    assert data["as_of"].drop_duplicates().tolist() == [
        "2024-01-05",
        "2024-02-04",
        "2024-03-05",
        "2024-04-04",
    ]
    third = data[data["as_of"] == "2024-03-05"]
    assert third["row"].tolist() == [
        "part",
        "part",
        "total",
        "sum of the parts",
        "total less the parts",
    ]
    assert third["low"].tolist() == [140, 105, 251, 245, -4]
    assert third["high"].tolist() == [150, 105, 251, 255, 6]
    assert third["stated_for_the_day"].tolist() == ["no", "yes", "yes", "", ""]
    assert data.loc[data["can_fit"] != "", "can_fit"].tolist() == ["yes", "no", "yes", "yes"]


def test_dates_at_which_all_can_fit_are_told_in_the_title() -> None:
    chart = draw_ledger(_ledger(EXACT[:1] * 3), _identity())
    assert chart is not None
    assert chart.title == (
        "The two parts of “Hostages taken” can add up to it at all 3 dates, "
        "5 Jan 2024 to 5 Mar 2024"
    )
    assert "Hatched" not in chart.caption
    assert "Pale" not in chart.caption


def test_a_total_that_no_claim_gives_is_dashed() -> None:
    implied = [[(251, 251, False), *ends[1:]] for ends in EXACT]
    chart = draw_ledger(_ledger(implied), _identity())
    assert chart is not None
    lines = [line for line in chart.figure.axes[-1].lines if line.get_gid() == "total"]
    assert all(line.get_linestyle() != "-" for line in lines)
    assert all(line.get_linestyle() == "-" for line in _total_lines("exact"))


def _total_lines(shape: str) -> list[Any]:
    return [line for line in _draw(shape).figure.axes[-1].lines if line.get_gid() == "total"]


def test_open_ends_have_points_and_what_can_be_anything_is_no_chart() -> None:
    """Bounds without ends are no test; at least 250 against 90 and 91, then 90 and 30."""
    ledger, expression = SHAPES["open ends"]
    assert draw_ledger(ledger, _identity(expression)) is None
    rows = [
        [(250, INF, True), _said(90), (91.0, INF, True)],
        [(250, INF, True), _said(90), _said(30)],
    ]
    chart = draw_ledger(_ledger([*rows, rows[1]]), _identity())
    assert chart is not None
    assert len(_lines(chart.figure, "beyond")) == 1
    assert len(_lines(chart.figure, "open up")) == 3
    assert _bars(chart.figure, "broken") == [(120, 130)] * 2
    assert "at least 130 missing" in chart.alt


@pytest.mark.parametrize(
    ("expression", "broken"),
    [
        ("taken = freed + held", [(242, 9), (251, 9)]),
        ("taken >= freed + held", [(251, 9)]),
        ("freed + held >= taken", [(242, 9)]),
    ],
)
def test_an_inequality_fails_on_one_side_only(
    expression: str, broken: list[tuple[float, float]]
) -> None:
    """9 missing, then 9 too many, then none."""
    sides = SIDES if expression.startswith("taken") else _turned()
    rows = [[_said(251), _said(134), _said(held)] for held in (108, 126, 117)]
    chart = draw_ledger(_ledger(rows, sides), _identity(expression))
    assert chart is not None
    assert _bars(chart.figure, "broken") == broken


def _turned() -> list[tuple[str, str, float]]:
    other = {"left": "right", "right": "left"}
    return [(other[side], measure, factor) for side, measure, factor in SIDES]


def test_a_term_that_is_taken_off_stands_on_the_other_side() -> None:
    """100 = 130 - 30 is drawn as 100 and 30 against 130."""
    sides = (("left", "held", 1.0), ("right", "taken", 1.0), ("right", "freed", -1.0))
    rows = [[_said(100 + i), _said(130 + i), _said(30)] for i in range(3)]
    chart = draw_ledger(_ledger(rows, sides), _identity("held = taken - freed"))
    assert chart is not None
    assert _bars(chart.figure, "broken") == []
    sums = chart.data[chart.data["row"] == "sum of the parts"]
    assert sums["low"].tolist() == [130, 131, 132]


def test_a_fixed_number_is_called_by_its_size(words: Any) -> None:
    """251 + 4 = 100 + 155, the number without a label."""
    sides = (*SIDES[:1], ("left", "4", 1.0), *SIDES[1:])
    rows = [[_said(251), _said(4), _said(100 + i), _said(155 - i)] for i in range(3)]
    ledger = _ledger(rows, sides, labels=LABELS | {"4": ""})
    chart = draw_ledger(ledger, _identity("taken + 4 = freed + held"))
    assert chart is not None
    assert chart.title.startswith("The two parts of “Hostages taken” + 4 can add up to it")
    assert "taken + 4" in " ".join(words(chart.figure).split())
    assert "Fixed number 4" in chart.data["term"].tolist()


def test_of_many_times_thirty_are_drawn_and_the_rest_is_counted(words: Any) -> None:
    """57 dates, the thirteenth of which is broken: it is among the thirty."""
    chart = _draw("many")
    assert len(_lines(chart.figure, "total")) == 30
    assert chart.title.endswith("on 16 May 2024")
    text = " ".join(words(chart.figure).split())
    assert "30 dates side by side; days between them are left out." in text
    assert "Not drawn: 27 more dates, all of which can fit." in text
    assert len(_bars(chart.figure, "broken")) == 1


def test_more_broken_times_than_have_room_are_counted(words: Any) -> None:
    """Fifty broken dates: thirty are drawn."""
    rows = [[_said(90), _said(60), _said(60 + i)] for i in range(50)]
    chart = draw_ledger(_ledger(rows), _identity())
    assert chart is not None
    assert "cannot add up to it at any of 50 dates" in chart.title
    assert "they come to 169 against a total of 90" in chart.title
    text = " ".join(words(chart.figure).split())
    assert "Not drawn: 20 more dates, 20 of which cannot fit." in text


def test_times_without_all_terms_are_left_out(words: Any) -> None:
    """Five dates, one of which lacks a term."""
    ledger = _ledger([EXACT[0]] * 5).drop(index=4)
    chart = draw_ledger(ledger, _identity())
    assert chart is not None
    assert len(_lines(chart.figure, "total")) == 4
    assert "1 date without all figures is left out." in " ".join(words(chart.figure).split())


def test_fewer_than_three_times_are_no_chart() -> None:
    """Two dates; three, one of which lacks a term; none."""
    assert draw_ledger(_ledger(EXACT[:2]), _identity()) is None
    assert draw_ledger(_ledger(EXACT[:3]).drop(index=0), _identity()) is None
    assert draw_ledger(_ledger(EXACT).head(0), _identity()) is None


def test_another_order_of_rows_gives_the_same_bytes(tmp_path: Any) -> None:
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_ledger(_ledger(EXACT).iloc[::step], _identity())
        assert chart is not None
        paths = save_chart(chart, tmp_path / name, "Source: four pages")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
