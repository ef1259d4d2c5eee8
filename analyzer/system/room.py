"""What the claims of a part leave possible for each place, while all of them hold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from analyzer.system.forest import is_forest
from analyzer.system.parts import Atoms, Part
from analyzer.system.propagate import Ranges, behind, propagate
from analyzer.system.rows import HARD
from analyzer.system.solve import METHOD, NOISE, RELATIVE, TOUCHED, noise

FAR = 1e4  # times the largest figure: what a place without an upper bound is let grow to


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
