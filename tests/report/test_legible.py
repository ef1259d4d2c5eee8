"""Texts before they are typeset: what is shown in escape form, and what is refused."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import InputError
from analyzer.fonts import FOLDER, covered, font_files
from analyzer.report.legible import INVISIBLE, legible
from analyzer.report.typeset import typeset

Data = dict[str, Any]
ASCII = frozenset(map(chr, range(128)))
EVERY = frozenset(map(chr, range(0x110000)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1,200\x07", "1,200\\x07"),
        ("a\x00b", "a\\x00b"),
        ("10\u202e01", "10\\u202e01"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("x\ud800", "x\\ud800"),
        ("one\ntwo", "one\\ntwo"),
        ("\ufeff1", "\\ufeff1"),
        ("a\u200db\u200f", "a\u200db\u200f"),
        ("back\\slash", "back\\slash"),
    ],
)
def test_marks_without_a_face_are_shown(text: str, shown: str) -> None:
    claim = {"id": "a", "figure": text}
    assert legible({"claims": [claim]}, ASCII)["claims"][0]["figure"] == shown


def test_a_line_break_outside_of_quoted_parts_is_a_space_or_a_paragraph() -> None:
    assert legible({"title": "a\tb\r\n\nc"}, ASCII) == {"title": "a b \n\nc"}


def test_numbers_that_json_does_not_know_become_none() -> None:
    data = {"gap": float("nan"), "other": float("inf"), "kept": 0.5, "count": 3, "flag": None}
    assert legible(data, ASCII) == {
        "gap": None, "other": None, "kept": 0.5, "count": 3, "flag": None
    }  # fmt: skip


def test_each_missing_glyph_is_named_with_its_claim() -> None:
    data = {
        "findings": [{"id": "f1", "sentence": "中 and 日 and again 中"}],
        "claims": [{"id": "k.a", "figure": "中"}, {"id": "k.b", "note": "\U0001f600 中"}],
    }
    with pytest.raises(InputError) as caught:
        legible(data, ASCII)
    lines = str(caught.value).splitlines()
    assert len(lines) == 4
    assert "report.json claims k.a '中' has no glyph" in lines[0]
    assert "U+4E2D CJK UNIFIED IDEOGRAPH-4E2D" in lines[0]
    assert any("claims k.b" in line and "U+1F600 GRINNING FACE" in line for line in lines)
    assert any("findings f1" in line and "U+65E5" in line for line in lines)


def test_a_report_with_a_missing_glyph_is_refused(data: Data, charts: Path) -> None:
    changed = copy.deepcopy(data)
    changed["claims"][0]["figure"] = "約千二百"
    with pytest.raises(InputError, match="U\\+7D04"):
        typeset(changed, charts)


@pytest.mark.parametrize(
    "text",
    ["كم أقل من", "कम से कम", "কমপক্ষে", "குறைந்தது", "по меньшей мере", "τουλάχιστον",
     "לפחות", "อย่างน้อย", "środę, żółć", "≤ ≥ ≈ \u00d7 \u2212 … \u2013 — “ ” €"],
)  # fmt: skip
def test_the_fonts_cover_the_scripts_of_the_dossier(text: str) -> None:
    assert {char for char in text if not char.isspace()} <= covered()


def test_the_fonts_are_few_and_licensed() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_000_000
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text("utf-8")
    assert all(path.is_file() for path in font_files())
    assert not [path for path in font_files() if "LastResort" in path.name]


@given(st.text(max_size=30))
def test_whatever_is_shown_can_be_printed(text: str) -> None:
    shown = legible({"claims": [{"id": "a", "figure": text}]}, EVERY)["claims"][0]["figure"]
    assert not set(shown) & set(map(chr, range(32)))
    assert shown.encode("utf-8").decode() == shown


def test_invisible_characters_do_not_stop_the_report(data: Data, charts: Path) -> None:
    changed = copy.deepcopy(data)
    text = "x".join([*sorted(INVISIBLE), "\u00a0", "\u202f", "\u3000"])
    changed["claims"][0]["figure"] = text
    changed["findings"][0]["sentence"] = text
    assert typeset(changed, charts)
