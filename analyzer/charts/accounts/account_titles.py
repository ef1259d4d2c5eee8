"""Titles of the accounts of an identity: what fits, what doesn't, and by which numbers."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analyzer.charts.accounts.account_terms import is_computed
from analyzer.charts.accounts.account_words import quoted_sum, side_words, sides_of, sum_words
from analyzer.phrases import count_word, listed

EXAMPLES: Final = 2


def account_title(groups: pd.DataFrame, terms: pd.DataFrame, shown: pd.DataFrame) -> str:
    """Say what must fit, in how many sums it doesn't, and the numbers of the widest gaps.

    Parameters
    ----------
    groups : DataFrame
        One row a distinct sum, as from `account_rows.distinct`, the widest gap first.
    terms : DataFrame
        As from `account_terms.in_places`.
    shown : DataFrame
        The rows of `groups` that are drawn.
    """
    first = groups.iloc[0]
    own = terms[terms["account"] == first["account"]]
    if first["relation"] != "=":
        return _limit_title(groups, terms, own)
    if own["label"].map(is_computed).any():
        return _computed_title(groups, terms, own)
    if groups["holds"].astype(bool).all():
        return _fitting_title(shown, terms, own)
    return _sum_title(groups, terms, own)


def _sum_title(groups: pd.DataFrame, terms: pd.DataFrame, own: pd.DataFrame) -> str:
    total, parts = quoted_sum(own[~own["part"]]), own[own["part"]]
    several = len(parts) > 1
    head = f"the {count_word(len(parts)).lower()} parts of {total}" if several else total
    bad = groups[~groups["holds"].astype(bool)]
    other = "do not make the total" if several else f"and {quoted_sum(parts)} differ"
    if not (bad["strength"] == "contradicts").any():
        other = "make the total" if several else f"and {quoted_sum(parts)} fit"
        other += " only to the letter of the wordings"
    text = f"{_how_many(len(bad), len(groups))}{head} {other}: {_against(bad, terms)}"
    return text[:1].upper() + text[1:]


def _fitting_title(shown: pd.DataFrame, terms: pd.DataFrame, own: pd.DataFrame) -> str:
    """Say that the parts make the total, and which."""
    total, parts = own[~own["part"]], own[own["part"]]
    sums = list(dict.fromkeys(_side(row, terms, 1) for _, row in shown.iterrows()))
    if total["constant"].astype(bool).all():
        names = [f"“{label}”" for label in parts["label"]]
        return f"{listed(names)} add up to {listed(sums)}"
    several = f"The {count_word(len(parts)).lower()} parts of {quoted_sum(total)}"
    if len(sums) == 1:
        return f"{several} add up to its total of {sums[0]}"
    return f"{several} add up to its totals of {listed(sums)}"


def _limit_title(groups: pd.DataFrame, terms: pd.DataFrame, own: pd.DataFrame) -> str:
    """Say that one side is above or below the other, though it should not be."""
    left, right = (quoted_sum(own[own["side"] == side]) for side in ("left", "right"))
    bad = groups[~groups["holds"].astype(bool)]
    word = "above" if groups["relation"].iloc[0] == "<=" else "below"
    if bad.empty:
        return f"{left} is never {word} {right}"
    first = bad.iloc[0]
    ends = [side_words(first, side, terms) for side in ("left", "right")]
    often = f" in {_count(len(bad), len(groups))} sums" if len(groups) > 1 else ""
    example = "for one, " if len(bad) > 1 else ""
    return f"{left} is {word} {right}{often}: {example}{ends[0]} against {ends[1]}"


def _computed_title(groups: pd.DataFrame, terms: pd.DataFrame, own: pd.DataFrame) -> str:
    """Say what is given, and what follows from other figures."""
    first, bad = groups.iloc[0], int((~groups["holds"].astype(bool)).sum())
    given = [
        s for s in ("left", "right") if not own[own["side"] == s]["label"].map(is_computed).any()
    ]
    side = given[0] if given else "left"
    other = "right" if side == "left" else "left"
    name = quoted_sum(own[own["side"] == side])
    ends = [side_words(first, one, terms) for one in (side, other)]
    often = f", in {_count(bad, len(groups))} cases" if len(groups) > 1 else ""
    return f"{name} is given as {ends[0]}, and other figures lead to {ends[1]}{often}"


def _how_many(bad: int, every: int) -> str:
    return f"In {_count(bad, every)} sums " if every > 1 else ""


def _count(bad: int, every: int) -> str:
    if bad == every:
        return "both" if every == 2 else f"all {count_word(every).lower()}"
    return f"{count_word(bad).lower()} of {count_word(every).lower()}"


def _side(account: pd.Series, terms: pd.DataFrame, which: int) -> str:
    return side_words(account, sides_of(account, terms)[which], terms)


def _against(bad: pd.DataFrame, terms: pd.DataFrame) -> str:
    """The numbers of the first sums that don't fit: "97 against 101, and 45 against 48"."""
    pairs = [
        f"{_side(row, terms, 0)} against {_side(row, terms, 1)}"
        for _, row in bad.head(EXAMPLES).iterrows()
    ]
    return ", ".join(pairs) + (" and others" if len(bad) > EXAMPLES else "")


def account_subtitle(
    relation: str,
    identity: pd.Series,
    left_out: pd.DataFrame,
    *,
    computed: bool,
    repeated: bool = False,
) -> str:
    """Say what should hold, by which rule, and what isn't drawn."""
    should = {
        "=": "Figures that should add up to their total"
        if not computed
        else "A figure and what other figures lead to, which should be equal",
        "<=": "The first figure should not be above the second",
        ">=": "The first figure should not be below the second",
    }[relation]
    label = str(identity.get("label", "") or "").strip()
    text = f"{should}, by page or date" + (f" (rule “{label}”)." if label else ".")
    return text + not_drawn(left_out) + " Sums with the same figures count once." * repeated


def not_drawn(left_out: pd.DataFrame) -> str:
    """Count the sums that aren't drawn."""
    if left_out.empty:
        return ""
    bad = int((~left_out["holds"].astype(bool)).sum())
    count = len(left_out)
    sums = f"{count_word(count).lower()} more sum{'s' * (count > 1)}"
    if not bad:
        which = "which fits or can fit" if count == 1 else "which fit or can fit"
    elif bad == count:
        which = "which does not fit" if count == 1 else "which do not fit"
    else:
        which = f"{count_word(bad).lower()} of which {'does' if bad == 1 else 'do'} not fit"
    return f" Not drawn: {sums}, {which}."


def account_alt(title: str, shown: pd.DataFrame, terms: pd.DataFrame) -> str:
    """The finding, and the sums that are drawn first."""
    sums = [f"{row['heading']}: {sum_words(row, terms)}" for _, row in shown.head(3).iterrows()]
    return f"{title}. {' '.join(sums)}"
