"""Agreement is counted by hand here; shares stand with denominators and intervals."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.pipeline import Analysis
from analyzer.profiles import AGREEMENT, PROFILES, agreement, profiles, wilson

Align = Callable[..., pd.DataFrame]
NO_RELAYS = pd.DataFrame({"claim": [], "verdict": [], "direction": []}, dtype="str")


def own(source: str, figure: str, **cells: str) -> dict[str, str]:
    return {"source": source, "attributed_to": source, "figure": figure} | cells


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(8, 10, 0.490, 0.943), (0, 5, 0.0, 0.434), (5, 5, 0.566, 1.0), (1, 1, 0.207, 1.0)],
)
def test_the_interval_has_the_known_values(
    successes: int, trials: int, low: float, high: float
) -> None:
    found = [float(end) for end in wilson(successes, trials)]
    assert found == pytest.approx([low, high], abs=5e-4)


def test_nothing_tried_gives_no_interval() -> None:
    low, high = wilson([0, 3], [0, 6])
    assert np.isnan([low[0], high[0]]).all()
    assert 0 < low[1] < 0.5 < high[1] < 1


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_within_0_and_1(counts: tuple[int, int]) -> None:
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] <= high <= 1


@given(st.integers(0, 50), st.integers(1, 50))
def test_more_trials_of_the_same_share_narrow_the_interval(successes: int, more: int) -> None:
    low, high = wilson([successes, 2 * successes], [successes + more, 2 * (successes + more)])
    assert high[1] - low[1] < high[0] - low[0]


def test_what_cannot_be_compared_does_not_appear(aligned: Align) -> None:
    """Two scopes, two days of a stock, a plan beside an outcome, one source with itself."""
    claims = aligned(
        own("daily", "12", scope="men"),
        own("weekly", "13", scope="women"),
        own("daily", "40", measure="held", as_of="2024-03-01"),
        own("weekly", "41", measure="held", as_of="2024-03-02"),
        own("daily", "7", measure="freed_day", period_start="2024-03-01", status="planned"),
        own("weekly", "7", measure="freed_day", period_start="2024-03-01"),
        own("blog", "90", measure="to_free"),
        own("blog", "95", measure="to_free"),
    )
    found = agreement(claims)
    assert found.empty
    assert list(found.columns) == AGREEMENT


def test_the_matrix_is_as_counted_by_hand(aligned: Align) -> None:
    """Five claims of the dead: daily 471 and "about 500", weekly 500, blog "over 300", army 471.

    471 lies below 500 even if that is rounded within its cap (487.5); "about 500" implies 475 to
    525 and literally allows 450, so that it strains with 471 and agrees with 500; "over 300"
    implies less than 400, and literally allows all the others.
    """
    claims = aligned(
        own("daily", "471"),
        own("daily", "about 500"),
        own("weekly", "500"),
        own("blog", "over 300"),
        own("army", "471"),
    )
    expected = [
        ("army", "blog", 1, 0, 1, 0),
        ("army", "daily", 2, 1, 1, 0),
        ("army", "weekly", 1, 0, 0, 1),
        ("blog", "daily", 2, 0, 2, 0),
        ("blog", "weekly", 1, 0, 1, 0),
        ("daily", "weekly", 2, 1, 0, 1),
    ]
    assert list(agreement(claims).itertuples(index=False, name=None)) == expected


def test_by_authority_copies_of_one_origin_are_not_compared_with_each_other(aligned: Align) -> None:
    """Two papers cite the ministry, one the army: two pairs between the two origins."""
    claims = aligned(
        {"figure": "471"},
        {"figure": "471", "source": "weekly"},
        {"figure": "300", "source": "blog", "attributed_to": "army"},
    )
    found = agreement(claims, by="authority")
    assert list(found.itertuples(index=False, name=None)) == [("army", "ministry", 2, 0, 0, 2)]
    assert agreement(claims)["comparable"].tolist() == [1, 1, 1]


def relayed(claims: pd.DataFrame, *verdicts: tuple[str, str, str]) -> pd.DataFrame:
    """A frame of relays: figure of the claim, verdict and direction."""
    ids = claims.set_index("figure")["id"]
    return pd.DataFrame(
        [(ids[figure], verdict, direction) for figure, verdict, direction in verdicts],
        columns=pd.Index(["claim", "verdict", "direction"]),
    )


def test_each_verdict_is_counted_for_the_relay_and_for_its_origin(aligned: Align) -> None:
    """Daily relays ten figures of the ministry, of which eight can be checked and two are right."""
    verdicts = [
        ("1", "faithful", ""),
        ("2", "faithful", ""),
        ("3", "stale", ""),
        ("4", "qualifier lost", ""),
        ("5", "qualifier added", ""),
        ("6", "rounded", "up"),
        ("7", "rounded", "down"),
        ("8", "misquoted", ""),
        ("9", "relays differ", ""),
        ("11", "cannot be checked", ""),
    ]
    claims = aligned(
        *({"figure": figure, "measure": "held"} for figure, *_ in verdicts), own("army", "12")
    )
    found = profiles(claims, relayed(claims, *verdicts))
    assert list(found.columns) == PROFILES
    assert found[["role", "key"]].to_numpy().tolist() == [
        ["publisher", "army"],
        ["publisher", "daily"],
        ["origin", "army"],
        ["origin", "ministry"],
    ]
    counted = [
        *("claims", "relayed", "checked", "faithful", "stale", "qualifier_lost"),
        *("qualifier_added", "rounded_up", "rounded_down", "misquoted"),
    ]
    for key in ("daily", "ministry"):
        row = found[found["key"] == key].iloc[0]
        assert row[counted].tolist() == [10, 10, 8, 2, 1, 1, 1, 1, 1, 1]
        assert row["faithful_low"] < 0.25 < row["faithful_high"]
    assert found["name"].tolist() == ["Army", "Daily Paper", "Army", "Ministry"]


def test_a_figure_without_a_denominator_is_unknown_and_not_zero(aligned: Align) -> None:
    claims = aligned(own("army", "12", published="2024-03"))
    found = profiles(claims, NO_RELAYS)
    row = found.iloc[0]
    unknown = ["faithful_low", "faithful_high", "median_lag", "agreeing", "agreeing_low"]
    assert row[unknown].isna().all()
    assert row[["relayed", "checked", "lags", "comparable"]].tolist() == [0, 0, 0, 0]


def test_the_lag_is_the_median_of_days_between_known_days(aligned: Align) -> None:
    """Lags of 1, 3 and 11 days; a month is no day."""
    held = {"measure": "held", "as_of": "2024-03-01"}
    claims = aligned(
        {"figure": "4", "published": "2024-03-02"} | held,
        {"figure": "5", "published": "2024-03-04"} | held,
        {"figure": "6", "published": "2024-03-12"} | held,
        {"figure": "7", "published": "2024-04"} | held,
    )
    row = profiles(claims, NO_RELAYS).iloc[0]
    assert (row["key"], row["lags"], row["median_lag"]) == ("daily", 3, 3.0)


def test_agreeing_is_the_share_of_comparable_pairs(aligned: Align) -> None:
    """Daily agrees with weekly, not with army."""
    claims = aligned(own("daily", "471"), own("weekly", "471"), own("army", "300"))
    found = profiles(claims, NO_RELAYS).query("role == 'publisher'").set_index("key")
    assert found["agrees"].to_dict() == {"army": 0, "daily": 1, "weekly": 1}
    assert found["comparable"].tolist() == [2, 2, 2]
    assert found["agreeing"].to_dict() == {"army": 0.0, "daily": 0.5, "weekly": 0.5}
    assert found.loc["army", "agreeing_high"] == pytest.approx(0.658, abs=5e-4)


def test_the_order_of_rows_makes_no_difference(gaza: Analysis) -> None:
    shuffled = gaza.claims.sample(frac=1, random_state=7)
    pd.testing.assert_frame_equal(agreement(gaza.claims), agreement(shuffled))
    pd.testing.assert_frame_equal(profiles(gaza.claims, NO_RELAYS), profiles(shuffled, NO_RELAYS))


def test_on_the_shipped_dossier_each_source_and_authority_has_one_row(gaza: Analysis) -> None:
    found = profiles(gaza.claims, NO_RELAYS)
    assert found.groupby("role")["key"].nunique().to_dict() == {
        "origin": gaza.claims["authority"].nunique(),
        "publisher": gaza.claims["source"].nunique(),
    }
    assert found.groupby("role")["claims"].sum().unique().tolist() == [len(gaza.claims)]
