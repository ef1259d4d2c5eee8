"""The time that the environment gives: read in one place, and no traceback when it is none."""

import datetime as dt
from pathlib import Path

import pytest
from dossiers import write_dossier

from analyzer.cli import main
from analyzer.cli.commands import today
from analyzer.epoch import source_date_epoch
from analyzer.errors import InputError

NAME = "SOURCE_DATE_EPOCH"
BAD = ["abc", "-1", "1.5", "1_000", "1e9", "٣", "0x10", "253402300800", "9" * 5000]


@pytest.mark.parametrize("text", [None, "", " "])
def test_empty_is_as_unset(text: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    if text is not None:
        monkeypatch.setenv(NAME, text)
    assert source_date_epoch() is None
    assert abs(today() - dt.datetime.now(dt.UTC).date()) <= dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("0", dt.date(1970, 1, 1)),
        ("1795392000", dt.date(2026, 11, 23)),
        ("253402300799", dt.date(9999, 12, 31)),
    ],
)
def test_a_number_is_the_day_of_the_run(
    text: str, day: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, text)
    assert source_date_epoch() == int(text)
    assert today() == day


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_time_is_said_in_one_line(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, text)
    with pytest.raises(InputError, match="is no number of seconds since 1 January 1970; type"):
        source_date_epoch()


def test_the_command_says_it_once_for_all_dossiers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(NAME, "abc")
    for name in ("one", "two"):
        write_dossier(tmp_path / "datasets" / name, [{"figure": "12"}])
    assert main(["report"]) == 2
    error = capsys.readouterr().err
    assert error.count("SOURCE_DATE_EPOCH 'abc' is no number of seconds") == 1
    assert "Traceback" not in error


@pytest.mark.parametrize("text", ["", "0", "253402300799"])
def test_a_report_is_built_with_an_empty_one_and_with_the_first_and_last(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    day = "1970-01-01" if text == "0" else "2024-03-01"
    write_dossier(tmp_path / "datasets/one", [{"figure": "12", "as_of": day, "published": day}])
    monkeypatch.setenv(NAME, text)
    assert main(["report", "one"]) == 0
