"""Do the figures add up? Each identity, held against every account that gives its terms.

An account is one page's own figures for one time, or what all sources say of that time. Terms
are intervals; an identity fails only when no choice of values within them satisfies it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analyzer.accountbook import Account, Book
from analyzer.dates import show_span
from analyzer.expressions import (
    ANY,
    Expression,
    Node,
    Number,
    Ref,
    addends,
    evaluate,
    parse_expression,
    refs,
)
from analyzer.gaps import gap
from analyzer.intervals import Bounds
from analyzer.readings import number, value_range
from analyzer.settings import Thresholds
from analyzer.shelf import UnknownTermError, Value

ACCOUNTS = [
    "account",
    "identity",
    "name",
    "source",
    "url",
    "when",
    "relation",
    "left_low",
    "left_high",
    "right_low",
    "right_high",
    "holds",
    "strength",
    "gap",
    "claims",
]
TERMS = [
    "account",
    "side",
    "measure",
    "label",
    "factor",
    "low",
    "high",
    "constant",
    "claims",
    "wording",
    "partial_sums",
]


def evaluate_identities(
    claims: pd.DataFrame, identities: pd.DataFrame, measures: pd.DataFrame, thresholds: Thresholds
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hold every identity against every account.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.

    Returns
    -------
    accounts : DataFrame
        One row an account, columns `ACCOUNTS`; `strength` is "contradicts" (even the literal
        bounds, with round numbers read as rounded, can't satisfy it), "strains" (only the implied
        ones can't) or "holds".
    terms : DataFrame
        One row a term of an account, columns `TERMS`, bounds times their factor; `partial_sums`
        are those of `accountbook.Value`, () for a term that is no sum of days.
    """
    usable = claims[claims["comparable"]]
    book = Book(usable, measures, thresholds)
    accounts: list[dict[str, Any]] = []
    terms: list[dict[str, Any]] = []
    for identity in identities.sort_values("name").to_dict("records"):
        expression = parse_expression(str(identity["expression"]))
        evaluated: set[tuple[str, ...]] = set()
        before = len(accounts)
        for place in _places(expression, usable, book, identity):
            number = len(accounts) - before
            try:
                row, parts = _hold(expression, place, book, number, identity["name"])
            except UnknownTermError:
                continue
            moving = row.pop("moving")
            if not place.source and moving in evaluated:
                continue  # all sources together are no more than one page's own figures
            evaluated.add(moving)
            accounts.append(row)
            terms += parts
    return (
        pd.DataFrame(accounts, columns=pd.Index(ACCOUNTS)),
        pd.DataFrame(terms, columns=pd.Index(TERMS)),
    )


def _places(
    expression: Expression, claims: pd.DataFrame, book: Book, identity: dict[Any, Any]
) -> Iterator[Account]:
    """Pages first, then all sources; each time at which a term that moves is spoken of."""
    used = [ref for side in (expression.left, expression.right) for ref in refs(side)]
    start, end = identity["valid_from_first"], identity["valid_to_last"]
    since = None if pd.isna(start) else start
    moving = [ref for ref in used if not book.is_fixed(ref.measure) and not ref.function]
    if not moving:
        ours = claims[claims["measure"].isin([ref.measure for ref in used])]
        for source, url in sorted(set(zip(ours["source"], ours["url"], strict=True))):
            yield Account(None, None, source, url)
        yield Account(None, None)
        return
    times = book.times_of(moving)
    if since is not None:
        times = times[times["at_last"] >= since]
    if not pd.isna(end):
        times = times[times["at_first"] <= end]
    for first, last, source, url in _ordered(times):
        yield Account(first, last, source, url, since)
    spans = times[["at_first", "at_last"]].drop_duplicates()
    for first, last in _ordered(spans):
        yield Account(first, last, since=since)


def _ordered(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    columns = [str(column) for column in frame.columns]
    return iter(frame.sort_values(columns).itertuples(index=False, name=None))


def _hold(
    expression: Expression, place: Account, book: Book, number_of: int, name: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    used = [ref for side in _sides(expression) for ref in refs(side)]
    # what moves is looked up first: most accounts lack it, and a fixed figure is always known
    used.sort(key=lambda ref: book.is_fixed(ref.measure))
    values = {ref: book.look_up(ref, place) for ref in used}
    near = [evaluate(side, lambda ref: values[ref].near) for side in _sides(expression)]
    literal = [evaluate(side, lambda ref: values[ref].literal) for side in _sides(expression)]
    near_gap, literal_gap = _miss(expression.relation, *near), _miss(expression.relation, *literal)
    strength = "contradicts" if literal_gap else "strains" if near_gap else "holds"
    account = f"{name}.{number_of:04}"  # as text in the order of places
    row = {
        "account": account,
        "identity": name,
        "name": book.name(place),
        "source": place.source,
        "url": place.url,
        "when": "" if place.when is None else show_span(place.when.date(), place.until.date()),  # type: ignore[union-attr]
        "relation": expression.relation,
        "left_low": near[0].low,
        "left_high": near[0].high,
        "right_low": near[1].low,
        "right_high": near[1].high,
        "holds": strength == "holds",
        "strength": strength,
        "gap": near_gap,
        "claims": tuple(sorted({one for value in values.values() for one in value.claims})),
    }
    row["moving"] = (
        tuple(
            sorted(
                {
                    one
                    for ref in used
                    if not book.is_fixed(ref.measure) and not ref.function
                    for one in values[ref].claims
                }
            )
        )
        or row["claims"]
    )
    parts = [
        _term(account, side, factor, node, values, book)
        for side, tree in zip(("left", "right"), _sides(expression), strict=True)
        for factor, node in addends(tree)
    ]
    return row, parts


def _sides(expression: Expression) -> tuple[Node, Node]:
    return expression.left, expression.right


def _miss(relation: str, left: Bounds, right: Bounds) -> float:
    """Gap between the facing ends of two sides that can't satisfy the relation; 0 if they can."""
    slack = 1e-9 * max(abs(end) for end in (left.low, right.low, 1.0) if math.isfinite(end))
    above = left.low > right.high + slack and relation in ("=", "<=")
    below = right.low > left.high + slack and relation in ("=", ">=")
    if above:
        return float(gap(left.low, right.high))
    return float(gap(left.high, right.low)) if below else 0.0


def _term(
    account: str,
    side: str,
    factor: float,
    node: Node,
    values: dict[Ref, Value],
    book: Book,
) -> dict[str, Any]:
    bounds = evaluate(node, lambda ref: values[ref].near) * Bounds(factor, factor)
    used = list(refs(node))
    if isinstance(node, Number):
        wording = label = number(node.value)
    elif isinstance(node, Ref):
        wording, label = values[node].wording, book.label(node)
    else:
        wording, label = value_range(bounds.low, bounds.high), _in_words(node, book)
    return {
        "account": account,
        "side": side,
        "measure": used[0].measure if used else "",
        "label": label,
        "factor": factor,
        "low": bounds.low,
        "high": bounds.high,
        "constant": not used,
        "claims": tuple(sorted({one for ref in used for one in values[ref].claims})),
        "wording": wording,
        "partial_sums": values[node].partial_sums if isinstance(node, Ref) else (),
    }


def _in_words(node: Node, book: Book) -> str:
    """A product or quotient with the printed names of its measures."""
    if isinstance(node, Number):
        return number(node.value)
    if isinstance(node, Ref):
        return book.label(node)
    sign = {"*": "\N{MULTIPLICATION SIGN}", "/": "\N{DIVISION SIGN}"}.get(node.sign, node.sign)
    inner = f"{_in_words(node.left, book)} {sign} {_in_words(node.right, book)}"
    return f"({inner})" if node.sign in "+-" else inner


def part_identities(measures: pd.DataFrame) -> pd.DataFrame:
    """The identities that part_of states: no part is above its whole.

    Shares are left out; their part_of names what they are a share of.
    """
    counts = measures[(measures["part_of"] != "") & (measures["kind"] != "share")]
    return pd.DataFrame(
        {
            "name": "part." + counts["measure"],
            "label": counts["label"] + ": a part is not above its whole",
            "expression": counts["measure"] + f"[{ANY}] <= " + counts["part_of"] + f"[{ANY}]",
            "valid_from": "",
            "valid_to": "",
            "note": "A part is not above its whole",
            "valid_from_first": pd.Series(pd.NaT, counts.index, dtype="datetime64[s]"),
            "valid_to_last": pd.Series(pd.NaT, counts.index, dtype="datetime64[s]"),
        }
    )
