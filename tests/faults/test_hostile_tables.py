"""Tables that no one would type are one error each, whatever their size and their names."""

from pathlib import Path

import pytest
from dossiers import write_dossier
from runs import files_of

from analyzer.cli import main

MEGABYTE = 1_000_000


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a refused run prints: some short lines, no traceback."""
    assert main(list(words)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert len(err) < 5_000
    return err


@pytest.mark.parametrize("column", ["figure", "note", "measure", "id"])
def test_a_megabyte_in_a_cell_is_one_error(
    place: Path, column: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_dossier(place / "datasets" / "one", [{"figure": "12"} | {column: "x" * MEGABYTE}])
    assert "datasets/one/claims.csv" in refused(capsys, "check", "one")


def test_a_million_columns_are_one_error(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = place / "datasets" / "one" / "claims.csv"
    path.write_text(",".join(map(str, range(MEGABYTE))) + "\n" + "," * (MEGABYTE - 1) + "\n")
    assert "datasets/one/claims.csv" in refused(capsys, "check", "one")


@pytest.mark.parametrize(
    "key", ["../x", "/etc/x", "a/b", "a\\b", "con:", "a\x00b", "A", "a b", "..", "-x", "a\nb"]
)
def test_keys_that_are_paths_are_no_keys(
    place: Path, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_of(place)
    measure = {"measure": key, "label": "x", "definition": "x", "unit": "people", "kind": "fixed"}
    write_dossier(
        place / "datasets" / "one", [{"figure": "12", "measure": key}], measures=[measure]
    )
    refused(capsys, "report", "one")
    assert set(files_of(place)) == set(before)


@pytest.mark.parametrize("name", ["x" * 300, "../" * 60, "a\x1b[31mb", "no\u202esuch", "*", "-"])
def test_a_dossier_that_is_not_there_is_named_and_nothing_is_written(
    place: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_of(place)
    refused(capsys, "report", name)
    assert files_of(place) == before


@pytest.mark.parametrize("text", ["\x00", "\x00\x01" * 50, "a" * MEGABYTE, "title = " + "[" * 5000])
def test_settings_that_are_no_settings_are_one_error(
    place: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "datasets" / "one" / "dossier.toml").write_text(text)
    assert "datasets/one/dossier.toml" in refused(capsys, "check", "one")
