"""Claims of several measures, or of several days, that can't all be true together."""

from collections.abc import Callable

import pandas as pd
import pytest
from dossiers import Row
from systems import Told, told_of

from analyzer.intake import Dossier
from analyzer.pipeline import Analysis

Run = Callable[..., Analysis]
Tell = Callable[..., Told]
LEDGER = [{"name": "ledger", "label": "Ledger", "expression": "dead = freed + held"}]
FREED = {"measure": "freed", "figure": "121", "as_of": "2024-01-04", "published": "2024-01-05"}
HELD = {"measure": "held", "figure": "136", "as_of": "2024-02-06", "published": "2024-02-07"}
WIRE = {"source": "wire", "attributed_to": "wire"}
ARMY = {"source": "weekly", "attributed_to": "army"}
OF_251 = [{"figure": "251"} | who for who in ({"source": "daily"}, {"source": "blog"}, WIRE)]


@pytest.fixture
def tell(load: Callable[..., Dossier]) -> Tell:
    """The accounts and joint contradictions of some claims."""
    return lambda *claims, **tables: told_of(load(*claims, **tables), proved=False)


def joint(told: Told) -> pd.Series:
    rows = told.findings[told.findings["kind"] == "joint contradiction"]
    assert len(rows) == 1, rows["sentence"].tolist()
    return rows.iloc[0]


def test_figures_of_several_pages_and_days_are_told_with_the_rule_that_ties_them(
    tell: Tell,
) -> None:
    """121 freed by January and 136 held in February are 257 of 251, and no page says all three.

    The gap is that of the nearest miss: 251 against 257 at least, 6 of 508.
    """
    finding = joint(tell(FREED | WIRE, HELD | ARMY, *OF_251, identities=LEDGER))
    assert finding["sentence"] == (
        "Three figures can't all be true by “Ledger”, since a running total does not fall: Dead of "
        "the blast: “251” (Ministry, as given by Blog and 2 more claims); Freed, 4 January 2024: "
        "“121” (Wire Agency); Held, 6 February 2024: “136” (Army, as given by Weekly Paper). 121 + "
        "136 = 257, against 251. Leave out any one, and the others agree."
    )
    assert (finding["relation"], finding["cause"]) == ("contradicts", "unexplained")
    assert finding["when"] == "4 January to 6 February 2024"
    assert finding["evidence"] == (
        ("identity", "a running total does not fall"),
        ("identity", "ledger"),
        ("left for “251”", "at least 257"),
        ("left for “121”", "at most 115"),
        ("left for “136”", "at most 130"),
    )
    assert [len(part) for part in finding["positions"]] == [3, 1, 1]
    assert sorted(finding["claims"]) == sorted(one for part in finding["positions"] for one in part)
    assert finding["gap"] == pytest.approx(6 / 508)


def test_the_figure_of_the_fewest_origins_is_named(tell: Tell) -> None:
    """Two origins each for 251 and for 121, one for 136."""
    freed = [FREED | WIRE, FREED | {"source": "daily"}]
    finding = joint(tell(*freed, HELD | ARMY, *OF_251, identities=LEDGER))
    assert finding["measure"] == "held"
    assert finding["sentence"].endswith(
        "Leave out any one, and the others agree. Fewest origins give “136”; the others leave at "
        "most 130 for it."
    )


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("dead + 4 = freed + held", "121 + 136 = 257, against 251 + 4 = 255."),
        ("dead = freed + held + 4", "121 + 136 + 4 = 261, against 251."),
        ("dead = 2 * freed + held", ""),
    ],
)
def test_the_sum_that_fails_is_written_out_where_it_is_a_plain_one(
    tell: Tell, rule: str, told: str
) -> None:
    """2 too many, or 6; twice 121 and 136 are 127 too many, half of which 121 is."""
    rules = [{"name": "ledger", "label": "Ledger", "expression": rule}]
    sentence = joint(tell(FREED | WIRE, HELD | ARMY, *OF_251, identities=rules))["sentence"]
    assert f"{told} Leave out any one" in sentence
    assert told or "against" not in sentence


def test_an_account_that_fails_is_not_told_again(run: Run) -> None:
    """One page says 251, 121 and 136 of one day: that is an account."""
    page = {"url": "https://daily.example/1"}
    rows = [{"figure": "251"} | page, {"measure": "freed", "figure": "121"} | page]
    analysis = run(*rows, {"measure": "held", "figure": "136"} | page, identities=LEDGER)
    assert analysis.findings["kind"].tolist() == ["account"]
    assert analysis.contradictions["told_by"].tolist() == analysis.findings["id"].tolist()


def test_one_figure_that_a_rule_excludes_is_told_alone(tell: Tell) -> None:
    """At most 5 from 10 March on; 7 on 1 March can't come down to it, and no account says so."""
    rule = [
        {"name": "most", "label": "Most", "expression": "freed <= 5", "valid_from": "2024-03-10"}
    ]
    later = {"as_of": "2024-03-12", "published": "2024-03-13"}
    rows = [{"measure": "freed", "figure": "7"}, {"measure": "freed", "figure": "up to 9"} | later]
    finding = joint(tell(*rows, identities=rule))
    assert finding["sentence"].startswith("One figure can't be true by “Most”")
    assert "Freed, 1 March 2024: “7”" in finding["sentence"]
    assert "others agree" not in finding["sentence"]
    assert len(finding["claims"]) == 1


def test_two_rules_together_rule_out_what_neither_does(tell: Tell) -> None:
    """100 = 30 + c and c = 40 + 21: 91. Nobody gives c, and none of the figures has a date."""
    measures = [
        {"measure": key, "label": key.upper(), "definition": key, "unit": "people", "kind": "fixed"}
        for key in "abcde"
    ]
    sources = ("daily", "wire", "weekly", "blog")
    rows = [
        {"measure": measure, "figure": figure, "source": source, "attributed_to": source}
        for measure, figure, source in zip("abde", ("101", "31", "41", "21"), sources, strict=True)
    ]
    rules = [{"name": "one", "expression": "a = b + c"}, {"name": "two", "expression": "c = d + e"}]
    finding = joint(tell(*rows, measures=measures, identities=rules))
    assert finding["when"] == ""
    assert finding["sentence"].startswith("Four figures can't all be true")
    assert dict(finding["evidence"][2:]) == {
        "left for “101”": "93",
        "left for “31”": "39",
        "left for “41”": "49",
        "left for “21”": "29",
    }


def test_a_share_is_named_without_what_is_left_for_it(tell: Tell) -> None:
    """40 % of 251 women are 100; 121 of them were freed on the day before, and none unfree."""
    rule = [{"name": "share", "expression": "women[dead] = 100 * freed / dead"}]
    day = {"as_of": "2024-02-06", "published": "2024-02-07"}
    share = {"measure": "women", "figure": "40%", "of": "dead", "source": "blog"} | day
    finding = joint(tell(FREED | WIRE, share, *OF_251, identities=rule))
    left = [term for term, _ in finding["evidence"] if term.startswith("left for")]
    assert left == ["left for “251”", "left for “121”"]


def test_a_waiver_of_any_figure_sets_it_aside(run: Run) -> None:
    rows: list[Row] = [FREED | WIRE, HELD | ARMY | {"id": "held"}, *OF_251]
    waiver = {"claim": "held", "reason": "known", "who": "A. Editor", "until": "2027-01-01"}
    analysis = run(*rows, identities=LEDGER, waivers=[waiver])
    assert "joint contradiction" not in set(analysis.findings["kind"])
    assert analysis.waivers["status"].tolist() == ["active"]


def test_figures_that_fit_are_not_told(tell: Tell) -> None:
    """115 and 136 are 251."""
    told = tell(FREED | WIRE | {"figure": "115"}, HELD | ARMY, *OF_251, identities=LEDGER)
    assert told.findings.empty
    assert told.found.choices == ()
