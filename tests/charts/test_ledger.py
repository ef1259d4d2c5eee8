"""An identity over time: what is stacked, what it is held against, and when it cannot hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analyzer.charts import draw_ledger, save_chart

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
    return pd.Series({"name": "ledger", "expression": expression})


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
    "exact": (_ledger(EXACT), "taken = freed + held", LABELS),
    "open ends": (
        _ledger([[(200, INF, True), (90, INF, False), (-INF, 90, i > 2)] for i in range(5)]),
        "taken = freed + held",
        LABELS,
    ),
    "broken and open": (
        _ledger([[(-INF, 40, True), (50, INF, True), _said(i)] for i in range(4)]),
        "taken = freed + held",
        LABELS,
    ),
    "big": (
        _ledger(
            BIG, BIG_SIDES, 366, {"pledged": LONG, "grants": LONG + " still", "loans": "Loans"}
        ),
        "pledged + 4 >= grants + loans - back",
        {"pledged": LONG},
    ),
    "many": (_ledger(MANY, step=11), "taken = freed + held", LABELS),
    "always broken": (
        _ledger([[_said(90 + i), _said(60), _said(60 + 2 * i)] for i in range(30)], step=1),
        "taken = freed + held",
        LABELS,
    ),
    "many long parts": (
        _ledger(
            [[_said(900), *[_said(100 + i)] * 8] for i in range(12)],
            [("left", "all", 1.0), *[("right", f"part{n}", 1.0) for n in range(8)]],
            labels={f"part{n}": f"{LONG} {n}" for n in range(8)},
        ),
        "all = " + " + ".join(f"part{n}" for n in range(8)),
        {},
    ),
}


def _draw(shape: str) -> Any:
    ledger, expression, labels = SHAPES[shape]
    return draw_ledger(ledger, _identity(expression), labels)


def _marks(figure: Figure, gid: str) -> int:
    """Bars, strokes and points with this id."""
    count = 0
    for axes in figure.axes:
        count += sum(patch.get_gid() == gid for patch in axes.patches)
        count += sum(len(s.get_paths()) for s in axes.collections if s.get_gid() == gid)
        count += sum(len(line.get_xdata()) for line in axes.lines if line.get_gid() == gid)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_texts_keep_apart(shape: str, faults: Any, small: Any) -> None:
    chart = _draw(shape)
    assert chart is not None
    assert faults(chart.figure) == []
    assert small(chart.figure) == []


def test_a_time_that_cannot_balance_is_dark_and_named(words: Any) -> None:
    """251 less 134 and 108 is 9; at the third time -4 to 6 are left, which allows nothing."""
    chart = _draw("exact")
    assert chart is not None
    assert chart.title == (
        "“Hostages taken” and the sum of its 2 parts, 5 Jan 2024 to 4 Apr 2024: "
        "they cannot fit on 4 Feb 2024"
    )
    assert "4 Feb 2024: 9" in words(chart.figure).splitlines()
    assert _marks(chart.figure, "broken") == 1
    assert _marks(chart.figure, "rest") == 3
    assert "They cannot fit on 4 Feb 2024 (left over 9)." in chart.alt
    assert chart.alt.endswith("Hostages freed: 147; Hostages held: 104; Hostages taken: 251.")


def test_parts_are_stacked_to_the_middle_of_their_bounds() -> None:
    """At the third time 145, of 140 to 150, and 105 on top of it."""
    chart = _draw("exact")
    assert chart is not None
    bars = [patch for patch in chart.figure.axes[1].patches if patch.get_width() == 0.8]
    assert [(bar.get_y(), bar.get_height()) for bar in bars] == [
        (0, 105),
        (0, 134),
        (0, 145),
        (0, 147),
        (105, 146),
        (134, 108),
        (145, 105),
        (147, 104),
    ]
    assert chart.figure.axes[1].get_ylim()[1] > 254
    assert bars[2].get_facecolor() != bars[1].get_facecolor()  # only implied: pale
    assert bars[3].get_facecolor() == bars[1].get_facecolor()


def test_only_what_is_drawn_has_a_key(words: Any) -> None:
    chart = draw_ledger(_ledger(EXACT[:1] * 3), _identity(), LABELS)
    assert chart is not None
    assert "implied" not in words(chart.figure)
    assert "they can fit at all 3 times" in " ".join(chart.title.split())
    assert "They can always fit." in chart.alt
    implied = [[(251, 251, False), *ends[1:]] for ends in EXACT]
    chart = draw_ledger(_ledger(implied), _identity(), LABELS)
    assert chart is not None
    assert "total, only implied" in words(chart.figure)
    assert "not given for the day, only implied" in words(chart.figure)


def test_open_ends_have_arrows_and_allow_everything(words: Any) -> None:
    chart = _draw("open ends")
    assert chart is not None
    assert _marks(chart.figure, "open up") == 5
    assert _marks(chart.figure, "beyond up") == 5
    assert _marks(chart.figure, "beyond down") == 5
    assert _marks(chart.figure, "broken") == 0


@pytest.mark.parametrize(
    ("expression", "broken"),
    [("taken = freed + held", 2), ("taken >= freed + held", 1), ("freed + held >= taken", 1)],
)
def test_an_inequality_is_broken_on_one_side_only(expression: str, broken: int) -> None:
    """9 left over, then 9 too many, then none."""
    sides = SIDES if expression.startswith("taken") else _turned()
    rows = [[_said(251), _said(134), _said(held)] for held in (108, 126, 117)]
    chart = draw_ledger(_ledger(rows, sides), _identity(expression), LABELS)
    assert chart is not None
    assert _marks(chart.figure, "broken") == broken


def _turned() -> list[tuple[str, str, float]]:
    other = {"left": "right", "right": "left"}
    return [(other[side], measure, factor) for side, measure, factor in SIDES]


def test_a_term_that_is_taken_off_stands_on_the_other_side() -> None:
    """100 = 130 - 30 is drawn as 130 beside 100 + 30."""
    sides = (("left", "held", 1.0), ("right", "taken", 1.0), ("right", "freed", -1.0))
    rows = [[_said(100 + i), _said(130 + i), _said(30)] for i in range(3)]
    chart = draw_ledger(_ledger(rows, sides), _identity("held = taken - freed"), LABELS)
    assert chart is not None
    assert chart.title.startswith("“Hostages taken” and the sum of its 2 parts")
    assert _marks(chart.figure, "broken") == 0


def test_a_fixed_number_is_called_by_its_size() -> None:
    """251 + 4 = 100 + 155, the number without a label."""
    sides = (*SIDES[:1], ("left", "4", 1.0), *SIDES[1:])
    rows = [[_said(251), _said(4), _said(100 + i), _said(155 - i)] for i in range(3)]
    ledger = _ledger(rows, sides, labels=LABELS | {"4": ""})
    chart = draw_ledger(ledger, _identity("taken + 4 = freed + held"), LABELS)
    assert chart is not None
    assert chart.title.startswith("“Hostages taken” + 4 and the sum of its 2 parts")


def test_of_many_times_forty_are_drawn_and_the_rest_is_counted(words: Any) -> None:
    """57 times, the thirteenth of which is broken: it is among the forty."""
    chart = _draw("many")
    assert chart is not None
    assert _marks(chart.figure, "total") == 40
    assert "they cannot fit on 16 May 2024" in chart.title
    text = " ".join(words(chart.figure).split())
    assert "40 times side by side; days between them are left out." in text
    assert "Not drawn: 17 more, at all of which they can fit." in text
    assert _marks(chart.figure, "broken") == 1


def test_more_broken_times_than_have_room_are_counted(words: Any) -> None:
    """Fifty broken times: forty are drawn."""
    rows = [[_said(90), _said(60), _said(60 + i)] for i in range(50)]
    chart = draw_ledger(_ledger(rows), _identity(), LABELS)
    assert chart is not None
    assert "they fit at none of 50 times" in chart.title
    assert "Not drawn: 10 more, 10 of them cannot fit." in " ".join(words(chart.figure).split())


def test_times_without_all_terms_are_left_out(words: Any) -> None:
    """Five times, one of which lacks a term."""
    ledger = _ledger([EXACT[0]] * 5).drop(index=4)
    chart = draw_ledger(ledger, _identity(), LABELS)
    assert chart is not None
    assert _marks(chart.figure, "total") == 4
    assert "1 time without all terms is left out." in " ".join(words(chart.figure).split())


def test_fewer_than_three_times_are_no_chart() -> None:
    """Two times; three, one of which lacks a term; none."""
    assert draw_ledger(_ledger(EXACT[:2]), _identity(), LABELS) is None
    assert draw_ledger(_ledger(EXACT[:3]).drop(index=0), _identity(), LABELS) is None
    assert draw_ledger(_ledger(EXACT).head(0), _identity(), LABELS) is None


def test_another_order_of_rows_gives_the_same_bytes(tmp_path: Any) -> None:
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_ledger(_ledger(EXACT).iloc[::step], _identity(), LABELS)
        assert chart is not None
        paths = save_chart(chart.figure, tmp_path / name, "Source: four pages")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
