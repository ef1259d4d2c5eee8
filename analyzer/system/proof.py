"""What the other claims of a minimal set leave for each of its figures."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analyzer.system.atoms import EDGE
from analyzer.system.build import System
from analyzer.system.nearest import nearest
from analyzer.system.places import Place
from analyzer.system.rules import STRUCTURE
from analyzer.system.search import Search
from analyzer.system.solve import Atoms, Part, Room, parts, refute

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


def prove(found: Search, atoms: Atoms, system: System | None = None) -> Proof:
    """Explain one minimal set.

    Parameters
    ----------
    found : Search
        Of the whole dossier; says what other claims leave.
    system : System, optional
        The system that the atoms belong to; that of the dossier if left out.

    Raises
    ------
    ValueError
        When the atoms can all hold.
    """
    system = system or found.system
    number = system.part[system.column[system.atoms[min(atoms)].place]]
    part = next(part for part in parts(system) if part.number == number)
    names = _needed(part, atoms)
    rows = np.flatnonzero([name in names for name in part.names])
    refuted = refute(part, atoms, rows)
    if refuted is None:
        raise ValueError("these claims can all be true")
    claims = {claim for number in atoms for claim in system.atoms[number].claims}
    steps = [_step(found, system, part, atoms, number, claims) for number in sorted(atoms)]
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
    refuted = refute(part, atoms)
    if refuted is None:
        raise ValueError("these claims can all be true")
    needed = {part.names[row] for row in refuted.rules}
    for name in sorted(needed, key=lambda name: (name in STRUCTURE, name)):
        rest = needed - {name}
        rows = np.flatnonzero([one in rest or one in STRUCTURE for one in part.names])
        if name not in STRUCTURE and refute(part, atoms, rows):
            needed = rest | set(STRUCTURE)
    return needed


def _step(
    found: Search, system: System, part: Part, atoms: Atoms, number: int, claims: set[str]
) -> Step:
    atom = system.atoms[number]
    column = system.column[atom.place]
    implied = elsewhere = NOTHING
    if not _is_factor(part, number, column):
        implied = _range(Room(part, atoms - {number}), column)
        elsewhere = _elsewhere(found, atom.place, claims)
    whole = atom.place.measure in found.counted
    left = *_inside(implied, whole), *_inside(elsewhere, whole)
    return Step(number, atom.low, atom.high, *left, float("nan"))


def _elsewhere(found: Search, place: Place, claims: set[str]) -> tuple[float, float]:
    """What the kept claims of the dossier, but for the given ones, leave for a place."""
    column = found.system.column.get(place)
    if column is None:
        return NOTHING
    number = found.system.part[column]
    part = next((part for part in found.parts if part.number == number), None)
    if part is None:
        return NOTHING
    kept = found.kept & part.atoms
    others = [n for n in kept if claims.isdisjoint(found.system.atoms[n].claims)]
    return _range(Room(part, others), column)


def _range(room: Room, place: int) -> tuple[float, float]:
    ends = room.ends(place)
    return NOTHING if ends is None else (ends[0].value, ends[1].value)


def _inside(bounds: tuple[float, float], whole: bool) -> tuple[float, float]:
    """Bounds of what is counted as whole numbers, where there is one between them."""
    low, high = bounds
    least, most = np.ceil(low - EDGE), np.floor(high + EDGE)
    return (float(least) + 0.0, float(most)) if whole and least <= most else bounds


def _is_factor(part: Part, number: int, place: int) -> bool:
    """Whether an atom is a share or ratio that is put in: it says more than bounds of its place."""
    rows = part.stated[part.atom == number]
    return bool((part.columns[rows.indices] != place).any())


def _nearest(
    part: Part, system: System, steps: list[Step], rules: npt.NDArray[np.int64]
) -> dict[int, float]:
    """The figures at which all agree, moved as little as can be, in proportion to their size.

    Each claim starts from the end that faces the others; shares and ratios that are put in stay.
    """
    fixed = [step.atom for step in steps if np.isnan(step.implied_low)]
    put_in = np.isin(part.atom, fixed)
    matrix = sparse.vstack([part.rules[rules], part.stated[put_in]]).toarray()
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
