"""Recorded figures that are the number themselves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analyzer.reproduce.candidates import make_candidates
from analyzer.reproduce.figures import UNKNOWN
from analyzer.reproduce.question import NEAR, Days, Question, days_off

# Claims of one origin that say the same of the same time are one recorded figure.
ALIKE = ["measure", "scope", "authority", "modality", "first", "at", "value", "qualifier"]


def recorded(
    figures: pd.DataFrame, question: Question, steps: Mapping[str, int], width: float
) -> pd.DataFrame:
    """Figures of the measure and of related ones within `width` of the number.

    Hedged figures and plans are among them. A total is as near as its day is to the period's
    end; a figure of a period as near as its two ends are to those of the period.
    """
    near = (figures["value"] - question.number).abs() <= width
    found = figures[near & figures["measure"].isin(list(steps)) & _within(figures, question)]
    found = found.sort_values(["superseded", "published", "id"]).drop_duplicates(ALIKE).sort_index()
    at, first = found["at"].to_numpy(), found["first"].to_numpy()
    of_period = (found["first"] != found["begin"]) | (found["kind"] == "flow")
    far = found["measure"].map(steps).astype("int64")
    return make_candidates(
        "figure",
        {
            "value": found["value"].to_numpy(),
            "lead": 2 * far.to_numpy() + ~found["exact"].to_numpy(),
            "off_first": np.where(of_period, _off(first, question.begin), 0),
            "off_last": _off(at, question.end),
            "superseded": found["superseded"].to_numpy(),
            "steps": far.to_numpy(),
            "at": at,
            "first": first,
            "a": found.index.to_numpy(),
        },
    )


def _off(days: Days, named: int | None) -> Days:
    return days_off(days, named, None)


def _within(figures: pd.DataFrame, question: Question) -> pd.Series:
    if question.begin is None or question.end is None:
        return pd.Series(True, index=figures.index)
    known = figures["at"] != UNKNOWN
    late = figures["at"] >= question.begin - NEAR
    return known & late & (figures["begin"] <= question.end + NEAR)
