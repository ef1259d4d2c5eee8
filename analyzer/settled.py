"""Relays that sorting alone settles: most of a large dossier, without a look at single claims.

A relay can't be checked where nobody else speaks of its origin's figure for that time, and it is
held against the origin's own words where the origin published the same number by then. What is
left (the number itself is in question, or an old figure is given as new) is for `closer`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analyzer.arrays import NEVER, Integers, Truths, codes_of, joint, seconds
from analyzer.repeats import LATEST, Codes, highest, old_figures, others_speak

ENOUGH = 3  # publishers that give the same words, and
MAJORITY = 2 / 3  # their share of all who give the figure, to take these words for the origin's:
# a bare majority is wrong too often (Li, Dong and others 2012 found 30 % of items)
SENSES: Final = {
    "at least": "lower",
    "more than": "lower",
    "at most": "upper",
    "less than": "upper",
    "nearly": "upper",
    "approximate": "about",
    "exact": "exact",
    "share": "exact",
}
SENSED: Final = ("", *dict.fromkeys(SENSES.values()))
SETTLED: Final = (
    "",
    "cannot be checked",
    "faithful",
    "qualifier lost",
    "qualifier added",
    "qualifier turned",
)
UNCHECKED, FAITHFUL = SETTLED.index("cannot be checked"), SETTLED.index("faithful")


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of each claim.

    Attributes
    ----------
    relayed : ndarray of bool
        Claims that pass on the figure of another.
    verdicts : ndarray of int
        Verdict of a relay, as a place in `SETTLED`; 0 where it takes a closer look (or where the
        claim is none).
    stale : ndarray of bool
        Relays that can be an old figure given as new.
    doubtful : ndarray of bool
        Relays of which a closer look can find that they are not what their origin said; of any
        other it finds that they are, or that it can't tell.
    codes : Codes
        Of what each claim speaks.
    words : Words
        What the origin itself had published.
    """

    relayed: Truths
    verdicts: Integers
    stale: Truths
    doubtful: Truths
    codes: Codes
    words: Words


@dataclass(frozen=True, slots=True)
class Words:
    """Claims that give the origin's figure as it published it by the time of each claim.

    They are rows `own[begin:end]`, with begin, end and the first of these rows by claim (-1 where
    there is none).
    """

    own: Integers
    begin: Integers
    end: Integers
    first: Integers

    def of(self, row: int) -> tuple[int, ...]:
        """Rows that give the origin's figure, in their order."""
        return tuple(sorted(self.own[self.begin[row] : self.end[row]].tolist()))


def settle(usable: pd.DataFrame, *, telling: bool = False) -> Settled:
    """Settle what can be settled.

    Parameters
    ----------
    usable : DataFrame
        `schemas.Aligned`, comparable claims ordered by id.
    telling : bool
        Leave it open which relays are faithful where all who speak give the same words.
    """
    source = codes_of(usable["source"])
    origin = joint(*(codes_of(usable[name]) for name in ("group", "authority", "scope")))
    place = joint(origin, codes_of(usable["slot"]))
    alone = (usable["series"] == "").to_numpy(dtype=bool)
    relayed = (usable["authority"] != usable["source"]).to_numpy(dtype=bool)
    stated = codes_of(usable["stated"])
    sense, exact = _senses(usable["qualifier"])
    number = joint(origin, np.where(exact, stated, -1))
    codes = Codes(origin, place, number, stated, source, alone)
    stale = old_figures(usable, relayed, codes)
    silent = relayed & ~stale & ~others_speak(place, source, alone)
    disputed = _disputed(place, np.where(stated < 0, -1, stated * len(SENSED) + sense))
    open_ = relayed & ~stale & ~silent & (disputed | (not telling))
    words = _own_words(usable, ~relayed, codes, np.flatnonzero(open_ & alone))
    told = words.first >= 0
    verdicts = np.select([silent, told], [UNCHECKED, FAITHFUL])
    rows = np.flatnonzero(told & (sense != sense[words.first]))
    verdicts[rows] = _compare(usable["reading"], sense, rows, words.first[rows])
    doubtful = open_ & ~told & disputed & _known(place, source, ~relayed, disputed)
    return Settled(relayed, verdicts, stale, doubtful, codes, words)


def _senses(qualifier: pd.Series) -> tuple[Integers, Truths]:
    """Sense of each qualifier as a place in `SENSED`, and whether it is none at all."""
    code, names = pd.factorize(qualifier)
    senses = [SENSED.index(SENSES.get(str(name), "")) for name in names]
    return np.array(senses, dtype=np.int64)[code], np.asarray(names == "exact")[code]


def _own_words(usable: pd.DataFrame, own: Truths, codes: Codes, asked: Integers) -> Words:
    """In which claims its origin itself had given the number of each claim by then."""
    said, by = (seconds(usable[f"said_{end}"]) for end in ("first", "last"))
    by[by == NEVER] = LATEST
    beside = np.flatnonzero(np.isin(codes.place, codes.place[asked]))
    number = np.full(len(usable), -1, dtype=np.int64)
    number[beside] = joint(codes.place[beside], codes.stated[beside])
    rows = np.flatnonzero(own & (number >= 0))
    times, time = np.unique(said[rows], return_inverse=True)
    key = number[rows] * (len(times) + 1) + time
    order = np.argsort(key, kind="stable")
    rows, key = rows[order], key[order]
    asked = asked[number[asked] >= 0]
    start = number[asked] * (len(times) + 1)
    begin, end, first = np.full((3, len(usable)), -1)
    begin[asked] = np.searchsorted(key, start)
    end[asked] = np.searchsorted(key, start + np.searchsorted(times, by[asked], "right"))
    asked = asked[end[asked] > begin[asked]]
    first[asked] = -highest(-rows.astype(np.float64), begin[asked], end[asked])
    return Words(rows, begin, end, first)


def _compare(reading: pd.Series, sense: Integers, rows: Integers, first: Integers) -> Integers:
    """Verdicts on the same number under qualifiers of another sense, as places in `SETTLED`."""
    same = reading.iloc[rows].to_numpy(object) == reading.iloc[first].to_numpy(object)
    exact = sense == SENSED.index("exact")
    names = ("qualifier lost", "qualifier added", "qualifier turned")
    lost, added, changed = (SETTLED.index(name) for name in names)
    return np.select([same, exact[rows], exact[first]], [FAITHFUL, lost, added], changed)


def _disputed(place: Integers, words: Integers) -> Truths:
    """Claims of places where somebody gives other words, or no number.

    `words` are codes of a number and the sense of its qualifier, -1 without a number.
    """
    some = np.full(len(place), -1, dtype=np.int64)
    some[place] = words
    several = np.zeros(len(place), dtype=bool)
    several[place[(words != some[place]) | (words < 0)]] = True
    return several[place]


def _known(place: Integers, source: Integers, own: Truths, among: Truths) -> Truths:
    """Claims of places where the origin's words are known; `among` are those that are asked for.

    They are known only where the origin itself speaks, or `ENOUGH` publishers do.
    """
    known = np.zeros(len(place), dtype=bool)
    known[place[own]] = True
    rows = np.flatnonzero(among)
    width = source.max(initial=0) + 1
    givers = np.unique(place[rows] * width + source[rows]) // width
    known |= np.bincount(givers, minlength=len(place)) >= ENOUGH
    return known[place]
