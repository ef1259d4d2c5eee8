"""What an import would add to a dossier, checked in full before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analyzer.errors import InputError, Problem
from analyzer.imports.candidates import list_candidates
from analyzer.imports.checks import check_figures, check_mapping, check_new_claims
from analyzer.imports.mapping import TableMapping
from analyzer.imports.removals import list_removals
from analyzer.imports.rows import check_columns, not_taken, read_rows
from analyzer.imports.versions import Versions, new_versions
from analyzer.model import CLAIMS, TABLES
from analyzer.settings import Settings


@dataclass(frozen=True, slots=True)
class Target:
    """The dossier that a table goes into.

    Attributes
    ----------
    settings : Settings
    tables : mapping
        claims, sources and measures as text, with `row`.
    claims_file : str
        Path of claims.csv as the user knows it.
    """

    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    claims_file: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows to append to the tables of a dossier, and what to tell of the rest.

    Attributes
    ----------
    rows : mapping
        For sources, measures and claims the rows to append, all columns as text.
    versions : Versions
    skipped : mapping
        How many figures the mapping leaves out, by the column that says so.
    not_taken : list of str
        Columns (metrics of a long table) that the mapping doesn't speak of.
    absent : list of str
        Metrics of the mapping that the table does not hold.
    """

    rows: Mapping[str, pd.DataFrame]
    versions: Versions
    skipped: Mapping[str, int]
    not_taken: list[str]
    absent: list[str]


def plan_import(
    table: pd.DataFrame,
    mapping: TableMapping,
    target: Target,
    *,
    file: str,
    published: str,
    today: dt.date,
) -> Plan:
    """Compare a table with a dossier.

    Parameters
    ----------
    table : DataFrame
        All its columns as text, the index being the line of each row.
    mapping : TableMapping
    target : Target
    file : str
        Path of the table as the user knows it.
    published : str
        Day of the table; "" to take what the mapping says.
    today : date
        Nothing can have been published after it.

    Raises
    ------
    InputError
        With everything that is wrong in the mapping, or else in the table.
    """
    rows = {name: _new_rows(mapping, target, name) for name in ("sources", "measures")}
    known = {name: pd.concat([target.tables[name], rows[name]]) for name in rows}
    problems = check_columns(table, mapping, file)
    problems += check_mapping(mapping, known, rows, published)
    if problems:
        raise InputError(problems)
    spread, problems = read_rows(table, mapping, file)
    kinds = dict(zip(known["measures"]["measure"], known["measures"]["kind"], strict=True))
    found = list_candidates(spread, mapping, kinds, published, file)
    problems += found.problems
    removed = list_removals(spread, mapping, published)
    if found.frame.empty and (mapping.complete or removed.empty):
        remedy = "compare the columns of the mapping with those of the table"
        nothing = Problem(file, 0, "", "", "holds no figure that the mapping takes", remedy)
        raise InputError(problems or [nothing])
    problems += check_figures(found.frame, known["measures"], file)
    claims = target.tables["claims"]
    versions, more = new_versions(found.frame, removed, claims, file, target.claims_file)
    problems += more
    wording = target.settings.wording
    problems += check_new_claims(versions.new, known, mapping, wording, pd.Timestamp(today), file)
    if problems:
        raise InputError(problems)
    new = versions.new.reindex(columns=list(CLAIMS), fill_value="").reset_index(drop=True)
    spare, absent = not_taken(table, mapping)
    return Plan(rows | {"claims": new}, versions, found.skipped, spare, absent)


def _new_rows(mapping: TableMapping, target: Target, name: str) -> pd.DataFrame:
    """Rows of the mapping whose key the dossier's table does not have."""
    described = mapping.sources if name == "sources" else mapping.measures
    frame = pd.DataFrame(list(described), columns=pd.Index(list(TABLES[name])), dtype="str")
    key = frame.columns[0]
    return frame[~frame[key].isin(target.tables[name][key])].reset_index(drop=True)
