"""How a figure of a minimal set is named: which of the claims that say the same, and its label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from analyzer.phrases import when
from analyzer.rows import rows_of

Record = Any  # a row of `schemas.Aligned`, by column; phrases take it as they take a Series


def records_of(claims: pd.DataFrame, ids: Collection[str]) -> dict[str, Record]:
    """Rows of some claims by id, whose columns are taken from the frame when asked for."""
    rows = rows_of(claims, ids)
    return {name: rows.row(place) for place, name in enumerate(rows.column("id"))}


def named(rows: Sequence[Record]) -> Record:
    """Of claims that say the same the one that is named: of the origin cited most, the first."""
    cited = Counter(row["authority"] for row in rows)

    def order(row: Record) -> tuple[int, bool, Any, str]:
        unknown = bool(pd.isna(row["said_first"]))
        return -cited[row["authority"]], unknown, "" if unknown else row["said_first"], row["id"]

    return min(rows, key=order)


def label_of(claim: Record, labels: Mapping[str, str]) -> str:
    """The label of a measure, with the scope in parentheses."""
    scope = str(labels.get(claim["scope"], str(claim["scope"]).replace("_", " ")))
    return f"{labels[claim['measure']]}{f' ({scope})' if scope else ''}"


def time_of(claim: Record) -> str:
    """When a figure stands; blank for a fixed one, or where it is unknown."""
    return "" if claim["kind"] == "fixed" else when(claim["at_first"], claim["at_last"])
