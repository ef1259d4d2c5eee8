"""The command that makes up dossiers: what it writes, prints and refuses."""

from pathlib import Path

import pandas as pd
import pytest
from dossiers import ROOT

from analyzer.cli.main import BAD_INPUT, OK, main
from analyzer.synth.key import COLUMNS


def test_a_made_up_dossier_can_be_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["synth", str(tmp_path / "made"), "--claims", "600", "--seed", "4"]) == OK
    assert "planted items" in capsys.readouterr().out
    assert main(["check", "made", "--datasets", str(tmp_path)]) == OK


def test_parquet_is_written_in_place_of_the_csv(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    assert main(["synth", str(folder), "--claims", "300", "--format", "parquet"]) == OK
    assert not (folder / "claims.csv").exists()
    assert len(pd.read_parquet(folder / "claims.parquet")) >= 300


@pytest.mark.parametrize(
    "option",
    [
        ("--claims", "0"),
        ("--claims", "5", "--errors", "0.5"),
        ("--claims", "5", "--seed", "-1"),
    ],
)
def test_numbers_out_of_range_are_refused(
    option: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["synth", str(tmp_path / "made"), *option]) == BAD_INPUT
    assert "name another" in capsys.readouterr().err
    assert not (tmp_path / "made").exists()


def test_a_folder_that_is_not_empty_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.txt").write_text("mine")
    assert main(["synth", str(tmp_path), "--claims", "300"]) == BAD_INPUT
    assert "holds other things" in capsys.readouterr().err


def test_every_column_of_the_key_stands_in_its_page_with_the_words_of_the_code() -> None:
    page = (ROOT / "docs" / "synth.md").read_text(encoding="utf-8")
    for column, text in COLUMNS.items():
        assert f"| `{column}` | {text} |" in page, column
