"""Where a figure belongs in the system: one place is one measure, scope and time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analyzer import arrays
from analyzer.arrays import Integers

NEVER = -(10**9)  # days: stands for a time that is not there
Span = tuple[int, int, int]  # first day of a flow, first and last day that is spoken of
ALWAYS: Span = (NEVER, NEVER, NEVER)
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
    def span(self) -> Span:
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
        self._spans: dict[tuple[str, str], set[Span]] = defaultdict(set)
        self._since: dict[tuple[str, str], set[str]] = defaultdict(set)
        for at, group in groupby(places, itemgetter(0, 1)):
            own = list(group)
            if own[0].is_measure:
                self._scopes[own[0].measure].add(own[0].scope)
                self._spans[at].update(map(itemgetter(3, 4, 5), own))
                self._since[at].update(map(itemgetter(2), own))

    def scopes(self, measure: str) -> list[str]:
        """Scopes in which a measure is claimed."""
        return sorted(self._scopes.get(measure, ()))

    def spans(self, measure: str, scope: str) -> set[Span]:
        """Times at which a measure and scope is claimed."""
        return self._spans.get((measure, scope), set())

    def place(self, measure: str, scope: str, span: Span) -> Place:
        """The place of a measure at a time, whether a claim speaks of it or not."""
        return self.placing(measure, scope)(span)

    def placing(self, measure: str, scope: str) -> Callable[[Span], Place]:
        """As `place`, for all times of a measure and scope."""
        kind = self.kinds[measure]
        if kind == "fixed":
            return lambda span: Place(measure, scope, "", *ALWAYS)
        if kind == "flow":
            return lambda span: Place(measure, scope, "", *span)
        since = ""
        if kind == "cumulative":
            known = self._since.get((measure, scope), {""})
            since = "" if "" in known else min(known)
        closed = self.closed.get(measure, -NEVER)

        def placed(span: Span) -> Place:
            _, first, last = span
            if first >= closed:
                first = last = closed
            return Place(measure, scope, since, NEVER, first, last)

        return placed


def day_number(days: pd.Series) -> pd.Series:
    """Days from 1970 as whole numbers; `NEVER` where there is none."""
    return pd.Series(numbers_of(days), days.index)


def numbers_of(days: pd.Series) -> Integers:
    """As `day_number`, without the index."""
    numbers = arrays.days(days)
    return np.where(numbers == arrays.NEVER, NEVER, numbers)


def timestamp(day: int) -> Any:
    """The day of a number; NaT for `NEVER`."""
    return EPOCH + day * DAY if day != NEVER else pd.NaT
