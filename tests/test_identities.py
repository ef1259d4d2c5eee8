"""Accounts: what adds up, what does not, and what can't be said."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from bounded import value_of
from dossiers import Found
from hypothesis import given
from hypothesis import strategies as st

from analyzer.expressions import parse_expression
from analyzer.intervals import Bounds

Run = Callable[..., Found]
URL = {"url": "https://daily.example/1"}


def identity(expression: str, **cells: str) -> list[dict[str, str]]:
    return [{"name": "rule", "expression": expression} | cells]


def test_a_page_that_adds_up_makes_no_finding(compared: Run) -> None:
    rows = [
        {"measure": measure, "figure": figure} | URL
        for measure, figure in (("toll", "255"), ("held", "59"), ("freed", "196"))
    ]
    analysis = compared(*rows, identities=identity("toll = held + freed"))
    assert analysis.accounts["strength"].tolist() == ["holds"]
    assert analysis.findings.empty


def test_a_page_that_does_not_add_up_is_told_with_its_terms(compared: Run) -> None:
    rows = [
        {"measure": measure, "figure": figure} | URL
        for measure, figure in (("toll", "251"), ("held", "60"), ("freed", "182"))
    ]
    analysis = compared(*rows, identities=identity("toll = held + freed"))
    finding = analysis.findings.iloc[0]
    assert (finding["kind"], finding["relation"]) == ("account", "contradicts")
    assert finding["sentence"] == (
        "Daily Paper, 1 March 2024: Dead of the war (251) should equal Held (60) plus Freed (182), "
        "but 251 stands against 242."
    )
    assert len(finding["claims"]) == 3


def test_a_dossier_without_identities_has_tables_of_the_same_types(compared: Run) -> None:
    row = {"measure": "toll", "figure": "251"}
    none, some = compared(row), compared(row, identities=identity("toll = held + freed"))
    for name in ("accounts", "terms"):
        pd.testing.assert_frame_equal(getattr(none, name), getattr(some, name))


def test_hedged_terms_that_can_add_up_make_no_finding(compared: Run) -> None:
    rows = [
        {"measure": measure, "figure": figure} | URL
        for measure, figure in (("toll", "251"), ("held", "at least 60"), ("freed", "about 190"))
    ]
    assert compared(*rows, identities=identity("toll = held + freed")).findings.empty


def test_terms_of_different_days_make_no_account(compared: Run) -> None:
    rows = [
        {"measure": "toll", "figure": "10"},
        {"measure": "held", "figure": "60", "as_of": "2024-03-02"},
    ]
    assert compared(*rows, identities=identity("toll = held")).accounts.empty


def test_an_identity_holds_only_between_its_dates(compared: Run) -> None:
    rows = [{"measure": "toll", "figure": "10"}, {"measure": "held", "figure": "60"}]
    assert compared(
        *rows, identities=identity("toll = held", valid_from="2024-03-02")
    ).accounts.empty
    assert compared(*rows, identities=identity("toll = held", valid_to="2024-02-29")).accounts.empty
    assert (
        len(compared(*rows, identities=identity("toll = held", valid_to="2024-03-01")).accounts)
        == 1
    )


def test_the_days_of_a_flow_are_added_and_each_handover_once(compared: Run) -> None:
    def day(figure: str, start: str, end: str) -> dict[str, str]:
        dates = {"period_start": start, "as_of": end, "published": end}
        return {"measure": "freed_day", "figure": figure} | dates

    analysis = compared(
        day("90", "2025-01-19", "2025-01-19"),
        day("90", "2025-01-19", "2025-01-20"),
        day("200", "2025-01-25", "2025-01-25"),
        {"measure": "freed", "figure": "250", "as_of": "2025-01-26", "published": "2025-01-26"},
        identities=identity("freed >= sum(freed_day)", valid_from="2025-01-19"),
    )
    assert analysis.accounts["right_low"].tolist() == [290]
    assert "250 stands against at least 290" in analysis.findings.iloc[0]["sentence"]


def test_the_value_of_the_day_before_is_looked_up(compared: Run) -> None:
    flow = {"measure": "freed_day", "figure": "81", "period_start": "2024-02-28"}
    analysis = compared(
        {"measure": "toll", "figure": "29,954", "as_of": "2024-02-28"},
        {"measure": "toll", "figure": "30,035", "as_of": "2024-02-29"},
        flow | {"as_of": "2024-02-29"},
        identities=identity("toll = before(toll) + freed_day"),
    )
    assert analysis.accounts["strength"].tolist() == ["holds"]


def test_a_part_above_its_whole_is_found_without_an_identity(compared: Run) -> None:
    measures = [
        {"measure": key, "label": key, "definition": key, "unit": "people", "kind": "fixed"}
        | {"part_of": whole}
        for key, whole in (("dead", ""), ("children", "dead"))
    ]
    rows = [{"figure": "31"}, {"measure": "children", "figure": "38"}]
    finding = compared(*rows, measures=measures).findings.iloc[0]
    assert "children (38) should be no more than dead (31)" in finding["sentence"]


values = st.floats(min_value=-1e6, max_value=1e6)
pairs = st.tuples(values, values).map(sorted)


@given(pairs, pairs, st.floats(0, 1), st.floats(0, 1), st.sampled_from("+-*/"))
def test_interval_arithmetic_holds_every_result(a, b, s, t, sign) -> None:
    x, y = a[0] + s * (a[1] - a[0]), b[0] + t * (b[1] - b[0])
    if sign == "/" and b[0] <= 0 <= b[1]:
        return
    exact = {"+": x + y, "-": x - y, "*": x * y, "/": x / y if y else 0.0}[sign]
    node = parse_expression(f"a {sign} b = c").left
    bounds = value_of(node, lambda ref: Bounds(*(a if ref.measure == "a" else b)))
    slack = 1e-9 * max(1.0, abs(exact))
    assert bounds.low - slack <= exact <= bounds.high + slack


def test_division_by_what_can_be_zero_says_nothing() -> None:
    assert Bounds(1, 2) / Bounds(-1, 1) == Bounds(-np.inf, np.inf)
    assert Bounds(0, 1) * Bounds(0, np.inf) == Bounds(0, np.inf)
    assert Bounds(1, 2) - Bounds(0, np.inf) == pytest.approx(Bounds(-np.inf, 2))
