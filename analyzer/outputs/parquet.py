"""Findings as Parquet: lists stay lists, and the file is whole or it is not there."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

TEXTS = pa.list_(pa.string())
FINDINGS = pa.schema(
    [
        ("rank", pa.int64()),
        *((name, pa.string()) for name in ("id", "severity", "kind", "cause", "relation")),
        *((name, pa.string()) for name in ("measure", "when", "sentence")),
        ("gap", pa.float64()),
        ("claims", TEXTS),
        ("positions", pa.list_(TEXTS)),
        ("evidence", pa.list_(pa.struct([("term", pa.string()), ("text", pa.string())]))),
    ]
)


def write_findings(findings: pd.DataFrame, path: Path) -> None:
    """Write findings in one step: a run that is killed leaves the last file as it was.

    Parameters
    ----------
    findings : DataFrame
        `schemas.Findings`. Columns in the file: `FINDINGS`.
    """
    columns = {name: findings[name].tolist() for name in FINDINGS.names}
    columns["evidence"] = [
        [{"term": term, "text": text} for term, text in row] for row in columns["evidence"]
    ]
    table = pa.table(columns, schema=FINDINGS)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        parquet.write_table(table, new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
