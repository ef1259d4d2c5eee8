"""`analyzer report`: build reports, say what was done."""

from __future__ import annotations

from pathlib import Path

from analyzer.build import Built, build
from analyzer.cli.commands import (
    folder_of,
    load,
    names_of,
    print_idle_waivers,
    print_left_out,
    verdict,
)
from analyzer.cli.progress import Progress
from analyzer.cli.terminal import say, warn
from analyzer.drawing.keeping import made_with
from analyzer.errors import InputError, Problem
from analyzer.glyphs import require_glyphs
from analyzer.history import Earlier, ForeignReportError, parse_report
from analyzer.intake import Dossier
from analyzer.outputs import reserved
from analyzer.phrases import plural
from analyzer.pipeline import analyze

OPTION = "--since"
FILE = "report.json"


def build_reports(
    datasets: Path,
    names: list[str] | None,
    out: Path,
    keep_going: bool,
    encoding: str,
    fail_on: str | None,
    known_by: str = "",
    since: Path | None = None,
    paper: str | None = None,
) -> int:
    """Build each report; a dossier with problems doesn't stand in the way of the others.

    Raises
    ------
    InputError
        At the end, with the problems of all dossiers.
    """
    made_with()
    worst = 0
    problems: list[Problem] = []
    for name in _one_if(since, names_of(datasets, names)):
        with Progress(name) as progress:
            progress("reading")
            try:
                dossier = load(datasets, name, encoding, keep_going, known_by)
                require_glyphs(dossier, folder_of(datasets, name))
                target = out / _report_name(dossier)
                with reserved(target):
                    earlier, remark = _earlier(target, since, dossier.settings.name)
                    progress(f"comparing {plural(len(dossier.claims), 'claim')}")
                    analysis = analyze(dossier)
                    paper_size = paper or dossier.settings.paper
                    built = build(analysis, target, progress, earlier, paper_size)
            except InputError as error:
                problems += error.problems
                continue
        if remark:
            warn(remark)
        print_left_out(dossier)
        print_idle_waivers(analysis)
        say(target / "report.pdf", at_once=True)
        warn(_done(target, built, progress.seconds))
        worst = max(worst, verdict(analysis.findings, fail_on))
    if problems:
        raise InputError(problems)
    return worst


def _report_name(dossier: Dossier) -> str:
    """The report as known by a day stands beside the current one."""
    name = dossier.settings.name
    return f"{name}.known-by-{dossier.vintage.day}" if dossier.vintage else name


def _one_if(since: Path | None, names: list[str]) -> list[str]:
    """Names of dossiers; only one where a report to compare with is named.

    Raises
    ------
    InputError
        When there are several.
    """
    if since is None or len(names) == 1:
        return names
    message = f"is one report, but {len(names)} dossiers would be compared with it"
    raise InputError([Problem(OPTION, 0, "", str(since), message, "name one dossier")])


def _earlier(target: Path, since: Path | None, name: str) -> tuple[Earlier | None, str]:
    """Find the report to compare with: the one that is named, else the last one of the folder.

    Returns
    -------
    earlier : Earlier or None
    remark : str
        Why the last report can't be compared with; "" if it can, or there is none.

    Raises
    ------
    InputError
        When the report that is named can't be compared with.
    """
    last = target / FILE
    file = since / FILE if since is not None and since.is_dir() else since or last
    named = file.resolve() != last.resolve()
    try:
        return Earlier(parse_report(file.read_text("utf-8"), name), named), ""
    except FileNotFoundError as error:
        if since is None:
            return None, ""
        raise InputError([_unusable(since, "is not there")]) from error
    except (OSError, UnicodeDecodeError, ForeignReportError) as error:
        why = {OSError: "can't be read", UnicodeDecodeError: "is not UTF-8"}
        told = next((text for kind, text in why.items() if isinstance(error, kind)), str(error))
        if since is None:
            return None, f"{file} {told}; taken as no earlier report"
        raise InputError([_unusable(since, told)]) from error


def _unusable(since: Path, why: str) -> Problem:
    remedy = f"name the {FILE} of an earlier report of this dossier, or its folder"
    return Problem(OPTION, 0, "", str(since), why, remedy)


def _done(target: Path, built: Built, seconds: float) -> str:
    """One line on a report that is done."""
    pages = f"{plural(built.pages, 'page')}, " if built.pages else ""
    charts = plural(built.fresh + built.reused, "chart")
    return (
        f"{target}: {pages}{charts} ({built.fresh:,} drawn, {built.reused:,} reused), "
        f"{seconds:.0f} s"
    )
