"""Lightest hitting sets by trying: most conflicts are so small that no program is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Atoms = frozenset[int]
MOST_TRIES = 2_000  # partial choices; a conflict that needs more is left to the solver
SAME = 1e-6  # votes: two weights that differ by less are equal


def tried_hits(sets: Sequence[Atoms], weights: Mapping[int, float]) -> list[Atoms] | None:
    """All lightest sets of atoms that hold one of each of the given sets; None if there's no end.

    Branch and bound: each atom of the first set that nothing hits yet is tried, as long as what is
    chosen isn't heavier than the lightest choice found before.
    """
    best = float("inf")
    found: dict[Atoms, float] = {}
    left: list[tuple[Atoms, float]] = [(frozenset(), 0.0)]
    seen: set[Atoms] = set()
    tries = 0
    while left:
        tries += 1
        if tries > MOST_TRIES:
            return None
        chosen, weight = left.pop()
        if weight > best + SAME:
            continue
        open_ = next((one for one in sets if chosen.isdisjoint(one)), None)
        if open_ is None:
            found[chosen] = weight
            best = min(best, weight)
            continue
        for atom in sorted(open_, key=lambda atom: (-weights[atom], atom)):  # lightest on top
            more = chosen | {atom}
            if more not in seen:
                seen.add(more)
                left.append((more, weight + weights[atom]))
    return [one for one, weight in found.items() if weight <= best + SAME]
