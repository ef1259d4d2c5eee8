"""Everything that can't all be true in a dossier, and the least to give up to end it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

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
    complete: bool

    @property
    def kept(self) -> Atoms:
        """Atoms that no lightest removal gives up: they can all be true."""
        return frozenset(range(len(self.system.atoms))) - disputed(self.choices)


def search(claims: pd.DataFrame, identities: pd.DataFrame, measures: pd.DataFrame) -> Search:
    """Find what can't all be true.

    Pages of one publisher are searched first, then the claims that most origins give, then all.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`, without those that are superseded.
    identities, measures : DataFrame
        As for `build.build_system`.
    """
    system = build_system(_beside_series(claims), identities, measures)
    kinds = measures.set_index("measure")["kind"]
    running = [kinds[atom.place.measure] == "cumulative" for atom in system.atoms]
    pairs = conflicting_pairs(system.atoms, running)
    weights = {number: atom.weight for number, atom in enumerate(system.atoms)}
    undisputed = frozenset(weights) - disputed(lightest_hits(pairs, weights, MOST_OPTIONS))
    found = tuple(parts(system))
    across: list[Atoms] = []
    chosen: list[Atoms] = []
    choices: list[Choice] = []
    complete = True
    for part in found:
        own = {number: weights[number] for number in part.atoms & undisputed}
        local, sets = lightest_removal(part, own, (), MOST_OPTIONS)
        more, whole = minimal_sets(part, own, MOST_SETS, sets) if sets else ([], True)
        complete &= whole
        sets = sorted({*sets, *more}, key=lambda one: _plainness(system, one))
        chosen += _representatives(sets, disputed(local))
        across += sets
        mine = [pair for pair in pairs if pair <= part.atoms]
        everything = {number: weights[number] for number in part.atoms}
        if mine or sets:
            choices += lightest_removal(part, everything, [*mine, *sets], MOST_OPTIONS)[0]
    return Search(
        system=system,
        parts=found,
        pairs=tuple(pairs),
        undisputed=undisputed,
        of_pages=tuple(_of_pages(claims, system, found)),
        across=(*chosen, *(one for one in across if one not in chosen)),
        representatives=tuple(chosen),
        choices=tuple(choices),
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


def _of_pages(claims: pd.DataFrame, system: System, found: tuple[Part, ...]) -> list[Atoms]:
    """Minimal sets over several measures among the figures of one page."""
    urls = claims.loc[claims["url"] != ""].set_index("id")
    pages = (urls["source"] + " " + urls["url"]).to_dict()
    by_page: dict[str, set[int]] = defaultdict(set)
    for number, atom in enumerate(system.atoms):
        for claim in atom.claims:
            if claim in pages:
                by_page[pages[claim]].add(number)
    sets: dict[Atoms, None] = {}
    for _, members in sorted(by_page.items()):
        for part in found:
            own = part.atoms & members
            if len({system.atoms[number].place.measure for number in own}) > 1 and refute(
                part, own
            ):
                sets |= dict.fromkeys(minimal_sets(part, own, MOST_SETS)[0])
    several = [one for one in sets if len({system.atoms[n].place.measure for n in one}) > 1]
    return sorted(several, key=lambda one: _plainness(system, one))
