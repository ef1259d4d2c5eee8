"""Characters that no font has are named by file, row and column before anything is built."""

from pathlib import Path

import pytest
from dossiers import SOURCES, write_dossier

from analyzer.cli import main, reports

CLAIM = {"figure": "471"}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def source(name: str) -> list[dict[str, str]]:
    return [row | {"name": name} if row["source"] == "daily" else row for row in SOURCES]


@pytest.mark.parametrize("command", ["report", "check"])
def test_all_texts_without_a_glyph_are_named_at_once(
    command: str, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A source's name, a note (two characters, one problem) and the title: three problems."""
    folder = write_dossier(
        Path("datasets/one"), [CLAIM | {"note": "said 中日"}], sources=source("The 中 Times")
    )
    settings = folder / "dossier.toml"
    settings.write_text('title = "Of 中"\ndescription = "Words"\n', encoding="utf-8")
    monkeypatch.setattr(reports, "analyze", lambda dossier: pytest.fail("it was compared"))
    assert main([command, "one"]) != 0
    told = [line for line in capsys.readouterr().err.splitlines() if "no glyph" in line]
    assert len(told) == 3
    assert any(
        "datasets/one/claims.csv:2 note 'said 中日' has no glyph" in line
        and "U+4E2D CJK UNIFIED IDEOGRAPH-4E2D" in line
        and "U+65E5" in line
        for line in told
    )
    assert any("sources.csv:5 name 'The 中 Times'" in line for line in told)
    assert any("dossier.toml title 'Of 中'" in line for line in told)
    assert all("put a font that has it into analyzer/typefaces" in line for line in told)
    assert not (place / "reports").exists()


def test_marks_that_are_shown_in_escaped_form_are_no_problem(place: Path) -> None:
    """A bidi override, a joiner, a bell, and a script whose font is at hand."""
    note = "a\u202eb\u200dc\ufe0fd\u034f\x07 শিবির"
    write_dossier(Path("datasets/one"), [CLAIM | {"note": note}], sources=source("শিবির"))
    assert main(["check", "one"]) == 0
