"""Flows laid out one after the other, so that no day is added twice."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.reproduce.pairs import Places, Values
from analyzer.reproduce.question import Days
from analyzer.reproduce.related import SAME

MOST = 4  # figures, or flows, that are added at once
MOST_PARTS = 8  # of one whole: 246 ways to add two to four of them or take them from the whole

Line = tuple[str, str, str]  # measure, scope, source


@dataclass(frozen=True, slots=True)
class Track:
    """Figures of one or more flows in the order of their last days.

    Attributes
    ----------
    parts : tuple of (int, ndarray)
        Sign and places (in the figures) of each flow, periods within a flow apart.
    places, values, first, at : ndarray
        All of them; `values` with their sign.
    total : ndarray
        `total[k]` is the sum of the first k figures.
    start, end : ndarray
        Of each bound k: the first day of the figures from k on, the last day of those before it.
    bounds : ndarray
        The k at which no period reaches over from before to after: where runs begin and end.
    steps : int
        Ties between the measure asked for and the farthest of the flows.
    """

    parts: tuple[tuple[int, Places], ...]
    places: Places
    values: Values
    first: Days
    at: Days
    total: Values
    start: Days
    end: Days
    bounds: Places
    steps: int


def single_tracks(figures: pd.DataFrame, steps: Mapping[str, int]) -> dict[Line, Places]:
    """The figures of each flow of one publisher and scope, none of a day that another covers."""
    flows = figures[
        figures["once"]
        & ~figures["superseded"]
        & (figures["kind"] == "flow")
        & figures["measure"].isin(list(steps))
    ]
    tracks = {}
    for line, part in flows.groupby(["measure", "scope", "source"], sort=True):
        places = _apart(_unequivocal(part))
        if len(places):
            tracks[(str(line[0]), str(line[1]), str(line[2]))] = places
    return tracks


def _unequivocal(flows: pd.DataFrame) -> pd.DataFrame:
    """Of several figures of one period the one published last; none where nothing tells."""
    by = [flows["first"], flows["at"]]
    newest = flows["published"].groupby(by).transform("max")
    last = flows[(flows["published"] == newest) | newest.isna()]
    return last[~last.duplicated(["first", "at"], keep=False)]


def _apart(flows: pd.DataFrame) -> Places:
    """Places, in order of their days, of figures no two of which are of the same day.

    Of all such choices the one that covers the most days, then the one of the most figures:
    seven days before their week, but a week before three of its days, and a report of two days
    before a 0 that stands for the first of them. This is weighted interval scheduling (Kleinberg
    & Tardos 2006, Algorithm Design, section 6.1).
    """
    ordered = flows.sort_values(["at", "first"])
    first, at = ordered["first"].tolist(), ordered["at"].tolist()
    before = [bisect_left(at, day) for day in first]
    best = [(0, 0)]
    for place, known in enumerate(before):
        days, count = best[known]
        taken = (days + at[place] - first[place] + 1, count + 1)
        best.append(max(best[place], taken))
    kept, place = [], len(at)
    while place:
        if best[place] == best[place - 1]:
            place -= 1
        else:
            kept.append(place - 1)
            place = before[place - 1]
    return ordered.index.to_numpy(dtype="int64")[kept[::-1]]


def make_track(figures: pd.DataFrame, parts: tuple[tuple[int, Places], ...], steps: int) -> Track:
    """Lay several flows side by side."""
    places = np.concatenate([one for _, one in parts])
    signs = np.concatenate([np.full(len(one), sign) for sign, one in parts])
    at, first = (figures[column].to_numpy()[places] for column in ("at", "first"))
    order = np.lexsort((places, first, at))
    places, at, first = places[order], at[order], first[order]
    values = figures["value"].to_numpy()[places] * signs[order]
    far = np.iinfo("int64").max
    start = np.append(np.minimum.accumulate(first[::-1])[::-1], far)
    end = np.concatenate([[-far], np.maximum.accumulate(at)])
    total: npt.NDArray[np.float64] = np.concatenate([[0.0], np.cumsum(values)])
    bounds = np.flatnonzero(end < start)
    return Track(parts, places, values, first, at, total, start, end, bounds, steps)


def joined_tracks(
    figures: pd.DataFrame,
    tracks: Mapping[Line, Places],
    ties: pd.DataFrame,
    steps: Mapping[str, int],
) -> list[Track]:
    """Two to four parts of one whole side by side, and a whole with one to three parts."""
    made = []
    for (whole, scope, source), parts in _families(tracks, ties, steps).items():
        names = sorted(parts)[:MOST_PARTS]
        own = tracks.get((whole, scope, source))
        for size in range(1, MOST + 1):
            for chosen in combinations(names, size):
                far = max(steps[name] for name in chosen)
                added = tuple((1, tracks[name, scope, source]) for name in chosen)
                if size > 1:
                    made.append(make_track(figures, added, far))
                if own is not None and size < MOST:
                    taken = ((1, own), *((-1, places) for _, places in added))
                    made.append(make_track(figures, taken, far))
    return made


def _families(
    tracks: Mapping[Line, Places], ties: pd.DataFrame, steps: Mapping[str, int]
) -> dict[Line, set[str]]:
    """Parts that are flows, by whole, scope and publisher."""
    families: dict[Line, set[str]] = {}
    same = ties[(ties["part_scope"] == SAME) & (ties["whole_scope"] == SAME)]
    for whole, part in zip(same["whole"], same["part"], strict=True):
        if whole in steps:
            for _, scope, source in [line for line in tracks if line[0] == part]:
                families.setdefault((whole, scope, source), set()).add(part)
    return dict(sorted(families.items()))
