"""Some rows of a frame as plain values, for sentences and for the tests of causes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analyzer.rows import Rows


class Part:
    """Some rows of a frame; `part["scope"]` is the list of their cells."""

    def __init__(self, rows: Rows, places: Sequence[int]) -> None:
        self._rows, self._places = rows, places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, column: str) -> list[Any]:
        return self._rows.values(column, self._places)

    def row(self, number: int) -> Any:
        """One of the rows; `row["figure"]` as in a Series."""
        return self._rows.row(self._places[number])

    def first(self, columns: Sequence[str]) -> int:
        """The number of the row that comes first by these columns, unknown times last."""
        cells = [self[column] for column in columns]
        return min(
            range(len(self)), key=lambda number: [_last_if_unknown(cell[number]) for cell in cells]
        )

    def where(self, column: str, value: Any) -> Part:
        """The rows of which one cell has this value."""
        pairs = zip(self._places, self[column], strict=True)
        return Part(self._rows, [place for place, cell in pairs if cell == value])


class Cells:
    """One row of a large frame; a cell is taken out when it is asked for."""

    __slots__ = ("_frame", "_place")

    def __init__(self, frame: pd.DataFrame, place: int) -> None:
        self._frame, self._place = frame, place

    def __getitem__(self, column: str) -> Any:
        return self._frame[column].array[self._place]


def earliest(times: Sequence[Any]) -> Any:
    """The first of the known times; NaT if none is."""
    return min((time for time in times if time is not pd.NaT), default=pd.NaT)


def latest(times: Sequence[Any]) -> Any:
    """The last of the known times; NaT if none is."""
    return max((time for time in times if time is not pd.NaT), default=pd.NaT)


def _last_if_unknown(cell: Any) -> tuple[bool, Any]:
    return (True, "") if cell is pd.NaT else (False, cell)
