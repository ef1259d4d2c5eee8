"""Scopes of a measure that have a panel each, so that no line or cloud mixes what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analyzer.charts.claims.timeline_words import main_scope, scope_words

FEWEST: Final = 3  # claims of a scope that gets a panel
MOST: Final = 4  # panels
NO_SCOPE: Final = "scope not named"


@dataclass(frozen=True, slots=True)
class Panel:
    """Claims that are drawn together.

    Attributes
    ----------
    name : str
        Words of the scope; blank for claims that give none.
    marks : DataFrame
        As from `add_colours`, with `aside`: the words of another scope than most have, or blank.
    """

    name: str
    marks: pd.DataFrame


def panels_of(marks: pd.DataFrame, *, split: bool) -> list[Panel]:
    """Panels by scope, the biggest first; series stand on one, named at their lines.

    Scopes with few claims stand beside those of the biggest, and say what they are.
    """
    main = main_scope(marks)
    counts = marks["scope"].value_counts()
    big = sorted(counts[counts >= FEWEST].index, key=lambda scope: (-counts[scope], scope))[:MOST]
    if not split or (marks["series"] != "").any() or len(big) < 2:
        big = [main]
    home = marks["scope"].where(marks["scope"].isin(big), main)
    dense: pd.Series = marks["series"] != ""
    strange = (marks["scope"] != home) & ~dense
    aside = marks["scope"].map(scope_words).replace("", NO_SCOPE).where(strange, "")
    marks = marks.assign(aside=aside)
    if len(big) == 1:
        return [Panel(scope_words(main), marks)]
    return [Panel(scope_words(scope), marks[home == scope]) for scope in big]
