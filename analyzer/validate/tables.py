"""References of sources, measures and waivers."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analyzer.errors import Problem
from analyzer.model import KINDS
from analyzer.validate.references import check_circles, check_references


def check_measures(measures: pd.DataFrame, file: str) -> list[Problem]:
    """Kinds, references between measures, and measures that are part of themselves."""
    keys = measures["measure"]
    problems = check_references(measures, "kind", KINDS, "the list of kinds", file)
    for column in ("part_of", "plan", "total"):
        problems += check_references(measures, column, keys, "measures.csv", file)
    return problems + check_circles(measures, "measure", "part_of", "a part of itself", file)


def check_sources(sources: pd.DataFrame, file: str) -> list[Problem]:
    """References between sources."""
    keys = sources["source"]
    return [
        *check_references(sources, "speaks_for", keys, "sources.csv", file),
        *check_references(sources, "relays", keys, "sources.csv", file, many=True),
        *check_circles(sources, "source", "speaks_for", "speak for itself", file),
    ]


def check_waivers(waivers: pd.DataFrame, ids: Iterable[str], file: str) -> list[Problem]:
    """Claims that are not there, and rows that don't name one thing, a finding or a claim."""
    both = (waivers["finding"] != "") & (waivers["claim"] != "")
    neither = (waivers["finding"] == "") & (waivers["claim"] == "")
    rules = [
        (both, "names a finding and a claim", "make a row of each"),
        (neither, "names neither a finding nor a claim", "fill in one of the two"),
    ]
    return [
        *check_references(waivers, "claim", ids, "claims.csv", file),
        *(
            Problem(file, int(row), "", "", message, remedy)
            for wrong, message, remedy in rules
            for row in waivers.loc[wrong, "row"]
        ),
    ]
