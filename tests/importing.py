"""A small dossier to import tables into, with the mappings of two of them."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from analyzer.cli import main

WIDE = """
[table]
layout = "wide"
date = "day"

[claim]
source = "daily"
attributed_to = "ministry"

[[series]]
column = "total"
measure = "toll"

[[series]]
column = "new"
measure = "freed_day"
"""
LONG = """
[table]
layout = "long"
date = "day"
metric = "what"
value = "figure"
vintage = "made"
vintages_hold = "changes"

[claim]
source = "daily"
attributed_to = "ministry"

[[series]]
column = "total"
measure = "toll"
"""
SHORT = ["measure", "figure", "as_of", "period_start", "published", "source", "attributed_to"]

Cells = tuple[str, ...]


class Place:
    """A folder with the dossier `one`, and what becomes of it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.dossier = folder / "datasets" / "one"
        self.capsys = capsys
        self.said = ""

    def run(self, table: str, mapping: str, *options: str) -> int:
        """Write table.csv and its mapping, import it, keep what was printed."""
        (self.folder / "table.csv").write_text(table, encoding="utf-8")
        (self.dossier / "imports" / "table.toml").write_text(mapping, encoding="utf-8")
        code = main(["import", "table.csv", "--dossier", "one", *options])
        printed = self.capsys.readouterr()
        self.said = printed.out + printed.err
        return code

    def claims(self, columns: Sequence[str] = SHORT) -> list[Cells]:
        """Some cells of each row of claims.csv."""
        with (self.dossier / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
            return [tuple(row[column] for column in columns) for row in csv.DictReader(file)]

    def bytes(self) -> dict[str, bytes]:
        """Every table of the dossier, byte by byte."""
        return {path.name: path.read_bytes() for path in sorted(self.dossier.glob("*.csv"))}
