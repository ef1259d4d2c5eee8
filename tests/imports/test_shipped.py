"""The two dossiers that were made by `analyzer import`."""

import re
import tomllib

import pandas as pd
import pytest
from dossiers import ROOT, TODAY

from analyzer.intake import load_dossier
from analyzer.read import read_table

NAMES = ("gaza-daily", "ukraine-losses")


def claims(name: str) -> pd.DataFrame:
    frame, problems = read_table(ROOT / "datasets" / name, "claims")
    assert problems == []
    return frame


@pytest.fixture(scope="module")
def gaza() -> pd.DataFrame:
    return claims("gaza-daily")


def cell(frame: pd.DataFrame, measure: str, day: str, columns: list[str]) -> list[tuple[str, ...]]:
    rows = frame[(frame["measure"] == measure) & (frame["as_of"] == day)]
    return list(rows[columns].itertuples(index=False, name=None))


@pytest.mark.parametrize("name", NAMES)
def test_the_dossier_has_no_problem(name: str) -> None:
    load_dossier(ROOT / "datasets" / name, today=TODAY)


def test_a_figure_keeps_each_version_with_its_day(gaza: pd.DataFrame) -> None:
    assert cell(gaza, "killed", "2023-10-07", ["figure", "published", "attributed_to"]) == [
        ("198", "2024-01-15", "gaza_health_ministry"),
        ("232", "2024-02-18", "gaza_health_ministry"),
    ]


def test_a_figure_that_one_version_alone_gave_is_withdrawn(gaza: pd.DataFrame) -> None:
    columns = ["figure", "published", "status"]
    assert cell(gaza, "famine_deaths", "2025-06-15", columns) == [
        ("300", "2025-11-02", "reported"),
        ("300", "2025-11-04", "withdrawn"),
    ]
    assert cell(gaza, "killed_aid_seekers", "2025-06-15", columns) == [
        ("300", "2025-08-23", "reported"),
        ("300", "2025-11-02", "withdrawn"),
        ("300", "2025-11-04", "reported"),
    ]


def test_figures_given_and_taken_out_on_one_day_have_no_row(gaza: pd.DataFrame) -> None:
    assert cell(gaza, "killed", "2026-06-26", ["figure"]) == []


def test_the_last_version_of_each_day_is_what_the_table_of_its_day_says(
    gaza: pd.DataFrame,
) -> None:
    versions = gaza[gaza["published"] != ""].sort_values("published", kind="stable")
    assert not versions.duplicated(["measure", "as_of", "published"]).any()
    last = versions.drop_duplicates(["measure", "as_of"], keep="last")["status"]
    assert last.value_counts().to_dict() == {"reported": 7052, "withdrawn": 87}


def test_columns_that_were_exchanged_for_a_day_are_there_as_given(gaza: pd.DataFrame) -> None:
    assert cell(gaza, "famine_deaths", "2025-09-21", ["figure", "published"]) == [
        ("442", "2025-09-21"),
        ("2523", "2025-11-02"),
        ("442", "2025-11-04"),
    ]


def test_a_report_of_two_days_covers_both(gaza: pd.DataFrame) -> None:
    columns = ["figure", "period_start", "published"]
    assert cell(gaza, "killed_daily", "2025-02-08", columns) == [
        ("598", "2025-02-07", "2025-02-11")
    ]


def test_a_day_without_an_official_report_is_attributed_to_the_data_set(
    gaza: pd.DataFrame,
) -> None:
    assert cell(gaza, "killed", "2026-07-01", ["figure", "attributed_to"]) == [
        ("73070", "techforpalestine")
    ]


def test_the_ministrys_count_begins_anew_beside_the_continuous_one(gaza: pd.DataFrame) -> None:
    columns = ["figure", "scope", "attributed_to"]
    assert cell(gaza, "killed_lebanon", "2026-03-05", columns) == [
        ("123", "since_phase_start", "lebanon_health_ministry"),
        ("4170", "since_October_2023", "techforpalestine"),
    ]


def test_reported_and_verified_are_two_sources_of_one_measure(gaza: pd.DataFrame) -> None:
    assert cell(gaza, "killed_west_bank", "2023-10-07", ["figure", "attributed_to"]) == [
        ("3", "ocha_reported"),
        ("6", "ocha_verified"),
    ]


def test_the_two_mappings_of_gaza_name_the_same_series() -> None:
    folder = ROOT / "datasets" / "gaza-daily" / "imports"
    texts = [folder / f"{name}.toml" for name in ("gaza_daily", "gaza_vintage_changes")]
    daily, vintages = (tomllib.loads(path.read_text(encoding="utf-8")) for path in texts)
    assert daily["series"] == vintages["series"]


def test_a_claim_keeps_its_qualifier_and_its_whole_number() -> None:
    frame = claims("ukraine-losses")
    assert cell(frame, "personnel", "2022-02-25", ["figure"]) == [("about 2800",)]
    assert cell(frame, "personnel", "2022-03-07", ["figure"]) == [("more than 11000",)]
    assert cell(frame, "fuel_tanks", "2022-04-30", ["figure"]) == [("76",)]
    assert cell(frame, "tanks", "2025-07-19", ["figure", "scope", "attributed_to"]) == [
        ("11032", "", "ua_general_staff"),
        ("4074", "visually_confirmed", "oryx"),
        ("2991", "visually_confirmed_destroyed", "oryx"),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_labels_and_definitions_are_neutral(name: str) -> None:
    frame, _ = read_table(ROOT / "datasets" / name, "measures")
    told = frame["label"] + ". " + frame["definition"].str.replace(r'"[^"]*"', "", regex=True)
    wrong = re.compile(r"martyr|massacre|terror|genocid|murder|slaughter|enemy|regime", re.I)
    assert [text for text in told if wrong.search(text)] == []
    assert not frame["label"].str.contains("claim|OCHA|ministry|Oryx", case=False).any()
