"""Figures that must add up and do not, page by page and for all sources together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from analyzer.discrepancies.bridges import Bridge, bridges
from analyzer.discrepancies.draft import Draft
from analyzer.phrases import when
from analyzer.readings import number, value_range
from analyzer.rows import rows_of
from analyzer.settings import Thresholds

WORDS = {"=": "equal", "<=": "be no more than", ">=": "be no less than"}
Row = Mapping[Any, Any]  # one row of a frame


class Given(NamedTuple):
    """What a claim says of a term."""

    measure: str
    scope: str
    unit: str
    stated: float


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

    Parameters
    ----------
    accounts, terms : DataFrame
        As `identities.evaluate_identities` gives them, all or those that are told.
    """
    failed = accounts[accounts["strength"] != "holds"]
    failed = failed[_telling(failed, thresholds)]
    if failed.empty:
        return []
    notes = dict(zip(identities["name"].tolist(), identities["note"].tolist(), strict=True))
    scopes: dict[str, list[Bridge]] = {}
    for bridge in bridges(identities):
        scopes.setdefault(bridge.measure, []).append(bridge)
    sides = _sides(terms[terms["account"].isin(set(failed["account"]))])
    given = _given(claims, (one for ids in failed["claims"] for one in ids))
    return [
        _draft(account, *sides[account["account"]], given, scopes, notes)
        for account in failed.to_dict("records")
    ]


def _sides(terms: pd.DataFrame) -> dict[str, tuple[list[Row], list[Row]]]:
    """Left and right terms of each account."""
    found: dict[str, tuple[list[Row], list[Row]]] = {}
    for term in terms.to_dict("records"):
        left, right = found.setdefault(term["account"], ([], []))
        (left if term["side"] == "left" else right).append(term)
    return found


def _given(claims: pd.DataFrame, ids: Iterable[str]) -> dict[str, Given]:
    named = rows_of(claims, ids)
    columns = map(named.column, Given._fields)
    return dict(zip(named.column("id"), map(Given, *columns), strict=True))


def _telling(accounts: pd.DataFrame, thresholds: Thresholds) -> list[bool]:
    """Which of the accounts that fail are told."""
    page = (accounts["source"] != "").to_numpy(dtype=bool)
    telling = (accounts["strength"] == "contradicts").to_numpy(dtype=bool) | page
    telling |= (accounts["gap"] >= thresholds.wide_gap).to_numpy(dtype=bool)
    keys = list(zip(*(accounts[one].tolist() for one in ("identity", "when", "gap")), strict=True))
    of_pages = {key for key, on_page in zip(keys, page, strict=True) if on_page}
    return [
        bool(told and (on_page or key not in of_pages))
        for told, on_page, key in zip(telling, page, keys, strict=True)
    ]


def _draft(
    account: Row,
    left: list[Row],
    right: list[Row],
    claims: Mapping[str, Given],
    scopes: Mapping[str, list[Bridge]],
    notes: Mapping[str, str],
) -> Draft:
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
    if scope := _other_scope(account, [*left, *right], claims, scopes):
        cause, evidence = "scope or definition change", [("scopes", scope)]
        text += f"; {scope}"
    if note := notes.get(account["identity"], ""):
        evidence = [*evidence, ("note of the identity", note)]
    key = f"{account['identity']}.{account['source'] or 'all'}.{account['when']}"
    return Draft(
        kind="account",
        cause=cause,
        relation=account["strength"],
        measure=next((term["measure"] for term in [*left, *right] if term["measure"]), ""),
        key=key.replace(" ", "-"),
        when=account["when"],
        gap=float(account["gap"]),
        claims=tuple(account["claims"]),
        sentence=f"{text}.",
        evidence=(("identity", account["identity"]), *evidence),
    )


def _side(terms: list[Row]) -> str:
    parts = []
    for place, term in enumerate(terms):
        sign = "minus " if term["factor"] < 0 else "plus " if place else ""
        name = term["wording"] if term["constant"] else f"{term['label']} ({term['wording']})"
        parts.append(f"{sign}{name}")
    return " ".join(parts)


def _sum_of_earlier_days(account: Row, right: list[Row]) -> str:
    """Stale repeat: the total is the sum of the days up to an earlier one."""
    if len(right) != 1:
        return ""
    for (until, total), (later, _) in pairwise(right[0]["partial_sums"]):
        if total == account["left_low"] == account["left_high"]:
            return (
                f"{number(total)} is the sum of the days up to {when(until, until)}; "
                f"the next was {when(later, later)}"
            )
    return ""


def _other_scope(
    account: Row,
    terms: list[Row],
    claims: Mapping[str, Given],
    scopes: Mapping[str, list[Bridge]],
) -> str:
    """The account holds once a term is counted in the other scope of a bridge."""
    for term in terms:
        given = {(claims[one].measure, claims[one].scope) for one in term["claims"]}
        if len(given) != 1:
            continue
        ((measure, wide),) = given
        for bridge in scopes.get(measure, []):
            if bridge.wide != wide:
                continue
            shift = bridge.difference * float(term["factor"])
            side = term["side"]
            low, high = (float(account[f"{side}_{end}"]) - shift for end in ("low", "high"))
            other = "right" if side == "left" else "left"
            if low <= account[f"{other}_high"] and account[f"{other}_low"] <= high:
                narrow = bridge.narrow.replace("_", " ")
                return (
                    f"the figures fit if {number(bridge.difference)} are taken off "
                    f"“{term['wording']}”, which by “{bridge.label}” gives the count {narrow}"
                )
    return ""


def _wrong_base(left: list[Row], right: list[Row], claims: Mapping[str, Given]) -> str:
    """A percentage that equals one of the terms it should be computed from."""
    if len(left) != 1 or len(right) != 1 or left[0]["constant"]:
        return ""
    given, others = ([claims[one] for one in side[0]["claims"]] for side in (left, right))
    if any(one.unit != "percent" for one in given):
        return ""
    same = {one.stated for one in given if not math.isnan(one.stated)}
    same &= {one.stated for one in others if one.unit == "percent"}
    if not same:
        return ""
    return f"{number(min(same))} % is given for both, though the two are taken of different bases"
