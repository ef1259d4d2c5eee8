"""Figures that a version of a table takes out: its rows that have a blank where one can stand."""

from __future__ import annotations

import pandas as pd

from analyzer.imports.candidates import read_cell
from analyzer.imports.mapping import Cell, Series, TableMapping
from analyzer.imports.rows import Rows

OWN = ("source", "scope", "published", "url", "note")  # the rest is that of the figure taken back
COLUMNS = ["line", "as_of", "instant", *OWN, "series", "measure", "column", "cites"]


def list_removals(rows: Rows, mapping: TableMapping, published: str) -> pd.DataFrame:
    """Where each version has no figure, whether or not there was one before.

    A row whose source or scope can't be read is left out: nothing tells which figure is gone.
    So is one without a day of publication: it may be older than the figure.

    Parameters
    ----------
    rows : Rows
    mapping : TableMapping
    published : str
        Day of the table, or "" to take what the mapping says.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, as those of `candidates.Candidates.frame`.
    """
    parts = [
        _part(rows, series, mapping).assign(series=number, measure=series.measure)
        for number, series in enumerate(mapping.series)
        if series.column in rows.gone
    ]
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.assign(published=published or frame["published"])
    return frame[(frame["source"] != "") & (frame["published"] != "")][COLUMNS]


def _part(rows: Rows, series: Series, mapping: TableMapping) -> pd.DataFrame:
    """The blanks of one series."""
    gone = rows.gone[series.column].copy()
    for name, text in series.where.items():
        gone &= rows.cells[name] == text
    part = pd.DataFrame(
        {
            "line": rows.lines.loc[gone, series.column],
            "as_of": rows.cells.loc[gone, mapping.date],
            "instant": rows.instant[gone],
        }
    )
    read = pd.Series(True, part.index)
    for key in OWN:
        cell = series.cells.get(key, Cell())
        part[key], problems = read_cell(rows, gone, cell, series, mapping.file)
        if key in ("source", "scope") and problems:
            unread = [problem.text for problem in problems]
            read &= ~read_cell(rows, gone, Cell(cell.column), series, mapping.file)[0].isin(unread)
    if mapping.vintage:
        part["published"] = rows.day[gone]
    cited = series.cells["attributed_to"]
    return part[read].assign(column=series.column, cites="" if cited.column else cited.default)
