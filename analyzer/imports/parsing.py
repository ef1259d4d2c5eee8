"""The text of a mapping file (TOML) to a mapping, everything wrong with it told at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from analyzer.errors import InputError, Problem
from analyzer.imports.mapping import (
    CELL_KEYS,
    CLAIM_KEYS,
    HOLDINGS,
    LAYOUTS,
    SERIES_KEYS,
    TABLE_KEYS,
    Cell,
    Series,
    TableMapping,
    did_you_mean,
)
from analyzer.model import MEASURES, OPTIONAL, SOURCES

LISTS = ("leave_out", "empty")
LONG_ONLY = ("metric", "value", "rename", "vintages_hold")
SECTIONS = ("table", "claim", "series", "measures", "sources")
AS_TEXT = "give it as text in quotes"


def parse_mapping(file: str, text: str) -> TableMapping:
    """Read the text of a mapping file.

    Raises
    ------
    InputError
        With every unknown key, missing key and value of the wrong type.
    """
    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError([Problem(file, 0, "", "", f"is not TOML: {error}", "mend it")]) from error
    reader = _Reader(file)
    reader.known("", given, SECTIONS)
    table = reader.table(given.get("table"))
    shared = reader.cells("[claim]", given.get("claim", {}))
    series = reader.all_series(given.get("series"), shared)
    measures = reader.rows("measures", given.get("measures", {}), MEASURES)
    sources = reader.rows("sources", given.get("sources", {}), SOURCES)
    if reader.problems:
        raise InputError(reader.problems)
    return TableMapping(
        file=file,
        layout=table["layout"],
        date=table["date"],
        series=series,
        vintage=table.get("vintage", ""),
        metric=table.get("metric", ""),
        value=table.get("value", ""),
        complete=table.get("vintages_hold") != "changes",
        rename=table.get("rename", {}),
        leave_out=tuple(table.get("leave_out", ())),
        empty=tuple(table.get("empty", ())),
        measures=measures,
        sources=sources,
    )


class _Reader:
    """Reads the sections of one file and collects what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def wrong(self, place: str, text: object, message: str, remedy: str) -> None:
        """Note one problem."""
        shown = text if isinstance(text, str) else str(text)
        self.problems.append(Problem(self.file, 0, place, shown, message, remedy))

    def known(self, place: str, given: Mapping[str, object], keys: Iterable[str]) -> None:
        """Note every key that is not among the known ones."""
        for key in given:
            if key not in keys:
                self.wrong(place, key, "is not known here", did_you_mean(key, keys))

    def section(self, place: str, given: object) -> dict[str, Any]:
        """The section as a table, empty where it is something else."""
        if isinstance(given, dict):
            return given
        self.wrong(place, "", "is missing" if given is None else "is no table", f"write {place}")
        return {}

    def table(self, given: object) -> dict[str, Any]:
        """The keys of [table] that are of the right type."""
        table = self.section("[table]", given)
        self.known("[table]", table, TABLE_KEYS)
        fitting = {}
        for key in TABLE_KEYS:
            if key not in table:
                continue
            value = table[key]
            if not _fits(key, value):
                remedy = "give it as a list of texts" if key in LISTS else AS_TEXT
                remedy = "give it as old = 'new'" if key == "rename" else remedy
                self.wrong(f"[table] {key}", value, "is of the wrong type", remedy)
            fitting[key] = value
        self._choices(fitting)
        return fitting

    def _choices(self, table: Mapping[str, Any]) -> None:
        """What [table] lacks, and what doesn't go together."""
        for key, known in (("layout", LAYOUTS), ("vintages_hold", HOLDINGS)):
            if key in table and table[key] not in known:
                self.wrong(f"[table] {key}", table[key], "is not known", did_you_mean("", known))
        long = table.get("layout") == "long"
        for key in ("layout", "date", *(("metric", "value") if long else ())):
            if not table.get(key):
                self.wrong("[table]", key, "is missing", AS_TEXT)
        if table.get("layout") == "wide":
            for key in set(LONG_ONLY) & set(table):
                self.wrong("[table]", key, "is of a long table", "delete it, or make layout long")
        if long and table.get("vintage") and not table.get("vintages_hold"):
            remedy = "say everything or changes: what a version lacks was taken out, or stays"
            self.wrong("[table]", "vintages_hold", "is missing", remedy)
        if table.get("vintages_hold") == "changes" and not table.get("vintage"):
            remedy = "name the column with the version in 'vintage'"
            self.wrong("[table] vintages_hold", "changes", "is said of a single version", remedy)

    def cells(self, place: str, given: object, also: Iterable[str] = ()) -> dict[str, Cell]:
        """The cells of a claim that a section sets."""
        section = self.section(place, given)
        self.known(place, section, [*CLAIM_KEYS, *also])
        found = {}
        for key in CLAIM_KEYS:
            cell = self._cell(f"{place} {key}", section[key]) if key in section else None
            if cell is not None:
                found[key] = cell
        return found

    def _cell(self, place: str, given: object) -> Cell | None:
        if isinstance(given, str):
            return Cell(default=given)
        if not isinstance(given, dict) or not given.get("column"):
            remedy = "give a text, or { column = '...', values = { ... } }"
            self.wrong(place, given, "is of the wrong type", remedy)
            return None
        before = len(self.problems)
        self.known(place, given, CELL_KEYS)
        values = given.get("values")
        texts = [given[key] for key in CELL_KEYS if key in given and key != "values"]
        if not _all_text([*texts, *(values.values() if isinstance(values, dict) else ())]):
            self.wrong(place, given, "holds what is no text", "put it in quotes")
        elif "{}" not in given.get("template", "{}"):
            self.wrong(place, given["template"], "has no place for the column", "put {} into it")
        elif values is not None and not isinstance(values, dict):
            self.wrong(f"{place} values", values, "is no table", "write text = 'meaning'")
        elif "otherwise" in given and values is None:
            self.wrong(place, "otherwise", "stands without values", "add values, or use default")
        return None if len(self.problems) > before else Cell(**given)

    def all_series(self, given: object, shared: Mapping[str, Cell]) -> tuple[Series, ...]:
        """Each [[series]], the cells of [claim] filled in."""
        if not isinstance(given, list) or not given:
            remedy = "add a [[series]] with a column and its measure"
            self.wrong("", "[[series]]", "is missing", remedy)
            return ()
        return tuple(self._series(place, one, shared) for place, one in enumerate(given, 1))

    def _series(self, place: int, given: object, shared: Mapping[str, Cell]) -> Series:
        one = given if isinstance(given, dict) else {}
        section = f"[[series]] {one.get('column', place)}"
        cells = {**shared, **self.cells(section, given, SERIES_KEYS)}
        for key in ("column", "measure"):
            if not isinstance(one.get(key), str) or not one[key]:
                self.wrong(section, key, "is missing", AS_TEXT)
        for key in ("source", "attributed_to"):
            if key not in cells:
                self.wrong(section, key, "is missing", "give it there or under [claim]")
        where = one.get("where", {})
        if not isinstance(where, dict) or not _all_text(where.values()):
            self.wrong(f"{section} where", where, "is of the wrong type", "write column = 'text'")
            where = {}
        return Series(str(one.get("column")), str(one.get("measure")), cells, where)

    def rows(
        self, name: str, given: object, columns: Mapping[str, str]
    ) -> tuple[dict[str, str], ...]:
        """Rows for a table of the dossier, from [measures.KEY] or [sources.KEY]."""
        key = next(iter(columns))
        rows = []
        for value, row in self.section(f"[{name}]", given).items():
            place = f"[{name}.{value}]"
            cells = self.section(place, row)
            self.known(place, cells, [column for column in columns if column != key])
            for column in columns:
                needed = column != key and column not in OPTIONAL[name]
                if needed and not cells.get(column):
                    self.wrong(place, column, "is missing", AS_TEXT)
            if not _all_text(cells.values()):
                self.wrong(place, "", "holds what is no text", "put it in quotes")
            texts = {column: " ".join(str(cells.get(column, "")).split()) for column in columns}
            rows.append(texts | {key: value})
        return tuple(rows)


def _fits(key: str, value: object) -> bool:
    """Whether a value of [table] is of the type of its key."""
    if key == "rename":
        return isinstance(value, dict) and _all_text(value.values())
    if key in LISTS:
        return isinstance(value, list) and _all_text(value)
    return isinstance(value, str)


def _all_text(parts: Iterable[object]) -> bool:
    return all(isinstance(part, str) for part in parts)
