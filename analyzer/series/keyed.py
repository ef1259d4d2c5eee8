"""Slips of the keys of many figures at once; `keys` says what they are, one figure at a time."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from analyzer.series.keys import APART, DIGITS, DOUBLED, HITS, POWERS, SHARES, meant
from analyzer.series.tracks import Floats, Whole

SLIPS = tuple(SHARES)
CODES = {slip: code for code, slip in enumerate(SLIPS)}
LARGEST = 10.0**15  # larger figures with three zeros more are no whole numbers of 64 bits
Columns = list[tuple[Whole, int, Floats]]  # figures meant (-1 if none), slip, chance

HIT = np.array([[HITS.get((right, key), 0.0) for key in DIGITS] for right in DIGITS])


def slips_of(typed: Floats) -> tuple[Floats, Whole, Floats]:
    """Figures that one slip of the keys turns into each of the typed ones.

    Returns
    -------
    figures, slips, chances : tables, one row a typed figure
        As `keys.meant` gives them, in any order and padded with chances of 0; of `slips` the
        places in `SLIPS`. A figure that one slip can have been meant by in two ways stands twice.
        Fractions and negative figures have none.
    """
    whole = (typed >= 0) & (typed == np.rint(typed))
    unique, place = np.unique(typed[whole], return_inverse=True)
    small = unique < LARGEST
    widths = np.array([len(str(int(one))) for one in unique], dtype=np.int64)
    parts = [
        (np.flatnonzero(small & (widths == digits)), digits)
        for digits in np.unique(widths[small]).tolist()
    ]
    tables = [(rows, *_table(unique[rows].astype(np.int64), digits)) for rows, digits in parts]
    tables += [_of_large(row, float(unique[row])) for row in np.flatnonzero(~small)]
    width = max((table[1].shape[1] for table in tables), default=0)
    figures, chances = np.zeros((len(typed), width)), np.zeros((len(typed), width))
    slips = np.zeros((len(typed), width), dtype=np.int64)
    home = np.flatnonzero(whole)
    for rows, meant_, codes, chance in tables:
        spot = np.zeros(len(unique), dtype=np.int64) - 1
        spot[rows] = np.arange(len(rows))
        here = spot[place] >= 0
        at, of = home[here], spot[place[here]]
        figures[at, : meant_.shape[1]] = meant_[of]
        chances[at, : meant_.shape[1]] = chance[of]
        slips[at, : meant_.shape[1]] = codes
    return figures, slips, chances


def _of_large(row: np.intp, typed: float) -> tuple[Whole, Floats, Whole, Floats]:
    found = meant(int(typed))
    return (
        np.array([row]),
        np.array([[float(figure) for figure, _, _ in found]]),
        np.array([CODES[slip] for _, slip, _ in found], dtype=np.int64),
        np.array([[chance for _, _, chance in found]]),
    )


def _table(typed: Whole, digits: int) -> tuple[Floats, Whole, Floats]:
    """Figures, slips and chances of typed figures of so many digits."""
    text = np.stack([typed // 10**power % 10 for power in range(digits - 1, -1, -1)], axis=1)
    columns = [
        *_wrong(typed, text),
        *_transposed(typed, text),
        *_missing(typed, text),
        *_extra(typed, text),
        *_power(typed),
    ]
    figures = np.stack([figure for figure, _, _ in columns], axis=1)
    chances = np.stack([chance for _, _, chance in columns], axis=1)
    codes = np.array([code for _, code, _ in columns], dtype=np.int64)
    chances = np.where(figures >= 0, chances, 0.0) * np.array(list(SHARES.values()))[codes]
    return np.maximum(figures, 0).astype(np.float64), codes, chances


def _wrong(typed: Whole, text: Whole) -> Columns:
    digits = text.shape[1]
    found: Columns = []
    for place in range(digits):
        unit, key = 10 ** (digits - 1 - place), text[:, place]
        for right in range(10):
            leads = right == 0 and place == 0 and digits > 1
            figure = np.where((key == right) | leads, -1, typed + (right - key) * unit)
            found.append((figure, CODES["wrong digit"], HIT[right, key] / digits))
    return found


def _transposed(typed: Whole, text: Whole) -> Columns:
    digits = text.shape[1]
    pairs = list(combinations(range(digits), 2))
    apart = len(pairs) - (digits - 1)
    found: Columns = []
    for one, other in pairs:
        first, second = text[:, one], text[:, other]
        units = 10 ** (digits - 1 - one) - 10 ** (digits - 1 - other)
        none = (first == second) | ((second == 0) & (one == 0))
        figure = np.where(none, -1, typed + (second - first) * units)
        chance = (1 - APART) / (digits - 1) if other == one + 1 else APART / apart
        found.append((figure, CODES["transposed digits"], np.full(len(typed), chance)))
    return found


def _missing(typed: Whole, text: Whole) -> Columns:
    digits = text.shape[1]
    found: Columns = []
    chance = np.full(len(typed), 1 / (digits + 1))
    for place in range(digits + 1):
        unit = 10 ** (digits - place)
        head, tail = typed // unit, typed % unit
        for digit in range(10):
            none = (digit == 0) if place == 0 else (text[:, 0] == 0)
            figure = np.where(none, -1, (head * 10 + digit) * unit + tail)
            found.append((figure, CODES["missing digit"], chance))
    return found


def _extra(typed: Whole, text: Whole) -> Columns:
    digits = text.shape[1]
    found: Columns = []
    for place in range(digits if digits > 1 else 0):
        unit = 10 ** (digits - 1 - place)
        figure = typed // (unit * 10) * unit + typed % unit
        leads = (text[:, 1] == 0) & (place == 0) & (digits > 2)
        near = [one for one in (place - 1, place + 1) if 0 <= one < digits]
        twice = np.any([text[:, one] == text[:, place] for one in near], axis=0)
        chance = np.where(twice, DOUBLED / (2 * (digits - 1)), 0.0) + (1 - DOUBLED) / (digits * 10)
        found.append((np.where(leads, -1, figure), CODES["extra digit"], chance))
    return found


def _power(typed: Whole) -> Columns:
    found: Columns = []
    for zeros, share in POWERS.items():
        unit, chance = 10**zeros, np.full(len(typed), share / 2)
        found.append((np.where(typed > 0, typed * unit, -1), CODES["power of ten"], chance))
        shorter = np.where((typed > 0) & (typed % unit == 0), typed // unit, -1)
        found.append((shorter, CODES["power of ten"], chance))
    return found
