"""What the kinds of measures say: running totals rise, and flows are the steps of totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from analyzer.expressions import ANY
from analyzer.system.columns import Unknowns
from analyzer.system.places import NEVER, Calendar, Place, Span
from analyzer.system.rows import Rows
from analyzer.system.rules import ADDS, RUNNING, WITHIN


def add_flows(unknowns: Unknowns) -> None:
    """A flow is the step of its total; of two times, the longer has the larger flow."""
    rows, calendar = unknowns.rows, unknowns.calendar
    flows = [place for place in rows.places if calendar.kinds.get(place.measure) == "flow"]
    chains: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for place in sorted(flows):
        if place.scope != ANY:
            chains[place.chain].append(place)
    for (measure, scope, _), places in chains.items():
        total = calendar.totals.get(measure, "")
        if total:
            closed = calendar.closed.get(total, -NEVER)  # to an ended one nothing is added
            days = [place for place in places if place.first == place.last <= closed]
            known = unknowns.columns(total, scope)
            ends = [(known[_on(day.last)], known[_on(day.start - 1)]) for day in days]
            steps = [
                (after, before, rows.places[day])
                for (after, before), day in zip(ends, days, strict=True)
                if after != before  # a fixed total has no steps
            ]
            rows.equal_alike(steps, (1.0, -1.0, -1.0), 0.0, ADDS)
        _nest(rows, places)


def _on(day: int) -> Span:
    return NEVER, day, day


def _nest(rows: Rows, places: list[Place]) -> None:
    """Flows of which one covers the other; those that began earlier and go on are kept."""
    going: list[Place] = []
    for place in sorted(places, key=lambda place: (place.start, -place.last)):
        going = [one for one in going if one.last >= place.start]
        for one in going:
            if one.last >= place.last:
                rows.add({one: 1.0, place: -1.0}, 0.0, WITHIN)
        going.append(place)


def add_chains(rows: Rows, calendar: Calendar, wanted: Iterable[int] = ()) -> None:
    """Running totals do not fall from day to day; each has a place on the days that are wanted.

    A claim for a month speaks of some day in it: its place lies between those of the first and the
    last day.
    """
    running = {measure for measure, kind in calendar.kinds.items() if kind == "cumulative"}
    chains: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place in rows.places:
        if place[0] in running:
            chains[place[:3]].append(place)
    for places in chains.values():
        closed = calendar.closed.get(places[0].measure, -NEVER)
        spread = [place for place in places if place.first != place.last]
        known = {place.first: rows.places[place] for place in places if place.first == place.last}
        days = known.keys() | {day for place in spread for day in (place.first, place.last)}
        days |= {min(day, closed) for day in wanted}
        _add_chain(rows, places[0], known, sorted(days))
        for place in spread:
            start, end = (place._replace(first=d, last=d) for d in (place.first, place.last))
            rows.add({place: 1.0, start: -1.0}, 0.0, RUNNING)
            rows.add({end: 1.0, place: -1.0}, 0.0, RUNNING)


def _add_chain(rows: Rows, one: Place, known: Mapping[int, int], days: list[int]) -> None:
    """A place for each of the days, of which none is below the one before.

    Parameters
    ----------
    one : Place
        Any of the chain.
    known : mapping of int to int
        Columns of the days that have a place.
    """
    if len(days) > 1:
        second, first, *rest = (
            known[day] if day in known else rows.column(one._replace(first=day, last=day))
            for day in (days[1], days[0], *days[2:])
        )
        steps = [(later, earlier) for earlier, later in pairwise((first, second, *rest))]
        rows.add_alike(steps, (1.0, -1.0), 0.0, RUNNING)
