"""`analyzer import`: a table of dated figures into a dossier."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from pathlib import Path

import pandas as pd

from analyzer.cli.commands import today
from analyzer.cli.terminal import say
from analyzer.dates import DateError, parse_date
from analyzer.errors import InputError, Problem
from analyzer.imports.mapping import TableMapping, did_you_mean
from analyzer.imports.parsing import parse_mapping
from analyzer.imports.plan import Plan, Target, plan_import
from analyzer.model import TABLES
from analyzer.outputs import alone, append_rows
from analyzer.read import read_cells, read_table, read_text, shown_path
from analyzer.settings import parse_settings

LOCK = ".import.lock"
PATIENCE = 30.0  # seconds for another import, which takes one or two; tables are often several
FILLED = ("sources", "measures", "claims")  # claims last: they name the other two


def import_table(
    datasets: Path,
    name: str,
    table: Path,
    mapping: Path | None,
    published: str,
    encoding: str,
    dry_run: bool,
) -> int:
    """Append the figures of a table that the dossier doesn't have, and say what was done."""
    folder = _folder(datasets, name)
    whole = nullcontext() if dry_run else alone(folder / LOCK, folder, PATIENCE)
    with whole:  # from reading to writing: what another import adds meanwhile would count as new
        plan = plan_import(
            _read_table(table, encoding),
            _read_mapping(folder, table, mapping),
            _read_target(folder),
            file=shown_path(table),
            published=_checked(published),
            today=today() + dt.timedelta(days=1),  # somewhere it is tomorrow already
        )
        if not dry_run:
            append_rows({folder / f"{one}.csv": plan.rows[one] for one in FILLED})
    say("\n".join(_told(folder.name, plan, dry_run)))
    return 0


def _read_table(path: Path, encoding: str) -> pd.DataFrame:
    frame, problems = read_cells(path, encoding)
    if problems:
        raise InputError(problems)
    return frame


def _read_mapping(folder: Path, table: Path, given: Path | None) -> TableMapping:
    """The mapping that is named, else the one in the dossier that bears the table's name."""
    path = given or folder / "imports" / f"{table.stem}.toml"
    if given is None and not path.exists():
        remedy = "write it there, or name another with --mapping"
        raise InputError([Problem(shown_path(path), 0, "", "", "is missing", remedy)])
    return parse_mapping(shown_path(path), read_text(path))


def _folder(datasets: Path, name: str) -> Path:
    """The dossier's folder, by its name or by its path, as the shell completes it."""
    folder = datasets / name
    if not folder.is_dir() and "/" in name and Path(name).is_dir():
        folder = Path(name)
    if (folder / "dossier.toml").exists():
        return folder
    known = sorted(path.parent.name for path in datasets.glob("*/dossier.toml"))
    remedy = did_you_mean(name, known) if known else "name the folder with --datasets"
    remedy += "; a new dossier starts with this file: its title and its description"
    raise InputError(
        [Problem(shown_path(folder / "dossier.toml"), 0, "", "", "is missing", remedy)]
    )


def _read_target(folder: Path) -> Target:
    """The dossier's settings and tables; a table that is not there yet is empty."""
    file = folder / "dossier.toml"
    settings = parse_settings(folder.name, shown_path(file), read_text(file))
    tables = {}
    problems: list[Problem] = []
    for one in FILLED:
        if (folder / f"{one}.csv").exists():
            tables[one], found = read_table(folder, one)
            problems += found
        else:
            empty = pd.DataFrame(columns=pd.Index(list(TABLES[one])), dtype="str")
            tables[one] = empty.assign(row=pd.Series(dtype="int64"))
    if problems:
        raise InputError(problems)
    return Target(settings, tables, shown_path(folder / "claims.csv"))


def _checked(published: str) -> str:
    """The day of the table as it is given, or ""."""
    if not published:
        return ""
    try:
        span = parse_date(published)
    except DateError as error:
        problem = Problem("--published", 0, "", published, "is no date", str(error))
        raise InputError([problem]) from error
    if span.first != span.last:
        remedy = "name the day of the table, as 2025-01-22"
        raise InputError([Problem("--published", 0, "", published, "is no single day", remedy)])
    return published


def _told(name: str, plan: Plan, dry_run: bool) -> list[str]:
    """What was added, and what was met and not added."""
    versions = plan.versions
    later = len(versions.new) - versions.first - versions.withdrawn
    would = "would add" if dry_run else "added"
    lines = [
        f"{name}: {would} {len(versions.new):,} claims: {versions.first:,} first figures, "
        f"{later:,} later versions of a figure"
        + (f", {versions.withdrawn:,} withdrawals" if versions.withdrawn else "")
    ]
    for one in ("measures", "sources"):
        if len(plan.rows[one]):
            keys = ", ".join(plan.rows[one].iloc[:, 0])
            lines.append(f"  {would} to {one}.csv: {keys}")
    counts = [
        (versions.known, "figures say what the dossier knows already"),
        (versions.same_day, "versions left out: a later one of the same day replaced them"),
        (versions.repeated, "figures left out: another row of the table gives the same"),
        (versions.removed, "earlier figures are no longer in the table; their claims stay"),
        *(
            (n, f"figures left out, as the mapping says of {one}")
            for one, n in plan.skipped.items()
        ),
    ]
    lines += [f"  {count:,} {what}" for count, what in counts if count]
    if plan.not_taken:
        lines.append(f"  not in the mapping: {', '.join(plan.not_taken)}")
    if plan.absent:
        lines.append(f"  in the mapping, not in the table: {', '.join(plan.absent)}")
    return lines
