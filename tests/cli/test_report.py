"""`analyzer report` as people use it: what is said where, options, one report after another."""

import contextlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dossiers import write_dossier
from pypdf import PdfReader

from analyzer.cli import main, reports
from analyzer.cli.progress import Progress
from analyzer.digest import digest
from analyzer.errors import InputError, Problem
from analyzer.intake import Dossier
from analyzer.pipeline import Analysis, analyze

BLAST = [
    {"figure": "471"},
    {"figure": "at least 471", "source": "weekly"},
    {"figure": "between 100 and 300", "source": "blog", "attributed_to": "army"},
]
MORE = [
    *BLAST,
    {"measure": "toll", "figure": "500", "as_of": "2024-03-01", "published": "2024-03-02"},
    {"measure": "toll", "figure": "400", "as_of": "2024-03-05", "published": "2024-03-06"},
]
ONE = [{"figure": "12"}]  # a report without charts
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build(claims: list[dict[str, str]], *words: str, name: str = "one") -> int:
    write_dossier(Path("datasets") / name, claims)
    return main(["report", name, *words])


Claims = list[dict[str, str]]
Built = Callable[..., None]


@pytest.fixture(scope="module")
def histories(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The folder of reports after `one` was built of some claims, then of others; built once."""
    known: dict[str, Path] = {}

    def make(*steps: Claims) -> Path:
        key = json.dumps(steps)
        if key not in known:
            folder = tmp_path_factory.mktemp("built")
            if len(steps) > 1:
                shutil.copytree(make(*steps[:-1]), folder / "reports")
            with contextlib.chdir(folder):
                assert build(steps[-1]) == 0
            known[key] = folder / "reports"
        return known[key]

    return make


@pytest.fixture
def built(place: Path, histories: Callable[..., Path]) -> Built:
    """As `build` with one list of claims after the other, into an empty folder."""

    def copy(*steps: Claims, into: str = "reports") -> None:
        write_dossier(place / "datasets" / "one", steps[-1])
        shutil.copytree(histories(*steps), place / into)

    return copy


@pytest.fixture(scope="module")
def known() -> dict[str, Analysis]:
    return {}


@pytest.fixture
def analyzed_once(monkeypatch: pytest.MonkeyPatch, known: dict[str, Analysis]) -> None:
    """Where the analysis is not what is looked at, that of the same claims is made once."""

    def find(dossier: Dossier) -> Analysis:
        key = digest(dossier.settings.name, dossier.claims, str(dossier.vintage))
        if key not in known:
            known[key] = analyze(dossier)
        return known[key]

    monkeypatch.setattr(reports, "analyze", find)


def since(folder: str = "reports/one") -> dict[str, Any]:
    return json.loads((Path(folder) / "report.json").read_text(encoding="utf-8"))["since"]


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_report_that_is_built_again_is_the_same_in_every_byte(
    place: Path, built: Built, capsys: Printed
) -> None:
    built(BLAST, MORE)
    second = files(place / "reports/one")
    capsys.readouterr()
    assert build(MORE) == 0
    printed = capsys.readouterr()
    assert printed.out == "reports/one/report.pdf\n"
    assert re.fullmatch(
        r"reports/one: \d+ pages, \d+ charts \(0 drawn, \d+ reused\), \d+ s\n", printed.err
    )
    assert files(place / "reports/one") == second
    assert since()["new"]


@pytest.mark.usefixtures("analyzed_once")
def test_reports_keep_their_charts_and_their_history_each_on_its_own(
    place: Path, built: Built
) -> None:
    built(MORE)
    build(MORE, "--known-by", "2024-03-02")
    assert since("reports/one.known-by-2024-03-02")["base"]["earlier"] is None
    before = files(place / "reports/one.known-by-2024-03-02")
    build(ONE, name="two")
    assert since("reports/two")["base"]["earlier"] is None
    build([*MORE, {"figure": "12", "measure": "held", "published": "2024-03-09"}])
    build([*MORE], "--known-by", "2024-03-02")
    assert files(place / "reports/one.known-by-2024-03-02") == before


@pytest.mark.usefixtures("analyzed_once")
def test_a_last_report_that_can_not_be_read_is_said_and_taken_as_none(
    place: Path, built: Built, capsys: Printed
) -> None:
    """What else makes a report unreadable: tests/test_history.py."""
    built(BLAST)
    halved = Path("reports/one/report.json").read_bytes().replace(b"471", b"\\ud800")
    for text, why in ((b"\xff", "is not UTF-8"), (halved, "holds half a character")):
        Path("reports/one/report.json").write_bytes(text)
        assert build(BLAST) == 0
        assert capsys.readouterr().err.splitlines()[-2] == (
            f"reports/one/report.json {why}; taken as no earlier report"
        )
        assert since()["base"]["earlier"] is None


@pytest.mark.usefixtures("analyzed_once")
def test_another_report_can_be_named_to_compare_with(built: Built) -> None:
    built(BLAST, into="old")
    built(MORE)
    for path in ("old/one", "old/one/report.json"):
        assert build(MORE, "--since", path) == 0
        assert len(since()["new"]) == 1
        assert since()["text"].startswith("Since the report that it is compared with (3 claims;")


@pytest.mark.usefixtures("analyzed_once")
def test_what_was_named_once_is_not_told_in_later_reports(place: Path, built: Built) -> None:
    built(BLAST, into="old")
    built(MORE)
    build(MORE, "--since", "old/one")
    build(MORE)
    assert since()["text"].startswith("Since the last report (5 claims;")
    before = files(place / "reports/one")
    build(MORE)
    assert files(place / "reports/one") == before


@pytest.mark.parametrize("step", ["analyze", "build"])
def test_a_problem_found_late_stands_in_the_way_of_no_other_dossier(
    place: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The first can't be read, the second fails later on, the third is good."""
    real = getattr(reports, step)

    def fails(first: Any, *rest: Any) -> Any:
        dossier = first.settings.name
        if dossier == "b":
            raise InputError([Problem("datasets/b", 0, "", "", "fails late", "mend it")])
        return real(first, *rest)

    monkeypatch.setattr(reports, step, fails)
    write_dossier(place / "datasets/a", [*BLAST, {"figure": "umpteen"}])
    write_dossier(place / "datasets/b", ONE)
    write_dossier(place / "datasets/c", ONE)
    assert main(["report"]) == 2
    printed = capsys.readouterr()
    assert printed.out == "reports/c/report.pdf\n"
    assert "datasets/a/claims.csv:5 figure 'umpteen'" in printed.err
    assert "datasets/b fails late; mend it" in printed.err
    assert [path.name for path in (place / "reports").iterdir()] == ["c"]


@pytest.mark.usefixtures("analyzed_once")
def test_naming_the_last_report_is_what_happens_without_it(place: Path, built: Built) -> None:
    built(BLAST, MORE)
    before = files(place / "reports/one")
    build(MORE, "--since", "reports/one")
    assert files(place / "reports/one") == before


UNUSABLE = {
    "nowhere": "'nowhere' is not there",
    "datasets": "'datasets' is not there",
    "datasets/one/claims.csv": "is not JSON",
    "reports/two": "is a report of 'two'",
}


@pytest.mark.usefixtures("analyzed_once")
def test_a_named_report_that_can_not_be_compared_with_is_an_error(
    place: Path, built: Built, capsys: Printed
) -> None:
    built(BLAST)
    build(ONE, name="two")
    before = files(place / "reports/one")
    for path, why in UNUSABLE.items():
        assert build(MORE, "--since", path) == 2
        error = capsys.readouterr().err.splitlines()[-2]
        assert error.startswith("--since ") and why in error and "name the report.json" in error
    assert files(place / "reports/one") == before


@pytest.mark.usefixtures("analyzed_once")
def test_one_report_can_not_be_compared_with_several_dossiers(
    place: Path, built: Built, capsys: Printed
) -> None:
    built(BLAST)
    write_dossier(place / "datasets/two", BLAST)
    assert main(["report", "--since", "reports/one"]) == 2
    assert "2 dossiers would be compared with it; name one dossier" in capsys.readouterr().err


def _width(folder: str = "reports/one") -> int:
    return round(PdfReader(Path(folder) / "report.pdf").pages[0].mediabox.width)


A4, LETTER = 595, 612  # points


@pytest.mark.usefixtures("analyzed_once")
def test_the_size_of_the_pages_is_set_in_the_dossier_and_by_the_option(
    place: Path, built: Built
) -> None:
    built(BLAST)
    assert _width() == A4
    with (place / "datasets/one/dossier.toml").open("a") as file:
        file.write('[report]\npaper = "letter"\n')
    assert main(["report", "one"]) == 0
    assert _width() == LETTER
    assert main(["report", "one", "--paper", "a4"]) == 0
    assert _width() == A4


def test_an_unknown_size_is_an_error_on_the_command_line(place: Path, capsys: Printed) -> None:
    assert build(BLAST, "--paper", "a3") == 2
    assert "a3" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[report]\npaper = "a3"\n', "paper 'a3' is no size of pages; take a4 or letter"),
        ("[report]\npaper = 4\n", "paper '4' is no size of pages; take a4 or letter"),
        ('[report]\npapr = "a4"\n', "'papr' is not a known setting; did you mean 'paper'?"),
        ('report = "a4"\n', "report 'a4' is no table of settings; write [report] on a line"),
        ("conventions = 3\n", "conventions '3' is no table of settings; write [conventions]"),
    ],
)
def test_what_is_wrong_with_the_settings_of_the_report_is_named(
    place: Path, capsys: Printed, text: str, problem: str
) -> None:
    write_dossier(place / "datasets/one", BLAST)
    with (place / "datasets/one/dossier.toml").open("a") as file:
        file.write(text)
    assert main(["check", "one"]) == 2
    assert f"datasets/one/dossier.toml {problem}" in capsys.readouterr().err


class Terminal:
    """A stderr that says it is a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_one_line_that_is_cleared_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("COLUMNS", "40")
    with Progress("one") as progress:
        progress("reading")
        progress("charts 37 of 150 (103 reused), and words that are too long for the line")
    start, *shown = terminal.text.split("\r\033[K")
    assert start == ""
    assert shown[0] == "one: reading, 0 s"
    assert shown[1] == "one: charts 37 of 150 (103 reused), and"
    assert shown[-1] == ""


def test_the_line_of_a_terminal_is_cleared_when_a_run_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with pytest.raises(KeyError), Progress("one") as progress:
        progress("reading")
        raise KeyError
    assert terminal.text.endswith("\r\033[K")
