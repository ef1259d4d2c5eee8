"""Findings that a person set aside, for a reason and until a day; every waiver stays visible.

A waiver takes findings out after they are drafted: the others keep their order and their ids. It
acts until the last day that it names; then the finding is back and the waiver is told as expired.
"""

from __future__ import annotations

import difflib
from typing import Any

import pandas as pd

from analyzer.discrepancies.conflicts import conflicts

COLUMNS = ["finding", "claim", "reason", "who", "until", "status", "sentence"]
ORDER = ["status", "finding", "claim"]
STATUSES = {
    "active": "the finding is set aside",
    "expired": "its last day has passed; the finding is told again",
    "matches nothing": "there is no such finding, or none that rests on the claim",
}
AT_ONE_TIME = ("disagreement", "self-contradiction")  # told because claims of one time conflict


def apply_waivers(
    findings: pd.DataFrame,
    waivers: pd.DataFrame,
    claims: pd.DataFrame,
    accounts: pd.DataFrame,
    terms: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take out the findings that are waived, and tell what became of each waiver.

    A waiver of a claim takes out the findings that could not be told without it: of the claims
    that are left, no two exclude each other any more. A disagreement of forty claims stays when
    one of its claims is waived, an account goes with the last claim of any of its terms.

    Parameters
    ----------
    findings : DataFrame
        `ranking.DRAFTED` or `schemas.Findings`, every one that was found.
    waivers : DataFrame
        `finding`, `claim`, `reason`, `who`, `until` and `expired`, as in `intake.Dossier`.
    claims : DataFrame
        `schemas.Aligned`.
    accounts, terms : DataFrame
        `accounts.frames.ACCOUNTS` and `accounts.frames.TERMS`.

    Returns
    -------
    findings : DataFrame
        Those that are not waived, as they were given.
    waivers : DataFrame
        Columns `COLUMNS`, all text: one row a waiver and finding that it names or that rests on
        the claim that it names; `finding` and `sentence` are those of the finding, "" where there
        is none (a waiver of an unknown finding keeps its id). `status` is one of `STATUSES`. For
        an expired waiver of a claim the findings are those that it would take out. Ordered by
        status, finding and claim.
    """
    if waivers.empty:
        return findings, pd.DataFrame(columns=pd.Index(COLUMNS), dtype="str")
    by_claim = waivers[waivers["claim"] != ""]
    groups = _Groups(findings, claims, accounts, terms)
    gone = groups.untold_without(set(by_claim.loc[~by_claim["expired"], "claim"]))
    would_go = groups.untold_without(set(by_claim["claim"])) - gone
    sentences = dict(zip(findings["id"], findings["sentence"], strict=True))
    proofs = dict(zip(findings["id"], findings["claims"], strict=True))
    rows = []
    for waiver in waivers.to_dict("records"):
        hit = {waiver["finding"]} & set(sentences)
        if waiver["claim"]:
            candidates = would_go if waiver["expired"] else gone
            hit = {one for one in candidates if waiver["claim"] in proofs[one]}
        status = "expired" if waiver["expired"] else "active" if hit else "matches nothing"
        for one in hit or {waiver["finding"]}:
            shown = {"finding": one, "status": status, "sentence": sentences.get(one, "")}
            rows.append(waiver | shown)
    told = pd.DataFrame(rows, columns=pd.Index(COLUMNS), dtype="str")
    waived = told.loc[told["status"] == "active", "finding"]
    left = findings[~findings["id"].isin(waived)]
    return left, told.sort_values(ORDER, kind="stable", ignore_index=True)


def join_waivers(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """What became of each waiver, from what became of it in each partition of a dossier.

    A waiver touches findings of one group of measures, so all partitions but one say that it
    matches nothing; that holds only where all of them say so.

    Parameters
    ----------
    parts : list of DataFrame
        The waivers that `apply_waivers` returned for each partition, each given all waivers.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, as `apply_waivers` returns them for the whole dossier.
    """
    hits = pd.concat([part[part["sentence"] != ""] for part in parts], ignore_index=True)
    idle = parts[0][parts[0]["sentence"] == ""]
    told = pd.MultiIndex.from_frame(_named(hits))
    idle = idle[~pd.MultiIndex.from_frame(_named(idle)).isin(told)]
    joined = pd.concat([hits, idle], ignore_index=True)
    return joined.sort_values(ORDER, kind="stable", ignore_index=True)


def _named(waivers: pd.DataFrame) -> pd.DataFrame:
    """What tells one waiver from another: a claim's can have taken out several findings."""
    finding = waivers["finding"].where(waivers["claim"] == "", "")
    return waivers[["claim", "reason", "who", "until"]].assign(finding=finding)


class _Groups:
    """The claims of each finding, in groups of which it needs more than one."""

    def __init__(
        self,
        findings: pd.DataFrame,
        claims: pd.DataFrame,
        accounts: pd.DataFrame,
        terms: pd.DataFrame,
    ) -> None:
        self._findings = findings
        self._claims = claims.set_index("id", drop=False)
        self._terms = terms
        keys = zip(accounts["identity"], accounts["claims"], strict=True)
        self._accounts = dict(zip(keys, accounts["account"], strict=True))

    def untold_without(self, waived: set[str]) -> set[str]:
        """Ids of the findings that could not be told without the given claims."""
        if not waived:
            return set()
        touched = self._findings[
            [not waived.isdisjoint(claims) for claims in self._findings["claims"]]
        ]
        return {
            finding["id"]
            for finding in touched.to_dict("records")
            if not self._stands(finding, waived)
        }

    def _stands(self, finding: dict[Any, Any], waived: set[str]) -> bool:
        if terms := self._terms_of(finding):
            return all(set(term) - waived for term in terms)
        parts = finding["positions"]
        if len(parts) < 2:
            parts = [(one,) for one in finding["claims"]]
        left = [part for part in parts if set(part) - waived]
        if finding["kind"] == "joint contradiction":  # leave out any one, and the others agree
            return len(left) == len(parts)
        if len(left) < 2 or finding["kind"] not in AT_ONE_TIME:
            return len(left) > 1
        names = sorted({one for part in left for one in part} - waived)
        return bool(conflicts(self._claims.loc[names], finding["relation"]).any())

    def _terms_of(self, finding: dict[Any, Any]) -> list[tuple[str, ...]]:
        """Claims of each term of an account; none for findings of another kind."""
        identity = dict(finding["evidence"]).get("identity")
        account = self._accounts.get((identity, finding["claims"]))
        return [
            claims
            for claims in self._terms.loc[self._terms["account"] == account, "claims"]
            if claims
        ]


def warn_of_waivers(waivers: pd.DataFrame, findings: pd.DataFrame) -> list[str]:
    """One line a waiver that sets nothing aside: what became of it, and what to do.

    Parameters
    ----------
    waivers, findings : DataFrame
        As `apply_waivers` returns them.
    """
    name = waivers["claim"].where(waivers["claim"] != "", waivers["finding"])
    idle = waivers.assign(name=name)[waivers["status"] != "active"].drop_duplicates("name")
    return [_warning(row, list(findings["id"])) for row in idle.to_dict("records")]


def _warning(waiver: dict[Any, Any], known: list[str]) -> str:
    name = waiver["name"]
    if waiver["status"] == "expired":
        back = "its finding is told again" if waiver["sentence"] else "delete its row"
        return f"the waiver of '{name}' ended with {waiver['until']}; {back}"
    if waiver["claim"]:
        return f"the waiver of '{name}' matches nothing: no finding rests on that claim alone"
    near = difflib.get_close_matches(name, known, n=1)
    remedy = f"did you mean '{near[0]}'?" if near else "delete its row"
    return f"the waiver of '{name}' matches nothing: no finding has that id; {remedy}"
