"""What is wrong with a mapping's names, a table's figures and the claims made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analyzer.errors import Problem
from analyzer.imports.mapping import Cell, TableMapping, did_you_mean
from analyzer.model import CLAIMS
from analyzer.normalize import COUNTED, DATE_COLUMNS, read_dates, read_figures
from analyzer.validate.cells import check_cells
from analyzer.validate.claims import check_claims
from analyzer.validate.values import check_numbers, check_times, check_units
from analyzer.wording import Conventions

NAMED = ("source", "attributed_to", "via")  # cells that name sources
SPREADSHEET = r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+"  # 1.2E+05: the digits after it are lost
COMMAS = r"[\d,]*,[\d,]*"
GROUPED = r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{3}"  # 1,234,567 and 12,34,567
POINTED = r"\d{1,3}(?:\.\d{3})+"
AS_NUMBER = "type it as 1234 or 1,234"


def check_mapping(
    mapping: TableMapping,
    known: Mapping[str, pd.DataFrame],
    new: Mapping[str, pd.DataFrame],
    published: str,
) -> list[Problem]:
    """Measures and sources that are nowhere described, and described rows that are not right.

    Parameters
    ----------
    known, new : mapping
        For measures and sources the rows of dossier and mapping, and those of the mapping alone.
    published : str
        What `--published` says.
    """
    problems = []
    if published and mapping.vintage:
        message = "is given for a table whose versions bear their own days"
        problems.append(Problem("--published", 0, "", published, message, "leave it out"))
    named = {
        "measures": {series.measure for series in mapping.series},
        "sources": {
            name
            for series in mapping.series
            for key in NAMED
            for text in _texts(series.cells.get(key, Cell()))
            for name in map(str.strip, text.split(";"))
            if name
        },
    }
    for table, names in named.items():
        keys = set(known[table].iloc[:, 0])
        for name in sorted(names - keys):
            remedy = did_you_mean(name, keys, f"describe it under [{table}.{name}]")
            message = f"is in neither {table}.csv nor the mapping"
            problems.append(Problem(mapping.file, 0, table[:-1], name, message, remedy))
        if len(new[table]):
            problems += _check_rows(new[table].reset_index(drop=True), table, mapping.file)
    return problems


def _check_rows(rows: pd.DataFrame, table: str, file: str) -> list[Problem]:
    """Cells of the rows that a mapping describes, told of their place in it."""
    keys = list(rows.iloc[:, 0])
    return [
        replace(one, row=0, column=f"[{table}.{keys[one.row - 2]}] {one.column}")
        for one in check_cells(rows.assign(row=rows.index + 2), table, file)
    ]


def _texts(cell: Cell) -> list[str]:
    """What a cell can hold, as far as the mapping tells."""
    return [cell.default, cell.otherwise or "", *(cell.values or {}).values()]


def check_figures(found: pd.DataFrame, measures: pd.DataFrame, file: str) -> list[Problem]:
    """Numbers of a table that can be read in two ways, or that a spreadsheet has cut.

    Parameters
    ----------
    found : DataFrame
        `candidates.Candidates.frame`.
    measures : DataFrame
        With the `unit` of each measure.
    """
    text = found["value"]
    counted = found["measure"].isin(measures.loc[measures["unit"].isin(COUNTED), "measure"])
    rules = [
        (
            text.str.fullmatch(SPREADSHEET),
            "is in the short form of a spreadsheet, which drops digits",
            "show the column as whole numbers and save it again",
        ),
        (
            text.str.fullmatch(COMMAS) & ~text.str.fullmatch(GROUPED),
            "has a comma that doesn't part thousands",
            AS_NUMBER,
        ),
        (
            counted & text.str.fullmatch(POINTED) & ~text.str.fullmatch(r"\d+\.0+"),
            "can be a fraction or a number with thousands",
            AS_NUMBER,
        ),
    ]
    return [
        Problem(file, int(line), str(column), str(value), message, remedy)
        for wrong, message, remedy in rules
        for line, column, value in zip(
            found.loc[wrong, "line"],
            found.loc[wrong, "column"],
            found.loc[wrong, "value"],
            strict=True,
        )
    ]


def check_new_claims(
    new: pd.DataFrame,
    known: Mapping[str, pd.DataFrame],
    mapping: TableMapping,
    wording: Conventions,
    today: pd.Timestamp,
    file: str,
) -> list[Problem]:
    """Hold new claims against all rules of a dossier.

    Parameters
    ----------
    new : DataFrame
        `versions.Versions.new`.
    known : mapping
        Rows of sources and measures.

    Returns
    -------
    list of Problem
        Told of the cell of the table, or of the mapping, that each comes from.
    """
    if new.empty:
        return []
    claims = new.reindex(columns=list(CLAIMS), fill_value="").reset_index(drop=True)
    claims = claims.assign(row=claims.index + 2)
    problems = check_cells(claims, "claims", file)
    problems += check_claims(claims, known["sources"], known["measures"], file)
    dated, found = read_dates(claims, file, DATE_COLUMNS)
    problems += found
    read, found = read_figures(dated, known["measures"], file, wording)
    problems += found + check_times(read, today, file)
    problems += check_units(read, file) + check_numbers(read, file)
    return [_placed(problem, new.iloc[problem.row - 2], mapping) for problem in problems]


def _placed(problem: Problem, claim: pd.Series, mapping: TableMapping) -> Problem:
    """The problem of a claim, told of the cell of the table or the mapping that it comes from."""
    series = mapping.series[claim["series"]]
    line = int(claim["line"])
    if problem.column == "figure":
        unread = "or list it under 'empty' in the mapping if it stands for no figure"
        remedy = f"{problem.remedy}, {unread}" if "read" in problem.message else problem.remedy
        return replace(problem, row=line, column=series.column, remedy=remedy)
    if problem.column == "as_of":
        return replace(problem, row=line, column=mapping.date)
    if problem.column == "published" and mapping.vintage:
        return replace(problem, row=line, column=mapping.vintage)
    cell = series.cells.get("hours" if problem.column == "period_start" else problem.column, Cell())
    if cell.column:
        return replace(problem, row=line, column=cell.column)
    if problem.column in series.cells:
        place = f"[[series]] {series.column} {problem.column}"
        return replace(problem, file=mapping.file, row=0, column=place)
    return replace(problem, row=line)
