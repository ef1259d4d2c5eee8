"""Identities, written down at each time that claims speak of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from analyzer.expressions import ANY, Ref
from analyzer.system.atoms import Atom
from analyzer.system.columns import Columns, Unknowns, day_before
from analyzer.system.places import ALWAYS, NEVER, Place, Span
from analyzer.system.rows import Rows
from analyzer.system.rules import Identity, references

Said = dict[Place, list[tuple[int, Atom]]]  # the figures of factors


class Identities:
    """Identities in linear form, and their rows at each time that is spoken of."""

    def __init__(self, identities: Sequence[Identity], unknowns: Unknowns) -> None:
        self._identities = identities
        self._unknowns = unknowns
        self._rows, self._calendar = unknowns.rows, unknowns.calendar

    def add_all(self, atoms: Sequence[Atom], days: Sequence[Span] = ()) -> None:
        """Add the rows of every identity: at each time of a claim, and at the days named."""
        factors = {one.form.factor.measure for one in self._identities if one.form.factor}
        said: Said = defaultdict(list)
        for number, atom in enumerate(atoms):
            if atom.place.measure in factors:
                said[atom.place].append((number, atom))
        for identity in self._identities:
            refs = references(identity.form)
            times = self._times(refs, identity, days)
            if identity.form.factor or not _plain(refs):
                self._add_any(identity, refs, times, said)
            else:
                self._add_plain(identity, refs, times)

    def _add_plain(self, identity: Identity, refs: list[Ref], times: list[Span]) -> None:
        """Rows of an identity of different measures, in which no terms can be put together."""
        form = identity.form
        known: dict[str, list[Columns]] = {}
        columns: list[list[int]] = []
        for span, scope in self._occasions(refs, times, form.equal):
            if scope not in known:
                known[scope] = [self._columns(ref, scope) for ref in refs]
            columns.append([one[span] for one in known[scope]])
        values = [number for ref, number in form.plain.items() if ref is not None]
        add = self._rows.equal_alike if form.equal else self._rows.add_alike
        add(columns, values, -float(form.plain.get(None, 0.0)), identity.name)

    def _add_any(self, identity: Identity, refs: list[Ref], times: list[Span], said: Said) -> None:
        """Rows of an identity with a factor, with sums of days, or that names a measure twice."""
        name, form, _, start, _ = identity
        sums = [ref for ref in refs if ref.function == "sum"]
        others = [ref for ref in refs if ref.function != "sum"]
        named = [*others, *sums]
        terms = [(form.plain.get(ref, 0.0), form.times.get(ref, 0.0)) for ref in named]
        add = self._rows.equal if form.equal else self._rows.add
        for span, scope in self._occasions(others, times, form.equal):
            places = [self._place(ref, scope, span) for ref in others]
            places += [self._sum(name, ref, (start, span)) for ref in sums]
            if form.factor is None:
                placed = _together(zip(places, (number for number, _ in terms), strict=True))
                add(placed, -float(form.plain.get(None, 0.0)), name)
            elif (factor := places[named.index(form.factor)]) in said:
                put = list(zip(places, terms, strict=True))
                _put_in(self._rows, identity, put, said[factor])

    def _times(self, refs: list[Ref], identity: Identity, days: Iterable[Span]) -> list[Span]:
        """Times at which an identity is written down.

        Those of its stocks, flows and shares, which stand at one time only, and those at which all
        but one of its measures are claimed; of its running totals where it has nothing else.
        """
        moving = [ref for ref in refs if not ref.function and self._kind(ref) != "fixed"]
        if not moving:
            return [ALWAYS]
        claimed = [(ref, self._claimed(ref)) for ref in moving]
        pointed = [(ref, own) for ref, own in claimed if self._kind(ref) != "cumulative"]
        flows = [(ref, own) for ref, own in pointed if self._kind(ref) == "flow"]
        spans = set(chain.from_iterable(own for _, own in flows or pointed or claimed))
        if flows and any(ref.function == "before" for ref in refs):
            # a stock of a day is that of the day before, and what came and went on this one
            others = [own for ref, own in pointed if self._kind(ref) != "flow"]
            spans |= {(day, day, day) for own in others for _, day, last in own if day == last}
        if not flows:
            counts = Counter(chain.from_iterable(own for _, own in claimed)) if pointed else {}
            spans |= {span for span, count in counts.items() if 1 < count >= len(moving) - 1}
            spans |= set(days)
        return sorted(
            span for span in spans if span[2] >= identity.start and span[1] <= identity.end
        )

    def _kind(self, ref: Ref) -> str:
        return self._calendar.kinds[ref.measure]

    def _claimed(self, ref: Ref) -> set[Span]:
        """Times at which a measure is claimed in a scope that the reference can stand for."""
        spans = [self._calendar.spans(ref.measure, scope) for scope in self._scopes(ref)]
        return spans[0] if len(spans) == 1 else set().union(*spans)

    def _scopes(self, ref: Ref) -> list[str]:
        return self._calendar.scopes(ref.measure) if ref.scope == ANY else [ref.scope]

    def _occasions(
        self, refs: list[Ref], times: list[Span], equal: bool
    ) -> Iterator[tuple[Span, str]]:
        """Each time, once for every scope that `[*]` can stand for.

        All `[*]` of an identity stand for one scope at a time, in which all of its measures are
        claimed: those that stand at one time only, at that time. An inequality holds for each; an
        equality can hold for one only, so that it says nothing where several are claimed.
        """
        free = [ref for ref in refs if ref.scope == ANY]
        everywhere = [set(self._scopes(ref)) for ref in free]
        scopes = sorted(set.intersection(*everywhere)) if free else [ANY]
        pointed = [ref for ref in free if self._kind(ref) not in ("fixed", "cumulative")]
        claimed = {
            scope: [self._calendar.spans(ref.measure, scope) for ref in pointed] for scope in scopes
        }
        for span in times:
            present = scopes
            if pointed:
                present = [scope for scope in scopes if all(span in one for one in claimed[scope])]
            if not equal or len(present) < 2:
                for scope in present:
                    yield span, scope

    def _columns(self, ref: Ref, scope: str) -> Columns:
        scope = scope if ref.scope == ANY else ref.scope
        return self._unknowns.columns(ref.measure, scope, ref.function == "before")

    def _place(self, ref: Ref, scope: str, span: Span) -> Place:
        time = day_before(span) if ref.function == "before" else span
        return self._calendar.place(ref.measure, scope if ref.scope == ANY else ref.scope, time)

    def _sum(self, name: str, ref: Ref, since: tuple[int, Span]) -> Place:
        """A place that is at least the sum of the known days of a flow, each counted once."""
        first, (_, _, until) = since
        total = Place(f"sum({ref.measure})", ref.scope, str(first), NEVER, until, until)
        if total in self._rows.places:
            return total
        spans = [span for span in self._claimed(ref) if span[0] >= first and span[2] <= until]
        shortest = sorted(spans, key=lambda span: (span[2], span[0]))
        longest = sorted(spans, key=lambda span: (span[0] - span[2], span[0]))
        for ways in dict.fromkeys((_apart(shortest), _apart(longest))):
            days = {self._day(name, ref, span): -1.0 for span in ways}
            self._rows.add({total: 1.0, **days}, 0.0, name)
        return total

    def _day(self, name: str, ref: Ref, span: Span) -> Place:
        """The flow of one time; of several scopes the largest."""
        scopes = [s for s in self._scopes(ref) if span in self._calendar.spans(ref.measure, s)]
        places = [self._calendar.place(ref.measure, scope, span) for scope in scopes]
        if len(places) == 1:
            return places[0]
        largest = places[0]._replace(scope=ANY)
        if largest not in self._rows.places:
            for place in places:
                self._rows.add({largest: 1.0, place: -1.0}, 0.0, name)
        return largest


def _plain(refs: list[Ref]) -> bool:
    """Whether the references of an identity stand for places that always differ."""
    names = {ref.measure for ref in refs}
    return len(names) == len(refs) and all(ref.function != "sum" for ref in refs)


def _put_in(
    rows: Rows,
    identity: Identity,
    terms: Sequence[tuple[Place, tuple[float, float]]],
    figures: Iterable[tuple[int, Atom]],
) -> None:
    """Rows of one identity with a factor at one time, for each figure of it.

    The true factor lies between low and high: the form is at least 0 at the one end and, if it is
    an equality, at most 0 at the other. Of each term there are the number that stands alone, and
    the one that the factor multiplies.
    """
    form = identity.form
    alone, times = (part.get(None, 0.0) for part in (form.plain, form.times))
    for number, atom in figures:
        ends = (atom.high, atom.low) if identity.sign > 0 else (atom.low, atom.high)
        for end, up in zip(ends, (1.0, -1.0), strict=True):
            if end != float("inf") and (form.equal or up > 0):
                put = ((place, (one + other * end) * up) for place, (one, other) in terms)
                bound = -((alone + times * end) * up)
                rows.add(_together(put), bound, identity.name, number)


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans that share no day with one before; a handover dated a night apart counts once."""
    chosen: list[Span] = []
    for span in spans:
        if all(span[2] < one[0] or one[2] < span[0] for one in chosen):
            chosen.append(span)
    return tuple(sorted(chosen))


def _together(terms: Iterable[tuple[Place, float]]) -> dict[Place, float]:
    """The terms of a sum, those of one place put together."""
    placed: dict[Place, float] = {}
    for place, number in terms:
        placed[place] = placed.get(place, 0.0) + number
    return placed
