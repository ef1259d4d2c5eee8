"""`analyzer revisions`, and `--known-by` on the commands: what is printed and written."""

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from dossiers import write_dossier

from analyzer.cli import main

START = date(2024, 1, 1)
Printed = pytest.CaptureFixture[str]


def day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


def row(at: int, figure: int, said: int, **cells: str) -> dict[str, str]:
    claim = {"measure": "toll", "figure": f"{figure:,}", "as_of": day(at), "published": day(said)}
    return claim | cells


SERIES = [row(at, 1000 + 10 * at, at) for at in range(31)]
EDITED = [*SERIES, row(2, 1025, 40), row(5, 1049, 50, status="revised")]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_dossier(tmp_path / "datasets" / "one", EDITED)
    return tmp_path


@pytest.mark.parametrize(
    ("measure", "remedy"),
    [("tol", "did you mean 'toll'?"), ("xxxxxx", "take one from its measures.csv")],
)
def test_an_unknown_measure_is_one_problem(
    place: Path, capsys: Printed, measure: str, remedy: str
) -> None:
    assert main(["revisions", "one", measure]) == 2
    assert f"one '{measure}' is no measure of the dossier; {remedy}" in capsys.readouterr().err


def test_a_measure_without_versions_says_so(place: Path, capsys: Printed) -> None:
    assert main(["revisions", "one", "dead"]) == 0
    assert "no versions: of its 0 claims, no source gives figures" in capsys.readouterr().out
    assert main(["revisions", "one", "toll", "--known-by", day(35)]) == 0
    printed = capsys.readouterr()
    assert "no figure of a day was published in a second version" in printed.out
    assert "one as known by 5 February 2024: without 2 claims of later days" in printed.err


def test_the_table_tells_each_version_within_100_columns(place: Path, capsys: Printed) -> None:
    assert main(["revisions", "one", "toll"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Dead of the war (toll)"
    assert "  revised    2 days, 2 revisions" in "\n".join(lines)
    assert [line.split() for line in lines[-4:]] == [
        ["2024-01-03", "2024-01-03", "0", "1,020"],
        ["2024-02-10", "38", "1,025", "+5", "silent", "edit"],
        ["2024-01-06", "2024-01-06", "0", "1,050"],
        ["2024-02-20", "45", "1,049", "-1", "announced", "revision"],
    ]
    assert max(map(len, lines)) <= 100


def test_the_same_versions_are_there_as_csv_and_json(place: Path, capsys: Printed) -> None:
    assert main(["revisions", "one", "toll", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert main(["revisions", "one", "toll", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [one["claim"] for one in rows] == [one["claim"] for one in data["versions"]]
    assert [one["figure"] for one in rows] == ["1,020", "1,025", "1,050", "1,049"]
    assert data["versions"][3]["why"] == "the new row is marked as revised"
    (series,) = data["series"]
    assert (series["n_days"], series["n_revised"], series["bias"]) == (31, 2, 4 / 31)


def test_replay_gives_the_series_at_each_vintage(place: Path, capsys: Printed) -> None:
    assert main(["revisions", "one", "toll", "--replay"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(rows[0]) == ["series", "vintage", "first", "at", "value", "claim"]
    sizes = [sum(one["vintage"] == day(said) for one in rows) for said in (0, 30, 40, 50)]
    assert sizes == [1, 31, 31, 31]
    third = {one["vintage"]: one["value"] for one in rows if one["at"] == day(2)}
    assert (third[day(30)], third[day(40)], third[day(50)]) == ("1020", "1025", "1025")
    for form in ("json", "table"):
        assert main(["revisions", "one", "toll", "--replay", "--format", form]) == 0
        assert day(50) in capsys.readouterr().out


def test_a_report_as_known_by_a_day_stands_beside_the_current_one(
    place: Path, capsys: Printed
) -> None:
    write_dossier(
        place / "datasets" / "one",
        [{"figure": "12"}, {"figure": "30", "source": "weekly", "published": "2024-06-01"}],
    )
    assert main(["report", "one"]) == 0
    current = (place / "reports" / "one" / "report.json").read_bytes()
    assert main(["report", "one", "--known-by", "2024-04-30"]) == 0
    folder = place / "reports" / "one.known-by-2024-04-30"
    printed = capsys.readouterr()
    assert printed.out.splitlines()[-1] == "reports/one.known-by-2024-04-30/report.pdf"
    assert "one as known by 30 April 2024: without 1 claim of later days" in printed.err
    assert json.loads((folder / "report.json").read_text())["summary"]["claims"] == 1
    assert (place / "reports" / "one" / "report.json").read_bytes() == current


@pytest.mark.parametrize("command", ["report", "check", "findings", "sources", "revisions"])
def test_a_bad_day_stops_every_command_with_one_problem(
    place: Path, capsys: Printed, command: str
) -> None:
    words = [command, "one", *(["toll"] if command == "revisions" else [])]
    assert main([*words, "--known-by", "1/2/2024"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "--known-by '1/2/2024' is no day; type 2024-01-02 or 2024-02-01, whichever is meant",
        "1 problem found",
    ]


def test_check_counts_the_claims_of_the_day(place: Path, capsys: Printed) -> None:
    assert main(["check", "--known-by", day(9)]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("one: 10 claims, ")
    assert "without 23 claims of later days" in printed.err


def test_a_claim_of_a_later_day_has_no_trace_yet(place: Path, capsys: Printed) -> None:
    claims = [{"id": "old", "figure": "12"}]
    claims += [{"id": "mid", "figure": "12", "source": "weekly"}]
    claims += [{"id": "new", "figure": "30", "published": "2024-06-01"}]
    write_dossier(place / "datasets" / "one", claims)
    assert main(["trace", "new", "--known-by", "2024-04-30"]) == 2
    assert "one 'new' is not known to have been published by 2024-04-30" in capsys.readouterr().err
    assert main(["trace", "old", "--known-by", "2024-04-30"]) == 0
    printed = capsys.readouterr()
    assert "1 other claim" in printed.out
    assert "one as known by 30 April 2024" in printed.err
