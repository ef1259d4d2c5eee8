"""The title of a timeline says what its claims say, and nothing that they don't."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from analyzer.charts.claims.timeline import draw_timeline


def _title(claims: pd.DataFrame, measure: pd.Series, positions: pd.DataFrame) -> str:
    chart = draw_timeline(claims, measure, positions)
    assert chart is not None
    assert chart.title in chart.alt
    return chart.title.removeprefix("Killed in the flood: ")


FIRST = {"value": 198, "at": "2023-10-07"}
LAST = {"value": 72000, "at": "2026-01-31", "qualifier": "at least", "bounds": (72000, np.inf)}


def test_a_running_total_goes_from_its_first_to_its_last_claim(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """The words of both claims, and their days."""
    claims = make_claims([LAST, FIRST])
    title = _title(claims, make_measure("cumulative"), no_positions)
    assert title == "from 198 on 7 Oct 2023 to at least 72,000 on 31 Jan 2026"


def test_several_claims_of_the_first_day_are_a_range(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """198 and 232 on the first day, which is not told again as the widest difference."""
    claims = make_claims([FIRST, FIRST | {"value": 232}, LAST])
    title = _title(claims, make_measure("cumulative"), no_positions)
    assert title == "198 to 232 on 7 Oct 2023, at least 72,000 on 31 Jan 2026"


def test_the_widest_difference_of_one_time_is_told(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """Of 30 June: 100, and 110 to 120; of 31 July: 200 and 202, which is less apart."""
    june, july = "2024-06-30", "2024-07-31"
    rows = [
        {"value": 100, "at": june},
        {"stated": None, "qualifier": "range", "bounds": (110, 120), "at": june},
        {"value": 200, "at": july},
        {"value": 202, "at": july},
    ]
    title = _title(make_claims([FIRST, *rows, LAST]), make_measure("cumulative"), no_positions)
    assert title.endswith("; for 30 Jun 2024 claims say 100 and 110\N{EN DASH}120")


@pytest.mark.parametrize(
    "other",
    [
        {"value": 90, "qualifier": "at least", "bounds": (90, np.inf)},
        {"value": 150, "scope": "with_missing"},
        {"value": 150, "status": "planned"},
        {"value": 150, "at": "2024-07-01"},
    ],
)
def test_what_can_be_true_together_is_no_difference(
    other: dict[str, Any], make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """100, beside at least 90, another scope, a plan, and another day."""
    one = {"value": 100, "at": "2024-06-30"}
    claims = make_claims([FIRST, one, one | other, LAST])
    assert "claims say" not in _title(claims, make_measure("cumulative"), no_positions)


def test_the_month_stands_where_no_day_is_known(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """The last claim speaks of October 2025."""
    last = {"value": 300, "at": "2025-10-01", "at_last": "2025-10-31"}
    title = _title(make_claims([FIRST, last]), make_measure("stock"), no_positions)
    assert title == "from 198 on 7 Oct 2023 to 300 in Oct 2025"


def test_a_fixed_total_names_the_reading_of_the_most(make_claims: Any, make_measure: Any) -> None:
    """Three of four claims agree on 120; 90 is the fourth."""
    rows = [
        {"value": value, "said": f"2024-0{i}-01"} for i, value in enumerate([90, *[120] * 3], 1)
    ]
    positions = pd.DataFrame(
        {
            "measure": "deaths",
            "slot": "deaths actual",
            "scope": "",
            "position": [1, 2],
            "label": ["90", "120"],
            "low": [90.0, 120.0],
            "high": [90.0, 120.0],
            "n_claims": [1, 3],
            "claims": [("c000",), ("c001", "c002", "c003")],
        }
    )
    title = _title(make_claims(rows), make_measure("fixed"), positions)
    assert title == "claims run from 90 to 120; 3 of 4 agree on 120"


def test_lines_of_several_scopes_are_told_apart(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """Each scope with its last figure; both end on one day."""
    rows = [
        {"value": base + i, "at": f"2024-01-{i + 1:02}", "scope": scope, "series": scope}
        for scope, base in (("since_2023", 100), ("since_2024", 0))
        for i in range(20)
    ]
    claims = make_claims(rows).assign(series=[f"s.{row['scope']}" for row in rows])
    title = _title(claims, make_measure("cumulative"), no_positions)
    assert title == "119 since 2023 and 19 since 2024 on 20 Jan 2024"


def test_a_title_keeps_to_three_lines(
    many_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """A label of a line and a half leaves no room for the difference of one time."""
    label = "People who were killed or died of their wounds in the flood of the river and after it"
    measure = make_measure("cumulative")
    measure["label"] = label
    day = many_claims["at_first"].iloc[40]
    claims = pd.concat([many_claims, many_claims.iloc[[40]].assign(id="z", low=1.0, high=1.0)])
    claims = claims.assign(at_first=claims["at_first"].where(claims["id"] != "z", day))
    title = _title(claims.reset_index(drop=True), measure, no_positions)
    assert title.startswith(label)
    assert "claims say" not in title


def test_the_highest_of_all_scopes_is_told_with_its_scope(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """3, 11 and 24; the last counts all nationalities."""
    rows = [
        {"value": 3, "at": "2024-01-01"},
        {"value": 11, "at": "2024-01-02"},
        {"value": 24, "at": "2024-01-03", "scope": "all_nationalities"},
    ]
    title = _title(make_claims(rows), make_measure("flow"), no_positions)
    assert title == "the highest figure is 24 (all nationalities), for 3 Jan 2024; the lowest 3"


def test_ends_by_claims_of_another_scope_are_told(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """800, 900 and 1,300, and 695 of citizens only."""
    rows = [
        {"value": value, "said": f"2024-0{i}-01", "scope": "" if value > 700 else "citizens"}
        for i, value in enumerate([800, 900, 1300, 695], 1)
    ]
    title = _title(make_claims(rows), make_measure("fixed"), no_positions)
    assert title == "claims run from 695 to 1,300, those of another scope among them"


def test_a_plan_and_a_count_of_one_day_are_one_day(
    make_claims: Any, make_measure: Any, no_positions: Any
) -> None:
    """30 and 32; 18 as a plan and as a count; 36 and 39: three days, of which two differ."""
    rows = [
        {"value": 30, "at": "2025-01-30"},
        {"value": 32, "at": "2025-01-30"},
        {"value": 18, "at": "2025-02-08", "status": "planned"},
        {"value": 18, "at": "2025-02-08"},
        {"value": 36, "at": "2025-02-15"},
        {"value": 39, "at": "2025-02-15"},
    ]
    title = _title(make_claims(rows), make_measure("flow"), no_positions)
    assert title == "claims differ on 2 of 3 days, most on 15 Feb 2025 (36 and 39)"
