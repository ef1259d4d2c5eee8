"""Identities as people write them, read into a small tree.

`hostages_held[of_the_251] <= hostages_taken + 4`: measures, numbers, + - * / and parentheses on
both sides of =, <= or >=; `name` takes claims without a scope, `name[scope]` those of one scope,
`name[*]` all of them; `sum(name)` adds the known days of a flow, `before(name)` is the value of
the day before. A minus can also stand before the first term of a side or of a parenthesis.

The text is cut into marks that know their place, then read by precedence climbing (Clarke 1986,
The top-down parsing of expressions), so an error names the very character.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NoReturn, TypeVar

from analyzer.errors import visible

RELATIONS = ("<=", ">=", "=")
FUNCTIONS = ("sum", "before")
ANY = "*"
PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2}
ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
MOST_SIGNS = 200  # each can make the tree one deeper, and Python's stack ends at a depth of 1,000
REMEMBERED = 1 << 15  # expressions; each is read by several stages
MARK = re.compile(
    r"(?P<name>(?:[A-Za-z]|[0-9]+[A-Za-z_])[A-Za-z0-9_]*)"
    r"|(?P<number>\.?[0-9]+(?:[.,'\u2019][0-9]+)*\.?)|(?P<relation>[!:~]?[<>=]+)"
    r"|(?P<sign>\*\*|[-+*/(])|(?P<bracket>[])[])|(?P<other>\S)"
)
NUMBER = re.compile(r"^[0-9]{0,15}(\.[0-9]*)?")  # a float keeps 15 digits
GROUPING = re.compile(r"[,'\u2019](?=[0-9]{3}(?![0-9]))")
SCOPE = re.compile(r"[A-Za-z][A-Za-z0-9_]*|\*")
MEANT = {  # what to write for the signs of other notations and of word processors
    "-": "\u2010\u2011\u2012\u2013\u2014\u2212",  # hyphens, dashes, minus
    "*": "\u00d7\u00b7\u2022\u2217\u22c5\u2715",  # times, dots, asterisk
    "/": "\u00f7\u2044\u2215:",  # division, slashes, colon
    "<=": "\u2264\u2266\u2a7d",
    ">=": "\u2265\u2267\u2a7e",
    "<=, >= or =": "\u2248\u2260",  # almost equal, not equal
    "a product, such as a * a": ("**", "^"),
    "+ between terms, as in sum(a) + sum(b)": ",",
}
INSTEAD = {mark: sign for sign, marks in MEANT.items() for mark in marks}


class ExpressionError(ValueError):
    """An expression that can't be read.

    `place` is the wrong character, the first being 1, or the one after the last where the text
    ends too early; `message` says it and what is wrong there, `remedy` what to write instead.
    """

    def __init__(self, place: int, what: str, remedy: str) -> None:
        super().__init__(place, what, remedy)
        self.place, self.remedy = place, remedy
        self.message = f"can't be read at character {place}: {what}"

    def __str__(self) -> str:
        return f"{self.message}; {self.remedy}"


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
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Expression:
    """An identity: two sides and the relation that holds between them."""

    left: Node
    relation: str
    right: Node


@lru_cache(REMEMBERED)
def parse_expression(text: str) -> Expression:
    """Read one identity.

    Raises
    ------
    ExpressionError
        With the character at which reading failed.
    """
    reader = _Reader(text)
    left = reader.side()
    if reader.next.text not in RELATIONS:
        reader.refuse()
    relation, right = reader.take().text, reader.side()
    if reader.next.kind != "end":
        reader.refuse()
    return Expression(left, relation, right)


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


def fold(node: Node, leaf: Callable[[Ref | Number], Value]) -> Value:
    """Value of a node in any arithmetic, from those of its references and numbers.

    Of intervals it is that of Moore, Kearfott & Cloud 2009, chapter 2.
    """
    if not isinstance(node, Operation):
        return leaf(node)
    value: Value = ARITHMETIC[node.sign](fold(node.left, leaf), fold(node.right, leaf))
    return value


@dataclass(frozen=True, slots=True)
class _Mark:
    """A name, a number or a sign of the text, its start or its end."""

    kind: str
    text: str
    place: int

    def __str__(self) -> str:
        return f"'{visible(self.text, 30)}'" if self.text else f"the {self.kind}"

    def fail(self, what: str, remedy: str) -> NoReturn:
        raise ExpressionError(self.place, what, remedy)


class _Reader:
    """The marks of one text, taken one by one."""

    def __init__(self, text: str) -> None:
        found = [_Mark(one.lastgroup or "", one[0], one.start() + 1) for one in MARK.finditer(text)]
        for mark in [mark for mark in found if mark.kind == "sign"][MOST_SIGNS:]:
            mark.fail(f"more than {MOST_SIGNS} signs", "make several identities of it")
        self._marks = [_Mark("start", "", 0), *found, _Mark("end", "", len(text.rstrip()) + 1)]
        self._taken = 0

    @property
    def next(self) -> _Mark:
        return self._marks[self._taken + 1]

    def take(self) -> _Mark:
        self._taken += 1
        return self._marks[self._taken]

    def refuse(self) -> NoReturn:
        _refuse(self._marks[self._taken], self.next)

    def side(self, least: int = 1) -> Node:
        """Terms joined by signs of at least a precedence."""
        node = self._negative() if least == 1 and self.next.text == "-" else self._term()
        while PRECEDENCE.get(self.next.text, 0) >= least:
            sign = self.take().text
            node = Operation(sign, node, self.side(PRECEDENCE[sign] + 1))
        return node

    def _negative(self) -> Node:
        self.take()
        node = self._term()
        if isinstance(node, Number):
            return Number(0.0 - node.value)
        return Operation("*", Number(-1.0), node)

    def _term(self) -> Node:
        if self.next.kind not in ("name", "number") and self.next.text != "(":
            self.refuse()
        mark = self.take()
        if mark.kind == "number":
            return _number(mark)
        if mark.kind == "name":
            return self._call(mark) if self.next.text == "(" else self._ref(mark)
        node = self.side()
        self._close(mark)
        return node

    def _call(self, name: _Mark) -> Ref:
        if name.text not in FUNCTIONS:
            known = " or ".join(f"{function}(measure)" for function in FUNCTIONS)
            name.fail(f"{name} is no function", f"write {known}, or a sign before the '('")
        opening, argument = self.take(), self.next
        node = self.side()
        self._close(opening)
        if not isinstance(node, Ref) or node.function:
            what = f"{name.text}() takes one measure and nothing else"
            argument.fail(what, f"write {name.text}(measure) or {name.text}(measure[scope])")
        return replace(node, function=name.text)

    def _ref(self, name: _Mark) -> Ref:
        if self.next.text != "[":
            return Ref(name.text)
        opening, scope = self.take(), self.next
        if not SCOPE.fullmatch(scope.text):
            usage = f"write {name.text}[scope] with one word, or {name.text}[{ANY}] for all claims"
            scope.fail(f"{scope} is no scope", usage)
        self.take()
        self._close(opening)
        return Ref(name.text, scope.text)

    def _close(self, opening: _Mark) -> None:
        closing = {"(": ")", "[": "]"}[opening.text]
        if self.next.kind in ("relation", "end"):
            opening.fail(f"{opening} is not closed", f"write {closing} before {self.next}")
        if self.next.text != closing and closing == "]":
            remedy = "write ] before it, or join the parts of the scope by underscores"
            self.next.fail(f"{self.next} is no part of a scope", remedy)
        if self.next.text != closing:
            self.refuse()
        self.take()


def _number(mark: _Mark) -> Number:
    rest = NUMBER.sub("", mark.text, count=1)
    if rest:
        wrong = _Mark(mark.kind, rest[0], mark.place + len(mark.text) - len(rest))
        plain = GROUPING.sub("", mark.text).replace(",", ".")
        usual = "at most 15 digits and one decimal point"
        remedy = f"write {usual if NUMBER.sub('', plain, count=1) else plain}"
        wrong.fail(f"{wrong} is too much in a number", remedy)
    return Number(float(mark.text))


def _refuse(before: _Mark, mark: _Mark) -> NoReturn:
    """Say why a mark can't follow the one before it."""
    relation, end, closing = mark.kind == "relation", mark.kind == "end", mark.text in (")", "]")
    ended = before.kind in ("name", "number") or before.text in (")", "]")
    first = before.kind in ("start", "relation")
    numbers = before.kind == mark.kind == "number"
    signs = before.text in PRECEDENCE and mark.text in PRECEDENCE
    needless = [f" or delete {one}" for one in (before, mark) if one.text in PRECEDENCE]
    fill = "".join(["write one there", *needless])
    side = "left" if before.kind == "start" else "right"
    joined = before.text + mark.text
    rules = [
        (mark.text in INSTEAD, f"{mark} has no meaning", f"write {INSTEAD.get(mark.text)}"),
        (mark.kind == "other", f"{mark} has no meaning", "delete it; a name is of a-z, 0-9 and _"),
        (relation and mark.text not in RELATIONS, f"{mark} is no relation", "write <=, >= or ="),
        (relation and ended, f"{mark} is a second relation", "move it to a row of its own"),
        (relation and before.kind == "relation", f"{mark} follows {before}", "write one of them"),
        ((relation or end) and first, f"the {side} side is empty", "write what must add up there"),
        (end and ended, "there is no relation", "it needs one of =, <=, >= between two sides"),
        (closing and (ended or first), f"{mark} closes nothing", "delete it, or open it before"),
        (mark.text == "[" and ended, f"no scope can follow {before}", "write measure[scope]"),
        (numbers, f"a blank parts {before} and {mark}", f"write {joined} or a sign"),
        (ended, f"a sign is missing between {before} and {mark}", "write one of + - * /"),
        (signs, f"{mark} follows the sign {before}", "write one; a negative term goes in ( )"),
        (True, f"no measure or number stands before {mark}", fill),
    ]
    mark.fail(*next((what, remedy) for applies, what, remedy in rules if applies))
