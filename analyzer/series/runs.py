"""Series as arrays, to be held against others of their measure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.series.cut import each_series

LONG = 1 << 34  # more seconds than any two days lie apart
SHARED = ("measure", "series", "source", "kind", "scope")
CELLS = {
    **dict.fromkeys(("at", "first"), "datetime64[s]"),
    **dict.fromkeys(("value", "low", "high", "apart_low", "apart_high"), "float64"),
    **dict.fromkeys(("claim", "authority"), "object"),
}
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
    rows = np.arange(len(figures))
    found: dict[str, list[Run]] = {}
    for own in each_series(figures, SHARED, CELLS, rows):
        run = Run(authorities=frozenset(own.pop("authority")), **own)
        found.setdefault(run.measure, []).append(run)
    return dict(sorted(found.items()))
