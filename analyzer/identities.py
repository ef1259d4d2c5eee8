"""Do the figures add up? Each identity, held against every account that gives its terms.

An account is one page's own figures for one time, or what all sources say of that time. Terms
are intervals; an identity fails only when no choice of values within them satisfies it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import pandas as pd

from analyzer.dates import show_span
from analyzer.expressions import (
    ANY,
    Expression,
    Node,
    Number,
    Ref,
    addends,
    evaluate,
    parse_expression,
    refs,
)
from analyzer.gaps import gap
from analyzer.intervals import Bounds
from analyzer.normalize import COUNTED
from analyzer.positions import label, split
from analyzer.readings import number, value_range
from analyzer.settings import Thresholds

ACCOUNTS = [
    "account",
    "identity",
    "name",
    "source",
    "url",
    "when",
    "relation",
    "left_low",
    "left_high",
    "right_low",
    "right_high",
    "holds",
    "strength",
    "gap",
    "claims",
]
TERMS = [
    "account",
    "side",
    "measure",
    "label",
    "factor",
    "low",
    "high",
    "constant",
    "claims",
    "wording",
]
DAY = pd.Timedelta(days=1)


class _UnknownTermError(Exception):
    """A term that no claim gives."""


@dataclass(frozen=True, slots=True)
class _Value:
    """What an account says of one reference: implied and widest bounds, wording, claims."""

    near: Bounds
    literal: Bounds
    wording: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Account:
    """Where terms are looked up: one page (source, url) or, with neither, all sources."""

    when: pd.Timestamp | None
    until: pd.Timestamp | None
    source: str = ""
    url: str = ""
    since: pd.Timestamp | None = None


def evaluate_identities(
    claims: pd.DataFrame, identities: pd.DataFrame, measures: pd.DataFrame, thresholds: Thresholds
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hold every identity against every account.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.

    Returns
    -------
    accounts : DataFrame
        One row an account, columns `ACCOUNTS`; `strength` is "contradicts" (even the literal
        bounds, with round numbers read as rounded, can't satisfy it), "strains" (only the implied
        ones can't) or "holds".
    terms : DataFrame
        One row a term of an account, columns `TERMS`, bounds times their factor.
    """
    usable = claims[claims["comparable"]]
    book = _Book(usable, measures, thresholds)
    accounts: list[dict[str, Any]] = []
    terms: list[dict[str, Any]] = []
    for identity in identities.sort_values("name").to_dict("records"):
        expression = parse_expression(str(identity["expression"]))
        evaluated: set[tuple[str, ...]] = set()
        for place in _places(expression, usable, book, identity):
            try:
                row, parts = _hold(expression, place, book, len(accounts), identity["name"])
            except _UnknownTermError:
                continue
            moving = row.pop("moving")
            if not place.source and moving in evaluated:
                continue  # all sources together are no more than one page's own figures
            evaluated.add(moving)
            accounts.append(row)
            terms += parts
    return (
        pd.DataFrame(accounts, columns=pd.Index(ACCOUNTS)),
        pd.DataFrame(terms, columns=pd.Index(TERMS)),
    )


def _places(
    expression: Expression, claims: pd.DataFrame, book: _Book, identity: dict[Any, Any]
) -> Iterator[_Account]:
    """Pages first, then all sources; each time at which a term that moves is spoken of."""
    used = [ref for side in (expression.left, expression.right) for ref in refs(side)]
    start, end = identity["valid_from_first"], identity["valid_to_last"]
    since = None if pd.isna(start) else start
    moving = [ref for ref in used if not book.is_fixed(ref.measure) and not ref.function]
    ours = claims[claims["measure"].isin([ref.measure for ref in moving or used])]
    if not moving:
        for source, url in sorted(set(zip(ours["source"], ours["url"], strict=True))):
            yield _Account(None, None, source, url)
        yield _Account(None, None)
        return
    times = book.times_of(moving)
    if since is not None:
        times = times[times["at_last"] >= since]
    if not pd.isna(end):
        times = times[times["at_first"] <= end]
    for first, last, source, url in _ordered(times):
        yield _Account(first, last, source, url, since)
    spans = times[["at_first", "at_last"]].drop_duplicates()
    for first, last in _ordered(spans):
        yield _Account(first, last, since=since)


def _ordered(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    columns = [str(column) for column in frame.columns]
    return iter(frame.sort_values(columns).itertuples(index=False, name=None))


def _hold(
    expression: Expression, place: _Account, book: _Book, number_of: int, name: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    used = [ref for side in _sides(expression) for ref in refs(side)]
    # what moves is looked up first: most accounts lack it, and a fixed figure is always known
    used.sort(key=lambda ref: book.is_fixed(ref.measure))
    values = {ref: book.look_up(ref, place) for ref in used}
    near = [evaluate(side, lambda ref: values[ref].near) for side in _sides(expression)]
    literal = [evaluate(side, lambda ref: values[ref].literal) for side in _sides(expression)]
    near_gap, literal_gap = _miss(expression.relation, *near), _miss(expression.relation, *literal)
    strength = "contradicts" if literal_gap else "strains" if near_gap else "holds"
    account = f"{name}.{number_of}"
    row = {
        "account": account,
        "identity": name,
        "name": book.name(place),
        "source": place.source,
        "url": place.url,
        "when": "" if place.when is None else show_span(place.when.date(), place.until.date()),  # type: ignore[union-attr]
        "relation": expression.relation,
        "left_low": near[0].low,
        "left_high": near[0].high,
        "right_low": near[1].low,
        "right_high": near[1].high,
        "holds": strength == "holds",
        "strength": strength,
        "gap": near_gap,
        "claims": tuple(sorted({one for value in values.values() for one in value.claims})),
    }
    row["moving"] = (
        tuple(
            sorted(
                {
                    one
                    for ref in used
                    if not book.is_fixed(ref.measure) and not ref.function
                    for one in values[ref].claims
                }
            )
        )
        or row["claims"]
    )
    parts = [
        _term(account, side, factor, node, values, book)
        for side, tree in zip(("left", "right"), _sides(expression), strict=True)
        for factor, node in addends(tree)
    ]
    return row, parts


def _sides(expression: Expression) -> tuple[Node, Node]:
    return expression.left, expression.right


def _miss(relation: str, left: Bounds, right: Bounds) -> float:
    """Gap between the facing ends of two sides that can't satisfy the relation; 0 if they can."""
    slack = 1e-9 * max(abs(end) for end in (left.low, right.low, 1.0) if math.isfinite(end))
    above = left.low > right.high + slack and relation in ("=", "<=")
    below = right.low > left.high + slack and relation in ("=", ">=")
    if above:
        return float(gap(left.low, right.high))
    return float(gap(left.high, right.low)) if below else 0.0


def _term(
    account: str,
    side: str,
    factor: float,
    node: Node,
    values: dict[Ref, _Value],
    book: _Book,
) -> dict[str, Any]:
    bounds = evaluate(node, lambda ref: values[ref].near) * Bounds(factor, factor)
    used = list(refs(node))
    if isinstance(node, Number):
        wording = label = number(node.value)
    elif isinstance(node, Ref):
        wording, label = values[node].wording, book.label(node)
    else:
        wording, label = value_range(bounds.low, bounds.high), _in_words(node, book)
    return {
        "account": account,
        "side": side,
        "measure": used[0].measure if used else "",
        "label": label,
        "factor": factor,
        "low": bounds.low,
        "high": bounds.high,
        "constant": not used,
        "claims": tuple(sorted({one for ref in used for one in values[ref].claims})),
        "wording": wording,
    }


def _in_words(node: Node, book: _Book) -> str:
    """A product or quotient with the printed names of its measures."""
    if isinstance(node, Number):
        return number(node.value)
    if isinstance(node, Ref):
        return book.label(node)
    sign = {"*": "\N{MULTIPLICATION SIGN}", "/": "\N{DIVISION SIGN}"}.get(node.sign, node.sign)
    inner = f"{_in_words(node.left, book)} {sign} {_in_words(node.right, book)}"
    return f"({inner})" if node.sign in "+-" else inner


class _Shelf:
    """Claims of one measure and scope, found by their time and page."""

    def __init__(self, claims: pd.DataFrame) -> None:
        self.claims = claims
        self._times = claims.groupby(["at_first", "at_last"]).indices
        self._pages = claims.groupby(["at_first", "at_last", "source", "url"]).indices

    def at(self, place: _Account) -> pd.DataFrame:
        """Claims for the time of an account, on its page if it is one."""
        time = (place.when, place.until)
        rows: Any = (
            self._pages.get((*time, place.source, place.url), ())
            if place.source
            else self._times.get(time, ())
        )
        if not len(rows):
            raise _UnknownTermError
        return self.claims.take(list(rows))


class _Book:
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
        self._values: dict[tuple[str, ...], _Value] = {}

    def is_fixed(self, measure: str) -> bool:
        """Whether the measure has one total for all times."""
        return bool(self._kinds[measure] == "fixed")

    def label(self, ref: Ref) -> str:
        """How a term is called in print."""
        text = str(self._labels[ref.measure])
        return {"sum": f"{text}, days added", "before": f"{text}, the day before"}.get(
            ref.function, text
        )

    def name(self, place: _Account) -> str:
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
            except _UnknownTermError:
                return pd.DataFrame(columns=pd.Index(columns))
            pages.append(claims[columns])
            spans.append(claims[columns[:2]].drop_duplicates())
        return pd.concat(pages).drop_duplicates().merge(reduce(pd.DataFrame.merge, spans))

    def look_up(self, ref: Ref, place: _Account) -> _Value:
        """Claims of one reference in one account.

        Raises
        ------
        _UnknownTermError
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
                raise _UnknownTermError
            if scope != ANY:
                claims = claims[claims["scope"] == scope]
            self._shelves[measure, scope] = _Shelf(claims)
        return self._shelves[measure, scope]

    def _fixed(self, claims: pd.DataFrame, place: _Account) -> _Value:
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

    def _sum(self, claims: pd.DataFrame, place: _Account) -> _Value:
        """Days of a flow added up to the account's time; days that nobody gives may add more.

        A day counts as the page itself gives it, else as most claims do; to the letter, as the
        least of them do.
        """
        if place.until is None:
            raise _UnknownTermError
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
            raise _UnknownTermError
        bounds = Bounds(near, math.inf), Bounds(literal, math.inf)
        return _Value(*bounds, " + ".join(wordings), tuple(proof))

    def _value(self, claims: pd.DataFrame) -> _Value:
        """Hull of the positions that the claims take."""
        if claims.empty:
            raise _UnknownTermError
        key = tuple(claims["id"])
        if key not in self._values:
            positions = split(claims, self._thresholds.position_tolerance)
            labels = list(dict.fromkeys(label(members) for members in positions))
            wording = labels[0] if len(labels) == 1 else f"({' or '.join(labels)})"
            # counts are taken at their word; a share is rounded to its last digit
            reading = "implied" if claims["unit"].isin(COUNTED).all() else "near"
            near = _hull(_common(members, reading) for members in positions)
            outer = _hull(_common(members, "apart") for members in positions)
            self._values[key] = _Value(near, outer, wording, key)
        return self._values[key]


def _common(members: pd.DataFrame, prefix: str) -> Bounds:
    """What all claims of a position allow, or the range of what they state."""
    ends = float(members[f"{prefix}_low"].max()), float(members[f"{prefix}_high"].min())
    return Bounds(min(ends), max(ends))


def _hull(parts: Iterable[Bounds]) -> Bounds:
    parts = list(parts)
    return Bounds(min(part.low for part in parts), max(part.high for part in parts))


def _before(place: _Account) -> _Account:
    if place.when is None or place.until is None:
        raise _UnknownTermError
    return replace(place, when=place.when - DAY, until=place.until - DAY)


def part_identities(measures: pd.DataFrame) -> pd.DataFrame:
    """The identities that part_of states: no part is above its whole.

    Shares are left out; their part_of names what they are a share of.
    """
    counts = measures[(measures["part_of"] != "") & (measures["kind"] != "share")]
    return pd.DataFrame(
        {
            "name": "part." + counts["measure"],
            "label": counts["label"] + ": a part is not above its whole",
            "expression": counts["measure"] + f"[{ANY}] <= " + counts["part_of"] + f"[{ANY}]",
            "valid_from": "",
            "valid_to": "",
            "note": "A part is not above its whole",
            "valid_from_first": pd.Series(pd.NaT, counts.index, dtype="datetime64[s]"),
            "valid_to_last": pd.Series(pd.NaT, counts.index, dtype="datetime64[s]"),
        }
    )
