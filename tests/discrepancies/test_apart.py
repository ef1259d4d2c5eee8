"""What is found by sorting is what a look at each pair finds."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.discrepancies.apart import Comparables, furthest_pairs, in_conflict, widest_gaps
from analyzer.gaps import distance

Matrix = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]

ROW = st.tuples(
    st.integers(0, 2),  # slot
    st.integers(0, 2),  # scope
    st.booleans(),  # alone
    st.integers(-1, 1),  # side
    st.integers(0, 9),  # low
    st.integers(0, 4),  # width
    st.integers(-2, 2),  # face, away from low
    st.integers(0, 2),  # width of the face
    st.integers(-1, 3),  # code
)


def columns(rows: list[tuple[int, ...]]) -> tuple[Comparables, Codes]:
    slot, scope, alone, side, low, width, away, face, code = np.array(rows).T
    floats = [part.astype(np.float64) for part in (low, low + width, low + away)]
    ends = [*floats, floats[2] + face]
    return Comparables(slot, scope, alone.astype(bool), side, *ends), code


def pairs(claims: Comparables, codes: Codes, one_scope: bool = False) -> Matrix:
    """Each pair of a claim that lies above another one, straight from the definition."""
    found = np.zeros((len(claims), len(claims)), dtype=bool)
    for one in range(len(claims)):
        for other in range(len(claims)):
            scopes = claims.scope[one], claims.scope[other]
            found[one, other] = (
                claims.slot[one] == claims.slot[other]
                and (scopes[0] == scopes[1] or (0 in scopes and not one_scope))
                and (claims.alone[one] or claims.alone[other])
                and (claims.side[one] != claims.side[other] or claims.side[one] == 0)
                and (codes[one] != codes[other] or codes[one] < 0)
                and claims.low[one] > claims.high[other]
            )
    return found


def away(claims: Comparables) -> npt.NDArray[np.float64]:
    low, high = claims.face_low, claims.face_high
    return distance(low[:, None], high[:, None], low[None, :], high[None, :])


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=14))
def test_claims_in_conflict_are_those_of_some_pair(rows: list[tuple[int, ...]]) -> None:
    claims, codes = columns(rows)
    found = pairs(claims, codes)
    over, under = in_conflict(claims, codes)
    assert over.tolist() == found.any(axis=1).tolist()
    assert under.tolist() == found.any(axis=0).tolist()
    free = pairs(claims, np.full_like(codes, -1))
    assert in_conflict(claims)[0].tolist() == free.any(axis=1).tolist()


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=14), st.booleans())
def test_the_widest_gap_is_that_of_the_widest_pair(
    rows: list[tuple[int, ...]], one_scope: bool
) -> None:
    claims, codes = columns(rows)
    gaps = np.where(pairs(claims, codes, one_scope), away(claims), -1.0)
    assert widest_gaps(claims, codes, one_scope).tolist() == gaps.max(axis=1).tolist()


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=14), st.booleans())
def test_of_pairs_equally_far_apart_the_first_is_taken(
    rows: list[tuple[int, ...]], one_scope: bool
) -> None:
    claims, codes = columns(rows)
    gaps = np.where(pairs(claims, codes, one_scope), away(claims), -1.0)
    expected = []
    for slot in range(3):
        of_slot = np.where((claims.slot == slot)[:, None], gaps, -1.0)
        if of_slot.max() >= 0:
            expected.append((slot, *map(int, np.unravel_index(of_slot.argmax(), gaps.shape))))
    found = furthest_pairs(claims, codes, one_scope)
    assert list(zip(*(part.tolist() for part in found), strict=True)) == expected


def test_no_claims_have_no_conflict() -> None:
    claims = Comparables(*np.zeros((4, 0), dtype=np.int64), *np.zeros((4, 0)))
    assert [part.tolist() for part in in_conflict(claims)] == [[], []]
    assert widest_gaps(claims).tolist() == []
