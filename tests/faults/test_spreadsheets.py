"""No cell of a table that we write is a formula, and each can be had back as it was."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.outputs import listed_csv, table_csv
from analyzer.outputs.spreadsheets import harmless, harmless_column, restored

NASTY = st.text(alphabet="'\"=+-@\t\r\n \u00a0\uff1d\uff0d\u200b\ufeff1a,.%", max_size=8)
SIGNS = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "\u00a0=1",
        "\u200b=1",
        "\ufeff=1",
        "'=1",
        '"=1',
        "\uff1d1+1",
        "\uff0b1+1",
        "\uff20A1",
        "-1-2",
        "+972 Magazine",
        "\x00=1",
    ],
)
def test_a_cell_that_would_be_run_starts_with_an_apostrophe(text: str) -> None:
    frame = pd.DataFrame({"cell": [text, "plain"]}, dtype="str")
    for written in (table_csv(frame), table_csv(frame.astype("category")), listed_csv(frame)):
        _, (cell,), (plain,) = csv.reader(io.StringIO(written, newline=""))
        assert (cell, plain) == (f"'{text}", "plain")
    assert restored(f"'{text}") == text


@pytest.mark.parametrize("text", ["-5", "+5", "-1,139", "-12.5%", "-1e5", "a=b", "1-2", "", "'90s"])
def test_plain_numbers_and_plain_text_stay(text: str) -> None:
    assert harmless(text) == text == restored(text)


def test_numbers_stay_numbers() -> None:
    frame = pd.DataFrame({"n": [-5.0, float("nan"), float("-inf"), 0.1], "k": [-1, 2, 3, 4]})
    assert table_csv(frame) == "n,k\n-5,-1\n,2\n,3\n0.1,4\n"


@given(NASTY | st.text())
def test_every_text_can_be_had_back(text: str) -> None:
    assert restored(harmless(text)) == text


@given(NASTY, NASTY)
def test_two_texts_are_never_written_alike(one: str, other: str) -> None:
    assert (harmless(one) == harmless(other)) == (one == other)


@given(st.lists(NASTY | st.text(), max_size=5))
def test_a_column_is_as_its_cells(texts: list[str]) -> None:
    column = pd.Series(texts, dtype="str")
    assert harmless_column(column).tolist() == [harmless(text) for text in texts]


@given(NASTY)
def test_nothing_that_starts_a_formula_is_left(text: str) -> None:
    assert not harmless(text).startswith(SIGNS) or harmless(text).strip("+-0123456789,.%") == ""
