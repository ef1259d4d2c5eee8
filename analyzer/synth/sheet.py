"""The rows of one family while it is made: one array a column, rows named by their number."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]

NONE = -1  # no source, measure or day
DEFAULTS: dict[str, Any] = {
    "measure": 0,
    "value": 0.0,
    "style": 0,
    "form": 0,
    "as_of": NONE,
    "start": NONE,
    "published": NONE,
    "source": 0,
    "cited": 0,
    "via": NONE,
    "status": 0,
    "of": NONE,
    "page": 0,
    "gone": False,
    "scope": "",
    "note": "",
}
STATUSES = ("reported", "estimated", "planned", "revised")
REPORTED, ESTIMATED, PLANNED, REVISED = range(4)


class Sheet:
    """Rows of claims as columns; `sheet["value"]` is the column, rows are only ever added.

    A row that must not be printed is marked in `gone`, so that the numbers of rows hold.
    """

    def __init__(self) -> None:
        kinds = {"value": "float64", "gone": "bool", "scope": "object", "note": "object"}
        self._columns = {name: np.empty(0, dtype=kinds.get(name, "int64")) for name in DEFAULTS}

    def __getitem__(self, column: str) -> Any:
        """The array of one column, to be read and written."""
        return self._columns[column]

    def __len__(self) -> int:
        return len(self._columns["value"])

    def add(self, size: int, **columns: Any) -> Whole:
        """Append rows; a scalar stands for all of them. Returns their numbers."""
        first = len(self)
        for name, default in DEFAULTS.items():
            held = self._columns[name]
            more = np.empty(size, dtype=held.dtype)
            more[:] = columns.get(name, default)
            self._columns[name] = np.concatenate([held, more])
        return np.arange(first, first + size)

    def copy(self, rows: Whole, **changes: Any) -> Whole:
        """Append copies of rows with some columns changed. Returns the numbers of the copies."""
        same = {name: held[rows] for name, held in self._columns.items()}
        return self.add(len(rows), **(same | changes))
