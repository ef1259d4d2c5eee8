"""A table as one row a day and version, whatever its layout.

A long table is spread to one column a metric. Where its versions hold only what changed, a row
carries on what earlier versions gave for its day, as the compactified archive of
cmu-delphi/epiprocess is filled up (R/archive.R, R/methods-epi_archive.R: epix_as_of).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fnmatch import fnmatchcase

import pandas as pd

from analyzer.errors import Problem
from analyzer.imports.mapping import TableMapping, did_you_mean

STATE_KEYS = ("scope", "source", "attributed_to", "via")  # cells that tell rows of one day apart
LINE, INSTANT, DAY, METRIC = "\0line", "\0instant", "\0day", "\0metric"  # no header has these


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table, one a day and version.

    Attributes
    ----------
    table : DataFrame
        The table as it was read; the index is the line of each row.
    cells : DataFrame
        Text of each column (wide), or of each metric and key (long); "" where there is none.
    lines : DataFrame
        The line that each cell stands on, same shape.
    said : DataFrame
        The line of the version that gives the cell, same shape: `lines`, except where a version
        that holds only changes leaves the cell as it was.
    gone : DataFrame of bool
        The version says that there is no figure, by column of figures. One that holds only changes
        says so with a blank cell; where it leaves a cell out, the figure stays.
    instant : Series of int
        When the version was made, in seconds; 0 without versions.
    day : Series of str
        The day of the version, in UTC; "" without versions.
    current : Series of bool
        The row is what the last version holds.
    """

    table: pd.DataFrame
    cells: pd.DataFrame
    lines: pd.DataFrame
    said: pd.DataFrame
    gone: pd.DataFrame
    instant: pd.Series
    day: pd.Series
    current: pd.Series


def check_columns(table: pd.DataFrame, mapping: TableMapping, file: str) -> list[Problem]:
    """Columns that the mapping names and the table lacks."""
    header = {str(column) for column in table.columns}
    named = {"date": mapping.date, "vintage": mapping.vintage}
    named |= {"metric": mapping.metric, "value": mapping.value}
    places = [(f"[table] {key}", name, header) for key, name in named.items() if name]
    present = header | (_metrics(table, mapping) if mapping.metric in header else set())
    for series in mapping.series:
        section = f"[[series]] {series.column}"
        if mapping.layout == "wide":
            places.append((f"{section} column", series.column, header))
        places += [
            (f"{section} {key}", cell.column, present)
            for key, cell in series.cells.items()
            if cell.column
        ]
        places += [(f"{section} where", name, header) for name in series.where]
    return [
        Problem(mapping.file, 0, place, name, f"is no column of {file}", did_you_mean(name, known))
        for place, name, known in places
        if name not in known
    ]


def not_taken(table: pd.DataFrame, mapping: TableMapping) -> tuple[list[str], list[str]]:
    """Columns or metrics that the mapping doesn't speak of, and metrics that the table lacks."""
    wanted = {series.column for series in mapping.series}
    used = wanted | mapping.read_columns | {mapping.date, mapping.vintage}
    present = {str(column) for column in table.columns}
    if mapping.layout == "long":
        present = _metrics(table, mapping)
    spare = [
        name
        for name in sorted(present - used)
        if not any(fnmatchcase(name, pattern) for pattern in mapping.leave_out)
    ]
    return spare, sorted(wanted - present)


def _metrics(table: pd.DataFrame, mapping: TableMapping) -> set[str]:
    return set(table[mapping.metric].replace(dict(mapping.rename))) - {""}


def read_rows(table: pd.DataFrame, mapping: TableMapping, file: str) -> tuple[Rows, list[Problem]]:
    """The table as one row a day and version.

    Parameters
    ----------
    table : DataFrame
        Text; the index is the line of each row.
    mapping : TableMapping
        Its columns are all in the table (`check_columns`).
    file : str
        Path of the table as the user knows it.
    """
    long = mapping.layout == "long"
    columns = sorted({series.column for series in mapping.series})
    held = [mapping.value] if long else columns
    nothing = dict.fromkeys(mapping.empty, "")
    table = table.assign(**{name: table[name].replace(nothing) for name in held})
    stamped, problems = _stamped(table, mapping, file)
    keys = _keys(mapping, table)
    if long:
        cells, lines, said, gone, found = _spread(stamped, keys, mapping, file)
        problems += found
    else:
        cells = stamped.reset_index(drop=True)
        lines = said = pd.DataFrame(dict.fromkeys(table.columns, table.index))
        gone = cells[columns] == ""
    instant = cells[INSTANT]
    last = instant if mapping.complete else instant.groupby([cells[key] for key in keys])
    current = instant == (last.max() if mapping.complete else last.transform("max"))
    return Rows(table, cells, lines, said, gone, instant, cells[DAY], current), problems


def _keys(mapping: TableMapping, table: pd.DataFrame) -> list[str]:
    """The columns that tell one row of a table from another, besides its version."""
    named = {
        cell.column
        for series in mapping.series
        for key, cell in series.cells.items()
        if key in STATE_KEYS
    }.union(*(series.where for series in mapping.series))
    return [mapping.date, *sorted((named & set(table.columns)) - {mapping.date})]


def _stamped(
    table: pd.DataFrame, mapping: TableMapping, file: str
) -> tuple[pd.DataFrame, list[Problem]]:
    """Add the time of each row's version, in seconds and as a day; days are those of UTC.

    The stamps of one archive can be of several time zones; the days as they are written would
    then not follow the order in which the versions were made.
    """
    if not mapping.vintage:
        nothing = pd.DataFrame({INSTANT: 0, DAY: ""}, index=table.index)
        return table.join(nothing), []
    problems: list[Problem] = []
    texts = table[mapping.vintage]
    instants, days = {}, {}
    for text in texts.unique():
        instants[text], days[text] = 0, ""
        try:
            stamp = dt.datetime.fromisoformat(text)
        except ValueError:
            what = "is no time of a version" if text else "is blank"
            remedy = "type year-month-day, as 2025-01-22, or 2025-01-22T09:30:00+00:00"
            problems += [
                Problem(file, int(line), mapping.vintage, text, what, remedy)
                for line in table.index[texts == text]
            ]
            continue
        utc = stamp.astimezone(dt.UTC) if stamp.tzinfo else stamp.replace(tzinfo=dt.UTC)
        instants[text], days[text] = int(utc.timestamp()), utc.date().isoformat()
    instant, day = texts.map(instants).astype("int64"), texts.map(days).astype("str")
    return table.join(pd.DataFrame({INSTANT: instant, DAY: day})), problems


def _spread(
    table: pd.DataFrame, keys: list[str], mapping: TableMapping, file: str
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame, list[Problem]]:
    """A long table with a column a metric: cells, their lines, those of their versions, `gone`."""
    metric = table[mapping.metric].replace(dict(mapping.rename))
    wanted = {series.column for series in mapping.series} | mapping.read_columns
    told = pd.DataFrame({METRIC: metric, LINE: table.index}, index=table.index)
    index = [*keys, INSTANT, DAY]
    long, problems = _single(table.join(told)[metric.isin(wanted)], [*index, METRIC], mapping, file)
    texts, own = (
        long.pivot_table(index=index, columns=METRIC, values=values, aggfunc="first")
        for values in (mapping.value, LINE)
    )
    if mapping.complete:
        texts, own = (_in_each_version(spread, keys, table) for spread in (texts, own))
    begins = table.assign(line=table.index).groupby(INSTANT)["line"].min()
    begins = pd.Series(begins.loc[texts.index.get_level_values(INSTANT)].to_numpy(), texts.index)
    version = own.T.min().fillna(begins)
    filled = [texts, own] if mapping.complete else [_filled(texts, keys), _filled(own, keys)]
    gone = (texts.fillna("") if mapping.complete else texts) == ""
    return (
        texts.index.to_frame(index=False).join(filled[0].fillna("").reset_index(drop=True)),
        _lines(filled[1], keys, version),
        _lines(own, keys, version),
        gone.reset_index(drop=True),
        problems,
    )


def _in_each_version(spread: pd.DataFrame, keys: list[str], table: pd.DataFrame) -> pd.DataFrame:
    """Every row of the table in every version, blank in those that don't have it."""
    rows = spread.index.to_frame(index=False)[keys].drop_duplicates()
    every = rows.merge(table[[INSTANT, DAY]].drop_duplicates(), how="cross")
    return spread.reindex(spread.index.union(pd.MultiIndex.from_frame(every)))


def _filled(spread: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """What each version leaves out stays as the version before gave it."""
    return spread.groupby(level=keys).ffill()


def _lines(lines: pd.DataFrame, keys: list[str], version: pd.Series) -> pd.DataFrame:
    """Lines as whole numbers; what has none, and the keys, stand on the first of their version."""
    filled = pd.DataFrame({name: lines[name].fillna(version) for name in lines.columns})
    filled = filled.join(pd.DataFrame(dict.fromkeys(keys, version)))
    return filled.astype("int64").reset_index(drop=True)


def _single(
    long: pd.DataFrame, keys: list[str], mapping: TableMapping, file: str
) -> tuple[pd.DataFrame, list[Problem]]:
    """One row a key; two values of one key are a problem.

    Where a metric was renamed, its old name loses the figure in the version that gives it under
    the new one; that it is gone says nothing then.
    """
    value = mapping.value
    renamed = long[METRIC] != long[mapping.metric]
    goes_on = long[value].ne("").groupby([long[key] for key in keys]).transform("any")
    long = long[~(renamed & goes_on & (long[value] == ""))]
    first = long.drop_duplicates(keys).set_index(keys)[[value, LINE]]
    beside = long[long.duplicated(keys)].join(first.add_suffix("_first"), on=keys)
    clash = beside[beside[value] != beside[f"{value}_first"]]
    problems = [
        Problem(
            file,
            int(line),
            value,
            text,
            f"stands beside '{other}' in row {int(one)} for one metric, day and version",
            "keep the right one",
        )
        for line, text, one, other in zip(
            clash[LINE], clash[value], clash[f"{LINE}_first"], clash[f"{value}_first"], strict=True
        )
    ]
    return long.drop_duplicates(keys), problems
