"""Sums of the figures of a run of days."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.reproduce.candidates import make_candidates
from analyzer.reproduce.pairs import Places, matches
from analyzer.reproduce.question import (
    NEAR,
    Days,
    Flags,
    Question,
    days_off,
    ends_near,
    starts_near,
)
from analyzer.reproduce.tracks import Track


def runs(track: Track, book: int, question: Question, width: float) -> pd.DataFrame:
    """Runs of at least two figures whose sum is within `width` of the number.

    Runs that differ only in figures of 0 at their ends are one; that with the nearer ends is
    given. Runs of several flows begin and end near the named days only.
    """
    begin, end = _candidates(track, question)
    one, other = matches(track.total[begin] + question.number, track.total[end], width)
    first, last = begin[one], end[other]
    kept = _proper(track, first, last)
    return _nearest(_rows(track, book, question, first[kept], last[kept]), track)


def end_run(track: Track, book: int, question: Question) -> pd.DataFrame:
    """The run from the first figure of the period to its last one."""
    first, last = own_bounds(track, question)
    ends = [(first, last)] if first is not None and last is not None and first < last else []
    one, other = (np.array([pair[side] for pair in ends], dtype="int64") for side in (0, 1))
    kept = _proper(track, one, other)
    return _rows(track, book, question, one[kept], other[kept])


def own_bounds(track: Track, question: Question) -> tuple[int | None, int | None]:
    """Bounds of the first figure from the period's first day on, and of the last one in it."""
    bounds = track.bounds
    if question.begin is None or question.end is None:
        return int(bounds[0]), int(bounds[-1])
    begin = bounds[(track.start[bounds] >= question.begin) & (bounds < len(track.at))]
    end = bounds[(track.end[bounds] <= question.end) & (bounds > 0)]
    return (int(begin[0]) if len(begin) else None, int(end[-1]) if len(end) else None)


def _candidates(track: Track, question: Question) -> tuple[Places, Places]:
    """Bounds at which a run can begin, and end."""
    bounds = track.bounds
    start, end = bounds[bounds < len(track.at)], bounds[bounds > 0]
    begins = starts_near(track.start[start], question, None)
    finishes = ends_near(track.end[end], question)
    if len(track.parts) > 1:
        own = own_bounds(track, question)
        begins &= _close(track.start[start], question.begin) | (start == own[0])
        finishes &= _close(track.end[end], question.end) | (end == own[1])
    return start[begins], end[finishes]


def _close(days: Days, named: int | None) -> Flags:
    if named is None:
        return np.ones(len(days), dtype=bool)
    close: Flags = np.abs(days - named) <= NEAR
    return close


def _proper(track: Track, first: Places, last: Places) -> Flags:
    """Runs with two figures above 0 of one flow at least, and with one of each flow."""
    most = np.zeros(len(first), dtype="int64")
    kept: Flags = first < last
    for _, places in track.parts:
        counts = np.append(0, np.cumsum(np.isin(track.places, places) & (track.values != 0)))
        inside = counts[last] - counts[first]
        kept &= inside > 0
        most = np.maximum(most, inside)
    return kept & (most >= 2)


def _nonzero(track: Track) -> Places:
    counts: Places = np.append(0, np.cumsum(track.values != 0))
    return counts


def _rows(track: Track, book: int, question: Question, first: Places, last: Places) -> pd.DataFrame:
    own_first, own_last = own_bounds(track, question)
    start, end = track.start[first], track.end[last]
    off_first = days_off(start, question.begin, None)
    off_last = days_off(end, question.end, None)
    return make_candidates(
        "run" if len(track.parts) == 1 else "runs of parts",
        {
            "value": track.total[last] - track.total[first],
            "terms": 1 + len(track.parts),
            "off_first": np.where(first == own_first, 0, off_first),
            "off_last": np.where(last == own_last, 0, off_last),
            "steps": track.steps,
            "at": end,
            "first": start,
            "a": first,
            "b": last,
            "book": book,
        },
    )


def _nearest(candidates: pd.DataFrame, track: Track) -> pd.DataFrame:
    """Of runs that hold the same figures above 0 the one whose ends are nearest."""
    counts = _nonzero(track)
    ranked = candidates.assign(
        begun=counts[candidates["a"].to_numpy()], ended=counts[candidates["b"].to_numpy()]
    ).sort_values(["off", "a", "b"])
    kept = ranked.drop_duplicates(["begun", "ended"]).sort_index()
    return kept.drop(columns=["begun", "ended"])
