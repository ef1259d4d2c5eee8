"""Tables and data as text: CSV in which no spreadsheet finds a formula, and JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analyzer.outputs.spreadsheets import harmless_column

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
    columns = {place: _printed(frame.iloc[:, place]) for place in range(frame.shape[1])}
    printed = pd.DataFrame(columns, index=frame.index)
    return csv_text(printed, header=list(frame.columns))


def csv_text(frame: pd.DataFrame, header: list[str] | bool = True, end: str = "\n") -> str:
    """CSV text of cells as they are; all in quotes where one holds a carriage return.

    The writer leaves that character bare where it ends no line, and readers end the row there.
    """
    text: str = frame.to_csv(index=False, header=header, lineterminator=end)
    if "\r" in text.replace(end, "\n"):
        text = frame.to_csv(index=False, header=header, lineterminator=end, quoting=csv.QUOTE_ALL)
    return text


def _printed(column: pd.Series) -> pd.Series:
    """A column as it stands in a table; each distinct number is written once."""
    if column.dtype.kind != "f":
        return harmless_column(column)
    codes, numbers = pd.factorize(column)
    texts = [f"{value:.10g}" if np.isfinite(value) else "" for value in numbers]
    return pd.Series(np.array([*texts, ""], dtype=object)[codes], index=column.index)


def to_json(data: Mapping[str, Any]) -> str:
    """JSON text with its keys in the order of the data object."""
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
