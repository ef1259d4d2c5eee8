"""Events as a frame: what a row says, what is called an error, and what is left alone."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from panels import day, growing, link_frame, no_slips, one_page, series, steps_of

from analyzer.schemas import Events
from analyzer.series.events import find_events
from analyzer.series.restore import Suggestion

TOTAL = ("toll_day.daily", "total", "toll.daily")
MEASURES = pd.DataFrame(
    {
        "measure": ["toll", "toll_day", "children"],
        "label": ["Dead of the war", "Dead of the day", "Children killed"],
    }
)
AT = 20


def events(
    *frames: pd.DataFrame,
    links: tuple[tuple[str, str, str], ...] = (TOTAL,),
    slips: pd.DataFrame | None = None,
) -> pd.DataFrame:
    panel = pd.concat(frames, ignore_index=True)
    slips = no_slips() if slips is None else slips
    return find_events(panel, link_frame(links), slips, MEASURES, one_page(MEASURES))


def slip(claim: str, at: int, value: float, right: float, **cells: object) -> pd.DataFrame:
    row: Mapping[str, object] = {
        "series": "toll.daily",
        "at": pd.Timestamp(day(at)),
        "claim": claim,
        "value": value,
        "low": right - 5,
        "high": right + 5,
        "cause": "wrong digit",
        "likelihood": 0.9,
        "suggestion": right,
        "suggestions": (Suggestion(right, "wrong digit", 1.0, ""),),
        "rivals": (),
        "evidence": "one wrong digit",
    }
    return pd.DataFrame([{**row, **cells}])


def short(found: pd.DataFrame) -> list[tuple[str, str, str, bool]]:
    return [
        (str(row["kind"]), f"{row['at_last']:%m-%d}", str(row["cause"]), bool(row["error"]))
        for _, row in found.iterrows()
    ]


def test_a_growing_total_and_its_days_hold_no_event() -> None:
    total = growing(40)
    found = events(series("toll", total), series("toll_day", steps_of(total), kind="flow"))
    assert found.empty
    Events.validate(found)


def test_an_empty_panel_has_no_events() -> None:
    panel = series("toll", growing(3)).iloc[:0]
    assert find_events(panel, link_frame([]), no_slips(), MEASURES, one_page(MEASURES)).empty


def test_of_a_series_in_which_no_figure_stands_only_the_days_with_two_values_are_told() -> None:
    """Two values for each of three days, published on one date: nothing tells which holds."""
    both = ([10.0, 20.0, 30.0], [15.0, 25.0, 35.0])
    twice = pd.concat([series("toll", values, published="2024-02-01") for values in both])
    panel = twice.assign(latest=False).sort_values("at", kind="stable")
    assert events(panel, links=())["kind"].tolist() == ["duplicate"] * 3


def test_stocks_may_fall() -> None:
    assert events(series("toll", [50.0, 40.0, 45.0, 30.0], kind="stock"), links=()).empty


def test_bounds_that_overlap_are_no_fall() -> None:
    """At least 110, then 105 or more: the total may well have grown."""
    open_ends = {"low": {1: 105.0}, "high": {1: np.inf}}
    frame = series("toll", [110.0, 105.0, 120.0], **open_ends)  # type: ignore[arg-type]
    assert events(frame, links=()).empty


def test_a_fall_names_both_figures_and_what_was_to_be_expected() -> None:
    values = [(one or 0) - (60 if place >= AT else 0) for place, one in enumerate(growing(40))]
    found = events(series("toll", list(values)), links=())
    assert short(found) == [("fall", "01-21", "downward correction", False)]
    row = found.iloc[0]
    assert row["claims"] == ("toll.19", "toll.20", "toll.21")
    assert (row["before"], row["value"], row["after"]) == tuple(values[19:22])
    assert row["before"] < row["expected_low"] < row["expected_high"]
    assert row["event"] == "fall.toll.daily.2024-01-21"
    assert row["at_first"] == pd.Timestamp("2024-01-20")
    assert row["likelihood"] + sum(share for _, share in row["rivals"]) == pytest.approx(
        1, abs=1e-3
    )


def test_a_mistyped_total_is_the_error_and_what_it_leaves_is_not() -> None:
    total = growing(40, 20_000)
    days = steps_of(total)
    right = total[AT] or 0
    total[AT] = right + 5_000
    found = events(
        series("toll", total),
        series("toll_day", days, kind="flow"),
        slips=slip("toll.20", AT, right + 5_000, right),
    )
    assert short(found) == [
        ("surge", "01-21", "wrong digit", False),
        ("typing error", "01-21", "wrong digit", True),
        ("fall", "01-22", "wrong digit", False),
        ("mismatch", "01-21", "wrong digit", False),
        ("mismatch", "01-22", "wrong digit", False),
    ]
    assert set(found["blamed"]) == {"toll.20"}
    assert set(found["suggestion"]) == {right}


def test_a_slip_that_the_daily_figures_contradict_is_not_called() -> None:
    total = growing(40, 20_000)
    frames = (series("toll", total), series("toll_day", steps_of(total), kind="flow"))
    wrong = slip("toll.20", AT, total[AT] or 0, (total[AT] or 0) - 3)
    assert events(*frames, slips=wrong).empty


def test_a_slip_that_no_event_shows_is_as_likely_as_it_is_told() -> None:
    total = growing(40, 20_000)
    right = total[AT] or 0
    total[AT] = right + 18
    told = slip("toll.20", AT, right + 18, right, likelihood=0.7)
    found = events(series("toll", total), links=(), slips=told)
    assert short(found) == [("typing error", "01-21", "wrong digit", True)]
    assert 0.5 <= found["likelihood"].iloc[0] <= 0.7


def test_a_slip_no_larger_than_the_steps_vary_is_not_called() -> None:
    total = growing(40, 20_000)
    right = total[AT] or 0
    total[AT] = right + 2
    told = slip("toll.20", AT, right + 2, right, likelihood=0.9)
    assert events(series("toll", total), links=(), slips=told).empty


def test_an_unlikely_slip_is_not_called() -> None:
    total = growing(40, 20_000)
    right = (total[AT] or 0) - 8
    weak = slip("toll.20", AT, right + 8, right, likelihood=0.3)
    assert events(series("toll", total), links=(), slips=weak).empty


def test_a_figure_of_another_origin_for_a_day_is_no_slip() -> None:
    total = growing(40, 20_000)
    total[AT] = (total[AT] or 0) + 8
    right = (total[AT] or 0) - 8
    frame = series("toll", total, authority={AT: "army"})
    found = events(frame, links=(), slips=slip("toll.20", AT, right + 8, right))
    assert found.empty


def test_two_values_of_one_version_are_told_and_neither_taken() -> None:
    total = growing(40)
    twice = series("toll", [None] * AT + [1_900.0])
    twice["claim"] = "toll.again"
    both = pd.concat([series("toll", total), twice]).sort_values("at", ignore_index=True)
    both["latest"] = both["at"] != pd.Timestamp(day(AT))
    found = events(both, links=())
    assert short(found) == [("duplicate", "01-21", "unexplained", False)]
    assert found["claims"].iloc[0] == ("toll.20", "toll.again")


def test_two_origins_of_one_day_are_no_duplicate() -> None:
    twice = series("toll", [None] * AT + [1_900.0], authority={AT: "army"})
    both = pd.concat([series("toll", growing(40)), twice], ignore_index=True)
    both["latest"] = both["at"] != pd.Timestamp(day(AT))
    assert events(both, links=()).empty


def test_two_that_cancel_say_which_total_would_satisfy_both() -> None:
    total = growing(40, 20_000, 300)
    days = steps_of(total)
    right = total[AT] or 0
    total[AT] = right - 3
    found = events(series("toll", total), series("toll_day", days, kind="flow"))
    assert [("restored" in dict(row)) for row in found["evidence"]] == [True, True]
    assert [row[0] for row in found["suggestions"]] == [right, right]
    assert not found["error"].any()


def test_later_versions_of_a_day_replace_the_earlier_ones() -> None:
    total = growing(40)
    frame = series("toll", total, published="2024-03-01")
    old = series("toll", [None] * AT + [9_999.0], published="2024-02-01").assign(latest=False)
    assert events(frame, old.assign(claim="toll.old"), links=()).empty


def test_events_do_not_depend_on_the_order_of_rows() -> None:
    total = growing(40)
    days = steps_of(total)
    days[AT] = 1.0
    total[30] = 100.0
    panel = pd.concat(
        [series("toll", total), series("toll_day", days, kind="flow")], ignore_index=True
    )
    turned = panel.sample(frac=1, random_state=3)
    links = link_frame([TOTAL])
    rest = links, no_slips(), MEASURES, one_page(MEASURES)
    one, other = (find_events(rows, *rest) for rows in (panel, turned))
    assert len(one) >= 3
    pd.testing.assert_frame_equal(one, other)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 200), min_size=2, max_size=25))
def test_sums_of_days_never_fall_and_hold_no_error(days: list[int]) -> None:
    total = [float(one) for one in np.cumsum(days)]
    flow = series("toll_day", [float(one) for one in days], kind="flow")
    assert events(series("toll", list(total)), flow).empty


def test_a_panel_without_a_row_gives_a_frame_of_its_own_with_the_types_of_any_other() -> None:
    none = series("toll", growing(1)).iloc[:0]
    nothing = events(none, links=())
    pd.testing.assert_frame_equal(nothing, events(series("toll", growing(1)), links=()))
    nothing.attrs["mine"] = True
    assert not events(none, links=()).attrs
