"""A series with its events: which are marked, named, kept apart, or left to the rug."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from daily import RISING, drawn, events, panel
from matplotlib.figure import Figure

from analyzer.charts import draw_series, save_chart

NAN = np.nan
FALL = events(("fall", 40, 2100.0, "downward correction", NAN))


@pytest.fixture
def measure(make_measure: Any) -> pd.Series:
    row: pd.Series = make_measure("cumulative")
    return row


def test_one_day_is_no_series(measure: pd.Series) -> None:
    assert draw_series(panel([5.0]), events(("fall", 0, 5.0, "x", NAN)), measure, "D") is None


def test_a_series_to_which_nothing_happened_is_not_drawn(measure: pd.Series) -> None:
    assert draw_series(panel(RISING), events(), measure, "Daily") is None


def test_events_that_are_common_are_only_a_rug(
    measure: pd.Series, faults: Callable[[Figure], list[str]]
) -> None:
    common = events(("mismatch", 5, 350.0, "gap absorbed", NAN))
    chart = draw_series(panel(RISING), common, measure, "Daily")
    assert chart is not None
    assert drawn(chart.figure, "quiet") == 1
    assert drawn(chart.figure, "events") == 0
    assert chart.alt.endswith("No event is marked.")
    assert faults(chart.figure) == []


def test_events_are_marked_and_the_figure_that_would_fit_is_hollow(
    measure: pd.Series, faults: Callable[[Figure], list[str]], words: Any
) -> None:
    """A typing error with a suggestion, a fall, and a gap that a later day absorbed."""
    values = [*RISING]
    values[20] = 110.0
    happened = events(
        ("typing error", 20, 110.0, "missing digit", 1100.0),
        ("fall", 40, 2100.0, "downward correction", NAN),
        ("mismatch", 50, 2600.0, "gap absorbed", NAN),
    )
    chart = draw_series(panel(values), happened, measure, "Daily")
    assert chart is not None
    assert drawn(chart.figure, "events") == 2
    assert drawn(chart.figure, "suggestions") == 1
    assert drawn(chart.figure, "quiet") == 1
    assert "missing digit\n21 Mar 2024" in words(chart.figure)
    assert "days with gap absorbed (1)" in words(chart.figure)
    assert chart.title.endswith("29 Apr 2024; 1 likely typing error and 1 fall")
    assert "missing digit, 21 Mar 2024 (110)" in chart.alt
    assert faults(chart.figure) == []


def test_a_suggestion_for_another_figure_is_not_drawn_here(measure: pd.Series) -> None:
    """A mismatch can suggest what the total should read; that is another series."""
    happened = events(("mismatch", 20, 1100.0, "missing digit", 93_500.0))
    chart = draw_series(panel(RISING), happened, measure, "Daily")
    assert chart is not None
    assert drawn(chart.figure, "suggestions") == 0
    assert chart.figure.axes[1].get_ylim()[1] < 5000


def test_two_events_of_a_day_are_one_mark(measure: pd.Series) -> None:
    """The typing error, and the fall that it makes."""
    happened = events(
        ("fall", 20, 110.0, "missing digit", NAN),
        ("typing error", 20, 110.0, "missing digit", 1100.0),
    )
    chart = draw_series(panel(RISING), happened, measure, "Daily")
    assert chart is not None
    assert drawn(chart.figure, "events") == 1
    assert "1 likely typing error" in chart.title
    assert "fall" not in chart.title


def test_events_in_a_row_of_one_cause_share_a_label(measure: pd.Series, words: Any) -> None:
    """Three breaks within three days, one of the same cause a month later."""
    rows = [("switch", day, 100.0 + 50 * day, "source switch", NAN) for day in (10, 11, 12, 45)]
    chart = draw_series(panel(RISING), events(*rows), measure, "Daily")
    assert chart is not None
    text = words(chart.figure)
    assert "source switch\n3 figures, 11 Mar 2024 to 13 Mar 2024" in text
    assert "source switch\n15 Apr 2024" in text
    assert drawn(chart.figure, "events") == 4


def test_what_no_cause_explains_is_named_by_its_kind(measure: pd.Series, words: Any) -> None:
    happened = events(("surge", 30, 1600.0, "unexplained", NAN))
    chart = draw_series(panel(RISING), happened, measure, "Daily")
    assert chart is not None
    assert "steep rise, unexplained\n31 Mar 2024" in words(chart.figure)


def test_a_step_beyond_the_panel_is_an_arrow(measure: pd.Series, words: Any) -> None:
    values = [*RISING[:30], *[value + 90_000 for value in RISING[30:]]]
    chart = draw_series(panel(values), FALL, measure, "Daily")
    assert chart is not None
    assert drawn(chart.figure, "beyond up") == 1
    assert drawn(chart.figure, "beyond down") == 0
    assert "arrows go beyond the panel" in words(chart.figure)


def test_a_missing_month_breaks_the_line(measure: pd.Series) -> None:
    """Twenty days, none for thirty, ten days."""
    gappy = panel(RISING).drop(index=range(20, 50)).reset_index(drop=True)
    chart = draw_series(gappy, FALL, measure, "Daily")
    assert chart is not None
    lines = [line for line in chart.figure.axes[1].lines if line.get_gid() == "series"]
    assert [np.size(line.get_xdata()) for line in lines] == [20, 10]


def test_a_flow_is_strokes_without_a_panel_of_steps(make_measure: Any) -> None:
    flow = panel([5.0, 7.0, 3.0] * 10, kind="flow")
    happened = events(("mismatch", 3, 5.0, "transposed digits", NAN))
    chart = draw_series(flow, happened, make_measure("flow"), "Daily")
    assert chart is not None
    assert drawn(chart.figure, "series") == 30
    assert drawn(chart.figure, "steps") == 0
    assert "up to 7 (2 Mar 2024)" in chart.title


def test_forty_events_of_a_thousand_days_keep_apart(
    measure: pd.Series, faults: Callable[[Figure], list[str]]
) -> None:
    """Every kind in turn, each with another cause than the one before."""
    kinds = ("typing error", "fall", "switch", "surge")
    causes = ("missing digit", "downward correction", "source switch", "wrong column", "misdated")
    rows = [
        (kinds[n % 4], 25 * n, 10.0 * 25 * n, causes[n % 5], 9_000.0 if n % 4 == 0 else NAN)
        for n in range(40)
    ]
    chart = draw_series(panel([10.0 * n for n in range(1000)]), events(*rows), measure, "Daily")
    assert chart is not None
    assert drawn(chart.figure, "events") == 40
    assert faults(chart.figure) == []


def test_another_order_of_rows_gives_the_same_bytes(measure: pd.Series, tmp_path: Any) -> None:
    happened = events(
        ("typing error", 20, 1100.0, "missing digit", 1120.0),
        ("fall", 40, 2100.0, "downward correction", NAN),
    )
    contents = []
    for name, step in (("one", 1), ("other", -1)):
        chart = draw_series(panel(RISING).iloc[::step], happened.iloc[::step], measure, "Daily")
        assert chart is not None
        paths = save_chart(chart.figure, tmp_path / name, "Source: 60 claims")
        contents.append([path.read_bytes() for path in paths])
    assert contents[0] == contents[1]
