"""The steps around each figure of stacked series, ordered once for all passes over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from analyzer.arrays import median
from analyzer.series.tracks import Flags, Floats, Stack, Whole, in_blocks

Number = TypeVar("Number", np.float64, np.int64, np.bool_)

REACH = 21  # neighbours on either side that say what a step is like: three weeks of daily figures
FADE = 10.0  # neighbours so far away count 1/e
WEEK = 7
RHYTHM = 6.0  # extra weight of the same weekday where the weekdays differ as much as they can
TREND = 0.25  # steepest daily change of the steps, on the scale of logarithms
PLACES = 63  # the last bits of a figure, which have room for the place of a neighbour
BLOCK = 512  # rows at a time, whose tables stay in the cache


def lattice(size: Floats) -> tuple[Floats, Floats]:
    """Middle and width of a whole number on the scale of square roots."""
    whole = np.maximum(size, 0.0)
    low, high = np.sqrt(whole), np.sqrt(whole + 1)
    return (low + high) / 2, high - low


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What doesn't depend on how far each step is believed; tables have one row a figure.

    Attributes
    ----------
    days, spans : arrays
        Day numbers of the figures, and the days over which each step is made.
    stack : Stack
    own : int
        Steps on either side that are none of the neighbours, with the figure's own.
    usable : bool table
        Whether there is such a neighbour and its step is known.
    fading : float array
        What each neighbour counts by its distance.
    strength : float array
        How far the same weekday counts more, of the series; NaN where it doesn't.
    rates, roots, centres : float tables
        Steps per day as they would be here, after the trend; their square roots; and their
        middles over the span of the own step.
    order : int table
        What sorts `roots`.
    since : int array
        How many steps just before were zero.
    """

    days: Whole
    spans: Floats
    stack: Stack
    own: int
    usable: Flags
    fading: Floats
    strength: Floats
    rates: Floats
    roots: Floats
    centres: Floats
    order: NDArray[np.uint8]
    since: Whole

    def rhythm(self) -> Callable[[slice, Floats], None]:
        """Weighs neighbours of the same weekday more, as far as weekdays differ more than weeks do.

        The function takes the weights of some rows.
        """
        weekday, strength = self.days % WEEK, self.strength[self.stack.code]
        theirs = around(weekday, self.own)

        def weigh(rows: slice, weights: Floats) -> None:
            on = rows.start + np.flatnonzero(strength[rows] > 0)
            if len(on):
                more, less = 1 + RHYTHM * strength[on], 1 - 0.8 * strength[on]
                match = theirs(on) == weekday[on][:, None]
                weights[on - rows.start] *= np.where(match, more[:, None], less[:, None])

        return weigh

    def only(self, series: Whole) -> Neighbours:
        """Those of some of the series."""
        rows, stack = self.stack.only(series)
        return Neighbours(
            days=self.days[rows],
            spans=self.spans[rows],
            stack=stack,
            own=self.own,
            usable=self.usable.take(rows, axis=0),
            fading=self.fading,
            strength=self.strength[series],
            rates=self.rates.take(rows, axis=0),
            roots=self.roots.take(rows, axis=0),
            centres=self.centres.take(rows, axis=0),
            order=self.order.take(rows, axis=0),
            since=self.since[rows],
        )


def around(
    values: NDArray[Number], own: int
) -> Callable[[slice | Whole], np.ndarray[tuple[int, int], np.dtype[Number]]]:
    """What stands around each of some rows, whatever the series: a table with their neighbours.

    `own` is as in `find_neighbours`; beyond the first and the last row stand zeros.
    """
    blank = np.zeros(REACH, dtype=values.dtype)
    padded = np.concatenate([blank, values, blank, blank[:1]])  # so that there is a window of none
    windows = sliding_window_view(padded, 2 * REACH + 1)

    def tables(rows: slice | Whole) -> np.ndarray[tuple[int, int], np.dtype[Number]]:
        part = windows[rows]
        return np.concatenate([part[:, : REACH - own], part[:, REACH + own + 1 :]], axis=1)

    return tables


def in_order(table: Floats) -> NDArray[np.uint8]:
    """What sorts each row of a table of figures from 0 on; equal ones stay in their order.

    The place of each figure takes the last bits of the figure itself, so that whole numbers are
    sorted, which is much faster than to sort places. Figures that differ in these alone are equal.
    """
    keys = table.view(np.int64) & ~np.int64(PLACES)
    keys |= np.arange(table.shape[1])
    keys.sort(axis=1)
    return (keys & PLACES).astype(np.uint8)


def find_neighbours(
    days: Whole, steps: Floats, spans: Floats, own: int, stack: Stack
) -> Neighbours:
    """The steps around each figure.

    Parameters
    ----------
    days : int array
        Day numbers of the figures.
    steps, spans : float arrays
        Rise that each figure makes (NaN where it has no figure before it), and over how many
        days.
    own : int
        Steps on either side that a wrong figure would spoil with its own.
    """
    lags = np.array([lag for lag in range(-REACH, REACH + 1) if abs(lag) > own])
    shape = (len(days), len(lags))
    usable = np.empty(shape, np.bool_)
    rates, roots, centres = np.empty(shape), np.empty(shape), np.empty(shape)
    order = np.empty(shape, np.uint8)
    with np.errstate(invalid="ignore"):
        per_day = np.where(steps >= 0, steps, np.nan) / spans
    known = around(np.isfinite(per_day), own)
    filled = around(np.nan_to_num(per_day), own)
    trend, damped = _trend(per_day, stack), np.clip(lags, -WEEK * 2, WEEK * 2)

    def block(rows: slice) -> None:
        inside = (lags >= -stack.place[rows][:, None]) & (lags <= stack.after[rows][:, None])
        usable[rows] = there = known(rows) & inside
        rate = np.where(there, filled(rows), 0.0)
        leaning = np.flatnonzero(trend[rows])
        rate[leaning] *= np.exp(-trend[rows][leaning, None] * damped)
        rates[rows] = rate
        roots[rows] = root = np.sqrt(rate)
        order[rows] = in_order(root)
        low = root * np.sqrt(spans[rows])[:, None]
        high = low * low
        high += 1
        np.sqrt(high, out=high)
        high += low
        np.divide(high, 2, out=centres[rows])

    in_blocks(len(days), BLOCK, block)
    return Neighbours(
        days=days,
        spans=spans,
        stack=stack,
        own=own,
        usable=usable,
        fading=np.exp(-np.abs(lags) / FADE),
        strength=_strength(days, per_day, stack),
        rates=rates,
        roots=roots,
        centres=centres,
        order=order,
        since=_since(steps, stack),
    )


def _since(steps: Floats, stack: Stack) -> Whole:
    """Zero steps in a row just before each figure."""
    zero = np.r_[False, steps[:-1] == 0]
    zero[stack.starts] = False
    place = np.arange(len(steps))
    last = np.maximum.accumulate(np.where(zero, -1, place))
    return (place - last).astype(np.int64)


def _strength(days: Whole, per_day: Floats, stack: Stack) -> Floats:
    """By series, how much more alike the same weekdays are than the days after each other."""
    roots = np.sqrt(per_day)
    same, other = (_typical(roots, days, lags, stack) for lags in ((7, 14), (1, 2, 3, 4)))
    with np.errstate(invalid="ignore", divide="ignore"):
        strength = np.clip(2 * (1 - same / other), 0, 1)
    return np.where(np.isfinite(same) & np.isfinite(other) & (other != 0), strength, np.nan)


def _typical(roots: Floats, days: Whole, lags: tuple[int, ...], stack: Stack) -> Floats:
    """By series, the middle distance between steps so many figures, and as many days, apart."""
    apart = np.full((len(roots), len(lags)), np.nan)
    for column, lag in enumerate(lags):
        far = (days[lag:] - days[:-lag] == lag) & (stack.code[lag:] == stack.code[:-lag])
        apart[lag:, column] = np.where(far, np.abs(roots[lag:] - roots[:-lag]), np.nan)
    known = np.isfinite(apart)
    values, counts = apart[known], stack.total(known.sum(axis=1)).astype(np.int64)
    ends = np.cumsum(counts)
    found = np.full(len(stack.starts), np.nan)
    for series in np.flatnonzero((stack.lengths > 4 * WEEK) & (counts > 2 * WEEK)):
        found[series] = median(values[ends[series] - counts[series] : ends[series]])
    return found


def _trend(per_day: Floats, stack: Stack) -> Floats:
    """Daily growth of the steps around each figure, as far as it is surely there.

    From medians over seven figures, so that neither a weekday nor one odd figure makes it.
    """
    size, rows = len(per_day), np.arange(len(per_day))
    at = rows[:, None] + np.arange(-3, 4)
    inside = (at >= stack.first[:, None]) & (at <= stack.last[:, None])
    windows = np.where(inside, per_day[np.clip(at, 0, max(size - 1, 0))], np.nan)
    known = np.isfinite(windows)
    ordered = np.sort(np.where(known, windows, np.inf), axis=1)
    count = np.maximum(known.sum(axis=1), 1)
    level = ordered[rows, (count - 1) // 2]
    level = np.where(known.any(axis=1), level, 0.0)
    late = np.minimum(rows + 4, stack.last - 3)
    early = np.maximum(late - WEEK, stack.first + 3)
    long = stack.lengths[stack.code] >= 3 * WEEK
    late, early = np.where(long, late, rows), np.where(long, early, rows)
    high, low = level[late] + 0.5, level[early] + 0.5
    change = np.log(high / low)
    noise = np.sqrt(1 / (3 * high) + 1 / (3 * low))
    sure = np.clip(1 - (noise / np.maximum(np.abs(change), 1e-9)) ** 2, 0, 1)
    slope = change * sure / np.maximum(late - early, 1)
    return np.where(long, np.clip(slope, -TREND, TREND), 0.0)
