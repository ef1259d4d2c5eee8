"""What is printed of a world: statements of the origin, relays of them, figures of one's own."""

from __future__ import annotations

import numpy as np

from analyzer.synth.family import Family, Whole
from analyzer.synth.sheet import PLANNED, REPORTED
from analyzer.synth.wordings import (
    ABOUT,
    EXACT,
    FORMS,
    MORE_THAN,
    NEARLY,
    PERCENT,
    RANGE,
    THIRD,
    VAGUE,
    unit_of,
)
from analyzer.synth.worlds import FIXED, FLOW, RUNNING

RELAYED = 3.0  # relays of a statement, on average
OWN = 0.35  # hedged figures in an outlet's own voice, a statement
CLAIMS = 1 + RELAYED + OWN  # claims that come of one statement
SLOWEST = 4  # days within which a relay prints it
LEAST_HEDGED = 30  # smaller counts are given as they are
STAYS = 700  # days for which a total that stands is repeated, at most


def print_table(family: Family) -> None:
    """Rows of the publisher's table: each measure, each day that is given."""
    world, sheet = family.world, family.sheet
    days = np.flatnonzero(family.given)
    family.cells = np.full((world.days, len(world.measures)), -1)
    for measure in world.table:
        as_of = world.first + days
        rows = sheet.add(
            len(days),
            measure=measure,
            value=world.stated[measure][days],
            style=EXACT,
            as_of=as_of,
            start=_starts(family, measure, days),
            published=as_of + 1,
            source=family.cast.publisher,
            cited=family.cited[days],
            page=days,
        )
        family.cells[days, measure] = rows
        family.mine = np.concatenate([family.mine, rows])


def _starts(family: Family, measure: int, days: Whole) -> Whole:
    """First days of the periods; a count that is begun anew says since when it counts."""
    world = family.world
    if world.measures[measure].kind == FLOW:
        return world.first + days
    if family.reset >= world.days or measure not in family.changed:
        return np.full(len(days), -1)
    return world.first + np.where(days < family.reset, 0, family.reset)


def brief(family: Family) -> None:
    """Statements of the origin on measures that no table gives, all of a day on one page."""
    world, random, sheet = family.world, family.random, family.sheet
    shared = _statement_days(family)
    for number, one in enumerate(world.measures):
        if number in world.table:
            continue
        days = shared
        status = REPORTED
        if one.kind == FIXED:
            days, said = _fixed_days(family, number)
            status = PLANNED if not one.told else REPORTED
        else:
            said = days
            if one.kind == FLOW:
                days = said = days[world.stated[number][days] > 0]
        values = world.stated[number][days]
        if one.style == ABOUT:
            values = np.array([round(v / unit_of(v)) * unit_of(v) for v in values.tolist()])
        as_of = world.first + days
        rows = sheet.add(
            len(days),
            measure=number,
            value=values,
            style=one.style,
            form=random.integers(0, FORMS, len(days)),
            as_of=as_of,
            start=as_of if one.kind == FLOW else -1,
            published=world.first + said,
            source=family.cast.origin,
            cited=family.cast.origin,
            status=status,
            of=one.of,
            page=said,
        )
        family.mine = np.concatenate([family.mine, rows])


def _statement_days(family: Family) -> Whole:
    """Days of the origin's briefings; for a deal those of its rounds come first."""
    count = max(3, round(family.per / CLAIMS))
    days = family.world.days
    if family.world.kind == "exchange":
        rounds = np.flatnonzero(family.world.truth[2])
        others = family.random.choice(days, min(days, count), replace=False)
        return np.unique(np.concatenate([rounds, others]))[: max(count, len(rounds))]
    chosen = family.random.choice(days, min(days, count), replace=False)
    return np.sort(chosen)


def _fixed_days(family: Family, measure: int) -> tuple[Whole, Whole]:
    """Days that statements of a fixed measure speak of, and days on which they are made."""
    world, random = family.world, family.random
    count = max(3, round(family.per / CLAIMS))
    if world.kind == "event":
        running = np.arange(1, RUNNING, max(1, RUNNING * 5 // (2 * count)))
        first = RUNNING + 10
    else:
        running, first = np.empty(0, dtype=np.int64), 0
    last = min(world.days, STAYS) if world.measures[measure].told else 30
    size = max(2, count - len(running))
    said = np.sort(random.integers(first, last, size))
    said[0] = first
    said = np.unique(said)
    return np.concatenate([running, np.zeros(len(said), dtype=np.int64)]), np.concatenate(
        [running, said]
    )


def relay(family: Family) -> None:
    """Outlets pass on statements some days later, under their origin's name, wires between."""
    random, sheet = family.random, family.sheet
    chosen = _passed_on(family)
    repeated = np.repeat(chosen, random.poisson(RELAYED, len(chosen)))
    outlets, wires = family.cast.outlets, family.cast.wires
    size = len(repeated)
    source = outlets[_skewed(random, len(outlets), size)]
    late = random.integers(0, SLOWEST, size)
    published = sheet["published"][repeated] + late
    via = np.where(random.random(size) < 0.4, wires[random.integers(0, len(wires), size)], -1)
    cell = np.stack([sheet["measure"][repeated], sheet["as_of"][repeated], source, published])
    _, kept = np.unique(cell, axis=1, return_index=True)
    kept.sort()
    rows = sheet.copy(
        repeated[kept],
        source=source[kept],
        via=via[kept],
        published=published[kept],
        form=random.integers(0, FORMS, len(kept)),
        page=published[kept],
    )
    family.relays, family.passed = rows, repeated[kept]


def _passed_on(family: Family) -> Whole:
    """Statements that are passed on: all briefings, and as many of a table as a measure needs."""
    mine, random = family.mine, family.random
    if not family.in_table:
        return mine
    days = np.flatnonzero(family.given)
    count = min(len(days), max(3, round(family.per / CLAIMS)))
    told = np.sort(random.choice(days, count, replace=False))
    rows = family.cells[told][:, list(family.world.table)].ravel()
    return np.asarray(rows[rows >= 0])


def _skewed(random: np.random.Generator, count: int, size: int) -> Whole:
    """Places of a list of which the first are drawn most often."""
    return np.minimum(random.exponential(count / 4, size).astype(np.int64), count - 1)


def hedge(family: Family) -> None:
    """Outlets give true figures of their own, rounded and bounded: they agree with the counts."""
    random, sheet, world = family.random, family.sheet, family.world
    shares = [one.style == PERCENT for one in world.measures]
    chosen = family.relays[random.random(len(family.relays)) < OWN / RELAYED]
    value, measure = sheet["value"][chosen], sheet["measure"][chosen]
    third = np.array(shares)[measure]
    fits = np.where(third, np.abs(value - 100 / 3) < 2.5, value >= LEAST_HEDGED)
    fits &= (sheet["status"][chosen] == REPORTED) & ~np.isin(measure, list(family.changed))
    chosen, value, third = chosen[fits], value[fits], third[fits]
    unit = 10.0 ** np.maximum(np.floor(np.log10(np.maximum(value, 1))) - 1, 0)
    kinds = np.array([MORE_THAN, NEARLY, ABOUT, VAGUE, RANGE])
    style = kinds[random.choice(5, len(chosen), p=(0.4, 0.15, 0.2, 0.15, 0.1))]
    style[third] = THIRD
    down, up = np.floor((value - 1) / unit) * unit, np.ceil((value + 1) / unit) * unit
    rounded = np.select(
        [style == MORE_THAN, style == NEARLY, style == ABOUT],
        [down, up, np.rint(value / unit) * unit],
        value,
    )
    sheet.copy(
        chosen,
        value=rounded,
        style=style,
        form=random.integers(0, FORMS, len(chosen)),
        cited=sheet["source"][chosen],
        via=-1,
    )
