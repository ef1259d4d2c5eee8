"""Typeset the PDF report with typst, in-process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst

from analyzer.epoch import source_date_epoch
from analyzer.errors import InputError, Problem
from analyzer.fonts import copy_fonts, covered
from analyzer.report.legible import legible
from analyzer.report.page import listed_charts

TEMPLATES: Final = Path(__file__).parent / "typst"
# Creation time in the file's metadata unless SOURCE_DATE_EPOCH gives one: 1 January 1980, the
# earliest that all archive formats can hold. The time of the run would change the bytes.
EPOCH: Final = 315_532_800


def typeset(data: Mapping[str, Any], folder: Path, paper: str = "a4") -> bytes:
    """Make the PDF of a report.

    Parameters
    ----------
    data : mapping
        The object of report.json.
    folder : Path
        Where the charts lie: their `svg` is a path in it.
    paper : str
        One of `settings.PAPERS`; both hold two columns of 90 mm.

    Returns
    -------
    bytes
        A tagged PDF (PDF/UA-1); identical for identical input.

    Raises
    ------
    InputError
        When a chart is missing or a character has no glyph; all of them are named. When
        SOURCE_DATE_EPOCH is no time.
    typst.TypstError, typst.TypstWarning
        When typst objects to the template: a bug of this package.
    """
    return bytes(_compile(_files(data, folder), paper, format="pdf", pdf_standards=["ua-1"]))


def page_one(data: Mapping[str, Any], folder: Path, paper: str = "a4") -> bytes:
    """Make a picture (PNG, 110 dots an inch) of the first page; else as `typeset`."""
    pages = _compile(_files(data, folder), paper, format="png", ppi=110.0)
    return bytes(pages[0] if isinstance(pages, list) else pages)


def _files(data: Mapping[str, Any], folder: Path) -> dict[str, bytes]:
    shown = legible(data, covered())
    return {
        **_charts(shown, folder),
        **{path.name: path.read_bytes() for path in TEMPLATES.glob("*.typ")},
        "data.json": json.dumps(shown, ensure_ascii=False, allow_nan=False).encode(),
    }


def _compile(files: Mapping[str, bytes], paper: str, **form: Any) -> Any:
    given = source_date_epoch()
    with TemporaryDirectory() as fonts:
        copy_fonts(Path(fonts))
        # Several files as a dict: in the wheel's README, but not yet in its type hints.
        made, warnings = typst.compile_with_warnings(
            dict(files),
            sys_inputs={"paper": paper},
            font_paths=[fonts],
            ignore_system_fonts=True,
            timestamp=EPOCH if given is None else given,
            **form,
        )
    if warnings:
        raise warnings[0]
    return made


def _charts(data: Mapping[str, Any], folder: Path) -> dict[str, bytes]:
    """Read the charts, by the names that the data object has for them."""
    names = {chart["svg"] for chart in listed_charts(data)}
    missing = sorted(name for name in names if not (folder / name).is_file())
    if missing:
        raise InputError(
            Problem(str(folder / name), 0, "", "", "is missing", "draw the charts first")
            for name in missing
        )
    return {name: (folder / name).read_bytes() for name in sorted(names)}
