"""Parts stand one after the other, the total below them, and the words say what lies between."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from analyzer.charts import Chart, draw_waterfall, save_chart
from analyzer.charts.accounts.account_words import MINUS
from analyzer.charts.base import theme
from analyzer.charts.base.readings import TIMES

INF = np.inf
Item = tuple[Any, ...]  # label, low, high, wording and, where it is not 1, the factor


def _account(
    left: list[Item], right: list[Item], relation: str = "=", strength: str = "contradicts"
) -> tuple[pd.Series, pd.DataFrame, pd.Series]:
    rows = []
    for side, items in (("left", left), ("right", right)):
        for place, (label, low, high, wording, *factor) in enumerate(items):
            sign = factor[0] if factor else 1.0
            rows.append(
                {
                    "account": "a",
                    "side": side,
                    "measure": "" if label.isdigit() else f"{side}{place}",
                    "label": label,
                    "factor": sign,
                    "low": float(min(low * sign, high * sign)),
                    "high": float(max(low * sign, high * sign)),
                    "constant": label.isdigit(),
                    "claims": (),
                    "wording": wording,
                }
            )
    terms = pd.DataFrame(rows)
    sums = terms.groupby("side")[["low", "high"]].sum()
    account = {"account": "a", "identity": "sum", "name": "Newsmax, 20 February 2025"}
    account |= {"relation": relation, "strength": strength, "holds": strength == "holds"}
    account |= {f"{side}_{end}": sums[end][side] for side in sums.index for end in ("low", "high")}
    named = terms["measure"].where(~terms["constant"], terms["label"])
    sides = (" + ".join(named[terms["side"] == side]) for side in ("left", "right"))
    expression = f" {relation} ".join(sides)
    identity = {"name": "sum", "label": "The ledger", "expression": expression}
    return pd.Series(account), terms, pd.Series(identity)


def _exact(label: str, value: float) -> Item:
    return label, value, value, f"{value:,.0f}"


TAKEN = [("Hostages taken", 251, 251, "251, as Associated Press gives elsewhere")]
PARTS = [_exact(*item) for item in (("Released", 134), ("Rescued", 8), ("Bodies", 40))]
LONG = "People of a group with a name that goes on and on until it needs several lines"
SHAPES = {
    "exact": _account(TAKEN, [*PARTS, _exact("Held", 60)]),
    "balanced": _account(TAKEN, [*PARTS, _exact("Held", 69)], strength="holds"),
    "ranges": _account(
        [("Killed", 600, 2000, "(about 1,200 or more than 1,400 or about 1,139 or at least 700)")],
        [
            ("Civilians", 695, 736, "(695 or 736)"),
            ("Soldiers", 373, 379, "373 to 379"),
            _exact("Foreigners", 71),
        ],
        strength="holds",
    ),
    "open ends": _account(
        [("Killed", 200, INF, "at least 200")],
        [
            ("Men", 130, INF, "more than 130"),
            ("Children", -INF, 40, "up to 40"),
            _exact("Women", 9),
        ],
        strength="holds",
    ),
    "big": _account(
        [(LONG, 1e9, 2e9, "between one and two billion, grants and loans together")],
        [
            ("Grants", 2.5e8, 2.6e8, "250,000,000 to 260,000,000"),
            ("Loans", 1, 3, "a few"),
            _exact("Guarantees", 1.9e9),
        ],
    ),
    "many": _account(
        [_exact("Killed", 1000)],
        [(f"{LONG} {i}", 10 * i, 10 * i + 5, f"about {10 * i}") for i in range(1, 13)],
    ),
    "taken off": _account(
        [_exact("Held", 90), _exact("4", 4)],
        [_exact("A", 60), _exact("B", 80), ("C", 20, 20, "20", -1.0)],
    ),
    "almost all is left": _account(
        [_exact("Killed", 1e6)],
        [_exact(*item) for item in (("A", 10), ("B", 5), ("C", 1))],
        ">=",
        "holds",
    ),
}


def _bars(figure: Figure, gid: str) -> list[tuple[float, float]]:
    """Start and width of the bars."""
    return [
        (patch.get_x(), patch.get_width())
        for patch in figure.axes[-1].patches
        if patch.get_gid() == gid
    ]


def _draw(shape: str) -> Chart:
    chart = draw_waterfall(*SHAPES[shape])
    assert chart is not None
    return chart


@pytest.mark.parametrize("shape", SHAPES)
def test_texts_keep_apart_and_stay_inside(shape: str, faults: Any) -> None:
    chart = _draw(shape)
    assert faults(chart.figure) == []
    assert len(chart.data) == len(SHAPES[shape][1]) + 3


def test_each_part_begins_where_the_last_one_ends_and_the_rest_is_hatched(words: Any) -> None:
    """134, 8, 40 and 60 come to 242; the total is 251, and 9 lie between."""
    chart = _draw("exact")
    assert _bars(chart.figure, "term") == [(0, 134), (134, 8), (142, 40), (182, 60), (0, 251)]
    assert _bars(chart.figure, "missing") == [(242, 9)]
    assert chart.title == ("The four parts of “Hostages taken” come to 242, the total given is 251")
    lines = words(chart.figure).splitlines()
    assert {"134", "+ 8", "+ 40", "+ 60", "251", "9", "In the total, but in no part"} <= set(lines)
    assert "251, as Associated Press gives elsewhere" in " ".join(lines)
    assert "Rule “The ledger”, figures of Newsmax, 20 February 2025." in " ".join(lines)
    assert "Released: 134; Rescued: 8; Bodies: 40; Held: 60." in chart.alt
    assert chart.alt.endswith("In the total, but in no part: 9.")


def test_the_data_hold_the_terms_both_sums_and_the_difference() -> None:
    data = _draw("exact").data
    assert data["row"].tolist() == [
        *["part"] * 4,
        "total",
        "sum of the parts",
        "sum of the total",
        "total less the parts",
    ]
    assert data["low"].tolist() == [134, 8, 40, 60, 251, 242, 251, 9]
    assert data["high"].tolist() == data["low"].tolist()


def test_an_account_that_balances_says_so(words: Any) -> None:
    """134 + 8 + 40 + 69 = 251."""
    chart = _draw("balanced")
    assert chart.title == "The four parts of “Hostages taken” add up to the total of 251"
    assert "none: the parts add up to the total" in words(chart.figure)
    assert _bars(chart.figure, "missing") == []


def test_what_wordings_allow_beyond_the_least_is_pale(words: Any) -> None:
    """695 to 736, 373 to 379 and 71 come to 1,139 to 1,186, within 600 to 2,000."""
    chart = _draw("ranges")
    assert _bars(chart.figure, "leeway") == [(695, 41), (1068, 6), (600, 1400)]
    assert _bars(chart.figure, "missing") == []
    assert chart.title.endswith("come to 1,139 to 1,186, which can make the total of 600 to 2,000")
    assert f"{MINUS}586 to 861, so the figures can fit" in words(chart.figure)
    assert "600 to 2,000" in words(chart.figure)


def test_open_ends_fade_into_a_point() -> None:
    """At least 200, and more than 130; up to 40 has an end."""
    chart = _draw("open ends")
    gids = [patch.get_gid() for patch in chart.figure.axes[-1].patches]
    assert gids.count("open") == 2
    assert "“at least”" in chart.caption


def test_parts_that_exceed_the_total_are_told_without_a_minus(words: Any) -> None:
    """60 + 80 - 20 is 120, against 90 + 4."""
    chart = _draw("taken off")
    assert chart.title == "The three parts of “Held” + 4 come to 120, the total given is 94"
    assert _bars(chart.figure, "missing") == [(94, 26)]
    assert _bars(chart.figure, "term") == [(0, 60), (60, 80), (120, 20), (0, 90), (90, 4)]
    assert "More in the parts than in the total" in words(chart.figure)


@pytest.mark.parametrize(
    ("relation", "strength", "verdict"),
    [
        ("<=", "holds", "9, which the rule allows"),
        (">=", "contradicts", "9"),
        ("=", "strains", "9 (none, to the letter)"),
    ],
)
def test_the_verdict_is_that_of_the_account(
    relation: str, strength: str, verdict: str, words: Any
) -> None:
    parts = [_exact("A", 60), _exact("B", 30), _exact("C", 1)]
    chart = draw_waterfall(*_account(parts, [_exact("All", 100)], relation, strength))
    assert chart is not None
    assert verdict in words(chart.figure).splitlines()
    assert chart.title.startswith("The three parts of “All” come to 91, the total given is 100")


def test_wordings_of_other_scripts_become_numbers(words: Any) -> None:
    account, terms, identity = _account(TAKEN, PARTS)
    terms.loc[1, "wording"] = "نحو مئتين"
    chart = draw_waterfall(account, terms, identity)
    assert chart is not None
    assert "134" in words(chart.figure).splitlines()


def test_each_term_has_the_colour_that_it_has_beside_other_accounts() -> None:
    """The total grey, the parts by their places in the sum."""
    figure = _draw("exact").figure
    bars = [patch for patch in figure.axes[-1].patches if patch.get_gid() == "term"]
    faces = [to_hex(bar.get_facecolor()).upper() for bar in bars]
    fills = [theme.ORANGE, theme.SKY, theme.PURPLE, theme.YELLOW]
    assert faces == [*fills, theme.GREY.upper()]


@pytest.mark.parametrize(
    "right",
    [
        [_exact("Held", 60)],
        [_exact("Held", 60), _exact("Freed", 9)],
        [_exact("Held", 60), _exact("Freed", 9), _exact("4", 4)],
        [_exact(f"3 {TIMES} Hostages", 60), _exact("Held", 4), _exact("Freed", 9)],
    ],
)
def test_what_is_no_sum_of_three_is_no_chart(right: list[Item]) -> None:
    """One term; two, which the chart of accounts shows; two and a fixed number; a product."""
    assert draw_waterfall(*_account(TAKEN, right)) is None


def test_terms_of_other_accounts_are_no_chart() -> None:
    account, terms, identity = SHAPES["exact"]
    assert draw_waterfall(account, terms.assign(account="b"), identity) is None


def test_sums_of_the_shipped_dossier_keep_apart(gaza: Any, faults: Any) -> None:
    """Every account of an identity that adds up at least three measures."""
    identities = gaza.identities.set_index("name", drop=False)
    drawn = 0
    for _, account in gaza.accounts.iterrows():
        chart = draw_waterfall(account, gaza.terms, identities.loc[account["identity"]])
        if chart is not None:
            drawn += 1
            assert faults(chart.figure) == []
    assert drawn >= 10


def test_another_order_of_rows_gives_the_same_bytes(tmp_path: Any) -> None:
    account, terms, identity = SHAPES["exact"]
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_waterfall(account, terms.iloc[::step], identity)
        assert chart is not None
        paths = save_chart(chart, tmp_path / name, "Source: one page")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
