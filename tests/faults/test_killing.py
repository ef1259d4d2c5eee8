"""A run that is ended at any moment leaves the last good report, and nothing half done."""

import os
import random
import signal
from pathlib import Path

import pytest
from runs import Start, files_of, wait_for

from analyzer.outputs import folders, write_report

# Replaces the report again and again; all files of one version hold its number.
REPLACING = """
import itertools, sys
from pathlib import Path
from analyzer.outputs import folders, write_report
if "slow" in sys.argv:
    folders._renameat2 = lambda: None
def fill(folder):
    for name in ("report.json", "a", "b", "c"):
        (folder / name).write_text(str(version))
for version in itertools.count():
    write_report(Path("reports/one"), fill)
    if version == 3:
        print("ready", flush=True)
"""
# `analyzer report one` whose charts take their time, however fast the machine is.
DRAWING = """
import runpy, sys, time
from analyzer import build
draw_all = build.draw_all
def slowly(*given, **named):
    drawn = draw_all(*given, **named)
    time.sleep(60)
    return drawn
build.draw_all = slowly
sys.argv = ["analyzer", "report", "one"]
runpy.run_module("analyzer", run_name="__main__")
"""
SEED = 20261128


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def in_order(target: Path) -> None:
    """What the next run does first."""
    with folders.reserved(target):
        pass


@pytest.mark.parametrize("way", ["fast", "slow"])
def test_a_run_killed_at_any_moment_leaves_one_whole_report(
    place: Path, start: Start, way: str
) -> None:
    """With the exchange of Linux at once, and elsewhere when the next run has begun."""
    moments = random.Random(SEED)
    target = place / "reports" / "one"
    for _ in range(3):
        process = start("-c", REPLACING, way)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        with pytest.raises(Exception, match="timed out"):
            process.wait(moments.uniform(0, 0.02))
        process.kill()
        process.wait()
        if way == "slow":
            in_order(target)
        found = files_of(target)
        assert list(found) == ["a", "b", "c", "report.json"]
        assert len(set(found.values())) == 1
        in_order(target)
        assert hidden(target.parent) == []


def test_a_report_moved_away_and_not_replaced_is_put_back(tmp_path: Path) -> None:
    """The moment between the two renames, where folders can't change places in one step."""
    old, new = tmp_path / ".one.abcdefgh.old", tmp_path / ".one.abcdefgh.new"
    for folder, text in ((old, "good"), (new, "half")):
        folder.mkdir()
        (folder / "report.json").write_text(text)
    in_order(tmp_path / "one")
    assert files_of(tmp_path) == {"one/report.json": b"good"}


def test_what_other_reports_and_people_have_there_is_left_alone(tmp_path: Path) -> None:
    others = [".one.known-by-2025-01-01.abcdefgh.new", ".two.abcdefgh.new", ".one.notes.new"]
    for name in others:
        (tmp_path / name).mkdir()
    in_order(tmp_path / "one")
    assert sorted(hidden(tmp_path)) == sorted(others)


def test_without_exchange_the_last_report_is_replaced_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_renameat2", lambda: None)
    for text in ("first", "second"):
        write_report(tmp_path / "one", lambda at, text=text: (at / "report.json").write_text(text))
    assert files_of(tmp_path) == {"one/report.json": b"second"}


@pytest.mark.parametrize(
    ("number", "code", "told"),
    [
        (signal.SIGTERM, 143, "ended; nothing was changed"),
        (signal.SIGINT, 130, "interrupted; nothing was changed"),
        (signal.SIGKILL, -9, ""),
    ],
)
def test_a_build_that_is_ended_leaves_the_last_report(
    place: Path, report: Path, start: Start, number: signal.Signals, code: int, told: str
) -> None:
    before = files_of(report)
    process = start("-c", DRAWING)
    wait_for(lambda: list(place.glob("reports/.one.*.new/charts/*")))
    os.kill(process.pid, number)
    out, err = process.communicate()
    assert (process.returncode, out, err.strip()) == (code, "", told)
    assert files_of(report) == before
    if number == signal.SIGKILL:
        assert list(place.glob("reports/.one.*.new"))
        in_order(report)
    assert hidden(report.parent) == []
