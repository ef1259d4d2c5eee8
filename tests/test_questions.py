"""What a report calls open: each question counts what the dossier leaves."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from analyzer.pipeline import Analysis
from analyzer.reportdata.questions import open_questions


@pytest.fixture
def asked(gaza: Analysis) -> dict[str, dict[str, Any]]:
    return {question["title"]: question for question in open_questions(gaza)}


def test_unexplained_findings_of_weight_are_listed(
    gaza: Analysis, asked: dict[str, dict[str, Any]]
) -> None:
    question = asked["Which disagreements have no explanation?"]
    found = gaza.findings.set_index("id").loc[question["findings"]]
    assert set(found["cause"]) == {"unexplained"}
    assert set(found["severity"]) == {"high", "medium"}
    every = gaza.findings[gaza.findings["cause"] == "unexplained"]
    assert len(found) == every["severity"].isin(["high", "medium"]).sum() > 10
    assert question["text"].startswith(f"{len(found)} findings of high or medium severity")


def test_dates_from_the_context_are_counted(
    gaza: Analysis, asked: dict[str, dict[str, Any]]
) -> None:
    inferred = int((gaza.claims["as_of_basis"] == "context").sum())
    text = asked["Which figures have no date of their own?"]["text"]
    assert f"{inferred} of {len(gaza.claims)} claims" in text


def test_what_nothing_leaves_open_is_not_asked(gaza: Analysis) -> None:
    """Without findings, relays, conflicts and inferred dates, only what remains is asked."""
    calm = dataclasses.replace(
        gaza,
        findings=gaza.findings[:0],
        relays=gaza.relays[:0],
        given_up=gaza.given_up[:0],
        claims=gaza.claims.assign(as_of_basis="page", comparable=True),
    )
    assert open_questions(calm) == []


def test_an_account_without_its_terms_is_named(gaza: Analysis) -> None:
    without = dataclasses.replace(gaza, accounts=gaza.accounts[:0])
    titles = [question["title"] for question in open_questions(without)]
    assert "Which accounts could not be evaluated?" in titles
