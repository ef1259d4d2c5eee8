"""The least to give up: the lightest claims without which the others can all be true."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analyzer.system.hits import SAME, greedy_hits, tried_hits
from analyzer.system.minimal import minimal_set
from analyzer.system.parts import Atoms, Part
from analyzer.system.table import tied

MOST_COMBINED = 64  # options of several conflicts that are tried together
MOST_SOLVED = 120  # sets of one conflict that the solver is asked about: time doubles with a few
MOST_NODES = 500  # branches of the solver; a limit of seconds would differ from run to run
SOLVED, NONE = 0, 2  # what milp says at its end
MOST_FRESH = 20  # minimal sets of one part that are sought in order to find a lightest removal
MOST_APART = 5  # of them that share no atom: of more no lightest removal is sought


@dataclass(frozen=True, slots=True)
class Choice:
    """One conflict, and the lightest sets of atoms that end it.

    Attributes
    ----------
    weight : float
        Votes of origins that each option gives up.
    options : tuple of Atoms
        Any one of them ends the conflict; all the lightest if `complete`.
    complete : bool
        Whether there are no more.
    bounded : bool
        Whether the conflict was too large to be solved: the one option ends it, but may not be
        the lightest.
    """

    weight: float
    options: tuple[Atoms, ...]
    complete: bool
    bounded: bool = False


def disputed(choices: Collection[Choice]) -> Atoms:
    """Atoms that some lightest option gives up."""
    return frozenset().union(*(option for choice in choices for option in choice.options))


def lightest_removal(
    part: Part, weights: Mapping[int, float], known: Collection[Atoms], most: int
) -> tuple[list[Choice], list[Atoms]]:
    """The lightest atoms whose removal lets the others all hold, conflict by conflict.

    A lightest set that hits every known minimal set is sought; if the rest still can't hold, it
    has a minimal set that is added, until it can (implicit hitting sets: Moreno-Centeno & Karp
    2013, Operations Research 61). No constant of the "big M" kind is needed, so that figures of
    any size are solved alike. Where more than `MOST_FRESH` sets would have to be found, or more
    than `MOST_APART` share no atom, all atoms of such sets are given up instead: series that run
    apart day by day are told by their detectors, and each day would cost as much as the first.

    Parameters
    ----------
    weights : mapping of int to float
        Weight of each atom that may be given up; the others are not looked at.
    known : collection of Atoms
        Minimal sets found before.
    most : int
        Largest number of options of a conflict.

    Returns
    -------
    choices : list of Choice
        One for each independent conflict; an option of each ends them all.
    sets : list of Atoms
        The minimal sets that prove it, the known ones first.
    """
    sets = list(known)
    everything = frozenset(weights)
    wanted = 1  # one option until the rest can hold, then all of them
    tried = False
    while True:
        choices = lightest_hits(sets, weights, wanted)
        fresh = [
            one for given_up in _combined(choices) for one in _missed(part, everything - given_up)
        ]
        sets += list(dict.fromkeys(fresh))
        if not fresh and wanted == most:
            return choices, sets
        if len(sets) - len(known) > (MOST_FRESH if tried else MOST_APART):
            given_up = frozenset().union(next(_combined(choices)), *fresh)
            return _ended(given_up, weights, sets), sets
        wanted, tried = wanted if fresh else most, True


def _ended(given_up: Atoms, weights: Mapping[int, float], sets: list[Atoms]) -> list[Choice]:
    """One option for each conflict, of atoms that end them all."""
    options = [given_up & frozenset().union(*group) for group in _linked(sets)]
    return [Choice(_weight(one, weights), (one,), complete=False, bounded=True) for one in options]


def _combined(choices: Sequence[Choice]) -> Iterator[Atoms]:
    """Options of all conflicts together: every way, or the first ones and one or two others."""
    ways = [choice.options for choice in choices]
    if math.prod(map(len, ways)) <= MOST_COMBINED:
        yield from (frozenset().union(*chosen) for chosen in product(*ways))
        return
    others = [(place, one) for place, options in enumerate(ways) for one in options[1:]]
    for several in ((), *((one,) for one in others), *combinations(others, 2)):
        chosen = {place: options[0] for place, options in enumerate(ways)} | dict(several)
        if len({place for place, _ in several}) == len(several):
            yield frozenset().union(*chosen.values())


def _missed(part: Part, kept: Atoms) -> list[Atoms]:
    """Minimal sets among the kept atoms, no two of which share one."""
    found = []
    while one := minimal_set(part, kept):
        found.append(one)
        kept -= one
    return found


def lightest_hits(sets: Sequence[Atoms], weights: Mapping[int, float], most: int) -> list[Choice]:
    """The lightest sets of atoms that hold one of each of the given sets.

    Sets that share no atom, directly or through others, are solved apart.
    """
    return [_hits(group, weights, most) for group in _linked(sets)]


def _linked(sets: Sequence[Atoms]) -> list[list[Atoms]]:
    """Sets that are joined by shared atoms, in the order of their smallest atom."""
    ordered = sorted(set(sets), key=sorted)
    if len(ordered) < 2:
        return [[one] for one in ordered]
    groups: dict[int, list[Atoms]] = defaultdict(list)
    columns = {atom: column for column, atom in enumerate(frozenset().union(*ordered))}
    for one, number in zip(ordered, tied(_indicator(ordered, columns)).tolist(), strict=True):
        groups[number].append(one)
    return sorted(groups.values(), key=lambda members: min(map(min, members)))


def _hits(sets: Sequence[Atoms], weights: Mapping[int, float], most: int) -> Choice:
    """Lightest hitting sets, by trying; where they are many, each by forbidding those before."""
    few = tried_hits(sets, weights)
    if few is not None and len(few) <= most:
        weight = min(_weight(one, weights) for one in few)
        return Choice(weight, tuple(sorted(few, key=sorted)), len(few) < most)
    found, complete = _solved(sets, weights, most) if len(sets) <= MOST_SOLVED else ([], False)
    if not found:
        given_up = greedy_hits(sets, weights)
        return Choice(_weight(given_up, weights), (given_up,), complete=False, bounded=True)
    return Choice(_weight(found[0], weights), tuple(sorted(found, key=sorted)), complete)


def _weight(atoms: Atoms, weights: Mapping[int, float]) -> float:
    return float(np.sum([weights[atom] for atom in sorted(atoms)]))


def _solved(
    sets: Sequence[Atoms], weights: Mapping[int, float], most: int
) -> tuple[list[Atoms], bool]:
    """Lightest hitting sets as the solver finds them, and whether these are all."""
    atoms = sorted(frozenset().union(*sets))
    columns = {atom: column for column, atom in enumerate(atoms)}
    price = np.array([weights[atom] for atom in atoms])
    cover = _indicator(sets, columns)
    found: list[Atoms] = []
    best, complete = np.inf, False
    while len(found) < most and not complete:
        chosen, proved = _cheapest(price, cover, found, columns)
        if not proved:
            break
        weight = np.inf if chosen is None else float(price[chosen].sum())
        complete = weight > best + SAME
        if chosen is not None and not complete:
            best = min(best, weight)
            found.append(frozenset(atoms[column] for column in np.flatnonzero(chosen)))
    return found, complete


def _cheapest(
    price: npt.NDArray[np.float64],
    cover: sparse.csr_array,
    found: Sequence[Atoms],
    columns: Mapping[int, int],
) -> tuple[npt.NDArray[np.bool_] | None, bool]:
    """The cheapest choice that covers each set and holds none of those found before, if any.

    And whether the solver came to an end.
    """
    rules = [LinearConstraint(cover, lb=1.0)]
    if found:
        ends = [len(option) - 1 for option in found]
        rules.append(LinearConstraint(_indicator(found, columns), ub=ends))
    answer = milp(
        price,
        integrality=np.ones(len(price)),
        bounds=Bounds(0, 1),
        constraints=rules,
        options={"mip_rel_gap": 0.0, "node_limit": MOST_NODES},
    )
    chosen = None if answer.x is None else np.asarray(answer.x > 0.5)
    return chosen, answer.status in (SOLVED, NONE)


def _indicator(sets: Sequence[Atoms], columns: Mapping[int, int]) -> sparse.csr_array:
    rows = [row for row, one in enumerate(sets) for _ in one]
    places = [columns[atom] for one in sets for atom in sorted(one)]
    return sparse.csr_array(
        (np.ones(len(rows)), (rows, places)), shape=(len(sets), len(columns)), dtype=np.float64
    )
