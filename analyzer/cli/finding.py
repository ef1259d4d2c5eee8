"""What `analyzer findings` does: runs an engine on a dossier of any size, prints or writes."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from analyzer.cli.commands import (
    folder_of,
    print_idle_waivers,
    print_left_out,
    today,
    verdict,
)
from analyzer.cli.terminal import put, say, warn
from analyzer.engines.contract import Options
from analyzer.engines.driver import Found, Request, find
from analyzer.errors import InputError, Problem
from analyzer.phrases import plural
from analyzer.vintages import parse_day


@dataclass(frozen=True, slots=True)
class Spread:
    """How the command line asks for a run to be spread; 0 and "" leave it to this machine."""

    engine: str
    workers: int
    partition: int
    memory: int
    scheduler: str
    scratch: Path | None

    def options(self, scratch: Path) -> Options:
        """The options with what was left open filled in."""
        return Options(
            workers=self.workers or os.cpu_count() or 1,
            scheduler=self.scheduler,
            scratch=scratch,
            memory=self.memory,
        )


def print_findings(
    datasets: Path,
    name: str,
    form: str,
    keep_going: bool,
    encoding: str,
    fail_on: str | None,
    known_by: str,
    spread: Spread,
    out: Path | None,
) -> int:
    """Print the findings of one dossier as a table, CSV or JSON, or write them as Parquet."""
    request = Request(
        folder=folder_of(datasets, name),
        today=today(),
        encoding=encoding,
        keep_going=keep_going,
        known_by=parse_day(known_by, today()) if known_by else None,
        engine=spread.engine,
        size=spread.partition,
    )
    if out is not None and not out.parent.is_dir():
        missing = "is in a folder that is not there"
        raise InputError([Problem("--out", 0, "", str(out), missing, "make the folder first")])
    with tempfile.TemporaryDirectory(prefix="analyzer-", dir=spread.scratch) as scratch:
        found = find(request, spread.options(Path(scratch)))
    _put(found, form, out)
    print_left_out(found)
    print_idle_waivers(found)
    return verdict(found.findings, fail_on)


def _put(found: Found, form: str, out: Path | None) -> None:
    """Write the findings where they were asked for."""
    from analyzer.outputs import findings_csv, findings_json

    if out is not None:
        from analyzer.outputs.parquet import write_findings

        write_findings(found.findings, out)
        counted = f"{plural(len(found.findings), 'finding')} in {plural(found.claims, 'claim')}"
        warn(f"{out}: {counted}")
    elif form == "csv":
        put(findings_csv(found.findings))
    elif form == "json":
        put(findings_json(found.findings))
    else:
        for row in found.findings.itertuples():
            say(f"{row.rank:>3}  {row.severity:<6}  {row.sentence}\n     {row.id}")
