"""The value that most intervals share, then that of the rest, until none is left."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from analyzer.arrays import Floats, Integers, begins

ROUNDS = 12  # of all places at once; chains of intervals that go on are followed one by one


def most_shared(places: Integers, low: Floats, high: Floats) -> Floats:
    """For each interval where the values begin for which it is taken.

    Of each place the values that most intervals hold come first, the lowest of several such
    stretches; the intervals that hold them are taken, and so on with the rest. Intervals that
    don't touch take nothing from each other: so all heaps of touching ones go on side by side.

    Parameters
    ----------
    places : ndarray of int
        Only intervals of one place are taken together.
    low, high : ndarray of float
        Their ends, which belong to them.

    Returns
    -------
    ndarray of float
        Intervals of one place with the same value are taken together.
    """
    order = np.lexsort((low, places))
    places, low, high = places[order], low[order], high[order]
    found = _of_all(_heaps(places, low, high), low, high)
    left = np.flatnonzero(np.isnan(found))
    for _ in range(ROUNDS):
        if not left.size:
            break
        heap = _heaps(places[left], low[left], high[left])
        value = _most_of_each(heap, low[left], high[left])
        inside = (low[left] <= value) & (value <= high[left])
        found[left[inside]] = value[inside]
        left = left[~inside]
    if left.size:
        found[left] = _one_by_one(
            _heaps(places[left], low[left], high[left]), low[left], high[left]
        )
    result = np.empty(len(order))
    result[order] = found
    return result


def _heaps(places: Integers, low: Floats, high: Floats) -> Integers:
    """Codes of intervals that touch each other, directly or over others; sorted by low end."""
    reach = pd.Series(high).groupby(places).cummax().to_numpy()
    new = np.ones(len(places), dtype=bool)
    new[1:] = (places[1:] != places[:-1]) | (low[1:] > reach[:-1])
    return (np.cumsum(new) - 1).astype(np.int64)


def _of_all(heap: Integers, low: Floats, high: Floats) -> Floats:
    """For each interval the lowest value that all of its heap hold; NaN where there is none."""
    first = begins(heap)
    if not first.size:
        return np.zeros(0)
    most = low[np.append(first[1:], len(low)) - 1]  # low ends ascend
    return np.where(np.minimum.reduceat(high, first) >= most, most, np.nan)[heap]


def _most_of_each(heap: Integers, low: Floats, high: Floats) -> Floats:
    """For each interval the lowest value that most intervals of its heap hold."""
    starts, ends = _spans(heap, low, high)
    held = _held(starts, ends)
    first = begins(heap)
    most = np.maximum.reduceat(held, first)
    full = np.flatnonzero(held == most[heap])
    return low[full[np.searchsorted(full, first)]][heap]


def _spans(heap: Integers, low: Floats, high: Floats) -> tuple[Integers, Integers]:
    """Of each interval the places of the first and past the last low end that it holds.

    Where most intervals share a value, they share the low end of one of them.
    """
    _, ranks = np.unique(np.concatenate([low, high]), return_inverse=True)
    base = heap * (2 * len(low))
    key, stop = base + ranks[: len(low)], base + ranks[len(low) :]
    starts, ends = np.searchsorted(key, key), np.searchsorted(key, stop, side="right")
    return starts.astype(np.int64), ends.astype(np.int64)


def _held(starts: Integers, ends: Integers) -> Integers:
    """How many of these spans hold each place."""
    count = len(starts) + 1
    change = np.bincount(starts, minlength=count) - np.bincount(ends, minlength=count)
    return np.asarray(np.cumsum(change)[:-1], dtype=np.int64)


def _one_by_one(heap: Integers, low: Floats, high: Floats) -> Floats:
    """As `most_shared`, each value in its turn; time for the spans that it touches, and a root.

    The highest of all counts is looked up by blocks, each of which knows its own highest one.
    """
    starts, ends = _spans(heap, low, high)
    size = math.isqrt(len(low)) + 1
    held = np.zeros(size * size, dtype=np.int64)
    held[: len(low)] = _held(starts, ends)
    blocks = held.reshape(size, size)
    highest = blocks.max(axis=1)
    # no span before this one holds the place
    earliest = np.searchsorted(np.maximum.accumulate(ends), np.arange(len(low)), side="right")
    left, found = np.ones(len(low), dtype=bool), np.empty(len(low))
    while highest.max() > 0:
        block = int(np.argmax(highest))
        place = block * size + int(np.argmax(blocks[block]))
        begin = int(earliest[place])
        stop = int(np.searchsorted(starts, place, side="right"))
        some = begin + np.flatnonzero(left[begin:stop] & (ends[begin:stop] > place))
        found[some], left[some] = low[place], False
        first, last = int(starts[some].min()), int(ends[some].max())
        change = np.bincount(starts[some] - first, minlength=last - first + 1)
        change -= np.bincount(ends[some] - first, minlength=last - first + 1)
        held[first:last] -= np.cumsum(change)[:-1]
        touched = slice(first // size, (last - 1) // size + 1)
        highest[touched] = blocks[touched].max(axis=1)
    return found
