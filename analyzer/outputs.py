"""The only writer: of reports, where a folder is complete or it is not there, and of tables.

Everything is made in a new folder beside the last report; the two change places when all is
done, so a run that fails leaves the last good report as it was.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from analyzer.errors import InputError, Problem
from analyzer.read import read_text, shown_path

CLAIM_COLUMNS = [
    "id",
    "measure",
    "figure",
    "printed",
    "of",
    "scope",
    "unit",
    "kind",
    "qualifier",
    "low",
    "low_closed",
    "high",
    "high_closed",
    "implied_low",
    "implied_high",
    "stated",
    "granularity",
    "rules",
    "as_of",
    "as_of_basis",
    "period_start",
    "published",
    "published_context",
    "source",
    "attributed_to",
    "via",
    "origin",
    "authority",
    "chain",
    "status",
    "comparable",
    "series",
    "superseded",
    "url",
    "note",
]
FINDING_COLUMNS = [
    "id",
    "rank",
    "severity",
    "kind",
    "cause",
    "relation",
    "measure",
    "when",
    "gap",
    "sentence",
    "claims",
]


def write_report(target: Path, fill: Callable[[Path], None]) -> None:
    """Fill a new folder and put it in the place of `target`.

    Parameters
    ----------
    target : Path
        The report's folder; its last content stays untouched unless `fill` succeeds.
    fill : callable
        Writes all files into the folder that it is given.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent))
    try:
        fill(new)
        new.chmod(0o777 & ~_umask())
        old = new.with_suffix(".old")
        if target.exists():
            target.rename(old)
        new.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        old = new.with_suffix(".old")
        if old.exists() and not target.exists():
            old.rename(target)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def claims_csv(claims: pd.DataFrame) -> str:
    """Normalized claims as CSV text, ordered by id; an open end is an empty cell."""
    return _csv(claims.sort_values("id")[CLAIM_COLUMNS])


def findings_csv(findings: pd.DataFrame) -> str:
    """Findings as CSV text, ranked; the proving claims are joined by semicolons."""
    joined = findings["claims"].map(";".join)
    return _csv(findings.assign(claims=joined)[FINDING_COLUMNS])


def events_csv(events: pd.DataFrame) -> str:
    """Events of series as CSV text; lists are joined by semicolons, an empty cell is unknown."""
    flat = events.assign(
        rivals=[
            ";".join(f"{cause} {share:.3g}" for cause, share in row) for row in events["rivals"]
        ],
        suggestions=[";".join(f"{one:.10g}" for one in row) for row in events["suggestions"]],
        claims=events["claims"].map(";".join),
        evidence=[";".join(f"{term}: {text}" for term, text in row) for row in events["evidence"]],
    )
    return _csv(flat)


def table_csv(frame: pd.DataFrame) -> str:
    """Any other table as CSV text, in its own order."""
    return _csv(frame)


def listed_csv(frame: pd.DataFrame) -> str:
    """A table some of whose cells are tuples as CSV text; their items are joined by semicolons."""
    joined = {
        column: [";".join(cell) if isinstance(cell, tuple) else cell for cell in frame[column]]
        for column in frame.columns
        if frame[column].dtype == object
    }
    return _csv(frame.assign(**joined))


def findings_json(findings: pd.DataFrame) -> str:
    """Findings as a JSON list, ranked."""
    rows = findings.assign(claims=findings["claims"].map(list))[FINDING_COLUMNS]
    return json.dumps(rows.to_dict("records"), ensure_ascii=False, indent=1) + "\n"


def _csv(frame: pd.DataFrame) -> str:
    """CSV text; numbers in their shortest form, an empty cell for none and for infinity."""
    frame = frame.copy()
    for column in frame.select_dtypes("float").columns:
        frame[column] = [f"{value:.10g}" if isfinite(value) else "" for value in frame[column]]
    return frame.to_csv(index=False, lineterminator="\n")


def to_json(data: Mapping[str, Any]) -> str:
    """JSON text with its keys in the order of the data object."""
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def append_rows(frames: Mapping[Path, pd.DataFrame], encoding: str = "utf-8") -> None:
    """Append rows to CSV files, all or none of them; what stands in a file stays, byte by byte.

    Parameters
    ----------
    frames : mapping
        The rows for each file, as text; a file that is missing is made. The order of its columns
        is the file's; a frame without rows leaves its file as it is.
    encoding : str
        Of the files.

    Raises
    ------
    InputError
        When a file lacks a column that a row needs.
    """
    texts = {path: _appended(path, frame, encoding) for path, frame in frames.items() if len(frame)}
    new = {path: path.with_name(f".{path.name}.new") for path in texts}
    try:
        for path, text in texts.items():
            if path.exists():
                shutil.copy2(path, new[path])
            with new[path].open("ab") as file:
                file.write(text.encode(encoding))
        for path, temporary in new.items():
            temporary.replace(path)
    finally:
        for temporary in new.values():
            temporary.unlink(missing_ok=True)


def _appended(path: Path, frame: pd.DataFrame, encoding: str) -> str:
    """The text to append: a header where the file is new, rows in the file's own order."""
    if not path.exists():
        return frame.to_csv(index=False, lineterminator="\n")
    text = read_text(path, encoding)
    end = "\r\n" if "\r\n" in text else "\n"
    header = [name.strip() for name in next(csv.reader(io.StringIO(text)))]
    filled = [name for name in frame.columns if (frame[name] != "").any()]
    lacking = [name for name in filled if name not in header]
    if lacking:
        remedy = "add it to the header"
        file = shown_path(path)
        raise InputError(Problem(file, 1, "", name, "is missing", remedy) for name in lacking)
    rows = frame.reindex(columns=header, fill_value="")
    start = "" if text.endswith("\n") else end
    return start + rows.to_csv(index=False, header=False, lineterminator=end)
