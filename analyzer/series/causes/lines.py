"""Series as arrays, with what is usual for their steps; the tests of causes read from these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.dates import show_span
from analyzer.series.panel import latest

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.datetime64]

REACH = 15  # steps on each side that say what is usual: two weeks of a daily series
FEWEST_STEPS = 4  # fewer neighbouring steps say nothing of what is usual
NORMAL = 1.4826  # the median absolute deviation times this is a normal distribution's sigma
LEAST_SPREAD = 0.1  # of the median: a series that grows by the same number each day may still vary


@dataclass(frozen=True, slots=True)
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

    def days(self, before: int, after: int) -> float:
        """Days from one figure to another."""
        return float((self.at[after] - self.at[before]) / np.timedelta64(1, "D"))

    def place(self, day: np.datetime64) -> int:
        """Place of the figure of a day; -1 if there is none."""
        found = int(np.searchsorted(self.at, day))
        return found if found < len(self) and self.at[found] == day else -1

    def place_until(self, day: np.datetime64) -> int:
        """Place of the last figure of that day or of one before it; -1 if there is none."""
        return int(np.searchsorted(self.at, day, side="right")) - 1


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
    """

    lines: Mapping[str, Line]
    links: Mapping[tuple[str, str], tuple[str, ...]]
    back: Mapping[tuple[str, str], tuple[str, ...]]
    slips: Mapping[str, Slip]
    labels: Mapping[str, str]
    wrong_years: Mapping[str, np.datetime64]
    wrong_columns: Mapping[str, OtherColumn]

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


def build_lines(panel: pd.DataFrame) -> dict[str, Line]:
    """The last version of each series; of two periods that end on one day, the later published."""
    rows = latest(panel).sort_values(["series", "at", "published", "first"], na_position="first")
    rows = rows.drop_duplicates(["series", "at"], keep="last")
    return {str(series): _line(part) for series, part in rows.groupby("series", sort=True)}


def build_links(
    links: pd.DataFrame, one: str = "series", other: str = "other"
) -> dict[tuple[str, str], tuple[str, ...]]:
    """`links.link_series` as a mapping from one of its columns to the other."""
    ordered = links.sort_values([one, "relation", other])
    return {
        (str(key[0]), str(key[1])): tuple(part[other])
        for key, part in ordered.groupby([one, "relation"], sort=True)
    }


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


def _line(part: pd.DataFrame) -> Line:
    head = part.iloc[0]
    return Line(
        series=str(head["series"]),
        measure=str(head["measure"]),
        source=str(head["source"]),
        kind=str(head["kind"]),
        at=part["at"].to_numpy("datetime64[D]"),
        first=part["first"].to_numpy("datetime64[D]"),
        value=part["value"].to_numpy("float64"),
        low=part["low"].to_numpy("float64"),
        high=part["high"].to_numpy("float64"),
        claim=part["claim"].to_numpy(dtype=object),
        authority=part["authority"].to_numpy(dtype=object),
        status=part["status"].to_numpy(dtype=object),
        published=part["published"].to_numpy("datetime64[D]"),
    )


def show_day(day: np.datetime64) -> str:
    """ "22 January 2025"."""
    return show_span(day.astype(object), day.astype(object))


def rates(line: Line, place: int, skip: Iterable[int] = (), reach: int = REACH) -> Floats:
    """Daily rates of the steps around a figure.

    A step bears the place of its later figure; the steps in `skip` are left out, and so are
    falls, which are no growth.
    """
    around = np.arange(max(1, place - reach), min(len(line), place + reach + 1))
    around = around[~np.isin(around, list(skip))]
    days = (line.at[around] - line.at[around - 1]) / np.timedelta64(1, "D")
    found = (line.value[around] - line.value[around - 1]) / np.where(days > 0, days, np.nan)
    return np.asarray(found[found >= 0], dtype="float64")


def likeness(step: float, days: float, usual: Floats) -> float:
    """How well a step fits those around it: 1 for the usual one, towards 0 far from it.

    A Cauchy weight 1 / (1 + (d / 2s)^2) of the distance d from the median rate in units of the
    robust spread s; counts vary by their square root at least, so that s is no less than that.
    """
    if len(usual) < FEWEST_STEPS or days <= 0:
        return 0.5
    median, spread = centre(usual)
    spread = max(spread, np.sqrt(max(median, 1.0) / days))
    return float(1 / (1 + (abs(step / days - median) / (2 * spread)) ** 2))


def centre(usual: Floats) -> tuple[float, float]:
    """Median and robust spread of daily rates."""
    median = float(np.median(usual))
    spread = float(np.median(np.abs(usual - median))) * NORMAL
    return median, max(spread, LEAST_SPREAD * median)


def usual_range(
    line: Line, place: int, days: float, skip: Iterable[int] = ()
) -> tuple[float, float]:
    """What a step over so many days usually is: two spreads about the median, not below 0."""
    found = rates(line, place, skip)
    if len(found) < FEWEST_STEPS:
        return np.nan, np.nan
    median, spread = centre(found)
    return max(0.0, median - 2 * spread) * days, (median + 2 * spread) * days
