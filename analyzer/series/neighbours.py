"""The steps around each figure of stacked series, ordered once for all passes over them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyzer.series.tracks import Flags, Floats, Stack, Whole, in_blocks

REACH = 21  # neighbours on either side that say what a step is like: three weeks of daily figures
FADE = 10.0  # neighbours so far away count 1/e
WEEK = 7
RHYTHM = 6.0  # extra weight of the same weekday where the weekdays differ as much as they can
TREND = 0.25  # steepest daily change of the steps, on the scale of logarithms
BLOCK = 1024  # rows at a time


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
    at : int table
        Rows of the neighbours.
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
    at: NDArray[np.int32]
    usable: Flags
    fading: Floats
    strength: Floats
    rates: Floats
    roots: Floats
    centres: Floats
    order: NDArray[np.uint8]
    since: Whole

    def rhythm(self, rows: slice) -> Floats:
        """Extra weight of the same weekday, as far as weekdays differ more than weeks do."""
        strength = self.strength[self.stack.code[rows]][:, None]
        match = (self.days[self.at[rows]] - self.days[rows][:, None]) % WEEK == 0
        weight = np.where(match, 1 + RHYTHM * strength, 1 - 0.8 * strength)
        return np.where(np.isfinite(strength), weight, 1.0)


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
    at, usable = np.empty(shape, np.int32), np.empty(shape, np.bool_)
    rates, roots, centres = np.empty(shape), np.empty(shape), np.empty(shape)
    order = np.empty(shape, np.uint8)
    with np.errstate(invalid="ignore"):
        per_day = np.where(steps >= 0, steps, np.nan) / spans
    known, filled = np.isfinite(per_day), np.nan_to_num(per_day)
    trend, damped = _trend(per_day, stack), np.clip(lags, -WEEK * 2, WEEK * 2)

    def block(rows: slice) -> None:
        here = np.arange(rows.start, rows.stop)[:, None] + lags
        first, last = stack.first[rows][:, None], stack.last[rows][:, None]
        inside = (here >= first) & (here <= last)
        at[rows] = here = np.clip(here, first, last)
        usable[rows] = there = inside & known[here]
        rate = np.where(there, filled[here], 0.0)
        rate *= np.exp(-trend[rows][:, None] * damped)
        rates[rows] = rate
        roots[rows] = root = np.sqrt(rate)
        order[rows] = np.argsort(root, axis=1, kind="stable")
        centres[rows], _ = lattice((root * np.sqrt(spans[rows])[:, None]) ** 2)

    in_blocks(len(days), BLOCK, block)
    return Neighbours(
        days=days,
        spans=spans,
        stack=stack,
        at=at,
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
    found = np.full(len(stack.starts), np.nan)
    for series in np.flatnonzero(stack.lengths > 4 * WEEK):
        start = stack.starts[series]
        part = apart[start : start + stack.lengths[series]].ravel()
        part = part[np.isfinite(part)]
        if len(part) > 2 * WEEK:
            found[series] = _median(part)
    return found


def _median(values: Floats) -> float:
    """As `np.median`, which takes longer to look at its arguments than to find it."""
    half = len(values) // 2
    if len(values) % 2:
        return float(np.partition(values, half)[half])
    low, high = np.partition(values, (half - 1, half))[half - 1 : half + 1]
    return float((low + high) / 2)


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
