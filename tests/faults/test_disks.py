"""What the file system refuses is told in one line, and the last report stays."""

from pathlib import Path

import pytest
from dossiers import write_dossier
from runs import Start, files_of, small_files, without_privileges

from analyzer.cli import main
from analyzer.cli.commands import folder_of
from analyzer.outputs import write_report

BYTES = 20_000  # a file may have so many; report.pdf has more
HAS_FULL = Path("/dev/full").exists()


def told(place: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one line that a refused report prints."""
    assert main(["report", "one", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


def test_a_full_disk_is_told_in_one_line(
    place: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The limit of one file's size stands for the disk's: writing fails half way in both."""
    write_dossier(
        place / "datasets" / "one", [{"figure": "13"}, {"figure": "13", "source": "weekly"}]
    )
    before = files_of(report)
    with small_files(BYTES):
        err = told(place, capsys)
    assert err.startswith("analyzer: [Errno 27]")
    assert err.count("\n") == 1
    assert files_of(report) == before
    assert [path.name for path in report.parent.iterdir()] == ["one"]


@pytest.mark.skipif(not HAS_FULL, reason="this system has no device that is always full")
def test_output_that_can_not_be_printed_is_told(place: Path, start: Start) -> None:
    process = start(
        "-c",
        "import sys; from analyzer.cli import run; sys.argv = "
        "['analyzer', 'check']; sys.stdout = open('/dev/full', 'w'); run()",
    )
    _, err = process.communicate()
    assert err.startswith("analyzer: [Errno 28]")
    assert process.returncode == 2


def test_a_file_that_can_not_be_read_is_named(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "datasets" / "one" / "claims.csv").chmod(0)
    with without_privileges():
        assert main(["check", "one"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("datasets/one/claims.csv can't be read: permission denied;")


def test_a_folder_that_can_not_be_written_is_named(
    place: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_of(report)
    report.parent.chmod(0o555)
    with without_privileges():
        err = told(place, capsys)
    report.parent.chmod(0o755)
    assert err.startswith("analyzer: [Errno 13] Permission denied")
    assert err.count("\n") == 1
    assert files_of(report) == before


def test_a_file_in_the_place_of_a_report_stays(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "reports").mkdir()
    (place / "reports" / "one").write_text("mine")
    assert told(place, capsys).startswith("reports/one is a file, not the folder of a report;")
    assert (place / "reports" / "one").read_text() == "mine"
    assert told(place, capsys, "--out", "reports/one").startswith("analyzer: [Errno ")


def test_a_folder_that_holds_no_report_is_never_replaced(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --out datasets the report would take the place of what it is made from."""
    before = files_of(place)
    assert "holds files, but no report" in told(place, capsys, "--out", "datasets")
    assert files_of(place) == before


@pytest.mark.parametrize("words", [["."], ["x/.."], ["datasets/one/x/.."]])
def test_a_dossier_always_has_a_name_of_its_own(
    place: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report named "" or ".." would take the place of all reports, or of more."""
    (place / "datasets" / "one" / "x").mkdir()
    monkeypatch.chdir(place / "datasets" / "one")
    start = Path() if words[0] == "." or words[0].startswith("x") else place
    monkeypatch.chdir(start.resolve())
    assert folder_of(Path(), words[0]).name == "one"


def test_a_link_in_the_place_of_a_report_is_followed(place: Path, report: Path) -> None:
    elsewhere = place / "elsewhere"
    report.rename(elsewhere)
    report.symlink_to(elsewhere)
    write_report(report, lambda folder: None)
    assert report.is_symlink()
    assert list(elsewhere.iterdir()) == []
