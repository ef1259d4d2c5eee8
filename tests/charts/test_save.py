"""Files of a chart do not depend on the order of rows, and none is without its source."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analyzer.charts import Chart, draw_ranges, draw_timeline, save_chart
from analyzer.charts.base import theme
from analyzer.charts.base.sheet import text_width

SOURCE = "Source: 110 claims by 7 publishers; each is listed with its link in the report. " * 2

TWO = [{"value": 5}, {"value": 6, "at": "2024-02-01", "bounds": (6, np.inf)}]


def _bytes(paths: list[Path]) -> list[bytes]:
    assert [path.suffix for path in paths] == [".png", ".svg", ".csv"]
    return [path.read_bytes() for path in paths]


def test_another_order_of_rows_gives_the_same_bytes(
    many_claims: Any, make_measure: Any, no_positions: Any, tmp_path: Path
) -> None:
    """Timeline and ranges of 110 claims, forwards and backwards."""
    written = []
    for name, claims in (("a", many_claims), ("b", many_claims.iloc[::-1])):
        timeline = draw_timeline(claims, make_measure("cumulative"), no_positions)
        ranges = draw_ranges(claims, make_measure("fixed"))
        assert timeline is not None
        assert ranges is not None
        written.append(
            _bytes(save_chart(timeline, tmp_path / f"{name}.t", SOURCE))
            + _bytes(save_chart(ranges, tmp_path / f"{name}.r", SOURCE))
        )
    assert written[0] == written[1]


def test_files_hold_no_date_and_no_version(
    make_claims: Any, make_measure: Any, no_positions: Any, tmp_path: Path
) -> None:
    """The bytes stay the same tomorrow; the title is in both files."""
    chart = draw_timeline(make_claims(TWO), make_measure("stock"), no_positions)
    assert chart is not None
    png, svg, _ = _bytes(save_chart(chart, tmp_path / "chart", SOURCE))
    assert b"Software" not in png
    assert b"dc:date" not in svg
    assert b"Matplotlib v" not in svg
    assert chart.title.encode() in svg


def test_a_long_source_line_moves_nothing(
    make_claims: Any, make_measure: Any, no_positions: Any, tmp_path: Path, faults: Any
) -> None:
    """The figure grows at the bottom: same inches above, no text on another."""
    chart = draw_timeline(make_claims(TWO), make_measure("stock"), no_positions)
    assert chart is not None
    figure = chart.figure
    axes = figure.axes[-1]
    before = axes.get_position().height * figure.get_size_inches()[1]
    seen: list[tuple[float, list[str]]] = []

    def remember(*_: object, **__: object) -> None:
        height = axes.get_position().height * figure.get_size_inches()[1]
        seen.append((height, faults(figure)))

    figure.savefig = remember  # type: ignore[method-assign]
    save_chart(chart, tmp_path / "chart", SOURCE * 3)
    assert seen[0] == (pytest.approx(before), [])


def test_no_chart_without_its_source(tmp_path: Path) -> None:
    """A blank source line is an error, and nothing is written."""
    with pytest.raises(ValueError, match="source line"):
        save_chart(Chart(Figure(), "", "", ""), tmp_path / "chart", " ")
    assert list(tmp_path.iterdir()) == []


def test_the_data_are_a_table_beside_the_pictures(
    make_claims: Any, make_measure: Any, no_positions: Any, tmp_path: Path
) -> None:
    """Two claims, the second at least 6: its upper end is an empty cell."""
    chart = draw_timeline(make_claims(TWO), make_measure("stock"), no_positions)
    assert chart is not None
    *_, table = save_chart(chart, tmp_path / "chart.a", SOURCE)
    assert table.name == "chart.a.csv"
    header, *rows = [line.split(",") for line in table.read_text(encoding="utf-8").splitlines()]
    cells = [dict(zip(header, row, strict=True)) for row in rows]
    assert [cell["claim"] for cell in cells] == ["c000", "c001"]
    assert [cell["as_of_first"] for cell in cells] == ["2024-01-01", "2024-02-01"]
    assert [(float(cell["low"]), cell["high"]) for cell in cells][1] == (6.0, "")


def _with_text(text: str) -> Chart:
    figure = Figure(figsize=(3, 1))
    with theme.drawing():
        figure.text(0.1, 0.5, text)
    return Chart(figure, "Title", "", "", pd.DataFrame({"a": [1]}))


@pytest.mark.parametrize("text", ["শিবির", "शिविर", "முகாம்", "ค่าย", "лагерь", "مخيم"])
def test_every_script_of_the_fonts_is_drawn(text: str, tmp_path: Path) -> None:
    """Warnings are errors here: a box would fail the test."""
    assert text_width(text, theme.SMALL) > 0
    assert len(save_chart(_with_text(text), tmp_path / "chart", SOURCE)) == 3


def test_no_chart_has_a_box_for_a_character(tmp_path: Path) -> None:
    """One that no font has is an error, whatever the filters of warnings, and nothing is left."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(ValueError, match=r"chart\.png: Glyph 20013"):
            save_chart(_with_text("The 中 Times"), tmp_path / "chart", SOURCE)
    assert list(tmp_path.iterdir()) == []


def test_the_fonts_stand_in_a_fixed_order() -> None:
    families = theme.STYLE["font.family"]
    assert families[:2] == ["Noto Sans", "DejaVu Sans"]
    assert families[2:] == [
        f"Noto Sans {name}" for name in ("Bengali", "Devanagari", "Tamil", "Thai")
    ]


def test_control_characters_are_shown_in_escaped_form(tmp_path: Path) -> None:
    """In texts and in names of ticks; a joiner that no font has leaves no box."""
    figure = Figure(figsize=(3, 1))
    axes = figure.add_axes((0.1, 0.4, 0.8, 0.5))
    axes.set_yticks([0.5], ["b\u202ec"])
    text = figure.text(0.1, 0.1, "a\x07\u2066\u061c\u2060\u034f\ufe0f")
    chart = Chart(figure, "Title", "", "", pd.DataFrame({"a": [1]}))
    figure.clear = lambda: None  # type: ignore[assignment, method-assign]
    save_chart(chart, tmp_path / "chart", SOURCE)
    assert text.get_text().startswith("a\\x07\\u2066")
    assert [name.get_text() for name in axes.get_yticklabels()] == ["b\\u202ec"]
