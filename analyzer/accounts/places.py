"""Where an identity can be held: the pages and times at which all that moves is spoken of."""

from __future__ import annotations

from functools import reduce

import numpy as np

from analyzer.accounts.fixed import Fixed
from analyzer.accounts.shapes import Shape
from analyzer.accounts.shelves import Times
from analyzer.accounts.timed import Places, Timed
from analyzer.arrays import NEVER, Integers


def page_places(shape: Shape, timed: Timed, fixed: Fixed, times: Times) -> Places:
    """Pages that can give every term that moves, or every term where none does; in their order."""
    leads = shape.of_mode("open")
    if leads:  # one of them leads to every page that gives them all
        owner, time, page = timed.pages_of(shape.shelf[:, leads[0]])
        return _held(shape, Places(owner, time, page), times)
    if leads := shape.of_mode("ended"):
        found = [np.stack(timed.pages_of(shape.shelf[:, slot])) for slot in leads]
        owner, time, page = np.unique(np.concatenate(found, axis=1), axis=1)
        spoken = [timed.at(shape.shelf[owner, slot], time) >= 0 for slot in leads]
        every = Places(owner, time, page)
        return _held(shape, every[np.flatnonzero(np.logical_and.reduce(spoken))], times)
    known = shape.shelf.size and not shape.of_mode("sum", "before")
    owner, page = fixed.pages_of(shape.shelf[:, 0]) if known else (_none(), _none())
    return Places(owner, np.full(len(page), -1, dtype=np.int64), page)


def span_places(shape: Shape, timed: Timed, times: Times) -> Places:
    """All sources together: each time at which every term that moves is spoken of."""
    leads = shape.of_mode("open") or shape.of_mode("ended")
    if not leads:
        known = not shape.of_mode("sum", "before")  # these need a time
        every = np.arange(len(shape.identity)) if known else _none()
        return Places(every, np.full(len(every), -1), np.full(len(every), -1))
    owner, time = timed.spans_of(shape.shelf[:, leads[0]])
    spoken = [timed.at(shape.shelf[owner, slot], time) >= 0 for slot in leads[1:]]
    kept = reduce(np.logical_and, spoken, np.ones(len(time), dtype=bool))
    places = Places(owner, time, np.full(len(time), -1))
    return _held(shape, places[np.flatnonzero(kept)], times)


def _held(shape: Shape, places: Places, times: Times) -> Places:
    """Places at a time at which the identity holds."""
    since, until = shape.since[places.identity], shape.until[places.identity]
    kept = (since == NEVER) | (times.last[places.time] >= since)
    kept &= (until == NEVER) | (times.first[places.time] <= until)
    return places[np.flatnonzero(kept)]


def _none() -> Integers:
    return np.zeros(0, dtype=np.int64)
