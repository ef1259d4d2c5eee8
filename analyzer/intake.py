"""A dossier's files to checked frames: everything wrong is collected, then told at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analyzer.arrays import by_id
from analyzer.checked import checked as checked_frame
from analyzer.corrections import apply_corrections, list_corrections, read_corrections
from analyzer.distinct import Columns
from analyzer.errors import InputError, Problem
from analyzer.ids import claim_ids
from analyzer.lineage import trace_origins
from analyzer.model import TABLES
from analyzer.normalize import DATE_COLUMNS, read_dates, read_figures
from analyzer.read import read_table, read_text, shown_path, table_path
from analyzer.schemas import Claims
from analyzer.settings import Settings, parse_settings
from analyzer.validate.cells import check_cells
from analyzer.validate.claims import check_claims
from analyzer.validate.identities import check_identities, check_validity
from analyzer.validate.tables import check_measures, check_sources, check_waivers
from analyzer.validate.values import (
    check_cut_figures,
    check_future,
    check_numbers,
    check_times,
    check_units,
)
from analyzer.vintages import OPTION, Vintage, claims_known_by

GRACE = pd.Timedelta(days=1)  # somewhere it is tomorrow already


@dataclass(frozen=True, slots=True)
class Dossier:
    """The checked tables of one dossier.

    Attributes
    ----------
    claims : DataFrame
        `schemas.Claims`: normalized, with lineage, ordered by id.
    sources, measures, identities : DataFrame
        As in their files, dates read.
    corrections : DataFrame
        `corrections.COLUMNS`: accepted corrections that the claims are read with.
    waivers : DataFrame
        `schemas.RawWaivers`, `until_first` and `until_last`, and `expired` on the day of the run.
    left_out : tuple of Problem
        Rows that were left out because the caller asked to keep going.
    vintage : Vintage or None
        The day up to which publications count, where the caller named one.
    """

    settings: Settings
    claims: pd.DataFrame
    sources: pd.DataFrame
    measures: pd.DataFrame
    identities: pd.DataFrame
    corrections: pd.DataFrame
    waivers: pd.DataFrame
    left_out: tuple[Problem, ...]
    vintage: Vintage | None = None


class NoClaimsError(InputError):
    """No claim is left; `problems` ends with that, `others` are those of single rows.

    Attributes
    ----------
    vintage : Vintage or None
        What was left out, where claims were published only after the day that was named.
    """

    def __init__(
        self, nothing: Problem, others: Sequence[Problem] = (), vintage: Vintage | None = None
    ) -> None:
        super().__init__([*others, nothing])
        self.nothing = nothing
        self.others = tuple(others)
        self.vintage = vintage


def load_dossier(
    folder: Path,
    *,
    today: dt.date,
    encoding: str = "utf-8",
    keep_going: bool = False,
    known_by: dt.date | None = None,
) -> Dossier:
    """Read and check a dossier.

    Parameters
    ----------
    folder : Path
        Holds dossier.toml, claims.csv, sources.csv, measures.csv and identities.csv.
    today : date
        The day of the run. Nothing can have been published after it, with a day's grace; waivers
        that end before it have expired.
    encoding : str
        Of the CSV files.
    keep_going : bool
        Leave out the rows with problems instead of stopping.
    known_by : date, optional
        Keep what was published by that day: claims, and corrections of that day or before;
        waivers are held against it. All files must be free of problems as of today.

    Raises
    ------
    InputError
        With every problem of every file; with `keep_going` only when a file as a whole, or a
        problem that belongs to no row, stands in the way. When nothing was published by then.
    """
    settings, tables, problems = read_all(folder, encoding)
    files = {table: shown_path(table_path(folder, table)) for table in TABLES}
    return checked_dossier(
        settings,
        tables,
        files,
        today=today,
        keep_going=keep_going,
        known_by=known_by,
        unread=problems,
    )


def checked_dossier(
    settings: Settings,
    tables: dict[str, pd.DataFrame],
    files: dict[str, str],
    *,
    today: dt.date,
    keep_going: bool = False,
    known_by: dt.date | None = None,
    unread: Sequence[Problem] = (),
    known_ids: Collection[str] | None = None,
    checked: bool = False,
) -> Dossier:
    """Check the tables of a dossier, or of a part of it, that are read already.

    The claims of a part are those of whole measures; what holds over all parts together, that no
    id is given twice, is checked by `validate.claims.check_ids`.

    Parameters
    ----------
    tables, files : dict
        For each key of `model.TABLES`, what `read.read_table` gives, and the path that problems
        name.
    today, keep_going, known_by
        As in `load_dossier`.
    unread : sequence of Problem
        Rows that could not be read.
    known_ids : collection of str, optional
        Ids of all claims of the dossier, where `tables["claims"]` holds only some of them:
        corrections and waivers may name any of these. A correction of another claim is not
        listed.
    checked : bool
        Whether all tables but claims are as `check_tables` gives them, without a problem.

    Raises
    ------
    InputError
        As `load_dossier`.
    """
    left_out = list(unread)
    while True:
        if tables["claims"].empty:
            nothing = Problem(files["claims"], 0, "", "", "holds no usable claim", "add a row")
            raise NoClaimsError(nothing, left_out)
        days = (pd.Timestamp(today), known_by)
        found, frames, columns = _check_all(tables, files, settings, days, known_ids, checked)
        if not found:
            break
        if not keep_going or any(not problem.row for problem in found):
            raise InputError([*left_out, *found])
        left_out += found
        tables = {table: _without(tables[table], files[table], found) for table in tables}
    if left_out and not keep_going:
        raise InputError(left_out)
    claims, vintage = _cut(frames["claims"], known_by, files["claims"])
    columns = Columns(claims) if vintage else columns
    claims = _with_said(trace_origins(claims, frames["sources"], columns), columns)
    claims = checked_frame(Claims, claims.reset_index(drop=True))
    return Dossier(
        settings=settings,
        claims=claims,
        sources=frames["sources"],
        measures=frames["measures"],
        identities=frames["identities"],
        corrections=list_corrections(frames["corrections"], claims),
        waivers=frames["waivers"],
        left_out=tuple(sorted(set(left_out))),
        vintage=vintage,
    )


def _cut(
    claims: pd.DataFrame, known_by: dt.date | None, file: str
) -> tuple[pd.DataFrame, Vintage | None]:
    """The claims up to the day that the caller named; all of them where none is named."""
    if known_by is None:
        return claims, None
    kept, vintage = claims_known_by(claims, known_by)
    if kept.empty:
        remedy = f"name a later day with {OPTION}"
        message = f"holds no claim that was published by {known_by}"
        raise NoClaimsError(Problem(file, 0, "", "", message, remedy), vintage=vintage)
    return kept, vintage


def read_all(
    folder: Path, encoding: str, names: Collection[str] = tuple(TABLES)
) -> tuple[Settings, dict[str, pd.DataFrame], list[Problem]]:
    """The settings and the named tables as text.

    Raises
    ------
    InputError
        When there is no such folder; with the problems of all files that are not usable.
    """
    if not folder.is_dir():
        where, known = shown_path(folder), _neighbours(folder)
        remedy = f"dossiers there: {known}" if known else "name the folder with --datasets"
        raise InputError([Problem(where, 0, "", "", "is no folder", remedy)])
    fatal: list[Problem] = []
    problems: list[Problem] = []
    tables: dict[str, pd.DataFrame] = {}
    settings: Settings | None = None
    file = folder / "dossier.toml"
    try:
        settings = parse_settings(folder.name, shown_path(file), read_text(file))
    except InputError as error:
        fatal += error.problems
    for table in names:
        try:
            tables[table], bad = read_table(folder, table, encoding)
            problems += bad
        except InputError as error:
            fatal += error.problems
    if fatal or settings is None:
        raise InputError([*fatal, *problems])
    return settings, tables, problems


def _neighbours(folder: Path) -> str:
    if not folder.parent.is_dir():
        return ""
    return ", ".join(
        sorted({path.parent.name for path in folder.parent.glob("*/claims.*") if _is_claims(path)})
    )


def _is_claims(path: Path) -> bool:
    return path.suffix in (".csv", ".parquet")


def _check_all(
    raw: dict[str, pd.DataFrame],
    files: dict[str, str],
    settings: Settings,
    days: tuple[pd.Timestamp, dt.date | None],
    known_ids: Collection[str] | None,
    checked: bool,
) -> tuple[list[Problem], dict[str, pd.DataFrame], Columns]:
    """All problems of the tables, the tables with their dates and figures read, and codes.

    These are of the columns of the claims.
    """
    today, known_by = days
    problems = check_cut_figures(raw["claims"], files["claims"])
    cut = {problem.row for problem in problems}
    if cut:
        raw = raw | {"claims": raw["claims"][~raw["claims"]["row"].isin(cut)]}
        if raw["claims"].empty:
            return problems, raw, Columns(raw["claims"])
    day = today if known_by is None else pd.Timestamp(known_by)
    bad, frames = ([], dict(raw)) if checked else check_tables(raw, files)
    typed = by_id(raw["claims"])  # while columns are few, and ids are all compared by a look
    problems += bad + check_cells(typed, "claims", files["claims"])
    claims = by_id(typed.assign(id=claim_ids(typed))).reset_index(drop=True)
    columns = Columns(claims)
    problems += check_claims(claims, raw["sources"], raw["measures"], files["claims"], columns)
    frames["corrections"], bad = read_corrections(
        raw["corrections"],
        claims,
        raw["measures"],
        files["corrections"],
        settings.wording,
        known_ids,
    )
    problems += check_future(frames["corrections"], "date", today + GRACE, files["corrections"])
    ids = claims["id"] if known_ids is None else known_ids
    frames["waivers"], bad_waivers = _read_waivers(raw["waivers"], ids, files["waivers"], day)
    problems += bad + bad_waivers
    accepted = _without(frames["corrections"], files["corrections"], problems)
    if known_by is not None:
        accepted = accepted[accepted["date_last"] <= day]
    claims = apply_corrections(claims, accepted)
    columns = columns if accepted.empty else Columns(claims)
    claims, bad = read_dates(claims, files["claims"], DATE_COLUMNS, columns)
    problems += bad
    claims, bad = read_figures(claims, raw["measures"], files["claims"], settings.wording, columns)
    problems += bad
    problems += check_times(claims, today + GRACE, files["claims"])
    problems += check_units(claims, files["claims"])
    problems += check_numbers(claims, files["claims"])
    frames["claims"] = claims
    return list(dict.fromkeys(problems)), frames, columns


def check_tables(
    raw: dict[str, pd.DataFrame], files: dict[str, str]
) -> tuple[list[Problem], dict[str, pd.DataFrame]]:
    """Problems of all tables but claims that show without the claims, and the tables.

    Parameters
    ----------
    raw, files : dict
        As of `checked_dossier`; the claims are not looked at.
    """
    frames = dict(raw)
    problems: list[Problem] = []
    for table, frame in raw.items():
        if table != "claims":
            problems += check_cells(frame, table, files[table])
    problems += check_sources(raw["sources"], files["sources"])
    problems += check_measures(raw["measures"], files["measures"])
    frames["measures"], bad = read_dates(raw["measures"], files["measures"], ("closed",))
    problems += bad
    identities, bad = read_dates(raw["identities"], files["identities"], ("valid_from", "valid_to"))
    frames["identities"] = identities
    problems += bad
    problems += check_identities(identities, raw["measures"], files["identities"])
    return problems + check_validity(identities, files["identities"]), frames


def _read_waivers(
    waivers: pd.DataFrame, ids: Iterable[str], file: str, today: pd.Timestamp
) -> tuple[pd.DataFrame, list[Problem]]:
    waivers, problems = read_dates(waivers, file, ("until",))
    problems += check_waivers(waivers, ids, file)
    return waivers.assign(expired=waivers["until_last"] < today), problems


def _without(frame: pd.DataFrame, file: str, problems: list[Problem]) -> pd.DataFrame:
    bad = {problem.row for problem in problems if problem.file == file}
    return frame[~frame["row"].isin(bad)].reset_index(drop=True)


def _with_said(claims: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """When each claim was said: published, else as the context suggests, else a later as_of.

    For a fixed measure the day of the event says nothing of when it was said.
    """
    event = claims["as_of_first"].groupby(columns["measure"][0]).transform("min")
    later = (claims["kind"] != "fixed") | (claims["as_of_first"] > event)
    for end in ("first", "last"):
        said = claims[f"published_{end}"].fillna(claims[f"published_context_{end}"])
        claims[f"said_{end}"] = said.fillna(claims[f"as_of_{end}"].where(later))
    return claims
