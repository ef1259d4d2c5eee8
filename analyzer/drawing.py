"""Which charts a report has, drawn on all cores."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from analyzer.charts import (
    Chart,
    draw_account,
    draw_agreement,
    draw_attribution,
    draw_lag,
    draw_overview,
    draw_ranges,
    draw_timeline,
    save_chart,
)
from analyzer.phrases import plural
from analyzer.pipeline import Analysis
from analyzer.reportdata import paged_measures
from analyzer.sourcesdata import ChartInfo

WORTH_A_POOL = 12  # charts; a worker takes as long to start as a few charts to draw


@dataclass(frozen=True, slots=True)
class Job:
    """One chart to draw: where it belongs, its file name, its source line, what draws it."""

    place: str
    stem: str
    source: str
    draw: Callable[[], Chart | None]


def draw_all(
    analysis: Analysis, folder: Path, progress: Callable[[str], None]
) -> dict[str, list[ChartInfo]]:
    """Draw every chart of a report.

    Returns
    -------
    dict
        By measure, by "identity.<name>", and under "overview", "agreement" and "lag": file names,
        title, alternative text and caption of each chart, in the order of the report.
    """
    jobs = list(_jobs(analysis))
    charts: dict[str, list[ChartInfo]] = {}
    for number, (job, drawn) in enumerate(zip(jobs, _run(jobs, folder), strict=True), 1):
        progress(f"chart {number} of {len(jobs)}: {job.stem}")
        if drawn is not None:
            charts.setdefault(job.place, []).append(drawn)
    return charts


def _run(jobs: list[Job], folder: Path) -> Iterator[ChartInfo | None]:
    work = partial(_draw, folder=folder)
    cores = os.cpu_count() or 1
    if len(jobs) < WORTH_A_POOL or cores == 1:
        yield from map(work, jobs)
        return
    # spawned, not forked: the same on every system, and safe beside threads
    pool = ProcessPoolExecutor(cores, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield from pool.map(work, jobs, chunksize=2)
    finally:
        pool.shutdown(cancel_futures=True)


def _draw(job: Job, folder: Path) -> ChartInfo | None:
    chart = job.draw()
    if chart is None:
        return None
    save_chart(chart.figure, folder / "charts" / job.stem, job.source)
    return {
        "svg": f"charts/{job.stem}.svg",
        "png": f"charts/{job.stem}.png",
        "title": chart.title,
        "alt": chart.alt,
        "caption": chart.caption,
    }


def _jobs(analysis: Analysis) -> Iterator[Job]:
    rows = {str(row["measure"]): row for _, row in analysis.measures.iterrows()}
    names = dict(zip(analysis.sources["source"], analysis.sources["name"], strict=True))
    for measure in paged_measures(analysis):
        claims = analysis.claims[analysis.claims["measure"] == measure]
        positions = analysis.positions[analysis.positions["measure"] == measure]
        source = (
            f"Source: {plural(len(claims), 'claim')} by "
            f"{plural(claims['source'].nunique(), 'publisher')}, "
            f"{plural(claims['authority'].nunique(), 'origin')}; each is listed with its link in "
            "the report"
        )
        timeline = partial(draw_timeline, claims, rows[measure], positions)
        yield Job(measure, f"timeline.{measure}", source, timeline)
        ranges = partial(draw_ranges, claims, rows[measure], _slot_to_show(analysis, measure))
        yield Job(measure, f"ranges.{measure}", source, ranges)
        attribution = partial(draw_attribution, claims, rows[measure], names)
        told = f"Source: {plural(len(claims), 'claim')}; each is listed in the report"
        yield Job(measure, f"attribution.{measure}", told, attribution)
    labels = {measure: str(row["label"]) for measure, row in rows.items()}
    for name, accounts in analysis.accounts.groupby("identity", sort=True):
        if str(name).startswith("part.") and accounts["holds"].all():
            continue
        identity = analysis.identities[analysis.identities["name"] == name].iloc[0]
        terms = analysis.terms[analysis.terms["account"].isin(accounts["account"])]
        source = f"Source: the claims of this dossier; {plural(len(accounts), 'account')}"
        account = partial(draw_account, accounts, terms, identity, labels)
        yield Job(f"identity.{name}", f"account.{name}", source, account)
    source = f"Source: {plural(len(analysis.claims), 'claim')} of this dossier"
    agreed = partial(draw_agreement, analysis.agreement, names, analysis.claims)
    yield Job("agreement", "agreement", source, agreed)
    yield Job("lag", "lag", source, partial(draw_lag, analysis.relays, analysis.claims))
    overview = partial(draw_overview, analysis.findings, analysis.measures)
    yield Job("overview", "overview", source, overview)


def _slot_to_show(analysis: Analysis, measure: str) -> str | None:
    """The slot of the weightiest disagreement of a measure; without one the chart chooses."""
    found = analysis.findings
    mine = found[(found["measure"] == measure) & (found["kind"] == "disagreement")]
    if mine.empty:
        return None
    return str(analysis.claims.set_index("id")["slot"][mine.iloc[0]["claims"][0]])
