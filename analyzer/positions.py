"""Groups of claims that agree among themselves, instead of a thousand pairs."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.settings import Thresholds

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
COLUMNS = [
    "measure",
    "group",
    "slot",
    "scope",
    "position",
    "label",
    "low",
    "high",
    "n_claims",
    "n_origins",
    "n_sources",
    "first_said",
    "last_said",
    "claims",
]
PLACE = ["measure", "group", "slot", "scope"]


def find_positions(claims: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """Split the claims of each slot and scope into positions.

    A position is a set of claims that state nearly the same number (see `split`). The number that
    most claims share makes the first position, and so on with the rest; ties go to the lower one.
    Independent of the order of rows.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`; `low` and `high` bound what all claims of the position allow in
        common (or, where only the tolerance joins them, their stated range), `label` is the
        wording that most of them use, `claims` the tuple of their ids.
    """
    kept = claims[claims["comparable"]].sort_values([*PLACE, "id"], ignore_index=True)
    places = np.asarray(kept.groupby(PLACE).ngroup(), dtype=np.int64)
    kept = kept.assign(place=places, position=_number(kept, places, thresholds.position_tolerance))
    kept = kept.sort_values(["place", "position", "id"])
    groups = kept.groupby(["place", "position"])
    found = groups.agg(
        **{column: (column, "first") for column in PLACE},
        near_low=("near_low", "max"),
        near_high=("near_high", "min"),
        n_claims=("id", "size"),
        n_origins=("authority", "nunique"),
        n_sources=("source", "nunique"),
        first_said=("said_first", "min"),
        last_said=("said_last", "max"),
    )
    found["low"] = found[["near_low", "near_high"]].min(axis=1)  # what all allow in common,
    found["high"] = found[["near_low", "near_high"]].max(axis=1)  # or the range of what they state
    ids, stated, readings = (kept[column].tolist() for column in ("id", "stated", "reading"))
    ends = found["n_claims"].cumsum().tolist()
    parts = list(map(slice, [0, *ends[:-1]], ends))
    texts = [_label(stated[part], readings[part]) for part in parts]
    found["claims"] = pd.Series([tuple(ids[part]) for part in parts], found.index, dtype="object")
    found["label"] = pd.Series(texts, found.index, dtype="str")
    return found.reset_index()[COLUMNS]


def split(part: pd.DataFrame, tolerance: float) -> list[pd.DataFrame]:
    """Positions of claims that can be compared, the one that most claims share first.

    Claims that state a number stand with those that state the same within the tolerance, whatever
    their qualifier, a bare round number with those that it rounds; ranges and vague words stand
    only with their like.
    """
    if len(part) == 1:
        return [part]
    positions = _number(part, np.zeros(len(part), dtype=np.int64), tolerance)
    return [part[positions == number] for number in range(1, positions.max(initial=0) + 1)]


def label(members: pd.DataFrame) -> str:
    """The reading that most claims of a position share, as "about 1,200"."""
    return _label(members["stated"].tolist(), members["reading"].tolist())


def _label(stated: list[float], readings: list[str]) -> str:
    if len(readings) == 1:
        return readings[0]
    numbers = Counter(value for value in stated if not math.isnan(value))
    if numbers:
        common = min(numbers, key=lambda value: (-numbers[value], value))
        readings = [text for value, text in zip(stated, readings, strict=True) if value == common]
    counts = Counter(readings)
    return min(counts, key=lambda text: (-counts[text], len(text), text))


def _number(claims: pd.DataFrame, places: Integers, tolerance: float) -> Integers:
    """The position of each claim among those of its place: from 1, the biggest first."""
    stated = claims["stated"].to_numpy(dtype=np.float64)
    exact = claims["qualifier"].isin(("exact", "share")).to_numpy()
    half = (claims["near_high"] - claims["near_low"]).to_numpy(dtype=np.float64) / 2
    slack = np.maximum(np.abs(stated) * tolerance / 2, np.where(exact, half, 0.0))
    found = np.full(len(claims), -1, dtype=np.int64)
    left = np.flatnonzero(~np.isnan(stated))
    turn = 0
    while left.size:
        low, high = stated[left] - slack[left], stated[left] + slack[left]
        value = _most_shared(places[left], low, high)
        inside = (low <= value) & (value <= high)
        found[left[inside]] = turn
        left, turn = left[~inside], turn + 1
    without = found < 0
    wordless = claims.loc[without, ["low", "high"]]
    found[without] = turn + wordless.groupby(["low", "high"]).ngroup()
    return _by_size(places, found)


def _most_shared(places: Integers, low: Floats, high: Floats) -> Floats:
    """For each interval the value that most intervals of its place hold.

    The middle of the first stretch where they do. Intervals hold their ends.
    """
    at, where = np.concatenate([low, high]), np.concatenate([places, places])
    starts = np.repeat([True, False], len(low))
    order = np.lexsort((~starts, at, where))
    at, where, starts = at[order], where[order], starts[order]
    first = np.flatnonzero(np.r_[True, where[1:] != where[:-1]])
    running = np.cumsum(np.where(starts, 1, -1))  # 0 again at the end of each place
    most = np.maximum.reduceat(running, first)
    sizes = np.diff(np.r_[first, len(at)])
    full = np.flatnonzero(running == np.repeat(most, sizes))
    best = full[np.searchsorted(full, first)]
    ends = np.flatnonzero(~starts)
    after = ends[np.searchsorted(ends, best)]
    middle = np.where(np.isfinite(at[after]), (at[best] + at[after]) / 2, at[best])
    return np.asarray(middle[np.searchsorted(where[first], places)])


def _by_size(places: Integers, found: Integers) -> Integers:
    """Numbers from 1 within each place, bigger positions first, then in the order found."""
    keys, members, sizes = np.unique(
        np.stack([places, found]), axis=1, return_inverse=True, return_counts=True
    )
    order = np.lexsort((keys[1], -sizes, keys[0]))
    first = np.searchsorted(keys[0], keys[0])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return np.asarray((rank - first + 1)[members.reshape(-1)])
