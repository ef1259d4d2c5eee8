"""Everything that can't all be true in a dossier, and the least to give up to end it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analyzer.normalize import COUNTED
from analyzer.system.build import System, build_system
from analyzer.system.lightest import Choice, disputed, lightest_hits, lightest_removal
from analyzer.system.minimal import minimal_sets
from analyzer.system.pairs import conflicting_pairs
from analyzer.system.solve import Atoms, Part, parts, refute

MOST_SETS = 15  # minimal sets of one part that are listed beyond those that a removal needs
MOST_OPTIONS = 12  # equally light options of one conflict that are listed
LARGE = 5_000  # claims; in a larger dossier series enter only on days of which others speak


@dataclass(frozen=True, slots=True)
class Search:
    """What a system rules out.

    Attributes
    ----------
    system : System
    parts : tuple of Part
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
    choices : tuple of Choice
        The least to give up, so that all the rest can be true.
    counted : frozenset of str
        Measures of whole things.
    kept : frozenset of int
        Atoms that none of the choices gives up: they can all be true.
    complete : bool
        Whether `across` holds every minimal set of its kind.
    """

    system: System
    parts: tuple[Part, ...]
    pairs: tuple[Atoms, ...]
    undisputed: Atoms
    of_pages: tuple[Atoms, ...]
    across: tuple[Atoms, ...]
    representatives: tuple[Atoms, ...]
    choices: tuple[Choice, ...]
    counted: frozenset[str]
    kept: Atoms
    complete: bool


def search(
    claims: pd.DataFrame,
    identities: pd.DataFrame,
    measures: pd.DataFrame,
    days: Sequence[int] = (),
) -> Search:
    """Find what can't all be true.

    Pages of one publisher are searched first, then the claims that most origins give, then all.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`, without those that are superseded.
    identities, measures, days
        As for `build.build_system`.
    """
    system = build_system(_beside_series(claims), identities, measures, days=days)
    kinds = measures.set_index("measure")["kind"]
    running = [kinds[atom.place.measure] == "cumulative" for atom in system.atoms]
    pairs = conflicting_pairs(system.atoms, running)
    weights = {number: atom.weight for number, atom in enumerate(system.atoms)}
    undisputed = frozenset(weights) - disputed(lightest_hits(pairs, weights, MOST_OPTIONS))
    by_part = _by_part(system, pairs)
    found = tuple(parts(system))
    across: list[Atoms] = []
    chosen: list[Atoms] = []
    choices: list[Choice] = []
    complete = True
    for part in found:
        atoms = part.atoms
        own = {number: weights[number] for number in atoms & undisputed}
        local, sets = lightest_removal(part, own, (), MOST_OPTIONS)
        more, whole = minimal_sets(part, own, MOST_SETS, sets) if sets else ([], True)
        complete &= whole
        sets = sorted({*sets, *more}, key=lambda one: _plainness(system, one))
        chosen += _representatives(sets, disputed(local))
        across += sets
        known = [*by_part.get(part.number, []), *sets]
        if known:
            everything = {number: weights[number] for number in atoms}
            choices += lightest_removal(part, everything, known, MOST_OPTIONS)[0]
    return Search(
        system=system,
        parts=found,
        pairs=tuple(pairs),
        undisputed=undisputed,
        of_pages=tuple(_of_pages(claims, system, found)),
        across=(*chosen, *(one for one in across if one not in chosen)),
        representatives=tuple(chosen),
        choices=tuple(choices),
        counted=frozenset(measures.loc[measures["unit"].isin(COUNTED), "measure"]),
        kept=frozenset(weights) - disputed(choices),
        complete=complete,
    )


def _beside_series(claims: pd.DataFrame) -> pd.DataFrame:
    """All claims; in a large dossier, of series those of days that others speak of too.

    What a series says against itself is told by the detectors of series.
    """
    if len(claims) <= LARGE:
        return claims
    alone = claims["series"] == ""
    days = set(claims.loc[alone, "at_last"].dropna())
    return claims[alone | claims["at_last"].isin(days)]


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
        found[_part_number(system, min(pair))].append(pair)
    return found


def _part_number(system: System, atom: int) -> int:
    return int(system.part[system.column[system.atoms[atom].place]])


def _of_pages(claims: pd.DataFrame, system: System, found: tuple[Part, ...]) -> list[Atoms]:
    """Minimal sets over several measures among the figures of one page."""
    urls = claims.loc[claims["url"] != ""].set_index("id")
    pages = (urls["source"] + " " + urls["url"]).to_dict()
    by_page: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, atom in enumerate(system.atoms):
        for claim in atom.claims:
            if claim in pages:
                by_page[pages[claim], _part_number(system, number)].add(number)
    keyed = {part.number: part for part in found}
    sets: dict[Atoms, None] = {}
    for (_, number), own in sorted(by_page.items()):
        measures = {system.atoms[one].place.measure for one in own}
        if len(measures) > 1 and refute(keyed[number], own):
            sets |= dict.fromkeys(minimal_sets(keyed[number], own, MOST_SETS)[0])
    several = [one for one in sets if len({system.atoms[n].place.measure for n in one}) > 1]
    return sorted(several, key=lambda one: _plainness(system, one))
