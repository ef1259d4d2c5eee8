"""Builds small dossiers to test with."""

import csv
import datetime as dt
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analyzer.model import TABLES

ROOT = Path(__file__).parents[1]
TODAY = dt.date(2026, 11, 23)
Row = Mapping[str, str]

SOURCES = [
    {"source": name, "name": full, "kind": kind, "side": "third-party"}
    for name, full, kind in (
        ("ministry", "Ministry", "state body"),
        ("army", "Army", "state body"),
        ("wire", "Wire Agency", "wire"),
        ("daily", "Daily Paper", "newspaper"),
        ("weekly", "Weekly Paper", "newspaper"),
        ("blog", "Blog", "blog"),
    )
]
MEASURES = [
    {"measure": key, "label": label, "definition": label, "unit": unit, "kind": kind}
    for key, label, unit, kind in (
        ("dead", "Dead of the blast", "people", "fixed"),
        ("toll", "Dead of the war", "people", "cumulative"),
        ("held", "Held", "people", "stock"),
        ("freed", "Freed", "people", "cumulative"),
        ("to_free", "To be freed", "people", "fixed"),
        ("freed_day", "Freed on a day", "people", "flow"),
        ("women", "Share of women", "percent", "share"),
    )
]
for row in MEASURES:
    if row["measure"] == "freed":
        row["plan"] = "to_free"
CLAIM = {
    "measure": "dead",
    "as_of": "2024-03-01",
    "published": "2024-03-02",
    "source": "daily",
    "attributed_to": "ministry",
    "status": "reported",
}


def write_table(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@dataclass(frozen=True)
class Found:
    """What is found among claims, without what only reports tell of them."""

    claims: pd.DataFrame
    relays: pd.DataFrame
    accounts: pd.DataFrame
    terms: pd.DataFrame
    findings: pd.DataFrame


PART = re.compile("oct7|gaza|ahli|flour|nuseirat|rafah|tabaeen|injured|months|militants")


def write_part(folder: Path) -> Path:
    """The shipped dossier with some of its groups of measures, of one claim to a hundred."""
    shutil.copytree(ROOT / "datasets" / "gaza-war", folder)
    with (folder / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        claims = list(csv.DictReader(file))
    write_table(
        folder / "claims.csv",
        list(claims[0]),
        [row for row in claims if PART.search(row["measure"])],
    )
    return folder


def write_dossier(
    folder: Path,
    claims: Sequence[Row],
    *,
    identities: Sequence[Row] = (),
    measures: Sequence[Row] = tuple(MEASURES),
    sources: Sequence[Row] = tuple(SOURCES),
    corrections: Sequence[Row] = (),
    waivers: Sequence[Row] = (),
) -> Path:
    """A dossier of the given claims; cells that a row leaves out come from `CLAIM`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dossier.toml").write_text('title = "A test"\ndescription = "Small."\n')
    rows = {
        "claims": [CLAIM | dict(claim) for claim in claims],
        "sources": sources,
        "measures": measures,
        "identities": identities,
        "corrections": corrections,
        "waivers": waivers,
    }
    for table, columns in TABLES.items():
        if rows[table] or table not in ("corrections", "waivers"):
            write_table(folder / f"{table}.csv", list(columns), rows[table])
    return folder
