"""What the other claims of a minimal set leave for each of its figures."""

import numpy as np
import pytest
from systems import ids, measures_of, said, search_in, system_of

from analyzer.system.proof import Proof, Step, prove
from analyzer.system.rules import ADDS, RUNNING

INF = float("inf")
KINDS = measures_of(
    a="fixed",
    b="fixed",
    c="fixed",
    d="fixed",
    t="cumulative",
    s="stock",
    w="flow of t",
    r="share percent",
)
SUM = "a = b + c"


def proof_of(claims: list[dict[str, object]], *rules: object) -> tuple[Proof, dict[str, Step]]:
    """The proof of the only minimal set, and its steps by the first claim."""
    found = search_in(claims, KINDS, *rules)  # type: ignore[arg-type]
    (one,) = found.across
    proof = prove(found, one)
    steps = {min(ids(found, [step.atom])): step for step in proof.steps}
    return proof, steps


def left(step: Step) -> tuple[float, float]:
    return step.implied_low, step.implied_high


def test_each_figure_is_told_with_what_the_others_leave() -> None:
    """The list of the AP: 251 stands against 134 + 8 + 40 + 60 = 242, here in three parts."""
    proof, steps = proof_of([said("a", 251), said("b", 182), said("c", 60)], SUM)
    assert proof.rules == ("i0",)
    assert {key: (step.low, step.high) for key, step in steps.items()} == {
        "c0": (251, 251),
        "c1": (182, 182),
        "c2": (60, 60),
    }
    assert left(steps["c0"]) == (242, 242)
    assert left(steps["c1"]) == (191, 191)
    assert left(steps["c2"]) == (69, 69)


def test_ranges_leave_ranges() -> None:
    """100 to 110 less 20 to 30 leave 70 to 90; nothing limits the whole of a part at least 95."""
    _, steps = proof_of([said("a", 100, 110), said("b", 95, INF), said("c", 20, 30)], SUM)
    assert left(steps["c0"]) == (115, INF)
    assert left(steps["c1"]) == (70, 90)
    assert left(steps["c2"]) == (0, 15)


def test_each_figure_moves_in_proportion_to_its_size() -> None:
    """9 are missing: 251, 182 and 60 move by 251 / 493, 182 / 493 and 60 / 493 of them."""
    _, steps = proof_of([said("a", 251), said("b", 182), said("c", 60)], SUM)
    assert steps["c0"].nearest == pytest.approx(251 - 9 * 251 / 493)
    assert steps["c1"].nearest == pytest.approx(182 + 9 * 182 / 493)
    assert steps["c2"].nearest == pytest.approx(60 + 9 * 60 / 493)


def test_a_range_moves_from_the_end_that_faces_the_others() -> None:
    """At least 95 and 20 to 30 against 100 to 110: from 110, 95 and 20, with 5 too many."""
    _, steps = proof_of([said("a", 100, 110), said("b", 95, INF), said("c", 20, 30)], SUM)
    assert steps["c0"].nearest == pytest.approx(110 + 5 * 110 / 225)
    assert steps["c1"].nearest == pytest.approx(95 - 5 * 95 / 225)
    assert steps["c2"].nearest == pytest.approx(20 - 5 * 20 / 225)


def test_no_figure_moves_below_0() -> None:
    """100 is at most b, which is 10, and b + c is 10: c would have to be 0 at least."""
    _, steps = proof_of([said("a", 30), said("b", 100)], SUM)
    assert left(steps["c1"]) == (0, 30)
    for step in steps.values():
        assert step.nearest == pytest.approx(30 + 70 * 30 / 130)


@pytest.mark.parametrize("scale", [1, 1e3, 1e6, 1e9, 1e12])
def test_a_figure_that_nobody_gives_takes_any_value_whatever_the_size(scale: float) -> None:
    """10 = 3 + d and d = 2 + 1: 4 are missing, and 10, 3, 2 and 1 share them by their size."""
    claims = [said(name, figure * scale) for name, figure in (("a", 10), ("b", 3), ("c", 2))]
    kinds = measures_of(a="fixed", b="fixed", c="fixed", d="fixed", e="fixed")
    found = search_in([*claims, said("e", scale)], kinds, "a = b + d", "d = c + e")
    (one,) = found.across
    near = [step.nearest / scale for step in prove(found, one).steps]
    expected = [10 - 4 * 10 / 16, 3 + 4 * 3 / 16, 2 + 4 * 2 / 16, 1 + 4 * 1 / 16]
    assert near == pytest.approx(expected, rel=1e-5)


def test_a_running_total_s_part_is_named_among_the_rules() -> None:
    """12 by day 1 can't be more than 10 held of day 5, though no rule but time ties the days."""
    proof, steps = proof_of([said("t", 12, day=1), said("s", 10, day=5)], "t <= s")
    assert proof.rules == (RUNNING, "i0")
    assert left(steps["c0"]) == (0, 10)
    assert left(steps["c1"]) == (12, INF)


def test_the_step_of_a_total_is_named_among_the_rules() -> None:
    claims = [said("t", 10, day=1), said("t", 25, day=2), said("w", 14, day=2, start=2)]
    proof, steps = proof_of(claims)
    assert proof.rules == (ADDS,)
    assert left(steps["c2"]) == (15, 15)
    assert left(steps["c0"]) == (11, 11)


def test_only_the_rules_that_are_needed_are_named() -> None:
    """6 is not 2 + 3; that b is no more than a, and c than d, has no part in it."""
    claims = [said("a", 6), said("b", 2), said("c", 3)]
    proof, _ = proof_of(claims, SUM, "b <= a", "c <= d")
    assert proof.rules == ("i0",)


def test_a_share_that_is_put_in_is_told_without_a_range() -> None:
    """40 % of 200 are 80, not 50; 50 are 40 % of 125."""
    claims = [said("r", 40, day=1), said("s", 200, day=1), said("t", 50, day=1)]
    proof, steps = proof_of(claims, "r = 100 * t / s")
    assert proof.rules == ("i0",)
    assert np.isnan(left(steps["c0"])).all()
    assert np.isnan(steps["c0"].nearest)
    assert left(steps["c1"]) == pytest.approx((125, 125))
    assert left(steps["c2"]) == pytest.approx((80, 80))


def test_what_stands_elsewhere_is_told_without_the_set_itself() -> None:
    """Another source puts b at 170 to 200, and two others a at 240 to 260."""
    claims = [said("a", 251), said("b", 182), said("c", 60), said("b", 170, 200)]
    claims += [said("a", 240, 260), said("a", 240, 260)]
    _, steps = proof_of(claims, SUM)
    assert (steps["c0"].elsewhere_low, steps["c0"].elsewhere_high) == (240, 260)
    assert (steps["c1"].elsewhere_low, steps["c1"].elsewhere_high) == (170, 200)
    assert (steps["c2"].elsewhere_low, steps["c2"].elsewhere_high) == (40, 90)


def test_a_set_of_another_system_can_be_proved() -> None:
    """The account of one page, and the places of the whole dossier."""
    claims = [said("a", 251), said("b", 182), said("c", 60)]
    found = search_in([*claims, said("d", 4)], KINDS, SUM)
    system = system_of(claims, KINDS, SUM)
    proof = prove(found, frozenset(range(3)), system)
    assert [left(step) for step in proof.steps] == [(242, 242), (191, 191), (69, 69)]


def test_two_figures_of_one_place_are_proved_without_a_rule() -> None:
    """10 leaves 10, and 12 leaves 12; halfway in proportion they meet."""
    found = search_in([said("a", 10), said("a", 12)], KINDS, SUM)
    (pair,) = found.pairs
    proof = prove(found, pair)
    assert proof.rules == ()
    assert [left(step) for step in proof.steps] == [(12, 12), (10, 10)]


def test_claims_that_agree_have_no_proof() -> None:
    found = search_in([said("a", 5), said("b", 2)], KINDS, SUM)
    with pytest.raises(ValueError, match="can all be true"):
        prove(found, frozenset({0, 1}))
