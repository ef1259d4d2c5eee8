"""Claims by shelf, which is what one reference can mean: a measure in one scope or in any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyzer.arrays import NEVER, Floats, Integers, Truths, seconds
from analyzer.expressions import ANY
from analyzer.normalize import COUNTED

DAY = 86_400
NEEDED = ["id", "measure", "scope", "source", "source_name", "url", "slot", "unit", "authority"]
NEEDED += ["authority_name", "reading", "at_first", "at_last", "period_start_first", "said_first"]
NEEDED += ["said_last", "qualifier", "stated", "low", "high", "near_low", "near_high"]
NEEDED += ["implied_low", "implied_high", "apart_low", "apart_high"]


@dataclass(frozen=True, slots=True)
class Times:
    """Distinct spans, in their order; a code is a place among them."""

    first: Integers
    last: Integers

    def earlier(self, codes: Integers, by: int) -> Integers:
        """Codes of the spans that end and begin so many seconds before; -1 where none does."""
        known = pd.MultiIndex.from_arrays([self.first, self.last])
        wanted = pd.MultiIndex.from_arrays([self.first[codes] - by, self.last[codes] - by])
        return np.asarray(known.get_indexer(wanted), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Shelves:
    """Claims in the order of their ids, and entries: one a claim and shelf, shelf by shelf.

    Attributes
    ----------
    claims : DataFrame
        Columns `NEEDED`, those of the measures that are referred to.
    time, page, source : array of int
        Of each claim: code of its span (-1 without one), of its page and of its source.
    page_source : array of int
        Source of each page; pages are numbered in the order of source and url.
    sources : list of str
        Keys of the sources.
    row, shelf : array of int
        Claim and shelf of each entry.
    near_low, near_high, literal_low, literal_high : array of float
        What each entry is taken to say.
    """

    claims: pd.DataFrame
    times: Times
    time: Integers
    page: Integers
    source: Integers
    page_source: Integers
    sources: list[str]
    row: Integers
    shelf: Integers
    near_low: Floats
    near_high: Floats
    literal_low: Floats
    literal_high: Floats

    def column(self, name: str) -> Floats:
        """A column of numbers, by claim."""
        return self.claims[name].to_numpy(dtype=np.float64)


def fill_shelves(claims: pd.DataFrame, wanted: Sequence[tuple[str, str]]) -> Shelves:
    """Put the claims that can be compared on the shelves of these measures and scopes.

    Plans are left out, except of fixed measures: there the plan is a measure of its own.
    """
    kept = claims["comparable"] & ((claims["modality"] != "planned") | (claims["kind"] == "fixed"))
    kept &= claims["measure"].isin({measure for measure, _ in wanted})
    claims = claims.loc[kept, NEEDED]
    if not claims["id"].is_monotonic_increasing:
        claims = claims.sort_values("id")
    claims = claims.reset_index(drop=True)
    times, time = _times(claims)
    source, sources = pd.factorize(claims["source"], sort=True)
    url, _ = pd.factorize(claims["url"], sort=True)
    width = int(url.max(initial=0)) + 1
    pages, page = np.unique(source.astype(np.int64) * width + url, return_inverse=True)
    row, shelf = _entries(claims, wanted)
    near_low, near_high = _near(claims, row, shelf, len(wanted))
    return Shelves(
        claims=claims,
        times=times,
        time=time,
        page=page.astype(np.int64),
        source=source.astype(np.int64),
        page_source=pages // width,
        sources=[str(key) for key in sources],
        row=row,
        shelf=shelf,
        near_low=near_low,
        near_high=near_high,
        literal_low=claims["apart_low"].to_numpy(dtype=np.float64)[row],
        literal_high=claims["apart_high"].to_numpy(dtype=np.float64)[row],
    )


def _times(claims: pd.DataFrame) -> tuple[Times, Integers]:
    first, last = seconds(claims["at_first"]), seconds(claims["at_last"])
    timed = (first != NEVER) & (last != NEVER)
    firsts, begin = np.unique(first[timed], return_inverse=True)
    lasts, end = np.unique(last[timed], return_inverse=True)
    spans, code = np.unique(begin * max(1, len(lasts)) + end, return_inverse=True)
    codes = np.full(len(claims), -1, dtype=np.int64)
    codes[timed] = code
    return Times(firsts[spans // max(1, len(lasts))], lasts[spans % max(1, len(lasts))]), codes


def _entries(claims: pd.DataFrame, wanted: Sequence[tuple[str, str]]) -> tuple[Integers, Integers]:
    """Claim and shelf of each entry; a claim stands on that of its scope and on that of any."""
    numbers = {pair: number for number, pair in enumerate(wanted)}
    measure, measures = pd.factorize(claims["measure"])
    scope, scopes = pd.factorize(claims["scope"])
    width = len(scopes) + 1
    pairs, pair = np.unique(measure.astype(np.int64) * width + scope, return_inverse=True)
    keys = [(str(measures[int(one) // width]), str(scopes[int(one) % width])) for one in pairs]
    of_any = np.array([numbers.get((str(one), ANY), -1) for one in measures], dtype=np.int64)
    of_pair = np.array([numbers.get(key, -1) for key in keys], dtype=np.int64)
    shelf = np.concatenate([of_any[measure], of_pair[pair]])
    row = np.tile(np.arange(len(claims)), 2)
    row, shelf = row[shelf >= 0], shelf[shelf >= 0]
    order = np.argsort(shelf, kind="stable")
    return row[order], shelf[order]


def _near(
    claims: pd.DataFrame, row: Integers, shelf: Integers, shelves: int
) -> tuple[Floats, Floats]:
    """Counts are taken at their word; a share is rounded to its last digit."""
    counted: Truths = claims["unit"].isin(COUNTED).to_numpy(dtype=bool)
    word = (np.bincount(shelf[~counted[row]], minlength=shelves) == 0)[shelf]
    low, high = (
        np.where(
            word,
            claims[f"implied_{end}"].to_numpy(dtype=np.float64)[row],
            claims[f"near_{end}"].to_numpy(dtype=np.float64)[row],
        )
        for end in ("low", "high")
    )
    return low, high
