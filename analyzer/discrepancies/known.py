"""What the claims of a dossier state, looked up by measure and number; sorted once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.arrays import Floats, Integers, Truths, among
from analyzer.discrepancies.parts import Cells
from analyzer.rows import Rows, labels_of

TOTAL = ["id", "kind", "modality", "comparable", "at_first", "at_last"]


class Known:
    """All claims of a dossier, for detectors and for the tests of causes.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    measures : DataFrame
        measures.csv.
    """

    def __init__(self, claims: pd.DataFrame, measures: pd.DataFrame) -> None:
        self.claims = claims
        self._labels = labels_of(measures)
        self._plans = dict(zip(self._labels, measures["plan"].tolist(), strict=True))
        self._parts = _listed(measures, "part_of")
        self._planned_by = _listed(measures, "plan")
        self._exact: _Sorted | None = None
        self._planned: _Sorted | None = None

    def label(self, measure: str) -> str:
        """The name of a measure."""
        return str(self._labels[measure])

    def plan(self, measure: str) -> str:
        """The measure that this one is planned by; "" if none is."""
        return str(self._plans.get(measure, ""))

    def parts(self, measure: str) -> list[str]:
        """The measures that are part of this one."""
        return self._parts.get(measure, [])

    def planned_by(self, measure: str) -> list[str]:
        """The measures that this one is the plan of."""
        return self._planned_by.get(measure, [])

    def stated(self, measures: Collection[str], value: float) -> list[int]:
        """Places of the claims that give exactly this number for one of these measures."""
        if not measures:
            return []
        if self._exact is None:
            self._exact = self._sorted(self.claims["qualifier"] == "exact")
        return self._exact.find(measures, [value])

    def planned(self, measure: str, values: Iterable[float]) -> list[int]:
        """Places of the claims that give one of these numbers as planned, by number."""
        if self._planned is None:
            self._planned = self._sorted(self.claims["status"] == "planned")
        return self._planned.find([measure], values)

    def times(self, column: str, places: list[int]) -> npt.NDArray[np.datetime64]:
        """Times of the claims at some places."""
        return np.asarray(self.claims[column].to_numpy()[places])

    def that_say(self, column: str, text: str, places: list[int]) -> list[int]:
        """Those of some places whose cell has this text."""
        cells = self.claims[column].array.take(places).tolist()
        return [place for place, cell in zip(places, cells, strict=True) if cell == text]

    def first(self, places: list[int]) -> Any:
        """Of the claims at some places the one whose id comes first."""
        ids = self.claims["id"].array.take(places).tolist()
        return self.claim(min(zip(ids, places, strict=True))[1])

    def named(self, ids: Collection[str], places: Integers) -> Truths:
        """Which of the claims at some places have one of these ids."""
        return among(self.claims["id"].iloc[places], pd.Series(list(ids), dtype="str"))

    def total_before(self, measure: str, time: pd.Timestamp) -> Any:
        """The last running total of a measure that ends before this time; None without one."""
        codes, names = self.measures
        places = np.flatnonzero(codes == names.get_loc(measure))
        totals = self.claims[TOTAL].iloc[places].assign(place=places)
        earlier = (totals["kind"] == "cumulative") & (totals["modality"] == "actual")
        earlier &= totals["comparable"] & (totals["at_last"] < time)
        if not earlier.any():
            return None
        last = totals[earlier].sort_values(["at_first", "at_last", "id"])["place"].iloc[-1]
        return self.claim(int(last))

    def rows(self, places: Integers) -> Rows:
        """The claims at some places."""
        return Rows(self.claims, places)

    def claim(self, place: int) -> Any:
        """The claim at a place, for what takes a row of a frame (hence `Any`)."""
        return Cells(self.claims, place)

    @cached_property
    def measures(self) -> tuple[Integers, pd.Index]:
        """Of which measure each claim is, as places in their names."""
        return pd.factorize(self.claims["measure"])

    def _sorted(self, some: pd.Series) -> _Sorted:
        return _Sorted(*self.measures, self.claims["stated"].to_numpy(np.float64), some.to_numpy())


class _Sorted:
    """Some claims by measure; those of a measure by stated number, once it is asked for."""

    def __init__(self, measure: Integers, names: pd.Index, stated: Floats, some: Truths) -> None:
        self._stated = stated
        places = np.flatnonzero(some & ~np.isnan(stated))
        codes = measure[places]
        self._places = places[np.argsort(codes, kind="stable")]
        ends = np.cumsum(np.bincount(codes, minlength=len(names))).tolist()
        slices = map(slice, [0, *ends[:-1]], ends)
        self._measures = dict(zip(names.tolist(), slices, strict=True))
        self._parts: dict[str, tuple[list[float], list[int]]] = {}

    def find(self, measures: Iterable[str], values: Iterable[float]) -> list[int]:
        """Places of the claims of these measures with one of these numbers."""
        found: list[int] = []
        for measure in measures:
            stated, places = self._of(measure)
            for value in values:
                found += places[bisect_left(stated, value) : bisect_right(stated, value)]
        return found

    def _of(self, measure: str) -> tuple[list[float], list[int]]:
        """Numbers of a measure, ascending, and the places of the claims that give them."""
        if measure not in self._parts:
            places = self._places[self._measures.get(measure, slice(0))]
            places = places[np.argsort(self._stated[places], kind="stable")]
            self._parts[measure] = self._stated[places].tolist(), places.tolist()
        return self._parts[measure]


def _listed(measures: pd.DataFrame, column: str) -> dict[str, list[str]]:
    """The measures that name another one in a column, by that one."""
    found: dict[str, list[str]] = defaultdict(list)
    for measure, other in zip(measures["measure"].tolist(), measures[column].tolist(), strict=True):
        if other:
            found[other].append(measure)
    return found
