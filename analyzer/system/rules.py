"""What kinds of measures and identities say of the places of a system."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from analyzer.expressions import ANY, Ref, parse_expression
from analyzer.linear import Form, identity_form, multiplied_sign, put_in
from analyzer.system.atoms import Atom
from analyzer.system.places import NEVER, Calendar, Facts, Place, day_number
from analyzer.system.rows import HARD, Rows

RUNNING = "a running total does not fall"
ADDS = "a flow is the step of its total"
WITHIN = "a flow is not above one of a longer time"
STRUCTURE = (RUNNING, ADDS, WITHIN)  # what the kinds of measures say, without an identity
Span = tuple[int, int, int]
ALWAYS: Span = (NEVER, NEVER, NEVER)


class Identity(NamedTuple):
    """An identity in linear form, the sign of what its factor multiplies, and when it holds."""

    name: str
    form: Form
    sign: int
    start: int
    end: int


def read_identities(identities: pd.DataFrame, facts: Facts) -> list[Identity]:
    """Bring identities to linear form.

    Raises
    ------
    linear.LinearError
        When one can't be.
    """
    starts = day_number(identities["valid_from_first"])
    ends = day_number(identities["valid_to_last"]).replace(NEVER, -NEVER)
    columns = (identities["name"], identities["expression"], starts, ends)
    read = []
    for name, text, start, end in zip(*(column.tolist() for column in columns), strict=True):
        form = identity_form(parse_expression(text), facts.kinds, facts.units)
        sign = multiplied_sign(form, facts.kinds, facts.units)
        read.append(Identity(name, form, sign, start, end))
    return read


class Identities:
    """Identities in linear form, and their rows at each time that is spoken of."""

    def __init__(self, identities: Sequence[Identity], calendar: Calendar) -> None:
        self._identities = identities
        self._calendar = calendar

    def add_to(self, rows: Rows, atoms: Sequence[Atom], days: Iterable[Span] = ()) -> None:
        """Add the rows of every identity: at each time of a claim, and at the days named."""
        factors = {one.form.factor.measure for one in self._identities if one.form.factor}
        by_place: dict[Place, list[tuple[int, Atom]]] = defaultdict(list)
        for number, atom in enumerate(atoms):
            if atom.place.measure in factors:
                by_place[atom.place].append((number, atom))
        for name, form, sign, start, end in self._identities:
            refs = references(form)
            sums = [ref for ref in refs if ref.function == "sum"]
            others = [ref for ref in refs if ref.function != "sum"]
            named = [*others, *sums]
            plain = [(named.index(ref), number) for ref, number in form.plain.items() if ref]
            for span in self._times(form, start, end, days):
                for places in self._scoped(others, span, form.equal):
                    places += [self._sum(rows, name, ref, (start, span)) for ref in sums]
                    if form.factor is None:
                        terms = [(places[at], number) for at, number in plain]
                        _add(rows, name, terms, form.plain.get(None, 0.0), form.equal)
                    else:
                        chosen = dict(zip(named, places, strict=True))
                        said = by_place[chosen[form.factor]]
                        _put_in(rows, name, (form, sign), chosen, said)

    def _times(self, form: Form, start: int, end: int, days: Iterable[Span]) -> list[Span]:
        """Times at which the identity is written down.

        Those of its stocks, flows and shares, which stand at one time only, and those at which all
        but one of its measures are claimed; of its running totals where it has nothing else.
        """
        kinds = self._calendar.kinds
        refs = [ref for ref in references(form) if not ref.function]
        refs = [ref for ref in refs if kinds[ref.measure] != "fixed"]
        if not refs:
            return [ALWAYS]
        pointed = [ref for ref in refs if kinds[ref.measure] != "cumulative"]
        claimed = {ref: self._claimed(ref) for ref in refs}
        flows = [ref for ref in refs if kinds[ref.measure] == "flow"]
        spans = {span for ref in flows or pointed or refs for span in claimed[ref]}
        if flows and any(ref.function == "before" for ref in references(form)):
            # a stock of a day is that of the day before, and what came and went on this one
            days = {span for ref in pointed if ref not in flows for span in claimed[ref]}
            spans |= {(day, day, day) for _, day, last in days if day == last}
        if not flows:
            counts = Counter(span for ref in refs for span in claimed[ref])
            spans |= {span for span, count in counts.items() if 1 < count >= len(refs) - 1}
            spans |= set(days)
        return sorted(span for span in spans if span[2] >= start and span[1] <= end)

    def _claimed(self, ref: Ref) -> set[Span]:
        """Times at which a measure is claimed in a scope that the reference can stand for."""
        spans = (self._calendar.spans(ref.measure, scope) for scope in self._scopes(ref))
        return set().union(*spans)

    def _scopes(self, ref: Ref) -> list[str]:
        return self._calendar.scopes(ref.measure) if ref.scope == ANY else [ref.scope]

    def _scoped(self, refs: list[Ref], span: Span, equal: bool) -> Iterator[list[Place]]:
        """The places of each measure, once for every scope that `[*]` can stand for.

        All `[*]` of an identity stand for one scope at a time. An inequality holds for each; an
        equality can hold for one only, so that it says nothing where several are claimed.
        """
        free = [set(self._present(ref, span)) for ref in refs if ref.scope == ANY]
        scopes = sorted(set.intersection(*free)) if free else [ANY]
        if equal and len(scopes) > 1:
            return
        for scope in scopes:
            yield [self._place(ref, scope, span) for ref in refs]

    def _present(self, ref: Ref, span: Span) -> list[str]:
        """Scopes in which a measure is claimed: of what stands at one time only, at that time."""
        scopes = self._scopes(ref)
        if self._calendar.kinds[ref.measure] in ("fixed", "cumulative"):
            return scopes
        return [scope for scope in scopes if span in self._calendar.spans(ref.measure, scope)]

    def _place(self, ref: Ref, scope: str, span: Span) -> Place:
        if ref.function == "before":
            start = span[0] if span[0] != NEVER else span[1]
            span = (NEVER, start - 1, start - 1)
        return self._calendar.place(ref.measure, scope if ref.scope == ANY else ref.scope, span)

    def _sum(self, rows: Rows, name: str, ref: Ref, since: tuple[int, Span]) -> Place:
        """A place that is at least the sum of the known days of a flow, each counted once."""
        first, (_, _, until) = since
        total = Place(f"sum({ref.measure})", ref.scope, str(first), NEVER, until, until)
        if total in rows.places:
            return total
        spans = [span for span in self._claimed(ref) if span[0] >= first and span[2] <= until]
        shortest = sorted(spans, key=lambda span: (span[2], span[0]))
        longest = sorted(spans, key=lambda span: (span[0] - span[2], span[0]))
        for ways in dict.fromkeys((_apart(shortest), _apart(longest))):
            days = {self._day(rows, name, ref, span): -1.0 for span in ways}
            rows.add({total: 1.0, **days}, 0.0, name)
        return total

    def _day(self, rows: Rows, name: str, ref: Ref, span: Span) -> Place:
        """The flow of one time; of several scopes the largest."""
        scopes = [s for s in self._scopes(ref) if span in self._calendar.spans(ref.measure, s)]
        places = [self._calendar.place(ref.measure, scope, span) for scope in scopes]
        if len(places) == 1:
            return places[0]
        largest = places[0]._replace(scope=ANY)
        if largest not in rows.places:
            for place in places:
                rows.add({largest: 1.0, place: -1.0}, 0.0, name)
        return largest


def _put_in(
    rows: Rows,
    name: str,
    form_and_sign: tuple[Form, int],
    chosen: dict[Ref, Place],
    factors: list[tuple[int, Atom]],
) -> None:
    """Rows of one identity with a factor at one time, for each figure of it.

    The true factor lies between low and high: the form is at least 0 at the one end and, if it is
    an equality, at most 0 at the other.
    """
    form, sign = form_and_sign
    for number, atom in factors:
        ends = (atom.high, atom.low) if sign > 0 else (atom.low, atom.high)
        for end, up in zip(ends, (1.0, -1.0), strict=True):
            if end != float("inf") and (form.equal or up > 0):
                put = put_in(form, end)
                terms = [(chosen[ref], value * up) for ref, value in put.items() if ref]
                _add(rows, name, terms, put.get(None, 0.0) * up, False, number)


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans that share no day with one before; a handover dated a night apart counts once."""
    chosen: list[Span] = []
    for span in spans:
        if all(span[2] < one[0] or one[2] < span[0] for one in chosen):
            chosen.append(span)
    return tuple(sorted(chosen))


def references(form: Form) -> list[Ref]:
    """Every reference of a form once, the factor first."""
    found = [] if form.factor is None else [form.factor]
    found += [ref for terms in (form.plain, form.times) for ref in terms if ref is not None]
    return list(dict.fromkeys(found))


def _add(
    rows: Rows,
    name: str,
    terms: Iterable[tuple[Place, float]],
    constant: float,
    equal: bool,
    atom: int = HARD,
) -> None:
    placed: dict[Place, float] = {}
    for place, number in terms:
        placed[place] = placed.get(place, 0.0) + number
    if equal:
        rows.equal(placed, -float(constant), name)
    else:
        rows.add(placed, -float(constant), name, atom)


def add_flows(rows: Rows, calendar: Calendar) -> None:
    """A flow is the step of its total; of two times, the longer has the larger flow."""
    flows = [place for place in rows.places if calendar.kinds.get(place.measure) == "flow"]
    chains: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for place in sorted(flows):
        if place.scope != ANY:
            chains[place.chain].append(place)
    for places in chains.values():
        for place in places:
            total = calendar.totals.get(place.measure, "")
            ended = calendar.closed.get(total, -NEVER) < place.last  # adds to it no more
            if total and place.first == place.last and not ended:
                ends = (place.last, place.start - 1)
                after, before = (
                    calendar.place(total, place.scope, (NEVER, day, day)) for day in ends
                )
                rows.equal({after: 1.0, before: -1.0, place: -1.0}, 0.0, ADDS)
        _nest(rows, places)


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
    chains: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for place in rows.places:
        if calendar.kinds.get(place.measure) == "cumulative":
            chains[place.chain].append(place)
    for places in chains.values():
        closed = calendar.closed.get(places[0].measure, -NEVER)
        days = {place.first for place in places} | {place.last for place in places}
        days |= {min(day, closed) for day in wanted}
        _add_chain(rows, places, sorted(days))
        for place in places:
            if place.first != place.last:
                start, end = (place._replace(first=d, last=d) for d in (place.first, place.last))
                rows.add({place: 1.0, start: -1.0}, 0.0, RUNNING)
                rows.add({end: 1.0, place: -1.0}, 0.0, RUNNING)


def _add_chain(rows: Rows, places: list[Place], days: list[int]) -> None:
    """A place for each of the days, of which none is below the one before."""
    known = {place.first: place for place in places if place.first == place.last}
    points = [known.get(day) or places[0]._replace(first=day, last=day) for day in days]
    if len(points) > 1:
        second, first, *rest = map(rows.column, (points[1], points[0], *points[2:]))
        rows.rise([first, second, *rest], RUNNING)
