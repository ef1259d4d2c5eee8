"""One event as a row, before all of them become a frame."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from analyzer.series.causes.lines import Line
from analyzer.series.causes.weighing import Verdict

Row = dict[str, Any]


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
