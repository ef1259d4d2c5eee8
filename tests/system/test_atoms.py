"""Claims that say the same of one place are one atom, and its weight is in votes of origins."""

from collections.abc import Callable, Iterable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from systems import BOUNDS, Cells, claims_of, few, measures_of, said

from analyzer.align import align
from analyzer.intake import Dossier
from analyzer.system.atoms import Atom, make_atoms
from analyzer.system.places import NEVER, Place

INF = float("inf")
KINDS = measures_of(
    dead="fixed", toll="cumulative", held="stock", day="flow of toll", women="share percent"
)


def atoms(claims: Iterable[Cells], reading: str = "rounded") -> list[Atom]:
    return make_atoms(claims_of(claims, KINDS), reading)


def place(measure: str, *, since: str = "", **times: int) -> Place:
    first = times.get("first", NEVER)
    return Place(measure, "", since, times.get("start", NEVER), first, times.get("last", first))


def test_what_says_the_same_of_one_place_is_one_atom_with_all_its_claims() -> None:
    (atom,) = atoms([said("dead", 10), said("dead", 10), said("dead", 10)])
    assert atom == Atom(place("dead"), 10, 10, ("c0", "c1", "c2"), ("o0", "o1", "o2"), 3)


def test_other_bounds_or_another_place_are_another_atom() -> None:
    """Two bounds of one place, two scopes, two days."""
    claims = [said("held", 10, day=1), said("held", 10, 11, day=1)]
    claims += [said("held", 10, day=2), said("held", 10, day=1, scope="x")]
    assert [atom.claims for atom in atoms(claims)] == [("c0",), ("c1",), ("c2",), ("c3",)]


def test_forty_copies_of_one_origin_weigh_as_one() -> None:
    copies = [said("dead", 10, who="ministry") for _ in range(40)]
    (atom,) = atoms([*copies])
    assert (len(atom.claims), atom.origins, atom.weight) == (40, ("ministry",), 1)


def test_an_origin_that_says_three_things_of_one_place_splits_its_vote() -> None:
    """A third each; the second origin adds a whole one to 10. Of another day it has a new vote."""
    claims = [said("held", figure, day=1, who="army") for figure in (10, 11, 12, 12)]
    claims += [said("held", 10, day=1, who="wire"), said("held", 30, day=2, who="army")]
    weights = {atom.low: atom.weight for atom in atoms(claims)}
    assert weights == pytest.approx({10: 1 / 3 + 1, 11: 1 / 3, 12: 1 / 3, 30: 1})


def test_zero_or_more_says_nothing_and_takes_no_vote() -> None:
    (atom,) = atoms([said("dead", 0, INF, who="army"), said("dead", 7, who="army")])
    assert (atom.low, atom.weight) == (7, 1)


def test_nothing_is_said_below_0() -> None:
    (atom,) = atoms([said("dead", -3, 5)])
    assert (atom.low, atom.high) == (0, 5)


def test_a_fixed_measure_has_one_place_for_all_times() -> None:
    found = atoms([said("dead", 10, day=1), said("dead", 10, day=9), said("dead", 10)])
    assert [atom.place for atom in found] == [place("dead")]


def test_a_flow_without_a_start_is_of_its_own_day() -> None:
    found = atoms(
        [said("day", 5, day=3), said("day", 5, day=3, start=3), said("day", 9, day=3, start=1)]
    )
    assert [(atom.place, atom.claims) for atom in found] == [
        (place("day", start=1, first=3), ("c2",)),
        (place("day", start=3, first=3), ("c0", "c1")),
    ]


def test_running_totals_counted_from_two_days_are_two_chains() -> None:
    claims = [
        said("toll", 5, day=3, since="1970-01-01"),
        said("toll", 5, day=3, since="1970-01-02"),
    ]
    assert {atom.place.chain for atom in atoms(claims)} == {
        ("toll", "", "1970-01-01"),
        ("toll", "", "1970-01-02"),
    }


@pytest.mark.parametrize(
    "cells", [{"comparable": False}, {"measure": "held", "day": 1, "modality": "planned"}]
)
def test_what_cannot_be_compared_and_what_is_planned_stay_out(cells: Cells) -> None:
    claim: Cells = {"measure": "dead", "low": 5} | cells
    assert atoms([said(**claim)]) == []  # type: ignore[arg-type]


def test_the_plan_of_a_fixed_measure_is_not_held_against_its_outcome() -> None:
    """33 were to be freed, 30 were: two figures that are never compared."""
    found = atoms([said("dead", 33, modality="planned"), said("dead", 30)])
    assert [(atom.low, atom.claims) for atom in found] == [(30, ("c1",))]


def test_a_fixed_measure_of_which_only_the_plan_is_known_is_its_plan() -> None:
    (atom,) = atoms([said("dead", 33, modality="planned")])
    assert atom.low == 33


def test_each_reading_takes_bounds_of_its_own() -> None:
    """Implied 9 to 11, near 8 to 12 (for shares only), literal 7 to 13, apart 6 to 14."""
    ends = dict(zip(BOUNDS, (7, 13, 9, 11, 8, 12, 6, 14), strict=True))
    claims = [said("held", 0, day=1) | ends, said("women", 0, day=1) | ends]
    wanted = {"letter": [(7, 13)] * 2, "rounded": [(6, 14)] * 2, "implied": [(9, 11), (8, 12)]}
    found = {key: [(one.low, one.high) for one in atoms(claims, key)] for key in wanted}
    assert found == wanted


def test_of_people_only_whole_numbers_are_bounds_and_of_shares_any() -> None:
    """A round 90 read as 87.75 to 92.25 can be 88 to 92 people."""
    found = atoms([said("held", 87.75, 92.25, day=1), said("women", 16.5, 17.5, day=1)])
    assert [(atom.low, atom.high) for atom in found] == [(88, 92), (16.5, 17.5)]


def test_of_people_an_open_end_is_the_last_whole_number_within(
    load: Callable[..., Dossier],
) -> None:
    """More than 730 is heard as less than 740: as 739 people at most. At least 379 is 379."""
    dossier = load({"figure": "more than 730"}, {"measure": "held", "figure": "at least 379"})
    claims = align(dossier.claims, dossier.measures, dossier.settings.thresholds)
    found = make_atoms(claims, "implied")
    assert [(atom.low, atom.high) for atom in found] == [(731, 739), (379, 379)]


@few
@given(st.permutations(range(8)))
def test_the_order_of_the_rows_changes_nothing(order: list[int]) -> None:
    claims = [
        said("held", figure, day=day, who=who, id=f"{figure}{day}{who}")
        for figure, day, who in ((5, 1, "a"), (5, 1, "b"), (6, 1, "a"), (5, 2, "a"))
    ]
    claims += [
        said("dead", figure, who=who, id=f"{figure}{who}")
        for figure, who in ((5, "a"), (6, "a"), (7, "a"), (7, "b"))
    ]
    assert atoms([claims[place] for place in order]) == atoms(claims)


def test_rows_of_a_dossier_become_atoms_like_these(load: Callable[..., Dossier]) -> None:
    """The columns of `claims_of` are those that a dossier comes with.

    Running counts of the days after a blast stay out, so do withdrawn figures and plans.
    """
    dossier = load(
        {"figure": "10"},
        {"figure": "12", "as_of": "2024-03-02"},
        {"measure": "held", "figure": "at least 7", "attributed_to": "army"},
        {"measure": "held", "figure": "9", "status": "withdrawn"},
        {"measure": "freed", "figure": "3", "as_of": "2024-02"},
        {"measure": "freed", "figure": "8", "status": "planned"},
        {"measure": "freed_day", "figure": "5", "period_start": "2024-02-28"},
        {"measure": "women", "figure": "40 %", "of": "toll"},
    )
    claims = align(dossier.claims, dossier.measures, dossier.settings.thresholds)
    day = (pd.Timestamp("2024-03-01") - pd.Timestamp("1970-01-01")).days
    assert [(atom.place, atom.low, atom.high) for atom in make_atoms(claims, "letter")] == [
        (Place("dead", "", "", NEVER, NEVER, NEVER), 10, 10),
        (Place("freed", "", "", NEVER, day - 29, day - 1), 3, 3),
        (Place("freed_day", "", "", day - 2, day, day), 5, 5),
        (Place("held", "", "", NEVER, day, day), 7, INF),
        (Place("women", "toll", "", NEVER, day, day), 40, 40),
    ]
