"""Last resort: a difference between the period's ends, plus or minus one other figure."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analyzer.reproduce.candidates import join_candidates, make_candidates
from analyzer.reproduce.pairs import Places, matches
from analyzer.reproduce.question import NEAR, Question, days_off
from analyzer.reproduce.totals import TOTALS, lines_by_source, own_ends


def adjusted(
    figures: pd.DataFrame, question: Question, steps: Mapping[str, int], width: float
) -> pd.DataFrame:
    """Differences of current totals of one series and one figure of a flow that adds to them.

    Both ends are the period's own or within `NEAR` days of it; the third figure is of the same
    publisher, of a period within the difference. Nothing is found where no period is named.
    """
    if question.begin is None:
        return join_candidates([])
    current = figures[figures["once"] & ~figures["superseded"]]
    mine = (current["measure"] == question.measure) & current["kind"].isin(TOTALS)
    flows = current[(current["kind"] == "flow") & current["measure"].isin(list(steps))]
    flows = flows[flows["value"] > 0]
    parts = [
        _of_line(line, flows[flows["source"] == line["source"].iloc[0]], question, steps, width)
        for line in lines_by_source(current[mine])
    ]
    return join_candidates(parts)


def _of_line(
    line: pd.DataFrame,
    flows: pd.DataFrame,
    question: Question,
    steps: Mapping[str, int],
    width: float,
) -> pd.DataFrame:
    scope = line["scope"].iloc[0]
    flows = flows[(flows["scope"] == scope) | (flows["scope"] == "")]
    own = own_ends(line, question)
    early, late = _near_ends(line, question, own)
    at, values = line["at"].to_numpy(), line["value"].to_numpy()
    change, extra = values[late] - values[early], flows["value"].to_numpy()
    parts = []
    for sign in (1, -1):
        pair, third = matches(question.number - change, sign * extra, width)
        within = flows["first"].to_numpy()[third] > at[early[pair]]
        within &= flows["at"].to_numpy()[third] <= at[late[pair]]
        pair, third = pair[within], third[within]
        one, other = early[pair], late[pair]
        parts.append(
            make_candidates(
                "adjusted",
                {
                    "value": change[pair] + sign * extra[third],
                    "terms": 3,
                    "off_first": days_off(at[one], question.begin, own[0]),
                    "off_last": days_off(at[other], question.end, own[1]),
                    "steps": flows["measure"].map(steps).to_numpy()[third],
                    "at": at[other],
                    "first": at[one],
                    "a": line.index.to_numpy()[other],
                    "b": line.index.to_numpy()[one],
                    "c": flows.index.to_numpy()[third],
                    "sign": sign,
                },
            )
        )
    return join_candidates(parts)


def _near_ends(
    line: pd.DataFrame, question: Question, own: tuple[int | None, int | None]
) -> tuple[Places, Places]:
    """All pairs of an earlier and a later figure, each near its end of the period."""
    at = line["at"].to_numpy()
    near = [
        (np.abs(at - named) <= NEAR) | (at == (named if day is None else day))
        for named, day in zip((question.begin, question.end), own, strict=True)
        if named is not None
    ]
    early, late = np.meshgrid(*map(np.flatnonzero, near), indexing="ij")
    kept = at[early] < at[late]
    return early[kept], late[kept]
