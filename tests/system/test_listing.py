"""Contradictions, and the least to give up, as tables."""

from collections.abc import Sequence

import pandas as pd
from systems import Cells, claims_of, identities_of, measures_of, said

from analyzer.system.listing import CONTRADICTIONS, GIVEN_UP, list_contradictions, list_given_up
from analyzer.system.search import Search, search

KINDS = measures_of(a="fixed", b="fixed", c="fixed", t="cumulative", s="stock")
SUM = "a = b + c"
PAGE = {"url": "https://daily.example/1", "source": "daily"}


def found(claims: Sequence[Cells], *rules: str) -> Search:
    return search(claims_of(claims, KINDS), identities_of(*rules), KINDS)


def findings(**told: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({"id": list(told), "claims": list(told.values())})


def test_pages_come_first_then_several_measures_then_pairs() -> None:
    """One page says 9 = 4 + 4; another gives 40 held of 30 by then; 31 fell to 30 before."""
    page = [said(name, figure) | PAGE for name, figure in (("a", 9), ("b", 4), ("c", 4))]
    totals = [said("t", 31, day=1), *(said("t", 30, day=2) for _ in range(2))]
    table = list_contradictions(
        found([*page, *totals, said("s", 40, day=2)], SUM, "s <= t"), findings()
    )
    assert list(table.columns) == CONTRADICTIONS
    assert table[["kind", "measures", "claims"]].to_numpy().tolist() == [
        ["one page", ("a", "b", "c"), ("c0", "c1", "c2")],
        ["several measures", ("s", "t"), ("c4", "c5", "c6")],
        ["one measure", ("t",), ("c3", "c4", "c5")],
    ]


def test_figures_of_two_pages_are_of_no_page() -> None:
    claims = [said("a", 9) | PAGE, said("b", 4) | PAGE, said("c", 4)]
    assert list_contradictions(found(claims, SUM), findings())["kind"].tolist() == [
        "several measures"
    ]


def test_a_set_is_counted_in_figures_and_origins() -> None:
    """Three claims of 9 by two origins, one of whom gives 4 as well: 3 figures, 3 origins."""
    claims = [said("a", 9, who=who) for who in ("x", "x", "y")]
    table = list_contradictions(
        found([*claims, said("b", 4, who="y"), said("c", 4)], SUM), findings()
    )
    assert table[["n_figures", "n_origins"]].to_numpy().tolist() == [[3, 3]]
    assert table["claims"].tolist() == [("c0", "c1", "c2", "c3", "c4")]


def test_it_names_the_finding_that_holds_a_claim_of_each_figure() -> None:
    """The first holds two of the three figures, the second and third one claim of each."""
    claims = [said("a", 9), said("a", 9), said("b", 4), said("c", 4)]
    told = findings(some=("c0", "c2"), all=("c1", "c2", "c3", "x"), more=("c0", "c2", "c3"))
    table = list_contradictions(found(claims, SUM), told)
    assert table["told_by"].tolist() == ["all"]
    assert list_contradictions(found(claims, SUM), findings())["told_by"].tolist() == [""]


def test_each_option_of_each_conflict_is_a_row() -> None:
    """10 or 12 of a, and 30 falling to 29 of t; two origins give 30."""
    claims = [said("a", 10), said("a", 12), said("t", 30, day=1), said("t", 30, day=1)]
    table = list_given_up(found([*claims, said("t", 29, day=2)]))
    assert list(table.columns) == GIVEN_UP
    assert table.to_numpy().tolist() == [
        [1, 1, 1.0, "yes", ("a",), ("c0",)],
        [1, 2, 1.0, "yes", ("a",), ("c1",)],
        [2, 1, 1.0, "yes", ("t",), ("c4",)],
    ]


def test_votes_are_shown_with_four_decimals() -> None:
    claims = [said("a", figure, who="x") for figure in (10, 11, 12)]
    table = list_given_up(found([*claims, *(said("a", 11) for _ in range(2))]))
    assert table["votes"].tolist() == [0.6667]


def test_no_contradiction_is_a_table_without_rows() -> None:
    nothing = found([said("a", 10)], SUM)
    assert list(list_contradictions(nothing, findings()).columns) == CONTRADICTIONS
    assert list_contradictions(nothing, findings()).empty
    assert list(list_given_up(nothing).columns) == GIVEN_UP
    assert list_given_up(nothing).empty
