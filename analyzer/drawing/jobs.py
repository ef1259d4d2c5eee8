"""Which charts a report has, and what each is drawn from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analyzer.charts import (
    Chart,
    draw_account,
    draw_agreement,
    draw_attribution,
    draw_contradiction,
    draw_gap_band,
    draw_lag,
    draw_ledger,
    draw_overview,
    draw_ranges,
    draw_series,
    draw_timeline,
    draw_triangle,
    draw_vintages,
    draw_waterfall,
    widest_slot,
)
from analyzer.discrepancies.divergence import pair_names
from analyzer.drawing.glances import glance
from analyzer.drawing.stems import file_stems
from analyzer.phrases import count_word, plural
from analyzer.pipeline import Analysis
from analyzer.reportdata.accounting import identity_labels, tied_by_identity
from analyzer.reportdata.appendix import where_listed
from analyzer.reportdata.key_findings import key_findings
from analyzer.reportdata.report import paged_measures
from analyzer.series.current import current
from analyzer.series.panel import latest

WORTH_VERSIONS = 10  # revised days; fewer are told by their findings and need no chart
WORTH_A_BAND = 3  # claims of a scope, and times at which an identity bounds it
MOST_ASIDE = 0.1  # of the claims of a scope that are set aside; with more its band is one side's
CITED = ("source", "attributed_to", "via", "origin", "authority", "chain")
LINE = "row"  # the column that holds the line of a row in its file


@dataclass(frozen=True, slots=True)
class Job:
    """One chart to draw: where it belongs, its file name, its source line, what draws it."""

    place: str
    stem: str
    source: str
    draw: partial[Chart | None]


def list_jobs(analysis: Analysis) -> Iterator[Job]:
    """Every chart of a report, in the order of the report.

    No chart is given what changes with other rows than its own: neither the line of a row in its
    file nor its place in a frame.
    """
    jobs = list(_jobs(analysis))
    for job, stem in zip(jobs, file_stems([job.stem for job in jobs]), strict=True):
        arguments = [_settled(value) for value in job.draw.args]
        draw = partial(job.draw.func, *arguments, **job.draw.keywords)
        yield replace(job, stem=stem, draw=draw)


def _settled(value: Any) -> Any:
    if isinstance(value, pd.DataFrame):
        kept = value.drop(columns=LINE, errors="ignore")
        return kept.reset_index(drop=True) if kept.index.dtype == "int64" else kept
    if isinstance(value, pd.Series) and value.index.dtype != "int64":
        return value.drop(LINE, errors="ignore").rename(None)
    return value


def _jobs(analysis: Analysis) -> Iterator[Job]:
    rows = {str(row["measure"]): row for _, row in analysis.measures.iterrows()}
    keyed = analysis.sources.sort_values("source")  # charts digest the order, which says nothing
    names = dict(zip(keyed["source"], keyed["name"], strict=True))
    for measure in paged_measures(analysis):
        yield from _claim_jobs(analysis, measure, rows[measure], names)
        yield from _series_jobs(analysis, measure, rows[measure], names)
        yield from _pair_jobs(analysis, measure, rows[measure])
        yield from _envelope_jobs(analysis, measure, rows[measure])
    for name, accounts in analysis.accounts.groupby("identity", sort=True):
        if str(name).startswith("part.") and accounts["holds"].all():
            continue
        identity = analysis.identities[analysis.identities["name"] == name].iloc[0]
        terms = analysis.terms[analysis.terms["account"].isin(accounts["account"])]
        source = f"Source: the claims of this dossier; {plural(len(accounts), 'account')}"
        account = partial(draw_account, accounts, terms, identity)
        yield Job(f"identity.{name}", f"account.{name}", source, account)
        ledger = analysis.ledgers[analysis.ledgers["identity"] == name]
        if len(ledger):
            over_time = partial(draw_ledger, ledger, identity)
            yield Job(f"identity.{name}", f"ledger.{name}", source, over_time)
    yield from _proof_jobs(analysis)
    for finding in key_findings(analysis.findings):
        told, small = glance(analysis, finding)
        yield Job(f"glance.{finding}", f"glance.{finding}", told, small)
    source = f"Source: {plural(len(analysis.claims), 'claim')} of this dossier"
    agreed = partial(draw_agreement, analysis.agreement, names, current(analysis.claims))
    yield Job("agreement", "agreement", source, agreed)
    yield Job("lag", "lag", source, partial(draw_lag, analysis.relays, current(analysis.claims)))
    overview = partial(draw_overview, analysis.findings, analysis.measures)
    yield Job("overview", "overview", source, overview)


def _proof_jobs(analysis: Analysis) -> Iterator[Job]:
    """Each contradiction that has a proof; of an account that fails also what is left over."""
    names = identity_labels(analysis)
    for name, steps in analysis.proofs.groupby("finding", sort=True):
        finding = str(name)
        row = analysis.findings[analysis.findings["id"] == finding].iloc[0]
        rules = [text for term, text in row["evidence"] if term == "identity"]
        told = [names.get(rule, rule) for rule in rules]
        count = sum(steps["n_copies"])
        source = (
            f"Source: {plural(int(count), 'claim')}; each is listed in {where_listed(analysis)}"
        )
        heard = bool(row["relation"] == "strains")
        drawn = partial(draw_contradiction, steps, told, as_heard=heard)
        yield Job(f"finding.{finding}", f"contradiction.{finding}", source, drawn)
        accounts = analysis.accounts[
            analysis.accounts["identity"].isin(rules[:1])
            & (analysis.accounts["claims"] == row["claims"])
        ]
        if row["kind"] == "account" and len(accounts):
            account = accounts.iloc[0]
            terms = analysis.terms[analysis.terms["account"] == account["account"]]
            identity = analysis.identities[analysis.identities["name"] == rules[0]].iloc[0]
            fall = partial(draw_waterfall, account, terms, identity)
            yield Job(f"finding.{finding}", f"waterfall.{finding}", source, fall)


def _envelope_jobs(analysis: Analysis, measure: str, row: pd.Series) -> Iterator[Job]:
    """Claims of one scope before the range that all claims and the accounts jointly allow.

    Only where an identity bounds a figure that no claim of its time states, or more tightly.
    """
    claims = current(analysis.claims)
    mine = analysis.envelope[analysis.envelope["measure"] == measure]
    for name, ranges in mine.groupby("scope", sort=True):
        scope = str(name)
        tied = tied_by_identity(ranges)
        wider = (ranges["stated_low"] < ranges["low"]) | (ranges["high"] < ranges["stated_high"])
        telling = (ranges["stated_low"].isna() | wider) & np.isfinite(ranges["high"])
        own = claims[(claims["measure"] == measure) & (claims["scope"] == scope)]
        aside = {claim for ids in ranges["set_aside"] for claim in ids}
        if (telling & tied).sum() < WORTH_A_BAND or len(own) < WORTH_A_BAND:
            continue
        if own["id"].isin(aside).mean() > MOST_ASIDE:  # the band would be that of one side
            continue
        words = f" ({scope.replace('_', ' ')})" if scope else ""
        left = int(own["id"].isin(aside).sum())
        but = f" but {count_word(left).lower()}" if left else ""
        title = f"{row['label']}{words}: what all claims{but} and the accounts jointly allow"
        dated = ranges[ranges["at_first"] == ranges["at_last"]]
        positions = analysis.positions[
            (analysis.positions["measure"] == measure) & (analysis.positions["scope"] == scope)
        ]
        band = partial(draw_timeline, own, row, positions, title, dated)
        stem = f"envelope.{measure}{f'.{scope}' if scope else ''}"
        yield Job(measure, stem, _source(own, where_listed(analysis)), band)


def _source(claims: pd.DataFrame, listed: str) -> str:
    return (
        f"Source: {plural(len(claims), 'claim')} by "
        f"{plural(claims['source'].nunique(), 'publisher')}, "
        f"{plural(claims['authority'].nunique(), 'origin')}; each is listed with its link in "
        f"{listed}"
    )


def _claim_jobs(
    analysis: Analysis, measure: str, row: pd.Series, names: dict[str, str]
) -> Iterator[Job]:
    """Claims over time; of those of no series also the positions and the ways they took."""
    listed = where_listed(analysis)
    claims = current(analysis.claims)
    claims = claims[claims["measure"] == measure]
    alone = claims[claims["series"] == ""]
    positions = analysis.positions[analysis.positions["measure"] == measure]
    if not claims["series"].isin(analysis.events["series"]).all():  # else each has its own chart
        timeline = partial(draw_timeline, claims, row, positions)
        yield Job(measure, f"timeline.{measure}", _source(claims, listed), timeline)
    if len(alone) < len(claims) and len(alone) < analysis.settings.thresholds.chart_claims:
        return
    beside = claims[claims["slot"].isin(alone["slot"])]
    slot = ""
    if row["kind"] != "fixed":  # one place in time; of a fixed measure all claims speak of one
        slot = _slot_to_show(analysis, measure) or widest_slot(beside)
        beside = beside[beside["slot"] == slot]
    ranges = partial(draw_ranges, beside, row, slot)
    yield Job(measure, f"ranges.{measure}", _source(beside, listed), ranges)
    cited = [text for column in CITED for text in alone[column]]
    attribution = partial(draw_attribution, alone, row, _mentioned(names, cited))
    told = f"Source: {plural(len(alone), 'claim')}; each is listed in {listed}"
    yield Job(measure, f"attribution.{measure}", told, attribution)


def _series_jobs(
    analysis: Analysis, measure: str, row: pd.Series, names: dict[str, str]
) -> Iterator[Job]:
    """Each series of a measure with its events; its versions, where many days have several."""
    revised = analysis.revisions.set_index("series")["n_revised"]
    panel = analysis.panel[analysis.panel["measure"] == measure]
    for series, versions in panel.groupby("series", sort=True):
        events = analysis.events[analysis.events["series"] == series]
        scope = str(versions["scope"].iloc[0]).replace("_", " ")
        name = names[str(versions["source"].iloc[0])] + (f" ({scope})" if scope else "")
        now, listed = latest(versions), where_listed(analysis)
        line = partial(draw_series, now, events, row, name)
        yield Job(measure, f"series.{series}", _source(now, listed), line)
        if revised.get(series, 0) >= WORTH_VERSIONS:
            told = _source(versions, listed)
            vintages = partial(draw_vintages, versions, row, name)
            yield Job(measure, f"vintages.{series}", told, vintages)
            triangle = partial(draw_triangle, versions, row, name)
            yield Job(measure, f"triangle.{series}", told, triangle)


def _pair_jobs(analysis: Analysis, measure: str, row: pd.Series) -> Iterator[Job]:
    """Pairs of series of a measure that run apart."""
    now = latest(analysis.panel[analysis.panel["measure"] == measure])
    listed = where_listed(analysis)
    claims = analysis.claims.set_index("id", drop=False)
    pairs = analysis.divergences
    for _, pair in pairs[pairs["measure"] == measure].iterrows():
        one, other = (now[now["series"] == pair[side]] for side in ("series", "other"))
        names = pair_names(*(claims.loc[claim] for claim in pair["last_claims"]))
        stem = f"gap.{pair['series']}.{str(pair['other']).removeprefix(f'{measure}.')}"
        band = partial(draw_gap_band, one, other, row, names)
        yield Job(measure, stem, _source(pd.concat([one, other]), listed), band)


def _mentioned(names: Mapping[str, str], texts: Iterable[str]) -> dict[str, str]:
    """Names of the keys that stand in texts: a chart needs no others."""
    keys = set(re.findall(r"\w+", " ".join(texts)))
    return {key: names[key] for key in sorted(names) if key in keys}


def _slot_to_show(analysis: Analysis, measure: str) -> str | None:
    """The slot of the weightiest disagreement of a measure; without one the chart chooses."""
    found = analysis.findings
    mine = found[(found["measure"] == measure) & (found["kind"] == "disagreement")]
    if mine.empty:
        return None
    return str(analysis.claims.set_index("id")["slot"][mine.iloc[0]["claims"][0]])
