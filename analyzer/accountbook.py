"""What an account says of a measure: claims looked up by time, scope and page.

An account is one page's own figures for one time, or what all sources say of that time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce

import pandas as pd

from analyzer.dates import show_span
from analyzer.expressions import ANY, Ref
from analyzer.settings import Thresholds
from analyzer.shelf import Shelf, UnknownTermError, Value

DAY = pd.Timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Account:
    """Where terms are looked up: one page (source, url) or, with neither, all sources."""

    when: pd.Timestamp | None
    until: pd.Timestamp | None
    source: str = ""
    url: str = ""
    since: pd.Timestamp | None = None


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
        self._shelves: dict[tuple[str, str], Shelf] = {}

    def is_fixed(self, measure: str) -> bool:
        """Whether the measure has one total for all times."""
        return bool(self._kinds[measure] == "fixed")

    def label(self, ref: Ref) -> str:
        """How a term is called in print."""
        text = str(self._labels[ref.measure])
        if ref.scope not in ("", ANY, *self._labels):
            text += f", {ref.scope.replace('_', ' ')}"
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
            return self._fixed(shelf, place)
        if ref.function == "sum":
            if place.until is None:
                raise UnknownTermError
            return shelf.days_added(place.until, place.since, place.source)
        if ref.function == "before":
            if place.when is None or place.until is None:
                raise UnknownTermError
            return shelf.value(shelf.at((place.when - DAY, place.until - DAY)))
        closed = self._closed[ref.measure]
        if not pd.isna(closed) and place.when is not None and place.when >= closed:
            return shelf.value(shelf.where(shelf.claims["at_first"] >= closed))
        return shelf.value(shelf.at((place.when, place.until), place.source, place.url))

    def _shelf(self, measure: str, scope: str) -> Shelf:
        """Claims of one measure and scope; made once."""
        if (measure, scope) not in self._shelves:
            claims = self._by_measure.get(measure)
            if claims is None:
                raise UnknownTermError
            if scope != ANY:
                claims = claims[claims["scope"] == scope]
            tolerance = self._thresholds.position_tolerance
            self._shelves[measure, scope] = Shelf(claims, tolerance)
        return self._shelves[measure, scope]

    def _fixed(self, shelf: Shelf, place: Account) -> Value:
        """The page's own exact figure, else its origin's, else its own, else the current one."""
        claims, own = shelf.claims, shelf.on_page(place.source, place.url)
        if place.when is None or place.until is None:
            return shelf.value(own if place.source else tuple(range(len(claims))))
        exact = claims["qualifier"] == "exact"
        if own and exact.iloc[list(own)].all():
            return shelf.value(own)
        near = self._thresholds.current_days * DAY
        current = (claims["said_first"] <= place.until + near) & (
            claims["said_last"] >= place.when - near
        )
        authorities = set(claims["authority"].iloc[list(own)])
        origins = shelf.where(current & exact & claims["authority"].isin(authorities))
        if origins:
            value = shelf.value(origins)
            name = claims["authority_name"].iloc[origins[0]]
            return replace(value, wording=f"{value.wording}, as {name} gives elsewhere")
        return shelf.value(own or shelf.where(current))
