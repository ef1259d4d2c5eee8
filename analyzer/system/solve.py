"""Linear programs on one part of a system; the only file that calls the solver (HiGHS)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog
from scipy.sparse.csgraph import connected_components

from analyzer.system.build import System
from analyzer.system.forest import is_forest
from analyzer.system.points import Points
from analyzer.system.propagate import Ranges, behind, propagate
from analyzer.system.rows import HARD

METHOD = "highs-ds"  # dual simplex: its answers are corners, so few rows carry a proof
TOUCHED = 1e-13  # a row whose multiplier is smaller carries nothing; large factors make small ones
EXACT = 1e-7  # people: what the solver lets a row be missed by
NOISE = 1e-6  # people: what the solver may miss a bound by
FAR = 1e4  # times the largest figure: what a place without an upper bound is let grow to
RELATIVE = 1e-14  # of the largest figure: what rounding of numbers can add up to

Atoms = frozenset[int]


class ImpossibleRulesError(Exception):
    """Identities that contradict each other whatever the claims say; `names` holds their names."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True, slots=True)
class Part:
    """The rows and columns of one independent part.

    Attributes
    ----------
    number : int
        As in `System.part`.
    columns : array of int
        Numbers of its places in the system.
    rules, rule_bounds : csr_array, array
        Rows that no claim states.
    stated, stated_bounds, atom : csr_array, array, array of int
        Rows that atoms state, and which one states each.
    names : tuple of str
        Of each row of `rules` the identity or rule.
    stated_names : tuple of str
        Of each row of `stated` the identity that a share or ratio is put into, else "".
    rows : csr_array
        `rules` and below them `stated`.
    forest : bool
        Whether bounds alone decide it, see `forest.is_forest`.
    points : Points
        Figures that satisfy all rules, gathered by `refute` so that few questions need the solver.
    """

    number: int
    columns: npt.NDArray[np.int64]
    rules: sparse.csr_array
    rule_bounds: npt.NDArray[np.float64]
    stated: sparse.csr_array
    stated_bounds: npt.NDArray[np.float64]
    atom: npt.NDArray[np.int64]
    names: tuple[str, ...]
    stated_names: tuple[str, ...]
    rows: sparse.csr_array
    forest: bool
    points: Points = field(default_factory=Points, compare=False, repr=False)

    @property
    def atoms(self) -> Atoms:
        """Numbers of all atoms of the part."""
        return frozenset(self.atom.tolist())


def parts(system: System) -> Iterator[Part]:
    """The independent parts of a system that have an atom, in the order of their places."""
    row_part = _row_parts(system)
    hard = system.atom == HARD
    order = np.argsort(row_part, kind="stable")
    edges = np.searchsorted(row_part[order], np.arange(int(system.part.max(initial=-1)) + 2))
    by_column = np.argsort(system.part, kind="stable")
    starts = np.searchsorted(system.part[by_column], np.arange(len(edges)))
    for number in range(len(edges) - 1):
        rows = order[edges[number] : edges[number + 1]]
        columns = by_column[starts[number] : starts[number + 1]]
        of_rules, of_atoms = rows[hard[rows]], rows[~hard[rows]]
        if not of_atoms.size:
            continue
        matrix = _taken(system.matrix, np.concatenate([of_rules, of_atoms]), columns)
        yield Part(
            number=number,
            columns=columns,
            rows=matrix,
            forest=is_forest(matrix),
            rules=matrix[: of_rules.size],
            rule_bounds=system.bounds[of_rules],
            stated=matrix[of_rules.size :],
            stated_bounds=system.bounds[of_atoms],
            atom=system.atom[of_atoms],
            names=tuple(system.rules[row] for row in of_rules),
            stated_names=tuple(system.rules[row] for row in of_atoms),
        )


def part_of(found: Sequence[Part], number: int) -> Part | None:
    """The part of a number, of parts in the order of their numbers; None without an atom."""
    at = bisect_left(found, number, key=lambda part: part.number)
    return found[at] if at < len(found) and found[at].number == number else None


def _taken(
    matrix: sparse.csr_array, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]
) -> sparse.csr_array:
    """Rows of a matrix, of which all columns are among the given ones, which are in order."""
    taken = matrix[rows]
    places = np.searchsorted(columns, taken.indices)
    shape = (rows.size, columns.size)
    return sparse.csr_array((taken.data, places, taken.indptr), shape=shape)


def _row_parts(system: System) -> npt.NDArray[np.int64]:
    """Part of each row; a row without a place belongs to the first part."""
    starts = system.matrix.indptr
    filled = np.diff(starts) > 0
    found = np.zeros(len(system.bounds), dtype=np.int64)
    found[filled] = system.part[system.matrix.indices[starts[:-1][filled]]]
    return found


@dataclass(frozen=True, slots=True)
class Proof:
    """Rows that can't all hold, not necessarily as few as possible: atoms, and places of rules."""

    atoms: Atoms
    rules: npt.NDArray[np.int64]


def refute(
    part: Part, atoms: Collection[int], rules: npt.NDArray[np.int64] | None = None
) -> Proof | None:
    """Prove that atoms can't all hold; None if they can.

    The rows of atoms may be missed at a price, and the price is made as small as it can be; the
    rows with a multiplier then prove what can't be (Farkas' lemma; Gleeson & Ryan 1990, ORSA
    Journal on Computing 2).

    Parameters
    ----------
    rules : array of int, optional
        The rows of `part.rules` that count; all if left out.

    Raises
    ------
    ImpossibleRulesError
        When no figures at all satisfy the rules.
    """
    if part.points.satisfy(atoms):
        return None
    counted = np.arange(part.rules.shape[0]) if rules is None else rules
    kept = np.isin(part.atom, list(atoms))
    number, missed = counted.size, int(kept.sum())
    if not missed:
        return None
    left = part.rows[np.concatenate([counted, part.rules.shape[0] + np.flatnonzero(kept)])]
    right = np.concatenate([part.rule_bounds[counted], part.stated_bounds[kept]])
    if part.forest:
        ranges = propagate(left, right)
        if (ranges.low <= ranges.high).all():
            return None
    spoken_of, column = np.unique(left.indices, return_inverse=True)  # the other places are free
    size = spoken_of.size
    price = np.concatenate([np.zeros(size), np.ones(missed)])
    found = linprog(price, A_ub=-_elastic(left, column, number), b_ub=-right, method=METHOD)
    if found.status == 2:
        raise ImpossibleRulesError(_contradicting(part))
    if found.status:
        raise RuntimeError(f"the solver gave no answer: {found.message}")
    if rules is None:
        point = np.zeros(part.rules.shape[1])
        point[spoken_of] = found.x[:size]
        part.points.add(part.atom[part.stated @ point < part.stated_bounds - EXACT])
    if found.fun <= noise(part):
        return None
    touched = _one_proof(left, -found.ineqlin.marginals, right, number, noise(part))
    return Proof(frozenset(part.atom[kept][touched[number:]].tolist()), counted[touched[:number]])


def _one_proof(
    left: sparse.csr_array,
    multipliers: npt.NDArray[np.float64],
    right: npt.NDArray[np.float64],
    hard: int,
    least: float,
) -> npt.NDArray[np.bool_]:
    """Rows of one conflict, where the multipliers tell of several that share no place.

    Each of them is a proof of its own; the one whose last row of an atom comes first is taken.
    """
    touched = np.abs(multipliers) > TOUCHED
    rows = np.flatnonzero(touched)
    own = left[rows]
    spoken_of, column = np.unique(own.indices, return_inverse=True)
    shape = (rows.size, spoken_of.size)
    ties = sparse.csr_array((np.ones(column.size), column, own.indptr), shape=shape)
    count, label = connected_components(sparse.block_array([[None, ties], [ties.T, None]]))
    label = label[: rows.size]
    worth = np.bincount(label, multipliers[rows] * right[rows], minlength=count)
    last = np.full(count, -1)
    np.maximum.at(last, label, np.where(rows >= hard, rows, -1))
    proofs = np.flatnonzero((worth > least) & (last >= 0))
    if proofs.size > 1:
        touched[rows[label != proofs[np.argmin(last[proofs])]]] = False
    return touched


def _elastic(left: sparse.csr_array, column: npt.NDArray[np.int64], hard: int) -> sparse.csc_array:
    """Rows with renumbered columns; each after the hard ones with a column by which it is missed.

    Put together from its parts: stacking costs more than solving.
    """
    rows, size = left.shape[0], int(column.max(initial=-1)) + 1
    soft = np.arange(rows - hard)
    row = np.concatenate([np.repeat(np.arange(rows), np.diff(left.indptr)), hard + soft])
    values = np.concatenate([left.data, np.ones(soft.size)])
    columns = np.concatenate([column, size + soft])
    return sparse.csc_array((values, (row, columns)), shape=(rows, size + soft.size))


def _contradicting(part: Part) -> tuple[str, ...]:
    """Rules that no figures satisfy, as few as their names tell apart."""
    names = np.array(part.names)
    kept = np.ones(len(names), dtype=bool)
    for name in sorted(set(part.names)):
        rest = kept & (names != name)
        nothing = np.zeros(part.rules.shape[1])
        left, right = -part.rules[rest], -part.rule_bounds[rest]
        if rest.any() and linprog(nothing, A_ub=left, b_ub=right, method=METHOD).status == 2:
            kept = rest
    return tuple(sorted(set(names[kept].tolist())))


def noise(part: Part) -> float:
    """The distance below which two figures count as equal."""
    largest = max(np.abs(part.stated_bounds).max(initial=1.0), 1.0)
    return float(NOISE + RELATIVE * largest)


@dataclass(frozen=True, slots=True)
class End:
    """The smallest or largest value of a place, and what binds it."""

    value: float
    atoms: Atoms
    rules: tuple[str, ...]


class Room:
    """What the given atoms of a part leave possible, while all of them hold."""

    def __init__(self, part: Part, atoms: Collection[int]) -> None:
        kept = np.isin(part.atom, list(atoms))
        self._names = [
            *part.names,
            *(name for name, own in zip(part.stated_names, kept, strict=True) if own),
        ]
        self._atom = np.concatenate([np.full(len(part.names), HARD), part.atom[kept]])
        self._matrix = sparse.vstack([part.rules, part.stated[kept]], format="csr")
        self._bounds = np.concatenate([part.rule_bounds, part.stated_bounds[kept]])
        self._eased = self._bounds - noise(part) * (self._atom != HARD)
        self._column = {int(place): column for column, place in enumerate(part.columns)}
        self._noise = noise(part)
        self._ranges: Ranges | None = None
        self._forest: bool | None = None
        self._sure: dict[int, npt.NDArray[np.bool_]] = {}

    def survey(self) -> None:
        """Prepare the ends of all places at once, where many are asked for."""
        self._ranges = propagate(self._matrix, self._bounds)
        self._sure = {sign: self._reached(self._ranges, sign) for sign in (1, -1)}

    def ends(self, place: int) -> tuple[End, End] | None:
        """Smallest and largest value of a place of the system; None where not all atoms can hold.

        Infinite where nothing bounds it. What binds it are the rows that the bound rests on.
        """
        column = self._column[place]
        found = self._end(column, 1), self._end(column, -1)
        return None if found[0] is None or found[1] is None else (found[0], found[1])

    def range(self, place: int) -> tuple[float, float] | None:
        """As `ends`, without what binds them."""
        if self._forest is None:
            self._forest = is_forest(self._matrix)
            self._ranges = propagate(self._matrix, self._bounds) if self._forest else None
        ranges, column = self._ranges, self._column[place]
        if ranges is not None and self._forest and (ranges.low <= ranges.high).all():
            return _clean(float(ranges.low[column])), _clean(float(ranges.high[column]))
        ends = self.ends(place)
        return None if ends is None else (ends[0].value, ends[1].value)

    def _end(self, column: int, sign: int) -> End | None:
        ranges = self._ranges
        if ranges is not None and self._sure and self._sure[sign][column]:
            value = float((ranges.low if sign > 0 else ranges.high)[column])
            return self._told(value, sorted(behind(self._matrix, ranges, column, sign > 0)))
        return self._solved(column, sign)

    def _solved(self, column: int, sign: int) -> End | None:
        aim = np.zeros(self._matrix.shape[1])
        aim[column] = sign
        for bounds in (self._bounds, self._eased):  # what `refute` lets pass must fit here too
            found = linprog(aim, A_ub=-self._matrix, b_ub=-bounds, method=METHOD)
            if found.status != 2:
                break
        if found.status == 2:
            return None
        if found.status == 3:
            return End(-sign * np.inf, frozenset(), ())
        rows = np.flatnonzero(np.abs(found.ineqlin.marginals) > TOUCHED)
        return self._told(sign * float(found.fun), rows.tolist())

    def _told(self, value: float, rows: list[int]) -> End:
        atoms = {int(self._atom[row]) for row in rows} - {HARD}
        names = {self._names[row] for row in rows} - {""}
        return End(_clean(value), frozenset(atoms), tuple(sorted(names)))

    def _reached(self, ranges: Ranges, sign: int) -> npt.NDArray[np.bool_]:
        """Columns whose propagated bound one and the same solution reaches: it is exact there.

        Places without a bound are held below a figure far above all others; one that reaches it
        has none.
        """
        far = FAR * max(np.abs(self._bounds).max(initial=1.0), 1.0)
        far = max(far, FAR * ranges.high[np.isfinite(ranges.high)].max(initial=1.0))
        limits = np.column_stack([ranges.low, np.minimum(ranges.high, far)])
        aim = np.full(self._matrix.shape[1], float(sign))
        if (limits[:, 0] > limits[:, 1]).any():
            return np.zeros(len(aim), dtype=bool)
        found = linprog(aim, A_ub=-self._matrix, b_ub=-self._bounds, bounds=limits, method=METHOD)
        if found.status != 0:
            return np.zeros(len(aim), dtype=bool)
        goal = limits[:, 0] if sign > 0 else limits[:, 1]
        return np.asarray(np.abs(found.x - goal) <= self._noise)


def _clean(value: float) -> float:
    """A whole number where the solver missed one by less than it can tell."""
    if np.isinf(value):
        return value
    whole = round(value)
    return float(whole) if abs(value - whole) <= NOISE + RELATIVE * abs(value) else value
