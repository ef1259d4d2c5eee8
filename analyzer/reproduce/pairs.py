"""Pairs of values that differ by a number, found by sorting instead of trying all pairs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analyzer.arrays import expand

Values = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


def pairs_apart(values: Values, number: float, width: float) -> tuple[Places, Places]:
    """Places i < j with `values[j] - values[i]` within `width` of `number`."""
    one, other = matches(values + number, values, width)
    kept = one < other
    return one[kept], other[kept]


def matches(wanted: Values, values: Values, width: float) -> tuple[Places, Places]:
    """Places (i, j) with `values[j]` within `width` of `wanted[i]`."""
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    low = np.searchsorted(ranked, wanted - width, side="left")
    high = np.searchsorted(ranked, wanted + width, side="right")
    one, other = expand(low, np.maximum(high, low))
    return one, order[other]
