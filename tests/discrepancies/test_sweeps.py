"""Sweeps and peeling find what a look at all pairs finds."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analyzer.arrays import Integers, Truths
from analyzer.discrepancies import peeling
from analyzer.discrepancies.crossings import crossing_totals
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.known import Known
from analyzer.discrepancies.peeling import peel
from analyzer.discrepancies.running import find_falls, find_overtaken
from analyzer.discrepancies.sweeps import (
    Totals,
    above,
    above_later,
    below_earlier,
    highest_above,
)
from analyzer.pipeline import Analysis

SMALL = st.integers(0, 3)
ENDS = st.sampled_from([0.0, 1.0, 2.0, 3.0, float("inf")])


@st.composite
def totals(draw: st.DrawFn) -> Totals:
    """A few totals, by group and time, that often tie."""
    row = st.tuples(SMALL, SMALL, SMALL, SMALL, ENDS, ENDS, st.booleans())
    rows = sorted(draw(st.lists(row, max_size=12)), key=lambda one: (one[0], one[1]))
    table = np.array([one[:6] for one in rows], dtype=float).reshape(-1, 6)
    whole = table[:, :4].astype(np.int64)
    low, high = np.sort(table[:, 4:6], axis=1).T
    return Totals(
        group=whole[:, 0],
        scope=whole[:, 2],
        first=whole[:, 1] - 2,  # days before 1970, too
        last=whole[:, 1] - 2 + whole[:, 3],
        low=low,
        high=high,
        alone=np.array([one[6] for one in rows], dtype=bool),
    )


def all_pairs(totals: Totals) -> Truths:
    """Which total lies above which later one, pair by pair."""
    rows = np.arange(len(totals.low))
    same = totals.group[:, None] == totals.group[None, :]
    return above(totals, rows, rows) & same


@given(totals())
def test_a_sweep_finds_the_totals_of_all_pairs(some: Totals) -> None:
    pairs = all_pairs(some)
    assert below_earlier(some).tolist() == pairs.any(axis=0).tolist()
    assert above_later(some).tolist() == pairs.any(axis=1).tolist()


@given(totals(), st.data())
def test_a_fall_is_held_against_the_highest_number_above_it(
    some: Totals, data: st.DataObject
) -> None:
    size = len(some.low)
    face = np.array(data.draw(st.lists(ENDS, min_size=size, max_size=size)), dtype=float)
    pairs = all_pairs(some)
    expected = [
        int(np.where(column, face, -np.inf).argmax()) if column.any() else -1 for column in pairs.T
    ]
    assert highest_above(some, face, below_earlier(some)).tolist() == expected


Peeled = list[tuple[int, bool, list[int]]]


def peeled_from_a_table(table: Truths, same: Callable[[int], Integers]) -> Iterator[tuple]:  # type: ignore[type-arg]
    table = table.copy()
    while table.any():
        over, under = table.sum(axis=1), table.sum(axis=0)
        up = bool(over.max() >= under.max())
        focal = int(np.argmax(over if up else under))
        yield focal, up, np.flatnonzero(table[focal] if up else table[:, focal]).tolist()
        table[same(focal)] = table[:, same(focal)] = False


@given(
    st.integers(1, 9).flatmap(
        lambda size: st.tuples(
            st.lists(st.booleans(), min_size=size * size, max_size=size * size),
            st.lists(SMALL, min_size=size, max_size=size),
        )
    ),
    st.sampled_from([1, 8, 1 << 20]),
)
def test_peeling_by_counts_is_peeling_a_table(
    drawn: tuple[list[bool], list[int]], cells: int
) -> None:
    names = np.array(drawn[1])
    table = np.array(drawn[0], dtype=bool).reshape(len(names), -1)
    table &= names[:, None] != names[None, :]

    def same(row: int) -> Integers:
        return np.flatnonzero(names == names[row])

    rows = [np.flatnonzero(table.any(axis=axis)) for axis in (1, 0)]
    before, peeling.CELLS = peeling.CELLS, cells
    try:
        found = [
            (focal, up, against.tolist())
            for focal, up, against in peel(lambda a, b: table[np.ix_(a, b)], *rows, same)
        ]
    finally:
        peeling.CELLS = before
    assert found == list(peeled_from_a_table(table, same))


def falls(claims: pd.DataFrame, measures: pd.DataFrame) -> list[Draft]:
    known = Known(claims, measures)
    return find_falls(crossing_totals(known), known)


def overtaken(claims: pd.DataFrame, measures: pd.DataFrame) -> list[Draft]:
    known = Known(claims, measures)
    return find_overtaken(crossing_totals(known), known, set(), set())


def test_falls_and_overtaken_totals_do_not_depend_on_the_order_of_rows(gaza: Analysis) -> None:
    claims = gaza.claims[~gaza.claims["superseded"]]
    shuffled = claims.sample(frac=1, random_state=3).reset_index(drop=True)
    for one in (claims, shuffled):
        assert len(falls(one, gaza.measures)) == len(falls(claims, gaza.measures)) > 0
    assert falls(claims, gaza.measures) == falls(shuffled, gaza.measures)
    ours, theirs = (overtaken(one, gaza.measures) for one in (claims, shuffled))
    assert ours == theirs
    assert len(ours) > 3


def test_a_group_of_measures_has_the_falls_that_it_has_in_the_whole(gaza: Analysis) -> None:
    claims = gaza.claims[~gaza.claims["superseded"]]
    whole = falls(claims, gaza.measures)
    measure = whole[0].measure
    part = claims[claims["measure"] == measure]
    alone = falls(part, gaza.measures)
    assert [one.claims for one in alone] == [one.claims for one in whole if one.measure == measure]
    assert isinstance(part, pd.DataFrame)
