"""What sorting and counting look up is what a look at each claim finds."""

from __future__ import annotations

import math
from itertools import combinations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.fidelity import _given_hedged
from analyzer.discrepancies.known import Known
from analyzer.findings import _rivals

MEASURES = pd.DataFrame(
    {"measure": ["m", "n"], "label": ["M", "N"], "plan": ["", "m"], "part_of": ["", "m"]}
)
CLAIM = st.fixed_dictionaries(
    {
        "measure": st.sampled_from(["m", "n", "o"]),
        "stated": st.sampled_from([1.0, 1001.0, 2002.0, 3003.0, math.nan]),
        "qualifier": st.sampled_from(["exact", "approximate"]),
        "status": st.sampled_from(["", "planned"]),
        "slot": st.sampled_from(["m 1", "m 2"]),
        "granularity": st.sampled_from([1.0, 10.0]),
        "comparable": st.booleans(),
    }
)
CLAIMS = st.lists(CLAIM, min_size=1, max_size=12)
AUTHORITIES = st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4), max_size=4)


@settings(deadline=None)
@given(CLAIMS, st.sampled_from([1.0, 1001.0, 5.0]))
def test_claims_are_looked_up_by_measure_and_number(
    rows: list[dict[str, object]], value: float
) -> None:
    known = Known(pd.DataFrame(rows), MEASURES)
    for names in ([], ["m"], ["n", "m"], ["absent"]):
        expected = [
            place
            for name in names
            for place, row in enumerate(rows)
            if (row["measure"], row["stated"], row["qualifier"]) == (name, value, "exact")
        ]
        assert known.stated(names, value) == expected
    planned = [
        place
        for place, row in enumerate(rows)
        if (row["measure"], row["stated"], row["status"]) == ("m", value, "planned")
    ]
    assert known.planned("m", [value]) == planned


@settings(deadline=None)
@given(CLAIMS)
def test_counts_given_both_exactly_and_under_a_qualifier_are_kept(
    rows: list[dict[str, object]],
) -> None:
    found = set(_given_hedged(pd.DataFrame(rows)).tolist())
    telling = {
        place
        for place, row in enumerate(rows)
        if row["comparable"] and row["granularity"] == 1 and row["stated"] >= 1000  # type: ignore[operator]
    }
    assert found <= telling
    for one, other in combinations(sorted(telling), 2):
        same = all(rows[one][key] == rows[other][key] for key in ("slot", "stated"))
        if same and rows[one]["qualifier"] != rows[other]["qualifier"]:
            assert {one, other} <= found


@settings(deadline=None)
@given(AUTHORITIES)
def test_rivals_are_authorities_of_two_positions(positions: list[list[str]]) -> None:
    ids = [[f"{place}.{at}" for at in range(len(names))] for place, names in enumerate(positions)]
    claims = pd.DataFrame(
        {
            "id": [one for part in ids for one in part],
            "authority": [one for part in positions for one in part],
        },
        dtype="str",
    )
    told = Draft(
        kind="disagreement",
        cause="unexplained",
        relation="contradicts",
        measure="m",
        key="",
        when="",
        gap=0.5,
        claims=tuple(claims["id"]),
        sentence="",
        positions=tuple(map(tuple, ids)),
    )
    expected = {
        frozenset((one, other))
        for ours, theirs in combinations(positions, 2)
        for one in ours
        for other in theirs
    }
    found = _rivals([told], claims)
    assert {frozenset(pair) for _, *pair in found} == expected
    assert len(found) == len(expected)
