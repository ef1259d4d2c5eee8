"""A made-up dossier to its folder, chunk by chunk; the same arguments give the same bytes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analyzer.errors import InputError, Problem
from analyzer.model import CLAIMS
from analyzer.synth.dossier import chunks, sources

TRUTH = "truth"
SETTINGS = """title = "{title}"
description = "Made up from seed {seed}, with an answer key in the folder {truth}."
licence = "CC0"
"""
SCHEMA = pa.schema([(column, pa.string()) for column in CLAIMS])


class _Claims:
    """Where claims go: one CSV, or one Parquet file with a row group a chunk."""

    def __init__(self, folder: Path, form: str) -> None:
        self._csv = folder / "claims.csv" if form == "csv" else None
        self._parquet = None
        if form != "csv":
            self._parquet = pq.ParquetWriter(folder / "claims.parquet", SCHEMA)

    def add(self, claims: pd.DataFrame, first: bool) -> None:
        if self._csv:
            _append(claims, self._csv, first)
        elif self._parquet:
            table = pa.Table.from_pandas(claims, schema=SCHEMA, preserve_index=False)
            self._parquet.write_table(table.replace_schema_metadata(None))

    def close(self) -> None:
        if self._parquet:
            self._parquet.close()


def _append(frame: pd.DataFrame, path: Path, first: bool) -> None:
    frame.to_csv(path, index=False, header=first, mode="w" if first else "a", lineterminator="\n")


def write_dossier(
    folder: Path, claims: int, measures: int, seed: int, form: str, errors: float
) -> tuple[int, int, int]:
    """Write a dossier and its answer key.

    Returns
    -------
    tuple of int
        Claims, measures and planted items.

    Raises
    ------
    InputError
        When the folder holds anything already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        remedy = "name a new folder, or empty it"
        raise InputError([Problem(str(folder), 0, "", "", "holds other things already", remedy)])
    (folder / TRUTH).mkdir(parents=True)
    title = f"Made-up dossier of {claims:,} claims"
    settings = SETTINGS.format(title=title, seed=seed, truth=TRUTH)
    (folder / "dossier.toml").write_text(settings, encoding="utf-8", newline="\n")
    out = _Claims(folder, form)
    counts, families = [0, 0, 0], 0
    for chunk in chunks(claims, measures, seed, errors):
        first = families == 0
        out.add(chunk.claims, first)
        _append(chunk.measures, folder / "measures.csv", first)
        _append(chunk.identities, folder / "identities.csv", first)
        _append(chunk.errors, folder / TRUTH / "errors.csv", first)
        _append(chunk.values, folder / TRUTH / "values.csv", first)
        families = chunk.families
        sizes = (len(chunk.claims), len(chunk.measures), len(chunk.errors))
        counts = [one + more for one, more in zip(counts, sizes, strict=True)]
    out.close()
    _append(sources(families), folder / "sources.csv", True)
    return counts[0], counts[1], counts[2]
