"""The linear system of some claims: unknowns, what claims say of them, what rules tie them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from analyzer.arrays import Truths
from analyzer.system.atoms import Atom, make_atoms
from analyzer.system.columns import Unknowns
from analyzer.system.identities import Identities
from analyzer.system.kinds import add_chains, add_flows
from analyzer.system.places import NEVER, Calendar, Facts, Place, facts_of
from analyzer.system.rows import HARD, Rows
from analyzer.system.rules import Identity, read_identities


@dataclass(frozen=True, slots=True)
class System:
    """A x >= b, x >= 0: one unknown a place, one row a bound of an atom or a rule.

    Attributes
    ----------
    places : tuple of Place
        One a column.
    column : mapping of Place to int
        The column of each place.
    atoms : tuple of Atom
        What the claims say.
    matrix : csr_array
        A.
    bounds : array of float
        b.
    atom : array of int
        Of each row the number of the atom that states it, `rows.HARD` for a rule.
    rules : tuple of str
        Of each row the identity or the rule; "" for the bound of an atom.
    part : array of int
        Of each column the number of the independent part that it belongs to.
    """

    places: tuple[Place, ...]
    column: Mapping[Place, int]
    atoms: tuple[Atom, ...]
    matrix: sparse.csr_array
    bounds: npt.NDArray[np.float64]
    atom: npt.NDArray[np.int64]
    rules: tuple[str, ...]
    part: npt.NDArray[np.int64]


def build_system(
    claims: pd.DataFrame,
    identities: pd.DataFrame,
    measures: pd.DataFrame,
    reading: str = "rounded",
    days: Iterable[int] = (),
    beside: Iterable[Place] = (),
    entering: Truths | None = None,
) -> System:
    """Write down what some claims and the identities say.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`, without those that are superseded.
    identities : DataFrame
        identities.csv with the identities of parts, as `identities.part_identities` gives them.
    reading : str
        How wordings bound the figures: see `atoms.make_atoms`.
    days : iterable of int
        Days from 1970 at which the identities are written down too, whether claimed or not.
    beside : iterable of Place
        Places that no claim given here speaks of, for which they are written down all the same.
    entering : array of bool, optional
        Which claims may enter; all if left out.

    Raises
    ------
    linear.LinearError
        When an identity can't be made linear.
    """
    facts = facts_of(measures)
    read = read_identities(identities, facts)
    return assemble(make_atoms(claims, reading, entering), read, facts, days, beside)


def assemble(
    atoms: Sequence[Atom],
    identities: Sequence[Identity],
    facts: Facts,
    days: Iterable[int] = (),
    beside: Iterable[Place] = (),
) -> System:
    """Write down what some atoms and the identities say; `days` and `beside` as `build_system`."""
    rows = Rows()
    _add_bounds(rows, atoms)
    calendar = Calendar([*rows.places, *beside], facts)
    wanted = tuple(days)
    spans = [(NEVER, day, day) for day in wanted]
    unknowns = Unknowns(rows, calendar)
    Identities(identities, unknowns).add_all(atoms, spans)
    add_flows(unknowns)
    add_chains(rows, calendar, wanted)
    bounds, atom_of = rows.arrays()
    matrix = rows.matrix()
    part = _parts(matrix, atom_of)
    return System(
        places=tuple(rows.places),
        column=rows.places,
        atoms=tuple(atoms),
        matrix=matrix,
        bounds=bounds,
        atom=atom_of,
        rules=tuple(rows.rules),
        part=part,
    )


def _add_bounds(rows: Rows, atoms: Sequence[Atom]) -> None:
    """Of each atom in turn a row for its lower end and one for its upper end, if it has them."""
    if not atoms:
        return
    places, low, high, *_ = zip(*atoms, strict=True)
    columns = np.array(rows.columns(places), dtype=np.int64)
    ends = np.column_stack([np.array(low, dtype=np.float64), np.array(high, dtype=np.float64)])
    said = np.column_stack([ends[:, 0] > 0, np.isfinite(ends[:, 1])])
    atom, upper = np.nonzero(said)
    signs = np.where(upper, -1.0, 1.0)
    rows.bound(columns[atom], ends[said] * signs, signs, atom)


def _parts(matrix: sparse.csr_array, atom: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Part of each column: two places are of one part when a row or an atom ties them."""
    count = matrix.shape[1]
    rows = count + np.arange(len(atom))
    stated = np.flatnonzero(atom != HARD)
    ties = np.append(matrix.indices, count + len(atom) + atom[stated])
    ends = np.append(np.repeat(rows, np.diff(matrix.indptr)), rows[stated])
    size = count + len(atom) + int(atom.max(initial=0)) + 1
    graph = sparse.coo_array((np.ones(len(ties)), (ends, ties)), shape=(size, size))
    _, part = connected_components(graph, directed=False)
    return np.asarray(part[:count], dtype=np.int64)
