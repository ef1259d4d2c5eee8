"""Accounts by their definition: every identity, place and claim in turn, for frames of a few rows.

Slow and plain on purpose: the fast look-ups of package `accounts` are held against it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import reduce
from typing import Any

import pandas as pd
from bounded import value_of

from analyzer.dates import show_span
from analyzer.expressions import ANY, Ref, parse_expression, refs
from analyzer.gaps import gap
from analyzer.intervals import Bounds
from analyzer.normalize import COUNTED
from analyzer.positions import label, split
from analyzer.settings import Thresholds

DAY = pd.Timedelta(days=1)
Row = dict[str, Any]
Told = tuple[Any, ...]


class UnknownError(Exception):
    """No claim gives a term."""


@dataclass(frozen=True)
class Place:
    first: Any = None
    last: Any = None
    source: str = ""
    url: str = ""


@dataclass(frozen=True)
class Value:
    near: Bounds
    literal: Bounds
    wording: str
    claims: frozenset[str]


class Accountant:
    """Looks up terms in a frame of aligned claims."""

    def __init__(
        self, claims: pd.DataFrame, measures: pd.DataFrame, thresholds: Thresholds
    ) -> None:
        planned = (claims["modality"] == "planned") & (claims["kind"] != "fixed")
        self.claims = claims[claims["comparable"] & ~planned].sort_values("id", ignore_index=True)
        self.kinds = dict(zip(measures["measure"], measures["kind"], strict=True))
        self.closed = dict(zip(measures["measure"], measures["closed_last"], strict=True))
        self.thresholds = thresholds

    def told(self, name: str, text: str, since: Any, until: Any) -> list[Told]:
        """Accounts of one identity in their order."""
        expression = parse_expression(text)
        sides = expression.left, expression.right
        used = list(dict.fromkeys(ref for side in sides for ref in refs(side)))
        moving = [ref for ref in used if self.kinds[ref.measure] != "fixed" and not ref.function]
        found: list[Told] = []
        seen: set[frozenset[str]] = set()
        for place in self.places(used, moving, since, until):
            try:
                values = {ref: self.look_up(ref, place, since) for ref in used}
            except UnknownError:
                continue
            every = frozenset().union(*(values[ref].claims for ref in used))
            moves = frozenset().union(*(values[ref].claims for ref in moving)) or every
            if not place.source and moves in seen:
                continue
            seen.add(moves)
            bounds = [
                [value_of(side, lambda ref: getattr(values[ref], end)) for side in sides]  # noqa: B023
                for end in ("near", "literal")
            ]
            missed = [miss(expression.relation, *both) for both in bounds]
            strength = "contradicts" if missed[1] else "strains" if missed[0] else "holds"
            when = "" if place.first is None else show_span(place.first.date(), place.last.date())
            near = [end for side in bounds[0] for end in (side.low, side.high)]
            wordings = tuple(values[ref].wording for side in sides for ref in refs(side))
            about = f"{name}.{len(found):04}", place.source, place.url, when, strength
            found.append((*about, *near, missed[0], tuple(sorted(every)), wordings))
        return found

    def places(self, used: list[Ref], moving: list[Ref], since: Any, until: Any) -> list[Place]:
        """Pages, then all sources, in the order of times."""
        if not moving:
            ours = self.claims[self.claims["measure"].isin([ref.measure for ref in used])]
            pages = sorted(set(zip(ours["source"], ours["url"], strict=True)))
            return [*(Place(None, None, *page) for page in pages), Place()]
        leads = [ref for ref in moving if pd.isna(self.closed[ref.measure])] or moving
        shelves = [self.shelf(ref) for ref in leads]
        spans = reduce(
            set.intersection,
            [set(zip(one["at_first"], one["at_last"], strict=True)) for one in shelves],
        )
        spans = {
            (first, last)
            for first, last in spans
            if (pd.isna(since) or last >= since) and (pd.isna(until) or first <= until)
        }
        columns = ["at_first", "at_last", "source", "url"]
        pages = {row for one in shelves for row in one[columns].itertuples(index=False, name=None)}
        pages = sorted(row for row in pages if row[:2] in spans)
        return [*(Place(*row) for row in pages), *(Place(*span) for span in sorted(spans))]

    def shelf(self, ref: Ref) -> pd.DataFrame:
        mine = self.claims[self.claims["measure"] == ref.measure]
        return mine if ref.scope == ANY else mine[mine["scope"] == ref.scope]

    def look_up(self, ref: Ref, place: Place, since: Any) -> Value:
        shelf = self.shelf(ref)
        own = shelf[(shelf["source"] == place.source) & (shelf["url"] == place.url)]
        if self.kinds[ref.measure] == "fixed":
            return self.fixed(shelf, own, place)
        if place.first is None:
            raise UnknownError
        if ref.function == "sum":
            return self.added(shelf, place, since)
        if ref.function == "before":
            return self.value(shelf, at(shelf, place.first - DAY, place.last - DAY))
        closed = self.closed[ref.measure]
        if not pd.isna(closed) and place.first >= closed:
            return self.value(shelf, shelf[shelf["at_first"] >= closed])
        given = own if place.source else shelf
        return self.value(shelf, at(given, place.first, place.last))

    def fixed(self, shelf: pd.DataFrame, own: pd.DataFrame, place: Place) -> Value:
        if place.first is None:
            return self.value(shelf, own if place.source else shelf)
        if len(own) and (own["qualifier"] == "exact").all():
            return self.value(shelf, own)
        near = self.thresholds.current_days * DAY
        current = shelf[
            (shelf["said_first"] <= place.last + near) & (shelf["said_last"] >= place.first - near)
        ]
        origins = current[current["authority"].isin(set(own["authority"]))]
        origins = origins[origins["qualifier"] == "exact"]
        if len(origins):
            value = self.value(shelf, origins)
            text = f"{value.wording}, as {origins['authority_name'].iloc[0]} gives elsewhere"
            return Value(value.near, value.literal, text, value.claims)
        return self.value(shelf, own if len(own) else current)

    def added(self, shelf: pd.DataFrame, place: Place, since: Any) -> Value:
        days = shelf if pd.isna(since) else shelf[shelf["period_start_first"] >= since]
        days = days.sort_values(["at_last", "id"])
        near = literal = 0.0
        wordings: list[str] = []
        claims: set[str] = set()
        end = None
        for slot in dict.fromkeys(days["slot"]):
            day = days[days["slot"] == slot]
            start, last = day["period_start_first"].min(), day["at_last"].max()
            if (end is not None and start <= end) or last > place.last:
                continue
            own = day[day["source"] == place.source]
            day = own if len(own) else day
            leading = split(day, self.thresholds.position_tolerance)[0]
            near += leading["implied_low"].min()
            literal += day["low"].min()
            wordings.append(label(leading))
            claims |= set(leading["id"])
            end = last
        if not wordings:
            raise UnknownError
        wording = " + ".join(wordings)
        return Value(Bounds(near, math.inf), Bounds(literal, math.inf), wording, frozenset(claims))

    def value(self, shelf: pd.DataFrame, rows: pd.DataFrame) -> Value:
        if rows.empty:
            raise UnknownError
        positions = split(rows, self.thresholds.position_tolerance)
        labels = list(dict.fromkeys(label(members) for members in positions))
        near = "implied" if shelf["unit"].isin(COUNTED).all() else "near"
        return Value(
            hull([common(members, near) for members in positions]),
            hull([common(members, "apart") for members in positions]),
            labels[0] if len(labels) == 1 else f"({' or '.join(labels)})",
            frozenset(rows["id"]),
        )


def at(shelf: pd.DataFrame, first: Any, last: Any) -> pd.DataFrame:
    return shelf[(shelf["at_first"] == first) & (shelf["at_last"] == last)]


def common(members: pd.DataFrame, name: str) -> Bounds:
    ends = float(members[f"{name}_low"].max()), float(members[f"{name}_high"].min())
    return Bounds(min(ends), max(ends))


def hull(parts: list[Bounds]) -> Bounds:
    return Bounds(min(part.low for part in parts), max(part.high for part in parts))


def miss(relation: str, left: Bounds, right: Bounds) -> float:
    slack = 1e-9 * max(abs(end) for end in (left.low, right.low, 1.0) if math.isfinite(end))
    if left.low > right.high + slack and relation in ("=", "<="):
        return float(gap(left.low, right.high))
    below = right.low > left.high + slack and relation in ("=", ">=")
    return float(gap(left.high, right.low)) if below else 0.0
