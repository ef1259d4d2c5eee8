"""Claims that exclude each other stand beside what the others leave, on a scale that shows it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analyzer.charts import draw_contradiction, save_chart

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


def _gaps(figure: Figure) -> list[float]:
    return [patch.get_width() for patch in figure.axes[-1].patches if patch.get_gid() == "missing"]


def _marks(figure: Figure, gid: str) -> int:
    return sum(line.get_gid() == gid for line in figure.axes[-1].lines)


@pytest.mark.parametrize("shape", SHAPES)
def test_texts_keep_apart_and_every_gap_is_seen(shape: str, faults: Any, small: Any) -> None:
    """The least gap takes a seventeenth of the row."""
    chart = draw_contradiction(SHAPES[shape], "They cannot all be true", ["Ledger of the 251"])
    assert chart is not None
    assert faults(chart.figure) == []
    assert small(chart.figure) == []
    gaps = _gaps(chart.figure)
    assert gaps
    assert min(gaps) > 0.035


def test_each_says_one_thing_and_the_others_leave_another(words: Any) -> None:
    """134 + 8 + 40 + 60 = 242 against 251: every row is 9 apart."""
    chart = draw_contradiction(AP, "Nine of 251 have no place", ["Ledger of the 251 hostages"])
    assert chart is not None
    lines = words(chart.figure).splitlines()
    for _, own, left in LIST:
        assert f"says {own}" in lines
        assert f"the other four leave {left}" in lines
    assert lines.count("9 apart") == 5
    text = " ".join(lines)
    assert (
        "These 5 claims and the account “Ledger of the 251 hostages” cannot all hold; leave out "
        "any one of the claims, and the rest fit. Each row has a scale of its own."
    ) in text
    assert chart.title == "Nine of 251 have no place"
    assert chart.title in text
    assert "Hostages held (20 February 2025): says 60, the other four leave 69." in chart.alt


def test_figures_that_lie_close_share_an_axis(words: Any, faults: Any) -> None:
    """471 against 100 to 300, both rows on one axis: the gap is equally long."""
    rows = [_claim("Killed", 471, (100, 300)), _claim("Killed", (100, 300), 471)]
    chart = draw_contradiction(_proof(*rows), "471, or 100 to 300")
    assert chart is not None
    text = " ".join(words(chart.figure).split())
    assert "These 2 claims cannot both be true." in text
    assert "scale of its own" not in text
    assert "at least 171 apart" in text
    assert "says 471" in text
    assert "allows 100 to 300" in text
    assert "the other one leaves 100 to 300" in text
    assert len(set(_gaps(chart.figure))) == 1
    assert [tick.get_text() for tick in chart.figure.axes[-1].get_xticklabels()] == [
        "100",
        "200",
        "300",
        "400",
    ]
    assert faults(chart.figure) == []


def test_own_scales_put_the_lower_one_at_the_left() -> None:
    """251 is above what the others leave; the other four are below."""
    chart = draw_contradiction(AP, "Nine of 251 have no place")
    assert chart is not None
    points = _points(chart.figure)
    assert [own > left for own, left in zip(points[::2], points[1::2], strict=True)] == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_open_and_cut_bars_are_told_apart() -> None:
    """One bar without an upper end, one that starts far to the left of its gap."""
    chart = draw_contradiction(SHAPES["open ends"].head(1), "At least 34,622")
    assert chart is not None
    assert _marks(chart.figure, "open right") == 1
    assert _marks(chart.figure, "open left") == 1
    assert _marks(chart.figure, "cut") == 0
    chart = draw_contradiction(SHAPES["open ends"].iloc[[1]], "At most 9,914")
    assert chart is not None
    assert _marks(chart.figure, "cut") == 1


def test_a_claim_of_which_nothing_more_is_known_has_no_gap(words: Any) -> None:
    chart = draw_contradiction(SHAPES["not worked out"], "Three claims", ["A", "B"])
    assert chart is not None
    assert len(_gaps(chart.figure)) == 2
    assert "what the other two leave is not worked out" in words(chart.figure)
    assert "and the accounts “A” and “B” cannot all hold" in " ".join(words(chart.figure).split())


def test_wordings_of_other_scripts_become_bounds(words: Any) -> None:
    rows = [_claim("A", (100, 400), 90, wording="குறைந்தது", when=""), _claim("B", 90, (100, 400))]
    chart = draw_contradiction(_proof(*rows), "Two claims")
    assert chart is not None
    assert "100 to 400" in words(chart.figure).splitlines()
    assert "குறைந்தது" not in words(chart.figure) + chart.alt


def test_copies_are_counted_and_one_alone_is_not(words: Any) -> None:
    rows = [_claim("A", 1, 2, n_copies=44), _claim("B", 2, 1)]
    chart = draw_contradiction(_proof(*rows), "Two claims")
    assert chart is not None
    assert "44 claims say so" in words(chart.figure)
    assert "1 claim say" not in words(chart.figure)


def test_one_claim_against_the_accounts_alone(words: Any, faults: Any) -> None:
    chart = draw_contradiction(_proof(_claim("Held", 29, (-INF, 28))), "29 of 28", ["The 28"])
    assert chart is not None
    assert "This claim and the account “The 28” cannot both hold." in words(chart.figure)
    assert "the accounts leave at most 28" in words(chart.figure)
    assert faults(chart.figure) == []


def test_no_claims_no_chart() -> None:
    assert draw_contradiction(AP.head(0), "Nothing", ["Ledger"]) is None


def test_the_same_proof_gives_the_same_bytes(tmp_path: Any) -> None:
    written = []
    for name in ("a", "b"):
        chart = draw_contradiction(AP, "Nine of 251", ["Ledger"])
        assert chart is not None
        paths = save_chart(chart.figure, tmp_path / name, "Source: five claims")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
