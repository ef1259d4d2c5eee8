"""Claims that exclude each other stand beside what the others make it, on a scale that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analyzer.charts import Chart, draw_contradiction, save_chart

INF = np.inf
LIST = [
    ("Hostages taken", 251, 242),
    ("Hostages released", 134, 143),
    ("Hostages rescued alive", 8, 17),
    ("Bodies recovered", 40, 49),
    ("Hostages held", 60, 69),
]
LONG = "A very long name of an office that speaks for a government, as given by a relay of relays"


def _claim(label: str, own: Any, left: Any, **more: Any) -> dict[str, Any]:
    own, left = (ends if isinstance(ends, tuple) else (ends, ends) for ends in (own, left))
    return {
        "label": label,
        "when": "20 February 2025",
        "wording": f"{own[0]:,.0f}",
        "who": "Associated Press, as given by Newsmax",
        "low": float(own[0]),
        "high": float(own[1]),
        "implied_low": float(left[0]),
        "implied_high": float(left[1]),
        "claims": ("a",),
        "n_copies": 1,
    } | more


def _proof(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


AP = _proof(*[_claim(*row) for row in LIST])
SHAPES = {
    "exact": AP,
    "ranges": _proof(_claim("A", (100, 300), (471, 480)), _claim("B", (471, 480), (100, 300))),
    "open ends": _proof(
        _claim("A", (34622, INF), (-INF, 34600)),
        _claim("B", (0, 9914), (9936, INF)),
        _claim("C", 24686, (24700, INF)),
    ),
    "not worked out": _proof(
        _claim("A", (5, 9), np.nan), _claim("B", 3, (1, 2)), _claim("C", 8, 7)
    ),
    "big": _proof(
        _claim("A", (1e9, 2e9), (2.1e9, 2.2e9)),
        _claim("B", 1.05e9, (-INF, 1e9)),
        _claim("C", 1.05e9 + 0.5, (9.5e8, 1.0499e9)),
    ),
    "many": _proof(
        *[_claim(f"Group {i} {LONG}", 100 * i, 100 * i + 9, n_copies=i) for i in range(1, 11)]
    ),
    "long": _proof(*[_claim(LONG, i, (7, INF), who=LONG, wording=LONG) for i in range(3)]),
    "less than nothing": _proof(_claim("A", 90, (-INF, -93)), _claim("B", 583, (766, INF))),
}


def _points(figure: Figure) -> list[float]:
    return [
        round(float(line.get_xdata()[0]), 3)
        for line in figure.axes[-1].lines
        if line.get_gid() == "point"
    ]


def _marks(figure: Figure, gid: str) -> int:
    axes = figure.axes[-1]
    return sum(mark.get_gid() == gid for mark in (*axes.lines, *axes.patches))


def _draw(proof: pd.DataFrame, identities: Sequence[str] = (), **more: Any) -> Chart:
    chart = draw_contradiction(proof, identities, **more)
    assert chart is not None
    return chart


@pytest.mark.parametrize("shape", SHAPES)
def test_texts_keep_apart_and_every_gap_is_measured(shape: str, faults: Any) -> None:
    chart = _draw(SHAPES[shape], ["Ledger of the 251"])
    assert faults(chart.figure) == []
    assert _marks(chart.figure, "gap")
    assert chart.figure.get_size_inches()[1] < 190 / 25.4
    assert len(chart.data) == len(SHAPES[shape]) or shape == "many"


def test_each_says_one_thing_and_the_others_make_it_another(words: Any) -> None:
    """134 + 8 + 40 + 60 = 242 against 251: every row is 9 apart, and shows both numbers."""
    chart = _draw(AP, ["Ledger of the 251 hostages"])
    lines = words(chart.figure).splitlines()
    for _, own, left in LIST:
        assert f"says {own}" in lines
        assert f"the other four make it {left}" in lines
    assert lines.count("9 apart") == 5
    assert (
        "These five figures cannot all be true if the rule “Ledger of the 251 hostages” holds; "
        "without any one of them, the rest fit."
    ) in " ".join(lines)
    assert chart.title == "“Hostages taken” is given as 251; four other figures make it 242"
    assert "Hostages held (20 February 2025) says 60, the other four make it 69" in chart.alt
    assert "Each row has a scale of its own." in chart.caption


def test_the_data_hold_a_row_a_claim_the_largest_first() -> None:
    data = _draw(AP).data
    assert data["label"].tolist() == [
        "Hostages taken",
        "Bodies recovered",
        "Hostages held",
        "Hostages released",
        "Hostages rescued alive",
    ]
    assert data["low"].tolist() == [251, 40, 60, 134, 8]
    assert data["others_leave_high"].tolist() == [242, 49, 69, 143, 17]
    assert set(data["as_of"]) == {"2025-02-20"}
    assert set(data["claims"]) == {"a"}


def test_claims_of_one_measure_stand_in_the_order_of_their_days() -> None:
    """9 comes before 15 and before 1 March, though not as letters."""
    days = ("15 February 2025", "9 February 2025", "1 March 2025", "May 2025", "")
    rows = [_claim("Freed", 10 + i, 9, when=day) for i, day in enumerate(days)]
    data = _draw(_proof(_claim("Total", 99, 98, when=""), *rows)).data
    assert data["as_of"].tolist() == ["", "", "2025-02-09", "2025-02-15", "2025-03-01", "2025-05"]


def test_ranges_are_read_with_their_ends(words: Any, faults: Any) -> None:
    """471 against 100 to 300."""
    rows = [_claim("Killed", 471, (100, 300)), _claim("Killed", (100, 300), 471)]
    chart = _draw(_proof(*rows))
    text = " ".join(words(chart.figure).split())
    assert chart.title == "“Killed” is given as 471; one other figure makes it 100 to 300"
    assert "These two figures cannot both be true; without either, the other one fits." in text
    assert text.count("at least 171 apart") == 2
    assert "allows 100 to 300" in text
    assert _marks(chart.figure, "end") == 4
    assert faults(chart.figure) == []


def test_what_only_a_hearer_excludes_is_told_so(words: Any) -> None:
    rows = [_claim("A", (731, 739), (752, INF), wording="more than 730"), _claim("B", 9, 8)]
    chart = _draw(_proof(*rows), ["Days added"], as_heard=True)
    assert chart.title == (
        "“A” is given as “more than 730”; one other figure, as usually understood, makes it "
        "at least 752"
    )
    assert "to the letter of the wordings they can" in " ".join(words(chart.figure).split())


def test_the_lower_one_stands_at_the_left() -> None:
    """251 is above what the others make it; the other four are below."""
    points = _points(_draw(AP).figure)
    pairs = zip(points[::2], points[1::2], strict=True)
    assert [own > left for own, left in pairs] == [True, False, False, False, False]


def test_open_and_cut_bars_are_told_apart() -> None:
    """One bar without an upper end, one that starts far to the left of its gap."""
    figure = _draw(SHAPES["open ends"].head(1)).figure
    assert [_marks(figure, gid) for gid in ("open right", "open left", "cut")] == [1, 1, 0]
    assert _marks(_draw(SHAPES["open ends"].iloc[[1]]).figure, "cut") == 1


def test_a_claim_of_which_nothing_more_is_known_has_no_gap(words: Any) -> None:
    """It is not the one that the title tells of."""
    chart = _draw(SHAPES["not worked out"], ["A", "B"])
    text = " ".join(words(chart.figure).split())
    assert text.count(" apart") == 2
    assert "what follows from the rest is not worked out" in text
    assert "if the rules “A” and “B” hold" in text
    assert chart.title == "“C” is given as 8; two other figures make it 7"


def test_wordings_of_other_scripts_become_bounds(words: Any) -> None:
    rows = [_claim("A", (100, 400), 90, wording="குறைந்தது", when=""), _claim("B", 90, (100, 400))]
    chart = _draw(_proof(*rows))
    assert "100 to 400: Associated Press" in words(chart.figure)
    assert "குறைந்தது" not in words(chart.figure) + chart.alt + chart.title


def test_figures_in_percent_keep_their_sign(words: Any) -> None:
    """40 % beside 31 %: 9 points apart; 40 and 31 people: 9 apart."""
    rows = [_claim("A", 40, 31, wording="around 40%"), _claim("B", 31, 40, wording="31%")]
    chart = _draw(_proof(*rows))
    assert chart.title == "“A” is given as 40 %; one other figure makes it 31 %"
    text = words(chart.figure)
    assert "says 40 %" in text
    assert "9 points apart" in text


def test_copies_are_counted_and_one_alone_is_not(words: Any) -> None:
    rows = [_claim("A", 1, 2, n_copies=44), _claim("B", 2, 1)]
    text = words(_draw(_proof(*rows)).figure)
    assert "(44 claims)" in text
    assert "(1 claim" not in text


def test_one_claim_against_the_rules_alone(words: Any, faults: Any) -> None:
    chart = _draw(_proof(_claim("Held", 29, (-INF, 28))), ["The 28"])
    assert chart.title == "“Held” is given as 29; the rules make it at most 28"
    assert "This figure cannot be true if the rule “The 28” holds." in words(chart.figure)
    assert faults(chart.figure) == []


def test_of_many_claims_those_with_room_are_drawn_and_the_rest_is_counted(words: Any) -> None:
    """Ten with long names, of which seven have room."""
    chart = _draw(SHAPES["many"])
    assert len(chart.data) == 7
    assert "Not drawn: three more figures." in " ".join(words(chart.figure).split())


def test_no_claims_no_chart() -> None:
    assert draw_contradiction(AP.head(0), ["Ledger"]) is None


def test_another_order_of_rows_gives_the_same_bytes(tmp_path: Any) -> None:
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_contradiction(AP.iloc[::step], ["Ledger"])
        assert chart is not None
        paths = save_chart(chart, tmp_path / name, "Source: five claims")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
