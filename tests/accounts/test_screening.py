"""Identities that are left out unseen hold in all their accounts."""

from __future__ import annotations

from typing import Any

import pandas as pd
from account_claims import (
    BOUNDS,
    CURRENT,
    KINDS,
    START,
    frame,
    identities,
    measures,
    one_claim,
    some,
)
from hypothesis import given
from hypothesis import strategies as st

from analyzer.identities import evaluate_identities

EXPRESSIONS = [
    "held = freed + daily",
    "taken = held + freed",
    "held <= taken - daily",
    "daily >= held",
    "held >= 2 * freed",
    "held * freed <= daily",
    "freed / daily >= held",
    "held = 5",
]
WORDINGS = {"exact": (0.0, 0.0), "approximate": (3.0, 3.0), "at least": (0.0, float("inf"))}


def claim(measure: str, number: float, page: str, wording: str = "exact") -> dict[str, Any]:
    """What one page says of a measure, all on one day."""
    down, up = WORDINGS[wording]
    ends = {name: number + (up if name.endswith("high") else -down) for name in BOUNDS}
    told = {"qualifier": wording, "stated": number, "reading": f"{wording} {number:g}", **ends}
    of_page = {"source": page[1], "source_name": page[1].upper(), "url": page}
    days = {"at_first": START, "at_last": START}
    return one_claim() | told | of_page | days | {"measure": measure, "kind": KINDS[measure][0]}


CLAIMS = st.lists(
    st.builds(
        claim,
        st.sampled_from(["held", "freed", "daily", "taken"]),
        st.sampled_from([0.0, 1.0, 2.0, 5.0, 10.0]),
        st.sampled_from(["/a", "/b", "/c"]),
        st.sampled_from(sorted(WORDINGS)),
    ),
    min_size=4,
    max_size=14,
)


def both(rows: list[dict[str, Any]], expressions: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Accounts that fail among all, and those that are told."""
    rules = identities(expressions, None, None)
    every, _ = evaluate_identities(frame(rows), rules, measures(), CURRENT)
    told, _ = evaluate_identities(frame(rows), rules, measures(), CURRENT, telling=True)
    return every[~every["holds"]].reset_index(drop=True), told


@some
@given(CLAIMS, st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=3, unique=True))
def test_every_account_that_fails_is_told(
    rows: list[dict[str, Any]], expressions: list[str]
) -> None:
    pd.testing.assert_frame_equal(*both(rows, expressions))


def test_a_product_of_figures_that_exclude_each_other_is_looked_at() -> None:
    """One page gives 5 and 10, which fails; another gives 2 in place of 10."""
    rows = [claim("held", 5.0, "/a"), claim("freed", 10.0, "/a"), claim("freed", 2.0, "/b")]
    failed, told = both(rows, ["held >= 2 * freed"])
    assert failed["url"].tolist() == told["url"].tolist() == ["/a"]
