"""What the claims of a part leave possible for each place, while all of them hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analyzer.system.forest import is_forest
from analyzer.system.parts import Atoms, Part
from analyzer.system.programs import ENDLESS, IMPOSSIBLE, SOLVED, minimize
from analyzer.system.propagate import Ranges, behind, propagate
from analyzer.system.rows import HARD
from analyzer.system.solve import NOISE, RELATIVE, TOUCHED, noise
from analyzer.system.table import apart, rows_of

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
        kept = part.stated_by(atoms)
        self._names = [
            *part.names,
            *(name for name, own in zip(part.stated_names, kept, strict=True) if own),
        ]
        self._atom = np.concatenate([np.full(len(part.names), HARD), part.atom[kept]])
        every = np.append(np.ones(len(part.names), dtype=np.bool_), kept)
        self._matrix = rows_of(part.rows, np.flatnonzero(every))
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
        decided = self._decided(place)
        if decided is not None:
            return decided
        ends = self.ends(place)
        return None if ends is None else (ends[0].value, ends[1].value)

    def _decided(self, place: int) -> tuple[float, float] | None:
        """The range of a place where bounds alone decide it."""
        if self._forest is None:
            self._forest = is_forest(self._matrix)
            self._ranges = propagate(self._matrix, self._bounds) if self._forest else None
        ranges, column = self._ranges, self._column[place]
        if ranges is None or not self._forest or (ranges.low > ranges.high).any():
            return None
        return _clean(float(ranges.low[column])), _clean(float(ranges.high[column]))

    def _end(self, column: int, sign: int) -> End | None:
        ranges = self._ranges
        if ranges is not None and self._sure and self._sure[sign][column]:
            value = float((ranges.low if sign > 0 else ranges.high)[column])
            return self._told(value, sorted(behind(self._matrix, ranges, column, sign > 0)))
        return self._solved(column, sign)

    def _solved(self, column: int, sign: int) -> End | None:
        aim = np.zeros(self._matrix.shape[1])
        aim[column] = sign
        endless = np.full(len(aim), np.inf)
        for bounds in (self._bounds, self._eased):  # what `refute` lets pass must fit here too
            found = minimize(aim, self._matrix, bounds, np.zeros(len(aim)), endless)
            if found.status != IMPOSSIBLE:
                break
        if found.status == IMPOSSIBLE:
            return None
        if found.status == ENDLESS:
            return End(-sign * np.inf, frozenset(), ())
        rows = np.flatnonzero(np.abs(found.multipliers) > TOUCHED)
        return self._told(sign * found.value, rows.tolist())

    def _told(self, value: float, rows: list[int]) -> End:
        atoms = {int(self._atom[row]) for row in rows} - {HARD}
        names = {self._names[row] for row in rows} - {""}
        return End(_clean(value), frozenset(atoms), tuple(sorted(names)))

    def _far(self) -> float:
        return float(FAR * max(np.abs(self._bounds).max(initial=1.0), 1.0))

    def _reached(self, ranges: Ranges, sign: int) -> npt.NDArray[np.bool_]:
        """Columns whose propagated bound one and the same solution reaches: it is exact there.

        Places without a bound are held below a figure far above all others; one that reaches it
        has none.
        """
        far = max(self._far(), FAR * ranges.high[np.isfinite(ranges.high)].max(initial=1.0))
        limits = np.column_stack([ranges.low, np.minimum(ranges.high, far)])
        aim = np.full(self._matrix.shape[1], float(sign))
        if (limits[:, 0] > limits[:, 1]).any():
            return np.zeros(len(aim), dtype=bool)
        found = minimize(aim, self._matrix, self._bounds, *limits.T.copy())
        if found.status != SOLVED:
            return np.zeros(len(aim), dtype=bool)
        goal = limits[:, 0] if sign > 0 else limits[:, 1]
        return np.asarray(np.abs(found.figures - goal) <= self._noise)


def ranges(asked: Sequence[tuple[Room, int]]) -> list[tuple[float, float] | None]:
    """As `Room.range` of each room and place, by one program for all that need one."""
    found = [room._decided(place) for room, place in asked]
    open_ = [at for at, one in enumerate(found) if one is None]
    for at, one in zip(open_, _at_once([asked[at] for at in open_]), strict=True):
        found[at] = one
    return found


def _at_once(asked: Sequence[tuple[Room, int]]) -> Sequence[tuple[float, float] | None]:
    """The ranges of rooms that share no unknown: one program has two blocks for each of them.

    The largest value is held below a figure far above all others. Where it gets there, or not all
    blocks have a solution, each room is asked by itself.
    """
    rooms = [room for room, _ in asked for _ in (0, 1)]
    if not rooms:
        return []
    sizes = [room._matrix.shape[1] for room in rooms]
    starts = np.cumsum([0, *sizes])
    aimed = starts[:-1] + [room._column[place] for room, place in asked for _ in (0, 1)]
    aim, high = np.zeros(starts[-1]), np.full(starts[-1], np.inf)
    aim[aimed[::2]], aim[aimed[1::2]] = 1.0, -1.0
    high[aimed[1::2]] = far = np.array([room._far() for room, _ in asked])
    bounds = np.concatenate([room._bounds for room in rooms])
    answer = minimize(
        aim, apart([room._matrix for room in rooms]), bounds, np.zeros(len(high)), high
    )
    if answer.status:
        return [room.range(place) for room, place in asked]
    least, most = answer.figures[aimed[::2]], answer.figures[aimed[1::2]]
    found = []
    for (room, place), low, up, end in zip(asked, least.tolist(), most.tolist(), far, strict=True):
        above = _clean(up) if up < end / 2 else _unheld(room, place)
        found.append((_clean(low), above))
    return found


def _unheld(room: Room, place: int) -> float:
    """The largest value of a place, however far it is."""
    end = room._end(room._column[place], -1)
    return np.inf if end is None else end.value


def _clean(value: float) -> float:
    """A whole number where the solver missed one by less than it can tell."""
    if np.isinf(value):
        return value
    whole = round(value)
    return float(whole) if abs(value - whole) <= NOISE + RELATIVE * abs(value) else value
