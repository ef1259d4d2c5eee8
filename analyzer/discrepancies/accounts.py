"""Figures that must add up and do not, page by page and for all sources together."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from analyzer.discrepancies.bridges import Bridge, bridges
from analyzer.discrepancies.draft import Draft
from analyzer.phrases import when
from analyzer.readings import number, value_range
from analyzer.settings import Thresholds

WORDS = {"=": "equal", "<=": "be no more than", ">=": "be no less than"}


def find_failed_accounts(
    accounts: pd.DataFrame,
    terms: pd.DataFrame,
    claims: pd.DataFrame,
    identities: pd.DataFrame,
    thresholds: Thresholds,
) -> list[Draft]:
    """One draft an account in which no choice of values satisfies the identity.

    Accounts that could still hold to the letter are told where one page gives all the figures,
    and from the wide gap on. What all sources say is not told where it is what one page says.
    """
    notes = dict(zip(identities["name"], identities["note"], strict=True))
    scopes = bridges(identities)
    by_account = {str(key): part for key, part in terms.groupby("account", sort=False)}
    keyed = claims.set_index("id")
    return [
        _draft(account, by_account[str(account["account"])], keyed, scopes, notes)
        for _, account in accounts[_telling(accounts, thresholds)].iterrows()
    ]


def _telling(accounts: pd.DataFrame, thresholds: Thresholds) -> pd.Series:
    wide = accounts["gap"] >= thresholds.wide_gap
    page = accounts["source"] != ""
    strained = (accounts["strength"] == "strains") & (wide | page)
    telling = (accounts["strength"] == "contradicts") | strained
    pages = accounts[page & telling]
    own = set(zip(pages["identity"], pages["when"], pages["gap"], strict=True))
    again = [
        not source and (identity, when, gap) in own
        for source, identity, when, gap in zip(
            accounts["source"], accounts["identity"], accounts["when"], accounts["gap"], strict=True
        )
    ]
    return telling & ~pd.Series(again, accounts.index, dtype="bool")


def _draft(
    account: pd.Series,
    terms: pd.DataFrame,
    claims: pd.DataFrame,
    scopes: list[Bridge],
    notes: dict[str, str],
) -> Draft:
    left, right = terms[terms["side"] == "left"], terms[terms["side"] == "right"]
    text = (
        f"{account['name']}: {_side(left)} should {WORDS[account['relation']]} {_side(right)}, but "
        f"{value_range(account['left_low'], account['left_high'])} stands against "
        f"{value_range(account['right_low'], account['right_high'])}"
    )
    if account["strength"] == "strains":
        text += (
            " (it can still hold to the letter of the wordings, or with round numbers as rounded)"
        )
    cause, evidence = "unexplained", []
    if base := _wrong_base(left, right, claims):
        cause, evidence = "wrong base of a percentage", [("base", base)]
        text += f"; {base}"
    if stale := _sum_of_earlier_days(account, right):
        cause, evidence = "stale repeat", [("earlier sum", stale)]
        text += f"; {stale}"
    if scope := _other_scope(account, terms, claims, scopes):
        cause, evidence = "scope or definition change", [("scopes", scope)]
        text += f"; {scope}"
    if note := notes.get(str(account["identity"]), ""):
        evidence = [*evidence, ("note of the identity", note)]
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


def _other_scope(
    account: pd.Series, terms: pd.DataFrame, claims: pd.DataFrame, scopes: list[Bridge]
) -> str:
    """The account holds once a term is counted in the other scope of a bridge."""
    for _, term in terms[~terms["constant"].astype(bool)].iterrows():
        given = claims.loc[list(term["claims"])]
        for bridge in scopes:
            if set(given["measure"]) != {bridge.measure} or set(given["scope"]) != {bridge.wide}:
                continue
            shift = bridge.difference * float(term["factor"])
            side = str(term["side"])
            low, high = (float(account[f"{side}_{end}"]) - shift for end in ("low", "high"))
            other = "right" if side == "left" else "left"
            if low <= account[f"{other}_high"] and account[f"{other}_low"] <= high:
                narrow = bridge.narrow.replace("_", " ")
                return (
                    f"the figures fit if {number(bridge.difference)} are taken off "
                    f"“{term['wording']}”, which by “{bridge.label}” gives the count {narrow}"
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
