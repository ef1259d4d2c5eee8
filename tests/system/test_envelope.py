"""The range that the kept claims and the identities jointly allow."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from systems import (
    Cells,
    allowed,
    date,
    ends,
    few,
    measures_of,
    possible,
    rows_of,
    said,
    search_in,
)

from analyzer.intake import Dossier
from analyzer.pipeline import envelope_of
from analyzer.system.envelope import COLUMNS
from analyzer.system.rules import RUNNING
from analyzer.system.search import Search

INF = float("inf")
KINDS = measures_of(a="fixed", b="fixed", c="fixed", t="cumulative", s="stock", w="flow of t")
SUM = "a = b + c"


def row(found: Search, measure: str, day: int | None = None) -> pd.Series:
    rows = allowed(found, KINDS, measure)
    rows = rows if day is None else rows[rows["at_first"] == date(day)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_a_figure_that_nobody_gives_is_what_the_others_leave() -> None:
    """The OCHA table: 34,622 in all less 24,686 identified leaves 9,936."""
    found = search_in([said("a", 34_622), said("b", 24_686)], KINDS, SUM)
    one = row(found, "c")
    assert (one["low"], one["high"]) == (9_936, 9_936)
    assert np.isnan([one["stated_low"], one["stated_high"]]).all()
    assert one["claims"] == ()


def test_a_range_is_narrowed_by_the_others() -> None:
    """10 to 30 said; 60 less 35 to 45 leaves 15 to 25."""
    found = search_in([said("a", 60), said("b", 35, 45), said("c", 10, 30)], KINDS, SUM)
    one = row(found, "c")
    assert (one["low"], one["high"]) == (15, 25)
    assert (one["stated_low"], one["stated_high"], one["claims"]) == (10, 30, ("c2",))
    assert set(one["low_claims"]) == set(one["high_claims"]) == {"c0", "c1"}
    assert one["low_rules"] == one["high_rules"] == ("i0",)


def test_several_claims_of_a_place_state_what_they_share() -> None:
    found = search_in([said("a", 5, 20), said("a", 10, INF), said("a", 3, 15)], KINDS)
    one = row(found, "a")
    assert (one["low"], one["high"], one["stated_low"], one["stated_high"]) == (10, 15, 10, 15)
    assert (one["low_claims"], one["high_claims"]) == (("c1",), ("c2",))


def test_what_nothing_bounds_is_open() -> None:
    found = search_in([said("a", 5, INF)], KINDS, SUM)
    assert ends(found, KINDS) == [[5, INF], [0, INF], [0, INF]]


def test_a_running_total_lies_between_the_figures_around_it_and_names_them() -> None:
    found = search_in([said("t", 10, day=1), said("t", 0, 99, day=3), said("t", 20, day=7)], KINDS)
    one = row(found, "t", 3)
    assert (one["low"], one["high"]) == (10, 20)
    assert (one["low_claims"], one["high_claims"]) == (("c0",), ("c2",))
    assert one["low_rules"] == (RUNNING,)


def test_what_a_lightest_removal_gives_up_has_no_say() -> None:
    """Three origins say 10, one says 12."""
    found = search_in([*(said("a", 10) for _ in range(3)), said("a", 12)], KINDS, SUM)
    one = row(found, "a")
    assert (one["low"], one["high"], one["claims"]) == (10, 10, ("c0", "c1", "c2"))
    assert one["set_aside"] == ("c3",)


def test_what_may_be_given_up_has_no_say_either() -> None:
    """10 against 12: either can go, so neither holds."""
    found = search_in([said("a", 10), said("a", 12), said("b", 4)], KINDS, SUM)
    one = row(found, "a")
    assert (one["low"], one["high"], one["claims"]) == (4, INF, ())
    assert one["set_aside"] == ("c0", "c1")


def test_only_the_measures_and_days_asked_for_are_told() -> None:
    claims = [said("a", 9), said("t", 4, day=1), said("t", 6, day=5)]
    claims += [said("s", 1, 9, day=day) for day in (1, 3)]
    found = search_in(claims, KINDS, "s <= t")
    assert allowed(found, KINDS, "t")["at_first"].tolist() == [date(1), date(3), date(5)]
    assert allowed(found, KINDS, "t", days=[3])["at_first"].tolist() == [date(3)]
    assert allowed(found, KINDS, "a", "t", days=[3])["measure"].tolist() == ["a", "t"]


@pytest.mark.parametrize("rules", [(), ("held <= toll",)])
def test_a_running_total_is_told_on_a_day_of_which_no_claim_speaks(
    load: Callable[..., Dossier], rules: tuple[str, ...]
) -> None:
    """11 on 1 March and 21 on 9 March leave 11 to 21 on 5 March, whether a rule names it or not."""
    first = {"measure": "toll", "figure": "11", "as_of": "2024-03-01"}
    last = {"measure": "toll", "figure": "21", "as_of": "2024-03-09", "published": "2024-03-09"}
    identities = [{"name": "rule", "expression": rule} for rule in rules]
    day = pd.Timestamp("2024-03-05")
    frame, _ = envelope_of(load(first, last, identities=identities), "toll", [(day - date(0)).days])
    assert frame["at_first"].tolist() == [day]
    assert frame[["low", "high"]].to_numpy().tolist() == [[11, 21]]


def test_an_envelope_of_nothing_has_its_columns() -> None:
    empty = allowed(search_in([said("a", 1)], KINDS), KINDS, "b")
    assert list(empty.columns) == COLUMNS
    assert empty.empty


def test_people_come_in_whole_numbers_and_shares_do_not() -> None:
    """A third of 100 is 33.3; at least 33.3 people are 34."""
    kinds = measures_of(a="fixed", b="fixed", r="fixed ratio")
    found = search_in([said("a", 100)], kinds, "b >= a / 3", "r >= a / 3")
    assert ends(found, kinds, "b") == [[34, INF]]
    assert ends(found, kinds, "r") == pytest.approx(np.array([[100 / 3, INF]]))


def test_an_end_far_above_every_figure_is_told_all_the_same() -> None:
    """At most 100,000 times 5 in b and d, and no more in b than in d: 250,000 at most."""
    kinds = measures_of(a="fixed", b="fixed", d="fixed")
    found = search_in([said("a", 5)], kinds, "b + d <= 100000 * a", "b <= d")
    assert ends(found, kinds) == [[5, 5], [0, 250_000], [0, 500_000]]


bounds = st.tuples(st.integers(0, 8), st.one_of(st.integers(0, 3), st.just(INF)))
told = st.lists(st.tuples(st.sampled_from("abc"), bounds), min_size=1, max_size=4)
totals = st.lists(st.tuples(st.sampled_from("tws"), st.integers(1, 3), bounds), max_size=3)


@few
@given(told, totals)
def test_the_ends_are_exact(
    rows: list[tuple[str, tuple[int, float]]], moving: list[tuple[str, int, tuple[int, float]]]
) -> None:
    """In exact arithmetic: the end itself is possible, and a tenth beyond it is not."""
    claims: list[Cells] = [said(name, low, low + wide) for name, (low, wide) in rows]
    claims += [said(name, low, low + wide, day=day) for name, day, (low, wide) in moving]
    found = search_in(claims, KINDS, SUM, "s <= t", "s <= a")
    rules, stated = rows_of(found.system)
    kept = [*rules, *(one for number in found.kept for one in stated[number])]
    for one in allowed(found, KINDS).to_dict("records"):
        times = [
            -(10**9) if pd.isna(one[key]) else (one[key] - date(0)).days
            for key in ("start", "at_first", "at_last")
        ]
        place = (one["measure"], one["scope"], "", *times)
        at = found.system.places.index(place)  # type: ignore[arg-type]
        low, high = round(one["low"]), one["high"]
        assert possible([*kept, ({at: -1}, -low)])
        assert not possible([*kept, ({at: -10}, 1 - 10 * low)])
        assert possible([*kept, ({at: 1}, 1000 if high == INF else round(high))])
        assert high == INF or not possible([*kept, ({at: 10}, 10 * round(high) + 1)])
