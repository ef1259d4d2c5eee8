"""Linear inequalities as they are gathered, and the matrix that they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

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
        self._row: list[int] = []
        self._column: list[int] = []
        self._value: list[float] = []
        self.bounds: list[float] = []
        self.atoms: list[int] = []
        self.rules: list[str] = []
        for place in places:
            self.column(place)

    def column(self, place: Place) -> int:
        """Number of a place; it becomes an unknown when it is first named."""
        return self.places.setdefault(place, len(self.places))

    def add(
        self, terms: Mapping[Place, float], bound: float, rule: str = "", atom: int = HARD
    ) -> None:
        """Add one row: the sum of the terms is at least the bound."""
        columns = [self.column(place) for place, number in terms.items() if number]
        self._add(columns, [number for number in terms.values() if number], bound, rule, atom)

    def _add(
        self, columns: list[int], values: list[float], bound: float, rule: str, atom: int
    ) -> None:
        self._row += [len(self.bounds)] * len(columns)
        self._column += columns
        self._value += values
        self.bounds.append(bound)
        self.atoms.append(atom)
        self.rules.append(rule)

    def bound(self, columns: Integers, bounds: Floats, values: Floats, atoms: Integers) -> None:
        """Add rows of one place each, that atoms state: value * place is at least the bound."""
        here = len(self.bounds)
        self._row += range(here, here + len(columns))
        self._column += columns.tolist()
        self._value += values.tolist()
        self.bounds += bounds.tolist()
        self.atoms += atoms.tolist()
        self.rules += [""] * len(columns)

    def rise(self, columns: Sequence[int], rule: str) -> None:
        """Add rows: each of these columns is at least the one before it."""
        steps = len(columns) - 1
        here = len(self.bounds)
        for at, (earlier, later) in enumerate(pairwise(columns), here):
            self._row += (at, at)
            self._column += (later, earlier)
        self._value += (1.0, -1.0) * steps
        self.bounds += [0.0] * steps
        self.atoms += [HARD] * steps
        self.rules += [rule] * steps

    def equal(self, terms: Mapping[Place, float], bound: float, rule: str) -> None:
        """Add two rows: the sum of the terms is the bound."""
        columns = [self.column(place) for place, number in terms.items() if number]
        values = [number for number in terms.values() if number]
        self._add(columns, values, bound, rule, HARD)
        self._add(columns, [-number for number in values], -bound, rule, HARD)

    def matrix(self) -> sparse.csr_array:
        """A, with a row for each inequality and a column for each place."""
        shape = (len(self.bounds), len(self.places))
        made = sparse.csr_array((self._value, (self._row, self._column)), shape=shape)
        made.sum_duplicates()
        return made

    def arrays(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
        """Right-hand sides and numbers of the atoms."""
        return np.asarray(self.bounds, dtype=np.float64), np.asarray(self.atoms, dtype=np.int64)
