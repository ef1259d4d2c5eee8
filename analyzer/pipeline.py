"""The one place that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from analyzer.align import align
from analyzer.changes import list_changes
from analyzer.checked import checked
from analyzer.discrepancies.revisions import find_revisions
from analyzer.errors import InputError, Problem
from analyzer.explanations import explain
from analyzer.expressions import parse_expression, refs
from analyzer.findings import draft_discrepancies, drafted, find_in_series, ranked
from analyzer.groups import connected_groups
from analyzer.identities import evaluate_identities, part_identities
from analyzer.independence import find_copying
from analyzer.intake import Dossier
from analyzer.lineage import declared_links
from analyzer.positions import find_positions
from analyzer.profiles import agreement, profiles
from analyzer.relays import check_relays
from analyzer.schemas import Aligned
from analyzer.series.current import current, mark_series
from analyzer.series.divergence import find_divergences
from analyzer.series.events import find_events
from analyzer.series.links import link_series
from analyzer.series.panel import build_panel
from analyzer.series.revisions import list_versions, revision_cells, revision_statistics
from analyzer.series.slips import find_slips
from analyzer.settings import Settings
from analyzer.system.envelope import find_envelope
from analyzer.system.ledger import find_ledgers
from analyzer.system.listing import list_contradictions, list_given_up
from analyzer.system.search import LARGE, Search, search
from analyzer.system.solve import ImpossibleRulesError
from analyzer.vintages import Vintage
from analyzer.waivers import apply_waivers


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that is known of a dossier; the report renders it and adds nothing.

    Attributes
    ----------
    claims : DataFrame
        `schemas.Aligned`; those that are superseded by a later version of their day stand in no
        other frame but `panel`, `events` and `findings`.
    positions : DataFrame
        `positions.COLUMNS`.
    changes : DataFrame
        `changes.COLUMNS`: the steps of each origin from one figure to the next.
    accounts, terms : DataFrame
        `accounts.frames.ACCOUNTS` and `accounts.frames.TERMS`.
    relays : DataFrame
        `relays.COLUMNS`: what became of each relayed figure.
    agreement, profiles : DataFrame
        `profiles.agreement` by authority and `profiles.profiles`.
    copying : DataFrame
        `independence.COLUMNS`: copying that nobody declared, as likelihoods.
    findings : DataFrame
        `schemas.Findings`, without those that are waived.
    contradictions, given_up : DataFrame
        `system.listing.CONTRADICTIONS` and `system.listing.GIVEN_UP`: what can't all be true, and
        the least to give up.
    contradictions_complete : bool
        Whether `contradictions` holds all minimal sets over several measures of its kind.
    proofs, readings : DataFrame
        `explanations.PROOFS` and `explanations.READINGS`: why, and under which readings.
    envelope : DataFrame
        `system.envelope.COLUMNS`, of the measures that an identity names.
    ledgers : DataFrame
        `system.ledger.COLUMNS`: identities over time.
    panel : DataFrame
        `series.panel.COLUMNS`: the claims that make up series, with all their versions.
    events : DataFrame
        `schemas.Events`: what happened in the series, with cause and suggestion.
    revisions : DataFrame
        `series.revisions.STATISTICS`: how each series was revised.
    divergences : DataFrame
        `series.divergence.COLUMNS`: pairs of series of one measure that run apart.
    corrections : DataFrame
        `corrections.COLUMNS` (claim, measure, printed, corrected, reason, who, date; all text):
        accepted corrections, in force in `claims`, whose `printed` keeps the wording of the file.
    waivers : DataFrame
        `waivers.COLUMNS` (finding, claim, reason, who, until, status, sentence; all text), one
        row a waiver and finding; `status` is a key of `waivers.STATUSES`.
    vintage : Vintage or None
        The day up to which publications count, where the caller named one.
    """

    settings: Settings
    claims: pd.DataFrame
    sources: pd.DataFrame
    measures: pd.DataFrame
    identities: pd.DataFrame
    positions: pd.DataFrame
    changes: pd.DataFrame
    accounts: pd.DataFrame
    terms: pd.DataFrame
    relays: pd.DataFrame
    agreement: pd.DataFrame
    profiles: pd.DataFrame
    copying: pd.DataFrame
    findings: pd.DataFrame
    contradictions: pd.DataFrame
    given_up: pd.DataFrame
    contradictions_complete: bool
    proofs: pd.DataFrame
    readings: pd.DataFrame
    envelope: pd.DataFrame
    ledgers: pd.DataFrame
    panel: pd.DataFrame
    events: pd.DataFrame
    revisions: pd.DataFrame
    divergences: pd.DataFrame
    corrections: pd.DataFrame
    waivers: pd.DataFrame
    left_out: tuple[Problem, ...]
    vintage: Vintage | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """What the findings rest on, of a dossier or of whole connected groups of its measures.

    Attributes
    ----------
    drafted : DataFrame
        `ranking.DRAFTED`, without those that are waived; `ranking.ranked` puts them in order,
        together with those of other groups.
    found : Search
        What the system of the dossier rules out.

    All others are as in `Analysis`.
    """

    claims: pd.DataFrame
    identities: pd.DataFrame
    relays: pd.DataFrame
    accounts: pd.DataFrame
    terms: pd.DataFrame
    panel: pd.DataFrame
    events: pd.DataFrame
    divergences: pd.DataFrame
    found: Search
    drafted: pd.DataFrame
    waivers: pd.DataFrame


def compare(dossier: Dossier, *, telling: bool = True) -> Compared:
    """Align, compare, add up, and draft what doesn't fit.

    Parameters
    ----------
    telling : bool
        Keep only the accounts that findings need; reports show all of them.
    """
    thresholds = dossier.settings.thresholds
    aligned = align(dossier.claims, dossier.measures, thresholds)
    panel = build_panel(aligned, thresholds.series_days)
    every = checked(Aligned, mark_series(aligned, panel))
    claims = current(every)
    identities = pd.concat(
        [dossier.identities, part_identities(dossier.measures)], ignore_index=True
    )
    bases = every.loc[every["of"] != "", ["measure", "of"]].drop_duplicates()
    groups = connected_groups(dossier.measures, dossier.identities, bases)
    relays = check_relays(claims, thresholds, groups, telling=telling)
    accounts, terms = evaluate_identities(
        claims, identities, dossier.measures, thresholds, telling=telling
    )
    links = link_series(panel, dossier.measures, groups)
    slips = find_slips(panel, links)
    events = find_events(panel, links, slips, dossier.measures, groups)
    divergences = find_divergences(panel, every)
    revisions = find_revisions(claims, dossier.measures, thresholds)
    told = [
        *revisions,
        *find_in_series(panel, events, divergences, every, dossier.measures, groups),
    ]
    replaced = {one for draft in revisions for one in draft.positions[0]}
    found = _search(dossier, claims, identities, replaced, groups=groups)
    drafts = draft_discrepancies(
        claims, relays, dossier.measures, accounts, terms, identities, found, told, thresholds
    )
    drafted_ = drafted(drafts, claims, thresholds)
    left, waivers = apply_waivers(drafted_, dossier.waivers, every, accounts, terms)
    return Compared(
        claims=every,
        identities=identities,
        relays=relays,
        accounts=accounts,
        terms=terms,
        panel=panel,
        events=events,
        divergences=divergences,
        found=found,
        drafted=left,
        waivers=waivers,
    )


def analyze(dossier: Dossier) -> Analysis:
    """Compare, rank what doesn't fit, and explain it."""
    compared = compare(dossier, telling=False)
    thresholds = dossier.settings.thresholds
    claims, found = current(compared.claims), compared.found
    findings = ranked(compared.drafted)
    proofs, readings = explain(
        findings, found, claims, compared.identities, dossier.measures, thresholds
    )
    return Analysis(
        settings=dossier.settings,
        claims=compared.claims,
        sources=dossier.sources,
        measures=dossier.measures,
        identities=compared.identities,
        positions=find_positions(claims, thresholds),
        changes=list_changes(claims),
        accounts=compared.accounts,
        terms=compared.terms,
        relays=compared.relays,
        agreement=agreement(claims, by="authority"),
        profiles=profiles(claims, compared.relays),
        copying=find_copying(claims, declared=declared_links(dossier.sources)),
        findings=findings,
        contradictions=list_contradictions(found, findings),
        given_up=list_given_up(found),
        contradictions_complete=found.complete,
        proofs=proofs,
        readings=readings,
        envelope=find_envelope(found, _enveloped(dossier)),
        ledgers=find_ledgers(found, dossier.identities, dossier.measures),
        panel=compared.panel,
        events=compared.events,
        revisions=revision_statistics(revision_cells(list_versions(compared.panel))),
        divergences=compared.divergences,
        corrections=dossier.corrections,
        waivers=compared.waivers,
        left_out=dossier.left_out,
        vintage=dossier.vintage,
    )


def _search(
    dossier: Dossier,
    claims: pd.DataFrame,
    identities: pd.DataFrame,
    replaced: Collection[str],
    days: Sequence[int] = (),
    groups: pd.Series | None = None,
) -> Search:
    """What the system of a dossier rules out.

    Raises
    ------
    InputError
        When identities contradict each other whatever the claims say.
    """
    try:
        return search(claims, identities, dossier.measures, days, groups, replaced)
    except ImpossibleRulesError as error:
        told = "contradict each other, whatever the claims say"
        file = f"{dossier.settings.name}/identities.csv"
        names = ", ".join(error.names)
        remedy = "mend or delete one of them"
        raise InputError([Problem(file, 0, "expression", names, told, remedy)]) from error


def _enveloped(dossier: Dossier) -> set[str]:
    """Measures that an identity ties to others."""
    expressions = [parse_expression(str(text)) for text in dossier.identities["expression"]]
    sides = [side for one in expressions for side in (one.left, one.right)]
    return {ref.measure for side in sides for ref in refs(side)}


def envelope_of(
    dossier: Dossier, measure: str, days: Sequence[int]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The envelope of one measure, also on days of which no claim speaks.

    In a dossier of long series only the claims of the measure itself are used.

    Parameters
    ----------
    days : sequence of int
        Days from 1970; all times that the dossier knows if empty.

    Returns
    -------
    envelope : DataFrame
        `system.envelope.COLUMNS`.
    claims : DataFrame
        `schemas.Aligned`, without those that are superseded.
    """
    thresholds = dossier.settings.thresholds
    aligned = align(dossier.claims, dossier.measures, thresholds)
    claims = current(mark_series(aligned, build_panel(aligned, thresholds.series_days)))
    identities = pd.concat(
        [dossier.identities, part_identities(dossier.measures)], ignore_index=True
    )
    if len(claims) > LARGE:
        claims = claims[claims["measure"] == measure]
    revisions = find_revisions(claims, dossier.measures, thresholds)
    replaced = {one for draft in revisions for one in draft.positions[0]}
    found = _search(dossier, claims, identities, replaced, days)
    return find_envelope(found, {measure}, days), claims[~claims["id"].isin(replaced)]
