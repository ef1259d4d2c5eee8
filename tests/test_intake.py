"""A part of a dossier is checked as the whole is; ids are made once for all."""

import base64
import hashlib
import re
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from dossiers import TODAY, write_dossier
from hypothesis import given

from analyzer import glyphs
from analyzer.arrays import combined
from analyzer.distinct import Columns, numbered, repeated, together
from analyzer.errors import InputError
from analyzer.ids import ID_COLUMNS, claim_ids
from analyzer.intake import Dossier, checked_dossier, load_dossier
from analyzer.model import CLAIMS, TABLES
from analyzer.read import read_table
from analyzer.schemas import IDENT, LINK, _is_ident, _is_link
from analyzer.settings import parse_settings
from analyzer.validate.claims import check_ids

CORRECTION = {"figure": "5", "corrected": "6", "reason": "slip", "who": "me", "date": "2025-01-01"}
FILES = {table: f"{table}.csv" for table in TABLES}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    claims = [
        {"id": "one", "figure": "471"},
        {"id": "two", "figure": "5", "measure": "held"},
        {"figure": "7", "measure": "held"},
    ]
    corrections = [CORRECTION | {"claim": "two"}]
    return write_dossier(tmp_path / "small", claims, corrections=corrections)


def part(folder: Path, measure: str, known_ids: set[str] | None) -> Dossier:
    settings = parse_settings("small", "x", (folder / "dossier.toml").read_text())
    tables = {table: read_table(folder, table)[0] for table in TABLES}
    claims = tables["claims"]
    tables["claims"] = claims[claims["measure"] == measure].reset_index(drop=True)
    return checked_dossier(settings, tables, FILES, today=TODAY, known_ids=known_ids)


@pytest.mark.parametrize("measure", ["dead", "held"])
def test_the_claims_of_a_part_are_those_of_the_whole(folder: Path, measure: str) -> None:
    whole = load_dossier(folder, today=TODAY)
    some = part(folder, measure, set(whole.claims["id"]))
    expected = whole.claims[whole.claims["measure"] == measure].reset_index(drop=True)
    pd.testing.assert_frame_equal(some.claims, expected)
    assert some.corrections["claim"].tolist() == (["two"] if measure == "held" else [])


def test_a_correction_of_another_part_needs_the_ids_of_all(folder: Path) -> None:
    with pytest.raises(InputError, match=r"'two' is not in claims\.csv"):
        part(folder, "dead", None)


def test_an_id_of_two_parts_is_named_at_its_second_row() -> None:
    claims = pd.DataFrame({"row": [2, 3, 4, 5], "id": ["a", "", "", "a"]})
    assert [problem.row for problem in check_ids(claims, "claims.csv")] == [5]


@given(st.lists(st.tuples(*[st.sampled_from(["", "a", "b\u00e9"])] * 3), min_size=1))
def test_ids_are_measure_source_and_the_hash_of_the_row(rows: list[tuple[str, str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["id", "measure", "figure"], dtype="str")
    frame = frame.reindex(columns=list(CLAIMS), fill_value="").astype("str")
    for made, row in zip(claim_ids(frame), frame.to_dict("records"), strict=True):
        cells = "\x1f".join(row[column] for column in ID_COLUMNS)
        digest = base64.b32encode(hashlib.sha256(cells.encode()).digest()).decode().lower()
        assert made == (row["id"] or f"{row['measure']}.{row['source']}.{digest[:6]}")


@given(st.lists(st.tuples(*[st.sampled_from(["a", "b", "c"])] * 2)))
def test_rows_are_told_together_and_repeats_found(rows: list[tuple[str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["x", "y"], dtype="str")
    columns = [frame["x"], frame["y"]]
    codes, first = together(columns)
    assert [rows[first[code]] for code in codes] == rows
    assert len(first) == len(set(rows))
    assert repeated(columns).tolist() == np.flatnonzero(frame.duplicated(keep=False)).tolist()


@given(st.lists(st.tuples(*[st.sampled_from(["", "a", "b", "c"])] * 3), min_size=1))
def test_columns_are_numbered_alone_and_together(rows: list[tuple[str, str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["x", "y", "z"], dtype="str")
    columns = Columns(frame)
    codes, texts = columns["y"]
    assert [texts[code] for code in codes] == [y for _, y, _ in rows]
    assert columns.given("y").tolist() == [y != "" for _, y, _ in rows]
    codes, first = columns.together("x", "y", "z")
    assert first.tolist() == np.flatnonzero(~frame.duplicated()).tolist()
    heads = list(zip(*columns.heads("x", "y", "z"), strict=True))
    assert [heads[code] for code in codes] == rows


def test_keys_of_too_many_combinations_for_one_number_are_told_apart() -> None:
    wide = np.array([0, 1, 2**30, 1], dtype=np.int64)
    assert numbered(combined([(wide, 2**31)] * 4))[0].tolist() == [0, 1, 2, 1]


@given(st.lists(st.text("aZ0_.-\u00e9 ", max_size=3), min_size=1))
def test_ids_are_told_from_other_texts_in_any_company(ids: list[str]) -> None:
    found = _is_ident(pd.Series(ids, dtype="str"))
    assert found.tolist() == [not one or re.fullmatch(IDENT, one) is not None for one in ids]


LINKS = [
    "",
    "https://",
    "http://a",
    "https://a.example/b?c=d#e",
    "ftp://a",
    "https://\u00e9",
    "a b",
]


@given(st.lists(st.sampled_from(LINKS), min_size=1))
def test_addresses_are_told_from_other_texts_in_any_company(links: list[str]) -> None:
    """Also where the column is kept in several pieces."""
    pieces = [pd.Series(links[:1], dtype="str"), pd.Series(links[1:], dtype="str")]
    found = _is_link(pd.concat(pieces, ignore_index=True))
    assert found.tolist() == [not one or re.fullmatch(LINK, one) is not None for one in links]


def test_characters_that_are_printed_without_a_look_are_in_the_fonts() -> None:
    from analyzer.fonts import covered

    characters = [chr(code) for block in glyphs.BLOCKS for code in block]
    lacking = [char for char in characters if glyphs._printable(char) and char not in covered()]
    assert all(char.isspace() or glyphs.unicodedata.category(char) == "Cf" for char in lacking)
