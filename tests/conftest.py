"""Small dossiers, and the shipped one, analyzed once."""

import fcntl
import gc
import json
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest
from dossiers import ROOT, TODAY, Found, Row, write_dossier, write_part
from hypothesis import settings

from analyzer.align import align
from analyzer.intake import Dossier, load_dossier
from analyzer.pipeline import Analysis, analyze, compare
from analyzer.ranking import ranked
from analyzer.series.current import mark_series
from analyzer.series.panel import build_panel

# The suite takes three minutes; a night's run: pytest --hypothesis-profile thorough
settings.register_profile("suite", max_examples=40, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """What is imported by now stays: collecting garbage need not look through it each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Dossier]:
    """Write and read a dossier of some claims."""

    def make(*claims: Row, keep_going: bool = False, **tables: Sequence[Row]) -> Dossier:
        folder = write_dossier(tmp_path / "small", claims, **tables)
        return load_dossier(folder, today=TODAY, keep_going=keep_going)

    return make


@pytest.fixture
def run(load: Callable[..., Dossier]) -> Callable[..., Analysis]:
    """Analyze a dossier of some claims."""

    def make(*claims: Row, **tables: Sequence[Row]) -> Analysis:
        return analyze(load(*claims, **tables))

    return make


@pytest.fixture
def compared(load: Callable[..., Dossier]) -> Callable[..., Found]:
    """Find what doesn't fit among some claims: `run` without what only reports tell."""

    def make(*claims: Row, **tables: Sequence[Row]) -> Found:
        told = compare(load(*claims, **tables), telling=False)
        findings = ranked(told.drafted)
        return Found(told.claims, told.relays, told.accounts, told.terms, findings)

    return make


@pytest.fixture
def aligned(load: Callable[..., Dossier]) -> Callable[..., pd.DataFrame]:
    """Claims as all comparisons see them, without comparing them: the first steps of `run`."""

    def make(*claims: Row, **tables: Sequence[Row]) -> pd.DataFrame:
        dossier = load(*claims, **tables)
        days = dossier.settings.thresholds.series_days
        frame = align(dossier.claims, dossier.measures, dossier.settings.thresholds)
        return mark_series(frame, build_panel(frame, days))

    return make


@pytest.fixture(scope="module")
def analyzed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Analysis]:
    """As `run`, but the same tables are analyzed once for all tests of a file."""
    known: dict[str, Analysis] = {}

    def make(*claims: Row, **tables: Sequence[Row]) -> Analysis:
        key = json.dumps([claims, tables])
        if key not in known:
            folder = write_dossier(tmp_path_factory.mktemp("rows") / "small", claims, **tables)
            known[key] = analyze(load_dossier(folder, today=TODAY))
        return known[key]

    return make


@pytest.fixture(scope="session")
def analyzed_once(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Callable[[Path], Analysis]:
    """Analyze a folder; the first of several workers does it for all."""

    def make(folder: Path) -> Analysis:
        if worker_id == "master":
            return analyze(load_dossier(folder, today=TODAY))
        shared = tmp_path_factory.getbasetemp().parent / f"{folder.parent.name}.pickle"
        with shared.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not shared.exists():
                shared.write_bytes(pickle.dumps(analyze(load_dossier(folder, today=TODAY))))
        analysis: Analysis = pickle.loads(shared.read_bytes())
        return analysis

    return make


@pytest.fixture(scope="session")
def gaza(analyzed_once: Callable[[Path], Analysis]) -> Analysis:
    """The shipped dossier."""
    return analyzed_once(ROOT / "datasets" / "gaza-war")


@pytest.fixture(scope="session")
def part_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of `part_of_gaza`."""
    return write_part(tmp_path_factory.mktemp("part", numbered=False) / "gaza-war")


@pytest.fixture(scope="session")
def part_of_gaza(part_folder: Path, analyzed_once: Callable[[Path], Analysis]) -> Analysis:
    """A quarter of the shipped dossier, where its size and its longest ledgers don't matter."""
    return analyzed_once(part_folder)
