"""Linear inequalities as they are gathered, and the matrix that they make."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analyzer.arrays import Floats, Integers
from analyzer.system.places import Place

HARD = -1  # in place of the number of an atom: a row that no claim states


class Rows:
    """Rows of A x >= b, each stated by an atom or following from a rule."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self.places: dict[Place, int] = {}
        self.rules: list[str] = []
        self._lengths, self._columns, self._values = array("q"), array("q"), array("d")
        self._bounds, self._atoms = array("d"), array("q")
        self.columns(places)

    def columns(self, places: Iterable[Place]) -> list[int]:
        """Numbers of some places."""
        known = self.places
        return [known.setdefault(place, len(known)) for place in places]

    def column(self, place: Place) -> int:
        """Number of a place; it becomes an unknown when it is first named."""
        return self.places.setdefault(place, len(self.places))

    def add(
        self, terms: Mapping[Place, float], bound: float, rule: str = "", atom: int = HARD
    ) -> None:
        """Add one row: the sum of the terms is at least the bound."""
        columns = [self.column(place) for place, number in terms.items() if number]
        values = [number for number in terms.values() if number]
        self.add_alike([columns], values, bound, rule, atom)

    def equal(self, terms: Mapping[Place, float], bound: float, rule: str) -> None:
        """Add two rows: the sum of the terms is the bound."""
        columns = [self.column(place) for place, number in terms.items() if number]
        self.equal_alike([columns], [number for number in terms.values() if number], bound, rule)

    def add_alike(
        self,
        columns: Sequence[Sequence[int]],
        values: Sequence[float],
        bound: float,
        rule: str,
        atom: int = HARD,
    ) -> None:
        """Add rows that differ in their columns only: the sum of each is at least the bound."""
        count = len(columns)
        for own in columns:
            self._columns.extend(own)
        self._lengths.extend([len(values)] * count)
        self._values.extend([*values] * count)
        self._bounds.extend([bound] * count)
        self._atoms.extend([atom] * count)
        self.rules += [rule] * count

    def equal_alike(
        self, columns: Sequence[Sequence[int]], values: Sequence[float], bound: float, rule: str
    ) -> None:
        """Add two rows for each of these columns: the sum of the terms is the bound."""
        count = 2 * len(columns)
        for own in columns:
            self._columns.extend([*own, *own])
        self._lengths.extend([len(values)] * count)
        self._values.extend([*values, *(-value for value in values)] * len(columns))
        self._bounds.extend([bound, -bound] * len(columns))
        self._atoms.extend([HARD] * count)
        self.rules += [rule] * count

    def bound(self, columns: Integers, bounds: Floats, values: Floats, atoms: Integers) -> None:
        """Add rows of one place each, that atoms state: value * place is at least the bound."""
        self._lengths.extend([1] * len(columns))
        self._columns.frombytes(columns.tobytes())
        self._values.frombytes(values.tobytes())
        self._bounds.frombytes(bounds.tobytes())
        self._atoms.frombytes(atoms.tobytes())
        self.rules += [""] * len(columns)

    def matrix(self) -> sparse.csr_array:
        """A, with a row for each inequality and a column for each place."""
        starts = np.append(0, np.cumsum(np.array(self._lengths, dtype=np.int64)))
        terms = np.array(self._values, dtype=np.float64), np.array(self._columns, dtype=np.int64)
        shape = (len(self.rules), len(self.places))
        made = sparse.csr_array((*terms, starts), shape=shape)
        made.sum_duplicates()
        return made

    def arrays(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
        """Right-hand sides and numbers of the atoms."""
        return np.array(self._bounds, dtype=np.float64), np.array(self._atoms, dtype=np.int64)
