"""What an account says of a measure: claims looked up by time, scope and page.

An account is one page's own figures for one time, or what all sources say of that time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import pandas as pd

from analyzer.dates import show_span
from analyzer.expressions import ANY, Ref
from analyzer.intervals import Bounds
from analyzer.normalize import COUNTED
from analyzer.positions import label, split
from analyzer.settings import Thresholds

DAY = pd.Timedelta(days=1)


class UnknownTermError(Exception):
    """A term that no claim gives."""


@dataclass(frozen=True, slots=True)
class Value:
    """What an account says of one reference: implied and widest bounds, wording, claims."""

    near: Bounds
    literal: Bounds
    wording: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Where terms are looked up: one page (source, url) or, with neither, all sources."""

    when: pd.Timestamp | None
    until: pd.Timestamp | None
    source: str = ""
    url: str = ""
    since: pd.Timestamp | None = None


class _Shelf:
    """Claims of one measure and scope, found by their time and page."""

    def __init__(self, claims: pd.DataFrame) -> None:
        self.claims = claims
        self._times = claims.groupby(["at_first", "at_last"]).indices
        self._pages = claims.groupby(["at_first", "at_last", "source", "url"]).indices

    def at(self, place: Account) -> pd.DataFrame:
        """Claims for the time of an account, on its page if it is one."""
        time = (place.when, place.until)
        rows: Any = (
            self._pages.get((*time, place.source, place.url), ())
            if place.source
            else self._times.get(time, ())
        )
        if not len(rows):
            raise UnknownTermError
        return self.claims.take(list(rows))


class Book:
    """Looks up what an account says of a measure."""

    def __init__(
        self, claims: pd.DataFrame, measures: pd.DataFrame, thresholds: Thresholds
    ) -> None:
        keyed = measures.set_index("measure")
        self._kinds = keyed["kind"].to_dict()
        self._labels = keyed["label"].to_dict()
        self._closed = keyed["closed_last"].to_dict()
        planned = (claims["modality"] == "planned") & (claims["kind"] != "fixed")
        self._by_measure = {str(key): part for key, part in claims[~planned].groupby("measure")}
        self._names = dict(zip(claims["source"], claims["source_name"], strict=True))
        self._thresholds = thresholds
        self._shelves: dict[tuple[str, str], _Shelf] = {}
        self._values: dict[tuple[str, ...], Value] = {}

    def is_fixed(self, measure: str) -> bool:
        """Whether the measure has one total for all times."""
        return bool(self._kinds[measure] == "fixed")

    def label(self, ref: Ref) -> str:
        """How a term is called in print."""
        text = str(self._labels[ref.measure])
        return {"sum": f"{text}, days added", "before": f"{text}, the day before"}.get(
            ref.function, text
        )

    def name(self, place: Account) -> str:
        """How an account is called in print."""
        who = str(self._names[place.source]) if place.source else "All sources"
        if place.when is None or place.until is None:
            return who
        return f"{who}, {show_span(place.when.date(), place.until.date())}"

    def times_of(self, moving: list[Ref]) -> pd.DataFrame:
        """Times and pages at which the references are spoken of.

        Only times at which each one is known to some source; a total that has ended always is.
        """
        columns = ["at_first", "at_last", "source", "url"]
        open_ended = [ref for ref in moving if pd.isna(self._closed[ref.measure])] or moving
        spans, pages = [], []
        for ref in open_ended:
            try:
                claims = self._shelf(ref.measure, ref.scope).claims
            except UnknownTermError:
                return pd.DataFrame(columns=pd.Index(columns))
            pages.append(claims[columns])
            spans.append(claims[columns[:2]].drop_duplicates())
        return pd.concat(pages).drop_duplicates().merge(reduce(pd.DataFrame.merge, spans))

    def look_up(self, ref: Ref, place: Account) -> Value:
        """Claims of one reference in one account.

        Raises
        ------
        UnknownTermError
            When the account has none.
        """
        shelf = self._shelf(ref.measure, ref.scope)
        if self.is_fixed(ref.measure):
            return self._fixed(shelf.claims, place)
        if ref.function == "sum":
            return self._sum(shelf.claims, place)
        if ref.function == "before":
            return self._value(shelf.at(replace(_before(place), source="", url="")))
        closed = self._closed[ref.measure]
        if not pd.isna(closed) and place.when is not None and place.when >= closed:
            return self._value(shelf.claims[shelf.claims["at_first"] >= closed])
        return self._value(shelf.at(place))

    def _shelf(self, measure: str, scope: str) -> _Shelf:
        """Claims of one measure and scope; made once."""
        if (measure, scope) not in self._shelves:
            claims = self._by_measure.get(measure)
            if claims is None:
                raise UnknownTermError
            if scope != ANY:
                claims = claims[claims["scope"] == scope]
            self._shelves[measure, scope] = _Shelf(claims)
        return self._shelves[measure, scope]

    def _fixed(self, claims: pd.DataFrame, place: Account) -> Value:
        """The page's own exact figure, else its origin's, else its own, else the current one."""
        own = claims[(claims["source"] == place.source) & (claims["url"] == place.url)]
        if place.when is None or place.until is None:
            return self._value(own if place.source else claims)
        exact = claims["qualifier"] == "exact"
        if (not own.empty) and exact[own.index].all():
            return self._value(own)
        near = self._thresholds.current_days * DAY
        current = (claims["said_first"] <= place.until + near) & (
            claims["said_last"] >= place.when - near
        )
        origins = claims[current & exact & claims["authority"].isin(set(own["authority"]))]
        if not origins.empty:
            value = self._value(origins)
            name = origins["authority_name"].iloc[0]
            return replace(value, wording=f"{value.wording}, as {name} gives elsewhere")
        return self._value(own if not own.empty else claims[current])

    def _sum(self, claims: pd.DataFrame, place: Account) -> Value:
        """Days of a flow added up to the account's time; days that nobody gives may add more.

        A day counts as the page itself gives it, else as most claims do; to the letter, as the
        least of them do.
        """
        if place.until is None:
            raise UnknownTermError
        inside = claims["at_last"] <= place.until
        if place.since is not None:
            inside &= claims["period_start_first"] >= place.since
        near, literal, wordings, proof = 0.0, 0.0, [], []
        last = None
        for _, day in claims[inside].sort_values(["at_last", "id"]).groupby("slot", sort=False):
            start, end = day["period_start_first"].min(), day["at_last"].max()
            if last is not None and start <= last:
                continue  # the same handover, dated a night apart
            last = end
            own = day[day["source"] == place.source]
            leading = split(day if own.empty else own, self._thresholds.position_tolerance)[0]
            near += leading["implied_low"].min()
            literal += (day if own.empty else own)["low"].min()
            wordings.append(label(leading))
            proof += list(leading["id"])
        if not wordings:
            raise UnknownTermError
        bounds = Bounds(near, math.inf), Bounds(literal, math.inf)
        return Value(*bounds, " + ".join(wordings), tuple(proof))

    def _value(self, claims: pd.DataFrame) -> Value:
        """Hull of the positions that the claims take."""
        if claims.empty:
            raise UnknownTermError
        key = tuple(claims["id"])
        if key not in self._values:
            positions = split(claims, self._thresholds.position_tolerance)
            labels = list(dict.fromkeys(label(members) for members in positions))
            wording = labels[0] if len(labels) == 1 else f"({' or '.join(labels)})"
            # counts are taken at their word; a share is rounded to its last digit
            reading = "implied" if claims["unit"].isin(COUNTED).all() else "near"
            near = _hull(_common(members, reading) for members in positions)
            outer = _hull(_common(members, "apart") for members in positions)
            self._values[key] = Value(near, outer, wording, key)
        return self._values[key]


def _common(members: pd.DataFrame, prefix: str) -> Bounds:
    """What all claims of a position allow, or the range of what they state."""
    ends = float(members[f"{prefix}_low"].max()), float(members[f"{prefix}_high"].min())
    return Bounds(min(ends), max(ends))


def _hull(parts: Iterable[Bounds]) -> Bounds:
    parts = list(parts)
    return Bounds(min(part.low for part in parts), max(part.high for part in parts))


def _before(place: Account) -> Account:
    if place.when is None or place.until is None:
        raise UnknownTermError
    return replace(place, when=place.when - DAY, until=place.until - DAY)
