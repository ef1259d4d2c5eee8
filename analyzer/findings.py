"""Drafts of all detectors to one ranked frame of findings."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from typing import Any

import pandas as pd

from analyzer.discrepancies.accounts import find_failed_accounts
from analyzer.discrepancies.bridges import find_bridged_scopes
from analyzer.discrepancies.contradictions import find_self_contradictions
from analyzer.discrepancies.disagreements import find_disagreements
from analyzer.discrepancies.divergence import find_diverging_series
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.duplicates import find_duplicates
from analyzer.discrepancies.edits import find_edits
from analyzer.discrepancies.fidelity import find_requalified, find_unfaithful
from analyzer.discrepancies.jointly import find_joint_contradictions
from analyzer.discrepancies.running import find_falls, find_overtaken
from analyzer.discrepancies.series import find_series_events
from analyzer.model import SEVERITIES
from analyzer.schemas import Findings
from analyzer.settings import Thresholds
from analyzer.system.search import Search

EXPLAINED = (  # causes that say why the figures differ: one level less severe
    "announced revision",
    "scope or definition change",
    "source switch",
    "counting base reset",
    "wrong column",
)
INNOCENT = (  # causes by which nothing is wrong with the figures
    "announced revision",
    "rounding",
    "gap absorbed",
    "late batch",
    "downward correction",
)
INNOCENT_KINDS = ("two scopes",)  # kinds of findings that explain a difference
FEW = 3  # claims; a difference between so few is at most medium
MANY = 12  # claims; more than so many do not make a finding weightier
KNOWN_CAUSE = 1.5  # a finding that says what happened tells a reader more
REPEATED = 0.75  # weight of each further finding on the same measure, so that one total can't
# fill the first page


def find_discrepancies(
    claims: pd.DataFrame,
    relays: pd.DataFrame,
    measures: pd.DataFrame,
    accounts: pd.DataFrame,
    terms: pd.DataFrame,
    identities: pd.DataFrame,
    found: Search,
    told: list[Draft],
    thresholds: Thresholds,
) -> pd.DataFrame:
    """Run every detector and rank what they find.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`, without those that are superseded.
    identities : DataFrame
        identities.csv, with those of parts.
    found : Search
        What the system of the dossier rules out.
    told : list of Draft
        Revisions, and what `find_in_series` found.

    Returns
    -------
    DataFrame
        `schemas.Findings`, the weightiest first.
    """
    own = find_self_contradictions(claims, measures)
    replaced = {one for draft in told if draft.kind == "revision" for one in draft.positions[0]}
    pages = [frozenset(draft.claims) for draft in own]
    disagreements = find_disagreements(claims, measures, thresholds, replaced, pages)
    falls = find_falls(claims, measures)
    fallen = {one for draft in falls for one in draft.positions[1]}
    failed = find_failed_accounts(
        accounts[~_parts_of_series(accounts, claims)], terms, claims, identities, thresholds
    )
    drafts = [
        *told,
        *own,
        *disagreements,
        *falls,
        *find_overtaken(claims, measures, _rivals(disagreements, claims), fallen),
        *failed,
        *find_joint_contradictions(found, claims, identities, measures, failed),
        *find_bridged_scopes(claims, identities, measures),
        *find_unfaithful(claims, relays, measures, replaced),
        *find_requalified(claims, accounts, measures),
    ]
    return _rank(drafts, claims, thresholds)


def find_in_series(
    panel: pd.DataFrame,
    events: pd.DataFrame,
    divergences: pd.DataFrame,
    claims: pd.DataFrame,
    measures: pd.DataFrame,
) -> list[Draft]:
    """What the figures of one publisher, day after day, show.

    Parameters
    ----------
    panel : DataFrame
        `series.panel.COLUMNS`.
    events : DataFrame
        `schemas.Events`.
    divergences : DataFrame
        `series.divergence.COLUMNS`.
    claims : DataFrame
        `schemas.Aligned`, all versions of each day.
    """
    # two values of one day of publication are told by it, not by the day that they speak of
    once = events[events["kind"] != "duplicate"]
    return [
        *find_series_events(once, claims, measures),
        *find_duplicates(panel, claims, measures),
        *find_edits(panel, claims, measures),
        *find_diverging_series(divergences, claims, measures),
    ]


def _parts_of_series(accounts: pd.DataFrame, claims: pd.DataFrame) -> pd.Series:
    """Accounts of a part and its whole whose claims are all of series: events tell of them."""
    alone = set(claims.loc[claims["series"] == "", "id"])
    of_series = [alone.isdisjoint(ids) for ids in accounts["claims"]]
    return accounts["identity"].str.startswith("part.") & pd.Series(of_series, accounts.index)


def _rivals(drafts: list[Draft], claims: pd.DataFrame) -> set[tuple[str, str, str]]:
    """Measure and two authorities whose conflict at one time is told already."""
    authority = claims.set_index("id")["authority"]
    return {
        (draft.measure, one, other)
        for draft in drafts
        if draft.relation == "contradicts"
        for place, ids in enumerate(draft.positions)
        for rivals in draft.positions[:place]
        for one in set(authority[list(ids)])
        for other in set(authority[list(rivals)])
    }


def severity(draft: Draft, thresholds: Thresholds) -> str:
    """How much a finding weighs, from relation, gap and cause alone.

    A contradiction is high from the wide gap on and with more than a few claims, low under the
    narrow gap, medium between; one level less where a cause explains it; figures that agree only
    to the letter are low.
    """
    if draft.cause in INNOCENT or draft.kind in INNOCENT_KINDS:
        return "info"
    if draft.relation == "strains":
        return "low"
    level = 0 if draft.gap >= thresholds.wide_gap and len(draft.claims) > FEW else 1
    if draft.gap < thresholds.narrow_gap:
        level = 2
    return SEVERITIES[min(level + (draft.cause in EXPLAINED) + draft.inferred, 3)]


def _weight(draft: Draft, spoken_of: dict[str, int]) -> float:
    """Weight within a severity: gap, backing of the weaker side, claims, a known cause."""
    return (
        (1.0 if draft.cause == "unexplained" else KNOWN_CAUSE)
        * math.sqrt(draft.gap)
        * math.log2(1 + draft.backing)
        * math.log2(2 + spoken_of.get(draft.measure, 0))
        * math.log2(1 + min(len(draft.claims), MANY))
    )


def _rank(drafts: list[Draft], claims: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    spoken_of = {str(key): int(n) for key, n in claims["measure"].value_counts().items()}
    order = {level: place for place, level in enumerate(SEVERITIES)}
    levels = {id(draft): severity(draft, thresholds) for draft in drafts}
    by_weight = sorted(
        drafts,
        key=lambda draft: (order[levels[id(draft)]], -_weight(draft, spoken_of), draft.key),
    )
    times: Counter[str] = Counter()
    weights: dict[int, float] = {}
    for draft in by_weight:
        weights[id(draft)] = _weight(draft, spoken_of) * REPEATED ** times[draft.measure]
        times[draft.measure] += 1
    ranked = sorted(
        drafts,
        key=lambda draft: (
            order[levels[id(draft)]],
            -weights[id(draft)],
            draft.measure,
            draft.kind,
            draft.key,
        ),
    )
    names = Counter(_name(draft) for draft in ranked)
    rows = [
        _row(place, draft, levels[id(draft)], names[_name(draft)] > 1)
        for place, draft in enumerate(ranked, 1)
    ]
    frame = pd.DataFrame(rows, columns=pd.Index(list(Findings.to_schema().columns)))
    text = ["id", "kind", "cause", "severity", "relation", "measure", "when", "sentence"]
    frame = frame.astype({"rank": "int64", "gap": "float64"} | dict.fromkeys(text, "str"))
    return Findings.validate(frame)


def _name(draft: Draft) -> str:
    return f"{draft.kind}.{draft.measure}.{draft.key}".rstrip(".").replace(" ", "-")


def _row(place: int, draft: Draft, level: str, shared: bool) -> dict[str, Any]:
    """One row of the frame; an id that two findings would share gets a hash of its claims."""
    proof = hashlib.sha256("\x1f".join(sorted(draft.claims)).encode()).hexdigest()[:8]
    return {
        "id": f"{_name(draft)}.{proof}" if shared else _name(draft),
        "rank": place,
        "kind": draft.kind,
        "cause": draft.cause,
        "severity": level,
        "relation": draft.relation,
        "measure": draft.measure,
        "when": draft.when,
        "gap": draft.gap,
        "claims": draft.claims,
        "sentence": draft.sentence,
        "evidence": draft.evidence,
        "positions": draft.positions,
    }
