"""How telling it is that two publishers agree: what an independent one would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyzer.independence.pairs import Flags, Floats, Pairs
from analyzer.independence.rates import Copying


@dataclass(frozen=True, slots=True)
class Judged:
    """What each pair of claims says of copying.

    Attributes
    ----------
    open : ndarray of bool
        No chain explains that they agree.
    others : ndarray of float
        How many others give the number too.
    factor : ndarray of float
        By what the pair multiplies the odds of copying, if it is telling.
    """

    open: Flags
    others: Floats
    factor: Floats
    telling: Flags


def judge_pairs(pairs: Pairs, conventions: Copying) -> Judged:
    """Tell how telling each pair of claims is, and the factor that it gives the odds."""
    given, one, other = pairs.given, pairs.one, pairs.other
    flag, numbers = given.flag, given.value["numbers"]
    chance, others = _chance(pairs, conventions)
    matched = np.minimum(chance * numbers[one] * numbers[other], 1.0)
    gain = _words(pairs, conventions) * _promptness(pairs, conventions) / matched
    gain = np.minimum(gain, 1 / conventions.coincidence)
    return Judged(
        open=~pairs.declared & ~(flag["named"][one] & flag["named"][other]),
        others=others,
        factor=1 - conventions.copied + conventions.copied * gain,
        telling=pairs.same_reading & (chance <= conventions.telling) & ~flag["vague"][one],
    )


def _chance(pairs: Pairs, conventions: Copying) -> tuple[Floats, Floats]:
    """Chance that an independent publisher gives the reading too, by three counts of others.

    The greater of the two directions; and how many others give the number of the first.
    """
    one, other = pairs.one, pairs.other
    low, high, expected = (
        pairs.given.value[name] for name in ("near_low", "near_high", "expected")
    )
    covered = [
        pairs.same_number | ((low[ours] <= low[theirs]) & (high[theirs] <= high[ours]))
        for ours, theirs in ((one, other), (other, one))
    ]
    sources, authorities = _Others(pairs, "source"), _Others(pairs, "authority")
    stranger = ~pairs.same("authority")
    best = np.zeros(len(one))
    for beside, counted in (
        (sources, np.ones(len(one), dtype=bool)),
        (authorities, stranger),
        (sources, pairs.season),
    ):
        asked = beside.count(counted, counted)
        agree = beside.count(counted & covered[0], counted & covered[1])
        for rows, seen, of in zip((one, other), agree, asked, strict=True):
            given = conventions.weight * expected[rows] + seen
            best = np.maximum(best, given / (conventions.weight + of))
    others = sources.count(pairs.same_number, pairs.same_number)[0]
    return best, np.where(pairs.same_number, others, 0.0)


class _Others:
    """How many other publishers, or authorities, stand in a counted pair with each claim.

    A table has a cell for each claim and each publisher of its item; pairs mark the cells.
    """

    def __init__(self, pairs: Pairs, name: str) -> None:
        slot = pairs.given.code["slot"]
        code = pairs.given.code[name]
        code = pd.factorize(slot * (code.max(initial=0) + 1) + code)[0]
        starts = np.flatnonzero(np.diff(slot, prepend=-1))
        first = np.minimum.reduceat(code, starts) if len(code) else code
        many = np.diff(np.r_[first, code.max(initial=-1) + 1])
        sizes = np.diff(np.r_[starts, len(slot)])
        local = code - np.repeat(first, sizes)
        width = np.repeat(many, sizes)
        self._begin = np.cumsum(width) - width
        self._cells = int(width.sum())
        self._one, self._other = pairs.one, pairs.other
        self._marks = (
            self._begin[pairs.one] + local[pairs.other],
            self._begin[pairs.other] + local[pairs.one],
        )

    def count(self, forth: Flags, back: Flags) -> tuple[Floats, Floats]:
        """Others than the partner, for the first and for the second claim of each pair.

        Parameters
        ----------
        forth, back : ndarray of bool
            Pairs that count for the first claim, and for the second.
        """
        table = np.zeros(self._cells, dtype=bool)
        for mark, mask in zip(self._marks, (forth, back), strict=True):
            table[mark[mask]] = True
        many = np.add.reduceat(table, self._begin, dtype=np.float64) if self._cells else table
        ours, theirs = many[self._one] - forth, many[self._other] - back
        return np.maximum(ours, 0.0), np.maximum(theirs, 0.0)


def _likelier(matches: Flags, rate: float, base: Floats) -> Floats:
    """How much likelier a copy is to match, or not to, than an independent claim."""
    return np.where(matches, 1 - rate + rate / base, 1 - rate)


def _words(pairs: Pairs, conventions: Copying) -> Floats:
    """Factor for verbatim wording, where the words of both can be compared."""
    worded = pairs.given.flag["worded"]
    comparable = worded[pairs.one] & worded[pairs.other] & pairs.same("language")
    none = np.zeros(len(pairs.one), dtype=bool)
    beside, alike = _Others(pairs, "source"), pairs.same_number & pairs.same_words
    others, asked = beside.count(alike, none)[0], beside.count(pairs.same_number, none)[0]
    base = (conventions.weight / 2 + others) / (conventions.weight + asked)
    base = np.where(pairs.same_number, base, 1.0)
    return np.where(comparable, _likelier(pairs.same_words, conventions.same_words, base), 1.0)


def _promptness(pairs: Pairs, conventions: Copying) -> Floats:
    """Factor for days between the two, against what is usual among claims of one season."""
    known = ~np.isnan(pairs.days)
    prompt = pairs.days <= conventions.prompt_days
    slots = pairs.given.code["slot"]
    slot = slots[pairs.one] - slots[:1]
    size = int(slot.max(initial=-1)) + 1
    seasonal = np.bincount(slot[known & pairs.season], minlength=size)[slot]
    together = np.bincount(slot[prompt], minlength=size)[slot]
    usual = (conventions.weight / 2 + together) / (conventions.weight + seasonal)
    base = np.where(seasonal > 0, usual, 0.5)
    return np.where(known, _likelier(prompt, conventions.prompt, base), 1.0)
