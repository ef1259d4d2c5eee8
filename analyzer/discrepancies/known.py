"""What the claims of a dossier state, looked up by measure and number; sorted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.discrepancies.parts import Cells

Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]


class Known:
    """All claims of a dossier, for the tests of causes.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    measures : DataFrame
        `schemas.Measures`.
    """

    def __init__(self, claims: pd.DataFrame, measures: pd.DataFrame) -> None:
        self._claims = claims
        self._labels = dict(zip(measures["measure"], measures["label"], strict=True))
        self._plans = dict(zip(measures["measure"], measures["plan"], strict=True))
        self._parts = _listed(measures, "part_of")
        self._planned_by = _listed(measures, "plan")
        self._exact: _Sorted | None = None
        self._planned: _Sorted | None = None
        self._columns: dict[str, npt.NDArray[Any]] = {}

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

    def stated(self, measures: Iterable[str], value: float) -> Integers:
        """Places of the claims that give exactly this number for one of these measures."""
        if self._exact is None:
            self._exact = _Sorted(self._claims, (self._claims["qualifier"] == "exact").to_numpy())
        return self._exact.find(measures, [value])

    def planned(self, measure: str, values: Iterable[float]) -> Integers:
        """Places of the claims that give one of these numbers as planned, by number."""
        if self._planned is None:
            self._planned = _Sorted(self._claims, (self._claims["status"] == "planned").to_numpy())
        return self._planned.find([measure], values)

    def times(self, column: str, places: Integers) -> npt.NDArray[np.datetime64]:
        """Times of the claims at some places."""
        return self._column(column)[places]

    def texts(self, column: str, places: Integers) -> npt.NDArray[np.object_]:
        """Text of the claims at some places."""
        return self._claims[column].iloc[places].to_numpy(dtype=object)

    def claim(self, place: int) -> Any:
        """The claim at a place, for what takes a row of a frame (hence `Any`)."""
        return Cells(self._claims, place)

    def _column(self, name: str) -> npt.NDArray[Any]:
        if name not in self._columns:
            self._columns[name] = self._claims[name].to_numpy()
        return self._columns[name]


class _Sorted:
    """Some claims by measure and stated number."""

    def __init__(self, claims: pd.DataFrame, some: Flags) -> None:
        stated = claims["stated"].to_numpy(dtype=np.float64)
        places = np.flatnonzero(some & ~np.isnan(stated))
        codes, names = pd.factorize(claims["measure"].iloc[places])
        order = np.lexsort((stated[places], codes))
        self._places, self._stated = places[order], stated[places[order]]
        ends = np.cumsum(np.bincount(codes, minlength=len(names))).tolist()
        slices = map(slice, [0, *ends[:-1]], ends)
        self._measures = dict(zip(names.tolist(), slices, strict=True))

    def find(self, measures: Iterable[str], values: Iterable[float]) -> Integers:
        """Places of the claims of these measures with one of these numbers."""
        found = [np.zeros(0, dtype=np.int64)]
        for part in filter(None, map(self._measures.get, measures)):
            for value in values:
                first, last = (
                    part.start + int(np.searchsorted(self._stated[part], value, side))
                    for side in ("left", "right")
                )
                found.append(self._places[first:last])
        return np.concatenate(found)


def _listed(measures: pd.DataFrame, column: str) -> dict[str, list[str]]:
    """The measures that name another one in a column, by that one."""
    found: dict[str, list[str]] = defaultdict(list)
    for measure, other in zip(measures["measure"], measures[column], strict=True):
        if other:
            found[str(other)].append(str(measure))
    return found
