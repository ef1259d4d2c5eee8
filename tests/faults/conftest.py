"""Runs of the command as processes of their own, that can be killed."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from dossiers import ROOT, write_dossier
from runs import Start

from analyzer.cli import main

CLAIMS = [{"figure": "12"}, {"figure": "about 12", "source": "weekly"}]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one small dossier, to run in."""
    write_dossier(tmp_path / "datasets" / "one", CLAIMS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def whole_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of that dossier, built once."""
    folder = tmp_path_factory.mktemp("whole")
    write_dossier(folder / "datasets" / "one", CLAIMS)
    words = ["--datasets", str(folder / "datasets"), "--out", str(folder / "reports")]
    assert main(["report", "one", *words]) == 0
    return folder / "reports" / "one"


@pytest.fixture
def report(place: Path, whole_report: Path) -> Path:
    """The report of the dossier in `place`."""
    shutil.copytree(whole_report, place / "reports" / "one")
    return place / "reports" / "one"


@pytest.fixture
def start(place: Path) -> Iterator[Start]:
    """Start Python with some words in a process group of its own; it is gone afterwards."""
    started: list[subprocess.Popen[str]] = []

    def begin(*words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=place,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            # heard also where the suite runs in the background of a shell, which turns it off
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
