"""What was known by a day: which claims, corrections and waivers count."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from dossiers import TODAY, write_dossier
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import InputError
from analyzer.intake import Dossier, load_dossier
from analyzer.pipeline import analyze
from analyzer.vintages import claims_known_by, parse_day

LoadBy = Callable[..., Dossier]


@pytest.fixture
def load_by(tmp_path: Path) -> LoadBy:
    def make(day: str, *claims: dict[str, str], **tables: list[dict[str, str]]) -> Dossier:
        folder = write_dossier(tmp_path / "small", claims, **tables)
        return load_dossier(folder, today=TODAY, known_by=date.fromisoformat(day))

    return make


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("yesterday", "--known-by 'yesterday' is no day; type year-month-day, as 2025-01-22"),
        ("3/4/2025", "type 2025-03-04 or 2025-04-03, whichever is meant"),
        ("2025-02-30", "there is no such day; type year-month-day, as 2025-01-22"),
        ("2025-03", "is no single day; name a day, as its last one, 2025-03-31"),
        ("2026-11-24", "is in the future; name a day up to today, 2026-11-23"),
    ],
)
def test_what_is_no_day_up_to_today_is_one_problem_with_its_remedy(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        parse_day(text, TODAY)
    (problem,) = error.value.problems
    assert message in str(problem)


def test_today_is_a_day() -> None:
    assert parse_day("2026-11-23", TODAY) == TODAY


def test_only_what_was_published_by_the_day_counts(load_by: LoadBy) -> None:
    dossier = load_by(
        "2024-04-30",
        {"figure": "10", "published": "2024-04-30"},
        {"figure": "11", "published": "2024-05-01"},
        {"figure": "12", "published": "2024-04"},
        {"figure": "13", "published": "2024"},
        {"figure": "14", "published": "", "published_context": "2024-04-02"},
        {"figure": "15", "published": "", "published_context": "2024-05-02"},
    )
    assert sorted(dossier.claims["figure"]) == ["10", "12", "14"]
    assert dossier.vintage is not None
    assert (dossier.vintage.later, dossier.vintage.undated) == (3, 0)


def test_a_month_counts_from_its_last_day_on(load_by: LoadBy) -> None:
    claims = {"figure": "10"}, {"figure": "12", "published": "2024-04"}
    assert list(load_by("2024-04-29", *claims).claims["figure"]) == ["10"]
    assert len(load_by("2024-04-30", *claims).claims) == 2


def test_the_day_that_a_figure_speaks_of_does_not_show_that_it_was_known(load_by: LoadBy) -> None:
    undated = {"measure": "toll", "figure": "10", "as_of": "2024-01-01", "published": ""}
    dossier = load_by("2024-04-30", undated, {"figure": "12"})
    assert list(dossier.claims["figure"]) == ["12"]
    assert dossier.vintage is not None and dossier.vintage.undated == 1
    assert str(dossier.vintage) == (
        "as known by 30 April 2024: without 1 claim whose day of publication is not known"
    )


def test_a_dossier_without_claims_by_then_is_one_problem(load_by: LoadBy) -> None:
    with pytest.raises(
        InputError, match=r"no claim that was published by 2024-01-01; name a later"
    ):
        load_by("2024-01-01", {"figure": "10"})


def test_the_files_are_checked_as_of_today(load_by: LoadBy) -> None:
    dossier = load_by("2024-03-02", {"figure": "10"}, {"figure": "11", "published": "2026-11-01"})
    assert len(dossier.claims) == 1


def test_a_correction_of_a_later_day_does_not_count(load_by: LoadBy) -> None:
    claim = {"id": "one", "figure": "412"}
    correction = {"claim": "one", "figure": "412", "corrected": "4,120", "reason": "misprint"}
    correction |= {"who": "Editor", "date": "2024-05-01"}
    before = load_by("2024-04-30", claim, corrections=[correction])
    assert list(before.claims["figure"]) == ["412"]
    assert before.corrections.empty
    after = load_by("2024-05-01", claim, corrections=[correction])
    assert list(after.claims["figure"]) == ["4,120"]


def test_a_waiver_is_held_against_the_day(load_by: LoadBy) -> None:
    waiver = {"claim": "one", "reason": "checked", "who": "Editor", "until": "2024-06-30"}
    claim = {"id": "one", "figure": "412"}
    assert not load_by("2024-06-30", claim, waivers=[waiver]).waivers["expired"].any()
    assert load_by("2024-07-01", claim, waivers=[waiver]).waivers["expired"].all()


def test_a_waiver_of_a_claim_that_is_not_known_yet_does_no_harm(load_by: LoadBy) -> None:
    waiver = {"claim": "two", "reason": "checked", "who": "Editor", "until": "2026-12-31"}
    later = {"id": "two", "figure": "30", "published": "2024-09-01"}
    analysis = analyze(load_by("2024-04-30", {"figure": "412"}, later, waivers=[waiver]))
    assert analysis.vintage is not None and analysis.vintage.day == date(2024, 4, 30)
    assert len(analysis.claims) == 1


DAYS = st.dates(date(2024, 1, 1), date(2024, 3, 1))


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), DAYS)), DAYS, st.integers(0, 40))
def test_what_is_known_only_grows(published: list[date | None], day: date, more: int) -> None:
    days = pd.Series(pd.to_datetime(published), dtype="datetime64[s]")
    none = pd.Series(pd.NaT, days.index, dtype="datetime64[s]")
    claims = pd.DataFrame({"published_last": days, "published_context_last": none})
    known, vintage = claims_known_by(claims, day)
    later, _ = claims_known_by(claims, day + timedelta(days=more))
    assert set(known.index) <= set(later.index)
    assert len(known) + vintage.later + vintage.undated == len(claims)
