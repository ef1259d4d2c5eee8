"""A series with its events: which are marked, named, enlarged, or only counted in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from daily import RISING, START, drawn, events, panel
from matplotlib.figure import Figure

from analyzer.charts import Chart, draw_series, save_chart
from analyzer.charts.base import theme

NAN = np.nan
FALL = events(("fall", 40, 2040.0, "downward correction", NAN))


def fallen() -> list[float]:
    """It fell once, on the fortieth day, from 2,050 to 2,040."""
    return [*RISING[:40], 2040.0, *RISING[41:]]


@pytest.fixture
def measure(make_measure: Any) -> pd.Series:
    row: pd.Series = make_measure("cumulative")
    return row


@pytest.fixture
def draw(measure: pd.Series) -> Callable[..., Chart]:
    def make(values: list[float], happened: pd.DataFrame, **cells: str) -> Chart:
        chart = draw_series(panel(values, **cells), happened, measure, "Daily")
        assert chart is not None
        return chart

    return make


def test_one_day_is_no_series(measure: pd.Series) -> None:
    assert draw_series(panel([5.0]), events(("fall", 0, 5.0, "x", NAN)), measure, "D") is None


def test_a_series_to_which_nothing_happened_is_not_drawn(measure: pd.Series) -> None:
    assert draw_series(panel(RISING), events(), measure, "Daily") is None


def test_events_that_are_common_are_only_counted(
    draw: Callable[..., Chart], faults: Callable[[Figure], list[str]]
) -> None:
    """A small chart of the line alone."""
    chart = draw(RISING, events(("mismatch", 5, 350.0, "gap absorbed", NAN)))
    assert chart.title == "Killed in the flood: from 100 to 3,050 without a fall"
    assert chart.caption == "Not marked: 1 day (likely cause: days missing before)."
    assert drawn(chart.figure, "events") == 0
    assert chart.alt.endswith("No event is marked.")
    assert chart.figure.get_figheight() < 2.5
    assert faults(chart.figure) == []


def test_the_title_says_how_often_and_how_far_a_total_fell(
    draw: Callable[..., Chart], faults: Callable[[Figure], list[str]], words: Any
) -> None:
    chart = draw(fallen(), FALL)
    assert chart.title == (
        "Killed in the flood: the running total fell once, by 10 to 2,040 on 10 Apr 2024"
    )
    assert "10 Apr 2024: fell by 10 to 2,040 (downward correction)" in chart.alt
    assert {"fell by 10 to 2,040", "2,050"} <= set(words(chart.figure).split("\n"))
    assert faults(chart.figure) == []


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([500.0, 490.0, 510.0, 480.0], "fell twice; the largest fall was 30, to 480 on 4 Mar"),
        ([500.0, 490.0, 510.0, 500.0], "fell twice, each time by 10"),
        ([500.0, 490.0, 480.0, 440.0], "fell 3 times; the largest fall was 40, to 440 on 4 Mar"),
    ],
)
def test_several_falls_are_counted(
    draw: Callable[..., Chart], values: list[float], told: str
) -> None:
    steps = [day for day in (1, 2, 3) if values[day] < values[day - 1]]
    rows = [("fall", day, values[day], "downward correction", NAN) for day in steps]
    assert told in draw(values, events(*rows)).title


def test_a_mistyped_figure_is_marked_and_the_one_that_would_fit_is_hollow(
    draw: Callable[..., Chart], faults: Callable[[Figure], list[str]], words: Any
) -> None:
    """A typing error with a suggestion, a fall, and a gap that a later day absorbed."""
    values = fallen()
    values[20] = 110.0
    happened = events(
        ("typing error", 20, 110.0, "missing digit", 1100.0),
        ("fall", 40, 2040.0, "downward correction", NAN),
        ("mismatch", 50, 2600.0, "gap absorbed", NAN),
    )
    chart = draw(values, happened)
    assert drawn(chart.figure, "events") == 2
    assert drawn(chart.figure, "fitting") == 1
    text = words(chart.figure)
    assert "1 likely typing error" in text
    assert "fell by 10\n10 Apr 2024" in text
    assert chart.title == (
        "Killed in the flood: 110 for 21 Mar 2024 is likely a typing error; 1,100 would fit"
    )
    assert "21 Mar 2024: 110, likely typing error (missing digit)" in chart.alt
    assert "Not marked: 1 day (likely cause: days missing before)." in chart.caption
    assert faults(chart.figure) == []


def test_a_suggestion_for_another_figure_is_not_drawn_here(draw: Callable[..., Chart]) -> None:
    """A mismatch can suggest what the total should read; that is another series."""
    chart = draw(RISING, events(("mismatch", 20, 1100.0, "missing digit", 93_500.0)))
    assert drawn(chart.figure, "fitting") == 0
    assert chart.figure.axes[1].get_ylim()[1] < 5000


def test_beside_a_flow_stands_the_change_of_its_total(
    make_measure: Any, faults: Callable[[Figure], list[str]], words: Any
) -> None:
    """7 where the total rose by 12, and another that is only told: the total fell by 900."""
    happened = events(
        ("mismatch", 31, 7.0, "unexplained", NAN), ("mismatch", 60, 5.0, "unexplained", NAN)
    )
    happened = happened.assign(expected_low=[12.0, -900.0], expected_high=[12.0, -900.0])
    happened["gap"] = [0.3, 0.2]
    flow = panel([5.0, 7.0, 3.0] * 30, kind="flow")
    chart = draw_series(flow, happened, make_measure("flow"), "Daily")
    assert chart is not None
    assert chart.title == (
        "Killed in the flood: 2 figures do not match the running total, such as 7 for "
        "1 Apr 2024, while the running total rose by 12"
    )
    assert "12 change of" in words(chart.figure)
    assert drawn(chart.figure, "series") == 90
    assert "Hollow mark: the change of the running total." in chart.caption
    assert faults(chart.figure) == []
    alone = happened.tail(1)
    chart = draw_series(flow, alone, make_measure("flow"), "Daily")
    assert chart is not None
    assert chart.title.endswith("5 for 30 Apr 2024, while the running total fell by 900")
    assert drawn(chart.figure, "fitting") == 0
    assert (
        chart.caption == "One bar a figure. The shaded days are enlarged below, on a scale of "
        "their own."
    )


def test_two_kinds_of_hollow_marks_are_both_explained(make_measure: Any) -> None:
    """A typing error where 70 would fit, and 5 where the total rose by 12."""
    happened = events(
        ("typing error", 31, 7.0, "missing digit", 70.0), ("mismatch", 60, 5.0, "unexplained", NAN)
    )
    happened = happened.assign(expected_low=[NAN, 12.0], expected_high=[NAN, 12.0])
    flow = panel([5.0, 7.0, 3.0] * 30, kind="flow")
    chart = draw_series(flow, happened, make_measure("flow"), "Daily")
    assert chart is not None
    assert "Hollow mark: the figure that would fit or the change of the running total." in (
        chart.caption
    )


def test_a_figure_that_stands_again_is_not_called_mistyped(draw: Callable[..., Chart]) -> None:
    """The figure of the day before; either of two others would fit."""
    values = [*RISING[:20], RISING[19], *RISING[21:]]
    happened = events(("typing error", 20, RISING[19], "copied forward", 1100.0))
    happened["suggestions"] = [(1100.0, 1080.0)]
    assert draw(values, happened).title == (
        "Killed in the flood: 1,050 for 21 Mar 2024 likely repeats the figure of an earlier day; "
        "1,100 would fit, among others"
    )


def test_a_likely_correction_does_not_lead_before_an_unexplained_rise(
    draw: Callable[..., Chart], words: Any
) -> None:
    """A fall by 10 that its origin wanted, and a rise by 300; both are marked."""
    values = [*fallen()[:50], *(value + 250 for value in fallen()[50:])]
    rise = ("surge", 50, values[50], "unexplained", NAN)
    fall = ("fall", 40, 2040.0, "downward correction", NAN)
    chart = draw(values, events(fall, rise))
    assert chart.title.endswith("one step stands out, from 2,550 to 2,850 on 20 Apr 2024")
    assert "fell by 10\n10 Apr 2024" in words(chart.figure)
    unexplained = events(("fall", 40, 2040.0, "unexplained", NAN), rise)
    assert "fell once, by 10" in draw(values, unexplained).title


def test_the_scope_of_a_series_stands_in_its_title(draw: Callable[..., Chart]) -> None:
    title = draw(fallen(), FALL, scope="visually_confirmed").title
    assert title.startswith("Killed in the flood (visually confirmed): the running total fell")


@pytest.mark.parametrize(
    ("rule", "cause", "told"),
    [
        (
            "parts",
            "incomplete parts",
            "350 for 6 Mar 2024, whose parts come to 1; probably because parts are missing",
        ),
        ("parts", "unexplained", "350 for 6 Mar 2024, whose parts come to 1"),
        ("total", "unexplained", "350 for 6 Mar 2024 lies above its total of 1"),
    ],
)
def test_a_sum_that_fails_is_told_with_both_its_sides(
    draw: Callable[..., Chart], rule: str, cause: str, told: str
) -> None:
    happened = events(("account", 5, 350.0, cause, NAN)).assign(
        event=f"account.deaths.daily.{rule}.2024-03-06", expected_low=1.0, expected_high=1.0
    )
    assert draw(RISING, happened).title == f"Killed in the flood: {told}"


def test_two_events_of_a_day_are_one_mark(draw: Callable[..., Chart]) -> None:
    """The typing error, and the fall that it makes."""
    happened = events(
        ("fall", 20, 110.0, "missing digit", NAN),
        ("typing error", 20, 110.0, "missing digit", 1100.0),
    )
    chart = draw(RISING, happened)
    assert sum(chart.data["event"] != "") == 1
    assert "is likely a typing error" in chart.title
    assert "fell" not in chart.title


def test_events_in_a_row_of_one_cause_share_a_label(draw: Callable[..., Chart], words: Any) -> None:
    """Two breaks within two days; one a month later has the wider gap, and is enlarged."""
    rows = [("switch", day, 100.0 + 50 * day, "source switch", NAN) for day in (10, 11, 45)]
    chart = draw(RISING, events(*rows).assign(gap=[0.1, 0.1, 0.2]))
    text = words(chart.figure)
    assert "2 breaks in the series\n11 to 12 Mar 2024" in text
    assert chart.title.endswith(
        "the series breaks 3 times, as on 15 Apr 2024, from 2,300 to 2,350; probably because "
        "another origin is cited"
    )


def test_a_step_that_the_whole_shows_is_not_enlarged(draw: Callable[..., Chart]) -> None:
    values = [*RISING[:30], *[value + 90_000 for value in RISING[30:]]]
    chart = draw(values, events(("surge", 30, 91_600.0, "unexplained", NAN)))
    assert len(chart.figure.axes) == 2
    assert chart.title.endswith("one step stands out, from 1,550 to 91,600 on 31 Mar 2024")
    assert len(draw(fallen(), FALL).figure.axes) == 3


def test_the_enlarged_days_are_those_around_the_event(draw: Callable[..., Chart]) -> None:
    """Eight figures before and after it, shaded above."""
    chart = draw([*fallen(), *(RISING[-1] + n for n in range(200))], FALL)
    assert drawn(chart.figure, "days") == 17
    (_, whole, near) = chart.figure.axes
    assert near.get_xlim()[0] > whole.get_xlim()[0]
    assert near.get_ylim()[0] > 1000
    assert "enlarged below" in chart.caption


def test_a_missing_month_breaks_the_line(measure: pd.Series) -> None:
    """Twenty days, none for thirty, ten days."""
    gappy = panel(RISING).drop(index=range(20, 50)).reset_index(drop=True)
    chart = draw_series(gappy, events(("fall", 5, 350.0, "x", NAN)), measure, "Daily")
    assert chart is not None
    lines = [line for line in chart.figure.axes[1].lines if line.get_gid() == "series"]
    assert [np.size(line.get_xdata()) for line in lines] == [20, 10]
    assert "The line is broken where days are missing." in chart.caption
    whole = draw_series(panel(RISING), FALL, measure, "Daily")
    assert whole is not None
    assert "broken" not in whole.caption


def test_a_scale_that_does_not_start_at_zero_is_told(draw: Callable[..., Chart]) -> None:
    """From 5,000 to 5,050."""
    chart = draw([5000.0 + n for n in range(50)], events(("fall", 20, 5020.0, "x", NAN)))
    assert "The scale does not start at zero." in chart.caption
    assert chart.figure.axes[1].get_ylim()[0] > 4900
    assert "start at zero" not in draw(RISING, FALL).caption


def test_the_data_are_the_figures_with_what_happened(draw: Callable[..., Chart]) -> None:
    data = draw(fallen(), FALL).data
    assert len(data) == 60
    row = data.loc[40]
    assert row["as_of"] == "2024-04-10"
    assert (row["figure"], row["before"], row["change"]) == (2040.0, 2050.0, -10.0)
    assert (row["event"], row["likeliest_cause"]) == ("fall", "downward correction")
    assert row["claim"] == "deaths.daily.0.40"
    assert (data["event"] != "").sum() == 1


def test_forty_events_of_a_thousand_days_keep_apart(
    measure: pd.Series, faults: Callable[[Figure], list[str]]
) -> None:
    """Every kind in turn, each with another cause than the one before; a very long name."""
    kinds = ("typing error", "fall", "switch", "surge")
    causes = ("missing digit", "downward correction", "source switch", "wrong column", "misdated")
    rows = [
        (kinds[n % 4], 25 * n, 10.0 * 25 * n, causes[n % 5], 9_000.0 if n % 4 == 0 else NAN)
        for n in range(40)
    ]
    name = "The Very Long Name of an Office for the Coordination of Affairs"
    chart = draw_series(panel([10.0 * n for n in range(1000)]), events(*rows), measure, name)
    assert chart is not None
    assert sum(chart.data["event"] != "") == 40
    assert faults(chart.figure) == []


@pytest.mark.parametrize("scale", [0.001, 1e6])
def test_tiny_and_huge_figures_have_room(
    draw: Callable[..., Chart], faults: Callable[[Figure], list[str]], scale: float
) -> None:
    chart = draw(
        [value * scale for value in fallen()],
        events(("fall", 40, 2040 * scale, "unexplained", NAN)),
    )
    assert faults(chart.figure) == []
    assert chart.figure.get_figwidth() == theme.WIDTH


def test_an_event_of_a_day_without_a_standing_figure_is_drawn(measure: pd.Series) -> None:
    """Two values were given for the day, so the series has none."""
    gappy = panel(RISING).drop(index=30).reset_index(drop=True)
    chart = draw_series(gappy, events(("duplicate", 30, 1600.0, "x", NAN)), measure, "Daily")
    assert chart is not None
    day = START + pd.Timedelta(days=30)
    assert chart.title.endswith("two values are given for 31 Mar 2024")
    assert chart.data.set_index("as_of").loc[str(day.date()), "figure"] == 1600.0


def test_another_order_of_rows_gives_the_same_bytes(measure: pd.Series, tmp_path: Any) -> None:
    happened = events(
        ("typing error", 20, 1100.0, "missing digit", 1120.0),
        ("fall", 40, 2100.0, "downward correction", NAN),
    )
    contents = []
    for name, step in (("one", 1), ("other", -1)):
        chart = draw_series(panel(RISING).iloc[::step], happened.iloc[::step], measure, "Daily")
        assert chart is not None
        paths = save_chart(chart, tmp_path / name, "Source: 60 claims")
        contents.append([path.read_bytes() for path in paths])
    assert contents[0] == contents[1]
