"""What the commands on dossiers do: call the pipeline, print."""

from __future__ import annotations

import datetime as dt
import difflib
import os
import sys
from functools import partial
from pathlib import Path

import pandas as pd

from analyzer.errors import InputError, Problem
from analyzer.intake import Dossier, load_dossier
from analyzer.model import SEVERITIES


def build_reports(
    datasets: Path,
    names: list[str] | None,
    out: Path,
    keep_going: bool,
    encoding: str,
    fail_on: str | None,
) -> int:
    """Build each report; a dossier with problems doesn't stand in the way of the others."""
    from analyzer.build import build
    from analyzer.pipeline import analyze

    worst = 0
    problems: list[Problem] = []
    for name in _names(datasets, names):
        try:
            dossier = _load(datasets, name, encoding, keep_going)
        except InputError as error:
            problems += error.problems
            continue
        _tell(f"comparing {len(dossier.claims):,} claims", name)
        analysis = analyze(dossier)
        build(analysis, out / dossier.settings.name, partial(_tell, name=name))
        _tell("")
        _print_left_out(dossier)
        print(out / dossier.settings.name / "report.pdf")
        worst = max(worst, _verdict(analysis.findings, fail_on))
    if problems:
        raise InputError(problems)
    return worst


def check_dossiers(datasets: Path, names: list[str] | None, encoding: str) -> int:
    """Validate each dossier."""
    problems: list[Problem] = []
    for name in _names(datasets, names):
        try:
            dossier = _load(datasets, name, encoding, keep_going=False)
        except InputError as error:
            problems += error.problems
            continue
        print(
            f"{name}: {len(dossier.claims):,} claims, {len(dossier.sources):,} sources, "
            f"{len(dossier.measures):,} measures, {len(dossier.identities):,} identities"
        )
    if problems:
        raise InputError(problems)
    return 0


def print_findings(
    datasets: Path, name: str, form: str, keep_going: bool, encoding: str, fail_on: str | None
) -> int:
    """Print the findings of one dossier as a table, CSV or JSON."""
    from analyzer.outputs import findings_csv, findings_json
    from analyzer.pipeline import analyze

    dossier = _load(datasets, name, encoding, keep_going)
    findings = analyze(dossier).findings
    if form == "csv":
        sys.stdout.write(findings_csv(findings))
    elif form == "json":
        sys.stdout.write(findings_json(findings))
    else:
        for row in findings.itertuples():
            print(f"{row.rank:>3}  {row.severity:<6}  {row.sentence}\n     {row.id}")
    _print_left_out(dossier)
    return _verdict(findings, fail_on)


def print_sources(datasets: Path, name: str, keep_going: bool, encoding: str) -> int:
    """Print source profiles as a table, origins first; shares with their denominators."""
    from analyzer.pipeline import analyze
    from analyzer.sourcesdata import profile_lines

    dossier = _load(datasets, name, encoding, keep_going)
    print("\n".join(profile_lines(analyze(dossier).profiles)))
    _print_left_out(dossier)
    return 0


def print_trace(datasets: Path, claim: str, encoding: str) -> int:
    """Print the way of one claim; it is looked for in every dossier."""
    from analyzer.pipeline import analyze
    from analyzer.trace import trace_claim

    known: list[str] = []
    for name in _names(datasets, None):
        dossier = _load(datasets, name, encoding, keep_going=True)
        known += list(dossier.claims["id"])
        if claim in set(dossier.claims["id"]):
            print("\n".join(trace_claim(analyze(dossier), claim)))
            return 0
    near = difflib.get_close_matches(claim, known, n=1)
    remedy = f"did you mean '{near[0]}'?" if near else "take one from the report's appendix"
    raise InputError([Problem(str(datasets), 0, "", claim, "is the id of no claim", remedy)])


def today() -> dt.date:
    """The day of the run; SOURCE_DATE_EPOCH, where set, makes it reproducible."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else dt.datetime.now(dt.UTC)
    return now.date()


def _load(datasets: Path, name: str, encoding: str, keep_going: bool) -> Dossier:
    # a day's grace: somewhere it is tomorrow already
    latest = today() + dt.timedelta(days=1)
    folder = datasets / name
    if not folder.is_dir() and "/" in name and Path(name).is_dir():
        folder = Path(name)  # the path, as the shell completes it
    return load_dossier(folder, today=latest, encoding=encoding, keep_going=keep_going)


def _names(datasets: Path, names: list[str] | None) -> list[str]:
    found = names or sorted(path.parent.name for path in datasets.glob("*/claims.csv"))
    if not found:
        remedy = "run it where datasets/ is, or name the folder with --datasets"
        raise InputError([Problem(str(datasets), 0, "", "", "holds no dossier", remedy)])
    return found


def _verdict(findings: pd.DataFrame, fail_on: str | None) -> int:
    if fail_on is None:
        return 0
    reached = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return int(findings["severity"].isin(reached).any())


def _print_left_out(dossier: Dossier) -> None:
    for problem in dossier.left_out:
        print(f"left out: {problem}", file=sys.stderr)


def _tell(step: str, name: str = "") -> None:
    """Progress on one line of a terminal; silence in a pipe."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{f'{name}: {step}' if step else ''}")
        sys.stderr.flush()
