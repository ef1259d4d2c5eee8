"""Versions of a series: each replaced figure is a stroke, and what can't be seen is not drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from daily import RISING, drawn, panel, versions
from matplotlib.figure import Figure

from analyzer.charts import draw_vintages, save_chart


@pytest.fixture
def measure(make_measure: Any) -> pd.Series:
    row: pd.Series = make_measure("cumulative")
    return row


def revised() -> pd.DataFrame:
    """Ten days raised by 30, all on the hundredth day."""
    return versions(panel(RISING), panel([value + 30 for value in RISING[:10]], published=100))


def test_nothing_replaced_is_no_chart(measure: pd.Series) -> None:
    assert draw_vintages(panel(RISING), measure, "Daily") is None
    assert draw_vintages(versions(panel(RISING), panel(RISING, published=90)), measure, "D") is None


def test_a_change_too_small_to_see_is_no_chart(measure: pd.Series) -> None:
    """171,726 becomes 171,734."""
    big = [171_726.0 + 5 * place for place in range(40)]
    table = versions(panel(big), panel([171_734.0], published=50))
    assert draw_vintages(table, measure, "Daily") is None


def test_each_replaced_figure_is_a_stroke(
    measure: pd.Series, faults: Callable[[Figure], list[str]], words: Any
) -> None:
    chart = draw_vintages(revised(), measure, "Daily")
    assert chart is not None
    assert drawn(chart.figure, "changes") == 10
    text = words(chart.figure)
    assert "before 9 Jun 2024" in text
    assert "from 9 Jun 2024" in text
    assert "1 Mar: 100,\nthen 130" in text or "1 Mar:\n100,\nthen 130" in text
    assert "the figures for 10 days were replaced; that for 1 Mar 2024 read 100, then 130" in (
        chart.title
    )
    assert "drawn are 10 replaced figures, 10 raised and 0 lowered" in chart.alt
    assert "which bears the dot" in chart.caption
    assert faults(chart.figure) == []


def test_the_data_are_the_versions(measure: pd.Series) -> None:
    chart = draw_vintages(revised(), measure, "Daily")
    assert chart is not None
    data = chart.data
    assert data["version"].unique().tolist() == ["before 9 Jun 2024", "from 9 Jun 2024"]
    first = data[data["as_of"] == "2024-03-01"]
    assert first["figure"].tolist() == [100.0, 130.0]
    assert first["published"].tolist() == ["2024-03-01", "2024-06-09"]
    assert data["claim"].ne("").all()


def test_a_version_that_is_put_back_is_drawn_as_one(measure: pd.Series, words: Any) -> None:
    """Raised on the hundredth day, and put back on the next."""
    back = panel(RISING[:10], published=101)
    chart = draw_vintages(versions(revised(), back), measure, "Daily")
    assert chart is not None
    assert chart.data["version"].unique().tolist() == [
        "from 9 Jun 2024",
        "before 9 Jun 2024, and again from 10 Jun 2024",
    ]
    assert "and again from 10 Jun 2024" in words(chart.figure)


def test_the_title_says_that_a_figure_was_put_back(measure: pd.Series) -> None:
    """100 for a day, then 600, then 100 again: the change must not be told alone."""
    table = versions(panel(RISING), panel([600.0], published=70), panel([100.0], published=72))
    chart = draw_vintages(table, measure, "Daily")
    assert chart is not None
    assert chart.title.endswith("the figure for 1 Mar 2024 read 100, then 600, then 100")


def test_days_that_were_replaced_together_are_shown_and_the_rest_counted(
    measure: pd.Series, words: Any
) -> None:
    """Five days in March on one day, one in late April on another."""
    late = panel(RISING).tail(1).assign(value=9000.0, low=9000.0, high=9000.0)
    late = late.assign(published=late["published"] + pd.Timedelta(days=9))
    early = panel([value + 30 for value in RISING[:5]], published=100)
    chart = draw_vintages(versions(panel(RISING), early, late), measure, "Daily")
    assert chart is not None
    assert drawn(chart.figure, "changes") == 5
    text = " ".join(words(chart.figure).split())
    assert "Daily: 5 of 6 replaced figures are drawn." in text


def test_older_versions_are_fainter(measure: pd.Series) -> None:
    third = panel([value + 90 for value in RISING[:10]], published=120)
    chart = draw_vintages(versions(revised(), third), measure, "Daily")
    assert chart is not None
    lines = [line for line in chart.figure.axes[1].lines if np.size(line.get_xdata()) > 2]
    shades = [int(str(line.get_color())[1:3], 16) for line in lines][:3]
    assert shades == sorted(shades, reverse=True)
    assert len(set(shades)) == 3


def test_another_order_of_rows_gives_the_same_bytes(measure: pd.Series, tmp_path: Any) -> None:
    contents = []
    for name, step in (("one", 1), ("other", -1)):
        chart = draw_vintages(revised().iloc[::step], measure, "Daily")
        assert chart is not None
        paths = save_chart(chart, tmp_path / name, "Source: 70 claims")
        contents.append([path.read_bytes() for path in paths])
    assert contents[0] == contents[1]
