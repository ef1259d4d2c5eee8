"""Running totals that contradict each other in time, as drafts: cause, words and gap."""

from __future__ import annotations

from typing import Any

import numpy as np

from analyzer.arrays import Integers
from analyzer.discrepancies.causes import (
    Evidence,
    estimates_apart,
    figure_of_an_earlier_time,
    other_measures_figure,
    planned_figure,
    scopes_apart,
)
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.known import Known
from analyzer.discrepancies.parts import Part
from analyzer.gaps import gap
from analyzer.phrases import attributed, listed, plural, quoted, when
from analyzer.rows import Rows

SWITCHED = "scope or definition change"
SHOWN = 3  # claims named in a sentence; all of them stand in the table
STATEMENT = ["authority", "scope", "at_first", "at_last", "face_low", "face_high"]
Sides = tuple[Integers, Integers]  # places of the higher and of the lower claims


def draft_all(kind: str, known: Known, found: list[Sides]) -> list[Draft]:
    """One draft a pair of sides, in the order given.

    Parameters
    ----------
    kind : str
        "fall" or "overtaken"; a switch where the lower figures count something else.
    found : list of pair of ndarray
        Where the claims of either side stand among the known ones, in the order of their times.
    """
    if not found:
        return []
    used = np.unique(np.concatenate([side for sides in found for side in sides]))
    book = _Book(kind, known, known.rows(used))
    places = ([np.searchsorted(used, side).tolist() for side in sides] for sides in found)
    return [book.draft(upper, lower) for upper, lower in places]


class _Book:
    """The claims that the drafts speak of, and those that can explain them."""

    def __init__(self, kind: str, known: Known, rows: Rows) -> None:
        self._kind, self._known, self._rows = kind, known, rows

    def draft(self, upper: list[int], lower: list[int]) -> Draft:
        """One finding: `upper` before, `lower` after, as places in the frame."""
        kind, rows = self._kind, self._rows
        measure = str(rows.column("measure")[upper[0]])
        name = self._known.label(measure)
        cause, evidence = self._cause(upper, lower)
        faces = (rows.column("face_low"), rows.column("face_high"))
        ids = rows.column("id")
        highest = min(upper, key=lambda place: (-faces[0][place], ids[place]))
        lowest = min(lower, key=lambda place: (faces[1][place], ids[place]))
        top, bottom = rows.row(highest), rows.row(lowest)
        words = _fall(name, top, bottom) if kind == "fall" else self._above(name, upper, lower)
        if cause == SWITCHED:
            kind, words = "switch", self._switch(name, upper, lower)
        sentence = "; ".join([words, *(text for _, text in evidence)])
        sides = (tuple(rows.values("id", upper)), tuple(rows.values("id", lower)))
        return Draft(
            kind=kind,
            cause=cause,
            relation="contradicts",
            measure=measure,
            key=f"{top['authority']}.{top['at_first']:%Y-%m-%d}.{bottom['id'].rsplit('.', 1)[-1]}",
            when=when(
                min(rows.values("at_first", upper)),
                max(rows.values("at_last", lower)),
            ),
            gap=float(gap(bottom["face_high"], top["face_low"])),
            claims=(*sides[0], *sides[1]),
            sentence=f"{sentence}.",
            evidence=tuple(evidence),
            positions=sides,
            backing=min(len(set(rows.values("authority", side))) for side in (upper, lower)),
        )

    def _above(self, name: str, upper: list[int], lower: list[int]) -> str:
        authorities = set(self._rows.values("authority", upper))
        if len(authorities) == 1 and len(upper) <= len(lower):
            one, others, where, gave, times = upper, lower, "above", "give", "later"
        else:
            one, others, where, gave, times = lower, upper, "below", "gave", "earlier"
        count = self._count(others)
        if gave == "give" and count == 1:
            gave = "gives"
        lie = "lies" if self._count(one) == 1 else "lie"
        return (
            f"{name}: {self._list(one)} {lie} {where} what {plural(count, 'statement')} of others "
            f"{gave} for {times} dates: {self._list(others)}"
        )

    def _switch(self, name: str, upper: list[int], lower: list[int]) -> str:
        """Figures that follow each other and count different things."""
        one, other = (set(self._rows.values("authority", side)) for side in (upper, lower))
        what = "scope" if one & other else "source and scope"
        return (
            f"{name}: the figures given change in {what}, which is no fall of one count: "
            f"{self._list(upper)}, then {self._list(lower)}"
        )

    def _statements(self, places: list[int]) -> list[list[int]]:
        """Places by what they state, in the order of their dates."""
        ids, first = self._rows.column("id"), self._rows.column("at_first")
        columns = [self._rows.column(name) for name in STATEMENT]
        groups: dict[tuple[Any, ...], list[int]] = {}
        for place in sorted(places, key=lambda place: (first[place], ids[place])):
            groups.setdefault(tuple(cells[place] for cells in columns), []).append(place)
        return list(groups.values())

    def _count(self, places: list[int]) -> int:
        return len(self._statements(places))

    def _list(self, places: list[int]) -> str:
        """Statements in the order of their dates; copies of one statement are counted."""
        statements = self._statements(places)
        parts = [self._statement(copies) for copies in statements[:SHOWN]]
        return listed(parts + [""] * (len(statements) - len(parts)), SHOWN)

    def _statement(self, copies: list[int]) -> str:
        one = self._rows.row(copies[0])
        who = attributed(one)
        if len(copies) > 1:
            who = f"{one['origin_name']}; {plural(len(copies), 'claim')}"
        if one["scope"]:
            who += f"; {one['scope'].replace('_', ' ')}"
        return f"{quoted(one)} for {when(one['at_first'], one['at_last'])} ({who})"

    def _cause(self, upper: list[int], lower: list[int]) -> tuple[str, list[Evidence]]:
        high, low = Part(self._rows, upper), Part(self._rows, lower)
        if plan := planned_figure(high, self._known):
            return "plan told as fact", [*self._just_before(high.row(0)), plan]
        if part := other_measures_figure(low, self._known):
            return SWITCHED, [part]
        if apart := scopes_apart(low, high):
            return SWITCHED, [apart]
        if stale := figure_of_an_earlier_time(low, high, self._known):
            return "stale repeat", [stale]
        if self._kind == "overtaken" and (estimate := estimates_apart(low, high)):
            return "estimate beside count", [estimate]
        if self._kind == "fall" and "revised" in low["status"]:
            return "announced revision", [("status", "the later figure is given as revised")]
        return "unexplained", []

    def _just_before(self, one: Any) -> list[Evidence]:
        """The last figure given for an earlier time, beside a figure that ran ahead."""
        earlier = self._known.total_before(one["measure"], one["at_first"])
        if earlier is None:
            return []
        day = when(earlier["at_first"], earlier["at_last"])
        return [("before", f"for {day}, {attributed(earlier)} gave {quoted(earlier)}")]


def _fall(name: str, top: Any, bottom: Any) -> str:
    return (
        f"{name}: the running total of {top['authority_name']} falls from {quoted(top)} for "
        f"{when(top['at_first'], top['at_last'])} (as given by {top['source_name']}) to "
        f"{quoted(bottom)} for {when(bottom['at_first'], bottom['at_last'])} "
        f"(as given by {bottom['source_name']})"
    )
