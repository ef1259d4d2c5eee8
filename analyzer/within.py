"""Pairs of rows of one place, some at a time: memory is bounded however many claims a place has."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
PAIRS = 1 << 20  # pairs that are held at once


def pairs_within(places: Integers, most: int = PAIRS) -> Iterator[tuple[Integers, Integers]]:
    """Yield all pairs of rows of one place, each once, in pieces.

    Parameters
    ----------
    places : ndarray of int
        The place of each row, ascending.
    most : int
        Pairs of a piece; only a row that has more for itself makes a larger one.

    Yields
    ------
    one, other : ndarray of int
        Rows, the first one above the second.
    """
    rows = np.arange(len(places))
    partners = np.searchsorted(places, places, "right") - rows - 1
    total = np.cumsum(partners)
    start = 0
    while start < len(places):
        before = total[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(total, before + most, "right")))
        counts = partners[start:end]
        one = np.repeat(rows[start:end], counts)
        if one.size:
            first = np.repeat(total[start:end] - counts - before, counts)
            yield one, one + 1 + np.arange(one.size) - first
        start = end
