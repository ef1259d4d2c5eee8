"""Columns as whole numbers: codes and keys, groups of equal ones, ranges and their members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas.api.extensions import ExtensionArray

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
NEVER = int(np.iinfo(np.int64).min)  # what NaT is as an integer
MOST = int(np.iinfo(np.int64).max)


def seconds(times: pd.Series) -> Integers:
    """Seconds from 1970 of a datetime column; `NEVER` where there is none."""
    return np.asarray(times.to_numpy(dtype="datetime64[s]").astype(np.int64))


def begins(*keys: npt.NDArray[Any] | ExtensionArray) -> Integers:
    """Where each run of equal keys, numbers or texts, begins."""
    new = np.ones(len(keys[0]), dtype=bool)
    new[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return np.flatnonzero(new)


def firsts(codes: Integers) -> Integers:
    """Where each code stands first, of codes that were counted up in the order of their rows."""
    return np.flatnonzero(np.diff(np.maximum.accumulate(codes), prepend=-1))


def codes_of(column: pd.Series, *, sort: bool = False) -> Integers:
    """Whole numbers that stand for the cells, by first row or in order; -1 where there is none."""
    return np.asarray(pd.factorize(column, sort=sort)[0], dtype=np.int64)


def places_of(names: pd.Series, known: pd.Series) -> Integers:
    """Where each text stands among those that are known; -1 where it is none of them."""
    texts = (pa.array(column.array, pa.large_string()) for column in (names, known))
    places = pc.index_in(next(texts), value_set=next(texts)).fill_null(-1)
    return np.asarray(places.to_numpy(zero_copy_only=False), dtype=np.int64)


def expand(first: Integers, last: Integers) -> tuple[Integers, Integers]:
    """Members of half-open ranges: the number of the range, and the member, in their order."""
    counts = last - first
    owner = np.repeat(np.arange(len(first)), counts)
    before = np.cumsum(counts) - counts
    return owner, np.arange(len(owner)) + np.repeat(first - before, counts)


def median(values: Floats) -> float:
    """As `np.median`, which takes longer to look at few figures than to find it."""
    half = len(values) // 2
    if len(values) % 2:
        return float(np.partition(values, half)[half])
    low, high = np.partition(values, (half - 1, half))[half - 1 : half + 1]
    return float((low + high) / 2)


@dataclass(frozen=True, slots=True)
class Groups:
    """Members of each key: those of `keys[i]` are `members[starts[i]:starts[i + 1]]`.

    Keys ascend, and members stand within a key in the order in which they were given.
    """

    keys: Integers
    starts: Integers
    members: Integers

    @classmethod
    def of(cls, keys: Integers, members: Integers) -> Groups:
        """Gather the members of each key."""
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        first = begins(ordered)
        return cls(ordered[first], np.r_[first, len(ordered)], members[order])

    @property
    def sizes(self) -> Integers:
        """Members of each key, counted."""
        return np.diff(self.starts)

    def find(self, keys: Integers) -> Integers:
        """Number of the group of each key; -1 where there is none."""
        if not len(self.keys):
            return np.full(len(keys), -1, dtype=np.int64)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, place, -1)

    def spread(self, numbers: Integers) -> tuple[Integers, Integers]:
        """Members of the groups of these numbers, each with the place of its group among them."""
        owner, place = expand(self.starts[numbers], self.starts[numbers + 1])
        return owner, self.members[place]

    def least(self, values: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
        """The smallest value of each group; values stand by member."""
        if not len(self.keys):
            return values[:0]
        return np.asarray(np.minimum.reduceat(values[self.members], self.starts[:-1]))


def ascending(column: pd.Series) -> bool:
    """Whether no cell is below the one before it."""
    cells = column.array
    return bool((cells[:-1] <= cells[1:]).all())


def by_id(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of their ids; mostly they have it, and a look is faster than a sort."""
    return frame if ascending(frame["id"]) else frame.sort_values("id", kind="stable")


def ranked(column: pd.Series) -> tuple[Integers, npt.NDArray[Any]]:
    """Texts, or whole numbers, as places in their order; and what each place stands for."""
    codes, names = pd.factorize(column)
    values = np.asarray(names, dtype=object if column.dtype == "str" else np.int64)
    order = np.argsort(values, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[codes], values[order]


def ordered_codes(columns: Sequence[pd.Series]) -> Integers:
    """Codes of the distinct rows over several columns of text, in the order of their texts."""
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        own, names = ranked(column)
        codes = np.unique(codes * max(len(names), 1) + own, return_inverse=True)[1]
    return codes.astype(np.int64)


def highest_so_far(block: Integers, values: Floats) -> Floats:
    """The highest value up to each entry, anew in each block; blocks ascend."""
    found, ranks = np.unique(values, return_inverse=True)
    highest = np.maximum.accumulate(block * len(found) + ranks) % max(len(found), 1)
    return np.asarray(found[highest])


def distinct_beside(owner: Integers, members: Integers) -> Integers:
    """How many different members stand beside each owner, which are numbered from 0."""
    width = int(members.max(initial=0)) + 1
    pairs = np.unique(owner * width + members)
    return np.bincount(pairs // width, minlength=int(owner.max(initial=-1)) + 1).astype(np.int64)


def among(names: pd.Series, known: pd.Series) -> Truths:
    """Which texts are among those that are known; `Series.isin` goes through these in Python."""
    return places_of(names, known) >= 0


def days(times: pd.Series) -> Integers:
    """Days from 1970 of a datetime column; `NEVER` where there is none."""
    return np.asarray(times.to_numpy(dtype="datetime64[D]").astype(np.int64))


def combined(keys: Sequence[tuple[Integers, int]]) -> Integers:
    """Whole numbers that are equal where rows are, over several keys.

    Parameters
    ----------
    keys : sequence of (codes, count)
        Whole numbers from 0 up to below the count.
    """
    codes, count = keys[0]
    for own, more in keys[1:]:
        if count * more > MOST:
            (codes, found), (own, others) = pd.factorize(codes), pd.factorize(own)
            count, more = len(found), len(others)
        codes, count = codes * more + own, count * more
    return codes


def joint(*columns: Integers) -> Integers:
    """Codes of what several codes say together; -1 (no value) in any of them stays -1."""
    keys = combined([(np.maximum(one, 0), int(one.max(initial=0)) + 1) for one in columns])
    missing = np.logical_or.reduce([one < 0 for one in columns])
    return np.where(missing, -1, pd.factorize(np.where(missing, -1, keys))[0])


def ordered_keys(keys: Sequence[tuple[Integers, int]]) -> list[Integers]:
    """Keys of the same order, as few as whole numbers can hold.

    Parameters
    ----------
    keys : sequence of (codes, count)
        Whole numbers from 0 up to below the count, the most significant first.
    """
    (first, size), *others = keys
    found = [first]
    for codes, count in others:
        if size * count <= MOST:
            found[-1] = found[-1] * count + codes
            size *= count
        else:
            found.append(codes)
            size = count
    return found
