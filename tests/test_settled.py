"""Relays that sorting settles get the verdict that a look at each of them gives."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer import relays
from analyzer.arrays import Truths
from analyzer.discrepancies.fidelity import CAUSES
from analyzer.pipeline import Analysis
from analyzer.relays import UNTOLD, USED, VERDICTS, check_relays
from analyzer.repeats import of_their_time
from analyzer.settings import Thresholds
from analyzer.settled import Settled, settle

LIMITS = Thresholds()
DAYS = [pd.NaT, *pd.date_range("2024-03-01", periods=3)]


def unsettled(usable: pd.DataFrame, **_: bool) -> Settled:
    """Nothing is settled: each relay is looked at, beside all claims of its origin."""
    known = settle(usable)
    stale = known.relayed & ~of_time(usable)
    return replace(known, verdicts=np.zeros(len(usable), dtype=np.int64), stale=stale)


def of_time(usable: pd.DataFrame) -> Truths:
    return of_their_time(usable, settle(usable).codes)


def one_by_one(claims: pd.DataFrame, groups: pd.Series | None = None) -> pd.DataFrame:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relays, "settle", unsettled)
        patch.setattr(relays, "_beside", lambda usable, *_: np.arange(len(usable)))
        return check_relays(claims, LIMITS, groups)


CLAIM = st.fixed_dictionaries(
    {
        "measure": st.sampled_from(["toll", "held"]),
        "authority": st.sampled_from(["army", "ministry"]),
        "source": st.sampled_from(["army", "ministry", "wire", "paper"]),
        "qualifier": st.sampled_from(["exact", "exact", "at least", "approximate"]),
        "stated": st.sampled_from([120.0, 120.0, 130.0, 400.0, float("nan")]),
        "at": st.integers(1, 3),
        "said_first": st.sampled_from(DAYS),
        "said_last": st.sampled_from(DAYS),
        "series": st.sampled_from(["", "", "a"]),
        "kind": st.sampled_from(["cumulative", "stock"]),
    }
)


def frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    claims = pd.DataFrame(rows)
    claims["kind"] = claims["measure"].map({"toll": "cumulative", "held": "stock"})
    at = pd.to_datetime("2024-02-01") + pd.to_timedelta(claims["at"], unit="D")
    stated = claims["stated"]
    more = {
        "id": [f"c{place:02}" for place in range(len(claims))],
        "group": claims["measure"],
        "scope": "",
        "url": "",
        "granularity": 1.0,
        "at_first": at,
        "at_last": at,
        "apart_low": stated.fillna(100.0),
        "apart_high": stated.fillna(500.0).where(claims["qualifier"] != "at least", np.inf),
        "reading": claims["qualifier"] + " " + stated.astype("str"),
        "slot": claims["measure"] + " " + claims["at"].astype("str"),
        "comparable": True,
    }
    claims = claims.assign(**more)
    swapped = claims["said_last"] < claims["said_first"]
    claims["said_last"] = claims["said_last"].where(~swapped, claims["said_first"])
    text = claims.columns[claims.dtypes == "object"]
    times = dict.fromkeys(("said_first", "said_last", "at_first", "at_last"), "datetime64[s]")
    return claims.astype(dict.fromkeys(text, "str") | times)[[*USED, "comparable"]]


GROUPS = st.sampled_from(
    [None, pd.Series({"toll": "held", "held": "held"}), pd.Series({"toll": "toll", "held": "held"})]
)


@given(st.lists(CLAIM, min_size=1, max_size=14), GROUPS)
def test_what_is_settled_is_what_a_closer_look_finds(
    rows: list[dict[str, object]], groups: pd.Series | None
) -> None:
    claims = frame(rows)
    relays = check_relays(claims, LIMITS, groups)
    pd.testing.assert_frame_equal(relays, one_by_one(claims, groups))


@given(st.lists(CLAIM, min_size=1, max_size=14), GROUPS)
def test_only_relays_of_which_findings_tell_are_kept_where_nothing_else_is_wanted(
    rows: list[dict[str, object]], groups: pd.Series | None
) -> None:
    claims = frame(rows)
    every = one_by_one(claims, groups)
    told = every[~every["verdict"].isin(UNTOLD)].reset_index(drop=True)
    pd.testing.assert_frame_equal(check_relays(claims, LIMITS, groups, telling=True), told)


@given(st.lists(CLAIM, min_size=1, max_size=14))
def test_a_figure_is_that_of_its_time_where_another_gives_it_or_the_total_is_below(
    rows: list[dict[str, object]],
) -> None:
    usable = frame(rows)[USED]
    found = of_time(usable).tolist()
    claims = list(usable.itertuples())
    for claim, again in zip(claims, found, strict=True):
        if claim.qualifier != "exact" or claim.stated != claim.stated:
            assert not again
            continue
        figures = [
            one
            for one in claims
            if (one.group, one.authority) == (claim.group, claim.authority)
            and one.qualifier == "exact"
            and one.stated == one.stated
        ]
        backed = any(
            (one.slot, one.stated) == (claim.slot, claim.stated)
            and one.source != claim.source
            and not (one.series and claim.series)
            for one in figures
        )
        before = [one for one in figures if one.at_last < claim.at_first]
        climbs = claim.kind == "cumulative" and _last_other(before, claim.stated) < claim.stated
        assert again == (backed or climbs)


def _last_other(before: list[Any], stated: float) -> float:
    """The figure of the last other one, the lowest of a day; infinite without any."""
    order = sorted(before, key=lambda one: (one.at_last, -one.stated))
    while order and order[-1].stated == stated:
        order.pop()
    return float(order[-1].stated) if order else float("inf")


def test_most_relays_of_the_shipped_dossier_are_settled_as_by_a_closer_look(
    gaza: Analysis,
) -> None:
    claims = gaza.claims[~gaza.claims["superseded"]]
    pd.testing.assert_frame_equal(check_relays(claims, LIMITS), one_by_one(claims))


def test_findings_tell_of_each_verdict_but_those_that_are_left_untold() -> None:
    assert set(VERDICTS) == {*CAUSES, *UNTOLD}


def test_the_order_of_rows_makes_no_difference(gaza: Analysis) -> None:
    claims = gaza.claims[~gaza.claims["superseded"]]
    shuffled = claims.sample(frac=1, random_state=5)
    pd.testing.assert_frame_equal(check_relays(claims, LIMITS), check_relays(shuffled, LIMITS))


def test_a_misquoted_figure_is_looked_for_among_the_measures_of_its_group() -> None:
    rows = [
        {"source": source, "stated": stated, "measure": measure}
        for source, stated, measure in (
            ("ministry", 120.0, "toll"),
            ("wire", 400.0, "toll"),
            ("paper", 400.0, "held"),
        )
    ]
    shared = {"authority": "ministry", "qualifier": "exact", "at": 1, "series": ""}
    day = pd.Timestamp("2024-03-01")
    claims = frame([shared | {"said_first": day, "said_last": day} | row for row in rows])

    def verdict(groups: pd.Series | None) -> str:
        found = check_relays(claims, LIMITS, groups).set_index("source")["verdict"]
        return str(found["wire"])

    assert verdict(None) == "another measure's figure"
    assert verdict(pd.Series({"toll": "held", "held": "held"})) == "another measure's figure"
    assert verdict(pd.Series({"toll": "toll", "held": "held"})) == "misquoted"
