"""Series as arrays, to be held against others of their measure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

LONG = 1 << 34  # more seconds than any two days lie apart
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Run:
    """The figures of one series, by day."""

    measure: str
    series: str
    source: str
    kind: str
    scope: str
    authorities: frozenset[str]
    at: Days
    first: Days
    value: Floats
    low: Floats
    high: Floats
    apart_low: Floats
    apart_high: Floats
    claim: npt.NDArray[np.object_]

    def same_count(self, other: Run) -> bool:
        """Whether the two are scopes of one publisher's count for one origin."""
        return self.source == other.source and self.authorities == other.authorities

    def meeting(self, other: Run) -> tuple[Places, Places]:
        """Places of the periods that both have, in each of them."""
        mine, yours = (
            run.at.astype("int64") * LONG + run.first.astype("int64") for run in (self, other)
        )
        there = np.minimum(np.searchsorted(yours, mine), len(yours) - 1)
        own = np.flatnonzero(yours[there] == mine)
        return own, there[own]


def runs_of(figures: pd.DataFrame) -> dict[str, list[Run]]:
    """By measure, in alphabetical order, its series.

    Parameters
    ----------
    figures : DataFrame
        `panel.latest`, with the bounds `apart_low` and `apart_high`.
    """
    figures = figures.sort_values(["series", "at", "first"])
    texts = ("measure", "series", "source", "kind", "scope", "authority", "claim")
    text = {name: figures[name].to_numpy(dtype=object) for name in texts}
    days = {name: figures[name].to_numpy("datetime64[s]") for name in ("at", "first")}
    bounds = ("value", "low", "high", "apart_low", "apart_high")
    size = {name: figures[name].to_numpy("float64") for name in bounds}
    code, names = pd.factorize(figures["series"])
    ends = np.searchsorted(code, np.arange(len(names) + 1)).tolist()
    found: dict[str, list[Run]] = {}
    for start, end in pairwise(ends):
        own = slice(start, end)
        run = Run(
            measure=str(text["measure"][start]),
            series=str(text["series"][start]),
            source=str(text["source"][start]),
            kind=str(text["kind"][start]),
            scope=str(text["scope"][start]),
            authorities=frozenset(text["authority"][own]),
            at=days["at"][own],
            first=days["first"][own],
            value=size["value"][own],
            low=size["low"][own],
            high=size["high"][own],
            apart_low=size["apart_low"][own],
            apart_high=size["apart_high"][own],
            claim=text["claim"][own],
        )
        found.setdefault(run.measure, []).append(run)
    return dict(sorted(found.items()))
