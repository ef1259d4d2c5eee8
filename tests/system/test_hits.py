"""Lightest hitting sets found by trying, against every choice there is."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from systems import few

from analyzer.system.hits import SAME, greedy_hits, tried_hits

ATOMS = range(6)
SETS = st.lists(st.frozensets(st.sampled_from(ATOMS), min_size=1, max_size=4), min_size=1)
WEIGHTS = st.tuples(*(st.sampled_from((0.25, 0.5, 1.0, 2.0)) for _ in ATOMS))


def test_of_a_chain_of_pairs_the_middle_is_given_up() -> None:
    pairs = [frozenset({0, 1}), frozenset({1, 2})]
    assert tried_hits(pairs, {0: 1.0, 1: 1.0, 2: 1.0}) == [frozenset({1})]


def test_equally_light_choices_are_all_found() -> None:
    found = tried_hits([frozenset({0, 1})], {0: 1.0, 1: 1.0})
    assert found is not None
    assert set(found) == {frozenset({0}), frozenset({1})}


def test_what_needs_too_many_tries_is_left_to_the_solver() -> None:
    sets = [frozenset({one, one + 1}) for one in range(0, 40, 2)]
    assert tried_hits(sets, dict.fromkeys(range(41), 1.0)) is None


@few
@given(SETS, WEIGHTS)
def test_they_are_the_lightest_of_all_choices(
    sets: list[frozenset[int]], weights: tuple[float, ...]
) -> None:
    found = tried_hits(sets, dict(enumerate(weights)))
    choices = [frozenset(one) for size in ATOMS for one in combinations(ATOMS, size + 1)]
    hitting = [one for one in choices if all(one & each for each in sets)]
    least = min(sum(weights[atom] for atom in one) for one in hitting)
    assert found is not None
    assert set(found) == {
        one for one in hitting if sum(weights[atom] for atom in one) <= least + SAME
    }


def test_a_hub_is_given_up_before_its_many_neighbours() -> None:
    pairs = [frozenset({0, one}) for one in range(1, 400)]
    assert greedy_hits(pairs, dict.fromkeys(range(400), 1.0)) == {0}


@few
@given(SETS, WEIGHTS)
def test_a_greedy_choice_hits_every_set_and_holds_nothing_idle(
    sets: list[frozenset[int]], weights: tuple[float, ...]
) -> None:
    found = greedy_hits(sets, dict(enumerate(weights)))
    assert all(found & one for one in sets)
    assert not any(all((found - {atom}) & one for one in sets) for atom in found)
