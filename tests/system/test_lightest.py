"""The least to give up, so that all the rest can be true."""

from collections.abc import Iterable, Sequence
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from systems import (
    Cells,
    agree,
    claims_of,
    few,
    identities_of,
    measures_of,
    options,
    said,
    search_in,
    sets,
    smallest,
)

from analyzer.system.lightest import MOST_SOLVED, Choice, disputed, lightest_hits, lightest_removal
from analyzer.system.parts import Parts
from analyzer.system.search import Search, search

KINDS = measures_of(a="fixed", b="fixed", c="fixed", s="stock")
RULES = ("a = b + c", "c <= s + 2")
TWO = frozenset({0, 1}), frozenset({1, 2})


def test_one_atom_that_all_sets_share_is_the_lightest() -> None:
    (choice,) = lightest_hits(TWO, {0: 1.0, 1: 1.0, 2: 1.0}, 9)
    assert choice == Choice(1, (frozenset({1}),), True)


def test_an_atom_that_weighs_more_than_the_others_stays() -> None:
    (choice,) = lightest_hits(TWO, {0: 1.0, 1: 2.5, 2: 1.0}, 9)
    assert choice == Choice(2, (frozenset({0, 2}),), True)


def test_equally_light_options_are_all_named() -> None:
    (choice,) = lightest_hits(TWO, {0: 1.0, 1: 2.0, 2: 1.0}, 9)
    assert choice == Choice(2, (frozenset({0, 2}), frozenset({1})), True)


def test_weights_that_rounding_parts_are_equal() -> None:
    """A tenth, two tenths, and three tenths."""
    (choice,) = lightest_hits(TWO, {0: 0.1, 1: 0.3, 2: 0.2}, 9)
    assert len(choice.options) == 2


def test_a_conflict_of_too_many_sets_is_ended_and_said_to_be_bounded() -> None:
    """A ring of pairs: any way round is as good, and trying them all would never end."""
    atoms = range(MOST_SOLVED + 1)
    pairs = [frozenset({one, (one + 1) % len(atoms)}) for one in atoms]
    (choice,) = lightest_hits(pairs, dict.fromkeys(atoms, 1.0), 12)
    assert (len(choice.options), choice.complete, choice.bounded) == (1, False, True)
    assert all(choice.options[0] & pair for pair in pairs)
    assert choice.weight == len(choice.options[0])


def test_more_options_than_wanted_are_said_to_be_more() -> None:
    pair = [frozenset({0, 1})]
    (choice,) = lightest_hits(pair, {0: 1.0, 1: 1.0}, 1)
    assert (len(choice.options), choice.complete) == (1, False)
    (choice,) = lightest_hits(pair, {0: 1.0, 1: 1.0}, 3)
    assert (len(choice.options), choice.complete) == (2, True)


def test_sets_that_share_nothing_are_conflicts_of_their_own() -> None:
    """0-1-2 are linked, 4-5 stand apart, in the order of their smallest atom."""
    found = lightest_hits([frozenset({4, 5}), *TWO], dict.fromkeys(range(6), 1.0), 9)
    assert [choice.options for choice in found] == [
        (frozenset({1}),),
        (frozenset({4}), frozenset({5})),
    ]
    assert disputed(found) == {1, 4, 5}


def test_nothing_to_hit_is_no_conflict() -> None:
    assert lightest_hits([], {0: 1.0}, 9) == []


def test_weights_in_votes_decide() -> None:
    """Three origins give 6; one gives 2 and 3 each. 6 is not 2 + 3: either of these goes."""
    claims = [*(said("a", 6) for _ in range(3)), said("b", 2), said("c", 3)]
    assert options(search_in(claims, KINDS, RULES[0])) == [
        (1, {frozenset({"c3"}), frozenset({"c4"})})
    ]


def test_copies_of_one_origin_do_not_decide() -> None:
    """Forty copies of 6 weigh as much as one 7 of another origin, and less than two."""
    copies = [said("a", 6, who="ministry") for _ in range(40)]
    forty = frozenset(f"c{place}" for place in range(40))
    found = options(search_in([*copies, said("a", 7)], KINDS))
    assert found == [(1, {forty, frozenset({"c40"})})]
    assert options(search_in([*copies, said("a", 7), said("a", 7)], KINDS)) == [(1, {forty})]


def test_a_split_vote_weighs_less_than_a_whole_one() -> None:
    """The army says 6, 8 and 9 of one place, a third each; the wire says 7, and then 9 too."""
    claims = [said("a", figure, who="army") for figure in (6, 8, 9)]
    three, wire = frozenset({"c0", "c1", "c2"}), said("a", 7, who="wire")
    assert options(search_in([*claims, wire], KINDS)) == [(pytest.approx(1), {three})]
    wires = [wire, said("a", 9, who="wire")]
    ((votes, found),) = options(search_in([*claims, *wires], KINDS))
    assert votes == pytest.approx(1 / 3 + 1 / 3 + 1 / 2)
    assert found == {frozenset({"c0", "c1", "c3"})}


def ends_all(found: Search, claims: Sequence[Cells], chosen: Iterable[frozenset[str]]) -> bool:
    """Whether the claims that are left, searched anew, contradict each other no more."""
    out = frozenset().union(*chosen)
    frame = claims_of(claims, KINDS)
    left = frame[~frame["id"].isin(out)]
    return search(left, identities_of(*RULES), KINDS).choices == ()


def test_any_option_of_each_conflict_ends_them_all() -> None:
    """5 or 1 for b, for c and for a: but 5 is not at most 1 + 1.

    Three pairs that share nothing, tied by a set of one figure of each.
    """
    claims = [said(measure, figure) for measure in "abc" for figure in (1, 5)]
    found = search_in(claims, KINDS, "a <= b + c")
    for chosen in product(*(some for _, some in options(found))):
        left = [
            claim for place, claim in enumerate(claims) if f"c{place}" not in set().union(*chosen)
        ]
        assert sets(search_in(left, KINDS, "a <= b + c")) == set()


bounds = st.tuples(st.integers(0, 6), st.integers(0, 2))
told = st.lists(
    st.tuples(st.sampled_from("abcs"), bounds, st.sampled_from(["x", "y", "z", ""])),
    min_size=2,
    max_size=6,
)


def read(rows: list[tuple[str, tuple[int, int], str]]) -> list[Cells]:
    return [
        said(measure, low, low + wide, day=2 if measure == "s" else None, who=who)
        for measure, (low, wide), who in rows
    ]


@few
@given(told)
def test_the_weight_is_the_least_that_brute_force_finds(
    rows: list[tuple[str, tuple[int, int], str]],
) -> None:
    """Every subset of the atoms is given up in turn; the rest is tried in exact arithmetic."""
    found = search_in(read(rows), KINDS, *RULES)
    atoms = found.system.atoms
    hit = smallest(found.system)
    least = min(
        sum(atoms[number].weight for number in out)
        for size in range(len(atoms) + 1)
        for out in map(frozenset, combinations(range(len(atoms)), size))
        if all(one & out for one in hit)
    )
    assert sum(choice.weight for choice in found.choices) == pytest.approx(least, abs=1e-6)
    assert agree(found.system, found.kept)


@few
@given(told)
def test_any_option_of_each_conflict_leaves_what_can_hold(
    rows: list[tuple[str, tuple[int, int], str]],
) -> None:
    claims = read(rows)
    found = search_in(claims, KINDS, *RULES)
    for chosen in list(product(*(some for _, some in options(found))))[:6]:
        assert ends_all(found, claims, chosen)


def test_known_sets_are_kept_and_what_they_miss_is_found() -> None:
    """Two pairs of b and c are known; that 9 is no sum of any of them is not."""
    found = search_in(
        [said("a", 9), said("b", 1), said("b", 2), said("c", 1), said("c", 2)], KINDS, RULES[0]
    )
    (part,) = Parts(found.system)
    weights = dict.fromkeys(part.atoms, 1.0)
    known = list(found.pairs)
    choices, proved = lightest_removal(part, weights, known, 9)
    assert proved[: len(known)] == known
    assert len(proved) > len(known)
    assert sum(choice.weight for choice in choices) == 3
