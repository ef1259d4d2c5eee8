"""Versions of a series: what was revised, how far, how fast, and what stood at each vintage."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.series.panel import COLUMNS
from analyzer.series.replay import replay
from analyzer.series.revisions import (
    list_revisions,
    list_versions,
    revision_cells,
    revision_statistics,
)
from analyzer.series.significance import bias_p, newey_west, sign_p, student_p

START = pd.Timestamp("2024-01-01")
Row = tuple[int, int | None, float] | tuple[int, int | None, float, float, float]


def panel(*rows: Row) -> pd.DataFrame:
    """A series of rows of (day, day of publication, value) and, where not exact, low and high."""
    frame = pd.DataFrame(
        [
            {
                "at": START + pd.Timedelta(days=day),
                "published": pd.NaT if said is None else START + pd.Timedelta(days=said),
                "value": value,
                "low": ends[0] if ends else value,
                "high": ends[1] if ends else value,
                "claim": f"c{place:02}",
            }
            for place, (day, said, value, *ends) in enumerate(rows)
        ]
    ).astype({"at": "datetime64[s]", "published": "datetime64[s]", "value": "float64"})
    same = {"series": "toll.daily", "measure": "toll", "scope": "", "source": "daily"}
    same |= {"kind": "cumulative", "authority": "ministry", "status": "reported"}
    same |= {"qualifier": "exact", "latest": "False"}
    return frame.assign(first=frame["at"], **same)[COLUMNS]


def at_least(day: int, said: int, value: float) -> Row:
    return day, said, value, value, math.inf


def cells(*rows: Row) -> pd.DataFrame:
    return revision_cells(list_versions(panel(*rows)))


def test_the_example_of_epiprocess_settles_at_lag_5() -> None:
    values = (0, 20, 99, 150, 102, 100)
    cell = cells(*((0, lag, value) for lag, value in enumerate(values, 1))).iloc[0]
    expected = {"n_versions": 6, "n_revisions": 5, "min_lag": 1, "max_lag": 6}
    expected |= {"lag_near_latest": 5, "spread": 150, "rel_spread": 1.0}
    expected |= {"min_value": 0, "max_value": 150, "median_value": 99.5, "revision": 100}
    assert cell[list(expected)].to_dict() == expected


def test_a_figure_that_is_repeated_is_no_revision() -> None:
    cell = cells((0, 1, 50), (0, 2, 50), (0, 9, 50)).iloc[0]
    assert (cell["n_versions"], cell["n_revisions"], cell["max_lag"]) == (1, 0, 1)
    assert cell["lag_near_latest"] == 1
    assert math.isnan(cell["rel_spread"])


def test_a_change_that_the_bounds_allow_is_no_revision() -> None:
    cell = cells(at_least(0, 1, 100), (0, 2, 120)).iloc[0]
    assert (cell["n_revisions"], cell["n_compatible"]) == (0, 1)
    assert (cell["revision"], cell["spread"], cell["lag_near_latest"]) == (0, 0, 1)


def test_a_change_that_the_bounds_rule_out_is_measured_from_the_nearest_one() -> None:
    cell = cells((0, 1, 100, 90, 110), (0, 2, 150), at_least(0, 3, 160)).iloc[0]
    assert (cell["n_revisions"], cell["n_compatible"]) == (2, 0)
    assert (cell["revision"], cell["spread"]) == (50, 50)
    changes = list_revisions(list_versions(panel((0, 1, 100, 90, 110), (0, 2, 60))))
    assert list(changes["change"]) == [-30]


def test_a_day_can_settle_on_zero() -> None:
    assert cells((0, 1, 3), (0, 4, 0), (0, 9, 0)).iloc[0]["lag_near_latest"] == 4


def test_two_figures_of_one_publication_hold_neither() -> None:
    cell = cells((0, 1, 10), (0, 5, 20), (0, 5, 30)).iloc[0]
    assert (cell["n_versions"], cell["n_revisions"], cell["n_twofold"]) == (1, 0, 1)
    assert cell[["revision", "last_value", "lag_near_latest"]].isna().all()
    between = cells((0, 1, 10), (0, 5, 20), (0, 5, 30), (0, 9, 40)).iloc[0]
    assert (between["n_revisions"], between["revision"]) == (1, 30)
    alone = cells((0, 5, 20), (0, 5, 30)).iloc[0]
    assert (alone["n_versions"], alone["n_revisions"], alone["n_twofold"]) == (0, 0, 1)


def with_withdrawn(*rows: Row, places: set[int]) -> pd.DataFrame:
    """The versions of rows of which some take the figure back."""
    frame = panel(*rows)
    taken = [place in places for place in range(len(rows))]
    return list_versions(frame.assign(status=frame["status"].mask(taken, "withdrawn")))


def test_a_withdrawal_is_a_version_without_a_value_and_no_revision() -> None:
    versions = with_withdrawn((0, 1, 10), (0, 5, 10), (0, 7, 10), places={1, 2})
    assert list(versions["published"]) == [START + pd.Timedelta(days=day) for day in (1, 5)]
    assert versions["value"].isna().tolist() == [False, True]
    assert list_revisions(versions).empty
    cell = revision_cells(versions).iloc[0]
    assert (cell["n_versions"], cell["n_withdrawn"], cell["n_twofold"]) == (1, 1, 0)
    assert cell[["revision", "last_value"]].isna().all()
    (row,) = revision_statistics(revision_cells(versions)).to_dict("records")
    assert (row["n_withdrawn"], row["n_revised"], row["n"]) == (1, 0, 0)


def test_a_figure_given_again_after_its_withdrawal_is_no_revision_but_another_is() -> None:
    again = with_withdrawn((0, 1, 10), (0, 5, 10), (0, 9, 10), places={1})
    assert len(again) == 3 and list_revisions(again).empty
    (change,) = list_revisions(
        with_withdrawn((0, 1, 10), (0, 5, 10), (0, 9, 12), places={1})
    ).to_dict("records")
    assert (change["old_value"], change["value"]) == (10, 12)


def test_a_withdrawal_holds_against_a_figure_of_the_same_day_of_publication() -> None:
    versions = with_withdrawn((0, 1, 10), (0, 5, 11), (0, 5, 11), places={2})
    assert versions["value"].isna().tolist() == [False, True]
    assert not versions["twofold"].any()


def test_a_withdrawn_figure_is_in_no_replay_until_it_is_given_again() -> None:
    found = replay(with_withdrawn((0, 1, 10), (1, 5, 20), (0, 5, 10), (0, 9, 12), places={2}))
    days = (found["vintage"] - START).dt.days
    assert list(zip(days, found["value"], strict=True)) == [(1, 10), (5, 20), (9, 12), (9, 20)]


def test_a_replay_gives_the_period_that_was_published_last() -> None:
    frame = panel((3, 4, 10), (3, 6, 30))
    longer = frame["first"].mask(frame["value"] == 30, START)
    found = replay(list_versions(frame.assign(kind="flow", first=longer)))
    assert list(found["value"]) == [10, 30]


def test_a_row_whose_publication_is_not_known_is_no_version() -> None:
    assert len(list_versions(panel((0, None, 10), (0, 3, 12)))) == 1


def test_days_that_appear_with_a_later_one_are_backfilled() -> None:
    found = cells((0, 5, 1), (1, 5, 2), (2, 5, 3), (3, 4, 4), (4, 9, 5))
    assert list(found["backfilled"]) == [True, True, True, False, False]


def test_statistics_are_those_of_reviser() -> None:
    """First values 10, 20, 30, 40; last values 11, 22, 33, 46: revisions 1, 2, 3, 6."""
    first = [(day, day, value) for day, value in enumerate((10, 20, 30, 40))]
    last = [(day, day + 10, value) for day, value in enumerate((11, 22, 33, 46))]
    (row,) = revision_statistics(cells(*first, *last)).to_dict("records")
    assert (row["n_days"], row["n_versions"], row["n_revised"], row["n"]) == (4, 8, 4, 4)
    assert (row["first_lag"], row["last_lag"]) == (0, 10)
    assert (row["bias"], row["mar"], row["bias_error"]) == (3, 3, 1)
    assert row["bias_p"] == pytest.approx(0.0576689)  # R: 2 * pt(-3, 3)
    assert (row["n_up"], row["n_down"], row["sign_p"]) == (4, 0, 0.125)
    assert row["noise_to_signal"] == pytest.approx(math.sqrt(14 / 674))


def test_a_series_that_was_never_revised_has_no_test_of_bias() -> None:
    (row,) = revision_statistics(cells((0, 0, 10), (1, 1, 20), (2, 2, 30))).to_dict("records")
    assert (row["n_revised"], row["bias"], row["mar"]) == (0, 0, 0)
    assert math.isnan(row["bias_p"]) and math.isnan(row["sign_p"])


def test_nothing_has_no_statistics() -> None:
    empty = list_versions(panel((0, 1, 10)).iloc[:0])
    assert revision_statistics(revision_cells(empty)).empty
    assert replay(empty).empty


def test_newey_west_weighs_neighbours_by_bartlett() -> None:
    """Errors -2, -1, 0, 3: 14/4 + 2 * 1/2 * 2/4 = 4, over n = 1; one lag for four values."""
    assert newey_west(np.array([1.0, 2.0, 3.0, 6.0])) == 1
    assert math.isnan(newey_west(np.array([2.0, 2.0, 2.0])))
    assert math.isnan(bias_p(np.array([2.0])))


@pytest.mark.parametrize(
    ("t", "df", "p"),
    [(0, 5, 1.0), (1, 1, 0.5), (-2, 2, 0.1835034), (2, 10, 0.0733880), (1.96, 1000, 0.0502731)],
)
def test_p_values_are_those_of_student(t: float, df: int, p: float) -> None:
    assert student_p(t, df) == pytest.approx(p, abs=1e-6)


def test_the_sign_test_is_exact() -> None:
    assert sign_p(8, 2) == pytest.approx(112 / 1024)
    assert sign_p(1, 1) == 1
    assert math.isnan(sign_p(0, 0))


ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=25
)


@settings(deadline=None, max_examples=20)
@given(ROWS)
def test_replay_gives_the_last_version_published_by_each_vintage(
    rows: list[tuple[int, int, int]],
) -> None:
    expected = set()
    for vintage in {said for _, said, _ in rows}:
        for day in {day for day, _, _ in rows}:
            known = [said for at, said, _ in rows if at == day and said <= vintage]
            values = {one for at, said, one in rows if known and (at, said) == (day, max(known))}
            if len(values) == 1:
                expected.add((vintage, day, values.pop()))
    found = replay(list_versions(panel(*rows)))
    days = zip((found["vintage"] - START).dt.days, (found["at"] - START).dt.days, strict=True)
    values = found["value"].astype("int64")
    got = {(vintage, day, value) for (vintage, day), value in zip(days, values, strict=True)}
    kept = {vintage for vintage, _, _ in got}
    # a day of publication that only repeats what stood is no vintage
    assert got == {one for one in expected if one[0] in kept}


@settings(deadline=None, max_examples=20)
@given(ROWS, st.integers(0, 1000))
def test_nothing_depends_on_the_order_of_the_rows(
    rows: list[tuple[int, int, int]], seed: int
) -> None:
    frame = panel(*rows)
    shuffled = frame.sample(frac=1, random_state=seed)
    one, other = list_versions(frame), list_versions(shuffled)
    pd.testing.assert_frame_equal(revision_cells(one), revision_cells(other))
    pd.testing.assert_frame_equal(list_revisions(one), list_revisions(other))


@settings(deadline=None, max_examples=20)
@given(ROWS)
def test_exact_figures_spread_from_the_least_to_the_greatest(
    rows: list[tuple[int, int, int]],
) -> None:
    found = cells(*rows)
    known = found[found["n_versions"] > 0]
    assert (known["spread"] == known["max_value"] - known["min_value"]).all()
    certain = known[known["n_twofold"] == 0]
    assert (certain["n_revisions"] == certain["n_versions"] - 1).all()
    settled = known["lag_near_latest"].dropna()
    assert settled.between(known["min_lag"][settled.index], known["max_lag"][settled.index]).all()


@settings(deadline=None, max_examples=30)
@given(ROWS)
def test_a_cell_tells_what_a_look_at_each_version_tells(rows: list[tuple[int, int, int]]) -> None:
    """When it settled is the lag of the version after the last one that is far from the end."""
    versions = list_versions(panel(*rows))
    found = revision_cells(versions)
    appeared = versions.groupby("at")["published"].min()
    for cell in found.itertuples():
        later = appeared[appeared.index > cell.at]
        assert cell.backfilled == (later <= appeared[cell.at]).any()
        mine = versions[(versions["at"] == cell.at) & versions["value"].notna()]
        end = mine["value"].iloc[-1] if len(mine) else 0.0
        far = (mine["value"] - end).abs() >= np.maximum(0.2 * abs(end), 1e-9)
        settled = mine["lag"].iloc[int(np.flatnonzero(far).max(initial=-1)) + 1 :]
        if not math.isnan(cell.last_value):
            assert (cell.last_value, cell.lag_near_latest) == (end, settled.min())


def test_a_panel_without_a_row_gives_the_columns_and_types_of_any_other() -> None:
    one, none = panel((0, 1, 10.0)), panel((0, 1, 10.0)).iloc[:0]
    versions = list_versions(none)
    pd.testing.assert_frame_equal(versions, list_versions(one).iloc[:0])
    pd.testing.assert_frame_equal(revision_cells(versions), cells((0, 1, 10.0)).iloc[:0])
