"""Which findings stand on page one, and what is said of how sure they are."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analyzer.reportdata.key_findings import MOST, how_sure, key_findings


def ranked(*measures: str) -> pd.DataFrame:
    ids = [f"f{n}" for n in range(1, len(measures) + 1)]
    return pd.DataFrame({"id": ids, "measure": measures, "rank": range(1, len(measures) + 1)})


def test_each_of_the_first_is_of_another_measure() -> None:
    """Tanks twice: the second gives way to the sixth measure's finding."""
    found = ranked("tanks", "aircraft", "tanks", "guns", "ships", "drones")
    assert key_findings(found) == ["f1", "f2", "f4", "f5", "f6"]


def test_too_few_measures_are_filled_up_by_rank() -> None:
    found = ranked("tanks", "tanks", "tanks", "guns", "tanks", "tanks", "tanks")
    assert key_findings(found) == ["f1", "f2", "f3", "f4", "f5"]
    assert len(key_findings(found)) == MOST


def test_no_findings_no_page_one() -> None:
    assert key_findings(ranked()) == []


@pytest.fixture
def claims() -> pd.DataFrame:
    """Three claims by two publishers of one origin, one of them dated by its context."""
    rows = [("a", "x", "page"), ("b", "y", "page"), ("c", "y", "context")]
    frame = pd.DataFrame(rows, columns=["id", "source", "as_of_basis"]).assign(authority="o")
    return frame.set_index("id", drop=False)


def finding(**cells: Any) -> pd.Series:
    usual = {
        "claims": ("a", "b", "c"),
        "kind": "disagreement",
        "relation": "contradicts",
        "cause": "unexplained",
        "evidence": (),
    }
    return pd.Series(usual | cells)


def test_what_it_rests_on_is_counted(claims: pd.DataFrame) -> None:
    assert how_sure(finding(), claims) == (
        "Rests on 3 claims by 2 publishers, going back to 1 origin. 1 of the dates is taken from "
        "the context. To the letter of their wordings, these figures cannot all be right. No test "
        "explains it."
    )


@pytest.mark.parametrize("cause", ["scope or definition change", "incomplete parts"])
def test_what_can_both_be_right_is_not_called_impossible(claims: pd.DataFrame, cause: str) -> None:
    assert "cannot all be right" not in how_sure(finding(cause=cause), claims)


@pytest.mark.parametrize("kind", ["revision", "edit", "switch", "surge", "relay"])
def test_figures_that_follow_each_other_are_not_called_impossible(
    claims: pd.DataFrame, kind: str
) -> None:
    assert "cannot all be right" not in how_sure(finding(kind=kind), claims)


def test_the_likelihoods_stand_beside_the_cause(claims: pd.DataFrame) -> None:
    evidence = (("likelihood", "late batch 60 %, unexplained 40 %"),)
    told = how_sure(finding(kind="surge", cause="late batch", evidence=evidence), claims)
    assert told.endswith("in one day (late batch 60 %, unexplained 40 %).")
