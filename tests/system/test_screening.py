"""Many questions asked at once: what they answer is what is answered one by one."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from systems import few, measures_of, said, system_of

from analyzer.system import solve as module
from analyzer.system.parts import Parts
from analyzer.system.screening import holding, screen
from analyzer.system.solve import refute

KINDS = measures_of(a="fixed", b="fixed", c="fixed", t="cumulative", d="fixed", e="fixed")
RULES = ("a = b + c", "b <= t", "t <= a + 3", "d = 2 * e")

figures = st.tuples(st.sampled_from("abctde"), st.integers(0, 9), st.integers(0, 3))


def read(told: list[tuple[str, int, int]]) -> Parts:
    claims = [said(name, low, low + more, day=low % 3 + 1) for name, low, more in told]
    return Parts(system_of(claims, KINDS, *RULES, days=[1, 2, 3]))


@few
@given(st.lists(figures, min_size=1, max_size=7))
def test_figures_are_found_for_all_atoms_that_can_hold(told: list[tuple[str, int, int]]) -> None:
    questions = [
        (part, atoms)
        for part in read(told)
        for size in (1, 2, 3)
        for atoms in map(frozenset, combinations(sorted(part.atoms), size))
    ]
    again = {part.number: part for part in read(told)}
    one_by_one = [refute(again[part.number], atoms) is None for part, atoms in questions]
    assert holding(questions) == one_by_one
    assert [part.points.satisfy(atoms) for part, atoms in questions] == one_by_one


@few
@given(st.lists(figures, min_size=1, max_size=7))
def test_parts_that_cannot_hold_are_doubtful_and_no_others(
    told: list[tuple[str, int, int]],
) -> None:
    found, again = read(told), read(told)
    every = np.ones(len(found.system.atoms), dtype=np.bool_)
    screen(found, found.numbers, every)
    doubtful = found.doubtful(found.numbers, every).tolist()
    assert doubtful == [part.number for part in again if refute(part, part.atoms)]
    assert all(part.points.satisfy(part.atoms) != (part.number in doubtful) for part in found)


def test_a_part_that_holds_is_not_asked_about_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """5 = 2 + 3 holds; 8 is not twice 3."""
    found = read([("a", 5, 0), ("b", 2, 0), ("c", 3, 0), ("d", 8, 0), ("e", 3, 0)])
    every = np.ones(5, dtype=np.bool_)
    screen(found, found.numbers, every)
    monkeypatch.setattr(module, "minimize", None)
    monkeypatch.setattr(module, "satisfying", None)
    sums = next(part for part in found if len(part.atoms) == 3)
    assert refute(sums, sums.atoms) is None
    assert len(found.doubtful(found.numbers, every)) == 1


def test_a_part_is_made_once_and_only_one_that_has_an_atom() -> None:
    found = read([("d", 8, 0)])
    (part,) = found
    assert found.of(part.number) is part
    assert (len(found), found.of(part.number + 1)) == (1, None)
