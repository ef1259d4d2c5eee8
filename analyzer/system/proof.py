"""What the other claims of a minimal set leave for each of its figures."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analyzer.system.atoms import EDGE
from analyzer.system.build import System
from analyzer.system.nearest import nearest
from analyzer.system.parts import Atoms, Part, Parts
from analyzer.system.places import Place
from analyzer.system.room import Room, ranges
from analyzer.system.rules import STRUCTURE
from analyzer.system.search import Search
from analyzer.system.solve import refute
from analyzer.system.table import rows_of

NOTHING = (float("nan"), float("nan"))
FREE = 1e-9  # weight of a figure that no claim of the set states, beside the lightest of them


class Step(NamedTuple):
    """One figure of a minimal set.

    `low` and `high` are what it allows, `implied_*` what the others of the set leave for it,
    `elsewhere_*` what the kept claims outside the set leave for it; `nearest` is the figure at
    which the set agrees when each moves as little as it can.
    """

    atom: int
    low: float
    high: float
    implied_low: float
    implied_high: float
    elsewhere_low: float
    elsewhere_high: float
    nearest: float


class Proof(NamedTuple):
    """Why some atoms can't all hold: the identities and rules used, and a step an atom."""

    rules: tuple[str, ...]
    steps: tuple[Step, ...]


def prove(
    found: Search, atoms: Atoms, system: System | None = None, *, elsewhere: bool = True
) -> Proof:
    """Explain one minimal set.

    Parameters
    ----------
    found : Search
        Of the whole dossier; says what other claims leave.
    system : System, optional
        The system that the atoms belong to; that of the dossier if left out.
    elsewhere : bool
        Whether to tell what other claims leave, for which all removals have to be known.

    Raises
    ------
    ValueError
        When the atoms can all hold.
    """
    if system is None or system is found.system:
        system = found.system
        if atoms not in found.proofs:
            found.proofs[atoms] = _prove(found, atoms, system, found.parts)
        proof: Proof = found.proofs[atoms]
    else:
        proof = _prove(found, atoms, system, Parts(system))
    return _beside_the_rest(found, proof, system) if elsewhere else proof


def _prove(found: Search, atoms: Atoms, system: System, among: Parts) -> Proof:
    number = system.part[system.column[system.atoms[min(atoms)].place]]
    part = among.of(int(number))
    assert part is not None  # it has these atoms
    names = _needed(part, atoms)
    rows = np.flatnonzero([name in names for name in part.names])
    refuted = refute(part, atoms, rows, doubted=True)
    if refuted is None:
        raise ValueError("these claims can all be true")
    steps = _steps(found, system, part, atoms)
    near = _nearest(part, system, steps, refuted.rules)
    for atom, name in zip(part.atom, part.stated_names, strict=True):
        names |= {name} if name and atom in atoms else set()
    names -= set(STRUCTURE) - {part.names[row] for row in refuted.rules}
    return Proof(
        tuple(sorted(names)), tuple(step._replace(nearest=near[step.atom]) for step in steps)
    )


def _needed(part: Part, atoms: Atoms) -> set[str]:
    """Identities and rules without which these claims could all be true; in doubt the fewest.

    Those of the kind of a measure, which need no identity, are tried to be left out last.
    """
    refuted = refute(part, atoms, doubted=True)
    if refuted is None:
        raise ValueError("these claims can all be true")
    needed = {part.names[row] for row in refuted.rules}
    for name in sorted(needed, key=lambda name: (name in STRUCTURE, name)):
        rest = needed - {name}
        rows = np.flatnonzero([one in rest or one in STRUCTURE for one in part.names])
        if name not in STRUCTURE and refute(part, atoms, rows):
            needed = rest | set(STRUCTURE)
    return needed


def _steps(found: Search, system: System, part: Part, atoms: Atoms) -> list[Step]:
    """Each figure with what the others leave for it; of a factor that is put in that is unknown."""
    columns = {number: system.column[system.atoms[number].place] for number in sorted(atoms)}
    asked = [number for number, column in columns.items() if not _is_factor(part, number, column)]
    rooms = [(Room(part, atoms - {number}), columns[number]) for number in asked]
    implied = dict(zip(asked, ranges(rooms), strict=True))
    steps = []
    for number in columns:
        atom = system.atoms[number]
        left = _inside(implied.get(number) or NOTHING, atom.place.measure in found.counted)
        steps.append(Step(number, atom.low, atom.high, *left, *NOTHING, float("nan")))
    return steps


def _beside_the_rest(found: Search, proof: Proof, system: System) -> Proof:
    """A proof with what the kept claims outside of it leave for each figure."""
    atoms = [system.atoms[step.atom] for step in proof.steps]
    others = _Elsewhere(found, {claim for atom in atoms for claim in atom.claims})
    steps = []
    for step, atom in zip(proof.steps, atoms, strict=True):
        low = high = float("nan")
        if not np.isnan(step.implied_low):
            whole = atom.place.measure in found.counted
            low, high = _inside(others.leave_for(atom.place), whole)
        steps.append(step._replace(elsewhere_low=low, elsewhere_high=high))
    return Proof(proof.rules, tuple(steps))


class _Elsewhere:
    """What the kept claims of the dossier, but for those of a set, leave for a place."""

    def __init__(self, found: Search, claims: set[str]) -> None:
        self.found = found
        self._claims = claims
        self._rooms: dict[int, Room | None] = {}

    def leave_for(self, place: Place) -> tuple[float, float]:
        column = self.found.system.column.get(place)
        if column is None:
            return NOTHING
        number = int(self.found.system.part[column])
        if number not in self._rooms:
            self._rooms[number] = self._room(number)
        room = self._rooms[number]
        return NOTHING if room is None else room.range(column) or NOTHING

    def _room(self, number: int) -> Room | None:
        part = self.found.parts.of(number)
        if part is None:
            return None
        atoms = self.found.system.atoms
        kept = self.found.kept & part.atoms
        return Room(part, [one for one in kept if self._claims.isdisjoint(atoms[one].claims)])


def _inside(bounds: tuple[float, float], whole: bool) -> tuple[float, float]:
    """Bounds of what is counted as whole numbers, where there is one between them."""
    low, high = bounds
    least, most = np.ceil(low - EDGE), np.floor(high + EDGE)
    return (float(least) + 0.0, float(most)) if whole and least <= most else bounds


def _is_factor(part: Part, number: int, place: int) -> bool:
    """Whether an atom is a share or ratio that is put in: it says more than bounds of its place."""
    rows = rows_of(part.rows, len(part.names) + np.flatnonzero(part.atom == number))
    return bool((part.columns[rows.indices] != place).any())


def _nearest(
    part: Part, system: System, steps: list[Step], rules: npt.NDArray[np.int64]
) -> dict[int, float]:
    """The figures at which all agree, moved as little as can be, in proportion to their size.

    Each claim starts from the end that faces the others; shares and ratios that are put in stay.
    """
    fixed = [step.atom for step in steps if np.isnan(step.implied_low)]
    put_in = np.isin(part.atom, fixed)
    rows = np.append(rules, len(part.names) + np.flatnonzero(put_in))
    matrix = rows_of(part.rows, rows).dense()
    own = [system.column[system.atoms[step.atom].place] for step in steps]
    used = np.flatnonzero((matrix != 0).any(axis=0) | np.isin(part.columns, own))
    matrix = np.vstack([matrix[:, used], np.eye(len(used))])  # no figure is below 0
    bounds = np.concatenate(
        [part.rule_bounds[rules], part.stated_bounds[put_in], np.zeros(len(used))]
    )
    start, weights = np.zeros(matrix.shape[1]), np.full(matrix.shape[1], np.inf)
    column = {int(place): at for at, place in enumerate(part.columns[used])}
    places = {step.atom: column[system.column[system.atoms[step.atom].place]] for step in steps}
    for step in steps:
        if step.atom not in fixed:
            start[places[step.atom]] = _facing(step)
            weights[places[step.atom]] = 1.0 / max(_facing(step), 1.0)
    free = np.isinf(weights)
    weights[free] = FREE * weights[~free].min(initial=1.0)
    moved = nearest(matrix, bounds, start, weights)
    return {
        step.atom: float("nan") if step.atom in fixed else float(moved[places[step.atom]])
        for step in steps
    }


def _facing(step: Step) -> float:
    """The end of a claim that is nearest to what the others leave for it."""
    if step.low > step.implied_high or np.isinf(step.high):
        return step.low
    return step.high
