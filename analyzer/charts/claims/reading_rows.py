"""Claims of one figure gathered by their reading, and neighbours joined where there are many."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from analyzer.readings import number

Row = dict[Hashable, Any]
READING: Final = [
    "text",
    "value",
    "bar_low",
    "bar_high",
    "open_low",
    "open_high",
    "planned",
    "scope",
]


def reading_rows(marks: pd.DataFrame) -> pd.DataFrame:
    """One row for each reading, by value from the lowest.

    Parameters
    ----------
    marks : DataFrame
        As from `readings.read_marks` and `readings.add_colours`.

    Returns
    -------
    DataFrame
        Columns of the reading; `low` and `high`, what its words allow; `n` (claims) and their
        `ids`; `said_by` (tuple of origins, the earliest first); `readings` (1); `hollow` (all are
        estimates); `ranged` (only ranges); `value_low` and `value_high`.
    """
    order = marks.sort_values(["said_first", "id"], na_position="last", kind="stable")
    rows = (
        order.groupby(READING, sort=True)
        .agg(
            n=("id", "size"),
            ids=("id", lambda ids: tuple(sorted(ids))),
            low=("low", "min"),
            high=("high", "max"),
            said_by=("said_by", _distinct),
            hollow=("hollow", "all"),
            ranged=("ranged", "all"),
        )
        .reset_index()
        .assign(readings=1)
    )
    rows = rows.assign(
        value_low=rows["value"].mask(rows["ranged"], rows["bar_low"]),
        value_high=rows["value"].mask(rows["ranged"], rows["bar_high"]),
    )
    rows["scope"] = rows["scope"].str.replace("_", " ")
    return rows.sort_values(["value", "bar_low", "bar_high", "text", "scope"], ignore_index=True)


def _distinct(names: pd.Series) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def fold_rows(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """Join neighbouring rows until at most `most` are left: those with the fewest claims first.

    A joined row keeps the range of its readings and the sum of its claims.
    """
    records = rows.to_dict("records")
    while len(records) > most:
        pairs = pairwise(records)
        costs = [(a["n"] + b["n"], _apart(a, b), i) for i, (a, b) in enumerate(pairs)]
        at = min(costs)[2]
        records[at : at + 2] = [_join(records[at], records[at + 1])]
    return pd.DataFrame(records)


def _apart(a: Row, b: Row) -> float:
    size = abs(a["value"]) + abs(b["value"])
    return abs(a["value"] - b["value"]) / size if size else 0.0


def _join(a: Row, b: Row) -> Row:
    low, high = min(a["value_low"], b["value_low"]), max(a["value_high"], b["value_high"])
    readings = a["readings"] + b["readings"]
    where = number(low) if low == high else f"{number(low)} to {number(high)}"
    return {
        "text": where,
        "scope": a["scope"] if a["scope"] == b["scope"] else "",
        "value": (low + high) / 2,
        "value_low": low,
        "value_high": high,
        "bar_low": min(a["bar_low"], b["bar_low"]),
        "bar_high": max(a["bar_high"], b["bar_high"]),
        "low": min(a["low"], b["low"]),
        "high": max(a["high"], b["high"]),
        "ranged": True,
        "open_low": a["open_low"] or b["open_low"],
        "open_high": a["open_high"] or b["open_high"],
        "planned": a["planned"] and b["planned"],
        "hollow": a["hollow"] and b["hollow"],
        "n": a["n"] + b["n"],
        "ids": tuple(sorted(a["ids"] + b["ids"])),
        "said_by": tuple(dict.fromkeys(a["said_by"] + b["said_by"])),
        "readings": readings,
    }
