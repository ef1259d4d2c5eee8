"""Rows of a frame as plain values: a sentence asks for a few cells, and frames are slow at that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Integers = npt.NDArray[np.int64]


class Row:
    """One row; `row["figure"]` as in a Series."""

    __slots__ = ("_place", "_rows")

    def __init__(self, rows: Rows, place: int) -> None:
        self._rows, self._place = rows, place

    def __getitem__(self, column: str) -> Any:
        return self._rows.column(column)[self._place]


class Rows:
    """A frame whose columns become lists when they are first asked for.

    Times become timestamps, all else plain Python values.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self._columns: dict[str, list[Any]] = {}
        self._places: dict[str, int] | None = None

    def column(self, name: str) -> list[Any]:
        """All cells of one column."""
        found = self._columns.get(name)
        if found is None:
            found = self._columns[name] = self._frame[name].tolist()
        return found

    def row(self, place: int) -> Any:
        """The row at a place, for what takes a row of a frame (hence `Any`)."""
        return Row(self, place)

    def rows(self, places: Iterable[int]) -> list[Any]:
        """Several rows, in the order given."""
        return [Row(self, int(place)) for place in places]

    def place(self, name: str) -> int:
        """Where the claim with this id stands."""
        if self._places is None:
            ids = self.column("id")
            self._places = dict(zip(ids, range(len(ids)), strict=True))
        return self._places[name]

    def named(self, name: str) -> Any:
        """The claim with this id."""
        return Row(self, self.place(name))

    def values(self, name: str, places: Iterable[int]) -> list[Any]:
        """Cells of one column at some places."""
        cells = self.column(name)
        return [cells[place] for place in places]


def rows_of(claims: pd.DataFrame, names: Iterable[str]) -> Rows:
    """The claims with the given ids: what the drafts of a detector speak of, taken out once."""
    return Rows(claims[claims["id"].isin(set(names))])


def handy(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with text as Python objects, in few blocks: cheap to take many small pieces of.

    Text columns backed by Arrow are fast as a whole, but a piece of a dozen rows costs ten times
    as much as with objects. For the rows that findings speak of, not for a whole dossier.
    """
    text = frame.columns[frame.dtypes == "str"]
    return frame.astype(dict.fromkeys(text, "object")).copy()
