"""What the claims of a dossier state, looked up by measure and number; sorted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
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
        names, labels, plans = (measures[key].tolist() for key in ("measure", "label", "plan"))
        self._labels = dict(zip(names, labels, strict=True))
        self._plans = dict(zip(names, plans, strict=True))
        self._parts = _listed(measures, "part_of")
        self._planned_by = _listed(measures, "plan")
        self._exact: _Sorted | None = None
        self._planned: _Sorted | None = None
        self._columns: dict[str, npt.NDArray[Any]] = {}
        self._codes: dict[str, tuple[Integers, dict[str, int]]] = {}

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

    def stated(self, measures: Collection[str], value: float) -> Integers:
        """Places of the claims that give exactly this number for one of these measures."""
        if not measures:
            return np.zeros(0, dtype=np.int64)
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

    def that_say(self, column: str, text: str, places: Integers) -> Integers:
        """Those of some places whose cell has this text."""
        if column not in self._codes:
            codes, texts = pd.factorize(self._claims[column])
            self._codes[column] = codes, {one: code for code, one in enumerate(texts.tolist())}
        codes, code_of = self._codes[column]
        return np.asarray(places[codes[places] == code_of.get(text, -1)])

    def claim(self, place: int) -> Any:
        """The claim at a place, for what takes a row of a frame (hence `Any`)."""
        return Cells(self._claims, place)

    def _column(self, name: str) -> npt.NDArray[Any]:
        if name not in self._columns:
            self._columns[name] = self._claims[name].to_numpy()
        return self._columns[name]


class _Sorted:
    """Some claims by measure; those of a measure by stated number, once it is asked for."""

    def __init__(self, claims: pd.DataFrame, some: Flags) -> None:
        self._stated = claims["stated"].to_numpy(dtype=np.float64)
        places = np.flatnonzero(some & ~np.isnan(self._stated))
        codes, names = pd.factorize(claims["measure"])
        codes = codes[places]
        self._places = places[np.argsort(codes, kind="stable")]
        ends = np.cumsum(np.bincount(codes, minlength=len(names))).tolist()
        slices = map(slice, [0, *ends[:-1]], ends)
        self._measures = dict(zip(names.tolist(), slices, strict=True))
        self._parts: dict[str, Integers] = {}

    def find(self, measures: Iterable[str], values: Iterable[float]) -> Integers:
        """Places of the claims of these measures with one of these numbers."""
        found = [np.zeros(0, dtype=np.int64)]
        for measure in measures:
            places = self._of(measure)
            stated = self._stated[places]
            for value in values:
                first, last = (np.searchsorted(stated, value, side) for side in ("left", "right"))
                found.append(places[first:last])
        return np.concatenate(found)

    def _of(self, measure: str) -> Integers:
        """Places of the claims of a measure, by number."""
        if measure not in self._parts:
            places = self._places[self._measures.get(measure, slice(0))]
            order = np.argsort(self._stated[places], kind="stable")
            self._parts[measure] = places[order]
        return self._parts[measure]


def _listed(measures: pd.DataFrame, column: str) -> dict[str, list[str]]:
    """The measures that name another one in a column, by that one."""
    found: dict[str, list[str]] = defaultdict(list)
    named = measures[measures[column] != ""]
    for measure, other in zip(named["measure"].tolist(), named[column].tolist(), strict=True):
        found[other].append(measure)
    return found
