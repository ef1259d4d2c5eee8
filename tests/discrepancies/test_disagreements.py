"""Disagreements of one time: what they name, and what they do not depend on."""

from collections.abc import Callable

import pandas as pd
import pytest
from dossiers import Row

from analyzer.align import align
from analyzer.discrepancies.contested import contested
from analyzer.discrepancies.contradictions import find_self_contradictions
from analyzer.discrepancies.disagreements import find_disagreements
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.known import Known
from analyzer.intake import Dossier
from analyzer.series.current import mark_series
from analyzer.series.panel import build_panel

Load = Callable[..., Dossier]
Find = Callable[..., list[Draft]]


@pytest.fixture
def find(load: Load) -> Find:
    """Self-contradictions, then disagreements between some claims."""

    def make(*rows: Row, backwards: bool = False, alone: str = "") -> list[Draft]:
        dossier = load(*rows)
        thresholds = dossier.settings.thresholds
        claims = align(dossier.claims, dossier.measures, thresholds)
        claims = mark_series(claims, build_panel(claims, thresholds.series_days))
        if backwards:
            claims = claims.iloc[::-1]
        if alone:
            claims = claims[claims["measure"] == alone]
        disputed = contested(claims)
        own = find_self_contradictions(disputed, dossier.measures)
        pages = [frozenset(draft.claims) for draft in own]
        known = Known(claims, dossier.measures)
        return own + find_disagreements(disputed, known, thresholds, set(), pages)

    return make


def several(figure: str, count: int, **cells: str) -> list[Row]:
    pages = [f"https://{figure.replace(' ', '')}.example/{place}" for place in range(count)]
    return [{"figure": figure, "url": page} | cells for page in pages]


CROWD = [
    *several("1,200", 4),
    *several("at least 1,100", 3),
    *several("more than 1,000", 3),
    *several("up to 1,300", 3),
    *several("up to 1,400", 2),
    *several("1,900", 1),
]


def test_a_sentence_names_the_two_positions_that_are_furthest_apart(find: Find) -> None:
    """Of the four biggest of six positions no two exclude each other; "1,900" is the smallest."""
    (draft,) = find(*CROWD)
    shown, rest = draft.sentence.rsplit(" and ", 1)
    assert rest == "2 more."
    assert "1,200 (4 claims" in shown
    assert "1,900 (1 claim" in shown
    assert len(draft.positions) == 6


def test_a_claim_that_its_position_does_not_name_is_named_where_it_alone_excludes(
    find: Find,
) -> None:
    """More than 600 can be 620; the 602 that stands in one position with it can't."""
    (draft,) = find(*several("more than 600", 2), *several("602", 1), *several("621", 2))
    assert "more than 600 (3 claims, among them 602; " in draft.sentence
    assert "621 (2 claims; " in draft.sentence
    assert "among them" not in find(*several("600", 2), *several("621", 2))[0].sentence


def test_all_positions_are_named_where_they_are_few(find: Find) -> None:
    (draft,) = find(*CROWD[:4], *CROWD[-1:])
    assert "fall into 2 positions that exclude each other: 1,200 (4" in draft.sentence
    assert "more" not in draft.sentence


def test_the_order_of_rows_makes_no_difference(find: Find) -> None:
    rows = [*CROWD, *several("90", 2, measure="toll", as_of="2023-11-10")]
    rows += several("95", 2, measure="toll", as_of="2023-11-10")
    assert find(*rows) == find(*rows, backwards=True)


def test_claims_of_other_measures_make_no_difference(find: Find) -> None:
    rows = [*several("90", 2), *several("95", 2)]
    others = [*several("100", 1, measure="held"), *several("136", 1, measure="held")]
    measure = find(*rows)[0].measure
    (draft,) = (one for one in find(*rows, *others) if one.measure == measure)
    assert find(*rows) == [draft] == find(*rows, *others, alone=measure)


def test_a_scope_is_held_against_claims_without_one_alone(find: Find) -> None:
    """300 and 400 are of two scopes; 500 without a scope excludes both."""
    rows = [{"figure": "300", "scope": "a"}, {"figure": "400", "scope": "b"}]
    assert find(*rows) == []
    (draft,) = find(*rows, {"figure": "500"})
    assert len(draft.positions) == 3
    assert draft.gap == pytest.approx(200 / 800)


def test_pages_that_contradict_themselves_are_told_once_each(find: Find) -> None:
    """Both pages give 300 and 400; what they tell between them is told once more."""
    rows = [
        {"figure": figure, "url": url}
        for url in ("https://one.example/", "https://two.example/")
        for figure in ("300", "400")
    ]
    drafts = find(*rows)
    assert [draft.kind for draft in drafts] == ["self-contradiction"] * 2 + ["disagreement"]
    assert [draft.kind for draft in find(*rows[:2])] == ["self-contradiction"]


def test_known_claims_are_found_by_measure_and_number() -> None:
    claims = pd.DataFrame(
        {
            "id": ["c", "b", "a", "d", "e"],
            "measure": ["x", "y", "x", "x", "x"],
            "stated": [7.0, 7.0, 7.0, 8.0, float("nan")],
            "qualifier": ["exact", "exact", "about", "exact", "exact"],
            "status": ["planned", "", "", "planned", "planned"],
        }
    )
    measures = pd.DataFrame(
        {"measure": ["x", "y"], "label": ["X", "Y"], "part_of": ["y", ""], "plan": ["", "x"]}
    )
    known = Known(claims, measures)
    assert known.stated(["x"], 7.0) == [0]
    assert sorted(known.stated(["x", "y", "z"], 7.0)) == [0, 1]
    assert known.planned("x", [7.0, 8.0, 9.0]) == [0, 3]
    assert (known.parts("y"), known.planned_by("x"), known.plan("y")) == (["x"], ["y"], "x")
