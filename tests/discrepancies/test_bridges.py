"""Figures of two scopes of one measure whose difference an identity states."""

from collections.abc import Callable

import pandas as pd
import pytest
from dossiers import Row
from systems import date, identities_of

from analyzer.align import align
from analyzer.discrepancies.bridges import bridges, find_bridged_scopes
from analyzer.intake import Dossier
from analyzer.pipeline import Analysis

Run = Callable[..., Analysis]
Load = Callable[..., Dossier]
Told = Callable[..., list[str]]
RULE = {"name": "scopes", "label": "Scopes", "expression": "held[all] = held[since] + 4"}


def held(figure: str, scope: str, day: str, **cells: str) -> dict[str, str]:
    dates = {"as_of": day, "published": day}
    return {"measure": "held", "figure": figure, "scope": scope} | dates | cells


@pytest.fixture
def told(load: Load) -> Callable[..., list[str]]:
    """Sentences on the bridges between some claims."""

    def make(*rows: Row, **cells: str) -> list[str]:
        dossier = load(*rows, identities=[RULE | cells])
        claims = align(dossier.claims, dossier.measures, dossier.settings.thresholds)
        drafts = find_bridged_scopes(claims, dossier.identities, dossier.measures)
        assert {draft.kind for draft in drafts} <= {"two scopes"}
        return [draft.sentence for draft in drafts]

    return make


@pytest.mark.parametrize(
    ("expression", "wide", "narrow", "difference"),
    [
        ("held[x] = held[y] + 4", "x", "y", 4),
        ("held[y] = held[x] - 4", "x", "y", 4),
        ("held[x] - held[y] = 4", "x", "y", 4),
        ("held[x] + 4 = held[y]", "y", "x", 4),
        ("held = held[y] + 1.5", "", "y", 1.5),
    ],
)
def test_an_identity_of_two_scopes_is_a_bridge(
    expression: str, wide: str, narrow: str, difference: float
) -> None:
    (bridge,) = bridges(identities_of((expression, 3, 9)))
    assert (bridge.wide, bridge.narrow, bridge.difference) == (wide, narrow, difference)
    assert (bridge.measure, bridge.start, bridge.end) == ("held", date(3), date(9))


@pytest.mark.parametrize(
    "expression",
    [
        "held[x] <= held[y] + 4",
        "held[x] = 2 * held[y] + 4",
        "held[x] = freed[y] + 4",
        "held[x] = held[y] + held[z]",
        "held = before(held) + 4",
        "held[x] * held[y] = 4",
        "held[x] + held[y] = 4",
        "held[x] = held[y]",
        "held[x] = 4",
    ],
)
def test_any_other_identity_is_none(expression: str) -> None:
    assert bridges(identities_of(expression)) == []


def test_a_bridge_without_dates_holds_always() -> None:
    (bridge,) = bridges(identities_of("held[x] = held[y] + 4"))
    assert pd.isna(bridge.start)
    assert pd.isna(bridge.end)
    assert (bridge.name, bridge.label) == ("i0", "Rule 0")


def test_figures_that_differ_by_what_it_states_are_told_together(told: Told) -> None:
    """101 and 97 of one day, 98 and 94 of days near each other; 99 and 94 differ by 5."""
    rows = [held("101", "all", "2024-09-01"), held("97", "since", "2024-09-01")]
    rows += [held("98", "all", "2025-01-19"), held("94", "since", "2025-01-18")]
    (sentence,) = told(*rows)
    assert sentence == (
        "Held: “101” of 1 September 2024 (all; Ministry, as given by Daily Paper) and “97” of 1 "
        "September 2024 (since; Ministry, as given by Daily Paper) do not contradict each other: "
        "by “Scopes” the first counts 4 more. The same holds of “98” of 19 January 2025 with “94” "
        "of 18 January 2025."
    )


def test_it_explains_and_is_no_fault(run: Run) -> None:
    analysis = run(
        held("101", "all", "2024-09-01"), held("97", "since", "2024-09-01"), identities=[RULE]
    )
    finding = analysis.findings.iloc[0]
    assert (finding["severity"], finding["cause"]) == ("info", "scope or definition change")
    assert finding["id"] == "two-scopes.held.scopes"
    assert finding["relation"] == "agrees"
    assert finding["evidence"] == (("identity", "scopes"),)
    assert finding["gap"] == pytest.approx(4 / 198)
    assert analysis.contradictions.empty


@pytest.mark.parametrize(
    "other",
    [
        held("96", "since", "2024-09-01"),
        held("97", "since", "2024-10-15"),
        held("97", "all", "2024-09-01"),
        held("97", "", "2024-09-01"),
    ],
)
def test_other_figures_are_not_told(told: Told, other: dict[str, str]) -> None:
    """Another difference, more than a month away, or another scope."""
    assert told(held("101", "all", "2024-09-01"), other) == []


def test_the_nearest_figures_in_time_are_set_side_by_side(told: Told) -> None:
    """97 of the day itself fits; 90 of two weeks later does not, and is not looked at."""
    rows = [held("101", "all", "2024-09-01"), held("97", "since", "2024-09-01")]
    (sentence,) = told(*rows, held("90", "since", "2024-09-15"))
    assert "90" not in sentence


def test_days_outside_its_dates_are_not_told(told: Told) -> None:
    """It holds until 31 August."""
    rows = [held("101", "all", "2024-09-01"), held("97", "since", "2024-09-01")]
    assert told(*rows, valid_to="2024-08-31") == []
    assert len(told(*rows, valid_from="2024-09-01")) == 1


def test_hedged_figures_fit_within_their_bounds(told: Told) -> None:
    """About 100 of the wider scope may be 101."""
    rows = [held("about 100", "all", "2024-09-01"), held("97", "since", "2024-09-01")]
    assert len(told(*rows)) == 1


def test_an_account_that_fits_in_the_other_scope_says_so(run: Run) -> None:
    """101 should be 64 + 33, and 101 - 4 is."""
    page = {"url": "https://daily.example/1"}
    rows = [held("101", "all", "2024-09-01", **page)]
    rows += [
        held(figure, "", "2024-09-01", **page) | {"measure": measure}
        for measure, figure in (("toll", "64"), ("freed", "33"))
    ]
    split = {"name": "split", "label": "Split", "expression": "held[*] = toll + freed"}
    finding = run(*rows, identities=[RULE, split]).findings.iloc[0]
    assert finding["cause"] == "scope or definition change"
    assert finding["sentence"].endswith(
        "101 stands against 97; the figures fit if 4 are taken off “101”, which by “Scopes” gives "
        "the count since."
    )
