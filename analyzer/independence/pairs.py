"""Pairs of claims of one item by two publishers, and what they have in common.

Text is compared as codes, and whole items are taken together until they have so many pairs:
memory grows with the largest item, which `Copying.most_claims` bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.arrays import Integers, codes_of
from analyzer.independence.rates import Copying
from analyzer.within import PAIRS, pairs_within

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
CODED = ["slot", "source", "authority", "number", "reading", "words", "language"]
FLAGS = ["worded", "vague", "named", "excluded"]
VALUES = ["near_low", "near_high", "numbers", "expected"]
DAYS = ["said_first", "said_last", "day"]


@dataclass(frozen=True, slots=True)
class Given:
    """`given.list_given` as arrays, by item and id; sources are numbered in alphabetical order."""

    code: dict[str, Integers]
    scope: Integers
    flag: dict[str, Flags]
    value: dict[str, Floats]
    steps: Integers
    sources: list[str]

    def part(self, rows: slice) -> Given:
        """Some of the rows."""
        return Given(
            {name: one[rows] for name, one in self.code.items()},
            self.scope[rows],
            {name: one[rows] for name, one in self.flag.items()},
            {name: one[rows] for name, one in self.value.items()},
            self.steps[rows],
            self.sources,
        )

    def items(self) -> Iterator[slice]:
        """Rows of whole items, so many that their pairs stay few."""
        slot = self.code["slot"]
        starts = np.flatnonzero(np.diff(slot, prepend=-1))
        sizes = np.diff(np.r_[starts, len(slot)])
        number = np.cumsum(sizes * sizes) // (2 * PAIRS)
        first = starts[np.flatnonzero(np.diff(number, prepend=-1))]
        for start, end in pairwise([*first.tolist(), len(slot)]):
            yield slice(start, end)


def arrays_of(given: pd.DataFrame) -> Given:
    """The arrays of a frame that is ordered by slot."""
    day = np.timedelta64(1, "D")
    codes = {name: codes_of(given[name]) for name in CODED}
    days = {name: (given[name] - pd.Timestamp(0)).to_numpy() / day for name in DAYS}
    source, sources = pd.factorize(given["source"], sort=True)
    return Given(
        code=codes | {"source": np.asarray(source, dtype=np.int64)},
        scope=np.where(given["scope"] == "", 0, codes_of(given["scope"]) + 1),
        flag={name: given[name].to_numpy(dtype=bool) for name in FLAGS},
        value={name: given[name].to_numpy(dtype=np.float64) for name in VALUES} | days,
        steps=_steps(given["chain"]),
        sources=list(sources),
    )


def _steps(chain: pd.Series) -> Integers:
    """Who stands in each chain, as codes, one column a place; below 0 where a chain is shorter."""
    place, chains = pd.factorize(chain)
    parts = [list(dict.fromkeys(text.split(" > "))) for text in chains]
    names = {name: code for code, name in enumerate(dict.fromkeys(n for p in parts for n in p))}
    width = max(map(len, parts), default=0)
    table = np.full((len(parts), width), -1, dtype=np.int64)
    for row, part in enumerate(parts):
        table[row, : len(part)] = [names[name] for name in part]
    return table[place]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows of `given`, each once, the source of `one` before that of `other`.

    Attributes
    ----------
    declared : ndarray of bool
        Whether somebody stands in both chains, be it as source, relay or origin.
    season : ndarray of bool
        Whether both spoke in one season.
    days : ndarray of float
        Between the two, NaN where a day is not known.
    """

    given: Given
    one: Integers
    other: Integers
    same_number: Flags
    same_reading: Flags
    same_words: Flags
    declared: Flags
    season: Flags
    days: Floats

    def same(self, name: str) -> Flags:
        """Whether a code is the same in both."""
        return _same(self.given, name, self.one, self.other)


def pair_claims(given: Given, conventions: Copying) -> Pairs:
    """All pairs of claims of one item and of scopes that can be compared, by two publishers."""
    pieces = list(pairs_within(given.code["slot"]))
    empty = np.empty(0, dtype=np.int64)
    one, other = (np.concatenate([empty, *(piece[side] for piece in pieces)]) for side in (0, 1))
    source, scope = given.code["source"], given.scope
    kept = (scope[one] == scope[other]) | (scope[one] == 0) | (scope[other] == 0)
    kept &= source[one] != source[other]
    one, other = one[kept], other[kept]
    swap = source[one] > source[other]
    one, other = np.where(swap, other, one), np.where(swap, one, other)
    first, last, day = (given.value[name] for name in DAYS)
    ahead = conventions.season_days
    season = (first[one] <= last[other] + ahead) & (first[other] <= last[one] + ahead)
    return Pairs(
        given=given,
        one=one,
        other=other,
        same_number=_same(given, "number", one, other),
        same_reading=_same(given, "reading", one, other),
        same_words=_same(given, "words", one, other),
        declared=_declared(given.steps, one, other),
        season=season,
        days=np.abs(day[one] - day[other]),
    )


def _same(given: Given, name: str, one: Integers, other: Integers) -> Flags:
    code = given.code[name]
    return np.asarray(code[one] == code[other])


def _declared(steps: Integers, one: Integers, other: Integers) -> Flags:
    found = np.zeros(len(one), dtype=bool)
    for ours in steps.T:
        for theirs in steps.T:
            step = ours[one]
            found |= (step >= 0) & (step == theirs[other])
    return found
