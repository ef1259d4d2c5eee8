"""Which column of a table is which measure: the mapping as a checked value."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

LAYOUTS: Final = {
    "wide": "one row a day, one column a measure",
    "long": "one row a figure; one column names what it counts, one holds it",
}
HOLDINGS: Final = {
    "everything": "each version of the table repeats all its figures; one it lacks was taken out",
    "changes": "each version holds only the figures that changed; a blank one was taken out",
}
TABLE_KEYS: Final = {
    "layout": "wide or long.",
    "date": "Column with the day that the figures speak of.",
    "vintage": "Column with the time at which each version was made; its day in UTC becomes "
    "`published`. Left out: the table is one version.",
    "vintages_hold": "everything or changes: needed for long tables with versions, and only there.",
    "metric": "Long: column that names what is counted.",
    "value": "Long: column that holds the figure.",
    "rename": "Long: old names of metrics and the names they go on under.",
    "leave_out": "Columns or metrics that are not taken, on purpose; * stands for any text.",
    "empty": "Texts that stand for no figure, besides the blank cell.",
}
CLAIM_KEYS: Final = {
    "source": "Who publishes; a row for which it is blank is left out.",
    "attributed_to": "Who is cited; a row for which it is blank is left out.",
    "via": "Relays between the two.",
    "scope": "What the count is limited to.",
    "of": "For a share: the measure that it is a share of.",
    "status": "reported where left out; a figure that the table takes out is withdrawn.",
    "qualifier": "Words before the figure: about, more than.",
    "hours": "Length of the period that a flow covers, up to its day; 24 where left out.",
    "published": "When the figure was published; blank where left out.",
    "url": "Address of the page.",
    "note": "Anything a reader of the row should know.",
}
SERIES_KEYS: Final = {
    "column": "The column (wide) or metric (long) that holds the figures.",
    "measure": "A key of measures.csv, or of [measures] below.",
    "where": "Columns, and the text that a row must have there to be of the series.",
}
CELL_KEYS: Final = {
    "column": "Column, or metric of a long table, that the cell is taken from.",
    "values": "What each text of the column stands for; a text that is not there is an error.",
    "otherwise": "What every other text stands for.",
    "default": "What a blank cell stands for.",
    "template": "Text around it, with {} in its place.",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one cell of a claim comes from: a constant (`default`) or a column.

    Attributes are the keys of `CELL_KEYS`; `column` is "" for a constant, `values` and
    `otherwise` are None where they are left out.
    """

    column: str = ""
    values: Mapping[str, str] | None = None
    otherwise: str | None = None
    default: str = ""
    template: str = "{}"


@dataclass(frozen=True, slots=True)
class Series:
    """One column of figures: its measure, and the cells of its claims by `CLAIM_KEYS`."""

    column: str
    measure: str
    cells: Mapping[str, Cell]
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableMapping:
    """All that a mapping file says: the keys of `TABLE_KEYS`, its series, and more.

    Attributes
    ----------
    file : str
        Path of the mapping file as the user knows it.
    complete : bool
        Each version repeats all its figures.
    measures, sources : tuple of mapping
        Rows for measures.csv and sources.csv.
    """

    file: str
    layout: str
    date: str
    series: tuple[Series, ...]
    vintage: str = ""
    metric: str = ""
    value: str = ""
    complete: bool = True
    rename: Mapping[str, str] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    measures: tuple[Mapping[str, str], ...] = ()
    sources: tuple[Mapping[str, str], ...] = ()

    @property
    def read_columns(self) -> set[str]:
        """Columns and metrics that cells of claims are taken from, and that rows are told by."""
        cells = (cell for series in self.series for cell in series.cells.values())
        named = {cell.column for cell in cells if cell.column}
        return named.union(*(series.where for series in self.series))


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """A remedy that names the nearest known name, else `otherwise`, else all known names."""
    names = sorted(set(known))
    near = difflib.get_close_matches(name, names, n=1)
    return f"did you mean '{near[0]}'?" if near else otherwise or f"known are {', '.join(names)}"
