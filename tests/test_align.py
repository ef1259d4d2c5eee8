"""Which claims can be compared, by the kind of their measure."""

from collections.abc import Callable

import pandas as pd
import pytest

from analyzer.pipeline import Analysis

Run = Callable[..., Analysis]
Aligned = Callable[..., pd.DataFrame]


def slots(claims: pd.DataFrame) -> int:
    return int(claims["slot"].nunique())


def test_a_fixed_measure_has_one_slot_whatever_was_published_when(aligned: Aligned) -> None:
    assert slots(aligned({"figure": "12"}, {"figure": "13", "published": "2025-03-02"})) == 1


def test_running_counts_of_the_first_days_have_a_slot_each(run: Run) -> None:
    analysis = run({"figure": "12"}, {"figure": "5", "as_of": "2024-03-02"})
    assert slots(analysis.claims) == 2
    assert analysis.findings.empty


@pytest.mark.parametrize("measure", ["held", "toll"])
def test_a_moving_measure_has_a_slot_for_each_time(aligned: Aligned, measure: str) -> None:
    one = {"measure": measure, "figure": "12"}
    assert slots(aligned(one, one | {"figure": "14", "as_of": "2024-03-02"})) == 2


def test_a_running_total_that_has_ended_speaks_of_its_end(aligned: Aligned) -> None:
    closed = {"measure": "toll", "label": "T", "definition": "T", "unit": "people"}
    measures = [closed | {"kind": "cumulative", "closed": "2024-03-01"}]
    one = {"measure": "toll", "figure": "12"}
    later = one | {"figure": "20", "as_of": "2024-06-01", "published": "2024-06-02"}
    assert slots(aligned(one, later, measures=measures)) == 1


def test_a_claim_without_a_time_is_not_compared(aligned: Aligned) -> None:
    claims = aligned({"measure": "held", "figure": "12", "as_of": ""})
    assert not claims["comparable"].any()


def test_a_share_is_taken_of_its_base_at_the_same_time(aligned: Aligned) -> None:
    base = {"measure": "held", "figure": "90"}
    share = {"measure": "toll", "figure": "about a third", "of": "held"}
    claims = aligned(base, share).set_index("measure")
    assert claims.at["toll", "comparable"]
    assert claims.at["toll", "implied_low"] <= 30 <= claims.at["toll", "implied_high"]


def test_a_share_without_a_base_stays_a_share(aligned: Aligned) -> None:
    share = {"measure": "toll", "figure": "about a third", "of": "held"}
    assert not aligned(share)["comparable"].any()


def test_a_month_dated_claim_does_not_move_the_day_of_the_event(run: Run) -> None:
    analysis = run(
        {"figure": "1,400", "as_of": "2023-10", "published": "2023-11-01"},
        {"figure": "1,200", "as_of": "2023-10-07", "published": "2023-11-01"},
    )
    assert slots(analysis.claims) == 1
    assert analysis.findings["kind"].tolist() == ["disagreement"]


def test_totals_counted_from_different_days_are_not_compared(run: Run) -> None:
    one = {"measure": "toll", "published": "2025-03-23", "as_of": "2025-03-23"}
    analysis = run(
        one | {"figure": "50,021", "period_start": "2023-10-07"},
        one | {"figure": "673", "period_start": "2025-03-18"},
    )
    assert analysis.findings.empty


def test_a_source_speaks_for_the_root_of_those_it_speaks_for(aligned: Aligned) -> None:
    sources = [
        {"source": name, "name": name, "kind": "x", "side": "x", "speaks_for": above}
        for name, above in (("daily", ""), ("ministry", "army"), ("army", "wire"), ("wire", ""))
    ]
    claims = aligned({"figure": "12"}, sources=sources)
    assert claims["authority"].tolist() == ["wire"]
