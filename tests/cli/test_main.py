"""The command as people use it: exit codes, what is printed where, what is written."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from dossiers import ROOT, write_dossier

from analyzer.cli import main

AGREE = [{"figure": "12"}, {"figure": "about 12", "source": "weekly"}]
DIFFER = [{"figure": "12"}, {"figure": "30", "attributed_to": "army"}]
DIFFER += [{"figure": "31", "attributed_to": "army", "source": "weekly"}]
DIFFER += [{"figure": "12", "source": "blog"}]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_bad_row_stops_the_run_with_2_and_leaves_the_last_report_alone(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_dossier(place / "datasets" / "one", AGREE)
    assert main(["report", "one"]) == 0
    report = place / "reports" / "one"
    before = {path: path.read_bytes() for path in report.rglob("*") if path.is_file()}
    write_dossier(place / "datasets" / "one", [*AGREE, {"figure": "umpteen"}])
    assert main(["report", "one"]) == 2
    assert "datasets/one/claims.csv:4 figure 'umpteen'" in capsys.readouterr().err
    after = {path: path.read_bytes() for path in report.rglob("*") if path.is_file()}
    assert before == after
    assert [path.name for path in (place / "reports").iterdir()] == ["one"]


def test_keep_going_builds_from_the_good_rows_and_lists_the_others(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_dossier(place / "datasets" / "one", [*AGREE, {"figure": "umpteen"}])
    assert main(["report", "one", "--keep-going"]) == 0
    printed = capsys.readouterr()
    assert "left out: datasets/one/claims.csv:4 figure 'umpteen'" in printed.err
    report = json.loads((place / "reports" / "one" / "report.json").read_text())
    assert report["summary"]["claims"] == 2
    assert [row["place"] for row in report["left_out"]] == ["datasets/one/claims.csv:4"]


def test_a_build_that_fails_leaves_nothing_half_done(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_dossier(place / "datasets" / "one", AGREE)
    assert main(["report", "one"]) == 0
    before = (place / "reports" / "one" / "report.pdf").read_bytes()

    def fail(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analyzer.build.typeset", fail)
    assert main(["report", "one"]) == 2
    assert (place / "reports" / "one" / "report.pdf").read_bytes() == before
    assert [path.name for path in (place / "reports").iterdir()] == ["one"]


def test_an_interrupted_build_exits_with_130(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> bytes:
        raise KeyboardInterrupt

    write_dossier(place / "datasets" / "one", AGREE)
    monkeypatch.setattr("analyzer.build.typeset", interrupt)
    assert main(["report", "one"]) == 130
    assert "interrupted" in capsys.readouterr().err
    assert list((place / "reports").iterdir()) == []


def test_the_good_dossier_is_built_though_another_is_bad(place: Path) -> None:
    write_dossier(place / "datasets" / "bad", [{"figure": "umpteen"}])
    write_dossier(place / "datasets" / "good", AGREE)
    assert main(["report"]) == 2
    assert (place / "reports" / "good" / "report.pdf").exists()
    assert not (place / "reports" / "bad").exists()


@pytest.mark.parametrize(
    ("claims", "level", "code"),
    [(AGREE, "info", 0), (DIFFER, "high", 1), (DIFFER, "low", 1), (DIFFER[:2], "high", 0)],
)
def test_fail_on_compares_with_the_worst_finding(
    place: Path, claims: list[dict[str, str]], level: str, code: int
) -> None:
    write_dossier(place / "datasets" / "one", claims)
    assert main(["findings", "one", "--fail-on", level]) == code


def test_findings_are_printed_in_three_forms(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_dossier(place / "datasets" / "one", DIFFER)
    texts = {}
    for form in ("table", "csv", "json"):
        assert main(["findings", "one", "--format", form]) == 0
        texts[form] = capsys.readouterr().out
    (row,) = json.loads(texts["json"])
    assert row["sentence"] in texts["table"]
    assert texts["csv"].startswith("id,rank,severity,kind,cause,relation,measure,when,gap,")
    assert row["id"] in texts["csv"]


def test_check_says_what_it_read_and_writes_nothing(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_dossier(place / "datasets" / "one", AGREE)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "one: 2 claims, 6 sources, 7 measures, 0 identities\n"
    assert not (place / "reports").exists()


@pytest.mark.parametrize("words", [["reprot"], ["report", "--keep"], ["findings"]])
def test_wrong_words_exit_with_2_and_name_help(
    place: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err.strip().endswith("see --help")


def test_an_unknown_dossier_names_the_known_ones(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_dossier(place / "datasets" / "one", AGREE)
    assert main(["report", "on"]) == 2
    assert "datasets/on is no folder; dossiers there: one" in capsys.readouterr().err


def test_a_bug_keeps_its_traceback(place: Path, monkeypatch, capsys) -> None:
    def bug(*_: object) -> None:
        raise ZeroDivisionError

    write_dossier(place / "datasets" / "one", AGREE)
    monkeypatch.setattr("analyzer.pipeline.analyze", bug)
    assert main(["sources", "one"]) == 70
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_normalize_shows_bounds_and_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["normalize", "over 47,000"]) == 0
    text = capsys.readouterr().out
    assert "literal   (47,000, no upper end)" in text
    assert "implied   (47,000, 48,000)" in text
    assert "bound.more-than" in text


def test_normalize_names_what_it_can_not_read_and_reads_the_rest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["normalize", "umpteen", "12", "--json"]) == 2
    printed = capsys.readouterr()
    assert "figure 1 'umpteen' can't be read as a figure" in printed.err
    assert json.loads(printed.out)["point"] == 12


def test_a_pipe_gets_the_result_and_no_progress(tmp_path: Path) -> None:
    write_dossier(tmp_path / "datasets" / "one", AGREE)
    command = [sys.executable, "-m", "analyzer", "report", "one"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "reports/one/report.pdf\n"
    assert re.fullmatch(r"reports/one: .* charts? \(.*\), \d+ s\n", done.stderr)


def test_help_is_there_without_the_heavy_libraries() -> None:
    code = "import sys; from analyzer.cli import main; main(['--help']); print([m for m in "
    code += "('pandas', 'matplotlib', 'pandera', 'typst') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_console_script_is_installed() -> None:
    script = Path(sys.executable).with_name("analyzer")
    assert script.exists() or shutil.which("analyzer")


def test_normalize_prints_several_texts_as_a_table_with_the_rule_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.txt"
    file.write_text("about 1,200\n\nنحو 30 ألف\n", encoding="utf-8")
    assert main(["normalize", "over 47,000", "--file", str(file)]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["wording", "literal", "implied", "qualifier", "how", "it", "is", "read"]
    assert len(rows) == 3
    assert "(47,000, 48,000)" in rows[0] and "more than" in rows[0] and rows[0].endswith(".")
