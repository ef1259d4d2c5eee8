"""One family from its number and the seed: world, bookkeeping, print, relays, errors."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analyzer.synth import books, misreports, press, rivals, slips
from analyzer.synth.family import Family, make_cast
from analyzer.synth.worlds import make_world

CALM = 16  # days of a table for one planted item: with more, nothing can be told from the next


class Plan(NamedTuple):
    """How dense a dossier is: claims a measure, and planted items a claim."""

    per: int
    errors: float


def make_family(seed: int, number: int, plan: Plan) -> Family:
    """Make one family; it is the same whatever other families there are."""
    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
    world = make_world(number, random)
    family = Family(number, world, make_cast(number, random), random, plan.per)
    family.given = np.ones(world.days, dtype=bool)
    family.cited = np.full(world.days, family.cast.origin)
    table, others = _counts(family, plan)
    chosen = _draw(family, [*books.BOOKS, *slips.SLIPS], table)
    for name in sorted(set(chosen) & set(books.BOOKS), key=list(books.BOOKS).index):
        for _ in range(chosen.count(name)):
            books.BOOKS[name](family)
    press.print_table(family)
    books.enter(family)
    press.brief(family)
    press.relay(family)
    press.hedge(family)
    for name in chosen:
        if name in slips.SLIPS:
            slips.SLIPS[name](family)
    _misreport(family, others)
    return family


def _counts(family: Family, plan: Plan) -> tuple[int, int]:
    """Items to plant in the table, and in all else."""
    world = family.world
    rows = world.days * len(world.table)
    table = min(int(family.random.poisson(plan.errors * rows * 1.4)), world.days // CALM)
    others = len(world.measures) * plan.per
    return table, int(family.random.poisson(plan.errors * others * 0.8))


def _draw(family: Family, names: list[str], count: int) -> list[str]:
    """Names in a drawn order, all of them once before any comes again."""
    order: list[str] = []
    while len(order) < count and names:
        order += family.random.permutation(names).tolist()
    return order[:count]


def _misreport(family: Family, count: int) -> None:
    """Plant what goes wrong on the way; a kind that finds no place is left for the next."""
    told = {**misreports.MISREPORTS, **rivals.RIVALS}
    planted, order = 0, _draw(family, list(told), 4 * count)
    for name in order:
        if planted >= count:
            break
        planted += bool(told[name](family))
