"""The revision triangle: old and new figure of each day, however many days there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from daily import RISING, START, panel, versions
from matplotlib.figure import Figure

from analyzer.charts import draw_triangle, save_chart
from analyzer.charts.series.triangle_table import (
    kept_rows,
    row_names,
    triangle_columns,
    triangle_rows,
)
from analyzer.series.revisions import list_revisions, list_versions


@pytest.fixture
def measure(make_measure: Any) -> pd.Series:
    row: pd.Series = make_measure("cumulative")
    return row


def revisions(*tables: pd.DataFrame) -> pd.DataFrame:
    return list_revisions(list_versions(versions(*tables)))


def cells(figure: Figure) -> np.ma.MaskedArray:
    (mesh,) = [one for one in figure.axes[1].collections if one.get_gid() == "cells"]
    found: np.ma.MaskedArray = np.ma.asarray(mesh.get_array())
    return found


def test_one_replaced_figure_is_no_triangle(measure: pd.Series) -> None:
    assert draw_triangle(panel(RISING), measure, "Daily") is None
    one = versions(panel(RISING), panel([130.0], published=90))
    assert draw_triangle(one, measure, "Daily") is None


def test_old_and_new_figures_stand_side_by_side(
    measure: pd.Series, faults: Callable[[Figure], list[str]], words: Any
) -> None:
    """1 March: 100, then 130 on day 90; 2 March: 150, then 140 on day 90 and 145 on day 95."""
    table = versions(
        panel(RISING), panel([130.0, 140.0], published=90), panel([130.0, 145.0], published=95)
    )
    chart = draw_triangle(table, measure, "Daily")
    assert chart is not None
    text = words(chart.figure).split("\n")
    assert {"1 Mar 2024", "100", "130", "2 Mar 2024", "150", "140", "145", "before"} <= set(text)
    shade = cells(chart.figure)
    assert np.sign(shade).tolist() == [[-1, 0, 0], [1, -1, 0]]
    assert chart.title == (
        "Killed in the flood: 3 figures for 2 days were replaced, half of them 90 days later or "
        "more; the largest change: 100 became 130"
    )
    assert [one.get_gid() for one in chart.figure.axes[1].patches] == ["largest"]
    assert "2 raised and 1 lowered" in chart.alt
    assert faults(chart.figure) == []


def test_a_day_that_was_not_published_yet_is_empty(measure: pd.Series) -> None:
    """Day 0 replaced on day 5; day 10 published on its day and replaced on day 12."""
    days = panel(RISING[:11])
    late = days.tail(1).assign(value=700.0, low=700.0, high=700.0)
    late = late.assign(published=late["published"] + pd.Timedelta(days=2))
    chart = draw_triangle(versions(days, panel([130.0], published=5), late), measure, "Daily")
    assert chart is not None
    empty = np.ma.getmaskarray(cells(chart.figure))
    assert empty.tolist() == [[False] * 4, [True, True, False, False]]


def test_what_the_chart_of_versions_draws_is_no_triangle(measure: pd.Series) -> None:
    """Hundred days replaced on one day; six days, and five."""
    values = [100.0 + 7 * place for place in range(100)]
    table = versions(panel(values), panel([value + 30 for value in values], published=150))
    assert draw_triangle(table, measure, "Daily") is None
    for days, drawn in ((6, False), (5, True)):
        few = panel([value + 30 for value in values[:days]], published=150)
        chart = draw_triangle(versions(panel(values), few), measure, "Daily")
        assert (chart is not None) is drawn


def test_of_many_days_those_with_the_widest_gaps_have_rows(
    measure: pd.Series, faults: Callable[[Figure], list[str]], words: Any
) -> None:
    """Forty days in spring replaced on one day, ten in autumn on another; 14 are drawn."""
    values = [100.0 + 7 * place for place in range(300)]
    spring = panel([value + 30 for value in values[:40]], published=320)
    autumn = panel(values, published=330).iloc[250:260]
    autumn = autumn.assign(**{c: autumn[c] + 9 for c in ("value", "low", "high")})
    chart = draw_triangle(versions(panel(values), spring, autumn), measure, "Daily")
    assert chart is not None
    text = " ".join(words(chart.figure).split())
    assert cells(chart.figure).shape[0] == 14
    assert "shown are 14 of 50 revised days" in text
    assert "130" in text
    assert faults(chart.figure) == []


def test_the_data_are_the_cells(measure: pd.Series) -> None:
    table = versions(panel(RISING), panel([130.0, 140.0], published=90))
    chart = draw_triangle(table, measure, "Daily")
    assert chart is not None
    data = chart.data
    assert data["as_of_first"].tolist() == ["2024-03-01"] * 2 + ["2024-03-02"] * 2
    assert data["as_of_last"].equals(data["as_of_first"])
    assert data["published"].tolist() == ["", "2024-05-30"] * 2
    assert data["low"].tolist() == [100.0, 130.0, 150.0, 140.0]
    assert np.sign(data["gap_to_last"]).tolist() == [-1, 0, 1, 0]


def test_days_that_read_the_same_share_a_row() -> None:
    """Days 0 to 2 stood at 100 and became 130; day 3 became 140."""
    same = panel([100.0] * 4)
    found = triangle_rows(revisions(same, panel([130.0, 130.0, 130.0, 140.0], published=90)))
    assert list(row_names(found).values()) == ["1 to 3 Mar 2024", "4 Mar 2024"]
    assert kept_rows(found, revisions(same, panel([130.0] * 3 + [140.0], published=90))).size == 4


def test_days_of_other_publications_share_no_row() -> None:
    """Days 0 and 1 replaced on day 90, day 2 on day 95."""
    third = panel([5.0] * 3, published=95).tail(1).assign(value=1.0, low=1.0, high=1.0)
    found = triangle_rows(revisions(panel([5.0] * 60), panel([1.0, 1.0], published=90), third))
    assert found.nunique() == 2
    assert list(row_names(found).values()) == ["1 to 2 Mar 2024", "3 Mar 2024"]


def test_where_columns_are_few_the_largest_revisions_come_first() -> None:
    """Five revisions on five days, room for three columns: before, and two of them."""
    tables = [panel(RISING)]
    for place in range(5):
        one = panel(RISING[: place + 1], published=80 + place).tail(1)
        value = float(one["value"].iloc[0]) * (2 + place)
        tables.append(one.assign(value=value, low=value, high=value))
    dates, told = triangle_columns(revisions(*tables), 3)
    assert [(day - START).days for day in dates] == [83, 84]
    assert [(day - START).days for day in sorted(told)] == [3, 4]


def test_another_order_of_rows_gives_the_same_bytes(measure: pd.Series, tmp_path: Any) -> None:
    table = versions(panel(RISING), panel([130.0, 140.0], published=90))
    contents = []
    for name, step in (("one", 1), ("other", -1)):
        chart = draw_triangle(table.iloc[::step], measure, "Daily")
        assert chart is not None
        paths = save_chart(chart, tmp_path / name, "Source: 62 claims")
        contents.append([path.read_bytes() for path in paths])
    assert contents[0] == contents[1]
