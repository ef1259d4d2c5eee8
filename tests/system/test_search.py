"""Everything that can't all be true, and the least to give up to end it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from systems import (
    Cells,
    allowed,
    claims_of,
    few,
    identities_of,
    ids,
    measures_of,
    options,
    said,
    search_in,
    sets,
)

from analyzer.errors import InputError
from analyzer.pipeline import Analysis
from analyzer.system import beside as module
from analyzer.system.envelope import find_envelope
from analyzer.system.listing import list_contradictions, list_given_up
from analyzer.system.search import search
from analyzer.system.solve import refute

KINDS = measures_of(
    a="fixed", b="fixed", c="fixed", t="cumulative", s="stock", w="flow of t", r="share percent"
)
SUM = "a = b + c"
PAGE = {"url": "https://daily.example/1", "source": "daily"}


def names(*ids: str) -> frozenset[str]:
    return frozenset(ids)


def test_claims_that_agree_give_nothing_up() -> None:
    found = search_in([said("a", 6), said("b", 2), said("c", 4)], KINDS, SUM)
    assert (sets(found), options(found), found.complete) == (set(), [], True)
    assert found.kept == found.undisputed == {0, 1, 2}


def test_two_figures_of_one_measure_are_a_pair_and_no_set_across() -> None:
    found = search_in([said("a", 6), said("a", 7)], KINDS, SUM)
    assert [ids(found, one) for one in found.pairs] == [{"c0", "c1"}]
    assert found.across == ()
    assert found.undisputed == frozenset()


def test_a_set_across_is_sought_among_the_figures_that_hold_their_own() -> None:
    """Two origins give 7 for a, one 6: with 2 and 4 only the 7 is told across, though 6 is gone."""
    claims = [said("a", 6), said("a", 7), said("a", 7), said("b", 2), said("c", 4)]
    found = search_in(claims, KINDS, SUM)
    assert {names(*ids(found, one)) for one in found.across} == {names("c1", "c2", "c3", "c4")}


def test_a_page_is_searched_with_all_of_its_figures() -> None:
    """The page's own 6 is outvoted by 7 elsewhere, but 6 = 2 + 5 is the page's contradiction."""
    page = [said(name, figure) | PAGE for name, figure in (("a", 6), ("b", 2), ("c", 5))]
    found = search_in([*page, said("a", 7), said("a", 7)], KINDS, SUM)
    assert [ids(found, one) for one in found.of_pages] == [{"c0", "c1", "c2"}]
    assert found.across == ()


def test_two_figures_of_one_measure_on_a_page_are_no_set_of_the_page() -> None:
    found = search_in([said("a", 6) | PAGE, said("a", 7) | PAGE, said("b", 1) | PAGE], KINDS, SUM)
    assert found.of_pages == ()


figure = st.one_of(st.none(), st.integers(1, 4))


@few
@given(st.lists(st.tuples(st.integers(1, 4), figure, figure), min_size=1, max_size=8))
def test_of_many_pages_those_are_told_whose_own_figures_do_not_add_up(
    pages: list[tuple[int | None, ...]],
) -> None:
    """Most of them contradict each other; a is said to be b + c, and at least either of them."""
    claims = [
        said(name, one) | {"url": f"https://daily.example/{place}", "source": "daily"}
        for place, own in enumerate(pages)
        for name, one in zip("abc", own, strict=True)
        if one is not None
    ]
    expected = set()
    for a, b, c in pages:
        above = {name for name, one in (("b", b), ("c", c)) if one and a and one > a}
        if above:
            expected |= {frozenset({("a", a), (name, {"b": b, "c": c}[name])}) for name in above}
        elif a and b and c and a != b + c:
            expected.add(frozenset({("a", a), ("b", b), ("c", c)}))
    found = search_in(claims, KINDS, SUM)
    atoms = found.system.atoms
    assert expected == {
        frozenset((atoms[n].place.measure, atoms[n].low) for n in one) for one in found.of_pages
    }


def test_what_stands_for_the_others_is_one_set_for_each_claim_that_goes() -> None:
    """99 is no sum of 2 or 3 and 4 or 5 in any of four ways; only it goes."""
    claims = [said("a", 99), said("b", 2, 3), said("c", 4, 5), said("b", 1, 3), said("c", 3, 5)]
    found = search_in(claims, KINDS, SUM)
    assert len(found.across) == 4
    assert len(found.representatives) == 1
    assert options(found) == [(1, {names("c0")})]


def test_fewer_figures_come_first() -> None:
    """9 of t against 5 of s in two figures; 9 = 2 + 3 in three."""
    claims = [said("a", 9), said("b", 2), said("c", 3), said("t", 9, day=1), said("s", 5, day=1)]
    found = search_in(claims, KINDS, SUM, "t <= s", "t <= a")
    sizes = [len(one) for one in found.representatives]
    assert sizes == sorted(sizes) == [2, 3]


def test_conflicts_that_share_nothing_are_solved_apart() -> None:
    claims = [said("a", 6), said("a", 7), said("t", 9, day=1), said("t", 8, day=2)]
    found = options(search_in(claims, KINDS, SUM))
    assert found == [(1, {names("c0"), names("c1")}), (1, {names("c2"), names("c3")})]


def test_of_more_than_so_many_sets_the_search_says_so() -> None:
    """Twenty figures below 50 of one measure, each against 50 of the other."""
    claims = [said("s", 50, day=1), *(said("t", 0, figure, day=1) for figure in range(20, 40))]
    found = search_in([*claims, said("s", 50, day=1)], KINDS, "s <= t")
    assert not found.complete
    assert options(found) == [(2, {names("c0", "c21")})]


def test_many_conflicts_apart_are_ended_without_a_lightest_removal() -> None:
    """On each of nine days s is 5 and t, which can't be above it, 9 and more."""
    days = range(1, 10)
    claims = [said("s", 5, day=day) for day in days] + [said("t", 9 + day, day=day) for day in days]
    found = search_in(claims, KINDS, "t <= s")
    assert not found.complete
    assert len(found.representatives) >= len(days)
    assert all(refute(part, part.atoms & found.kept) is None for part in found.parts)


def test_what_is_found_of_a_group_is_the_same_beside_another() -> None:
    """Two copies that share no measure: each has the sets and the options of one alone."""
    names_ = "abcts"
    kinds = ("fixed", "fixed", "fixed", "cumulative", "stock")
    both = measures_of(**{n + c: kind for c in "xy" for n, kind in zip(names_, kinds, strict=True)})

    def of(copy: str) -> tuple[list[Cells], list[str]]:
        claims = [
            *(said("a" + copy, figure) for figure in (6, 7, 7)),
            *(said("b" + copy, 2), said("c" + copy, 4)),
            *(said("t" + copy, 9 - day, day=day) for day in range(1, 5)),
            *(said("s" + copy, 5, day=day) for day in range(1, 5)),
        ]
        rules = [f"a{copy} = b{copy} + c{copy}", f"t{copy} <= s{copy}"]
        return [claim | {"id": f"{copy}{n:02}"} for n, claim in enumerate(claims)], rules

    def told(*copies: str) -> set[object]:
        made = [of(copy) for copy in copies]
        claims = [claim for one, _ in made for claim in one]
        rules = [rule for _, own in made for rule in own]
        found = search_in(claims, both, *rules)
        kept = {("kept", one) for n in found.kept for one in found.system.atoms[n].claims}
        chosen = {(weight, frozenset(own)) for weight, own in options(found)}
        return {*sets(found), *chosen, *kept, *(names(*ids(found, one)) for one in found.across)}

    assert told("x", "y") == told("x") | told("y")


def test_of_a_large_group_only_series_on_days_of_others_of_the_group_enter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With room for two claims: the series falls on day 3, of which nobody else speaks."""
    series = [said("t", figure, day=day, series="x") for day, figure in ((1, 9), (2, 8), (3, 7))]
    claims = [*series, said("t", 10, day=2)]
    assert len(sets(search_in(claims, KINDS))) == 5
    monkeypatch.setattr(module, "LARGE_GROUP", 2)
    assert sets(search_in(claims, KINDS)) == {names("c1", "c3")}


def test_everything_comes_out_of_a_dossier_too(run: Callable[..., Analysis]) -> None:
    """251 against 134 + 60 of one page; the wire gives 194."""
    page = {"url": "https://daily.example/1"}
    figures = (("toll", "251"), ("freed", "134"), ("held", "60"))
    rows = [{"measure": measure, "figure": figure} | page for measure, figure in figures]
    rows.append({"measure": "toll", "figure": "194", "source": "wire", "attributed_to": "wire"})
    analysis = run(*rows, identities=[{"name": "rule", "expression": "toll = freed + held"}])
    assert analysis.contradictions["kind"].tolist() == ["one page", "one measure"]
    assert analysis.given_up["measures"].tolist() == [("toll",)]
    assert analysis.given_up["lightest"].tolist() == ["yes"]
    assert "toll.daily" in analysis.given_up["claims"].iloc[0][0]
    assert len(analysis.proofs) == 3


@pytest.mark.parametrize(
    ("expressions", "named"),
    [
        (("dead = to_free + 1", "to_free = dead + 1"), "contradict each other"),
        (("dead * held = toll * freed",), "multiplies dead by held"),
    ],
)
def test_identities_that_cannot_be_solved_are_an_error_of_the_input(
    run: Callable[..., Analysis], expressions: Sequence[str], named: str
) -> None:
    rules = [{"name": f"r{place}", "expression": one} for place, one in enumerate(expressions)]
    with pytest.raises(InputError, match=named):
        run({"figure": "33"}, identities=rules)


bounds = st.tuples(st.integers(0, 6), st.integers(0, 2))
told = st.lists(
    st.tuples(
        st.sampled_from("abctsw"), bounds, st.integers(1, 3), st.sampled_from(["x", "y", ""])
    ),
    min_size=3,
    max_size=8,
)


@settings(few, max_examples=4)
@given(told, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(
    rows: list[tuple[str, tuple[int, int], int, str]],
    chance,  # type: ignore[no-untyped-def]
) -> None:
    """Shuffled claims and identities make the same sets, options, tables and ranges."""

    def all_of(claims: Sequence[Cells], rules: Sequence[str]) -> list[object]:
        frame, identities = claims_of(claims, KINDS), identities_of(*rules)
        identities["name"] = identities["expression"]
        found = search(frame, identities.sort_values("name"), KINDS)
        told = identities.iloc[:0].assign(claims=[], id=[])
        ranges = find_envelope(found, set(KINDS["measure"]))
        tables = [list_contradictions(found, told), list_given_up(found), ranges]
        parts = [found.pairs, found.across, found.of_pages, found.representatives, found.choices]
        return [*parts, found.kept, *(table.to_csv() for table in tables)]

    claims = [
        said(name, low, low + wide, day=None if name in "abc" else day, who=who)
        | {"id": f"c{place}", "url": f"https://{who}.example" if who else "", "source": who}
        for place, (name, (low, wide), day, who) in enumerate(rows)
    ]
    rules = [SUM, "s <= t", "t <= a + 3"]
    shuffled = chance.sample(claims, len(claims))
    assert all_of(shuffled, rules) == all_of(claims, rules)
    assert allowed(search_in(claims, KINDS, *rules), KINDS).shape[0] > 0


def test_a_removal_that_may_not_be_the_lightest_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    claims = [said("a", 6), said("a", 7)]
    sure = search_in(claims, KINDS, SUM)
    assert set(list_given_up(sure)["lightest"]) == {"yes"}
    bounded = [replace(one, bounded=True) for one in sure.choices]
    monkeypatch.setattr("analyzer.system.search._choices", lambda _: bounded)
    assert set(list_given_up(search_in(claims, KINDS, SUM))["lightest"]) == {"unknown"}
