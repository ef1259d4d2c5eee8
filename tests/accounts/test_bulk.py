"""The accounts of all identities at once are those of each by itself, claim by claim."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from account_claims import (
    BOUNDS,
    CURRENT,
    DATES,
    DAYS,
    KINDS,
    START,
    frame,
    identities,
    measures,
    one_claim,
    some,
)
from accountant import Accountant
from hypothesis import example, given
from hypothesis import strategies as st

from analyzer.accounts import hedged
from analyzer.accounts.frames import ACCOUNTS, TERMS
from analyzer.identities import evaluate_identities

EXPRESSIONS = [
    "taken = held + freed",
    "held[*] <= taken + 4",
    "event = taken",
    "event[*] >= 2 * taken",
    "freed = before(freed) + daily",
    "freed >= sum(daily)",
    "freed[*] >= sum(daily[*])",
    "held[x] = held[*] - 1",
    "ended <= over",
    "ended[*] + freed = held",
    "freed <= taken * held / daily",
    "event <= sum(daily)",
    "7 * daily <= freed - (held - 2)",
]


@st.composite
def claim(draw: st.DrawFn) -> dict[str, Any]:
    """One claim; few values, days and pages, so that they meet."""
    measure = draw(st.sampled_from(sorted(KINDS)))
    number = draw(st.sampled_from([0, 1, 2, 3, 5, 10, 100, 101, 120]))
    wording = draw(st.sampled_from(["exact", "exact", "at least", "approximate", "vague"]))
    day, lasts = draw(st.integers(0, DAYS)), draw(st.sampled_from([0, 0, 0, 1]))
    said = day + draw(st.integers(-1, 3))
    timed = KINDS[measure][0] != "fixed" or draw(st.booleans())
    source = draw(st.sampled_from(["a", "b"]))
    high = {"exact": number, "at least": np.inf, "approximate": number + 3}.get(wording, 10.0)
    low = {"approximate": number - 3.0, "vague": 2.0}.get(wording, float(number))
    implied = min(high, low + 4)
    dates = {
        "at_first": START + pd.Timedelta(days=day) if timed else pd.NaT,
        "at_last": START + pd.Timedelta(days=day + lasts) if timed else pd.NaT,
        "period_start_first": START + pd.Timedelta(days=day - draw(st.integers(0, 1))),
        "said_first": START + pd.Timedelta(days=said),
        "said_last": START + pd.Timedelta(days=said + draw(st.integers(0, 1))),
    }
    return {
        "measure": measure,
        "kind": KINDS[measure][0],
        "scope": draw(st.sampled_from(["", "", "x"])),
        "source": source,
        "source_name": source.upper(),
        "url": draw(st.sampled_from(["/1", "/2"])),
        "slot": f"{measure} {dates['period_start_first']}/{dates['at_first']}/{dates['at_last']}",
        "unit": draw(st.sampled_from(["people", "people", "people", "percent"])),
        "authority": (authority := draw(st.sampled_from(["p", "q"]))),
        "authority_name": authority.upper(),
        "reading": "some" if wording == "vague" else f"{wording} {number}",
        "qualifier": wording,
        "granularity": 10.0 if number % 10 == 0 else 1.0,
        "stated": np.nan if wording == "vague" else float(number),
        "low": low,
        "high": float(high),
        "near_low": low - (0.5 if number % 10 else 2),
        "near_high": implied + (0.5 if number % 10 else 2),
        "implied_low": low,
        "implied_high": implied,
        "apart_low": low - (0.5 if number % 10 else 2),
        "apart_high": max(float(high), implied + 2),
        "modality": draw(st.sampled_from(["actual"] * 5 + ["planned"])),
        "comparable": draw(st.sampled_from([True] * 6 + [False])),
        **dates,
    }


claims = st.lists(claim(), min_size=1, max_size=24).map(frame)
chosen = st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=4, unique=True)
day = st.none() | st.integers(0, DAYS)


@some
@given(claims, chosen, day, day)
def test_accounts_are_those_of_looking_at_every_claim(rows, expressions, since, until) -> None:
    rules = identities(expressions, since, until)
    accounts, terms = evaluate_identities(rows, rules, measures(), CURRENT)
    plain = Accountant(rows, measures(), CURRENT)
    columns = ["name", "expression", "valid_from_first", "valid_to_last"]
    expected = [
        told
        for rule in rules.sort_values("name")[columns].itertuples(index=False, name=None)
        for told in plain.told(*rule)
    ]
    columns = ["account", "source", "url", "when", "strength", "left_low", "left_high"]
    columns += ["right_low", "right_high", "gap", "claims"]
    assert list(accounts[columns].itertuples(index=False, name=None)) == [
        told[:-1] for told in expected
    ]
    for account, *_, wordings in expected:
        mine = terms[(terms["account"] == account) & ~terms["constant"]]
        single = mine[~mine["label"].str.contains("[\N{MULTIPLICATION SIGN}\N{DIVISION SIGN}]")]
        assert set(single["wording"]) <= set(wordings)
        if len(single) == len(mine):
            assert tuple(mine["wording"]) == wordings


@some
@given(claims, chosen, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_account(rows, expressions, random) -> None:
    rules, order = identities(expressions, None, None), list(range(len(rows)))
    random.shuffle(order)
    for one, other in zip(
        evaluate_identities(rows, rules, measures(), CURRENT),
        evaluate_identities(rows.iloc[order], rules.iloc[::-1], measures(), CURRENT),
        strict=True,
    ):
        pd.testing.assert_frame_equal(one, other)


@some
@given(claims, claims, chosen)
def test_claims_of_other_measures_change_no_account(rows, others, expressions) -> None:
    """Two groups of measures together give what each gives by itself."""
    theirs = others.assign(measure="u_" + others["measure"], id="u_" + others["id"])
    rules, known = identities(expressions, None, None), measures()
    again = rules.assign(
        name="u_" + rules["name"],
        expression=rules["expression"].str.replace(f"({'|'.join(KINDS)})", r"u_\1", regex=True),
    )
    both = evaluate_identities(
        pd.concat([rows, theirs]),
        pd.concat([rules, again]),
        pd.concat([known, known.assign(measure="u_" + known["measure"])]),
        CURRENT,
    )
    alone = evaluate_identities(rows, rules, known, CURRENT)
    for together, mine in zip(both, alone, strict=True):
        kept = together[~together["account"].str.startswith("u_")]
        pd.testing.assert_frame_equal(kept.reset_index(drop=True), mine)


@some
@given(claims, chosen)
def test_the_accounts_that_findings_need_are_rows_of_all_accounts(rows, expressions) -> None:
    rules = identities(expressions, None, None)
    accounts, terms = evaluate_identities(rows, rules, measures(), CURRENT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hedged, "EXACT_FROM", 1)
        fewer, their_terms = evaluate_identities(rows, rules, measures(), CURRENT, telling=True)
    counts = hedged_ids(rows, 1)
    proving = (accounts["source"] != "") & (accounts["relation"] == "=")
    proving &= accounts["claims"].map(lambda ids: not counts.isdisjoint(ids)).astype(bool)
    if not any("sum" in one for one in expressions):  # a sum names fewer claims than it rests on
        needed = accounts[~accounts["holds"] | proving]
        pd.testing.assert_frame_equal(needed.reset_index(drop=True), fewer)
    assert set(accounts.loc[~accounts["holds"] | proving, "account"]) <= set(fewer["account"])
    of_those = terms[terms["account"].isin(set(fewer["account"]))]
    pd.testing.assert_frame_equal(of_those.reset_index(drop=True), their_terms)


def hedged_ids(rows: pd.DataFrame, least: float) -> set[str]:
    """Exact counts that another claim of the same figure gives under a qualifier."""
    exact = rows[rows["comparable"] & (rows["granularity"] == 1) & (rows["stated"] >= least)]
    hedges = exact[exact["qualifier"] != "exact"]
    keys = set(zip(hedges["measure"], hedges["slot"], hedges["stated"], strict=True))
    return {
        str(one)
        for one, *key in exact[["id", "measure", "slot", "stated"]].itertuples(index=False)
        if tuple(key) in keys
    }


@pytest.mark.parametrize(("qualifier", "kept"), [("at least", 1), ("exact", 0)])
def test_a_page_that_adds_up_a_count_is_kept_where_another_hedges_the_count(
    qualifier: str, kept: int
) -> None:
    number = {"granularity": 1.0} | dict.fromkeys(["stated", *BOUNDS], 1201.0)
    page = [
        one_claim() | number | {"measure": measure, "kind": "cumulative", "slot": measure}
        for measure in ("freed", "held")
    ]
    other = page[0] | {"source": "b", "url": "/2", "qualifier": qualifier}
    rules = identities(["freed = held"], None, None)
    accounts, _ = evaluate_identities(
        frame([*page, other]), rules, measures(), CURRENT, telling=True
    )
    assert len(accounts) == kept


@some
@example(1)
@given(st.integers(2, 60))
def test_a_sum_of_many_days_says_how_many_they_are(days: int) -> None:
    rows = [
        one_claim() | {"slot": str(day)} | dict.fromkeys(DATES, START + pd.Timedelta(days=day))
        for day in range(days)
    ]
    rows.append(rows[-1] | {"measure": "freed", "kind": "cumulative"})
    rules = identities(["freed >= sum(daily)"], None, None)
    accounts, terms = evaluate_identities(frame(rows), rules, measures(), CURRENT)
    assert accounts["right_low"].tolist() == [days]
    spelt = " + ".join(["1"] * days) if days <= 40 else f"the sum of {days} days"
    assert terms["wording"].tolist() == ["1", spelt]
    assert [len(sums) for sums in terms["partial_sums"]] == [0, days]


def test_a_dossier_without_identities_or_claims_has_no_accounts() -> None:
    rows = frame([one_claim()])
    for kept in (rows, rows.iloc[:0]):
        accounts, terms = evaluate_identities(
            kept, identities(["taken = held"], None, None), measures(), CURRENT
        )
        assert (list(accounts), list(terms)) == (list(ACCOUNTS), list(TERMS))
        assert accounts.empty
        assert terms.empty
