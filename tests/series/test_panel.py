"""Claims to series: which claims belong to one, and which version of a day holds."""

from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
import pytest

from analyzer.align import align
from analyzer.intake import Dossier
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
