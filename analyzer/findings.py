"""All detectors, in their order: from claims to one ranked frame of findings."""

from __future__ import annotations

from itertools import chain, combinations_with_replacement

import pandas as pd

from analyzer.discrepancies.accounts import find_failed_accounts
from analyzer.discrepancies.bridges import find_bridged_scopes
from analyzer.discrepancies.contested import contested
from analyzer.discrepancies.contradictions import find_self_contradictions
from analyzer.discrepancies.crossings import crossing_totals
from analyzer.discrepancies.disagreements import find_disagreements
from analyzer.discrepancies.divergence import find_diverging_series
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.duplicates import find_duplicates
from analyzer.discrepancies.edits import find_edits
from analyzer.discrepancies.fidelity import find_requalified, find_unfaithful
from analyzer.discrepancies.jointly import find_joint_contradictions
from analyzer.discrepancies.known import Known
from analyzer.discrepancies.running import find_falls, find_overtaken
from analyzer.discrepancies.series import find_series_events
from analyzer.ranking import INNOCENT, drafted, ranked
from analyzer.rows import rows_of
from analyzer.settings import Thresholds
from analyzer.system.search import Search

SEVERAL = -1  # in the place of a position

__all__ = [
    "INNOCENT",
    "draft_discrepancies",
    "drafted",
    "find_in_series",
    "ranked",
]


def draft_discrepancies(
    claims: pd.DataFrame,
    relays: pd.DataFrame,
    measures: pd.DataFrame,
    accounts: pd.DataFrame,
    terms: pd.DataFrame,
    identities: pd.DataFrame,
    found: Search,
    told: list[Draft],
    thresholds: Thresholds,
) -> list[Draft]:
    """Run every detector.

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
    """
    disputed, known = contested(claims), Known(claims, measures)
    own = find_self_contradictions(disputed, measures)
    replaced = {one for draft in told if draft.kind == "revision" for one in draft.positions[0]}
    pages = [frozenset(draft.claims) for draft in own]
    disagreements = find_disagreements(disputed, known, thresholds, replaced, pages)
    crossing = crossing_totals(known)
    falls = find_falls(crossing, known)
    fallen = {one for draft in falls for one in draft.positions[1]}
    failing = accounts[accounts["strength"] != "holds"]
    failed = find_failed_accounts(
        failing[~_parts_of_series(failing, claims)], terms, claims, identities, thresholds
    )
    return [
        *told,
        *own,
        *disagreements,
        *falls,
        *find_overtaken(crossing, known, _rivals(disagreements, disputed.rows), fallen),
        *failed,
        *find_joint_contradictions(found, claims, identities, measures, failed),
        *find_bridged_scopes(claims, identities, measures),
        *find_unfaithful(claims, relays, measures, replaced),
        *find_requalified(claims, accounts, measures),
    ]


def find_in_series(
    panel: pd.DataFrame,
    events: pd.DataFrame,
    divergences: pd.DataFrame,
    claims: pd.DataFrame,
    measures: pd.DataFrame,
    groups: pd.Series,
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
    groups : Series
        Of `groups.connected_groups`.
    """
    # two values of one day of publication are told by it, not by the day that they speak of
    once = events[events["kind"] != "duplicate"]
    return [
        *find_series_events(once, claims, measures),
        *find_duplicates(panel, claims, measures),
        *find_edits(panel, claims, measures, groups),
        *find_diverging_series(divergences, claims, measures),
    ]


def _parts_of_series(accounts: pd.DataFrame, claims: pd.DataFrame) -> pd.Series:
    """Accounts of a part and its whole whose claims are all of series: events tell of them."""
    told = accounts["identity"].str.startswith("part.")
    named = rows_of(claims, chain.from_iterable(accounts.loc[told, "claims"]))
    series = zip(named.column("id"), named.column("series"), strict=True)
    alone = {claim for claim, one in series if not one}
    of_series = [
        part and alone.isdisjoint(ids) for part, ids in zip(told, accounts["claims"], strict=True)
    ]
    return pd.Series(of_series, accounts.index, dtype="bool")


def _rivals(drafts: list[Draft], claims: pd.DataFrame) -> set[tuple[str, str, str]]:
    """Measure and two authorities whose conflict at one time is told already."""
    apart = [draft for draft in drafts if draft.relation == "contradicts"]
    authority = dict(zip(claims["id"].tolist(), claims["authority"].tolist(), strict=True))
    rivals: set[tuple[str, str, str]] = set()
    for draft in apart:
        places = _places([{authority[one] for one in ids} for ids in draft.positions])
        rivals.update(
            (draft.measure, one, other)
            for one, other in combinations_with_replacement(places, 2)
            if places[one] != places[other] or places[one] == SEVERAL
        )
    return rivals


def _places(positions: list[set[str]]) -> dict[str, int]:
    """The position of each authority; `SEVERAL` where it has more than one."""
    places: dict[str, int] = {}
    for place, names in enumerate(positions):
        places |= {one: SEVERAL if one in places else place for one in names}
    return places
