"""How measures are tied: parts and wholes, flows and their totals, members of an identity."""

from __future__ import annotations

import pandas as pd

from analyzer.expressions import ANY, Expression, Node, Ref, addends, parse_expression, refs

STEPS = 2  # ties between a measure and a related one: the total, its daily figure, its parts
SAME = "="  # stands for the scope of the whole
TIES = ["book", "whole", "whole_scope", "part", "part_scope"]


def list_ties(measures: pd.DataFrame, identities: pd.DataFrame) -> pd.DataFrame:
    """Parts and their wholes.

    Returns
    -------
    DataFrame
        Columns `TIES`; parts of one `book` can be added, and taken from its whole. The book is
        "" for the column part_of (whether such parts overlap is not known), else the name of an
        identity that equates one measure with a sum. A scope `SAME` is that of the whole.
    """
    rows = [
        ("", whole, SAME, part, SAME)
        for part, whole in zip(measures["measure"], measures["part_of"], strict=True)
        if whole
    ]
    for name, text in zip(identities["name"], identities["expression"], strict=True):
        rows += [(str(name), *row) for row in _split(parse_expression(str(text)))]
    return pd.DataFrame(sorted(set(rows)), columns=pd.Index(TIES)).astype("str")


def _split(expression: Expression) -> list[tuple[str, str, str, str]]:
    """Whole and parts of "one = sum of others"; nothing of any other form."""
    for whole, other in (
        (expression.left, expression.right),
        (expression.right, expression.left),
    ):
        parts = list(addends(other))
        plain = all(factor > 0 and _is_plain(node) for factor, node in parts)
        if expression.relation == "=" and _is_plain(whole) and plain and len(parts) > 1:
            head = _named(whole)
            return [(*head, *_named(node)) for _, node in parts]
    return []


def _is_plain(node: Node) -> bool:
    return isinstance(node, Ref) and not node.function


def _named(node: Node) -> tuple[str, str]:
    assert isinstance(node, Ref)
    return node.measure, SAME if node.scope == ANY else node.scope


def steps_below(measure: str, measures: pd.DataFrame) -> dict[str, int]:
    """Measures that add to one or are part of it, by how many ties; itself with 0."""
    found = {measure: 0}
    edges = _upward(measures)
    for step in range(1, len(measures) + 1):
        level = sorted({one for one, above in edges if above in found and one not in found})
        if not level:
            break
        found |= dict.fromkeys(level, step)
    return found


def steps_around(measure: str, measures: pd.DataFrame, identities: pd.DataFrame) -> dict[str, int]:
    """Measures of the same unit that are tied to one in any way, by how many ties."""
    edges = _upward(measures)
    for text in identities["expression"]:
        expression = parse_expression(str(text))
        names = [ref.measure for side in (expression.left, expression.right) for ref in refs(side)]
        edges |= {(one, other) for one in names for other in names}
    units = dict(zip(measures["measure"], measures["unit"], strict=True))
    found = {measure: 0}
    for step in range(1, STEPS + 1):
        near = {b for a, b in edges if a in found} | {a for a, b in edges if b in found}
        level = [one for one in near - set(found) if units.get(one) == units[measure]]
        found |= dict.fromkeys(sorted(level), step)
    return found


def _upward(measures: pd.DataFrame) -> set[tuple[str, str]]:
    pairs = {
        (str(one), str(above))
        for column in ("part_of", "total")
        for one, above in zip(measures["measure"], measures[column], strict=True)
        if above
    }
    return pairs
