"""Sums stand side by side, with what is missing in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analyzer.charts import draw_account, save_chart

IDENTITY = pd.Series(
    {"name": "ledger", "expression": "taken = freed + held", "note": "Taken are freed or held"}
)
LABELS = {"taken": "Hostages taken", "freed": "Hostages freed", "held": "Hostages held"}


def _account(name: str, left: float, parts: tuple[float, float], **more: Any) -> dict[str, Any]:
    right = sum(parts)
    strength = "holds" if left == right else "contradicts"
    return {
        "account": name,
        "identity": "ledger",
        "name": f"{name}, 20 February 2025",
        "relation": "=",
        "left_low": left,
        "left_high": left,
        "right_low": right,
        "right_high": right,
        "holds": left == right,
        "strength": strength,
        "gap": abs(left - right) / (left + right),
        "parts": parts,
    } | more


def _frames(rows: list[dict[str, Any]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    terms = []
    for row in rows:
        sides = [("left", "taken", row["left_low"], row["left_high"])]
        sides += [
            ("right", name, part, part)
            for name, part in zip(("freed", "held"), row["parts"], strict=True)
        ]
        for side, measure, low, high in sides:
            terms.append(
                {
                    "account": row["account"],
                    "side": side,
                    "measure": measure,
                    "label": LABELS[measure],
                    "factor": 1.0,
                    "low": float(low),
                    "high": float(high),
                    "constant": False,
                    "claims": (),
                    "wording": f"{low:,.0f}",
                }
            )
    return pd.DataFrame(rows).drop(columns="parts"), pd.DataFrame(terms)


def _missing(figure: Figure) -> list[tuple[float, float]]:
    """Start and width of the hatched pieces."""
    return [
        (patch.get_x(), patch.get_width())
        for patch in figure.axes[-1].patches
        if patch.get_gid() == "missing"
    ]


def test_the_difference_is_drawn_and_named(words: Any, faults: Any) -> None:
    """134 + 108 = 242 against 251: 9 are missing."""
    chart = draw_account(*_frames([_account("Newsmax", 251, (134, 108))]), IDENTITY, LABELS)
    assert chart is not None
    assert _missing(chart.figure) == [(242, 9)]
    sentence = "134 + 108 = 242, total given: 251. They do not fit, 9 apart."
    assert sentence in words(chart.figure)
    assert sentence in chart.alt
    assert faults(chart.figure) == []


def test_an_account_that_fits_has_nothing_hatched(words: Any) -> None:
    """143 + 108 = 251."""
    chart = draw_account(*_frames([_account("AP", 251, (143, 108))]), IDENTITY, LABELS)
    assert chart is not None
    assert _missing(chart.figure) == []
    assert "They fit." in words(chart.figure)
    assert "fit in the one account there is" in chart.title


def test_an_open_end_is_drawn_as_open(words: Any) -> None:
    """At least 200 taken, 251 accounted for: an arrow, and no exact difference."""
    row = _account("AP", 200, (143, 108), left_high=np.inf, holds=True, strength="holds")
    chart = draw_account(*_frames([row]), IDENTITY, LABELS)
    assert chart is not None
    arrows = [line for line in chart.figure.axes[-1].lines if line.get_gid() == "open_high"]
    assert [list(line.get_xdata()) for line in arrows] == [[200.0]]


def test_accounts_that_do_not_fit_come_first_and_the_rest_is_counted(
    words: Any, faults: Any
) -> None:
    """Nine accounts, the last of which is 9 short: six are drawn, three more hold."""
    rows = [_account(f"Page {i}", 250 + i, (100, 150 + i)) for i in range(8)]
    rows.append(_account("Zulu", 251, (134, 108)))
    chart = draw_account(*_frames(rows), IDENTITY, LABELS)
    assert chart is not None
    text = words(chart.figure)
    assert text.index("Zulu") < text.index("Page 0")
    assert "Not drawn: 3 more, of which 3 add up." in " ".join(text.split())
    assert "do not fit in 1 of 9 accounts" in chart.title
    assert faults(chart.figure) == []


@pytest.mark.parametrize(
    ("relation", "words_of_it"), [("<=", "must be at most"), (">=", "must be at least")]
)
def test_inequalities_are_named(relation: str, words_of_it: str, words: Any) -> None:
    """10 on the left, 4 + 5 on the right."""
    row = _account("AP", 10, (4, 5), relation=relation)
    chart = draw_account(*_frames([row]), IDENTITY, LABELS)
    assert chart is not None
    assert f"10, {words_of_it} 4 + 5 = 9" in words(chart.figure)


def test_wordings_of_other_scripts_become_numbers(words: Any) -> None:
    """An Arabic wording of 251."""
    accounts, terms = _frames([_account("AP", 251, (143, 108))])
    terms.loc[0, "wording"] = "نحو مئتين"
    chart = draw_account(accounts, terms, IDENTITY, LABELS)
    assert chart is not None
    assert "total given: 251." in words(chart.figure)


def test_no_accounts_no_chart() -> None:
    """Accounts of another identity don't count."""
    accounts, terms = _frames([_account("AP", 1, (1, 0))])
    assert draw_account(accounts.assign(identity="other"), terms, IDENTITY, LABELS) is None


def test_another_order_of_rows_gives_the_same_bytes(tmp_path: Any) -> None:
    """Accounts and terms backwards."""
    accounts, terms = _frames([_account(f"P{i}", 251, (134, 108 + i)) for i in range(3)])
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_account(accounts.iloc[::step], terms.iloc[::step], IDENTITY, LABELS)
        assert chart is not None
        paths = save_chart(chart.figure, tmp_path / name, "Source: three pages")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
