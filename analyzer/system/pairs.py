"""Pairs of atoms of one measure that can't both hold: found by sorting, without a solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from analyzer.system.atoms import EDGE, Atom
from analyzer.system.places import NEVER
from analyzer.system.solve import Atoms


def conflicting_pairs(atoms: Sequence[Atom], cumulative: Sequence[bool]) -> list[Atoms]:
    """Every pair of one measure and scope of which one lies wholly above the other.

    Of a running total, an earlier figure may not be above a later one; what stands at one time
    only is compared at that time.

    Parameters
    ----------
    cumulative : sequence of bool
        Whether the measure of each atom is a running total.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, (atom, running) in enumerate(zip(atoms, cumulative, strict=True)):
        groups[atom.place.chain if running else atom.place].append(number)
    return [pair for members in groups.values() for pair in _pairs(atoms, members)]


def _pairs(atoms: Sequence[Atom], members: list[int]) -> list[Atoms]:
    """Walk down the lower ends: only upper ends below them, at the same time or later, conflict."""
    uppers = sorted((atoms[n].high, n) for n in members if np.isfinite(atoms[n].high))
    ends = np.array([end for end, _ in uppers])
    found = []
    for number in members:
        atom = atoms[number]
        for _, other in uppers[: int(np.searchsorted(ends, atom.low - EDGE))]:
            later = atoms[other].place
            if later.first == NEVER or atom.place.last <= later.first or atom.place == later:
                found.append(frozenset((number, other)))
    return found
