"""Charts of the last report that still hold, by the record that lies beside them.

A chart is kept when nothing that it shows or is made with has changed and its files are still
those that were written. Files are copied, not linked: a link would share later edits by hand with
the report that it was taken from, and not every file system has links.
"""

from __future__ import annotations

import ast
import json
import platform
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from analyzer.digest import digest
from analyzer.fonts import font_files

RECORD: Final = "charts/drawn.json"
KINDS: Final = ("svg", "png", "csv")
PACKAGE: Final = Path(__file__).parents[1]
LIBRARIES: Final = ("matplotlib", "numpy", "pandas", "pillow", "scipy")

Words = dict[str, str]
Record = dict[str, dict[str, Any]]


@cache
def made_with() -> str:
    """Digest of all that charts are made with: code, fonts, libraries.

    It is that of the first call: call it when a run starts, before someone edits the code that
    the run has loaded.
    """
    drawn_by = sorted((PACKAGE / "charts").rglob("*.py"))
    drawing = [PACKAGE / "drawing" / "draw.py", *sorted(_modules(drawn_by))]
    return digest(
        [(path.relative_to(PACKAGE).as_posix(), path.read_bytes()) for path in drawing],
        [(path.name, path.read_bytes()) for path in font_files()],
        [(name, version(name)) for name in LIBRARIES],
        platform.python_version(),
    )


def _modules(paths: list[Path]) -> set[Path]:
    """Modules of the package that some of its modules import, and these, and so on."""
    found: set[Path] = set()
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported(path)
    return found


def _imported(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            package, *parts = name.split(".")
            place = PACKAGE.joinpath(*parts)
            if package == PACKAGE.name and parts:
                files = (place.with_suffix(".py"), place / "__init__.py")
                yield from (file for file in files if file.is_file())


def read_record(report: Path | None, made: str) -> Record:
    """Read what was drawn for the last report.

    Parameters
    ----------
    report : Path or None
        Its folder, which may be missing.
    made : str
        `made_with()` of now.

    Returns
    -------
    dict
        By stem; empty where there is no record, or none of charts made with the same.
    """
    try:
        told = json.loads(((report or Path()) / RECORD).read_bytes()) if report else None
    except (OSError, ValueError):
        return {}
    if not isinstance(told, dict) or told.get("made_with") != made:
        return {}
    charts = told.get("charts")
    return charts if isinstance(charts, dict) else {}


def record_text(entries: Mapping[str, Mapping[str, Any]], made: str) -> str:
    """Make the text of the record, charts by name."""
    told = {"made_with": made, "charts": {stem: entries[stem] for stem in sorted(entries)}}
    return json.dumps(told, ensure_ascii=False, indent=0) + "\n"


def describe(shown: str, words: Words | None, folder: Path, stem: str) -> dict[str, Any]:
    """Make the entry of a chart that was drawn into a folder, or of one with nothing to see.

    Parameters
    ----------
    shown : str
        Digest of what is shown.
    """
    files = [(folder / name).read_bytes() for name in names_of(stem)] if words else []
    return {"shows": shown, "bytes": digest(words, files), "words": words}


def keep(entry: object, shown: str, report: Path, folder: Path, stem: str) -> bool:
    """Copy a chart from the last report, if it shows the same and its files are as they were.

    Returns
    -------
    bool
        Whether the chart, or the fact that there is nothing to see, still holds.
    """
    if not isinstance(entry, dict) or entry.get("shows") != shown:
        return False
    words = entry.get("words")
    try:
        files = [(report / name).read_bytes() for name in names_of(stem)] if words else []
        if entry.get("bytes") != digest(words, files):
            return False
    except (OSError, TypeError):
        return False
    for name, data in zip(names_of(stem), files, strict=False):
        (folder / name).write_bytes(data)
    return True


def names_of(stem: str) -> list[str]:
    """Name the files of a chart, as paths within its report."""
    return [f"charts/{stem}.{kind}" for kind in KINDS]
