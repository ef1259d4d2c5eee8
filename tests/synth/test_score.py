"""Findings against a key, on frames small enough to count by hand."""

import pandas as pd
import pytest

from analyzer.synth.score import matches, score_causes, score_kinds, totals, wilson

KEY = pd.DataFrame(
    {
        "cause": ["missing digit", "relay misquoted", "stale repeat", "stale repeat"],
        "kinds": ["fall;typing error", "relay", "relay", "relay"],
        "claims": ["a;b", "c", "d", "e"],
        "detectable": ["yes", "yes", "yes", "no"],
    }
)
FINDINGS = pd.DataFrame(
    {
        "kind": ["typing error", "fall", "relay", "relay", "account"],
        "cause": ["wrong digit", "missing digit", "rounding", "stale repeat", "unexplained"],
        "claims": [("a", "x"), ("b", "y"), ("c",), ("z",), ("d",)],
    }
)


def test_a_finding_meets_an_item_whose_claim_it_shares() -> None:
    """Finding 0 and 1 share a and b, 2 shares c, 4 shares d under a kind that is no right one."""
    found = matches(FINDINGS, KEY).sort_values("finding")
    assert found["finding"].tolist() == [0, 1, 2, 4]
    assert found["item"].tolist() == [0, 0, 1, 2]
    assert found["fits"].tolist() == [True, True, True, False]
    assert found["same"].tolist() == [False, True, False, False]


def test_causes_count_what_was_planted_found_and_named() -> None:
    table = score_causes(FINDINGS, KEY).set_index("cause")
    columns = ["planted", "found", "right_cause", "named", "right"]
    assert table.loc["missing digit", columns].tolist() == [1, 1, 1, 1, 1]
    assert table.loc["relay misquoted", columns].tolist() == [1, 1, 0, 0, 0]
    assert table.loc["stale repeat", columns].tolist() == [1, 0, 0, 1, 0]
    assert table.loc["rounding", columns].tolist() == [0, 0, 0, 1, 0]


def test_kinds_count_false_alarms_apart_from_what_lies_beside_an_item() -> None:
    """Of two relays one matches and one touches nothing; the account touches d alone."""
    table = score_kinds(FINDINGS, KEY).set_index("kind")
    columns = ["findings", "matched", "beside", "false_alarms"]
    assert table.loc["relay", columns].tolist() == [2, 1, 0, 1]
    assert table.loc["account", columns].tolist() == [1, 0, 1, 0]
    assert table.loc["typing error", columns].tolist() == [1, 1, 0, 0]


def test_a_key_that_is_empty_makes_every_finding_a_false_alarm() -> None:
    table = score_kinds(FINDINGS, KEY.head(0))
    assert table["false_alarms"].sum() == len(FINDINGS)


def test_sums_take_the_share_anew() -> None:
    table = totals(score_kinds(FINDINGS, KEY), "kind", ("precision", "matched", "findings"))
    assert table.iloc[-1]["kind"] == "all"
    assert table.iloc[-1]["precision"] == pytest.approx(3 / 5)


def test_wilson_interval_is_that_of_the_textbook() -> None:
    """Newcombe 1998, Statistics in Medicine 17, table I: 15 of 148, and 0 of 20."""
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)
