"""Figures of running totals that are dated a year too early or too late."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

import numpy as np

from analyzer.series.causes.lines import Days, Flags, Line

YEAR = np.timedelta64(365, "D")


def wrong_years(lines: Iterable[Line]) -> dict[str, np.datetime64]:
    """Claims of running totals that most likely bear a wrong year, to the day that fits them.

    A claim is looked at when it stands outside the longest run of figures that never fall
    (Schensted 1961, Canadian Journal of Mathematics 13). It bears a wrong year when a year
    earlier or later the series has no figure, and the figures around that day hold it.
    """
    found: dict[str, np.datetime64] = {}
    for line in lines:
        long = line.at[-1] - line.at[0] > YEAR  # else no day a year off lies within it
        if line.kind == "cumulative" and long and (np.diff(line.value) < 0).any():
            fitting = _fitting_years(line, _longest_rise(line))
            found |= {line.claim[place]: fitting[place] for place in sorted(fitting)}
    return found


def _longest_rise(line: Line) -> Flags:
    """Which figures belong to the longest run that never falls."""
    tails: list[float] = []
    ends: list[int] = []
    parents = []
    for place, value in enumerate(line.value.tolist()):
        spot = bisect_right(tails, value)
        parents.append(ends[spot - 1] if spot else -1)
        if spot == len(tails):
            tails.append(value)
            ends.append(place)
        else:
            tails[spot], ends[spot] = value, place
    kept = np.zeros(len(line), dtype=bool)
    place = ends[-1] if ends else -1
    while place >= 0:
        kept[place] = True
        place = parents[place]
    return kept


def _fitting_years(line: Line, kept: Flags) -> dict[int, np.datetime64]:
    """By place of figures that were not kept, the day exactly a year off that holds them."""
    at, value, places = line.at[kept], line.value[kept], np.flatnonzero(~kept)
    own = line.value[places]
    found: dict[int, np.datetime64] = {}
    for years in (-1, 1):  # where both fit, it is the later one
        days = _years_on(line.at[places], years)
        spot = np.searchsorted(at, days)
        before, after = np.maximum(spot - 1, 0), np.minimum(spot, len(at) - 1)
        fits = (spot > 0) & (spot < len(at)) & (at[after] != days)
        fits &= at[after] - at[before] <= np.timedelta64(31, "D")
        fits &= (value[before] <= own) & (own <= value[after])
        fits &= ~(days > line.published[places])  # a figure can't speak of a day after it
        found |= dict(zip(places[fits].tolist(), days[fits], strict=True))
    return found


def _years_on(days: Days, years: int) -> Days:
    """The same days of another year; 29 February becomes 1 March."""
    month = days.astype("datetime64[M]")
    first = month.astype("datetime64[D]")
    return np.asarray((month + 12 * years).astype("datetime64[D]") + (days - first))
