"""Figures of one time and publisher: a whole less a part, or parts added."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analyzer.reproduce.candidates import join_candidates, make_candidates
from analyzer.reproduce.figures import day_numbers
from analyzer.reproduce.question import NEAR, Question, days_off
from analyzer.reproduce.related import SAME
from analyzer.reproduce.tracks import MOST

MOMENT = ["book", "whole", "tag", "source", "clock", "first", "at"]
CELLS = [*MOMENT, "measure", "place", "value"]
PLACES = ["a", "b", "c", "d"]


def parts_of_day(
    figures: pd.DataFrame,
    question: Question,
    ties: pd.DataFrame,
    steps: Mapping[str, int],
    width: float,
) -> pd.DataFrame:
    """Differences and sums of figures of one time that are within `width` of the number.

    Only those of the measure itself, or of parts of what adds to it. `book` is 0 where an identity
    of the dossier adds the parts, so that they don't overlap.
    """
    figures = _timed(figures, question)
    wholes, parts = _tagged(figures, ties, "whole"), _tagged(figures, ties, "part")
    found = [_taken(wholes, parts, question, width), *_added(parts, question, width)]
    rows = pd.concat(found, ignore_index=True)
    rows = rows[_concern(rows, figures, question, steps)]
    rows = rows.sort_values(["book", *PLACES], ascending=[False, True, True, True, True])
    rows = rows.drop_duplicates([*PLACES, "sign"])
    return join_candidates([_candidates(rows, question, steps)])


def _timed(figures: pd.DataFrame, question: Question) -> pd.DataFrame:
    """The time by which figures meet: the period of a flow, the day of saying of a fixed total."""
    current = figures[figures["once"] & ~figures["superseded"]]
    said = day_numbers(current["said_first"])
    fixed = current["kind"] == "fixed"
    flow = current["kind"] == "flow"
    current = current.assign(
        place=current.index,
        at=current["at"].mask(fixed, pd.Series(said, index=current.index)),
        clock=np.select([fixed, flow], ["said", "period"], "day"),
    )
    current = current.assign(first=current["first"].where(flow, current["at"]))
    if question.begin is None or question.end is None:
        return current
    return current[current["at"].between(question.begin - NEAR, question.end + NEAR)]


def _tagged(figures: pd.DataFrame, ties: pd.DataFrame, role: str) -> pd.DataFrame:
    """The figures of wholes, or of parts, once for each book that they stand in.

    `tag` is the scope that whole and parts share; "" where the book names a scope for each.
    """
    named = ties.drop_duplicates(["book", "whole", role, f"{role}_scope"])
    named = named.assign(key=named[role], wanted=named[f"{role}_scope"])
    joined = named[["book", "whole", "key", "wanted"]].merge(
        figures, left_on="key", right_on="measure"
    )
    same = joined["wanted"] == SAME
    joined = joined[same | (joined["wanted"] == joined["scope"])]
    tag = joined["scope"].where((joined["book"] == "") & same, "")
    return joined.assign(tag=tag)[CELLS]


def _taken(
    wholes: pd.DataFrame, parts: pd.DataFrame, question: Question, width: float
) -> pd.DataFrame:
    pairs = wholes.merge(parts, on=MOMENT, suffixes=("", "_part"))
    pairs = pairs.assign(value=pairs["value"] - pairs["value_part"], sign=-1, terms=2)
    pairs = pairs.assign(a=pairs["place"], b=pairs["place_part"], c=-1, d=-1)
    return pairs[_near(pairs, question, width)]


def _added(parts: pd.DataFrame, question: Question, width: float) -> list[pd.DataFrame]:
    """Sums of two to four different parts."""
    sums = parts.assign(a=parts["place"], sign=1)
    found = []
    for terms in range(2, MOST + 1):
        sums = sums.merge(parts, on=MOMENT, suffixes=("", "_next"))
        sums = sums[sums["measure"] < sums["measure_next"]]
        sums = sums.assign(
            **{PLACES[terms - 1]: sums["place_next"]},
            value=sums["value"] + sums["value_next"],
            measure=sums["measure_next"],
        ).drop(columns=["value_next", "measure_next", "place_next"])
        unused = dict.fromkeys(PLACES[terms:], -1)
        found.append(sums[_near(sums, question, width)].assign(**unused, terms=terms))
    return found


def _near(rows: pd.DataFrame, question: Question, width: float) -> pd.Series:
    return (rows["value"] - question.number).abs() <= width


def _concern(
    rows: pd.DataFrame, figures: pd.DataFrame, question: Question, steps: Mapping[str, int]
) -> pd.Series:
    """Recipes that use the measure itself, or whose whole adds to it."""
    own = figures.index[figures["measure"] == question.measure]
    uses = rows[PLACES].isin(list(own)).any(axis=1)
    return uses | rows["whole"].isin(list(steps))


def _candidates(rows: pd.DataFrame, question: Question, steps: Mapping[str, int]) -> pd.DataFrame:
    at = rows["at"].to_numpy()
    return make_candidates(
        "parts",
        {
            "value": rows["value"].to_numpy(),
            "terms": rows["terms"].to_numpy(),
            "off_last": days_off(at, question.end, None),
            "steps": rows["whole"].map(steps).fillna(len(steps)).to_numpy(),
            "at": at,
            "first": rows["first"].to_numpy(),
            **{place: rows[place].to_numpy() for place in PLACES},
            "book": np.where(rows["book"] == "", -1, 0),
            "sign": rows["sign"].to_numpy(),
        },
    )
