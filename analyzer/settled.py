"""Relays that sorting alone settles: most of a large dossier, without a look at single claims.

A relay can't be checked where nobody else speaks of its origin's figure for that time, and it is
held against the origin's own words where the origin published the same number by then. What is
left (the number itself is in question, or an old figure is given as new) is for `closer`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.arrays import Integers, Truths, codes_of, seconds
from analyzer.repeats import LATEST, Codes, highest, joint, old_figures, others_speak

EARLIEST = -LATEST  # for times that are not known
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


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of each claim.

    Attributes
    ----------
    relayed : ndarray of bool
        Claims that pass on the figure of another.
    verdicts : ndarray of str
        Verdict of a relay, "" where it takes a closer look (or where the claim is none).
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
    verdicts: npt.NDArray[np.object_]
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


def settle(usable: pd.DataFrame) -> Settled:
    """Settle what can be settled.

    Parameters
    ----------
    usable : DataFrame
        `schemas.Aligned`, comparable claims ordered by id.
    """
    source = codes_of(usable["source"])
    origin = joint(*(codes_of(usable[name]) for name in ("group", "authority", "scope")))
    place = joint(origin, codes_of(usable["slot"]))
    alone = (usable["series"] == "").to_numpy(dtype=bool)
    relayed = (usable["authority"] != usable["source"]).to_numpy(dtype=bool)
    stated = codes_of(usable["stated"])
    sense, exact = _senses(usable["qualifier"])
    codes = Codes(origin, place, joint(origin, np.where(exact, stated, -1)), source, alone)
    stale = old_figures(usable, relayed, codes)
    silent = relayed & ~stale & ~others_speak(place, source, alone)
    open_ = relayed & ~stale & ~silent
    words = _own_words(usable, ~relayed, joint(place, stated), np.flatnonzero(open_ & alone))
    told = words.first >= 0
    verdicts = np.full(len(usable), "", dtype=object)
    verdicts[silent] = "cannot be checked"
    verdicts[told] = "faithful"
    rows = np.flatnonzero(told & (sense != sense[words.first]))
    verdicts[rows] = _compare(usable, rows, words.first[rows])
    doubtful = open_ & ~told & _in_doubt(place, joint(stated, sense), source, ~relayed)
    return Settled(relayed, verdicts, stale, doubtful, codes, words)


def _senses(qualifier: pd.Series) -> tuple[Integers, Truths]:
    """Code of the sense of each qualifier, and whether it is none at all."""
    code, names = pd.factorize(qualifier)
    known = ["", *dict.fromkeys(SENSES.values())]
    senses = [known.index(SENSES.get(str(name), "")) for name in names]
    return np.array(senses, dtype=np.int64)[code], np.asarray(names == "exact")[code]


def _own_words(usable: pd.DataFrame, own: Truths, number: Integers, asked: Integers) -> Words:
    """In which claims its origin itself had given the number of each claim by then."""
    said, by = (seconds(usable[f"said_{end}"]) for end in ("first", "last"))
    said = np.where(usable["said_first"].isna(), EARLIEST, said)
    by = np.where(usable["said_last"].isna(), LATEST, by)
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


def _compare(usable: pd.DataFrame, rows: Integers, first: Integers) -> npt.NDArray[np.object_]:
    """Verdicts on the same number under qualifiers of another sense."""
    reading, qualifier = usable["reading"], usable["qualifier"]
    ours, theirs = (qualifier.iloc[one].map(SENSES).to_numpy(object) for one in (rows, first))
    same = reading.iloc[rows].to_numpy(object) == reading.iloc[first].to_numpy(object)
    verdicts = np.select(
        [same, ours == "exact", theirs == "exact"],
        ["faithful", "qualifier lost", "qualifier added"],
        "qualifier turned",
    )
    return verdicts.astype(object)


def _in_doubt(place: Integers, words: Integers, source: Integers, own: Truths) -> Truths:
    """Claims of places where the origin's words are known and somebody gives others.

    They are known only where the origin itself speaks, or `ENOUGH` publishers do; `words` are
    codes of a number and the sense of its qualifier, -1 without a number.
    """
    size = place.max(initial=-1) + 1
    some = np.full(size, -1, dtype=np.int64)
    some[place] = words
    several, known = np.zeros((2, size), dtype=bool)
    several[place[(words != some[place]) | (words < 0)]] = True
    known[place[own]] = True
    rows = np.flatnonzero(several[place])
    width = source.max(initial=0) + 1
    givers = np.unique(place[rows] * width + source[rows]) // width
    known |= np.bincount(givers, minlength=size) >= ENOUGH
    return np.asarray((several & known)[place])
