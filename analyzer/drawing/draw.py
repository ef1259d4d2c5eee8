"""Draws the charts of a report that changed on all cores, and takes the others from the last."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from analyzer.charts import save_chart
from analyzer.digest import digest
from analyzer.drawing.jobs import Job, list_jobs
from analyzer.drawing.keeping import (
    RECORD,
    Words,
    describe,
    keep,
    made_with,
    read_record,
    record_text,
)
from analyzer.orphans import end_with_parent
from analyzer.pipeline import Analysis
from analyzer.reportdata.sources import ChartInfo

WORTH_A_POOL = 12  # charts; a worker takes as long to start as a few charts to draw


@dataclass(frozen=True, slots=True)
class Drawn:
    """The charts of a report.

    Attributes
    ----------
    charts : dict
        By measure, by "identity.<name>", and under "overview", "agreement" and "lag": file names,
        title, alternative text and caption of each chart, in the order of the report.
    fresh, reused : tuple of str
        Names of the charts that were drawn and of those that stand as in the last report.
    """

    charts: dict[str, list[ChartInfo]]
    fresh: tuple[str, ...]
    reused: tuple[str, ...]


def draw_all(
    analysis: Analysis,
    folder: Path,
    progress: Callable[[str], None],
    last: Path | None = None,
) -> Drawn:
    """Draw every chart of a report, but for those that show the same as in the last one.

    Parameters
    ----------
    folder : Path
        Of the new report; its folder `charts` gets the files and the record of what they show.
    last : Path or None
        Folder of the last report, whether it is there or not.
    """
    jobs = list(list_jobs(analysis))
    made = made_with()
    entries = _kept(jobs, read_record(last, made), last, folder)
    waiting = [job for job in jobs if job.stem not in entries]
    reused = len(entries)
    for job, entry in zip(waiting, _run(waiting, folder), strict=True):
        entries[job.stem] = entry
        progress(f"charts {len(entries):,} of {len(jobs):,} ({reused:,} reused)")
    (folder / RECORD).write_text(record_text(entries, made), encoding="utf-8", newline="\n")
    charts: dict[str, list[ChartInfo]] = {}
    for job in jobs:
        if words := entries[job.stem]["words"]:
            charts.setdefault(job.place, []).append(_info(job.stem, words))
    fresh = {job.stem for job in waiting}
    shown = [job.stem for job in jobs if entries[job.stem]["words"]]
    return Drawn(
        charts,
        tuple(stem for stem in shown if stem in fresh),
        tuple(stem for stem in shown if stem not in fresh),
    )


def _kept(
    jobs: Sequence[Job], record: dict[str, dict[str, Any]], last: Path | None, folder: Path
) -> dict[str, dict[str, Any]]:
    """Charts that were taken from the last report, by name."""
    return {
        job.stem: record[job.stem]
        for job in jobs
        if last and job.stem in record
        if keep(record[job.stem], _shows(job), last, folder, job.stem)
    }


def _shows(job: Job) -> str:
    """Digest of what a chart shows: the function, what it is given, and the source line."""
    return digest(job.draw, job.source)


def _run(jobs: Sequence[Job], folder: Path) -> Iterator[dict[str, Any]]:
    work = partial(_draw, folder=folder)
    cores = os.cpu_count() or 1
    if len(jobs) < WORTH_A_POOL or cores == 1:
        yield from map(work, jobs)
        return
    # spawned, not forked: the same on every system, and safe beside threads
    spawned = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(cores, mp_context=spawned, initializer=end_with_parent)
    try:
        yield from pool.map(work, jobs, chunksize=2)
    finally:
        pool.shutdown(cancel_futures=True)


def _draw(job: Job, folder: Path) -> dict[str, Any]:
    """Draw a chart and give its entry of the record."""
    chart = job.draw()
    words: Words | None = None
    if chart is not None:
        save_chart(chart, folder / "charts" / job.stem, job.source)
        words = {"title": chart.title, "alt": chart.alt, "caption": chart.caption}
    return describe(_shows(job), words, folder, job.stem)


def _info(stem: str, words: Words) -> ChartInfo:
    files = {kind: f"charts/{stem}.{kind}" for kind in ("svg", "png", "csv")}
    return {**files, **words}
