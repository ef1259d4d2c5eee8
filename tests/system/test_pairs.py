"""Two figures of one measure that exclude each other, found by sorting."""

from hypothesis import given
from hypothesis import strategies as st
from systems import claims_of, few, measures_of, said

from analyzer.system.atoms import Atom, make_atoms
from analyzer.system.pairs import conflicting_pairs
from analyzer.system.places import NEVER

INF = float("inf")
KINDS = measures_of(dead="fixed", toll="cumulative", held="stock", share="share percent")


def pairs(*claims: dict[str, object]) -> set[frozenset[str]]:
    atoms = make_atoms(claims_of(claims, KINDS), "rounded")
    running = [atom.place.measure == "toll" for atom in atoms]
    found = conflicting_pairs(atoms, running)
    assert len(found) == len(set(found))
    return {frozenset(one for number in pair for one in atoms[number].claims) for pair in found}


def test_only_figures_that_lie_wholly_apart_conflict() -> None:
    """10 to 12, 12 to 14 and 13 or more: the first and the last share nothing."""
    found = pairs(said("dead", 10, 12), said("dead", 12, 14), said("dead", 13, INF))
    assert found == {frozenset({"c0", "c2"})}


def test_an_earlier_total_above_a_later_one_conflicts_and_a_later_one_above_does_not() -> None:
    assert pairs(said("toll", 10, day=1), said("toll", 9, day=2)) == {frozenset({"c0", "c1"})}
    assert pairs(said("toll", 9, day=1), said("toll", 10, day=2)) == set()


def test_totals_of_two_times_that_overlap_do_not_conflict() -> None:
    """Any day of the month against the fifth; but two of one day, or of one month, do."""
    assert pairs(said("toll", 9, day=1, until=30), said("toll", 10, day=5)) == set()
    assert pairs(said("toll", 9, day=5), said("toll", 10, day=5)) == {frozenset({"c0", "c1"})}
    month = [said("toll", figure, day=1, until=30) for figure in (9, 10)]
    assert pairs(*month) == {frozenset({"c0", "c1"})}


def test_other_scopes_days_of_a_stock_and_measures_do_not_conflict() -> None:
    claims = [said("held", 9, day=1), said("held", 10, day=2), said("dead", 11)]
    assert pairs(*claims, said("held", 12, day=1, scope="north")) == set()


def test_ends_that_rounding_of_numbers_parts_do_not_conflict() -> None:
    """0.07 of a hundred is 7.000000000000001 as a binary number: no more than 7."""
    assert 0.07 * 100 > 7
    assert pairs(said("share", 0.07 * 100, INF, day=1), said("share", 0, 7, day=1)) == set()


def apart(one: Atom, other: Atom) -> bool:
    """The definition: one lies wholly above the other, which is of the same time or later."""
    above = one.low > other.high
    ordered = other.place.first == NEVER or one.place.last <= other.place.first
    return above and (one.place == other.place or ordered)


spans = st.tuples(st.integers(1, 5), st.integers(0, 3))
bounds = st.tuples(st.integers(0, 9), st.one_of(st.integers(0, 4), st.just(INF)))


@few
@given(st.lists(st.tuples(st.sampled_from(["toll", "held"]), spans, bounds), max_size=12))
def test_the_pairs_are_those_of_the_definition(
    told: list[tuple[str, tuple[int, int], tuple[int, float]]],
) -> None:
    claims = [
        said(measure, low, low + wide, day=day, until=day + (more if measure == "toll" else 0))
        for measure, (day, more), (low, wide) in told
    ]
    atoms = make_atoms(claims_of(claims, KINDS), "rounded") if claims else []
    running = [atom.place.measure == "toll" for atom in atoms]
    expected = {
        frozenset((one, other))
        for one, first in enumerate(atoms)
        for other, second in enumerate(atoms)
        if apart(first, second)
        and (first.place.chain if running[one] else first.place)
        == (second.place.chain if running[other] else second.place)
    }
    assert set(conflicting_pairs(atoms, running)) == expected
