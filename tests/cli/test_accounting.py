"""`analyzer envelope` and `analyzer explain` as a user calls them."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from dossiers import write_dossier

from analyzer.cli import main

URL = {"url": "https://daily.example/1"}
LEDGER = {"name": "ledger", "label": "Ledger", "expression": "toll = held + freed"}
WIRE = {"source": "wire"}
ROWS = [
    {"measure": "toll", "figure": "251"} | URL,
    {"measure": "held", "figure": "61"} | URL,
    {"measure": "freed", "figure": "182"} | URL,
    {"measure": "toll", "figure": "301", "as_of": "2024-03-09", "published": "2024-03-10"} | WIRE,
    {"measure": "freed", "figure": "201", "as_of": "2024-03-09", "published": "2024-03-10"} | WIRE,
]
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command on a dossier of one ledger: 61 + 182 against 251, and no stock on 9 March."""
    write_dossier(tmp_path / "datasets" / "small", ROWS, identities=[LEDGER])

    def run(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--datasets", str(tmp_path / "datasets")])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_a_stock_that_nobody_gives_is_bounded_by_the_others(call: Call) -> None:
    """301 in all and 201 freed leave 100 held on 9 March, whatever the 1 March said."""
    code, out, _ = call("envelope", "small", "held", "--on", "2024-03-09")
    assert code == 0
    assert "9 March 2024: 100 (no claim states it)" in out
    assert "Dead of the war “301” (Wire Agency, 9 March 2024)" in out


def test_what_is_set_aside_is_printed_with_the_range(call: Call) -> None:
    """Any of 251, 61 and 182 can be given up; all three are set aside."""
    _, out, _ = call("envelope", "small", "held", "--on", "2024-03-01")
    assert "set aside, as lightest to give up: Held “61” (Daily Paper, 1 March 2024)" in out


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_envelope_can_be_read_by_programs(call: Call, form: str) -> None:
    code, out, _ = call("envelope", "small", "held", "--on", "2024-03-09", "--format", form)
    rows = json.loads(out) if form == "json" else list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    (row,) = rows
    assert row["range" if form == "json" else "low"] == "100"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("envelope", "small", "heldd"),
            "'heldd' is no measure of the dossier; did you mean 'held'",
        ),
        (("envelope", "small", "held", "--on", "9 March"), "--on '9 March' is no day; type 2025-"),
        (("explain", "account.held"), "'account.held' is the id of no finding"),
        (("explain", "99", "--dossier", "small"), "small '99' is the id of no finding"),
    ],
)
def test_what_is_not_there_is_told_with_a_remedy(
    call: Call, words: tuple[str, ...], message: str
) -> None:
    code, out, err = call(*words)
    assert (code, out) == (2, "")
    assert message in err


def test_a_finding_is_explained_by_its_rank_or_its_id(call: Call) -> None:
    """Each of the three figures is 8 off what the two others leave; the links are shown."""
    code, out, _ = call("explain", "1", "--dossier", "small")
    assert code == 0
    for text in (
        "251 stands against 243",
        "allows 251; the others leave 243",
        "allows 61; the others leave 69",
        "allows 182; the others leave 190",
        "Stands under",
        "https://daily.example/1",
    ):
        assert text in out
    again = call("explain", "account.toll.ledger.daily.1-March-2024")
    assert again == (0, out, "")
