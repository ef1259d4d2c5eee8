"""A total comes down term by term to what is left over, and the words say how much that is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analyzer.charts import draw_waterfall, save_chart
from analyzer.charts.account_words import MINUS
from analyzer.charts.readings import TIMES

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
    return pd.Series(account), terms, pd.Series({"name": "sum", "expression": expression})


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
        [("Civilians", 695, 736, "(695 or 736)"), ("Soldiers", 373, 379, "373 to 379")],
        strength="holds",
    ),
    "open ends": _account(
        [("Killed", 200, INF, "at least 200")],
        [("Men", 130, INF, "more than 130"), ("Children", -INF, 40, "up to 40")],
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
        [_exact("Killed", 1e6)], [_exact("A", 10), _exact("B", 5)], ">=", "holds"
    ),
}


def _bars(figure: Figure, gid: str) -> list[tuple[float, float]]:
    """Start and width of the bars."""
    return [
        (patch.get_x(), patch.get_width())
        for patch in figure.axes[-1].patches
        if patch.get_gid() == gid
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_texts_keep_apart(shape: str, faults: Any, small: Any) -> None:
    chart = draw_waterfall(*SHAPES[shape])
    assert chart is not None
    assert faults(chart.figure) == []
    assert small(chart.figure) == []


def test_each_term_takes_its_part_and_the_rest_is_hatched(words: Any) -> None:
    """251 less 134, 8, 40 and 60 leaves 9."""
    chart = draw_waterfall(*SHAPES["exact"])
    assert chart is not None
    assert _bars(chart.figure, "term") == [(0, 251), (117, 134), (109, 8), (69, 40), (9, 60)]
    assert _bars(chart.figure, "missing") == [(0, 9)]
    assert chart.title == "Newsmax, 20 February 2025: “Hostages taken” less its 4 parts leaves 9"
    lines = words(chart.figure).splitlines()
    taken = {f"{MINUS} {value}" for value in (134, 8, 40, 60)}
    assert {"251", *taken, "9", "it does not balance"} <= set(lines)
    assert "251, as Associated Press gives elsewhere" in " ".join(lines)
    assert "Released: 134; Rescued: 8; Bodies: 40; Held: 60. Left over: 9;" in chart.alt


def test_an_account_that_balances_says_so(words: Any) -> None:
    """134 + 8 + 40 + 69 = 251."""
    chart = draw_waterfall(*SHAPES["balanced"])
    assert chart is not None
    assert chart.title.endswith("“Hostages taken” is the sum of its 4 parts")
    assert "0: it balances" in words(chart.figure)
    assert _bars(chart.figure, "missing") == [(0, 0)]


def test_ranges_have_whiskers_and_so_has_the_rest(words: Any) -> None:
    """600 to 2,000 less 695 to 736 and 373 to 379: from 600 - 1,115 to 2,000 - 1,068."""
    chart = draw_waterfall(*SHAPES["ranges"])
    assert chart is not None
    spans = [
        tuple(line.get_xdata())
        for line in chart.figure.axes[-1].lines
        if line.get_marker() == "|" and len(line.get_xdata()) == 2
    ]
    assert spans == [(600, 2000), (564, 605), (205.5, 211.5), (-515, 932)]
    assert f"left over is {MINUS}515 to 932" in chart.title
    assert "it can balance" in words(chart.figure)
    assert "600 to 2,000" in words(chart.figure)


def test_open_ends_have_arrows() -> None:
    chart = draw_waterfall(*SHAPES["open ends"])
    assert chart is not None
    gids = [line.get_gid() for line in chart.figure.axes[-1].lines]
    assert (gids.count("open_high"), gids.count("open_low")) == (3, 2)


def test_parts_that_exceed_the_total_are_told_without_a_minus() -> None:
    """90 + 4 less 60, 80 and -20 is -26."""
    chart = draw_waterfall(*SHAPES["taken off"])
    assert chart is not None
    assert chart.title.endswith("the 3 parts of “Held” + 4 add up to more than it, by 26")
    assert _bars(chart.figure, "missing") == [(-26, 26)]


@pytest.mark.parametrize(
    ("relation", "strength", "verdict"),
    [
        ("<=", "holds", "the account allows that"),
        (">=", "contradicts", "the account rules that out"),
        ("=", "strains", "it fits only if the wordings are stretched"),
    ],
)
def test_the_verdict_is_that_of_the_account(
    relation: str, strength: str, verdict: str, words: Any
) -> None:
    parts = [_exact("A", 60), _exact("B", 31)]
    chart = draw_waterfall(*_account(parts, [_exact("All", 100)], relation, strength))
    assert chart is not None
    assert verdict in " ".join(words(chart.figure).split())
    assert "“All” less its 2 parts leaves 9" in chart.title


def test_wordings_of_other_scripts_become_numbers(words: Any) -> None:
    account, terms, identity = _account(TAKEN, PARTS)
    terms.loc[1, "wording"] = "نحو مئتين"
    chart = draw_waterfall(account, terms, identity)
    assert chart is not None
    assert f"{MINUS} 134" in words(chart.figure)


@pytest.mark.parametrize(
    "right",
    [
        [_exact("Held", 60)],
        [_exact("Held", 60), _exact("4", 4)],
        [_exact(f"3 {TIMES} Hostages", 60), _exact("Held", 4)],
    ],
)
def test_what_is_no_sum_is_no_chart(right: list[Item]) -> None:
    """One term; one term and a fixed number; a product."""
    assert draw_waterfall(*_account(TAKEN, right)) is None


def test_terms_of_other_accounts_are_no_chart() -> None:
    account, terms, identity = SHAPES["exact"]
    assert draw_waterfall(account, terms.assign(account="b"), identity) is None


def test_sums_of_the_shipped_dossier_keep_apart(gaza: Any, faults: Any) -> None:
    """Every account of an identity that adds up at least two measures."""
    identities = gaza.identities.set_index("name", drop=False)
    labels = dict(zip(gaza.measures["measure"], gaza.measures["label"], strict=True))
    drawn = 0
    for _, account in gaza.accounts.iterrows():
        identity = identities.loc[account["identity"]]
        chart = draw_waterfall(account, gaza.terms, identity, labels)
        if chart is not None:
            drawn += 1
            assert faults(chart.figure) == []
    assert drawn >= 20


def test_another_order_of_rows_gives_the_same_bytes(tmp_path: Any) -> None:
    account, terms, identity = SHAPES["exact"]
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_waterfall(account, terms.iloc[::step], identity)
        assert chart is not None
        paths = save_chart(chart.figure, tmp_path / name, "Source: one page")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
