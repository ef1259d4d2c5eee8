"""Linear programs on one part of a system: what can't all hold, and which rows prove it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analyzer.system.parts import Atoms, Part
from analyzer.system.programs import IMPOSSIBLE, minimize
from analyzer.system.propagate import propagate
from analyzer.system.satisfy import crossing, narrowed, satisfying
from analyzer.system.table import Numbers, Table, renumbered, rows_of, tied, times

TOUCHED = 1e-13  # a row whose multiplier is smaller carries nothing; large factors make small ones
EXACT = 1e-7  # people: what the solver lets a row be missed by
NOISE = 1e-6  # people: what the solver may miss a bound by
RELATIVE = 1e-14  # of the largest figure: what rounding of numbers can add up to


class ImpossibleRulesError(Exception):
    """Identities that contradict each other whatever the claims say; `names` holds their names."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True, slots=True)
class Proof:
    """Rows that can't all hold, not necessarily as few as possible: atoms, and places of rules."""

    atoms: Atoms
    rules: npt.NDArray[np.int64]


def refute(
    part: Part,
    atoms: Collection[int],
    rules: npt.NDArray[np.int64] | None = None,
    *,
    doubted: bool = False,
) -> Proof | None:
    """Prove that atoms can't all hold; None if they can.

    The rows of atoms may be missed at a price, and the price is made as small as it can be; the
    rows with a multiplier then prove what can't be (Farkas' lemma; Gleeson & Ryan 1990, ORSA
    Journal on Computing 2).

    Parameters
    ----------
    rules : array of int, optional
        The rows that no atom states which count; all if left out.
    doubted : bool
        Whether it is likely that they can't: then figures are not sought first. Changes no answer.

    Raises
    ------
    ImpossibleRulesError
        When no figures at all satisfy the rules.
    """
    if part.points.satisfy(atoms):
        return None
    counted = np.arange(len(part.names)) if rules is None else rules
    kept = part.stated_by(atoms)
    if not kept.any():
        return None
    rows = np.concatenate([counted, len(part.names) + np.flatnonzero(kept)])
    left = rows_of(part.rows, rows)
    right = np.concatenate([part.rule_bounds[counted], part.stated_bounds[kept]])
    if part.forest:
        ranges = propagate(left, right)
        if (ranges.low <= ranges.high).all():
            return None
    elif not doubted and (found := satisfying(left, right, noise(part))) is not None:
        if rules is None:
            remember(part, found)
        return None
    figures, multipliers = _least_missed(part, left, right, counted.size)
    if rules is None:
        remember(part, figures)
    if multipliers is None:
        return None
    touched = _one_proof(left, multipliers, right, counted.size, noise(part))
    atoms_ = part.atom[kept][touched[counted.size :]]
    return Proof(frozenset(atoms_.tolist()), counted[touched[: counted.size]])


def fits(part: Part, atoms: Collection[int]) -> bool:
    """Whether atoms can all hold: as `refute`, where the proof isn't wanted.

    Bounds that come to lie crosswise, when each atom may be missed by what no proof can be made
    of, spare the program.
    """
    if part.points.satisfy(atoms):
        return True
    kept = np.append(np.ones(len(part.names), dtype=np.bool_), part.stated_by(atoms))
    eased = np.concatenate([part.rule_bounds, part.stated_bounds - noise(part)])
    if crossing(*narrowed(rows_of(part.rows, np.flatnonzero(kept)), eased[kept])).size:
        return False
    return refute(part, atoms) is None


def _least_missed(
    part: Part, left: Table, right: npt.NDArray[np.float64], hard: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64] | None]:
    """Figures that miss the rows of atoms by as little as can be, and the multipliers of the rows.

    Without multipliers where they miss none.
    """
    spoken_of, column = renumbered(left.indices, left.shape[1])  # the other places are free
    size = spoken_of.size
    price = np.concatenate([np.zeros(size), np.ones(left.shape[0] - hard)])
    none, endless = np.zeros(price.size), np.full(price.size, np.inf)
    found = minimize(price, _elastic(left, column, hard), right, none, endless)
    if found.status == IMPOSSIBLE:
        raise ImpossibleRulesError(_contradicting(part))
    if found.status:
        raise RuntimeError(f"the solver gave no answer: {found.message}")
    figures = np.zeros(left.shape[1])
    figures[spoken_of] = found.figures[:size]
    return figures, None if found.value <= noise(part) else found.multipliers


def remember(part: Part, figures: npt.NDArray[np.float64]) -> None:
    """Let a part know of figures that satisfy all its rules."""
    stated = times(part.rows, figures)[len(part.names) :]
    part.points.add(part.atom[stated < part.stated_bounds - EXACT])


def _one_proof(
    left: Table,
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
    label = tied(rows_of(left, rows))
    worth = np.bincount(label, multipliers[rows] * right[rows], minlength=len(rows))
    last = np.full(len(rows), -1)
    np.maximum.at(last, label, np.where(rows >= hard, rows, -1))
    proofs = np.flatnonzero((worth > least) & (last >= 0))
    if proofs.size > 1:
        touched[rows[label != proofs[np.argmin(last[proofs])]]] = False
    return touched


def _elastic(left: Table, column: Numbers, hard: int) -> Table:
    """Rows with renumbered columns, and a column more by which each row of an atom is missed."""
    rows, size = left.shape[0], int(column.max(initial=-1)) + 1
    soft = np.arange(rows - hard)
    ends = left.indptr[hard + 1 :]
    values, columns = np.insert(left.data, ends, 1.0), np.insert(column, ends, size + soft)
    starts = left.indptr + np.maximum(np.arange(rows + 1) - hard, 0)
    return Table(starts, columns, values, (rows, size + soft.size))


def _contradicting(part: Part) -> tuple[str, ...]:
    """Rules that no figures satisfy, as few as their names tell apart."""
    names = np.array(part.names)
    kept = np.ones(len(names), dtype=bool)
    for name in sorted(set(part.names)):
        rest = kept & (names != name)
        none, endless = np.zeros(len(part.columns)), np.full(len(part.columns), np.inf)
        left, right = rows_of(part.rows, np.flatnonzero(rest)), part.rule_bounds[rest]
        if rest.any() and minimize(none, left, right, none, endless).status == IMPOSSIBLE:
            kept = rest
    return tuple(sorted(set(names[kept].tolist())))


def noise(part: Part) -> float:
    """The distance below which two figures count as equal."""
    largest = max(np.abs(part.stated_bounds).max(initial=1.0), 1.0)
    return float(NOISE + RELATIVE * largest)
