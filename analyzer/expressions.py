"""Identities as people write them, read into a small tree.

`hostages_held[of_the_251] <= hostages_taken + 4`: measures, numbers, + - * / and parentheses on
both sides of =, <= or >=; `name` takes claims without a scope, `name[scope]` those of one scope,
`name[*]` all of them; `sum(name)` adds the known days of a flow, `before(name)` is the value of
the day before. Python's own parser splits the sides, so the errors know their place.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analyzer.intervals import Bounds

RELATIONS = ("<=", ">=", "=")
FUNCTIONS = ("sum", "before")
ANY = "*"
ANY_NAME = "any_"  # stands for * while Python's parser reads the text; same length as [*]


class ExpressionError(ValueError):
    """An expression that can't be read; the message names the place and what is expected."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Claims of one measure: function is "" (the value at the time), "sum" or "before"."""

    measure: str
    scope: str = ""
    function: str = ""

    def __str__(self) -> str:
        """As it is written in identities.csv."""
        text = f"{self.measure}[{self.scope}]" if self.scope else self.measure
        return f"{self.function}({text})" if self.function else text


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: float


@dataclass(frozen=True, slots=True)
class Operation:
    """Two nodes joined by + - * or /."""

    sign: str
    left: Node
    right: Node


Node = Ref | Number | Operation


@dataclass(frozen=True, slots=True)
class Expression:
    """An identity: two sides and the relation that holds between them."""

    left: Node
    relation: str
    right: Node


def parse_expression(text: str) -> Expression:
    """Read one identity.

    Raises
    ------
    ExpressionError
        With the character at which reading failed.
    """
    found = [sign for sign in RELATIONS if sign in text]
    relation = found[0] if found else ""
    sides = text.split(relation) if relation else [text]
    if len(sides) != 2:
        raise ExpressionError("needs one of =, <=, >= between two sides")
    left = _read(sides[0], 0)
    return Expression(left, relation, _read(sides[1], len(sides[0]) + len(relation)))


def refs(node: Node) -> Iterator[Ref]:
    """Every reference to claims, from left to right."""
    if isinstance(node, Ref):
        yield node
    elif isinstance(node, Operation):
        yield from refs(node.left)
        yield from refs(node.right)


def addends(node: Node, factor: float = 1.0) -> Iterator[tuple[float, Node]]:
    """The terms of a sum with their signs; a product or a quotient is one term."""
    if isinstance(node, Operation) and node.sign in "+-":
        yield from addends(node.left, factor)
        yield from addends(node.right, factor if node.sign == "+" else -factor)
    else:
        yield factor, node


def evaluate(node: Node, look_up: Callable[[Ref], Bounds]) -> Bounds:
    """Value of a node by interval arithmetic (Moore, Kearfott & Cloud 2009, chapter 2)."""
    if isinstance(node, Ref):
        return look_up(node)
    if isinstance(node, Number):
        return Bounds(node.value, node.value)
    left, right = evaluate(node.left, look_up), evaluate(node.right, look_up)
    match node.sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right


SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def _read(side: str, offset: int) -> Node:
    padding = len(side) - len(side.lstrip())
    source = side.strip().replace(f"[{ANY}]", f"[{ANY_NAME}]")
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError) as error:
        place = offset + padding + (getattr(error, "offset", None) or 1)
        raise ExpressionError(f"can't be read at character {place}") from error
    return _node(tree, offset + padding)


def _node(tree: ast.expr, offset: int) -> Node:
    if isinstance(tree, ast.BinOp) and type(tree.op) in SIGNS:
        return Operation(SIGNS[type(tree.op)], _node(tree.left, offset), _node(tree.right, offset))
    if isinstance(tree, ast.Constant) and type(tree.value) in (int, float):
        return Number(float(tree.value))  # type: ignore[arg-type]
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        name = tree.func.id
        if name in FUNCTIONS and len(tree.args) == 1 and not tree.keywords:
            ref = _node(tree.args[0], offset)
            if isinstance(ref, Ref) and not ref.function:
                return Ref(ref.measure, ref.scope, name)
    if isinstance(tree, ast.Name):
        return Ref(tree.id)
    if isinstance(tree, ast.Subscript) and isinstance(tree.value, ast.Name):
        scope = tree.slice
        if isinstance(scope, ast.Name):
            return Ref(tree.value.id, ANY if scope.id == ANY_NAME else scope.id)
    place = offset + tree.col_offset + 1
    known = ", ".join(f"{name}(measure)" for name in FUNCTIONS)
    raise ExpressionError(
        f"can't be read at character {place}; write measures, measure[scope], numbers, + - * /, "
        f"parentheses, {known}"
    )
