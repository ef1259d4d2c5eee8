"""Series as arrays, with what is usual for their steps; the tests of causes read from these."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.arrays import Integers, begins, seconds
from analyzer.dates import show_span
from analyzer.series.cut import each_series, heads
from analyzer.series.panel import latest_rows

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.datetime64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

REACH = 15  # steps on each side that say what is usual: two weeks of a daily series
FEWEST_STEPS = 4  # fewer neighbouring steps say nothing of what is usual
NORMAL = 1.4826  # the median absolute deviation times this is a normal distribution's sigma
LEAST_SPREAD = 0.1  # of the median: a series that grows by the same number each day may still vary
SHARED = ("series", "measure", "source", "kind")
CELLS = {
    **dict.fromkeys(("at", "first", "published"), "datetime64[D]"),
    **dict.fromkeys(("value", "low", "high"), "float64"),
    **dict.fromkeys(("claim", "authority", "status"), "object"),
}


@dataclass(frozen=True)
class Line:
    """The last published version of one series, in the order of its days."""

    series: str
    measure: str
    source: str
    kind: str
    at: Days
    first: Days
    value: Floats
    low: Floats
    high: Floats
    claim: npt.NDArray[Any]
    authority: npt.NDArray[Any]
    status: npt.NDArray[Any]
    published: Days

    def __len__(self) -> int:
        """Number of figures."""
        return len(self.value)

    @cached_property
    def day(self) -> Integers:
        """Number of the day of each figure."""
        return self.at.astype(np.int64)

    @cached_property
    def rate(self) -> Floats:
        """Daily rate of the step to each figure; NaN for the first."""
        return np.asarray(np.r_[np.nan, np.diff(self.value) / np.diff(self.day)])

    def days(self, before: int, after: int) -> float:
        """Days from one figure to another."""
        return float(self.day[after] - self.day[before])

    def place(self, day: np.datetime64) -> int:
        """Place of the figure of a day; -1 if there is none."""
        found = int(self.at.searchsorted(day))
        return found if found < len(self) and self.at[found] == day else -1

    def shared(self, other: Line) -> tuple[Places, Places]:
        """Places of the days that both lines have, in each of them."""
        there = np.searchsorted(other.at, self.at)
        there = np.minimum(there, len(other) - 1)
        own = np.flatnonzero(other.at[there] == self.at)
        return own, there[own]

    def place_until(self, day: np.datetime64) -> int:
        """Place of the last figure of that day or of one before it; -1 if there is none."""
        return int(self.at.searchsorted(day, side="right")) - 1


@dataclass(frozen=True, slots=True)
class Slip:
    """One row of `slips.find_slips`: a figure that is probably mistyped."""

    cause: str
    likelihood: float
    suggestion: float
    suggestions: tuple[float, ...]
    evidence: tuple[tuple[str, str], ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OtherColumn:
    """The column whose figure stands in place of one's own, and on how many days in a row."""

    label: str
    claim: str
    days: int


@dataclass(frozen=True, slots=True)
class Book:
    """All series of a dossier, how they are linked, and what else is known of their claims.

    Attributes
    ----------
    lines : mapping
        By series.
    links, back : mapping
        (series, relation) to the other series in alphabetical order, and the other way round.
    slips : mapping
        By claim.
    labels : mapping
        Name of each measure.
    wrong_years : mapping
        Claims that most likely bear a wrong year, to the day that fits.
    wrong_columns : mapping
        Claims of whole runs that are another column's figures.
    groups : mapping
        Group of each measure: those of one source and group stand on one page. All, if not given.
    pages : mapping
        `pages_of` the lines.
    """

    lines: Mapping[str, Line]
    links: Mapping[tuple[str, str], tuple[str, ...]]
    back: Mapping[tuple[str, str], tuple[str, ...]]
    slips: Mapping[str, Slip]
    labels: Mapping[str, str]
    wrong_years: Mapping[str, np.datetime64]
    wrong_columns: Mapping[str, OtherColumn]
    groups: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[tuple[str, str], list[Line]] = field(init=False)

    def __post_init__(self) -> None:
        """Lines are sought by page."""
        object.__setattr__(self, "pages", pages_of(self.lines.values(), self.groups))

    def page(self, line: Line) -> list[Line]:
        """All series that stand on the page of one, with itself."""
        return self.pages[line.source, self.groups.get(line.measure, "")]

    def linked(self, series: str, *relations: str) -> list[Line]:
        """Series that stand in one of the relations to this one."""
        return [
            self.lines[other]
            for relation in relations
            for other in self.links.get((series, relation), ())
            if other in self.lines
        ]

    def linking(self, series: str, relation: str) -> list[Line]:
        """Series that stand in the relation the other way round."""
        found = self.back.get((series, relation), ())
        return [self.lines[one] for one in found if one in self.lines]


def pages_of(lines: Iterable[Line], groups: Mapping[str, str]) -> dict[tuple[str, str], list[Line]]:
    """Lines by source and group of measures."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        found.setdefault((line.source, groups.get(line.measure, "")), []).append(line)
    return found


def build_lines(panel: pd.DataFrame) -> dict[str, Line]:
    """The last version of each series; of two periods that end on one day, the later published."""
    rows = latest_rows(panel)
    _, series = heads(panel)
    at, published, first = (seconds(panel[name])[rows] for name in ("at", "published", "first"))
    order = np.lexsort((first, published, at, series[rows]))
    rows, at = rows[order], at[order]
    ends = np.r_[begins(series[rows], at), len(rows)][1:]
    kept = rows[ends - 1]
    return {own["series"]: Line(**own) for own in each_series(panel, SHARED, CELLS, kept)}


def build_links(
    links: pd.DataFrame, one: str = "series", other: str = "other"
) -> dict[tuple[str, str], tuple[str, ...]]:
    """`links.link_series` as a mapping from one of its columns to the other."""
    found: dict[tuple[str, str], list[str]] = {}
    columns = (links[column].tolist() for column in (one, "relation", other))
    for key, relation, name in zip(*columns, strict=True):
        found.setdefault((key, relation), []).append(name)
    return {key: tuple(sorted(names)) for key, names in found.items()}


def build_slips(slips: pd.DataFrame) -> dict[str, Slip]:
    """`slips.find_slips` by claim; of two rows of one claim the likelier."""
    ordered = slips.sort_values(["likelihood", "claim", "cause"], ascending=[False, True, True])
    return {
        str(row["claim"]): Slip(
            str(row["cause"]),
            float(row["likelihood"]),
            float(row["suggestion"]),
            tuple(float(one.value) for one in row["suggestions"]),
            (("slip", str(row["evidence"])),) if row["evidence"] else (),
            float(row["low"]),
            float(row["high"]),
        )
        for row in ordered.drop_duplicates("claim").to_dict("records")
    }


def show_day(day: np.datetime64) -> str:
    """ "22 January 2025"."""
    return show_span(day.astype(object), day.astype(object))


def rates(line: Line, place: int, skip: Iterable[int] = (), reach: int = REACH) -> Floats:
    """Daily rates of the steps around a figure.

    A step bears the place of its later figure; the steps in `skip` are left out, and so are
    falls, which are no growth.
    """
    first, last = max(1, place - reach), min(len(line), place + reach + 1)
    found = line.rate[first:last].copy()
    for one in skip:
        if first <= one < last:
            found[one - first] = np.nan
    return np.asarray(found[found >= 0], dtype="float64")


def likeness(step: float, days: float, usual: Floats) -> float:
    """How well a step fits those around it: 1 for the usual one, towards 0 far from it.

    A Cauchy weight 1 / (1 + (d / 2s)^2) of the distance d from the median rate in units of the
    robust spread s; counts vary by their square root at least, so that s is no less than that.
    """
    if len(usual) < FEWEST_STEPS or days <= 0:
        return 0.5
    middle, spread = centre(usual)
    spread = max(spread, math.sqrt(max(middle, 1.0) / days))
    return float(1 / (1 + (abs(step / days - middle) / (2 * spread)) ** 2))


def centre(usual: Floats) -> tuple[float, float]:
    """Median and robust spread of daily rates."""
    found = usual.tolist()
    middle = median(found)
    spread = median([abs(one - middle) for one in found]) * NORMAL
    return middle, max(spread, LEAST_SPREAD * middle)


def usual_range(
    line: Line, place: int, days: float, skip: Iterable[int] = ()
) -> tuple[float, float]:
    """What a step over so many days usually is: two spreads about the median, not below 0."""
    found = rates(line, place, skip)
    if len(found) < FEWEST_STEPS:
        return np.nan, np.nan
    middle, spread = centre(found)
    return max(0.0, middle - 2 * spread) * days, (middle + 2 * spread) * days
