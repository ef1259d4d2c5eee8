"""Claims to series: which claims belong to one, and which version of a day holds."""

from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
import pytest

from analyzer.align import align
from analyzer.intake import Dossier
from analyzer.series.current import mark_series
from analyzer.series.panel import build_panel, latest
from analyzer.settings import Thresholds

START = date(2024, 1, 1)
DAYS = 6


@pytest.fixture
def panel(load: Callable[..., Dossier]) -> Callable[..., pd.DataFrame]:
    def make(*claims: dict[str, str]) -> pd.DataFrame:
        dossier = load(*claims)
        return build_panel(align(dossier.claims, dossier.measures, Thresholds()), DAYS)

    return make


def day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


def totals(*values: str, **cells: str) -> list[dict[str, str]]:
    return [
        {"measure": "toll", "figure": value, "as_of": day(place), "published": day(place)} | cells
        for place, value in enumerate(values)
    ]


def test_fewer_days_than_the_threshold_are_no_series(panel: Callable[..., pd.DataFrame]) -> None:
    assert panel(*totals("10", "20", "30", "40", "50")).empty


def test_one_publisher_is_one_series_whoever_is_cited(panel: Callable[..., pd.DataFrame]) -> None:
    claims = totals("10", "20", "30", "40", "50", "60")
    claims[3]["attributed_to"] = "army"
    found = panel(*claims, *totals("11", "21", source="blog"))
    assert set(found["series"]) == {"toll.daily"}
    assert list(found["authority"]) == ["ministry"] * 3 + ["army"] + ["ministry"] * 2
    assert list(found["value"]) == [10, 20, 30, 40, 50, 60]
    assert found["latest"].all()


def test_a_scope_makes_another_series(panel: Callable[..., pd.DataFrame]) -> None:
    values = ("10", "20", "30", "40", "50", "60")
    found = panel(*totals(*values), *totals(*values, scope="identified"))
    assert set(found["series"]) == {"toll.daily", "toll.daily[identified]"}


def test_the_version_published_last_holds(panel: Callable[..., pd.DataFrame]) -> None:
    claims = totals("10", "20", "30", "40", "50", "60")
    later = claims[2] | {"figure": "33", "published": day(9)}
    found = panel(later, *claims)
    assert list(latest(found)["value"]) == [10, 20, 33, 40, 50, 60]
    assert list(found.loc[found["at"] == day(2), "latest"]) == [False, True]


def test_two_values_of_one_day_and_date_hold_neither(panel: Callable[..., pd.DataFrame]) -> None:
    claims = totals("10", "20", "30", "40", "50", "60")
    found = panel(*claims, claims[2] | {"figure": "33"})
    assert list(latest(found)["value"]) == [10, 20, 40, 50, 60]


def test_a_flow_keeps_the_first_day_of_its_period(panel: Callable[..., pd.DataFrame]) -> None:
    claims = [
        row | {"measure": "freed_day", "period_start": row["as_of"]}
        for row in totals("1", "2", "3", "4", "5", "6")
    ]
    claims[4]["period_start"] = day(3)
    found = panel(*claims)
    assert [f"{first:%d}" for first in found["first"]] == ["01", "02", "03", "04", "04", "06"]


BASE = ("10", "20", "30", "40", "50", "60")


def withdrawn(number: int, figure: str, said: int, **cells: str) -> dict[str, str]:
    cells |= {"status": "withdrawn", "published": day(said)}
    return {"measure": "toll", "figure": figure, "as_of": day(number)} | cells


def flows(*values: str) -> list[dict[str, str]]:
    return [row | {"measure": "freed_day", "period_start": row["as_of"]} for row in totals(*values)]


def test_a_figure_taken_back_leaves_its_day_without_one(panel: Callable[..., pd.DataFrame]) -> None:
    found = panel(*totals(*BASE), withdrawn(2, "30", 9))
    assert list(latest(found)["value"]) == [10, 20, 40, 50, 60]
    third = found[found["at"] == day(2)]
    assert list(third["status"]) == ["reported", "withdrawn"]
    assert list(third["value"]) == [30, 30]


def test_a_figure_given_after_the_withdrawal_holds(panel: Callable[..., pd.DataFrame]) -> None:
    again = totals(*BASE)[2] | {"published": day(12)}
    found = panel(*totals(*BASE), withdrawn(2, "30", 9), again)
    assert list(found.loc[found["at"] == day(2), "latest"]) == [False, False, True]


@pytest.mark.parametrize("number", [9, 2])
def test_a_withdrawal_holds_against_a_figure_of_the_same_publication(
    panel: Callable[..., pd.DataFrame], number: int
) -> None:
    late = totals(*BASE)[2] | {"figure": "31", "published": day(number)}
    found = panel(*totals(*BASE), late, withdrawn(2, "31", number))
    assert list(latest(found)["value"]) == [10, 20, 40, 50, 60]


def test_a_withdrawn_share_is_in_no_series(panel: Callable[..., pd.DataFrame]) -> None:
    share = withdrawn(2, "a third", 9, of="held")
    assert len(panel(*totals(*BASE), share)) == 6


def test_a_later_version_of_a_flow_holds_whatever_its_period(
    panel: Callable[..., pd.DataFrame],
) -> None:
    claims = flows("1", "2", "3", "4", "5", "6")
    later = claims[3] | {"period_start": day(2), "published": day(8)}
    found = panel(*claims, later)
    assert list(found.loc[found["at"] == day(3), "latest"]) == [True, False]
    assert [f"{first:%d}" for first in latest(found)["first"]] == [
        "01", "02", "03", "03", "05", "06",
    ]  # fmt: skip


def test_two_periods_of_one_publication_both_hold(panel: Callable[..., pd.DataFrame]) -> None:
    claims = flows("1", "2", "3", "4", "5", "6")
    found = panel(*claims, claims[3] | {"period_start": day(2), "figure": "7"})
    assert found["latest"].all()


def test_what_was_replaced_or_taken_back_is_superseded(load: Callable[..., Dossier]) -> None:
    claims = totals(*BASE)
    claims += [claims[1] | {"figure": "21", "published": day(8)}, withdrawn(2, "30", 9)]
    claims += [withdrawn(3, "40", 3), withdrawn(4, "50", 9, source="blog")]
    dossier = load(*claims)
    aligned = align(dossier.claims, dossier.measures, Thresholds())
    found = mark_series(aligned, build_panel(aligned, DAYS))
    assert set(found.loc[~found["superseded"], "figure"]) == {"10", "21", "50", "60"}
    gone = found[found["status"] == "withdrawn"]
    assert not gone["comparable"].any()
    assert sorted(gone["series"]) == ["", "toll.daily", "toll.daily"]
