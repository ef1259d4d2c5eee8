"""Groups of claims that agree among themselves, instead of a thousand pairs."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd

from analyzer.arrays import Integers, begins, codes_of, distinct_beside, ordered_codes
from analyzer.settings import Thresholds
from analyzer.sharing import most_shared

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
OF_A_CLAIM = ["id", "stated", "qualifier", "reading", "low", "high", "near_low", "near_high"]
OF_A_CLAIM += ["authority", "source", "said_first", "said_last"]
EXTREMES = [  # of the claims of a position; what is not known is passed over
    (np.fmax, "near_low"),
    (np.fmin, "near_high"),
    (np.fmin, "said_first"),
    (np.fmax, "said_last"),
]


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
    kept = claims.loc[claims["comparable"], [*PLACE, *OF_A_CLAIM]]
    places = ordered_codes([kept[column] for column in PLACE])
    position = number_positions(kept, places, thresholds.position_tolerance)
    order = np.lexsort((position, places))
    kept, places, position = kept.iloc[order], places[order], position[order]
    new = (np.diff(places, prepend=-1) != 0) | (np.diff(position, prepend=-1) != 0)
    starts, number = np.flatnonzero(new), np.cumsum(new) - 1
    low, high, first, last = (
        extreme.reduceat(kept[column].to_numpy(), starts) if len(kept) else kept[column].to_numpy()
        for extreme, column in EXTREMES
    )
    ids, stated, readings = (kept[column].tolist() for column in ("id", "stated", "reading"))
    parts = [slice(*ends) for ends in pairwise([*starts.tolist(), len(kept)])]
    return pd.DataFrame(
        {
            **{column: kept[column].array.take(starts) for column in PLACE},
            "position": position[starts],
            "label": pd.array([label_of(stated[part], readings[part]) for part in parts], "str"),
            "low": np.minimum(low, high),  # what all allow in common,
            "high": np.maximum(low, high),  # or the range of what they state
            "n_claims": np.bincount(number),
            "n_origins": distinct_beside(number, codes_of(kept["authority"])),
            "n_sources": distinct_beside(number, codes_of(kept["source"])),
            "first_said": first,
            "last_said": last,
            "claims": pd.Series([tuple(sorted(ids[part])) for part in parts], dtype="object"),
        }
    )


def split(part: pd.DataFrame, tolerance: float) -> list[pd.DataFrame]:
    """Positions of claims that can be compared, the one that most claims share first.

    Claims that state a number stand with those that state the same within the tolerance, whatever
    their qualifier, a bare round number with those that it rounds; ranges and vague words stand
    only with their like.
    """
    if len(part) == 1:
        return [part]
    positions = number_positions(part, np.zeros(len(part), dtype=np.int64), tolerance)
    return [part[positions == number] for number in range(1, positions.max(initial=0) + 1)]


def label(members: pd.DataFrame) -> str:
    """The reading that most claims of a position share, as "about 1,200"."""
    return label_of(members["stated"].tolist(), members["reading"].tolist())


def label_of(stated: list[float], readings: list[str]) -> str:
    """As `label`, of the numbers and readings of the claims."""
    if readings.count(readings[0]) == len(readings):
        return readings[0]
    numbers = Counter(value for value in stated if not math.isnan(value))
    if numbers:
        common = min(numbers, key=lambda value: (-numbers[value], value))
        readings = [text for value, text in zip(stated, readings, strict=True) if value == common]
    counts = Counter(readings)
    return min(counts, key=lambda text: (-counts[text], len(text), text))


def number_positions(claims: pd.DataFrame, places: Integers, tolerance: float) -> Integers:
    """The position of each claim among those of its place: from 1, the biggest first.

    Of those of one size the lowest number first, ranges and vague words last.
    """
    stated = claims["stated"].to_numpy(dtype=np.float64)
    exact = claims["qualifier"].isin(("exact", "share")).to_numpy()
    half = (claims["near_high"] - claims["near_low"]).to_numpy(dtype=np.float64) / 2
    slack = np.maximum(np.abs(stated) * tolerance / 2, np.where(exact, half, 0.0))
    low, high = (claims[end].to_numpy(dtype=np.float64).copy() for end in ("low", "high"))
    without = np.isnan(stated)
    spoken = np.flatnonzero(~without)
    low[spoken] = most_shared(
        places[spoken], stated[spoken] - slack[spoken], stated[spoken] + slack[spoken]
    )
    high[spoken] = 0.0
    order = np.lexsort((high, low, without, places))
    keys = [column[order] for column in (places, without, low, high)]
    starts = begins(*keys)
    sizes = np.diff(starts, append=len(order))
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.repeat(_by_size(keys[0][starts], sizes), sizes)
    return found


def _by_size(places: Integers, sizes: Integers) -> Integers:
    """Numbers from 1 within each place, bigger groups first, then in the order given."""
    order = np.lexsort((-sizes, places))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return np.asarray(rank - np.searchsorted(places, places) + 1)
