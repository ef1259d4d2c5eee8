"""What truly happens in a family of measures, day by day; and the measures that speak of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analyzer.synth.wordings import ABOUT, AT_LEAST, EXACT, PERCENT

Floats = npt.NDArray[np.float64]
Random = np.random.Generator

FIRST, LAST = 16_436, 19_357  # 2015-01-01 and 2022-12-31 as days from 1970: all is past
CUMULATIVE, FIXED, STOCK, FLOW, SHARE = "cumulative", "fixed", "stock", "flow", "share"
MEDIAN_SERIES = 110  # days that a publisher's table goes on for; its spread is log-normal
SHORTEST, LONGEST = 45, 2000
RUNNING = 21  # days after an event on which the count still runs


@dataclass(slots=True)
class Measure:
    """One row of measures.csv; other measures are named by their place in the family."""

    name: str
    label: str
    definition: str
    kind: str
    unit: str = "people"
    part_of: int = -1
    plan: int = -1
    total: int = -1
    of: int = -1
    style: int = EXACT
    told: bool = True  # whether relays pass it on; a plan is told at its own time


@dataclass(slots=True)
class World:
    """One family: its measures, what was true on each day, and what its origin states.

    `truth` and `stated` hold one array a measure, one value a day from `first` on. They are the
    same until bookkeeping changes what is stated.
    """

    name: str
    kind: str
    first: int
    measures: list[Measure]
    truth: list[Floats]
    identities: list[dict[str, str]] = field(default_factory=list)
    table: tuple[int, ...] = ()  # measures that a publisher gives day after day
    stated: list[Floats] = field(default_factory=list)

    @property
    def days(self) -> int:
        """Days that the world lasts."""
        return len(self.truth[0])


def _sum(name: str, label: str, expression: str, note: str = "") -> dict[str, str]:
    row = {"name": name, "label": label, "expression": expression, "note": note}
    return row | {"valid_from": "", "valid_to": ""}


def _intensity(random: Random, days: int) -> Floats:
    """How bad each day is: waves of some weeks, and a few bad days that all groups share."""
    waves = np.exp(0.35 * np.sin(np.arange(days) / 17.0 + random.uniform(0, 6)))
    return np.asarray(waves * np.where(random.random(days) < 0.03, 2.0, 1.0))


def war(name: str, random: Random, series: bool) -> World:
    """A war: running totals by group, the day's dead, the injured; some with a daily table."""
    days = int(random.integers(40, 200))
    if series:
        drawn = MEDIAN_SERIES * random.lognormal(0, 0.8)
        days = int(np.clip(drawn, SHORTEST, LONGEST))
    rate = float(np.clip(random.lognormal(2.0, 0.9), 1.5, 150))
    bad = rate * _intensity(random, days)
    women, children, men, injured = (
        random.poisson(bad * one).cumsum().astype("float64") + first
        for one, first in ((0.25, 3), (0.35, 5), (0.4, 9), (2.1, 31))
    )
    killed = women + children + men
    place = f"the {name} war"
    style = AT_LEAST if not series and random.random() < 0.25 else EXACT
    measures = [
        Measure(f"{name}_killed", f"Killed in {place}", "All dead since its start", CUMULATIVE),
        Measure(f"{name}_women", f"Women killed in {place}", "Women", CUMULATIVE, part_of=0),
        Measure(f"{name}_children", f"Children killed in {place}", "Minors", CUMULATIVE, part_of=0),
        Measure(f"{name}_men", f"Men killed in {place}", "Men", CUMULATIVE, part_of=0),
        Measure(f"{name}_day", f"Killed on a day of {place}", "Dead of 24 hours", FLOW, total=0),
        Measure(
            f"{name}_injured", f"Injured in {place}", "All injured since its start", CUMULATIVE
        ),
    ]
    for one in (measures[0], measures[5]):
        one.style = style
    total = measures[0].name
    parts = " + ".join(one.name for one in measures[1:4])
    identities = [_sum(f"{name}_groups", f"Dead of {place} by group", f"{total} = {parts}")]
    truth = [killed, women, children, men, np.diff(killed, prepend=killed[0]), injured]
    truth[4][0] = killed[0]
    table = tuple(range(6)) if series else ()
    return World(name, "war", _start(random, days), measures, truth, identities, table)


def event(name: str, random: Random, series: bool) -> World:
    """One strike: counts run for three weeks, then one total stands."""
    days = int(random.integers(120, 700))
    grown = np.clip(1 - np.exp(-np.arange(days) / random.uniform(2, 6)), 0, 1)
    grown[RUNNING:] = 1.0
    size = float(np.clip(random.lognormal(4.3, 1.0), 12, 5000))
    women, children, men = (np.rint(size * one * grown) for one in (0.25, 0.3, 0.45))
    injured = np.rint(size * random.uniform(1.5, 3) * grown)
    killed = women + children + men
    place = f"the {name} strike"
    style = AT_LEAST if random.random() < 0.3 else EXACT
    measures = [
        Measure(f"{name}_dead", f"Killed in {place}", "All dead", FIXED, style=style),
        Measure(f"{name}_women", f"Women killed in {place}", "Women", FIXED, part_of=0),
        Measure(f"{name}_children", f"Children killed in {place}", "Minors", FIXED, part_of=0),
        Measure(f"{name}_hurt", f"Injured in {place}", "All injured", FIXED, style=style),
    ]
    return World(name, "event", _start(random, days), measures, [killed, women, children, injured])


def ledger(name: str, random: Random, series: bool) -> World:
    """People held: those taken, less those released, rescued and recovered."""
    days = int(random.integers(150, 600))
    taken = float(random.integers(60, 900))
    chances = random.dirichlet((4, 1.0, 2))
    gone = np.rint(taken * random.uniform(0.4, 0.9) * chances)
    ways = [
        np.bincount(random.integers(5, days, int(one)), minlength=days).cumsum().astype("float64")
        for one in gone
    ]
    held = taken - np.sum(ways, axis=0)
    place = f"the {name} raid"
    measures = [
        Measure(f"{name}_held", f"Held since {place}", "Still held", STOCK),
        Measure(f"{name}_taken", f"Taken in {place}", "All taken", FIXED),
        Measure(f"{name}_released", f"Released after {place}", "Let go", CUMULATIVE),
        Measure(f"{name}_rescued", f"Rescued after {place}", "Freed by force", CUMULATIVE),
        Measure(f"{name}_recovered", f"Recovered after {place}", "Bodies", CUMULATIVE),
    ]
    names = [one.name for one in measures]
    text = f"{names[1]} = {names[0]} + {names[2]} + {names[3]} + {names[4]}"
    identities = [_sum(f"{name}_ledger", f"Ledger of {place}", text)]
    truth = [held, np.full(days, taken), *ways]
    return World(name, "ledger", _start(random, days), measures, truth, identities)


def exchange(name: str, random: Random, series: bool) -> World:
    """A planned exchange in weekly rounds, and its outcome, somewhat below the plan."""
    rounds, days = int(random.integers(6, 12)), 100
    planned = [float(random.integers(30, 120)), float(random.integers(130, 1990))]
    done = []
    for plan in planned:
        shares = random.dirichlet(np.full(rounds, 3.0))
        given = np.zeros(days)
        given[3 + 7 * np.arange(rounds)] = np.rint((plan - 6) * shares)
        done.append(given)
    place = f"the {name} deal"
    measures = [
        Measure(f"{name}_plan", f"To be released in {place}", "Planned", FIXED, told=False),
        Measure(f"{name}_freed", f"Released in {place}", "Let go so far", CUMULATIVE, plan=0),
        Measure(f"{name}_freed_day", f"Released on a day of {place}", "Of a day", FLOW, total=1),
        Measure(f"{name}_plan_other", f"Prisoners due in {place}", "Planned", FIXED, told=False),
        Measure(f"{name}_prisoners", f"Prisoners freed in {place}", "So far", CUMULATIVE, plan=3),
        Measure(f"{name}_prisoners_day", f"Prisoners of a day of {place}", "", FLOW, total=4),
    ]
    for one in measures:
        one.definition = one.definition or "Of a day"
    names = [one.name for one in measures]
    identities = [
        _sum(f"{name}_limit", f"Released in {place} against the plan", f"{names[1]} <= {names[0]}"),
        _sum(f"{name}_limit_other", f"Prisoners of {place}", f"{names[4]} <= {names[3]}"),
    ]
    truth = []
    for plan, given in zip(planned, done, strict=True):
        truth += [np.full(days, plan), given.cumsum(), given]
    return World(name, "exchange", _start(random, days), measures, truth, identities)


def share(name: str, random: Random, series: bool) -> World:
    """A population, the displaced among it, its share; and a survey of who was not counted."""
    days = int(random.integers(120, 500))
    population = np.rint(random.lognormal(13.0, 0.8)) + np.zeros(days)
    part = random.uniform(0.25, 0.6) + 0.1 * np.sin(np.arange(days) / 60.0)
    displaced = np.rint(population * part)
    missing = round(float(random.uniform(12, 45)), 1)
    place = f"{name} province"
    measures = [
        Measure(f"{name}_displaced", f"Displaced in {place}", "Not at home", STOCK, part_of=1),
        Measure(f"{name}_population", f"Population of {place}", "Registered", STOCK),
        Measure(f"{name}_share", f"Share displaced in {place}", "Of all", SHARE, "percent", of=1),
        Measure(f"{name}_missed", f"Part missing from the register of {place}",
                "(survey - register) / survey", SHARE, "percent", of=1),
        Measure(f"{name}_above", f"Excess over the register of {place}",
                "(survey - register) / register", SHARE, "percent", of=1),
    ]  # fmt: skip
    for one in measures[2:]:
        one.style = PERCENT
    if random.random() < 0.5:
        measures[0].style = ABOUT
    names = [one.name for one in measures]
    of = f"[{names[1]}]"
    identities = [
        _sum(
            f"{name}_part",
            f"Displaced of {place}",
            f"{names[2]}{of} = 100 * {names[0]} / {names[1]}",
        ),
        _sum(
            f"{name}_gap",
            f"Missing from the register of {place}, and above it",
            f"{names[4]}{of} = 100 * {names[3]}{of} / (100 - {names[3]}{of})",
        ),
    ]
    truth = [
        displaced,
        population,
        np.round(100 * displaced / population, 1),
        np.full(days, missing),
        np.full(days, round(100 * missing / (100 - missing), 1)),
    ]
    return World(name, "share", _start(random, days), measures, truth, identities)


def _start(random: Random, days: int) -> int:
    """A first day that leaves time for all that is said later."""
    return int(random.integers(FIRST, LAST - days))


CYCLE: tuple[tuple[Callable[[str, Random, bool], World], bool], ...] = (
    (war, True),
    (event, False),
    (ledger, False),
    (share, False),
    (war, False),
    (exchange, False),
    (war, True),
    (event, False),
)


def make_world(number: int, random: Random) -> World:
    """The world of the family of this number: two of eight have a daily table."""
    kind, series = CYCLE[number % len(CYCLE)]
    world = kind(f"f{number:05d}", random, series)
    world.stated = [one.copy() for one in world.truth]
    return world
