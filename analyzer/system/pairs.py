"""Pairs of atoms of one measure that can't both hold: found by sorting, without a solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from analyzer.arrays import Floats, Integers, Truths, highest_so_far
from analyzer.system.atoms import EDGE, Atom
from analyzer.system.parts import Atoms
from analyzer.system.places import NEVER


def conflicting_pairs(atoms: Sequence[Atom], cumulative: Sequence[bool]) -> list[Atoms]:
    """Every pair of one measure and scope of which one lies wholly above the other.

    Of a running total, an earlier figure may not be above a later one; what stands at one time
    only is compared at that time.

    Parameters
    ----------
    cumulative : sequence of bool
        Whether the measure of each atom is a running total.
    """
    numbers: dict[tuple[object, ...], int] = {}
    places = [atom.place for atom in atoms]
    keys = [
        place[:3] if running else place for place, running in zip(places, cumulative, strict=True)
    ]
    group = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
    doubtful = _doubtful(atoms, group)
    members: dict[int, list[int]] = defaultdict(list)
    for number in np.flatnonzero(doubtful[group]).tolist():
        members[int(group[number])].append(number)
    return [pair for own in members.values() for pair in _pairs(atoms, own)]


def _doubtful(atoms: Sequence[Atom], group: Integers) -> Truths:
    """Groups that may have a pair: an upper end below a lower end of the same time or before.

    Times that are not one day are in doubt wherever any two ends are.
    """
    count = int(group.max(initial=-1)) + 1
    if not count:
        return np.zeros(0, dtype=np.bool_)
    places, *ends = list(zip(*atoms, strict=True))[:3]
    low, high = (np.array(end, dtype=np.float64) for end in ends)
    first, last = map(np.array, list(zip(*places, strict=True))[4:])
    found = np.zeros(count, dtype=np.bool_)
    point = np.flatnonzero(first == last)
    found[group[point[high[point] < _before(group, last, low, point) - EDGE]]] = True
    tops, floors = np.zeros(count), np.full(count, np.inf)
    np.maximum.at(tops, group, low)
    np.minimum.at(floors, group, high)
    vague = np.zeros(count, dtype=np.bool_)
    vague[group[(first != last) | (first == NEVER)]] = True
    return np.asarray(found | (vague & (floors < tops - EDGE)))


def _before(group: Integers, last: Integers, low: Floats, asked: Integers) -> Floats:
    """The largest lower end of the same group until the day of each of the atoms asked about."""
    _, day = np.unique(last, return_inverse=True)
    key = group * (int(day.max()) + 1) + day
    order = np.argsort(key, kind="stable")
    place = np.searchsorted(key[order], key[asked], side="right") - 1
    return highest_so_far(group[order], low[order])[place]


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
