"""Minimal sets: claims that can't all be true, while any of them dropped lets the others agree."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from systems import Cells, agree, few, ids, measures_of, said, smallest, system_of

from analyzer.system.build import System
from analyzer.system.minimal import minimal_set, minimal_sets
from analyzer.system.parts import Part, Parts
from analyzer.system.solve import fits, refute

KINDS = measures_of(a="fixed", b="fixed", c="fixed", t="cumulative", s="stock")
RULES = ("a = b + c", "s <= t", "t <= a + 3")


def only_part(claims: Sequence[Cells], *rules: str) -> tuple[System, Part]:
    system = system_of(claims, KINDS, *rules)
    (part,) = (part for part in Parts(system) if part.atoms)
    return system, part


def test_claims_that_can_all_hold_have_none() -> None:
    """6 = 2 + 4."""
    _, part = only_part([said("a", 6), said("b", 2), said("c", 4)], RULES[0])
    assert refute(part, part.atoms) is None
    assert minimal_set(part, part.atoms) is None
    assert minimal_sets(part, part.atoms, 10) == ([], True)


def test_a_claim_that_has_no_part_in_it_is_left_out() -> None:
    """6 is not 2 + 3, whatever stands at b between 0 and 9."""
    claims = [said("a", 6), said("b", 2), said("c", 3), said("b", 0, 9)]
    system, part = only_part(claims, RULES[0])
    found = minimal_set(part, part.atoms)
    assert found is not None
    assert ids(system, found) == {"c0", "c1", "c2"}


def test_all_minimal_sets_are_found() -> None:
    """Of 6 = 2 + 3: 6 with 2 and 3, and 7 with 2 and 3; 6 and 7 besides."""
    claims = [said("a", 6), said("a", 7), said("b", 2), said("c", 3)]
    system, part = only_part(claims, RULES[0])
    found, complete = minimal_sets(part, part.atoms, 10)
    assert complete
    assert {frozenset(ids(system, one)) for one in found} == {
        frozenset({"c0", "c1"}),
        frozenset({"c0", "c2", "c3"}),
        frozenset({"c1", "c2", "c3"}),
    }


def test_the_search_stops_after_so_many_sets_and_says_so() -> None:
    """Five figures of one measure are ten pairs."""
    _, part = only_part([said("a", figure) for figure in range(5)], RULES[0])
    found, complete = minimal_sets(part, part.atoms, 4)
    assert (len(found), complete) == (4, False)
    found, complete = minimal_sets(part, part.atoms, 11)
    assert (len(set(found)), complete) == (10, True)


def test_sets_that_are_known_are_not_searched_for_again() -> None:
    _, part = only_part([said("a", figure) for figure in range(4)], RULES[0])
    known = [frozenset(pair) for pair in list(combinations(range(4), 2))[:5]]
    assert minimal_sets(part, part.atoms, 10, known) == ([frozenset({2, 3})], True)


def test_only_the_given_atoms_are_looked_at() -> None:
    _, part = only_part([said("a", figure) for figure in range(4)], RULES[0])
    assert minimal_set(part, {1, 3}) == {1, 3}
    assert minimal_set(part, {1}) is None
    assert minimal_set(part, set()) is None


def test_a_claim_that_no_rule_allows_is_a_set_of_its_own() -> None:
    """Its removal leaves no atom at all, and no rule that fails."""
    _, part = only_part([said("a", 7)], "a <= 5")
    assert minimal_sets(part, part.atoms, 10) == ([frozenset({0})], True)


def test_a_set_of_figures_with_large_factors_holds_all_of_them() -> None:
    """400 million are not 5 of 100 million; each of the two could be."""
    system, part = only_part([said("a", 4e8), said("b", 5)], "a = 100000000 * b")
    found, _ = minimal_sets(part, part.atoms, 10)
    assert [ids(system, one) for one in found] == [{"c0", "c1"}]


def test_a_proof_names_atoms_and_rules_that_suffice() -> None:
    """The two rows of the equality, of which one proves it; s and t have no part in it."""
    others = [said("s", 1, day=1), said("t", 4, day=1)]
    claims = [said("a", 6), said("b", 2), said("c", 3), *others]
    system, part = only_part(claims, *RULES)
    proof = refute(part, part.atoms)
    assert proof is not None
    assert ids(system, proof.atoms) == {"c0", "c1", "c2"}
    assert {part.names[row] for row in proof.rules} == {"i0"}
    assert refute(part, proof.atoms, proof.rules) is not None


bounds = st.tuples(st.integers(0, 8), st.integers(0, 3))
told = st.lists(st.tuples(st.sampled_from("abcs"), bounds), min_size=2, max_size=5)
totals = st.lists(st.tuples(st.integers(1, 3), bounds), max_size=2)


@st.composite
def systems(draw: st.DrawFn) -> System:
    """Up to seven claims that know nothing of each other."""
    claims = [
        said(measure, low, low + wide, day=2 if measure == "s" else None)
        for measure, (low, wide) in draw(told)
    ]
    claims += [said("t", low, low + wide, day=day) for day, (low, wide) in draw(totals)]
    return system_of(claims, KINDS, *RULES)


@few
@given(systems())
def test_they_are_those_that_brute_force_finds(system: System) -> None:
    """Every subset of the atoms is tried, in exact arithmetic."""
    found = [minimal_sets(part, part.atoms, 60) for part in Parts(system)]
    assert all(complete for _, complete in found)
    sets = [one for some, _ in found for one in some]
    assert len(sets) == len(set(sets))
    assert set(sets) == smallest(system)


@few
@given(systems(), st.randoms(use_true_random=False))
def test_a_set_cannot_hold_and_without_any_one_claim_it_can(system: System, chance) -> None:  # type: ignore[no-untyped-def]
    numbers = chance.sample(range(len(system.atoms)), chance.randint(1, len(system.atoms)))
    for part in Parts(system):
        one = minimal_set(part, part.atoms & set(numbers))
        assert (one is None) == agree(system, part.atoms & set(numbers))
        if one is not None:
            assert not agree(system, one)
            assert all(agree(system, one - {atom}) for atom in one)


@pytest.mark.parametrize("most", [1, 2, 3])
def test_fewer_sets_are_the_first_of_more(most: int) -> None:
    _, part = only_part([said("a", figure) for figure in range(4)], RULES[0])
    assert minimal_sets(part, part.atoms, most)[0] == minimal_sets(part, part.atoms, 9)[0][:most]


@few
@given(systems())
def test_what_fits_is_what_is_not_refuted(system: System) -> None:
    for part, again in zip(Parts(system), Parts(system), strict=True):
        for size in range(1, 4):
            for atoms in combinations(sorted(part.atoms), size):
                assert fits(part, atoms) == (refute(again, atoms) is None)
