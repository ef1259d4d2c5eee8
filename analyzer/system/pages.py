"""What one page says of several measures that can't all be true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter

import numpy as np
import pandas as pd

from analyzer.arrays import Integers, among
from analyzer.system.minimal import minimal_sets
from analyzer.system.parts import Atoms, Part, Parts
from analyzer.system.screening import holding


def sets_of_pages(
    claims: pd.DataFrame, found: Parts, numbers: Integers, pairs: Iterable[Atoms], most: int
) -> list[Atoms]:
    """Minimal sets over several measures among the figures of one page.

    Parameters
    ----------
    claims : DataFrame
        Columns `id`, `source` and `url`.
    numbers : array of int
        The parts that are looked at.
    pairs : iterable of Atoms
        Two claims each that exclude each other.
    most : int
        Sets that are sought of one page and part.
    """
    atoms = found.system.atoms
    asked = [
        (part, own)
        for part, own in _doubted_pages(claims, found, numbers)
        if len({atoms[one].place.measure for one in own}) > 1
    ]
    holding(_gathered(asked, pairs))  # figures of many pages at once are figures of each of them
    sets: dict[Atoms, None] = {}
    for (part, own), holds in zip(asked, holding(asked), strict=True):
        if not holds:
            sets |= dict.fromkeys(minimal_sets(part, own, most)[0])
    return [one for one in sets if len({atoms[n].place.measure for n in one}) > 1]


def _gathered(
    asked: Iterable[tuple[Part, Atoms]], pairs: Iterable[Atoms]
) -> list[tuple[Part, Atoms]]:
    """Pages of each part put together as far as no pair of their claims excludes each other."""
    against: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        against[one].add(other)
        against[other].add(one)
    gathered: dict[int, list[tuple[Part, Atoms]]] = defaultdict(list)
    for part, own in asked:
        excluded = set().union(*(against[one] for one in own if one in against))
        if not excluded.isdisjoint(own):
            continue
        whole = gathered[part.number]
        fits = (at for at, (_, others) in enumerate(whole) if excluded.isdisjoint(others))
        if (at := next(fits, None)) is not None:
            whole[at] = part, whole[at][1] | own
        else:
            whole.append((part, own))
    return [one for whole in gathered.values() for one in whole]


def _doubted_pages(
    claims: pd.DataFrame, found: Parts, numbers: Integers
) -> list[tuple[Part, Atoms]]:
    """Part and atoms of each page that isn't known to hold, by page and part.

    The figures that the search has tried satisfy nearly all atoms, and a page of such atoms alone.
    """
    system = found.system
    every = np.ones(len(system.atoms), dtype=np.bool_)
    open_ = [found.of(number) for number in found.doubtful(numbers, every).tolist()]
    doubted = {part.number: part.points.doubted(part.atoms) for part in open_ if part}
    parts = {part.number: part for part in open_ if part and doubted[part.number]}
    holders = {
        claim: (number, atom)
        for number, part in parts.items()
        for atom in part.atoms
        for claim in system.atoms[atom].claims
    }
    held = np.flatnonzero(among(claims["id"], pd.Series(list(holders), dtype="str")))
    rows = claims[["id", "source", "url"]].iloc[held]
    told = list(zip(*(rows[column].tolist() for column in rows), strict=True))
    doubts = {one for own in doubted.values() for n in own for one in system.atoms[n].claims}
    pages = {url for claim, _, url in told if url and claim in doubts}
    by_page: dict[tuple[str, int], set[int]] = defaultdict(set)
    for claim, source, url in told:
        if url in pages:
            number, atom = holders[claim]
            by_page[f"{source} {url}", number].add(atom)
    return [
        (parts[number], frozenset(own))
        for (_, number), own in sorted(by_page.items(), key=itemgetter(0))
        if not own.isdisjoint(doubted[number])
    ]
