"""Sums stand side by side, with what is missing in words; what tells nothing is left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from analyzer.charts import Chart, draw_account, save_chart
from analyzer.charts.base import theme
from analyzer.charts.base.readings import TIMES

IDENTITY = pd.Series(
    {"name": "ledger", "label": "All the hostages", "expression": "taken = freed + held"}
)
LONG = "People of a group with a name that goes on and on until it needs several lines"
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
                    "claims": (measure,),
                    "wording": f"{low:,.0f}",
                }
            )
    return pd.DataFrame(rows).drop(columns="parts"), pd.DataFrame(terms)


def _bars(figure: Figure, gid: str) -> list[tuple[float, float]]:
    """Start and width of the bars."""
    return [
        (patch.get_x(), patch.get_width())
        for patch in figure.axes[-1].patches
        if patch.get_gid() == gid
    ]


def _draw(*rows: dict[str, Any]) -> Chart:
    chart = draw_account(*_frames(list(rows)), IDENTITY)
    assert chart is not None
    return chart


def test_the_difference_is_drawn_and_named(words: Any, faults: Any) -> None:
    """134 + 108 = 242 against 251: 9 are missing."""
    chart = _draw(_account("Newsmax", 251, (134, 108)))
    assert _bars(chart.figure, "missing") == [(242, 9)]
    assert _bars(chart.figure, "term") == [(0, 251), (0, 134), (134, 108)]
    sentence = "134 + 108 = 242; the total given is 251, 9 more."
    assert sentence in words(chart.figure)
    assert sentence in chart.alt
    assert chart.title == (
        "The two parts of “Hostages taken” do not make the total: 242 against 251"
    )
    assert "(rule “All the hostages”)" in " ".join(words(chart.figure).split())
    assert faults(chart.figure) == []


def test_what_is_drawn_is_in_the_data() -> None:
    """A row a term, the total first, with the sums of both sides and what is between them."""
    data = _draw(_account("Newsmax", 251, (134, 108))).data
    assert data["term"].tolist() == ["Hostages taken", "Hostages freed", "Hostages held"]
    assert data["side"].tolist() == ["total", "parts", "parts"]
    assert data["low"].tolist() == [251, 134, 108]
    assert data["side_high"].tolist() == [251, 242, 242]
    assert set(data["least_difference"]) == {9.0}
    assert set(data["fits"]) == {"no"}


def test_a_sum_that_fits_is_told_once_with_its_number(words: Any, faults: Any) -> None:
    """143 + 108 = 251 on three pages, one of which is all of them together."""
    rows = [_account(name, 251, (143, 108)) for name in ("AP", "BBC", "All sources")]
    chart = _draw(*rows)
    assert _bars(chart.figure, "missing") == []
    assert chart.title == "The two parts of “Hostages taken” add up to its total of 251"
    text = words(chart.figure)
    assert "AP, 20 February 2025, and one more with these figures" in text
    assert "All sources" not in text
    assert faults(chart.figure) == []


def test_sums_that_fit_loosely_and_limits_that_are_kept_are_no_chart() -> None:
    """200 to 300 against 251; 10 of at most 12."""
    loose = _account("AP", 200, (143, 108), left_high=300, holds=True, strength="holds")
    accounts, terms = _frames([loose])
    assert draw_account(accounts, terms, IDENTITY) is None
    kept = _account("AP", 10, (5, 7), relation="<=", holds=True, strength="holds")
    assert draw_account(*_frames([kept]), IDENTITY) is None


def test_an_open_end_fades(words: Any) -> None:
    """At least 300 taken, 251 accounted for: at least 49 more, and no end of the total."""
    chart = _draw(_account("AP", 300, (143, 108), left_high=np.inf))
    assert [patch.get_gid() for patch in chart.figure.axes[-1].patches].count("open") == 1
    assert "the total given is 300, at least 49 more." in words(chart.figure)
    assert "Pale" in chart.caption
    assert chart.data["high"].iloc[0] == np.inf


def test_accounts_that_do_not_fit_come_first_and_the_rest_is_counted(
    words: Any, faults: Any
) -> None:
    """Nine accounts, the last of which is 9 short: it is drawn with two that hold."""
    rows = [_account(f"Page {i}", 250 + i, (100, 150 + i)) for i in range(8)]
    chart = _draw(*rows, _account("Zulu", 251, (134, 108)))
    text = words(chart.figure)
    assert text.index("Zulu") < text.index("Page 0")
    assert "Not drawn: six more sums, which fit or can fit." in " ".join(text.split())
    assert chart.title.startswith("In one of nine sums the two parts of “Hostages taken” do not")
    assert faults(chart.figure) == []


def test_of_many_that_do_not_fit_five_are_drawn(words: Any, faults: Any) -> None:
    chart = _draw(*[_account(f"Page {i}", 260 + i, (100, 150)) for i in range(8)])
    text = " ".join(words(chart.figure).split())
    assert "Not drawn: three more sums, which do not fit." in text
    assert chart.title == (
        "In all eight sums the two parts of “Hostages taken” do not make the total: "
        "250 against 267, 250 against 266 and others"
    )
    assert chart.figure.get_size_inches()[1] < 190 / 25.4
    assert faults(chart.figure) == []


@pytest.mark.parametrize(
    ("relation", "left", "said"),
    [
        ("<=", 10, "is above “Hostages freed” + “Hostages held”: 10 against 9"),
        (">=", 8, "is below"),
    ],
)
def test_limits_that_are_passed_are_named(relation: str, left: float, said: str) -> None:
    """4 + 5 on the right."""
    chart = _draw(_account("AP", left, (4, 5), relation=relation))
    assert f"“Hostages taken” {said}" in chart.title
    assert _bars(chart.figure, "missing")[0][1] == 1
    assert "against 4 + 5 = 9: 1 apart." in chart.alt


def test_what_fits_to_the_letter_only_says_so(words: Any) -> None:
    chart = _draw(_account("AP", 251, (143, 100), strength="strains"))
    assert chart.title.startswith(
        "The two parts of “Hostages taken” make the total only to the letter of the wordings"
    )
    assert "8 more; they fit only to the letter" in " ".join(words(chart.figure).split())


def test_what_follows_from_other_figures_is_no_total(words: Any) -> None:
    """41 % against 100 x a / b."""
    accounts, terms = _frames([_account("AP", 41, (61, 0))])
    terms = terms[terms["measure"] != "held"]
    terms.loc[terms["measure"] == "freed", "label"] = f"100 {TIMES} Freed ÷ Taken"
    terms.loc[terms["measure"] == "taken", "wording"] = "41 %"
    chart = draw_account(accounts, terms, IDENTITY)
    assert chart is not None
    assert chart.title == "“Hostages taken” is given as 41 %, and other figures lead to 61 %"
    assert "(total)" not in words(chart.figure)
    assert "20 points apart" in words(chart.figure)


def test_sums_with_the_same_figures_count_once(words: Any) -> None:
    """Two pages give 251 against 242, and one gives 250 against 250."""
    twice = [_account(name, 251, (134, 108)) for name in ("AP", "BBC")]
    chart = _draw(*twice, _account("CNN", 250, (140, 110)))
    assert chart.title.startswith("In one of two sums")
    told = "Sums with the same figures count once."
    assert told in " ".join(words(chart.figure).split())
    once = _draw(twice[0], _account("CNN", 250, (140, 110)))
    assert told not in " ".join(words(once.figure).split())


def test_a_term_that_is_taken_off_stands_on_the_other_bar() -> None:
    """100 = 130 - 20 is drawn as 100 + 20 beside 130."""
    accounts, terms = _frames([_account("AP", 100, (130, -20))])
    terms.loc[terms["measure"] == "held", "factor"] = -1.0
    identity = IDENTITY.replace({"taken = freed + held": "taken = freed - held"})
    chart = draw_account(accounts, terms, identity)
    assert chart is not None
    assert _bars(chart.figure, "term") == [(0, 100), (100, 20), (0, 130)]
    assert _bars(chart.figure, "missing") == [(120, 10)]


def test_each_term_has_the_colour_of_its_place() -> None:
    """The total is grey, the parts follow the palette, also where one of them is nothing."""
    for parts in ((134, 108), (0, 242)):
        chart = _draw(_account("AP", 251, parts))
        keys = [p for p in chart.figure.axes[-1].patches if p.get_gid() == "key"]
        faces = [to_hex(patch.get_facecolor()).upper() for patch in keys]
        assert faces == [theme.GREY.upper(), theme.ORANGE, theme.SKY]


def test_wordings_of_other_scripts_become_numbers(words: Any) -> None:
    """An Arabic wording of 251."""
    accounts, terms = _frames([_account("AP", 251, (143, 108))])
    terms.loc[0, "wording"] = "نحو مئتين"
    chart = draw_account(accounts, terms, IDENTITY)
    assert chart is not None
    assert "the total given is 251." in words(chart.figure)


def test_long_names_and_big_numbers_have_room(faults: Any) -> None:
    """Names and headings of several lines, a billion beside three."""
    rows = [_account(LONG, 2e9, (1.5e9, 3)), _account(f"{LONG} two", 251, (1, 2))]
    accounts, terms = _frames(rows)
    chart = draw_account(accounts, terms.assign(label=f"{LONG} " + terms["label"]), IDENTITY)
    assert chart is not None
    assert faults(chart.figure) == []


def test_no_accounts_no_chart() -> None:
    """Accounts of another identity don't count."""
    accounts, terms = _frames([_account("AP", 1, (1, 0))])
    assert draw_account(accounts.assign(identity="other"), terms, IDENTITY) is None


def test_accounts_of_the_shipped_dossier_keep_apart(gaza: Any, faults: Any) -> None:
    """Every identity that people wrote and that has a chart."""
    drawn = 0
    written = gaza.identities[~gaza.identities["name"].str.startswith("part.")]
    for _, identity in written.iterrows():
        chart = draw_account(gaza.accounts, gaza.terms, identity)
        if chart is not None:
            drawn += 1
            assert faults(chart.figure) == []
            assert len(chart.data)
    assert drawn >= 12


def test_another_order_of_rows_gives_the_same_bytes(tmp_path: Any) -> None:
    """Accounts and terms backwards."""
    accounts, terms = _frames([_account(f"P{i}", 251, (134, 108 + i)) for i in range(3)])
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_account(accounts.iloc[::step], terms.iloc[::step], IDENTITY)
        assert chart is not None
        paths = save_chart(chart, tmp_path / name, "Source: three pages")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
