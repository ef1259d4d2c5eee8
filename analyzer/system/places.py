"""Where a figure belongs in the system: one place is one measure, scope and time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

NEVER = -(10**9)  # days: stands for a time that is not there
EPOCH = pd.Timestamp("1970-01-01")
DAY = pd.Timedelta(days=1)


class Place(NamedTuple):
    """One unknown of the system; days are counted from 1970, `NEVER` where there is none.

    `since` tells running totals apart that are counted from different days; `start` is the first
    day of a flow. A fixed measure has one place for all times.
    """

    measure: str
    scope: str
    since: str
    start: int
    first: int
    last: int

    @property
    def is_measure(self) -> bool:
        """Whether claims can speak of it; else it only helps to write an identity down."""
        return self.scope != "*" and "(" not in self.measure

    @property
    def chain(self) -> tuple[str, str, str]:
        """What the places of one running total have in common."""
        return self.measure, self.scope, self.since

    @property
    def span(self) -> tuple[int, int, int]:
        """The time of a place: first day of a flow, first and last day that it speaks of."""
        return self.start, self.first, self.last


class Facts(NamedTuple):
    """What measures.csv says of each measure, looked up once for all systems of a dossier.

    `closed` is the last day of a total that has ended, `totals` what a flow is the step of.
    """

    kinds: Mapping[str, str]
    units: Mapping[str, str]
    totals: Mapping[str, str]
    closed: Mapping[str, int]


def facts_of(measures: pd.DataFrame) -> Facts:
    """Facts of measures.csv."""
    names = measures["measure"].tolist()
    kinds, units, totals = (
        dict(zip(names, measures[column].tolist(), strict=True))
        for column in ("kind", "unit", "total")
    )
    ended = day_number(measures["closed_last"]).tolist()
    closed = {name: day for name, day in zip(names, ended, strict=True) if day != NEVER}
    return Facts(kinds, units, totals, closed)


class Calendar:
    """The times at which claims speak of a measure and scope, and the kind of each measure."""

    def __init__(self, places: Iterable[Place], facts: Facts) -> None:
        self.kinds, self.closed, self.totals = facts.kinds, facts.closed, facts.totals
        self._scopes: dict[str, set[str]] = defaultdict(set)
        self._spans: dict[tuple[str, str], set[tuple[int, int, int]]] = defaultdict(set)
        self._since: dict[tuple[str, str], set[str]] = defaultdict(set)
        for place in places:
            if not place.is_measure:
                continue
            self._spans[place.measure, place.scope].add(place.span)
            self._since[place.measure, place.scope].add(place.since)
            self._scopes[place.measure].add(place.scope)

    def scopes(self, measure: str) -> list[str]:
        """Scopes in which a measure is claimed."""
        return sorted(self._scopes.get(measure, ()))

    def spans(self, measure: str, scope: str) -> set[tuple[int, int, int]]:
        """Times at which a measure and scope is claimed."""
        return self._spans.get((measure, scope), set())

    def place(self, measure: str, scope: str, span: tuple[int, int, int]) -> Place:
        """The place of a measure at a time, whether a claim speaks of it or not."""
        start, first, last = span
        kind = self.kinds[measure]
        if kind == "fixed":
            return Place(measure, scope, "", NEVER, NEVER, NEVER)
        if kind == "flow":
            return Place(measure, scope, "", start, first, last)
        closed = self.closed.get(measure, -NEVER)
        if first >= closed:
            first = last = closed
        since = ""
        if kind == "cumulative":
            known = self._since.get((measure, scope), {""})
            since = "" if "" in known else min(known)
        return Place(measure, scope, since, NEVER, first, last)


def day_number(days: pd.Series) -> pd.Series:
    """Days from 1970 as whole numbers; `NEVER` where there is none."""
    numbers = (days - EPOCH) / DAY
    return numbers.where(days.notna(), NEVER).astype(np.int64)


def timestamp(day: int) -> Any:
    """The day of a number; NaT for `NEVER`."""
    return EPOCH + day * DAY if day != NEVER else pd.NaT
