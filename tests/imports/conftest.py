"""A dossier with sources and measures and no claim yet."""

from pathlib import Path

import pytest
from dossiers import MEASURES, SOURCES, write_table
from importing import Place

from analyzer.model import TABLES


@pytest.fixture
def place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Place:
    """The dossier `one` in the current folder."""
    monkeypatch.chdir(tmp_path)
    place = Place(tmp_path, capsys)
    (place.dossier / "imports").mkdir(parents=True)
    (place.dossier / "dossier.toml").write_text('title = "A"\ndescription = "B"\n')
    write_table(place.dossier / "sources.csv", list(TABLES["sources"]), SOURCES)
    write_table(place.dossier / "measures.csv", list(TABLES["measures"]), MEASURES)
    return place
