"""Small dossiers, and the shipped one, analyzed once."""

import fcntl
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from dossiers import ROOT, TODAY, Row, write_dossier

from analyzer.intake import Dossier, load_dossier
from analyzer.pipeline import Analysis, analyze


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


@pytest.fixture(scope="session")
def gaza(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Analysis:
    """The shipped dossier; the first of several workers analyzes it for all."""

    def made() -> Analysis:
        return analyze(load_dossier(ROOT / "datasets" / "gaza-war", today=TODAY))

    if worker_id == "master":
        return made()
    shared = tmp_path_factory.getbasetemp().parent / "gaza.pickle"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            shared.write_bytes(pickle.dumps(made()))
    analysis: Analysis = pickle.loads(shared.read_bytes())
    return analysis
