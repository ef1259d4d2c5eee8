"""What the shipped dossier must show, and must not."""

import pandas as pd
import pytest

from analyzer.model import CAUSES
from analyzer.pipeline import Analysis


def one(analysis: Analysis, kind: str, measure: str, key: str = "") -> pd.Series:
    rows = analysis.findings[
        (analysis.findings["kind"] == kind)
        & (analysis.findings["measure"] == measure)
        & analysis.findings["id"].str.contains(key, regex=False)
    ]
    assert len(rows) == 1, rows["sentence"].tolist()
    return rows.iloc[0]


def figures(analysis: Analysis, finding: pd.Series) -> set[str]:
    claims = analysis.claims[analysis.claims["id"].isin(finding["claims"])]
    return set(claims["figure"])


def test_it_holds_all_the_claims(gaza: Analysis) -> None:
    assert len(gaza.claims) == 865
    assert gaza.claims["source"].nunique() == 235
    assert gaza.claims["id"].is_unique


def test_the_revision_of_1400_names_who_still_printed_it(gaza: Analysis) -> None:
    finding = one(gaza, "revision", "killed_oct7")
    assert finding["cause"] == "stale repeat"
    assert (
        "revised from “more than 1,400” to “about 1,200” by 10 November 2023"
        in (finding["sentence"])
    )
    assert (
        "Rheinische Post (November 2023, perhaps before it, dated by its context) and Gma News (11 "
        "November 2023, dated by its context)" in (finding["sentence"])
    )


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        ("killed_ahli", {"100 to 300", "471", "500"}),
        ("killed_nuseirat", {"210", "274", "under 100"}),
    ],
)
def test_the_disputed_tolls_are_shown_as_positions(
    gaza: Analysis, measure: str, told: set[str]
) -> None:
    finding = one(gaza, "disagreement", measure)
    assert finding["severity"] == "high"
    assert told <= figures(gaza, finding)


def test_33_released_is_a_plan_told_as_fact(gaza: Analysis) -> None:
    finding = one(gaza, "overtaken", "hostages_released_phase1")
    assert finding["cause"] == "plan told as fact"
    assert finding["sentence"].startswith(
        "Hostages released in phase one of 2025: “33” for 22 January 2025 (News article of"
    )
    assert "for 20 January 2025, Jewish World gave “three”" in finding["sentence"]


def test_the_fall_of_the_idf_figure_of_fighters_killed(gaza: Analysis) -> None:
    finding = one(gaza, "fall", "militants_killed", "idf.")
    assert "falls from “12,000” for 18 February 2024" in finding["sentence"]
    assert "to “10,000” for 29 February 2024" in finding["sentence"]
    assert {"nearly 12,000", "12,000", "10,000"} <= figures(gaza, finding)


def test_known_accounts_that_do_not_add_up(gaza: Analysis) -> None:
    ledger = one(gaza, "account", "hostages_taken", "newsmax")
    assert "251 stands against 242" in ledger["sentence"]
    released = one(gaza, "account", "prisoners_released_phase1", "webindia123")
    assert "583 stands against at least 766" in released["sentence"]
    gap = one(gaza, "account", "gap_official_gaza_higher")
    assert gap["cause"] == "wrong base of a percentage"


def test_known_accounts_that_add_up_are_no_findings(gaza: Analysis) -> None:
    holding = gaza.accounts[gaza.accounts["holds"]]
    assert {"hostage_ledger", "gaza_identified_parts", "aid_parts", "gaza_daily"} <= set(
        holding["identity"]
    )
    names = set(holding[holding["identity"] == "hostage_ledger"]["source"])
    assert "hindustan_times" in names


def test_counts_with_and_without_the_four_earlier_captives_are_no_conflict(gaza: Analysis) -> None:
    held = gaza.findings[gaza.findings["measure"] == "hostages_held"]
    for finding in held[held["kind"] != "two scopes"].itertuples():
        claims = gaza.claims[gaza.claims["id"].isin(finding.claims)]
        assert not {"of_the_251", "with_earlier_captives"} <= set(claims["scope"])


def test_every_identity_is_evaluated_or_said_not_to_be(gaza: Analysis) -> None:
    named = gaza.identities[~gaza.identities["name"].str.startswith("part.")]
    never = set(named["name"]) - set(gaza.accounts["identity"])
    assert never == set()


def test_every_cause_has_a_definition(gaza: Analysis) -> None:
    assert set(gaza.findings["cause"]) <= set(CAUSES)
