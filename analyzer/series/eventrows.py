"""One event as a row, and the frame that all of them become."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analyzer.checked import checked
from analyzer.schemas import Events
from analyzer.series.causes.lines import Line
from analyzer.series.causes.weighing import Verdict
from analyzer.series.cut import heads

Row = dict[str, Any]
ABOUT = ["measure", "scope", "source"]
TEXTS = ["event", "series", *ABOUT, "kind", "cause", "blamed"]
NUMBERS = ["value", "before", "after", "expected_low", "expected_high", "gap", "likelihood"]
KINDS = {
    **dict.fromkeys(TEXTS, "str"),
    **dict.fromkeys([*NUMBERS, "suggestion"], "float64"),
    **dict.fromkeys(["at_first", "at_last"], "datetime64[s]"),
    "error": "bool",
}


def event_row(
    kind: str,
    line: Line | pd.Series,
    verdict: Verdict,
    *,
    at_first: np.datetime64,
    at_last: np.datetime64,
    value: float,
    expected_low: float,
    expected_high: float,
    gap: Any,
    figures: tuple[str, ...],
    other: str = "",
    before: float = math.nan,
    after: float = math.nan,
) -> Row:
    """A row of `schemas.Events` but for its measure, scope and source.

    `figures` are the claims that the event is seen in, and `verdict` is kept beside its parts.
    """
    cause = verdict.cause
    parts = [kind, str(line.series if isinstance(line, Line) else line["series"]), other]
    key = ".".join([*(part for part in parts if part), str(at_last)])
    return {
        "event": key.replace(" ", "_"),
        "series": parts[1],
        "kind": kind,
        "at_first": at_first,
        "at_last": at_last,
        "value": float(value),
        "before": float(before),
        "after": float(after),
        "expected_low": float(expected_low),
        "expected_high": float(expected_high),
        "gap": min(1.0, float(gap)),
        "cause": cause.cause,
        "likelihood": verdict.likelihood,
        "rivals": verdict.rivals,
        "error": False,
        "blamed": cause.blamed,
        "suggestion": cause.suggestion,
        "suggestions": cause.suggestions,
        "claims": tuple(dict.fromkeys([*figures, *cause.proof])),
        "evidence": cause.evidence,
        "figures": figures,
        "verdict": verdict,
    }


def as_events(rows: Iterable[Row], panel: pd.DataFrame) -> pd.DataFrame:
    """Rows as `schemas.Events`, by series, day and kind; the panel knows the series."""
    first, _ = heads(panel)
    names = panel[["series", *ABOUT]].iloc[first].to_dict("records")
    about = {str(one["series"]): one for one in names}
    told = [row | about[row["series"]] for row in rows]
    told.sort(key=lambda row: [row[name] for name in ("series", "at_last", "kind", "event")])
    cells = {
        str(name): pd.Series([row[name] for row in told], dtype=KINDS.get(str(name), "object"))
        for name in Events.to_schema().columns
    }
    return checked(Events, pd.DataFrame(cells))


def no_events() -> pd.DataFrame:
    """What a dossier without series has."""
    return _no_events().copy()


@cache
def _no_events() -> pd.DataFrame:
    return as_events([], pd.DataFrame(columns=["series", *ABOUT], dtype="str"))
