"""Figures that must add up and do not, page by page and for all sources together."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from analyzer.discrepancies.draft import Draft
from analyzer.phrases import when
from analyzer.readings import number, value_range
from analyzer.settings import Thresholds

WORDS = {"=": "equal", "<=": "be no more than", ">=": "be no less than"}


def find_failed_accounts(
    accounts: pd.DataFrame, terms: pd.DataFrame, claims: pd.DataFrame, thresholds: Thresholds
) -> list[Draft]:
    """One draft an account in which no choice of values satisfies the identity.

    Accounts that could still hold to the letter are told from the wide gap on.
    """
    by_account = {str(key): part for key, part in terms.groupby("account", sort=False)}
    keyed = claims.set_index("id")
    return [
        _draft(account, by_account[str(account["account"])], keyed)
        for _, account in accounts[_telling(accounts, thresholds)].iterrows()
    ]


def _telling(accounts: pd.DataFrame, thresholds: Thresholds) -> pd.Series:
    wide = accounts["gap"] >= thresholds.wide_gap
    return (accounts["strength"] == "contradicts") | ((accounts["strength"] == "strains") & wide)


def _draft(account: pd.Series, terms: pd.DataFrame, claims: pd.DataFrame) -> Draft:
    left, right = terms[terms["side"] == "left"], terms[terms["side"] == "right"]
    text = (
        f"{account['name']}: {_side(left)} should {WORDS[account['relation']]} {_side(right)}, but "
        f"{value_range(account['left_low'], account['left_high'])} stands against "
        f"{value_range(account['right_low'], account['right_high'])}"
    )
    if account["strength"] == "strains":
        text += " (to the letter of the wordings it can still hold)"
    cause, evidence = "unexplained", []
    if base := _wrong_base(left, right, claims):
        cause, evidence = "wrong base of a percentage", [("base", base)]
        text += f"; {base}"
    if stale := _sum_of_earlier_days(account, right):
        cause, evidence = "stale repeat", [("earlier sum", stale)]
        text += f"; {stale}"
    return Draft(
        kind="account",
        cause=cause,
        relation=str(account["strength"]),
        measure=str(next((m for m in [*left["measure"], *right["measure"]] if m), "")),
        key=f"{account['identity']}.{account['source'] or 'all'}.{account['when']}".replace(
            " ", "-"
        ),
        when=str(account["when"]),
        gap=float(account["gap"]),
        claims=tuple(account["claims"]),
        sentence=f"{text}.",
        evidence=(("identity", str(account["identity"])), *evidence),
    )


def _side(terms: pd.DataFrame) -> str:
    parts = []
    for place, (_, term) in enumerate(terms.iterrows()):
        sign = "minus " if term["factor"] < 0 else "plus " if place else ""
        name = term["wording"] if term["constant"] else f"{term['label']} ({term['wording']})"
        parts.append(f"{sign}{name}")
    return " ".join(parts)


def _sum_of_earlier_days(account: pd.Series, right: pd.DataFrame) -> str:
    """Stale repeat: the total is the sum of the days up to an earlier one."""
    if len(right) != 1:
        return ""
    for (until, total), (later, _) in pairwise(right["partial_sums"].iloc[0]):
        if total == account["left_low"] == account["left_high"]:
            return (
                f"{number(total)} is the sum of the days up to {when(until, until)}; "
                f"the next was {when(later, later)}"
            )
    return ""


def _wrong_base(left: pd.DataFrame, right: pd.DataFrame, claims: pd.DataFrame) -> str:
    """A percentage that equals one of the terms it should be computed from."""
    if len(left) != 1 or len(right) != 1 or left["constant"].any():
        return ""
    given = claims.loc[list(left["claims"].iloc[0])]
    others = claims.loc[list(right["claims"].iloc[0])]
    if not (given["unit"] == "percent").all():
        return ""
    same = set(given["stated"].dropna()) & set(others.loc[others["unit"] == "percent", "stated"])
    if not same:
        return ""
    return f"{number(min(same))} % is given for both, though the two are taken of different bases"
