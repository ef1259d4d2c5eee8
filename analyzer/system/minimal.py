"""Minimal sets: claims that can't all be true, while any of them dropped lets the others agree."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from analyzer.system.parts import Atoms, Part
from analyzer.system.solve import fits, refute

NODES = 1_000  # where many sets are known, the ways to break them all double with each


def minimal_set(part: Part, atoms: Collection[int]) -> Atoms | None:
    """One minimal set among the given atoms; None if all can hold.

    From a first proof each atom is left out in turn, those of higher number first, and stays out
    where the rest still can't hold (the deletion filter of Chinneck & Dravnieks 1991, ORSA
    Journal on Computing 3): first with the few rules of the proof, then with all of them.
    """
    proof = refute(part, atoms, doubted=True)
    if proof is None:
        return None
    if _is_minimal(part, proof.atoms):
        return proof.atoms  # the usual case: the solver's proof is as small as can be
    return _thinned(part, _thinned(part, proof.atoms, proof.rules), None)


def _is_minimal(part: Part, atoms: Atoms) -> bool:
    """Whether any atom left out lets the others hold, of atoms that can't all hold.

    Asked one by one: of a larger set the first answer tends to end it.
    """
    return all(fits(part, atoms - {atom}) for atom in atoms)


def _thinned(part: Part, atoms: Atoms, rules: npt.NDArray[np.int64] | None) -> Atoms:
    """What is left when each atom without which the rest can't hold either is left out."""
    for atom in sorted(atoms, reverse=True):
        if atom in atoms and (rest := refute(part, atoms - {atom}, rules)):
            atoms = rest.atoms
    return atoms


def minimal_sets(
    part: Part, atoms: Collection[int], most: int, known: Collection[Atoms] = ()
) -> tuple[list[Atoms], bool]:
    """All minimal sets among the given atoms, or the first so many of them.

    Each minimal set is left by dropping one of its atoms; what remains is searched again (the tree
    of hitting sets of Reiter 1987, Artificial Intelligence 32), fewer dropped atoms first.

    Parameters
    ----------
    most : int
        Where to stop; also after two searches, or `NODES` ways to drop atoms, for each set.
    known : collection of Atoms
        Minimal sets that are known; they are not searched for, and not returned.

    Returns
    -------
    sets : list of Atoms
        In an order that depends on the atoms alone.
    complete : bool
        Whether these are all.
    """
    everything = frozenset(atoms)
    told = [one for one in known if one <= everything]
    found: list[Atoms] = []
    dropped: deque[Atoms] = deque([frozenset()])
    seen = {frozenset[int]()}
    searches = 0
    while dropped:
        if len(found) >= most or searches >= most * 2 or len(seen) > most * NODES:
            return found, False
        out = dropped.popleft()
        one = next((one for one in [*told, *found] if out.isdisjoint(one)), None)
        if one is None:
            searches += 1
            one = minimal_set(part, everything - out)
            if one is None:
                continue
            found.append(one)
        for atom in sorted(one):
            if out | {atom} not in seen:
                seen.add(out | {atom})
                dropped.append(out | {atom})
    return found, True
