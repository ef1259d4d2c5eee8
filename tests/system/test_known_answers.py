"""Known answers: examples of other tools, and what goes wrong in some of them."""

from collections.abc import Callable

import numpy as np
import pytest
from systems import ends, measures_of, options, said, search_in, sets, told_of

from analyzer.intake import Dossier
from analyzer.system.nearest import nearest

ACCOUNT = measures_of(turnover="fixed", cost="fixed", profit="fixed")
RULES = ("profit = turnover - cost", "cost >= 0.6 * turnover")
INF = float("inf")
SUM = np.array([[1.0, 1.0], [-1.0, -1.0]])


def names(*ids: str) -> frozenset[str]:
    return frozenset(ids)


def test_of_errorlocates_example_the_profit_alone_is_given_up() -> None:
    """The README of errorlocate: 200 - 125 = 75, not 750, and 125 is above 0.6 * 200 = 120.

    A profit of 750 takes a turnover of at least 750, and a cost of 125 leaves a profit of at most
    125 / 0.6 - 125 = 83: each of the two alone contradicts it.
    """
    found = search_in(
        [said("turnover", 200), said("cost", 125), said("profit", 750)], ACCOUNT, *RULES
    )
    assert sets(found) == {names("c0", "c2"), names("c1", "c2")}
    assert options(found) == [(1.0, {names("c2")})]


def test_a_figure_that_three_origins_give_outweighs_two_that_one_gives() -> None:
    """Weights 1, 1 and 3: to give up both others, 2 votes, is lighter than the profit, 3 votes.

    A turnover of 1,875 and a cost of 1,125 would go with a profit of 750.
    """
    profits = [said("profit", 750) for _ in range(3)]
    found = search_in([said("turnover", 200), said("cost", 125), *profits], ACCOUNT, *RULES)
    assert options(found) == [(2.0, {names("c0", "c1")})]


@pytest.mark.parametrize(
    ("weights", "moved"),
    [
        ((1.0, 1.0), (4.5, 5.5)),
        ((1 / 4, 1 / 5), (4 * 10 / 9, 5 * 10 / 9)),
        ((100.0, 1.0), (4 + 1 / 101, 5 + 100 / 101)),
    ],
)
def test_rspas_examples_of_two_numbers_with_a_sum(
    weights: tuple[float, float], moved: tuple[float, float]
) -> None:
    """4 and 5 must add up to 10: one is missing, and is shared out in proportion to 1 / weight."""
    found = nearest(SUM, np.array([10.0, -10.0]), np.array([4.0, 5.0]), np.array(weights))
    assert found == pytest.approx(moved, abs=1e-6)


@pytest.mark.parametrize("scale", [1e3, 1e6, 1e9, 1e12])
def test_rspas_example_of_any_size(scale: float) -> None:
    start, bounds = np.array([4.0, 5.0]) * scale, np.array([10.0, -10.0]) * scale
    found = nearest(SUM, bounds, start, np.ones(2))
    assert found == pytest.approx((4.5 * scale, 5.5 * scale), rel=1e-6)


def test_what_fits_does_not_move() -> None:
    start = np.array([4.0, 6.0])
    assert nearest(SUM, np.array([10.0, -10.0]), start, np.ones(2)).tolist() == [4.0, 6.0]


def test_an_inequality_moves_a_figure_to_its_edge_only() -> None:
    """At most 3 takes one off 4; the other may stay."""
    moved = nearest(np.array([[-1.0, 0.0]]), np.array([-3.0]), np.array([4.0, 5.0]), np.ones(2))
    assert moved == pytest.approx((3.0, 5.0), abs=1e-6)


def test_there_is_no_nearest_figure_where_none_fits() -> None:
    """No x is at least 10 and at most 5."""
    matrix = np.array([[1.0], [-1.0]])
    with pytest.raises(ValueError, match="no figures"):
        nearest(matrix, np.array([10.0, -5.0]), np.array([4.0]), np.ones(1))


@pytest.mark.parametrize("size", [1e7, 1e9, 1e10, 1e11, 1e12, 4e12])
def test_one_too_much_is_found_in_figures_of_any_size(size: float) -> None:
    """3n + 1 - 2n is n + 1, not n + 2 (errorlocate misses it above ten million)."""
    turnover, cost = said("turnover", 3 * size + 1), said("cost", 2 * size)
    found = search_in([turnover, cost, said("profit", size + 2)], ACCOUNT, RULES[0])
    assert sets(found) == {names("c0", "c1", "c2")}
    assert options(found) == [(1.0, {names("c0"), names("c1"), names("c2")})]


@pytest.mark.parametrize("size", [1e7, 1e9, 1e11, 1e12, 4e12])
def test_figures_of_any_size_that_add_up_leave_themselves(size: float) -> None:
    turnover, cost = said("turnover", 3 * size + 1), said("cost", 2 * size)
    found = search_in([turnover, cost, said("profit", size, size + 2)], ACCOUNT, RULES[0])
    assert sets(found) == set()
    assert ends(found, ACCOUNT, "profit") == [[size + 1, size + 1]]


@pytest.mark.parametrize(("profit", "found"), [("about 80", False), ("about 120", True)])
def test_a_hedged_sum_is_a_contradiction_only_past_its_bounds(
    load: Callable[..., Dossier], profit: str, found: bool
) -> None:
    """200 - 125 = 75: "about 80" is 72 to 88 at a tenth, "about 120" is 108 to 132."""
    figures = (("toll", "200"), ("held", "125"), ("freed", profit))
    rows = [{"measure": measure, "figure": figure} for measure, figure in figures]
    dossier = load(*rows, identities=[{"name": "rule", "expression": "freed = toll - held"}])
    assert len(sets(told_of(dossier, proved=False).found)) == int(found)


@pytest.mark.parametrize(("most", "found"), [(75, set()), (74, {names("c0", "c1", "c2")})])
def test_a_sum_at_the_edge_of_its_bounds_is_none(most: float, found: set[frozenset[str]]) -> None:
    """200 - 125 = 75 is at the edge of 70 to 75 and past that of 70 to 74."""
    claims = [said("turnover", 200), said("cost", 125), said("profit", 70, most)]
    assert sets(search_in(claims, ACCOUNT, RULES[0])) == found


def test_a_term_that_nobody_gives_is_free() -> None:
    """Without a cost every profit up to the turnover is possible."""
    found = search_in([said("turnover", 200), said("profit", 75)], ACCOUNT, RULES[0])
    assert sets(found) == set()
    assert ends(found, ACCOUNT, "cost") == [[125, 125]]


def test_a_term_that_nobody_gives_is_not_below_0() -> None:
    """A profit of 201 of a turnover of 200 would take a cost of -1."""
    found = search_in([said("turnover", 200), said("profit", 201)], ACCOUNT, RULES[0])
    assert sets(found) == {names("c0", "c1")}


def test_an_open_end_makes_no_contradiction() -> None:
    claims = [said("turnover", 200, INF), said("cost", 125), said("profit", 750)]
    assert sets(search_in(claims, ACCOUNT, RULES[0])) == set()


def test_a_tenth_and_two_tenths_are_three_tenths() -> None:
    """As binary numbers 0.1 + 0.2 is above 0.3 by 6e-17."""
    ratios = measures_of(turnover="fixed ratio", cost="fixed ratio", profit="fixed ratio")
    claims = [said("turnover", 0.3), said("cost", 0.1), said("profit", 0.2)]
    found = search_in(claims, ratios, RULES[0])
    assert sets(found) == set()
    assert np.array(ends(found, ratios)) == pytest.approx(
        np.array([[0.1] * 2, [0.2] * 2, [0.3] * 2])
    )


@pytest.mark.parametrize("third", [0.3333333, 0.333333])
def test_what_is_too_near_to_be_told_apart_can_be_kept_together(third: float) -> None:
    """Three times 0.333333 misses 1 by a millionth: no contradiction, and so both are kept."""
    ratios = measures_of(whole="fixed ratio", part="fixed ratio")
    found = search_in([said("whole", 1), said("part", third)], ratios, "whole = 3 * part")
    assert sets(found) == set()
    assert np.array(ends(found, ratios)) == pytest.approx(
        np.array([[third] * 2, [1] * 2]), abs=1e-5
    )


@pytest.mark.parametrize("rate", [50.0, 0.5, 0.05, 0.005])
def test_a_rate_for_a_million_names_the_population_too(rate: float) -> None:
    """60 million people at so many for a million are 60 * rate cases, not twice as many."""
    rates = measures_of(people="fixed", cases="fixed", rate="fixed ratio")
    claims = [said("people", 6e7), said("cases", 120 * rate), said("rate", rate)]
    found = search_in(claims, rates, "rate = 1000000 * cases / people")
    assert sets(found) == {names("c0", "c1", "c2")}


@pytest.mark.parametrize("rate", [0.5, 0.005])
def test_a_small_rate_makes_no_contradiction_of_what_fits(rate: float) -> None:
    """60 cases are of 60 / rate million people; each part can hold two thirds of them."""
    rates = measures_of(
        people="fixed", men="fixed", women="fixed", cases="fixed", rate="fixed ratio"
    )
    parts = [said(part, 0, 4e7 / rate) for part in ("men", "women")]
    claims = [said("cases", 60), said("rate", rate), *parts]
    rules = ("rate = 1000000 * cases / people", "people = men + women")
    assert sets(search_in(claims, rates, *rules)) == set()


def test_the_hostage_ledger_of_the_associated_press() -> None:
    """251 + 4 = 147 + 8 + 41 + 59 on 27 February 2025; 134 + 8 + 40 + 60 = 242 a week before."""
    ledger = measures_of(
        taken="fixed", freed="cumulative", rescued="cumulative", bodies="cumulative", held="stock"
    )
    rule = "taken + 4 = freed + rescued + bodies + held"

    def told(day: int, *figures: float) -> list[dict[str, object]]:
        parts = ("freed", "rescued", "bodies", "held")
        return [said(part, figure, day=day) for part, figure in zip(parts, figures, strict=True)]

    taken = said("taken", 251)
    assert sets(search_in([taken, *told(57, 147, 8, 41, 59)], ledger, rule)) == set()
    found = search_in([taken, *told(50, 134, 8, 40, 60)], ledger, rule)
    assert sets(found) == {names("c0", "c1", "c2", "c3", "c4")}
