"""Lightest hitting sets by trying: most conflicts are so small that no program is needed."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

Atoms = frozenset[int]
MOST_TRIES = 2_000  # partial choices; a conflict that needs more is left to the solver
MOST_LOOKS = 240_000  # at a set, over all tries: of many sets fewer choices are tried
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
    most = min(MOST_TRIES, MOST_LOOKS // max(len(sets), 1))
    while left:
        tries += 1
        if tries > most:
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


def greedy_hits(sets: Sequence[Atoms], weights: Mapping[int, float]) -> Atoms:
    """Atoms that hold one of each of the given sets, none of them idle; not always the lightest.

    The atom that hits the most open sets for its weight is taken first (Chvatal 1979, Mathematics
    of Operations Research 4); of equals the one of lower number.
    """
    holding: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(sets):
        for atom in one:
            holding[atom].append(at)
    open_ = {atom: len(own) for atom, own in holding.items()}
    heap = [(-count / weights[atom], atom) for atom, count in open_.items()]
    heapq.heapify(heap)
    hit: Counter[int] = Counter()  # of each set how many chosen atoms it holds
    chosen: list[int] = []
    while len(hit) < len(sets):
        rank, atom = heapq.heappop(heap)
        if rank < (now := -open_[atom] / weights[atom]):  # some of its sets were hit meanwhile
            heapq.heappush(heap, (now, atom))
            continue
        chosen.append(atom)
        for at in holding[atom]:
            if at not in hit:
                for other in sets[at]:
                    open_[other] -= 1
            hit[at] += 1
    for atom in sorted(chosen, key=lambda atom: (-weights[atom], atom)):
        if all(hit[at] > 1 for at in holding[atom]):
            hit.subtract(holding[atom])
            chosen.remove(atom)
    return frozenset(chosen)
