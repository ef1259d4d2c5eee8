"""Rows of a frame as plain values: a sentence asks for a few cells, and frames are slow at that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from analyzer.arrays import Integers, among


class _Columns(dict[str, list[Any]]):
    """The columns of a frame, or of some rows of it, as lists; made when they are asked for."""

    def __init__(self, frame: pd.DataFrame, some: Integers | None) -> None:
        self._frame, self._some = frame, some

    def __missing__(self, name: str) -> list[Any]:
        cells = self._frame[name].array
        some = cells if self._some is None else cells.take(self._some)
        self[name] = _plain(pd.Series(some, copy=False))
        return self[name]


def _plain(cells: pd.Series) -> list[Any]:
    """Plain values; timestamps, which are slow to make, are made once for all cells of a day."""
    if cells.dtype.kind != "M":
        return cells.tolist()
    codes, times = pd.factorize(cells)
    made = [*times.tolist(), pd.NaT]  # a missing time has the code -1
    return [made[code] for code in codes.tolist()]


class Row:
    """One row; `row["figure"]` as in a Series."""

    __slots__ = ("_columns", "_place")

    def __init__(self, columns: _Columns, place: int) -> None:
        self._columns, self._place = columns, place

    def __getitem__(self, column: str) -> Any:
        return self._columns[column][self._place]


class Rows:
    """A frame, or some rows of it, whose columns become lists when they are first asked for.

    Times become timestamps, all else plain Python values.

    Parameters
    ----------
    some : ndarray of int, optional
        Where in the frame the rows stand; all of them without it.
    """

    def __init__(self, frame: pd.DataFrame, some: Integers | None = None) -> None:
        self._columns = _Columns(frame, some)
        self._places: dict[str, int] | None = None

    def column(self, name: str) -> list[Any]:
        """All cells of one column."""
        return self._columns[name]

    def row(self, place: int) -> Any:
        """The row at a place, for what takes a row of a frame (hence `Any`)."""
        return Row(self._columns, place)

    def rows(self, places: Iterable[int]) -> list[Any]:
        """Several rows, in the order given."""
        return [Row(self._columns, int(place)) for place in places]

    def place(self, name: str) -> int:
        """Where the claim with this id stands."""
        if self._places is None:
            ids = self.column("id")
            self._places = dict(zip(ids, range(len(ids)), strict=True))
        return self._places[name]

    def named(self, name: str) -> Any:
        """The claim with this id."""
        return Row(self._columns, self.place(name))

    def values(self, name: str, places: Iterable[int]) -> list[Any]:
        """Cells of one column at some places."""
        cells = self._columns[name]
        return [cells[place] for place in places]


def taken(frame: pd.DataFrame, columns: Iterable[str], places: Integers) -> pd.DataFrame:
    """Some columns of some rows, column by column: frames are slow to choose among many."""
    cells = {name: frame[name].array.take(places) for name in columns}
    return pd.DataFrame(cells, copy=False)


def rows_of(claims: pd.DataFrame, names: Iterable[str]) -> Rows:
    """The claims with the given ids: what the drafts of a detector speak of."""
    wanted = pd.Series(list(set(names)), dtype="str")
    found = among(claims["id"], wanted) if len(wanted) else ()
    return Rows(claims, np.flatnonzero(found))


def labels_of(measures: pd.DataFrame) -> dict[str, str]:
    """The label of each measure."""
    return dict(zip(measures["measure"].tolist(), measures["label"].tolist(), strict=True))


def handy(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with text as Python objects, in few blocks: cheap to take many small pieces of.

    Text columns backed by Arrow are fast as a whole, but a piece of a dozen rows costs ten times
    as much as with objects. For the rows that findings speak of, not for a whole dossier.
    """
    text = frame.columns[frame.dtypes == "str"]
    return frame.astype(dict.fromkeys(text, "object")).copy()
