"""The sums of an account in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from analyzer.charts.readings import TIMES, is_latin
from analyzer.readings import number

EDGE = 1e-9
MINUS = "\N{MINUS SIGN}"


def term_wording(term: pd.Series) -> str:
    """Word a term as its page does; by its bounds where the words are not in Latin script."""
    wording = str(term["wording"]).strip()
    if not wording or not is_latin(wording):
        factor = abs(float(term["factor"])) or 1.0
        ends = sorted(abs(term[end]) / factor for end in ("low", "high"))
        wording = bounds_words(ends[0], ends[1])
    factor = abs(float(term["factor"]))
    return wording if abs(factor - 1) < EDGE else f"{number(factor)} {TIMES} {wording}"


def bounds_words(low: float, high: float) -> str:
    """Write an interval for people: 242, 242 to 250, at least 242, up to 250."""
    if np.isfinite(low) and np.isfinite(high):
        return number(low) if abs(high - low) < EDGE else f"{number(low)} to {number(high)}"
    if np.isfinite(low):
        return f"at least {number(low)}"
    return f"up to {number(high)}" if np.isfinite(high) else "any number"


def sum_words(account: pd.Series, terms: pd.DataFrame) -> str:
    """Both sides, their sums, and whether they fit.

    "134 + 40 + 8 + 60 = 242, total given: 251. They do not fit, 9 apart."
    """
    left, right = (_side_words(account, terms, side) for side in ("left", "right"))
    counts = terms["side"].value_counts()
    relation = str(account["relation"])
    if relation == "=" and counts.get("left", 0) < counts.get("right", 0):
        left, right = right, left
    joint = {"<=": "must be at most", ">=": "must be at least"}.get(relation, "total given:")
    if relation == "=" and max(counts) < 2:
        joint = "against"
    return f"{left}, {joint} {right}. {_verdict(account)}."


def _side_words(account: pd.Series, terms: pd.DataFrame, side: str) -> str:
    own = terms[terms["side"] == side]
    text = ""
    for _, term in own.iterrows():
        sign = MINUS if term["factor"] < 0 else "+"
        text += f" {sign} {term_wording(term)}" if text else term_wording(term)
    if len(own) < 2 and "+" not in text and TIMES not in text:
        return text
    return f"{text} = {bounds_words(account[f'{side}_low'], account[f'{side}_high'])}"


def _verdict(account: pd.Series) -> str:
    if account["strength"] == "strains":
        return "They fit only if the wordings are stretched"
    if account["holds"]:
        return "They fit"
    return f"They do not fit, {missing_words(account)}"


def missing_words(account: pd.Series) -> str:
    """Say what is between the two sides: "9 apart", "at least 9 apart"."""
    over = account["left_low"] - account["right_high"]
    under = account["right_low"] - account["left_high"]
    gap = max(over, under) if account["relation"] == "=" else None
    if account["relation"] == "<=":
        gap = over
    if account["relation"] == ">=":
        gap = under
    exact = _is_exact(account)
    head = "" if exact else "at least "
    if gap is None or not np.isfinite(gap) or gap <= EDGE:
        return "even at the edges of the wordings"
    return f"{head}{number(round(float(gap), 6))} apart"


def _is_exact(account: pd.Series) -> bool:
    return bool(
        account["left_low"] == account["left_high"]
        and account["right_low"] == account["right_high"]
    )


def account_title(accounts: pd.DataFrame, terms: pd.DataFrame) -> str:
    """Say what must fit, and in how many accounts it doesn't."""
    relation = str(accounts["relation"].iloc[0])
    count = _count_words(accounts)
    if relation != "=":
        low, high = ("left", "right") if relation == "<=" else ("right", "left")
        limit = f"“{_side_name(terms, low)}” within “{_side_name(terms, high)}”"
        return f"{limit}: the figures {count}"
    counts = terms.groupby("side")["label"].nunique()
    first, second = "left", "right"
    if counts.get("left", 0) > counts.get("right", 0):
        first, second = second, first
    other = "the sum of its parts"
    if counts.get(second, 0) < 2:
        other = _side_name(terms, second)
        other = "what follows from other figures" if is_computed(other) else f"“{other}”"
    return f"“{_side_name(terms, first)}” and {other} {count}"


def is_computed(label: str) -> bool:
    """Whether a term is a product or a quotient."""
    return TIMES in label or "÷" in label


def _side_name(terms: pd.DataFrame, side: str) -> str:
    names = terms.loc[terms["side"] == side, "label"].drop_duplicates().tolist()
    if not names:
        return "a fixed number"
    return str(names[0]) + (f" and {len(names) - 1} more" if len(names) > 1 else "")


def _count_words(accounts: pd.DataFrame) -> str:
    """In how many accounts the two sides fit."""
    bad, strained = ((accounts["strength"] == word).sum() for word in ("contradicts", "strains"))
    if len(accounts) == 1:
        fit = "do not fit" if bad else "hardly fit" if strained else "fit"
        return f"{fit} in the one account there is"
    if bad:
        return f"do not fit in {bad} of {len(accounts)} accounts"
    if strained:
        return f"hardly fit in {strained} of {len(accounts)} accounts"
    return f"fit in {'both' if len(accounts) == 2 else f'all {len(accounts)}'} accounts"


def printed_labels(terms: pd.DataFrame) -> dict[str, str]:
    """Names of the measures that stand as terms of their own."""
    alone = terms[~terms["constant"].astype(bool) & ~terms["label"].map(is_computed)]
    alone = alone.sort_values(["measure", "label"], ascending=[True, False])
    return dict(zip(alone["measure"], alone["label"], strict=True))


def account_subtitle(
    ranked: pd.DataFrame, shown: pd.DataFrame, identity: pd.Series, labels: Mapping[str, str]
) -> str:
    """Write the identity with the names of its measures; count what is not drawn."""
    text = expression_words(str(identity["expression"]), labels) + "."
    rest = ranked.iloc[len(shown) :]
    if len(rest):
        holding = int(rest["holds"].astype(bool).sum())
        text += f" Not drawn: {len(rest)} more, of which {holding} add up."
    return text


def expression_words(expression: str, labels: Mapping[str, str]) -> str:
    """Put the printed names of measures in place of their keys."""

    def name(match: re.Match[str]) -> str:
        label = labels.get(match["key"], match["key"].replace("_", " "))
        if match["key"] in ("before", "sum"):
            return match[0]
        scope = (match["scope"] or "").strip("[]")
        if scope:
            scope = "any" if scope == "*" else labels.get(scope, scope.replace("_", " "))
        return f"“{label}”" + (f" ({scope})" if scope else "")

    text = re.sub(r"(?P<key>[a-z][a-z0-9_]*)(?P<scope>\[[^\]]*\])?", name, expression)
    text = text.replace("before(", "the day before (").replace("sum(", "sum of (")
    for sign, words in (("<=", "≤"), (">=", "≥"), ("*", TIMES), (" - ", f" {MINUS} ")):
        text = text.replace(sign, words)
    return text


def account_alt(accounts: pd.DataFrame, first: pd.Series, terms: pd.DataFrame) -> str:
    """How many accounts there are, and the sum of the one that is drawn first."""
    bad = int((~accounts["holds"].astype(bool)).sum())
    own = terms[terms["account"] == first["account"]]
    return (
        f"{len(accounts)} accounts, {bad} of which do not add up. "
        f"{first['name']}: {sum_words(first, own)}"
    )
