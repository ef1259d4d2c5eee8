"""The fast way to read a CSV gives what the careful way gives, or nothing."""

import csv
import io

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given

from analyzer.careful import careful_cells
from analyzer.cells import LARGEST_CELL, clean, clean_column
from analyzer.errors import InputError
from analyzer.plain import plain_cells

PIECES = [
    "a",
    "1,139",
    '"',
    '""',
    ",",
    "\n",
    "\r\n",
    " ",
    "\u00a0",
    "\u201cb\u201d",
    "«c»",
    "é",
    ";",
]
NASTY = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
CELLS = st.lists(st.sampled_from(PIECES), max_size=3).map("".join)


def both(text: str) -> tuple[object, object]:
    results = []
    for read in (
        lambda: plain_cells("x", "", text.encode()),
        lambda: careful_cells("x", "", text),
    ):
        try:
            results.append(read())
        except InputError as error:
            results.append(str(error))
    return results[0], results[1]


def assert_same(fast: object, careful: object) -> None:
    if isinstance(careful, str) or isinstance(fast, str):
        assert fast == careful
        return
    pd.testing.assert_frame_equal(fast[0], careful[0])
    assert fast[1] == careful[1]


@given(NASTY)
def test_a_nasty_file_is_read_the_same_or_left_to_the_careful_way(body: str) -> None:
    fast, careful = both("x,y\n" + body)
    if fast is not None:
        assert_same(fast, careful)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS)), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_a_file_of_a_csv_writer_is_plain(
    rows: list[tuple[str, str, str]], end: str, named: bool
) -> None:
    """Also with line ends in cells, blank rows, and a column without a name."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator=end)
    writer.writerows([("x", "y", "z" if named else ""), *rows])
    fast, careful = both(text.getvalue())
    if fast is not None:
        assert_same(fast, careful)
    elif rows and named:
        assert any('"' in cell or "\r" in cell for row in rows for cell in row) or not any(
            any(row) for row in rows
        )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_know_their_lines_behind_blank_lines_and_cells_of_two_lines(end: str) -> None:
    text = end.join(["x,y", "", '1,"a', 'b"', "", "2,c", ",", "3,d"])
    fast, careful = both(text)
    assert fast is not None
    assert_same(fast, careful)
    assert fast[0].index.tolist() == [3, 6, 8]


@pytest.mark.parametrize(
    "body",
    ["1", "1,2,3", '1,a"b', '1,"a"b', '1,"a', "1,\0", "1,a\rb", f"1,{'a' * (LARGEST_CELL + 1)}"],
)
def test_what_is_not_plain_is_left_to_the_careful_way(body: str) -> None:
    assert plain_cells("x", "", f"x,y\n{body}\n".encode()) is None


def test_bytes_that_are_not_utf_8_are_left_to_the_careful_way() -> None:
    assert plain_cells("x", "", "x,y\n1,é\n".encode("latin-1")) is None


@given(st.lists(st.lists(st.sampled_from([*PIECES, "\u201d", "\t", "\ufeff"])).map("".join)))
def test_a_column_is_cleaned_as_each_of_its_cells(cells: list[str]) -> None:
    import pyarrow as pa

    cleaned = clean_column(pa.array(cells, pa.large_string()))
    assert cleaned.to_pylist() == [clean(cell) for cell in cells]
