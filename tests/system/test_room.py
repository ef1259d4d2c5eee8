"""What claims leave for several places: asked at once it is what is answered one by one."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from systems import few, measures_of, said, system_of

from analyzer.system.build import System
from analyzer.system.parts import Parts
from analyzer.system.room import Room, ranges
from analyzer.system.solve import refute

KINDS = measures_of(a="fixed", b="fixed", c="fixed", d="fixed", t="cumulative")
RULES = ("a = b + c", "b <= t", "t <= a + 3", "b + d <= 100000 * a", "a <= 2 * d")
INF = float("inf")

bounds = st.tuples(st.integers(0, 9), st.one_of(st.integers(0, 3), st.just(INF)))
figures = st.tuples(st.sampled_from("abcdt"), bounds)


def read(told: list[tuple[str, tuple[int, float]]]) -> System:
    claims = [
        said(name, low, low + more, day=low % 3 + 1 if name == "t" else None)
        for name, (low, more) in told
    ]
    return system_of(claims, KINDS, *RULES, days=[1, 2, 3])


@few
@given(st.lists(figures, min_size=1, max_size=5))
def test_ranges_asked_at_once_are_those_asked_one_by_one(
    told: list[tuple[str, tuple[int, float]]],
) -> None:
    for part in Parts(read(told)):
        sets = [set(one) for size in (1, 2) for one in combinations(sorted(part.atoms), size)]
        held = [one for one in sets if refute(part, one) is None]
        asked = [(Room(part, one), int(place)) for one in held for place in part.columns]
        for found, (room, place) in zip(ranges(asked), asked, strict=True):
            assert found == pytest.approx(room.range(place))


def test_a_room_without_a_solution_leaves_the_others_theirs() -> None:
    """5 is not 2 + 4, so that three leave nothing; without the 4 there are 3 for it."""
    system = read([("a", (5, 0)), ("b", (2, 0)), ("c", (4, 0)), ("d", (9, 0))])
    (part,) = Parts(system)
    places = [system.column[atom.place] for atom in system.atoms]
    asked = [(Room(part, {0, 1, 2}), places[2]), (Room(part, {0, 1}), places[2])]
    assert ranges(asked) == [None, (3, 3)]
