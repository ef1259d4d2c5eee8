"""Two runs at once don't mix their files."""

from pathlib import Path

import pytest
from runs import Start, files_of

from analyzer.cli import main
from analyzer.errors import InputError
from analyzer.outputs import alone, reserved

HOLDING = """
import sys, time
from pathlib import Path
from analyzer.outputs import alone, reserved
with reserved(Path("reports/one")), alone(Path("datasets/one/.import.lock"), Path("one")):
    Path("reports/.one.abcdefgh.new").mkdir()
    print("ready", flush=True)
    time.sleep(60)
"""
MAPPING = """
[table]
layout = "wide"
date = "day"

[claim]
source = "daily"
attributed_to = "ministry"

[[series]]
column = "killed"
measure = "toll"
"""
ROWS = "day,killed\n2024-03-01,10\n2024-03-02,12\n"


def test_a_second_report_is_refused_and_the_first_keeps_what_it_has(
    place: Path, report: Path, start: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_of(report)
    first = start("-c", HOLDING)
    assert first.stdout is not None
    first.stdout.readline()
    assert main(["report", "one"]) == 2
    told = f"reports/one is being written by another run (process {first.pid}); wait until it is"
    assert capsys.readouterr().err.startswith(told)
    assert files_of(report) == before
    assert (place / "reports" / ".one.abcdefgh.new").is_dir()


def test_a_run_that_was_killed_holds_nothing(place: Path, report: Path, start: Start) -> None:
    first = start("-c", HOLDING)
    assert first.stdout is not None
    first.stdout.readline()
    first.kill()
    first.wait()
    assert (place / "reports" / ".one.lock").exists()
    with reserved(report), alone(place / "datasets" / "one" / ".import.lock", place):
        assert sorted(path.name for path in report.parent.iterdir()) == [".one.lock", "one"]
    assert [path.name for path in report.parent.iterdir()] == ["one"]


def test_a_run_may_ask_again_for_what_it_has(tmp_path: Path) -> None:
    with reserved(tmp_path / "one"), reserved(tmp_path / "one"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_another_import_is_waited_for_and_then_told(place: Path, start: Start) -> None:
    first = start("-c", HOLDING)
    assert first.stdout is not None
    first.stdout.readline()
    folder = place / "datasets" / "one"
    told = f"datasets/one is being written by another run .process {first.pid}."
    with pytest.raises(InputError, match=told), alone(folder / ".import.lock", folder, 0.2):
        pass
    first.kill()
    first.wait()
    with alone(folder / ".import.lock", folder, 0.2):
        pass


def test_two_imports_at_once_add_each_figure_once(place: Path, start: Start) -> None:
    folder = place / "datasets" / "one"
    (folder / "imports").mkdir()
    (folder / "imports" / "table.toml").write_text(MAPPING)
    (place / "table.csv").write_text(ROWS)
    words = ("-m", "analyzer", "import", "table.csv", "--dossier", "one")
    both = [start(*words, "--published", "2024-03-05") for _ in range(2)]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    added = [line for line in (folder / "claims.csv").read_text().splitlines() if "toll" in line]
    assert len(added) == 2
    assert sorted(path.name for path in folder.glob(".*")) == []
