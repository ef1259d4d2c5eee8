"""An identity over time: what claims say of each of its terms, without using the identity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analyzer.expressions import ANY, Node, Number, Operation, Ref, addends, parse_expression
from analyzer.readings import number as shown
from analyzer.system.atoms import Atom
from analyzer.system.parts import Part
from analyzer.system.places import NEVER, Calendar, Place, day_number, facts_of, timestamp
from analyzer.system.propagate import Ranges, propagate
from analyzer.system.search import Search
from analyzer.system.table import rows_of

COLUMNS = [
    "identity",
    "at",
    "side",
    "label",
    "measure",
    "factor",
    "low",
    "high",
    "stated",
    "constant",
]
POINTED = ("stock", "flow", "share")  # kinds that stand at one time only
Bounds = tuple[float, float, bool]


def find_ledgers(found: Search, identities: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """The terms of each equality that is a plain sum, at each day that its stocks are claimed.

    A term is what the claims of its day say, but for those that a lightest removal of pairs gives
    up. Without such a claim it is what all others that can hold together, and the other
    identities, leave for it.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, by identity, day and side: `low` and `high` bound the term times its
        factor, `stated` tells whether a claim gives it for the day, `constant` a number.
    """
    labels = {
        str(measure): str(label)
        for measure, label in measures.set_index("measure")["label"].items()
    }
    said: dict[Place, list[Atom]] = defaultdict(list)
    for number in sorted(found.undisputed):
        said[found.system.atoms[number].place].append(found.system.atoms[number])
    calendar = Calendar(said, facts_of(measures))
    rows: list[tuple[Any, ...]] = []
    starts = day_number(identities["valid_from_first"])
    ends = day_number(identities["valid_to_last"]).replace(NEVER, -NEVER)
    for name, text, start, end in zip(
        identities["name"], identities["expression"], starts, ends, strict=True
    ):
        expression = parse_expression(str(text))
        if expression.relation != "=" or str(name).startswith("part."):
            continue
        sides = {"left": expression.left, "right": expression.right}
        terms = [
            (side, factor, node) for side, tree in sides.items() for factor, node in addends(tree)
        ]
        if all(_plain(node) for _, _, node in terms):
            left = _Left(found, str(name))
            for day in _days(terms, calendar, int(start), int(end)):
                rows += _ledger_day(str(name), day, terms, (said, left, calendar), labels)
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS)).astype({"at": "datetime64[s]"})


Term = tuple[str, float, Node]


def _plain(node: Node) -> bool:
    """Whether a term is a measure of one scope, or a number."""
    if isinstance(node, Operation):
        return False
    return isinstance(node, Number) or (not node.function and node.scope != ANY)


def _days(terms: list[Term], calendar: Calendar, start: int, end: int) -> list[int]:
    """Days at which each stock, flow and share among the terms is claimed."""
    refs = [node for _, _, node in terms if isinstance(node, Ref)]
    moving = [ref for ref in refs if calendar.kinds[ref.measure] != "fixed"]
    pointed = [ref for ref in moving if calendar.kinds[ref.measure] in POINTED]
    spans = [
        {last for _, first, last in calendar.spans(ref.measure, ref.scope) if first == last}
        for ref in pointed or moving
    ]
    if not spans:
        return []
    days = set.intersection(*spans) if pointed else set.union(*spans)
    return sorted(day for day in days if start <= day <= end)


def _ledger_day(
    name: str,
    day: int,
    terms: list[Term],
    known: Known,
    labels: Mapping[str, str],
) -> Iterator[tuple[Any, ...]]:
    """Rows of one day; none where a fixed figure is not claimed at all."""
    rows = []
    for side, factor, node in terms:
        if isinstance(node, Ref):
            bounds = _bounds(node, day, known)
            if bounds is None:
                return iter(())
            low, high, stated = bounds
            scope = f" ({node.scope.replace('_', ' ')})" if node.scope else ""
            label, measure = labels[node.measure] + scope, node.measure
        else:
            assert isinstance(node, Number)
            low, high, stated, label, measure = node.value, node.value, True, shown(node.value), ""
        ends = sorted((low * factor, high * factor))
        constant = isinstance(node, Number)
        rows.append((name, timestamp(day), side, label, measure, factor, *ends, stated, constant))
    return iter(rows)


def _bounds(ref: Ref, day: int, known: Known) -> Bounds | None:
    """What a term can be on a day; None where nothing is known of it."""
    said, left, calendar = known
    place = calendar.place(ref.measure, ref.scope, (NEVER, day, day))
    if calendar.kinds[ref.measure] == "flow":
        place = place._replace(start=day)
    own = said.get(place, [])
    if not own:
        return left.of(place)
    low, high = max(atom.low for atom in own), min(atom.high for atom in own)
    return min(low, high), max(low, high), True


class _Left:
    """What the kept claims and all identities but one leave for the places of a part."""

    def __init__(self, found: Search, without: str) -> None:
        self._found = found
        self._without = without
        self._ranges: dict[int, Ranges] = {}

    def of(self, place: Place) -> Bounds | None:
        """Bounds of a place; None where the system does not know it."""
        column = self._found.system.column.get(place)
        if column is None:
            return None
        number = int(self._found.system.part[column])
        part = self._found.parts.of(number)
        if part is None:
            return None
        if number not in self._ranges:
            self._ranges[number] = self._part(part)
        at = int(np.searchsorted(part.columns, column))
        return float(self._ranges[number].low[at]), float(self._ranges[number].high[at]), False

    def _part(self, part: Part) -> Ranges:
        rules = np.array([name != self._without for name in part.names], dtype=bool)
        stated = np.isin(part.atom, list(self._found.kept))
        stated &= np.array([name != self._without for name in part.stated_names], dtype=bool)
        matrix = rows_of(part.rows, np.flatnonzero(np.append(rules, stated)))
        bounds = np.concatenate([part.rule_bounds[rules], part.stated_bounds[stated]])
        return propagate(matrix, bounds)


Known = tuple[Mapping[Place, list[Atom]], _Left, Calendar]
