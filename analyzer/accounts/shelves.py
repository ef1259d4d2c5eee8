"""Claims by shelf, which is what one reference can mean: a measure in one scope or in any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyzer.accounts.chosen import Chosen
from analyzer.arrays import NEVER, Floats, Integers, Truths, by_id
from analyzer.expressions import ANY
from analyzer.normalize import COUNTED

DAY = 86_400


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
    claims : Chosen
        Those of the measures that are referred to.
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

    claims: Chosen
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


def fill_shelves(claims: pd.DataFrame, wanted: Sequence[tuple[str, str]]) -> Shelves:
    """Put the claims that can be compared on the shelves of these measures and scopes.

    Plans are left out, except of fixed measures: there the plan is a measure of its own.
    """
    claims = by_id(claims)
    measure, measures = pd.factorize(claims["measure"])
    of_measure = {measure for measure, _ in wanted}
    kept = np.array([one in of_measure for one in measures], dtype=bool)[measure]
    planned = (claims["modality"] == "planned") & (claims["kind"] != "fixed")
    kept &= (claims["comparable"] & ~planned).to_numpy(dtype=bool)
    chosen = Chosen(claims, np.flatnonzero(kept))
    times, time = _times(chosen)
    source, sources = chosen.named("source", sort=True)
    page, page_source = _pages(source, chosen.codes("url", sort=True))
    row, shelf = _entries(chosen, measure[chosen.rows], measures.tolist(), wanted)
    near_low, near_high = _near(chosen, row, shelf, len(wanted))
    return Shelves(
        claims=chosen,
        times=times,
        time=time,
        page=page,
        source=source,
        page_source=page_source,
        sources=sources,
        row=row,
        shelf=shelf,
        near_low=near_low,
        near_high=near_high,
        literal_low=chosen.floats("apart_low")[row],
        literal_high=chosen.floats("apart_high")[row],
    )


def _pages(source: Integers, url: Integers) -> tuple[Integers, Integers]:
    """Page of each claim, and source of each page; in the order of source and url."""
    width = int(url.max(initial=0)) + 1
    page, pages = pd.factorize(source * width + url, sort=True)
    return page.astype(np.int64), np.asarray(pages // width)


def _times(claims: Chosen) -> tuple[Times, Integers]:
    first, last = claims.seconds("at_first"), claims.seconds("at_last")
    timed = (first != NEVER) & (last != NEVER)
    begin, firsts = pd.factorize(first[timed], sort=True)
    end, lasts = pd.factorize(last[timed], sort=True)
    width = max(1, len(lasts))
    code, spans = pd.factorize(begin.astype(np.int64) * width + end, sort=True)
    codes = np.full(len(claims), -1, dtype=np.int64)
    codes[timed] = code
    return Times(firsts[spans // width], lasts[spans % width]), codes


def _entries(
    claims: Chosen, measure: Integers, measures: list[str], wanted: Sequence[tuple[str, str]]
) -> tuple[Integers, Integers]:
    """Claim and shelf of each entry; a claim stands on that of its scope and on that of any."""
    numbers = {pair: number for number, pair in enumerate(wanted)}
    scope, scopes = claims.named("scope")
    width = len(scopes) + 1
    pair, pairs = pd.factorize(measure * width + scope)
    keys = [(measures[one // width], scopes[one % width]) for one in pairs.tolist()]
    of_any = np.array([numbers.get((one, ANY), -1) for one in measures], dtype=np.int64)
    of_pair = np.array([numbers.get(key, -1) for key in keys], dtype=np.int64)
    shelf = np.concatenate([of_any[measure], of_pair[pair]])
    row = np.tile(np.arange(len(claims)), 2)
    row, shelf = row[shelf >= 0], shelf[shelf >= 0]
    order = np.argsort(shelf, kind="stable")
    return row[order], shelf[order]


def _near(claims: Chosen, row: Integers, shelf: Integers, shelves: int) -> tuple[Floats, Floats]:
    """Counts are taken at their word; a share is rounded to its last digit."""
    unit, units = claims.named("unit")
    counted: Truths = np.array([one in COUNTED for one in units], dtype=bool)[unit]
    word = (np.bincount(shelf[~counted[row]], minlength=shelves) == 0)[shelf]
    low, high = (
        np.where(word, claims.floats(f"implied_{end}")[row], claims.floats(f"near_{end}")[row])
        for end in ("low", "high")
    )
    return low, high
