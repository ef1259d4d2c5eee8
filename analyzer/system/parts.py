"""The independent parts of a system, each made when it is first asked for.

In a large dossier nearly all parts hold, which is seen without making them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analyzer.arrays import Integers, Truths
from analyzer.system.build import System
from analyzer.system.forest import is_forest
from analyzer.system.points import Points
from analyzer.system.rows import HARD
from analyzer.system.table import Table, rows_of

Atoms = frozenset[int]


@dataclass(frozen=True, slots=True)
class Part:
    """The rows and columns of one independent part.

    Attributes
    ----------
    number : int
        As in `System.part`.
    columns : array of int
        Numbers of its places in the system.
    rows : Table
        Rows that no claim states, and below them those that atoms state.
    names, rule_bounds : tuple of str, array
        Of each row that no claim states the identity or rule, and its bound.
    stated_names, stated_bounds, atom : tuple of str, array, array of int
        Of each row that an atom states the identity that a share or ratio is put into, else "";
        its bound; and which atom.
    forest : bool
        Whether bounds alone decide it, see `forest.is_forest`.
    points : Points
        Figures that satisfy all rules, gathered by `refute` so that few questions need the solver.
    """

    number: int
    columns: npt.NDArray[np.int64]
    rows: Table
    names: tuple[str, ...]
    rule_bounds: npt.NDArray[np.float64]
    stated_names: tuple[str, ...]
    stated_bounds: npt.NDArray[np.float64]
    atom: npt.NDArray[np.int64]
    forest: bool
    points: Points = field(default_factory=Points, compare=False, repr=False)

    @property
    def atoms(self) -> Atoms:
        """Numbers of all atoms of the part."""
        return frozenset(self.atom.tolist())

    def stated_by(self, atoms: Collection[int]) -> Truths:
        """Which rows these atoms state, among those that atoms state."""
        numbers = np.fromiter(atoms, dtype=np.int64, count=len(atoms))
        top = max(numbers.max(initial=0), self.atom.max(initial=0))
        among = np.zeros(top + 1, dtype=np.bool_)
        among[numbers] = True
        return among[self.atom]


class Parts:
    """The parts of a system that have an atom, in the order of their places.

    Attributes
    ----------
    system : System
    numbers : array of int
        Their numbers, as in `System.part`.
    row_part : array of int
        Part of each row of the system; a row without a place belongs to the first part.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.row_part = _row_parts(system)
        count = int(system.part.max(initial=-1)) + 1
        said = system.atom != HARD
        self.numbers = np.flatnonzero(np.bincount(self.row_part[said], minlength=count))
        self._rows = np.lexsort((said, self.row_part))  # rules first
        self._edges = _edges(self.row_part, count)
        self._rules = np.bincount(self.row_part[~said], minlength=count)
        self._columns = np.argsort(system.part, kind="stable")
        self._starts = _edges(system.part, count)
        self._made: dict[int, Part] = {}
        self._known = np.zeros(count, dtype=np.bool_)
        self._missed = np.zeros(len(system.atoms), dtype=np.bool_)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.numbers)

    def __iter__(self) -> Iterator[Part]:
        """Make all of them."""
        return map(self._part, self.numbers.tolist())

    def of(self, number: int) -> Part | None:
        """The part of a number; None where it has no atom."""
        at = int(np.searchsorted(self.numbers, number))
        found = at < len(self.numbers) and self.numbers[at] == number
        return self._part(number) if found else None

    def learn(self, numbers: Integers, missed: Truths) -> None:
        """Remember figures of some parts that satisfy all rules, and all atoms but the given ones.

        Parts that are made later know of them.
        """
        self._known[numbers] = True
        self._missed = missed

    def doubtful(self, among: Integers, atoms: Truths) -> Integers:
        """Parts of which no figures are known that satisfy these atoms."""
        open_ = self._missed & atoms
        of_atom = np.zeros(len(atoms), dtype=np.int64)
        said = self.system.atom != HARD
        of_atom[self.system.atom[said]] = self.row_part[said]
        doubted = ~self._known
        doubted[of_atom[open_]] = True
        return among[doubted[among]]

    def _part(self, number: int) -> Part:
        if number not in self._made:
            self._made[number] = self._make(number)
        return self._made[number]

    def _make(self, number: int) -> Part:
        system, rules = self.system, int(self._rules[number])
        rows = self._rows[self._edges[number] : self._edges[number + 1]]
        columns = self._columns[self._starts[number] : self._starts[number + 1]]
        of_rules, of_atoms = rows[:rules], rows[rules:]
        taken = rows_of(system.matrix, rows)
        places = np.searchsorted(columns, taken.indices).astype(np.int32)
        matrix = taken._replace(indices=places, shape=(len(rows), len(columns)))
        part = Part(
            number=number,
            columns=columns,
            rows=matrix,
            forest=is_forest(matrix),
            rule_bounds=system.bounds[of_rules],
            stated_bounds=system.bounds[of_atoms],
            atom=system.atom[of_atoms],
            names=tuple(map(system.rules.__getitem__, of_rules.tolist())),
            stated_names=tuple(map(system.rules.__getitem__, of_atoms.tolist())),
        )
        if self._known[number]:
            part.points.add(np.unique(part.atom[self._missed[part.atom]]))
        return part


def _edges(numbers: Integers, count: int) -> Integers:
    """Where the members of each number begin and end, when they are put in order."""
    return np.concatenate([[0], np.cumsum(np.bincount(numbers, minlength=count))])


def _row_parts(system: System) -> Integers:
    """Part of each row; a row without a place belongs to the first part."""
    starts = system.matrix.indptr
    filled = np.diff(starts) > 0
    found = np.zeros(len(system.bounds), dtype=np.int64)
    found[filled] = system.part[system.matrix.indices[starts[:-1][filled]]]
    return found
