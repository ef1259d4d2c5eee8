"""What one page says of several measures that can't all be true."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter

import numpy as np
import pandas as pd

from analyzer.arrays import Integers
from analyzer.system.minimal import minimal_sets
from analyzer.system.parts import Atoms, Part, Parts
from analyzer.system.screening import holding
from analyzer.system.solve import refute


def sets_of_pages(claims: pd.DataFrame, found: Parts, numbers: Integers, most: int) -> list[Atoms]:
    """Minimal sets over several measures among the figures of one page.

    Parameters
    ----------
    claims : DataFrame
        Columns `id`, `source` and `url`.
    numbers : array of int
        The parts that are looked at.
    most : int
        Sets that are sought of one page and part.
    """
    atoms = found.system.atoms
    asked = [
        (part, own)
        for part, own in _doubted_pages(claims, found, numbers)
        if len({atoms[one].place.measure for one in own}) > 1
    ]
    sets: dict[Atoms, None] = {}
    for (part, own), holds in zip(asked, holding(asked), strict=True):
        if not holds and refute(part, own):
            sets |= dict.fromkeys(minimal_sets(part, own, most)[0])
    return [one for one in sets if len({atoms[n].place.measure for n in one}) > 1]


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
    doubts = {one for atoms in doubted.values() for n in atoms for one in system.atoms[n].claims}
    pages = claims.loc[claims["id"].isin(list(doubts)), "url"].unique().tolist()
    rows = claims.loc[claims["url"].isin([url for url in pages if url]), ["id", "source", "url"]]
    holders = {
        claim: (number, atom)
        for number, part in parts.items()
        for atom in part.atoms
        for claim in system.atoms[atom].claims
    }
    by_page: dict[tuple[str, int], set[int]] = defaultdict(set)
    for claim, page in zip(rows["id"].tolist(), rows["source"] + " " + rows["url"], strict=True):
        if claim in holders:
            number, atom = holders[claim]
            by_page[page, number].add(atom)
    return [
        (parts[number], frozenset(own))
        for (_, number), own in sorted(by_page.items(), key=itemgetter(0))
        if not own.isdisjoint(doubted[number])
    ]
