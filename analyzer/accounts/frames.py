"""Accounts and their terms as tables: all of them for a report, or only those that matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from analyzer.accounts.holding import Held
from analyzer.accounts.ranges import Ranges
from analyzer.accounts.sums import Sums
from analyzer.accounts.verdicts import Verdicts, side_of
from analyzer.arrays import Integers, Truths
from analyzer.dates import show_span
from analyzer.expressions import ANY, Node, Number, Ref, addends, refs
from analyzer.readings import number, value_range

ACCOUNTS = {
    "account": "str",
    "identity": "str",
    "name": "str",
    "source": "str",
    "url": "str",
    "when": "str",
    "relation": "str",
    "left_low": "float64",
    "left_high": "float64",
    "right_low": "float64",
    "right_high": "float64",
    "holds": "bool",
    "strength": "str",
    "gap": "float64",
    "claims": "object",
}
TERMS = {
    "account": "str",
    "side": "str",
    "measure": "str",
    "label": "str",
    "factor": "float64",
    "low": "float64",
    "high": "float64",
    "constant": "bool",
    "claims": "object",
    "wording": "str",
    "partial_sums": "object",
}
SIGNS = {"*": "\N{MULTIPLICATION SIGN}", "/": "\N{DIVISION SIGN}"}
Cells = dict[str, Any]  # columns of some rows
Kept = Callable[[Verdicts], Truths]
Found = TypeVar("Found")


def account_tables(
    held: Held, labels: dict[str, str], kept: Kept
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Accounts and terms in the order of identities and of their places.

    Parameters
    ----------
    labels : dict of str to str
        Printed names of measures.
    kept : callable
        Which accounts of one shape are wanted.
    """
    writer = _Writer(held, labels)
    accounts: list[Cells] = []
    terms: list[Cells] = []
    wanted = [(verdict, np.flatnonzero(kept(verdict))) for verdict in held.verdicts]
    wanted = [(verdict, rows) for verdict, rows in wanted if len(rows)]
    held.pool.read(_sets(wanted))
    for verdict, rows in wanted:
        accounts.append(writer.accounts(verdict, rows))
        terms += writer.terms(verdict, rows)
    return _ordered(accounts, ACCOUNTS), _ordered(terms, TERMS)


def _sets(wanted: list[tuple[Verdicts, Integers]]) -> Integers:
    """The sets of the pool that stand for a slot of these accounts."""
    found = [
        source.used if isinstance(source, Sums) else ids[rows]
        for verdict, rows in wanted
        for source, ids in zip(verdict.sources, verdict.ids, strict=True)
    ]
    return np.concatenate([np.zeros(0, dtype=np.int64), *found])


def _ordered(parts: list[Cells], columns: dict[str, str]) -> pd.DataFrame:
    """A table of the cells of all parts, ordered by place, number and term."""
    if not parts:
        return _blank(tuple(columns.items())).copy()
    every = {
        name: list(chain.from_iterable(map(_listed, [part[name] for part in parts])))
        for name in parts[0]
    }
    keys = [np.array(every[key]) for key in ("term", "number", "place") if key in every]
    order = np.lexsort(keys).tolist()
    table = {name: [every[name][row] for row in order] for name in columns}
    return pd.DataFrame(
        {name: pd.Series(table[name], dtype=kind) for name, kind in columns.items()}
    )


@cache
def _blank(columns: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns})


def no_accounts() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Accounts and terms of a dossier without identities."""
    return _ordered([], ACCOUNTS), _ordered([], TERMS)


def _listed(cells: Any) -> list[Any]:
    found: list[Any] = cells.tolist() if isinstance(cells, np.ndarray) else cells
    return found


class _Writer:
    """Texts of accounts and terms; each distinct one is written once."""

    def __init__(self, held: Held, labels: dict[str, str]) -> None:
        self._held, self._labels = held, labels
        self._identities = held.identities["name"].tolist()
        times = held.shelves.times
        days = [times.first.astype("datetime64[s]"), times.last.astype("datetime64[s]")]
        self._days = [one.astype("datetime64[D]").tolist() for one in days]
        self._spans: dict[int, str] = {}
        self._where = np.zeros(len(held.shelves.page_source), dtype=np.int64)
        self._where[held.shelves.page] = np.arange(len(held.shelves.page))

    def accounts(self, verdict: Verdicts, rows: Integers) -> Cells:
        """Columns of `ACCOUNTS`, and place and number to order them by."""
        places = verdict.places[rows]
        identity = verdict.shape.identity[places.identity]
        spans = [self._span(time) for time in places.time.tolist()]
        who = self._of_pages("source_name", places.page, "All sources")
        strength = verdict.strength[rows]
        ends = {
            f"{side}_{end}": getattr(bounds, end)[rows]
            for side, bounds in zip(("left", "right"), verdict.near, strict=True)
            for end in ("low", "high")
        }
        return {
            "account": self._keys(verdict, rows),
            "identity": [self._identities[one] for one in identity.tolist()],
            "name": [
                f"{one}, {span}" if span else one for one, span in zip(who, spans, strict=True)
            ],
            "source": self._of_pages("source", places.page),
            "url": self._of_pages("url", places.page),
            "when": spans,
            "relation": [verdict.shape.key.tree.relation] * len(rows),
            **ends,
            "holds": strength == "holds",
            "strength": strength.tolist(),
            "gap": verdict.gap[rows],
            "claims": self._claims(verdict, range(len(verdict.ids)), rows),
            "place": identity,
            "number": verdict.number[rows],
        }

    def terms(self, verdict: Verdicts, rows: Integers) -> Iterable[Cells]:
        """Columns of `TERMS`, and place, number and term to order them by; for each term."""
        tree, place = verdict.shape.key.tree, 0
        for side, half in (("left", tree.left), ("right", tree.right)):
            for factor, node in addends(half):
                found = self._term(verdict, rows, factor, node)
                found |= {"side": [side] * len(rows), "factor": np.full(len(rows), factor)}
                found["term"] = np.full(len(rows), place)
                place += 1
                yield found

    def _term(self, verdict: Verdicts, rows: Integers, factor: float, node: Node) -> Cells:
        exactly = np.full(len(rows), factor)
        bounds = side_of(verdict, node, "near", rows) * Ranges(exactly, exactly)
        identity = verdict.places.identity[rows].tolist()
        slots = [int(ref.measure) for ref in dict.fromkeys(refs(node))]
        shape = verdict.shape
        sums: list[Any] = [()] * len(rows)
        if isinstance(node, Number):
            wordings = labels = [number(shape.constant[one, int(node.value)]) for one in identity]
        else:
            words = {one: self._in_words(verdict, node, one) for one in set(identity)}
            labels = [words[one] for one in identity]
            ends = zip(bounds.low.tolist(), bounds.high.tolist(), strict=True)
            wordings = _each(ends, lambda end: value_range(*end))
        if isinstance(node, Ref):
            source, ids = verdict.sources[slots[0]], verdict.ids[slots[0]][rows].tolist()
            wordings = _each(ids, source.wording)
            if isinstance(source, Sums):
                sums = _each(ids, source.partial_sums)
        measures = [shape.slots[one][slots[0]].measure if slots else "" for one in identity]
        return {
            "account": self._keys(verdict, rows),
            "measure": measures,
            "label": labels,
            "low": bounds.low,
            "high": bounds.high,
            "constant": np.full(len(rows), not slots),
            "claims": self._claims(verdict, slots, rows),
            "wording": wordings,
            "partial_sums": sums,
            "place": shape.identity[verdict.places.identity[rows]],
            "number": verdict.number[rows],
        }

    def _keys(self, verdict: Verdicts, rows: Integers) -> list[str]:
        """Names of accounts, as text in the order of places."""
        identity = verdict.shape.identity[verdict.places.identity[rows]]
        pairs = zip(identity.tolist(), verdict.number[rows].tolist(), strict=True)
        return [f"{self._identities[one]}.{place:04}" for one, place in pairs]

    def _claims(
        self, verdict: Verdicts, slots: Iterable[int], rows: Integers
    ) -> list[tuple[str, ...]]:
        """Ids of the claims behind some slots, sorted."""
        columns = [
            _each(verdict.ids[slot][rows].tolist(), verdict.sources[slot].claims) for slot in slots
        ]
        if not columns:
            return [()] * len(rows)
        if len(columns) == 1:
            return columns[0]
        return [tuple(sorted(set().union(*parts))) for parts in zip(*columns, strict=True)]

    def _of_pages(self, column: str, pages: Integers, otherwise: str = "") -> list[str]:
        """What the claims of each page have in a column; another text for -1, no page."""
        known = np.flatnonzero(pages >= 0)
        found = [otherwise] * len(pages)
        texts = self._held.shelves.claims.texts(column, self._where[pages[known]])
        for place, text in zip(known.tolist(), texts, strict=True):
            found[place] = text
        return found

    def _span(self, time: int) -> str:
        if time < 0:
            return ""
        if time not in self._spans:
            self._spans[time] = show_span(self._days[0][time], self._days[1][time])
        return self._spans[time]

    def _in_words(self, verdict: Verdicts, node: Node, identity: int) -> str:
        """A product or quotient with the printed names of its measures."""
        if isinstance(node, Number):
            return number(verdict.shape.constant[identity, int(node.value)])
        if isinstance(node, Ref):
            return self._label(verdict.shape.slots[identity][int(node.measure)])
        sides = [self._in_words(verdict, side, identity) for side in (node.left, node.right)]
        inner = f" {SIGNS.get(node.sign, node.sign)} ".join(sides)
        return f"({inner})" if node.sign in "+-" else inner

    def _label(self, ref: Ref) -> str:
        """How a term is called in print."""
        text = self._labels[ref.measure]
        if ref.scope not in ("", ANY) and ref.scope not in self._labels:
            text += f", {ref.scope.replace('_', ' ')}"
        return {"sum": f"{text}, days added", "before": f"{text}, the day before"}.get(
            ref.function, text
        )


def _each(keys: Iterable[Any], write: Callable[[Any], Found]) -> list[Found]:
    """What is written for each key; once for those that are the same."""
    known: dict[Any, Found] = {}
    found = []
    for key in keys:
        if key not in known:
            known[key] = write(key)
        found.append(known[key])
    return found
