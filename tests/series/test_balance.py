"""Days against steps, parts against totals: each place where they differ, and no other."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from panels import book, growing, series, steps_of

from analyzer.series.balance import (
    Mismatch,
    find_excesses,
    find_mismatches,
    find_shortfalls,
)

TOTAL = [("toll_day.daily", "total", "toll.daily")]
PARTS = [
    ("new.daily", "part", "toll_day.daily"),
    ("found.daily", "part", "toll_day.daily"),
]


def mismatches(total: list[float | None], days: list[float | None], **cells: object) -> list[int]:
    """Numbers of the days whose figure differs from the step."""
    flow = series("toll_day", days, kind="flow", **cells)  # type: ignore[arg-type]
    found = find_mismatches(book(series("toll", total), flow, links=TOTAL))
    return [int(str(one.flow.claim[one.at]).split(".")[1]) for one in found]


def test_daily_figures_that_equal_the_steps_do_not_differ() -> None:
    assert mismatches([100, 110, 130, 135], [None, 10, 20, 5]) == []


def test_the_first_day_has_no_step() -> None:
    assert mismatches([100, 110], [7, 10]) == []


def test_a_day_without_a_total_can_not_be_compared() -> None:
    assert mismatches([100, None, None, 140], [None, 10, None, None]) == []


def test_daily_figures_of_all_days_since_the_last_total_are_added_up() -> None:
    """Day 3: 10 + 12 + 18 = 40 is the step over three days."""
    assert mismatches([100, None, None, 140], [None, 10, 12, 18]) == []


def test_a_figure_that_names_its_period_is_held_against_the_step_of_it() -> None:
    """Day 2 covers two days; the total of day 1 is that of day 0."""
    assert mismatches([100, 100, 130, 140], [None, 0, 30, 10], periods={2: 2}) == []


def test_open_wordings_differ_only_where_their_bounds_exclude_the_step() -> None:
    """At least 15 holds a step of 20, not one of 10."""
    bounds = {"low": {1: 15.0, 2: 15.0}, "high": {1: np.inf, 2: np.inf}}
    assert mismatches([100, 120, 130], [None, 15, 15], **bounds) == [2]


def test_every_figure_that_differs_is_found() -> None:
    """Day 1 by one, day 3 because day 2 has no total and no figure of its own."""
    assert mismatches([100, 110, None, 140], [None, 11, None, 9]) == [1, 3]


def test_a_step_and_its_days() -> None:
    lines = book(
        series("toll", [100, None, 130]), series("toll_day", [None, None, 9], kind="flow")
    ).lines
    one = Mismatch(lines["toll_day.daily"], lines["toll.daily"], 0, 1, 0)
    assert (one.step, one.days, one.period) == (30, 2, 1)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=3, max_size=30))
def test_sums_of_days_never_differ_from_their_days(days: list[int]) -> None:
    total = [float(one) for one in np.cumsum(days)]
    assert mismatches(list(total), [float(one) for one in days]) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=4, max_size=20), st.data())
def test_one_wrong_total_shows_on_its_day_and_the_next(
    days: list[int], data: st.DataObject
) -> None:
    total: list[float | None] = [float(one) for one in np.cumsum(days)]
    place = data.draw(st.integers(1, len(days) - 2))
    total[place] = float(total[place] or 0) + data.draw(st.integers(1, 50))
    assert mismatches(total, [float(one) for one in days]) == [place, place + 1]


def test_order_of_rows_does_not_matter() -> None:
    flow = series("toll_day", [None, 11, 20, 9], kind="flow")
    frames = (series("toll", [100, 110, 130, 140]), flow)
    both = pd.concat(frames, ignore_index=True)
    turned = book(both.iloc[::-1], links=TOTAL)
    assert len(find_mismatches(book(both, links=TOTAL))) == len(find_mismatches(turned)) == 2


def test_a_part_may_equal_its_total_and_not_exceed_it() -> None:
    found = find_excesses(
        book(
            series("toll", [100, 110, 120]),
            series("children", [40, 110, 121]),
            links=[("children.daily", "part", "toll.daily")],
        )
    )
    assert [one.part.claim[one.at] for one in found] == ["children.2"]


def test_parts_of_another_source_are_not_held_against_the_total() -> None:
    found = find_excesses(
        book(
            series("toll", [100, 110]),
            series("children", [140, 141], source="blog"),
            links=[("children.blog", "part", "toll.daily")],
        )
    )
    assert found == []


def test_parts_that_make_up_the_whole_on_nearly_all_days_must_on_each() -> None:
    """Day 12: 9 of 20 are given, and the second part is blank."""
    total = growing(21)
    days = steps_of(total)
    new = [None if one is None else one - 2 for one in days]
    found: list[float | None] = [None, *[2.0] * 20]
    days[12], new[12], found[12] = 20, 9, None
    frames = [
        series(name, values, kind="flow")
        for name, values in (("toll_day", days), ("new", new), ("found", found))
    ]
    short = find_shortfalls(book(*frames, links=PARTS))
    assert [(one.whole.claim[one.at], one.sum) for one in short] == [("toll_day.12", 9)]
    assert [line.measure for line in short[0].blank] == ["found"]


def test_parts_that_make_up_the_whole_for_a_time_must_on_each_day_of_it() -> None:
    """From day 25 on the parts leave one out; on day 12 the second part is blank."""
    days = steps_of(growing(50))
    new = [None if one is None else one - 2 for one in days]
    found: list[float | None] = [None, *[2.0] * 24, *[1.0] * 25]
    found[12] = None
    frames = [
        series(name, values, kind="flow")
        for name, values in (("toll_day", days), ("new", new), ("found", found))
    ]
    short = find_shortfalls(book(*frames, links=PARTS))
    assert [one.whole.claim[one.at] for one in short] == ["toll_day.12"]


def test_parts_that_seldom_make_up_the_whole_are_not_all_its_parts() -> None:
    days = steps_of(growing(21))
    frames = [
        series(name, values, kind="flow")
        for name, values in (("toll_day", days), ("new", [3.0] * 21), ("found", [1.0] * 21))
    ]
    assert find_shortfalls(book(*frames, links=PARTS)) == []
