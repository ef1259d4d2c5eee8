"""Everything that can't all be true in a dossier, and the least to give up to end it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analyzer.arrays import Integers
from analyzer.normalize import COUNTED
from analyzer.system.beside import BESIDE, beside_series
from analyzer.system.build import System, build_system
from analyzer.system.lightest import Choice, disputed, lightest_hits, lightest_removal
from analyzer.system.minimal import minimal_sets
from analyzer.system.pages import sets_of_pages
from analyzer.system.pairs import conflicting_pairs
from analyzer.system.parts import Atoms, Part, Parts
from analyzer.system.places import facts_of
from analyzer.system.rules import RUNNING
from analyzer.system.screening import screen

MOST_SETS = 15  # minimal sets of one part that are listed beyond those that a removal needs
MOST_OPTIONS = 12  # equally light options of one conflict that are listed
LARGE = 5_000  # claims; in a larger dossier the envelope of a measure is made of its own claims


@dataclass(frozen=True, slots=True)
class Search:
    """What a system rules out.

    Attributes
    ----------
    system : System
    parts : Parts
        Its independent parts.
    pairs : tuple of Atoms
        Two claims of one measure that exclude each other; all of them.
    undisputed : frozenset of int
        Atoms that no lightest removal of `pairs` gives up.
    of_pages : tuple of Atoms
        Minimal sets among what one page says of several measures.
    across : tuple of Atoms
        Minimal sets over several measures, of claims that no lightest removal of `pairs` gives
        up; those that stand for the others first, see `representatives`.
    representatives : tuple of Atoms
        Of `across` one for each claim that a lightest removal gives up.
    known : mapping of int to tuple of Atoms
        By the number of a part, its pairs and the minimal sets of `across` that are in it.
    counted : frozenset of str
        Measures of whole things.
    complete : bool
        Whether `across` holds every minimal set of its kind.
    proofs : dict of Atoms to Proof
        Of sets that were proved before, see `proof.prove`: sentences and tables share them.
    """

    system: System
    parts: Parts
    pairs: tuple[Atoms, ...]
    undisputed: Atoms
    of_pages: tuple[Atoms, ...]
    across: tuple[Atoms, ...]
    representatives: tuple[Atoms, ...]
    known: Mapping[int, tuple[Atoms, ...]]
    counted: frozenset[str]
    complete: bool
    proofs: dict[Atoms, Any] = field(default_factory=dict, compare=False, repr=False)
    _removal: list[tuple[tuple[Choice, ...], Atoms]] = field(
        default_factory=list, compare=False, repr=False
    )

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The least to give up, so that all the rest can be true.

        Sought when it is first asked for: findings don't need it, reports do.
        """
        return self._removed()[0]

    @property
    def kept(self) -> Atoms:
        """Atoms that none of the choices gives up: they can all be true."""
        return self._removed()[1]

    def _removed(self) -> tuple[tuple[Choice, ...], Atoms]:
        if not self._removal:
            choices = tuple(_choices(self))
            kept = frozenset(range(len(self.system.atoms))) - disputed(choices)
            self._removal.append((choices, kept))
        return self._removal[0]


def search(
    claims: pd.DataFrame,
    identities: pd.DataFrame,
    measures: pd.DataFrame,
    days: Sequence[int] = (),
    groups: pd.Series | None = None,
    replaced: Collection[str] = (),
) -> Search:
    """Find what can't all be true.

    Pages of one publisher are searched first, then the claims that most origins give, then all.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`, without those that are superseded.
    identities, measures, days
        As for `build.build_system`.
    groups : Series, optional
        `groups.connected_groups`, where it is known.
    replaced : collection of str
        Ids of claims that don't enter.
    """
    left = ~claims["id"].isin(list(replaced)).to_numpy(dtype=np.bool_)
    left[left] = beside_series(claims.loc[left, BESIDE], identities, measures, groups)
    system = build_system(claims, identities, measures, days=days, entering=left)
    kinds = facts_of(measures).kinds
    running = [kinds[atom.place.measure] == "cumulative" for atom in system.atoms]
    pairs = conflicting_pairs(system.atoms, running)
    weights = _weights(system)
    undisputed = frozenset(weights) - disputed(lightest_hits(pairs, weights, MOST_OPTIONS))
    known = _by_part(system, pairs)
    found = Parts(system)
    several = _several(found)
    counted = np.zeros(len(system.atoms), dtype=np.bool_)
    counted[list(undisputed)] = True
    screen(found, several, counted)
    across: list[Atoms] = []
    chosen: list[Atoms] = []
    complete = True
    for number in found.doubtful(several, counted).tolist():
        part = found.of(number)
        assert part is not None  # it has an atom
        own = {one: weights[one] for one in part.atoms & undisputed}
        local, sets = lightest_removal(part, own, (), MOST_OPTIONS)
        more, whole = _more(part, own, local, sets)
        complete &= whole
        sets = sorted({*sets, *more}, key=lambda one: _plainness(system, one))
        chosen += _representatives(sets, disputed(local))
        across += sets
        known[part.number] += sets
    of_pages = sets_of_pages(claims, found, several, pairs, MOST_SETS)
    return Search(
        system=system,
        parts=found,
        pairs=tuple(pairs),
        undisputed=undisputed,
        of_pages=tuple(sorted(of_pages, key=lambda one: _plainness(system, one))),
        across=tuple(dict.fromkeys([*chosen, *across])),
        representatives=tuple(chosen),
        known={number: tuple(sets) for number, sets in known.items() if sets},
        counted=frozenset(measures.loc[measures["unit"].isin(COUNTED), "measure"]),
        complete=complete,
    )


def _more(
    part: Part, own: Mapping[int, float], local: list[Choice], sets: list[Atoms]
) -> tuple[list[Atoms], bool]:
    """Minimal sets beyond those of a removal, and whether these are all.

    None are sought where the conflicts were too many for a lightest removal.
    """
    if any(choice.bounded for choice in local):
        return [], False
    return minimal_sets(part, list(own), MOST_SETS, sets) if sets else ([], True)


def _choices(found: Search) -> Iterator[Choice]:
    """The lightest removals, part by part, of those that have a conflict."""
    weights = _weights(found.system)
    for number, sets in sorted(found.known.items()):
        part = found.parts.of(number)
        assert part is not None  # it has the atoms of the sets
        if _paired(part):
            yield from lightest_hits(sets, weights, MOST_OPTIONS)
        else:
            own = {one: weights[one] for one in part.atoms}
            yield from lightest_removal(part, own, sets, MOST_OPTIONS)[0]


def _weights(system: System) -> dict[int, float]:
    return {number: atom.weight for number, atom in enumerate(system.atoms)}


def _paired(part: Part) -> bool:
    """Whether claims of a part that fit two by two all fit: one place, or one running total.

    Each row then bounds one place, or tells two places in order, and ranges that meet two by two
    along a line have figures in common (Helly's theorem).
    """
    return set(part.names) <= {RUNNING} and not any(part.stated_names)


def _several(found: Parts) -> Integers:
    """Numbers of all other parts, see `_paired`."""
    own = frozenset(("", RUNNING))
    told = np.array([rule not in own for rule in found.system.rules], dtype=np.bool_)
    return np.intersect1d(found.row_part[told], found.numbers)


def _plainness(system: System, atoms: Atoms) -> tuple[int, int, list[int]]:
    """Fewer claims first, then fewer origins, then the order of the atoms."""
    origins = {system.atoms[number].origins[0] for number in atoms}
    return len(atoms), len(origins), sorted(atoms)


def _representatives(sets: list[Atoms], given_up: Atoms) -> list[Atoms]:
    """The plainest set of each claim that a lightest removal gives up."""
    chosen: list[Atoms] = []
    told: Atoms = frozenset()
    for one in sets:
        if not one & given_up & told:
            chosen.append(one)
            told |= one & given_up
    return chosen


def _by_part(system: System, pairs: list[Atoms]) -> dict[int, list[Atoms]]:
    """Pairs by the number of the part that they belong to."""
    found: dict[int, list[Atoms]] = defaultdict(list)
    for pair in pairs:
        place = system.atoms[min(pair)].place
        found[int(system.part[system.column[place]])].append(pair)
    return found
