"""Typing errors: what is told, what is not, and what is suggested."""

from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from panels import one_page

from analyzer.align import align
from analyzer.intake import Dossier
from analyzer.model import CAUSES
from analyzer.series.detect import detect
from analyzer.series.guesses import CAUSES as TYPED
from analyzer.series.keys import meant
from analyzer.series.links import link_series
from analyzer.series.panel import build_panel
from analyzer.series.slips import COLUMNS, find_slips
from analyzer.settings import Thresholds

START = date(2024, 1, 1)
STEPS = [31, 38, 33, 41, 29, 35, 37, 32, 40, 34, 36, 30, 39, 33, 35, 38, 31, 36, 34, 37]


def totals(*changes: tuple[int, float], start: float = 4000) -> pd.Series:
    """A running total of twenty days, some of its figures replaced."""
    days = pd.date_range(START, periods=len(STEPS))
    values = pd.Series(STEPS, index=days, dtype="float64").cumsum() + start
    for place, value in changes:
        values.iloc[place] = value
    return values


def first(found: pd.DataFrame) -> tuple[str, float, str]:
    row = found.iloc[0]
    return f"{row['at']:%d}", row["suggestion"], row["cause"]


def test_a_plain_series_holds_no_error() -> None:
    assert detect(totals()).empty


def test_a_late_batch_that_stays_is_no_error() -> None:
    values = totals()
    values.iloc[10:] += 720
    assert detect(values).empty


def test_a_downward_correction_that_stays_is_no_error() -> None:
    values = totals()
    values.iloc[10:] -= 150
    assert detect(values).empty


def test_a_day_without_a_report_is_no_error() -> None:
    values = totals()
    assert detect(values.drop(values.index[[7, 8]])).empty


def test_a_surge_of_a_daily_series_is_no_error_where_its_total_has_it_too() -> None:
    total = totals()
    total.iloc[10:] += 340
    daily = total.diff()
    assert detect(daily, "flow", total=total).empty


@pytest.mark.parametrize(
    ("wrong", "cause"),
    [
        (7211, "unexplained"),
        (438, "missing digit"),
        (43386, "extra digit"),
        (9386, "wrong digit"),
        (4836, "transposed digits"),
    ],
)
def test_a_slip_of_the_keys_is_told_with_its_cause(wrong: int, cause: str) -> None:
    right = totals().iloc[10]
    found = detect(totals((10, wrong)))
    assert right == 4386
    assert list(found["at"]) == [pd.Timestamp("2024-01-11")]
    assert found.iloc[0]["cause"] == cause
    assert found.iloc[0]["low"] <= right <= found.iloc[0]["high"]
    assert abs(found.iloc[0]["suggestion"] - right) <= 15


def test_the_newest_figure_is_judged_by_those_before_it() -> None:
    found = detect(totals((19, 470)))
    assert first(found)[0] == "20"
    assert first(found)[2] == "missing digit"


def test_the_daily_figures_name_the_right_total() -> None:
    values = totals((10, 4368))
    found = detect(values, daily=totals().diff())
    assert first(found)[:2] == ("11", 4386.0)
    assert "were given for the day" in found.iloc[0]["evidence"]


def test_the_total_names_the_right_daily_figure() -> None:
    daily = totals().diff()
    daily.iloc[10] = 63
    found = detect(daily, "flow", total=totals())
    assert first(found) == ("11", 36.0, "transposed digits")


def test_two_days_in_each_others_place_are_swapped() -> None:
    right = totals()
    found = detect(totals((10, right.iloc[11]), (11, right.iloc[10])))
    assert list(found["suggestion"]) == [right.iloc[10], right.iloc[11]]
    assert set(found["cause"]) == {"swapped figures"}


def test_the_figure_of_another_column_is_told() -> None:
    other = totals(start=91000)
    found = detect(totals((10, other.iloc[10])), beside=other.to_frame("other"))
    assert found.iloc[0]["cause"] == "wrong column"


def test_the_figure_of_the_day_in_place_of_the_total_is_told() -> None:
    found = detect(totals((10, 36)), daily=totals().diff())
    assert first(found) == ("11", 4386.0, "daily typed as cumulative")


def test_a_repeated_index_and_another_kind_are_refused() -> None:
    values = totals()
    with pytest.raises(ValueError, match="kind"):
        detect(values, "share")
    with pytest.raises(ValueError, match="twice"):
        detect(pd.concat([values, values]))


def test_suggestions_are_ranked_and_few() -> None:
    row = detect(totals((10, 437))).iloc[0]
    chances = [one.likelihood for one in row["suggestions"]]
    assert chances == sorted(chances, reverse=True)
    assert 1 <= len(chances) <= 5
    assert row["suggestion"] == row["suggestions"][0].value
    assert row["evidence"].startswith("437 -> 4,")
    assert "the day before" in row["evidence"] and "the day after" in row["evidence"]


def test_every_cause_is_a_word_of_the_model() -> None:
    assert set(TYPED) <= set(CAUSES)


def test_slips_of_412() -> None:
    figures = {(figure, cause) for figure, cause, _ in meant(412)}
    assert {
        (421, "transposed digits"),
        (4120, "missing digit"),
        (4120, "power of ten"),
        (42, "extra digit"),
        (402, "wrong digit"),
    } <= figures
    assert 412 not in {figure for figure, _ in figures}


@given(st.integers(0, 10**7))
def test_a_slip_is_never_the_figure_itself_and_chances_are_small(typed: int) -> None:
    for figure, _, chance in meant(typed):
        assert figure != typed and figure >= 0
        assert 0 < chance < 0.5


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(STEPS))))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    values = totals((10, 437))
    pd.testing.assert_frame_equal(detect(values.iloc[order]), detect(values))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 10**6), max_size=12))
def test_any_series_can_be_judged(figures: list[int]) -> None:
    days = pd.date_range(START, periods=len(figures))
    found = detect(pd.Series(figures, index=days, dtype="float64"))
    assert found["likelihood"].between(0, 1).all()


def claims(measure: str, values: pd.Series, **cells: str) -> list[dict[str, str]]:
    return [
        {
            "measure": measure,
            "figure": f"{value:.0f}",
            "as_of": f"{day:%Y-%m-%d}",
            "published": f"{day + timedelta(days=0):%Y-%m-%d}",
        }
        | cells
        for day, value in values.items()
        if value == value
    ]


@pytest.fixture
def panel(load: Callable[..., Dossier]) -> Callable[..., tuple[pd.DataFrame, pd.DataFrame]]:
    def make(*rows: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
        dossier = load(*rows)
        found = build_panel(align(dossier.claims, dossier.measures, Thresholds()), 6)
        return found, link_series(found, dossier.measures, one_page(dossier.measures))

    return make


def test_a_panel_without_errors_gives_an_empty_frame_with_all_columns(
    panel: Callable[..., tuple[pd.DataFrame, pd.DataFrame]],
) -> None:
    found = find_slips(*panel(*claims("toll", totals())))
    assert found.empty and list(found.columns) == COLUMNS


def test_the_latest_version_of_each_day_is_weighed(
    panel: Callable[..., tuple[pd.DataFrame, pd.DataFrame]],
) -> None:
    rows = claims("toll", totals((10, 437)))
    mended = rows[10] | {"figure": "4386", "published": "2024-02-20"}
    assert list(find_slips(*panel(*rows))["value"]) == [437]
    assert find_slips(*panel(*rows, mended)).empty


def test_only_the_series_asked_for_are_weighed(
    panel: Callable[..., tuple[pd.DataFrame, pd.DataFrame]],
) -> None:
    parts = panel(*claims("toll", totals((10, 437))), *claims("freed", totals((5, 41))))
    assert set(find_slips(*parts)["series"]) == {"toll.daily", "freed.daily"}
    assert set(find_slips(*parts, only={"freed.daily"})["series"]) == {"freed.daily"}


def test_a_suggestion_that_the_neighbours_rule_out_never_stands_first() -> None:
    figures = [4012, 4051, 4108, 412, 4131, 4160, 4207, 4251, 4290]
    found = detect(pd.Series(figures, pd.date_range("2024-01-01", periods=9)))
    assert found["value"].tolist() == [412]
    assert 4108 <= found["suggestion"].iloc[0] <= 4131
    beyond = [one for one in found["suggestions"].iloc[0] if not 4108 <= one.value <= 4131]
    assert all("fits" not in one.why for one in beyond)
