"""Claims of one measure and scope, found by time and page, and what some of them say together."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analyzer.intervals import Bounds
from analyzer.normalize import COUNTED
from analyzer.phrases import plural
from analyzer.positions import label, split

Rows = tuple[int, ...]
NEEDED = ["id", "source", "url", "slot", "unit", "authority", "authority_name", "reading"]
NEEDED += ["at_first", "at_last", "period_start_first", "said_first", "said_last", "qualifier"]
NEEDED += ["stated", "low", "high", "near_low", "near_high", "implied_low", "implied_high"]
NEEDED += ["apart_low", "apart_high"]
SPELT_OUT = 40  # days of a sum whose figures are all written out; more say how many they are


class UnknownTermError(Exception):
    """A term that no claim gives."""


@dataclass(frozen=True, slots=True)
class Value:
    """What an account says of one reference: implied and widest bounds, wording, claims.

    `partial_sums` holds, for days added up, the last day and the least sum up to each of them.
    """

    near: Bounds
    literal: Bounds
    wording: str
    claims: tuple[str, ...]
    partial_sums: tuple[tuple[pd.Timestamp, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Sums:
    """Days of a flow in their order, each list with one entry a day."""

    ends: list[pd.Timestamp]
    near: list[float]
    literal: list[float]
    wordings: list[str]
    claims: list[tuple[str, ...]]


class Shelf:
    """Claims of one measure and scope; rows are places in its frame."""

    def __init__(self, claims: pd.DataFrame, tolerance: float) -> None:
        self.claims = claims[NEEDED].reset_index(drop=True)
        self._tolerance = tolerance
        # counts are taken at their word; a share is rounded to its last digit
        counted = self.claims["unit"].isin(COUNTED).all()
        self._near = self._bounds("implied" if counted else "near")
        self._literal = self._bounds("apart")
        self._ids, self._sources, self._readings = (
            self.claims[column].tolist() for column in ("id", "source", "reading")
        )
        self._times = self.claims.groupby(["at_first", "at_last"]).indices
        self._timed = self.claims.groupby(["at_first", "at_last", "source", "url"]).indices
        self._pages = self.claims.groupby(["source", "url"]).indices
        self._values: dict[Rows, Value] = {}
        self._sums: dict[tuple[str, pd.Timestamp | None], _Sums] = {}

    def _bounds(self, prefix: str) -> list[Bounds]:
        ends = [self.claims[f"{prefix}_{end}"].tolist() for end in ("low", "high")]
        return [Bounds(low, high) for low, high in zip(*ends, strict=True)]

    def at(self, time: tuple[Any, Any], source: str = "", url: str = "") -> Rows:
        """Claims for a time, on one page if a source is named."""
        found: Any = self._timed.get((*time, source, url)) if source else self._times.get(time)
        return () if found is None else tuple(found)

    def on_page(self, source: str, url: str) -> Rows:
        """Claims on one page, whatever time they speak of."""
        found: Any = self._pages.get((source, url))
        return () if found is None else tuple(found)

    def where(self, kept: pd.Series) -> Rows:
        """Claims for which a condition holds."""
        return tuple(np.flatnonzero(kept))

    def value(self, rows: Rows) -> Value:
        """Hull of the positions that the claims take.

        Raises
        ------
        UnknownTermError
            When there are none.
        """
        if not rows:
            raise UnknownTermError
        if rows not in self._values:
            self._values[rows] = self._several(rows) if len(rows) > 1 else self._single(rows[0])
        return self._values[rows]

    def _single(self, row: int) -> Value:
        near, literal = self._near[row], self._literal[row]
        return Value(_common([near]), _common([literal]), self._readings[row], (self._ids[row],))

    def _several(self, rows: Rows) -> Value:
        positions = split(self.claims.iloc[list(rows)], self._tolerance)
        labels = list(dict.fromkeys(label(members) for members in positions))
        return Value(
            _hull(_common([self._near[row] for row in members.index]) for members in positions),
            _hull(_common([self._literal[row] for row in members.index]) for members in positions),
            labels[0] if len(labels) == 1 else f"({' or '.join(labels)})",
            tuple(self._ids[row] for row in rows),
        )

    def days_added(self, until: pd.Timestamp, since: pd.Timestamp | None, source: str) -> Value:
        """Days of a flow added up to a day; days that nobody gives may add more.

        A day counts as the source itself gives it, else as most claims do; to the letter, as the
        least of them do.

        Raises
        ------
        UnknownTermError
            When no day is given.
        """
        if (source, since) not in self._sums:
            self._sums[source, since] = self._add_up(source, since)
        sums = self._sums[source, since]
        days = bisect_right(sums.ends, until)
        if not days:
            raise UnknownTermError
        wording = " + ".join(sums.wordings[:days])
        if days > SPELT_OUT:
            wording = f"the sum of {plural(days, 'day')}"
        return Value(
            Bounds(sums.near[days - 1], math.inf),
            Bounds(sums.literal[days - 1], math.inf),
            wording,
            tuple(one for ids in sums.claims[:days] for one in ids),
            tuple(zip(sums.ends[:days], sums.near[:days], strict=True)),
        )

    def _add_up(self, source: str, since: pd.Timestamp | None) -> _Sums:
        sums = _Sums([], [], [], [], [])
        near = literal = 0.0
        for start, end, rows in self._days(since):
            if sums.ends and start <= sums.ends[-1]:
                continue  # the same handover, dated a night apart
            own = [row for row in rows if self._sources[row] == source] or rows
            day = self.claims.iloc[own]
            leading = split(day, self._tolerance)[0]
            near += leading["implied_low"].min()
            literal += day["low"].min()
            sums.ends.append(end)
            sums.near.append(near)
            sums.literal.append(literal)
            sums.wordings.append(label(leading))
            sums.claims.append(tuple(leading["id"]))
        return sums

    def _days(
        self, since: pd.Timestamp | None
    ) -> Iterable[tuple[pd.Timestamp, pd.Timestamp, list[int]]]:
        """First and last day and claims of each period, in the order of the last days."""
        days = self.claims[self.claims["at_last"].notna()]
        if since is not None:
            days = days[days["period_start_first"] >= since]
        days = days.sort_values(["at_last", "id"])
        rows: dict[str, list[int]] = {}
        for row, slot in zip(days.index, days["slot"], strict=True):
            rows.setdefault(slot, []).append(row)
        starts = days.groupby("slot")["period_start_first"].min().to_dict()
        ends = days.groupby("slot")["at_last"].max().to_dict()
        return [(starts[slot], ends[slot], places) for slot, places in rows.items()]


def _common(bounds: list[Bounds]) -> Bounds:
    """What all claims of a position allow, or the range of what they state."""
    ends = max(one.low for one in bounds), min(one.high for one in bounds)
    return Bounds(min(ends), max(ends))


def _hull(parts: Iterable[Bounds]) -> Bounds:
    parts = list(parts)
    return Bounds(min(part.low for part in parts), max(part.high for part in parts))
