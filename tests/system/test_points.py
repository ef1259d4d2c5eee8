"""Figures that are remembered, so that the solver is asked less often."""

import numpy as np
import pytest
from systems import measures_of, said, system_of

from analyzer.system import solve as module
from analyzer.system.minimal import minimal_set
from analyzer.system.parts import Parts
from analyzer.system.points import Points
from analyzer.system.solve import refute

KINDS = measures_of(a="fixed", b="fixed", t="cumulative")


def test_figures_answer_for_all_atoms_that_they_satisfy() -> None:
    points = Points()
    points.add(np.array([3]))
    points.add(np.array([1, 2]))
    assert points.satisfy({1, 2})
    assert points.satisfy({3, 4})
    assert not points.satisfy({1, 3})


def test_the_fewest_doubted_are_told_and_all_where_nothing_is_known() -> None:
    points = Points()
    assert points.doubted(frozenset({1, 2, 3})) == {1, 2, 3}
    points.add(np.array([1, 2]))
    points.add(np.array([3]))
    assert points.doubted(frozenset({1, 2, 3})) == {3}


def test_what_figures_of_an_earlier_question_satisfy_is_not_solved_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three days and a second total make a cycle; 4 to 9 hold, and so does each subset."""
    claims = [said("t", figure, day=day) for day, figure in ((1, 5), (2, 6), (3, 7))]
    claims += [said("a", 4), said("b", 9)]
    (part,) = Parts(system_of(claims, KINDS, "a <= t", "t <= b", "a <= b", days=[1, 2, 3]))
    assert refute(part, part.atoms) is None
    monkeypatch.setattr(module, "minimize", None)
    monkeypatch.setattr(module, "satisfying", None)
    assert refute(part, list(part.atoms)[:2]) is None
    assert minimal_set(part, part.atoms) is None
