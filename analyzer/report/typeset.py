"""Typeset the PDF report with typst, in-process."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst

from analyzer.errors import InputError, Problem
from analyzer.fonts import copy_fonts, covered
from analyzer.report.legible import legible

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
        When a chart is missing or a character has no glyph; all of them are named.
    typst.TypstError, typst.TypstWarning
        When typst objects to the template: a bug of this package.
    """
    shown = legible(data, covered())
    files: dict[str, bytes] = {
        **_charts(shown, folder),
        **{path.name: path.read_bytes() for path in TEMPLATES.glob("*.typ")},
        "data.json": json.dumps(shown, ensure_ascii=False, allow_nan=False).encode(),
    }
    return _compile(files, paper)


def _compile(files: Mapping[str, bytes], paper: str) -> bytes:
    with TemporaryDirectory() as fonts:
        copy_fonts(Path(fonts))
        # Several files as a dict: in the wheel's README, but not yet in its type hints.
        pdf, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]
            dict(files),
            format="pdf",
            sys_inputs={"paper": paper},
            font_paths=[fonts],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=int(os.environ.get("SOURCE_DATE_EPOCH", EPOCH)),
        )
    if warnings:
        raise warnings[0]
    return bytes(pdf)


def _charts(data: Mapping[str, Any], folder: Path) -> dict[str, bytes]:
    """Read the charts, by the names that the data object has for them."""
    names = {chart["svg"] for chart in _listed(data) if chart}
    missing = sorted(name for name in names if not (folder / name).is_file())
    if missing:
        raise InputError(
            Problem(str(folder / name), 0, "", "", "is missing", "draw the charts first")
            for name in missing
        )
    return {name: (folder / name).read_bytes() for name in sorted(names)}


def _listed(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any] | None]:
    yield data["overview_chart"]
    yield from (finding.get("chart") for finding in data["findings"])
    for measure in data["measures"]:
        yield from measure["charts"]
    for account in data["accounts"]:
        yield from account["charts"]
    for proof in data.get("impossible", {}).get("proofs", []):
        yield from proof["charts"]
    yield from data.get("sources", {}).get("charts", [])
