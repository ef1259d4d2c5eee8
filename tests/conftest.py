"""Small dossiers, and the shipped one, analyzed once."""

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
def gaza() -> Analysis:
    """The shipped dossier."""
    return analyze(load_dossier(ROOT / "datasets" / "gaza-war", today=TODAY))
