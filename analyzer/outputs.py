"""The only writer of reports: a folder is complete or it is not there.

Everything is made in a new folder beside the last report; the two change places when all is
done, so a run that fails leaves the last good report as it was.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

CLAIM_COLUMNS = [
    "id",
    "measure",
    "figure",
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


def table_csv(frame: pd.DataFrame) -> str:
    """Any other table as CSV text, in its own order."""
    return _csv(frame)


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
