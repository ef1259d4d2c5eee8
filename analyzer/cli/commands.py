"""What the commands on dossiers do: call the pipeline, print."""

from __future__ import annotations

import datetime as dt
import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analyzer.cli.terminal import say, warn
from analyzer.epoch import source_date_epoch
from analyzer.errors import InputError, Problem
from analyzer.intake import Dossier, load_dossier
from analyzer.model import SEVERITIES
from analyzer.phrases import plural
from analyzer.vintages import OPTION, parse_day

if TYPE_CHECKING:
    from analyzer.engines.driver import Found
    from analyzer.pipeline import Analysis


def check_dossiers(
    datasets: Path, names: list[str] | None, encoding: str, known_by: str = ""
) -> int:
    """Validate each dossier."""
    from analyzer.glyphs import require_glyphs

    problems: list[Problem] = []
    for name in names_of(datasets, names):
        try:
            dossier = load(datasets, name, encoding, False, known_by)
            require_glyphs(dossier, folder_of(datasets, name))
        except InputError as error:
            problems += error.problems
            continue
        say(
            f"{name}: {len(dossier.claims):,} claims, {len(dossier.sources):,} sources, "
            f"{len(dossier.measures):,} measures, {len(dossier.identities):,} identities"
            f"{_in_force(dossier)}"
        )
        print_left_out(dossier)
    if problems:
        raise InputError(problems)
    return 0


def _in_force(dossier: Dossier) -> str:
    """Corrections and waivers that a run would apply; blank in a dossier that has none."""
    if dossier.corrections.empty and dossier.waivers.empty:
        return ""
    corrections, expired = len(dossier.corrections), int(dossier.waivers["expired"].sum())
    waivers = len(dossier.waivers) - expired
    return (
        f"; in force: {plural(corrections, 'correction')}, {plural(waivers, 'waiver')}"
        f"{f' ({expired:,} expired)' if expired else ''}"
    )


def print_sources(
    datasets: Path, name: str, keep_going: bool, encoding: str, known_by: str = ""
) -> int:
    """Print source profiles as a table, origins first; shares with their denominators."""
    from analyzer.pipeline import analyze
    from analyzer.reportdata.sources import profile_lines

    dossier = load(datasets, name, encoding, keep_going, known_by)
    say("\n".join(profile_lines(analyze(dossier).profiles)))
    print_left_out(dossier)
    return 0


def print_trace(datasets: Path, claim: str, encoding: str, known_by: str = "") -> int:
    """Print the way of one claim; it is looked for in every dossier."""
    from analyzer.pipeline import analyze
    from analyzer.trace import trace_claim

    known: list[str] = []
    for name in names_of(datasets, None):
        dossier = load(datasets, name, encoding, keep_going=True)
        known += list(dossier.claims["id"])
        if claim in set(dossier.claims["id"]):
            if known_by:
                dossier = load(datasets, name, encoding, True, known_by)
                _require(dossier, claim, known_by)
            say("\n".join(trace_claim(analyze(dossier), claim)))
            _print_vintage(dossier)
            return 0
    near = difflib.get_close_matches(claim, known, n=1)
    remedy = f"did you mean '{near[0]}'?" if near else "take one from the report's appendix"
    raise InputError([Problem(str(datasets), 0, "", claim, "is the id of no claim", remedy)])


def _require(dossier: Dossier, claim: str, known_by: str) -> None:
    """A claim that is there today must have been published by the day that was named."""
    if claim not in set(dossier.claims["id"]):
        message = f"is not known to have been published by {known_by}"
        remedy = f"name a later day, or leave out {OPTION}"
        raise InputError([Problem(dossier.settings.name, 0, "", claim, message, remedy)])


def today() -> dt.date:
    """The day of the run; SOURCE_DATE_EPOCH, where set, makes it reproducible."""
    given = source_date_epoch()
    now = dt.datetime.now(dt.UTC) if given is None else dt.datetime.fromtimestamp(given, dt.UTC)
    return now.date()


def load(datasets: Path, name: str, encoding: str, keep_going: bool, known_by: str = "") -> Dossier:
    """Read and check one dossier, named by its folder or by the path to it.

    Raises
    ------
    InputError
        As `intake.load_dossier`, and where `known_by` is no day up to today.
    """
    day = parse_day(known_by, today()) if known_by else None
    return load_dossier(
        folder_of(datasets, name),
        today=today(),
        encoding=encoding,
        keep_going=keep_going,
        known_by=day,
    )


def folder_of(datasets: Path, name: str) -> Path:
    """Find the folder of a dossier that is named by it or by the path to it.

    It always has a name of its own, as a report is named after it: "." and ".." are resolved.
    """
    folder = datasets / name
    if not folder.is_dir() and "/" in name and Path(name).is_dir():
        folder = Path(name)  # the path, as the shell completes it
    return folder if folder.name not in ("", "..") else folder.resolve()


def names_of(datasets: Path, names: list[str] | None) -> list[str]:
    """The dossiers that are named, else all of a folder.

    Raises
    ------
    InputError
        When there are none.
    """
    files = [*datasets.glob("*/claims.csv"), *datasets.glob("*/claims.parquet")]
    found = names or sorted({path.parent.name for path in files})
    if not found:
        remedy = "run it where datasets/ is, or name the folder with --datasets"
        raise InputError([Problem(str(datasets), 0, "", "", "holds no dossier", remedy)])
    return found


def verdict(findings: pd.DataFrame, fail_on: str | None) -> int:
    """Exit code of a run with these findings."""
    if fail_on is None:
        return 0
    reached = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return int(findings["severity"].isin(reached).any())


def print_left_out(dossier: Dossier | Found) -> None:
    """What the result leaves out, on stderr: rows with problems, claims of later days."""
    for problem in dossier.left_out:
        warn(f"left out: {problem}")
    _print_vintage(dossier)


def _print_vintage(dossier: Dossier | Found) -> None:
    if dossier.vintage:
        warn(f"{dossier.settings.name} {dossier.vintage}")


def print_idle_waivers(analysis: Analysis | Found) -> None:
    """Waivers that set nothing aside, on stderr; on an earlier day that is no news."""
    from analyzer.waivers import warn_of_waivers

    if analysis.vintage:
        return
    for line in warn_of_waivers(analysis.waivers, analysis.findings):
        warn(f"{analysis.settings.name}/waivers.csv: {line}")
