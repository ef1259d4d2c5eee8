"""The one place that knows the order of the stages."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analyzer.align import align
from analyzer.changes import list_changes
from analyzer.errors import Problem
from analyzer.findings import find_discrepancies
from analyzer.identities import evaluate_identities, part_identities
from analyzer.independence import find_copying
from analyzer.intake import Dossier
from analyzer.lineage import declared_links
from analyzer.positions import find_positions
from analyzer.profiles import agreement, profiles
from analyzer.relays import check_relays
from analyzer.schemas import Aligned
from analyzer.settings import Settings


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that is known of a dossier; the report renders it and adds nothing.

    Attributes
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    positions : DataFrame
        `positions.COLUMNS`.
    changes : DataFrame
        `changes.COLUMNS`: the steps of each origin from one figure to the next.
    accounts, terms : DataFrame
        `identities.ACCOUNTS` and `identities.TERMS`.
    relays : DataFrame
        `relays.COLUMNS`: what became of each relayed figure.
    agreement, profiles : DataFrame
        `profiles.agreement` by authority and `profiles.profiles`.
    copying : DataFrame
        `independence.COLUMNS`: copying that nobody declared, as likelihoods.
    findings : DataFrame
        `schemas.Findings`.
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
    left_out: tuple[Problem, ...]


def analyze(dossier: Dossier) -> Analysis:
    """Align, compare, add up, and rank what doesn't fit."""
    thresholds = dossier.settings.thresholds
    claims = Aligned.validate(align(dossier.claims, dossier.measures, thresholds))
    identities = pd.concat(
        [dossier.identities, part_identities(dossier.measures)], ignore_index=True
    )
    relays = check_relays(claims, thresholds)
    accounts, terms = evaluate_identities(claims, identities, dossier.measures, thresholds)
    return Analysis(
        settings=dossier.settings,
        claims=claims,
        sources=dossier.sources,
        measures=dossier.measures,
        identities=identities,
        positions=find_positions(claims, thresholds),
        changes=list_changes(claims),
        accounts=accounts,
        terms=terms,
        relays=relays,
        agreement=agreement(claims, by="authority"),
        profiles=profiles(claims, relays),
        copying=find_copying(claims, declared=declared_links(dossier.sources)),
        findings=find_discrepancies(claims, relays, dossier.measures, accounts, terms, thresholds),
        left_out=dossier.left_out,
    )
