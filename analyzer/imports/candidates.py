"""The rows of a table as claims: one candidate a figure and version, cells as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyzer.dates import DateError, Span, parse_date
from analyzer.errors import Problem
from analyzer.imports.mapping import Cell, Series, TableMapping, did_you_mean
from analyzer.imports.rows import Rows

CELLS = ["source", "attributed_to", "via", "scope", "status", "qualifier", "url", "note"]
CELLS += ["of", "hours", "published"]
LONGEST_PERIOD = 24 * 366 * 100  # hours; a longer one is no period but a slip
FLOAT_COUNT = r"^(\d+|\d{1,3}(?:,\d{3})+)\.0+$"  # a whole number, exported as a float


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a table claims.

    Attributes
    ----------
    frame : DataFrame
        The cells of a claim as text, and `line` and `column`, the figure's place in the table,
        `series`, its number in the mapping, `instant`, `current`, and `cites`: who is cited,
        where that is part of what the series is ("" where it can change from row to row).
    skipped : dict
        How many figures the mapping leaves out, by the column that says so.
    problems : tuple of Problem
    """

    frame: pd.DataFrame
    skipped: dict[str, int]
    problems: tuple[Problem, ...]


def list_candidates(
    rows: Rows, mapping: TableMapping, kinds: Mapping[str, str], published: str, file: str
) -> Candidates:
    """Read the figures of each series off the rows.

    Parameters
    ----------
    rows : Rows
    mapping : TableMapping
    kinds : mapping
        The kind of each measure.
    published : str
        Day of the table, or "" to take what the mapping says.
    file : str
        Path of the table as the user knows it.
    """
    days, problems = _days(rows, mapping, file)
    skipped: dict[str, int] = {}
    parts = []
    for number, series in enumerate(mapping.series):
        if series.column not in rows.cells:
            continue
        part, found = _part(rows, series, mapping, file)
        problems += found
        part = _without_skipped(part[part["as_of"].isin(days)], series, skipped)
        flow = kinds.get(series.measure) == "flow"
        start, found = _period(part, days, series, file) if flow else ("", [])
        problems += found
        constant = series.cells["attributed_to"].column == ""
        parts.append(
            part.assign(
                series=number,
                measure=series.measure,
                column=series.column,
                figure=_figure(part, kinds.get(series.measure, "")),
                period_start=start,
                published=published or part["published"],
                cites=part["attributed_to"] if constant else "",
            )
        )
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    return Candidates(frame, skipped, tuple(problems))


def _days(rows: Rows, mapping: TableMapping, file: str) -> tuple[dict[str, Span], list[Problem]]:
    """Each distinct date of the table; what is no date is a problem of each of its rows."""
    texts = rows.table[mapping.date]
    read: dict[str, Span] = {}
    problems = []
    for text in texts.unique():
        try:
            read[text] = parse_date(text)
        except DateError as error:
            message = "is no date" if text else "is blank"
            problems += [
                Problem(file, int(line), mapping.date, text, message, str(error))
                for line in rows.table.index[texts == text]
            ]
    return read, problems


def _part(
    rows: Rows, series: Series, mapping: TableMapping, file: str
) -> tuple[pd.DataFrame, list[Problem]]:
    """The figures of one series, each cell of its claim read off the row."""
    given = rows.cells[series.column] != ""
    for name, text in series.where.items():
        given &= rows.cells[name] == text
    part = pd.DataFrame(
        {
            "line": rows.lines.loc[given, series.column],
            "value": rows.cells.loc[given, series.column],
            "as_of": rows.cells.loc[given, mapping.date],
            "instant": rows.instant[given],
            "current": rows.current[given],
        }
    )
    problems: list[Problem] = []
    for key in CELLS:
        cell = series.cells.get(key, Cell(default="reported" if key == "status" else ""))
        part[key], found = read_cell(rows, given, cell, series, file)
        problems += found
    if mapping.vintage:
        part["published"] = rows.day[given]
    return part, problems


def read_cell(
    rows: Rows, chosen: pd.Series, cell: Cell, series: Series, file: str
) -> tuple[pd.Series, list[Problem]]:
    """One cell of the claims of a series, read off the chosen rows."""
    if not cell.column:
        return pd.Series(cell.default, index=chosen.index[chosen], dtype="str"), []
    texts, lines = _texts(rows, chosen, cell.column, series)
    return _meaning(cell, texts, lines, file)


def _texts(
    rows: Rows, given: pd.Series, column: str, series: Series
) -> tuple[pd.Series, pd.Series]:
    """A column beside the figures of a series, and the lines that it is read from."""
    if column in rows.cells:
        return rows.cells.loc[given, column], rows.lines.loc[given, column]
    lines = rows.said.loc[given, series.column]
    return pd.Series(rows.table.loc[lines, column].to_numpy(), lines.index, dtype="str"), lines


def _meaning(
    cell: Cell, texts: pd.Series, lines: pd.Series, file: str
) -> tuple[pd.Series, list[Problem]]:
    """What the texts of a column stand for in the claim."""
    meant, problems = texts, []
    if cell.values is not None:
        others = [text for text in texts.unique() if text and text not in cell.values]
        stands = {"": "", **dict.fromkeys(others, cell.otherwise or ""), **cell.values}
        meant = texts.map(stands).astype("str")
        if cell.otherwise is None:
            message = "is not among the values that the mapping gives for this column"
            problems = [
                Problem(
                    file,
                    int(lines[texts == text].min()),
                    cell.column,
                    text,
                    message,
                    did_you_mean(text, cell.values),
                )
                for text in others
            ]
    before, _, after = cell.template.partition("{}")
    meant = (before + meant + after).where(meant != "", "")
    return meant.where(texts != "", cell.default), problems


def _without_skipped(part: pd.DataFrame, series: Series, skipped: dict[str, int]) -> pd.DataFrame:
    """Leave out the rows without source or attribution, and count them by the column."""
    for key in ("source", "attributed_to"):
        blank = part[key] == ""
        name = series.cells[key].column
        if blank.any():
            skipped[name] = skipped.get(name, 0) + int(blank.sum())
        part = part[~blank]
    return part


def _figure(part: pd.DataFrame, kind: str) -> pd.Series:
    """The figure as the table has it, after its qualifier; 232.0 of a count is 232."""
    value = part["value"]
    if kind != "share":
        value = value.str.replace(FLOAT_COUNT, r"\1", regex=True)
    return (part["qualifier"] + " " + value).where(part["qualifier"] != "", value)


def _period(
    part: pd.DataFrame, days: Mapping[str, Span], series: Series, file: str
) -> tuple[pd.Series, list[Problem]]:
    """First day of the period of a flow: the day itself, or so many hours up to its end."""
    hours = pd.to_numeric(part["hours"].replace("", "24"), errors="coerce").astype("float64")
    wrong = ~hours.between(0, LONGEST_PERIOD)
    column = series.cells.get("hours", Cell()).column
    remedy = "give the hours that the figure covers as a number, as 24"
    problems = [
        Problem(file, int(line), column, text, "is no number of hours", remedy)
        for line, text in zip(part.loc[wrong, "line"], part.loc[wrong, "hours"], strict=True)
    ]
    before = np.ceil(np.maximum(hours.mask(wrong, 24), 24) / 24) - 1
    first = part["as_of"].map({text: pd.Timestamp(span.first) for text, span in days.items()})
    start = first.astype("datetime64[s]") - pd.to_timedelta(before, unit="D")
    return start.dt.strftime("%Y-%m-%d").astype("str"), problems
