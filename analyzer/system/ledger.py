"""An identity over time: what claims say of each of its terms, without using the identity."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from analyzer.expressions import ANY, Node, Number, Operation, Ref, addends, parse_expression
from analyzer.system.atoms import Atom
from analyzer.system.places import NEVER, Calendar, Place, day_number, timestamp
from analyzer.system.search import Search

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
Known = dict[Any, list[tuple[Atom, bool]]]  # by measure and scope; whether no removal gives it up


def find_ledgers(found: Search, identities: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """The terms of each equality that is a plain sum, at each day that its stocks are claimed.

    Figures that a lightest removal of pairs gives up are left out. A running total that is not
    claimed for a day lies between its last figure before and its first one after, of those that
    no lightest removal at all gives up.

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
    atoms: Known = defaultdict(list)
    for number in sorted(found.undisputed):
        atom = found.system.atoms[number]
        atoms[atom.place.measure, atom.place.scope].append((atom, number in found.kept))
    calendar = Calendar((found.system.atoms[n].place for n in found.undisputed), measures)
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
            for day in _days(terms, calendar, int(start), int(end)):
                rows += _ledger_day(str(name), day, terms, atoms, calendar, labels)
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
    atoms: Known,
    calendar: Calendar,
    labels: Mapping[str, str],
) -> Iterator[tuple[Any, ...]]:
    """Rows of one day; none where a fixed figure is not claimed at all."""
    rows = []
    for side, factor, node in terms:
        if isinstance(node, Ref):
            bounds = _bounds(calendar, atoms[node.measure, node.scope], node, day)
            if bounds is None:
                return iter(())
            low, high, stated = bounds
            scope = f" ({node.scope.replace('_', ' ')})" if node.scope else ""
            label, measure = labels[node.measure] + scope, node.measure
        else:
            assert isinstance(node, Number)
            low, high, stated, label, measure = node.value, node.value, True, "", ""
        ends = sorted((low * factor, high * factor))
        constant = isinstance(node, Number)
        rows.append((name, timestamp(day), side, label, measure, factor, *ends, stated, constant))
    return iter(rows)


def _bounds(
    calendar: Calendar, atoms: list[tuple[Atom, bool]], ref: Ref, day: int
) -> Bounds | None:
    """What the claims allow on a day; None where nothing is known of it."""
    kind = calendar.kinds[ref.measure]
    place: Place = calendar.place(ref.measure, ref.scope, (day, day, day))
    own = [atom for atom, _ in atoms if kind == "fixed" or atom.place.span == place.span]
    if kind == "cumulative" and not own:
        before = [atom.low for atom, kept in atoms if kept and atom.place.last <= place.last]
        after = [atom.high for atom, kept in atoms if kept and atom.place.first >= place.first]
        low, high = max(before, default=0.0), min(after, default=math.inf)
        return low, max(low, high), False
    if not own:
        return None
    low, high = max(atom.low for atom in own), min(atom.high for atom in own)
    return min(low, high), max(low, high), True
