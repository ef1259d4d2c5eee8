"""`analyzer reproduce`: what is printed, and what bad input is told."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dossiers import MEASURES, write_dossier

from analyzer.cli.reproduce import parse_between, parse_number, print_recipes
from analyzer.errors import InputError

Printed = pytest.CaptureFixture[str]
Run = Callable[..., int]
CLAIMS = [
    {"id": "a", "measure": "toll", "figure": "1,000", "as_of": "2024-01-01"},
    {"id": "b", "measure": "toll", "figure": "1,130", "as_of": "2024-01-05"},
    {"id": "c", "measure": "toll", "figure": "1,259", "as_of": "2024-01-09"},
    {"id": "d", "measure": "toll", "figure": "over 1,300", "as_of": "2024-01-12"},
]
for claim in CLAIMS:
    claim |= {"published": claim["as_of"], "url": f"https://example.org/{claim['id']}"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    write_dossier(tmp_path / "datasets" / "one", CLAIMS)
    measures = [row for row in MEASURES if row["measure"] != "toll"]
    held = [{"measure": "held", "figure": "259", "as_of": "2024-01-05"}]
    write_dossier(tmp_path / "datasets" / "two", held, measures=measures)

    def make(number: str = "259", measure: str = "toll", **options: Any) -> int:
        given = {"between": None, "name": None, "form": "table", "limit": 20, "tolerance": 0.0}
        given |= {"encoding": "utf-8", **options}
        return print_recipes(Path("datasets"), number, measure, **given)

    return make


def problem(error: pytest.ExceptionInfo[InputError]) -> str:
    return "\n".join(map(str, error.value.problems))


def test_the_page_names_recipe_figures_claims_and_links(run: Run, capsys: Printed) -> None:
    assert run(between=("2024-01-01", "2024-01-09")) == 0
    assert capsys.readouterr().out == (
        "one: 259, Dead of the war (toll), 1 to 9 January 2024\n"
        "  1 recipe, 1 listed (difference 1)\n"
        "  each is a way to obtain the number; none says that it came about this way\n"
        "  3 exact figures of the measure itself, 1 to 9 January 2024; 1 hedged one is not added\n"
        "  0 of 20 other numbers, up to 10 off, have a recipe at least as plain as the first one\n"
        "\n"
        "  1  difference: 259 = 1,259 (9 January 2024) - 1,000 (1 January 2024): Dead of the war, "
        "according\n     to Ministry, as given by Daily Paper\n"
        "     + 1,259  2024-01-09  Ministry, as given by Daily Paper  c\n"
        "       https://example.org/c\n"
        "     - 1,000  2024-01-01  Ministry, as given by Daily Paper  a\n"
        "       https://example.org/a\n"
    )


def test_csv_has_a_row_a_figure_and_json_the_same(run: Run, capsys: Printed) -> None:
    assert run(form="csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert run(form="json") == 0
    (data,) = json.loads(capsys.readouterr().out)
    (recipe,) = data["recipes"]
    assert [one["claim"] for one in rows] == [one["claim"] for one in recipe["figures"]]
    assert [one["sign"] for one in rows] == ["1", "-1"]
    assert {one["dossier"] for one in rows} == {"one"} == {data["dossier"]}
    assert rows[0]["url"] == recipe["figures"][0]["url"] == "https://example.org/c"
    assert (data["found"], data["first"], recipe["figures"][1]["as_of"]) == (1, None, "2024-01-01")


def test_nothing_found_is_a_clean_run_that_says_what_is_near(run: Run, capsys: Printed) -> None:
    assert run("1,254", between=("2024-01-01", "2024-01-12")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("  no recipe gives it: 3 exact figures of the measure itself, 1 to")
    assert "The nearest of the plainest kinds:" in lines
    assert any("figure: 1,259 is recorded" in line for line in lines)
    assert any("difference: 259 = 1,259" in line for line in lines)
    assert run("1,254", form="csv") == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_all_dossiers_that_have_the_measure_are_searched(run: Run, capsys: Printed) -> None:
    assert run(measure="held") == 0
    printed = capsys.readouterr().out
    assert printed.startswith("one: 259, Held (held), all days\n  no recipe gives it: 0 exact")
    assert "\n\ntwo: 259, Held (held), all days\n  1 recipe, 1 listed (figure 1)\n" in printed
    assert run(measure="held", name="two") == 0
    assert capsys.readouterr().out.startswith("two: ")


def test_only_what_was_known_by_a_day_counts(run: Run, capsys: Printed) -> None:
    assert run(known_by="2024-01-06") == 0
    printed = capsys.readouterr()
    assert "no recipe gives it: 2 exact figures" in printed.out
    assert "one as known by 6 January 2024: without 2 claims of later days" in printed.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"measure": "tol"}, "datasets 'tol' is no measure of any dossier; did you mean 'toll'?"),
        (
            {"measure": "tol", "name": "one"},
            "one 'tol' is no measure of the dossier; did you mean 'toll'?",
        ),
        ({"measure": "toll", "name": "two"}, "two 'toll' is no measure of the dossier"),
        ({"measure": "xyzzy"}, "take one from a measures.csv"),
        ({"name": "three"}, "three is no folder; dossiers there: one, two"),
        ({"limit": 0}, "--limit '0' lists nothing; name 1 or more"),
        ({"tolerance": -1.0}, "--tolerance '-1.0' is no distance; name 0 or more"),
        ({"tolerance": float("nan")}, "--tolerance 'nan' is no distance"),
        ({"known_by": "1/2/2024"}, "--known-by '1/2/2024' is no day"),
    ],
)
def test_bad_input_is_one_problem(run: Run, options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as error:
        run(**options)
    assert message in problem(error)
    assert len(error.value.problems) == 1


def test_a_folder_without_dossiers_is_named(run: Run, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no dossier"):
        print_recipes(tmp_path, "1", "toll", None, None, "table", 20, 0, "utf-8")


@pytest.mark.parametrize(
    ("text", "number"), [("1259", 1259), ("1,259", 1259), (" 12.5 ", 12.5), ("1,259,000", 1259000)]
)
def test_numbers_are_read_with_or_without_commas(text: str, number: float) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "x", "1.259.000", "12,59", "-3", "1e5", "nan", "9" * 16])
def test_other_texts_are_no_number(text: str) -> None:
    with pytest.raises(InputError) as error:
        parse_number(text)
    assert "is no number; type digits, as 1259 or 1,259" in problem(error)


def test_0_is_not_looked_for() -> None:
    with pytest.raises(InputError, match=r"number '0' can't be looked for; name a number above 0"):
        parse_number("0")


def test_the_two_days_of_a_period() -> None:
    assert parse_between(None) == (None, None)
    assert parse_between(("2024-01-01", " 2024-01-01")) == (date(2024, 1, 1), date(2024, 1, 1))


@pytest.mark.parametrize(
    ("days", "message"),
    [
        (("2024-01", "2024-02-01"), "'2024-01' is no single day; name a day, as its first one,"),
        (("10/11/2025", "2024-02-01"), "is no day; type 2025-10-11 or 2025-11-10, whichever"),
        (
            ("2024-02-01", "2024-01-01"),
            "--between '2024-01-01' is before the first day; change places: "
            "--between 2024-01-01 2024-02-01",
        ),
    ],
)
def test_bad_days_are_told(days: tuple[str, str], message: str) -> None:
    with pytest.raises(InputError) as error:
        parse_between(days)
    assert message in problem(error)


def test_a_long_run_is_shown_by_its_first_and_last_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    monkeypatch.chdir(tmp_path)
    days = [f"2024-01-{number:02}" for number in range(1, 11)]
    claims = [
        {"measure": "freed_day", "figure": "3", "as_of": one, "period_start": one} for one in days
    ]
    write_dossier(tmp_path / "datasets" / "one", claims)
    between = ("2024-01-01", "2024-01-10")
    print_recipes(Path("datasets"), "30", "freed_day", between, None, "table", 1, 0, "utf-8")
    lines = capsys.readouterr().out.splitlines()
    assert "     … 4 more, all of them with --format csv or json" in lines
    assert sum(line.startswith("     + 3  2024-01-") for line in lines) == 6
    assert max(map(len, lines)) <= 100
