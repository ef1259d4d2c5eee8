"""Identities of one shape: the same tree over other measures, so that arrays hold them all.

A shape's tree has the number of a slot where an identity has a reference, and the number of a
constant where it has a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analyzer.arrays import Floats, Integers, seconds
from analyzer.expressions import (
    Expression,
    Node,
    Number,
    Operation,
    Ref,
    parse_expression,
    refs,
)


@dataclass(frozen=True, slots=True)
class Key:
    """What the identities of a shape share: tree, and how each slot is looked up."""

    tree: Expression
    modes: tuple[str, ...]  # "fixed", "open", "ended", "sum" or "before", one a slot


@dataclass(slots=True)
class Shape:
    """Identities of one key, each by its place in the list of all identities.

    Attributes
    ----------
    identity : array of int
        Places of the identities.
    slots : list of list of Ref
        References of each identity.
    shelf : array of int
        Shelf of each identity and slot.
    constant : array of float
        Numbers of each identity.
    since, until : array of int
        Seconds from 1970 between which each one holds; `NEVER` where it always does.
    """

    key: Key
    identity: Integers
    slots: list[list[Ref]]
    shelf: Integers
    constant: Floats
    since: Integers
    until: Integers

    def part(self, kept: Integers) -> Shape:
        """Some of the identities."""
        return Shape(
            key=self.key,
            identity=self.identity[kept],
            slots=[self.slots[one] for one in kept.tolist()],
            shelf=self.shelf[kept],
            constant=self.constant[kept],
            since=self.since[kept],
            until=self.until[kept],
        )

    def of_mode(self, *modes: str) -> list[int]:
        """Slots that are looked up so."""
        return [slot for slot, mode in enumerate(self.key.modes) if mode in modes]


@dataclass(slots=True)
class _Tree:
    """One side after the other, leaf by leaf."""

    slots: dict[Ref, int] = field(default_factory=dict)
    constants: list[float] = field(default_factory=list)

    def outline(self, node: Node) -> Node:
        """The tree with the numbers of slots and of constants at its leaves."""
        if isinstance(node, Ref):
            return Ref(str(self.slots.setdefault(node, len(self.slots))))
        if isinstance(node, Number):
            self.constants.append(node.value)
            return Number(len(self.constants) - 1)
        return Operation(node.sign, self.outline(node.left), self.outline(node.right))


def read_identities(identities: pd.DataFrame) -> list[Expression]:
    """Each expression as a tree."""
    return [parse_expression(text) for text in identities["expression"].tolist()]


def shelves_of(expressions: Iterable[Expression]) -> dict[tuple[str, str], int]:
    """Every measure and scope that is referred to, and the number of its shelf."""
    pairs = {
        (ref.measure, ref.scope)
        for expression in expressions
        for side in (expression.left, expression.right)
        for ref in refs(side)
    }
    return {pair: number for number, pair in enumerate(sorted(pairs))}


def find_shapes(
    identities: pd.DataFrame,
    expressions: list[Expression],
    shelves: Mapping[tuple[str, str], int],
    kinds: Mapping[str, str],
    ended: Mapping[str, bool],
) -> list[Shape]:
    """Gather identities by shape, in the order in which shapes appear.

    Parameters
    ----------
    kinds : mapping of str to str
        Kind of each measure.
    ended : mapping of str to bool
        Whether a measure has an end, so that one total is known for all later times.
    """

    def mode(ref: Ref) -> str:
        if kinds[ref.measure] == "fixed":
            return "fixed"
        return ref.function or ("ended" if ended[ref.measure] else "open")

    alike: dict[Key, list[tuple[int, _Tree]]] = {}
    for place, expression in enumerate(expressions):
        tree = _Tree()
        left, right = tree.outline(expression.left), tree.outline(expression.right)
        outline = Expression(left, expression.relation, right)
        key = Key(outline, tuple(map(mode, tree.slots)))
        alike.setdefault(key, []).append((place, tree))
    since, until = (seconds(identities[one]) for one in ("valid_from_first", "valid_to_last"))
    return [_shape(key, members, shelves, since, until) for key, members in alike.items()]


def _shape(
    key: Key,
    members: list[tuple[int, _Tree]],
    shelves: Mapping[tuple[str, str], int],
    since: Integers,
    until: Integers,
) -> Shape:
    places = np.array([place for place, _ in members], dtype=np.int64)
    slots = [list(tree.slots) for _, tree in members]
    numbers = [[shelves[ref.measure, ref.scope] for ref in each] for each in slots]
    return Shape(
        key=key,
        identity=places,
        slots=slots,
        shelf=np.array(numbers, dtype=np.int64).reshape(len(members), -1),
        constant=np.array([tree.constants for _, tree in members], dtype=np.float64),
        since=since[places],
        until=until[places],
    )
