"""Replaced figures: which make one finding, what is announced, what was put back."""

from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
import pytest
from dossiers import ROOT, TODAY
from panels import one_page

from analyzer.align import align
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.duplicates import find_duplicates
from analyzer.discrepancies.edits import find_edits
from analyzer.intake import Dossier, load_dossier
from analyzer.series.panel import build_panel
from analyzer.settings import Thresholds

START = date(2024, 1, 1)
DAYS = 4
Row = dict[str, str]
Find = Callable[..., list[Draft]]


@pytest.fixture
def find(load: Callable[..., Dossier]) -> Find:
    def make(*claims: Row, kind: str = "edit") -> list[Draft]:
        dossier = load(*claims)
        aligned = align(dossier.claims, dossier.measures, Thresholds())
        panel = build_panel(aligned, DAYS)
        if kind == "duplicate":
            return find_duplicates(panel, aligned, dossier.measures)
        return find_edits(panel, aligned, dossier.measures, one_page(dossier.measures))

    return make


def day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


def row(at: int, figure: int | str, said: int | None = None, **cells: str) -> Row:
    said = at if said is None else said
    claim = {"measure": "toll", "figure": str(figure), "as_of": day(at), "published": day(said)}
    return claim | cells


def series(*figures: int, **cells: str) -> list[Row]:
    return [row(at, figure, **cells) for at, figure in enumerate(figures)]


BASE = series(110, 120, 130, 140)


def test_a_series_that_only_grows_has_no_edits(find: Find) -> None:
    assert find(*BASE) == []


def test_a_figure_that_is_published_again_is_no_edit(find: Find) -> None:
    assert find(*BASE, row(1, 120, 9)) == []


def test_a_figure_within_the_bounds_of_the_earlier_one_is_no_edit(find: Find) -> None:
    assert find(*BASE[1:], row(0, "at least 100"), row(0, 118, 9)) == []


def test_a_figure_of_another_publisher_is_no_edit(find: Find) -> None:
    assert find(*BASE, *series(110, 125, 130, 140, source="weekly")) == []


def test_a_silent_edit_tells_both_versions_with_their_days(find: Find) -> None:
    (draft,) = find(*BASE, row(1, 125, 9))
    assert (draft.kind, draft.cause, draft.relation) == ("edit", "silent edit", "contradicts")
    assert (draft.measure, draft.key) == ("toll", "daily.2024-01-10")
    assert draft.gap == pytest.approx(5 / 245)
    assert draft.sentence == (
        "Dead of the war: the figure of Daily Paper for 2 January 2024 (citing Ministry) read "
        "“120” as published on 2 January 2024 and “125” as published on 10 January 2024; "
        "no row says why."
    )
    assert len(draft.claims) == 2


def test_a_publisher_that_counts_itself_cites_nobody(find: Find) -> None:
    own = {"source": "ministry", "attributed_to": "ministry"}
    (draft,) = find(*series(110, 120, 130, 140, **own), row(1, 125, 9, **own))
    assert "the figure of Ministry for 2 January 2024 read" in draft.sentence
    assert draft.cause == "silent edit"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"status": "revised"}, "the new row is marked as revised"),
        ({"note": "Corrected on request"}, "the note says: “Corrected on request”"),
    ],
)
def test_a_row_that_says_so_announces_its_revision(find: Find, cells: Row, why: str) -> None:
    (draft,) = find(*BASE, row(1, 125, 9, **cells))
    assert draft.cause == "announced revision"
    assert draft.sentence.endswith(f"; {why}.")


@pytest.mark.parametrize("note", ["page checked again", "being revised next week, says the page"])
def test_a_note_of_the_old_row_or_of_something_else_announces_nothing(
    find: Find, note: str
) -> None:
    old = BASE[1] | {"note": note}
    (draft,) = find(BASE[0], old, *BASE[2:], row(1, 125, 9, note="page checked again"))
    assert draft.cause == "silent edit"


def test_a_statement_of_the_origin_announces_the_revision(find: Find) -> None:
    own = {"source": "ministry", "attributed_to": "ministry"}
    (draft,) = find(*BASE, row(1, 125, 9), row(2, 125, 8, **own))
    assert draft.cause == "announced revision"
    assert "Ministry itself gave “125” on 9 January 2024" in draft.sentence


@pytest.mark.parametrize(
    "statement",
    [row(1, 125, 1), row(1, 125, 30), row(1, 124, 8), row(9, 125, 9), row(1, 125, 8, scope="x")],
    ids=["before the old version", "long after", "another figure", "another day", "another scope"],
)
def test_other_statements_of_the_origin_announce_nothing(find: Find, statement: Row) -> None:
    own = {"source": "ministry", "attributed_to": "ministry"}
    (draft,) = find(*BASE, row(1, 125, 9), statement | own)
    assert draft.cause == "silent edit"


def test_another_origin_from_then_on_is_a_source_switch(find: Find) -> None:
    (draft,) = find(*BASE, row(1, 125, 9, attributed_to="army"))
    assert draft.cause == "source switch"
    assert draft.sentence.endswith("; it cites another origin from then on.")
    assert (
        "source switch",
        "1 old figure cited Ministry, the new ones cite Army",
    ) in draft.evidence


def test_what_a_publisher_replaces_on_one_day_in_a_total_and_its_steps_is_one_finding(
    find: Find,
) -> None:
    steps = [row(at, 10, measure="freed_day", period_start=day(at)) for at in range(4)]
    other = row(1, 13, 9, measure="freed_day", period_start=day(1))
    drafts = find(*BASE, *steps, row(1, 125, 9), row(2, 128, 9), row(3, 141, 10), other)
    assert [(draft.measure, draft.key) for draft in drafts] == [
        ("freed_day", "daily.2024-01-10"),
        ("toll", "daily.2024-01-10"),
        ("toll", "daily.2024-01-11"),
    ]
    assert "on 10 January 2024 Daily Paper replaced 2 of its figures for 2 to 3 January 2024" in (
        drafts[1].sentence
    )
    assert "by \N{MINUS SIGN}2 to +5" in drafts[1].sentence


def test_a_total_and_the_steps_that_add_to_it_share_their_finding(
    load: Callable[..., Dossier],
) -> None:
    steps = [row(at, 10, measure="freed_day", period_start=day(at)) for at in range(4)]
    new = row(1, 15, 9, measure="freed_day", period_start=day(1))
    dossier = load(*BASE, *steps, row(1, 125, 9), new)
    linked = dossier.measures["measure"] == "freed_day"
    measures = dossier.measures.assign(total=dossier.measures["total"].mask(linked, "toll"))
    aligned = align(dossier.claims, measures, Thresholds())
    (draft,) = find_edits(build_panel(aligned, DAYS), aligned, measures, one_page(measures))
    assert draft.measure == "toll"
    assert "Dead of the war (by +5) and Freed on a day (by +5)" in draft.sentence


def test_a_batch_that_is_put_back_is_one_finding_over_all_measures(find: Find) -> None:
    held = series(7, 8, 9, 9, measure="held")
    wrong = [row(at, 500 + at, 9) for at in range(2)] + [row(1, 60, 9, measure="held")]
    back = [row(0, 110, 12), row(1, 120, 12), row(1, 8, 12, measure="held")]
    between = [row(8, 999, 10), row(8, 150, 12)]
    (draft,) = find(*BASE, *held, *wrong, *back, *between)
    assert draft.key == "daily.2024-01-10.put_back"
    assert draft.measure == "toll"
    assert "replaced 3 of its figures" in draft.sentence
    assert "; on 13 January 2024 the earlier figures stood again; no row says why." in (
        draft.sentence
    )
    assert dict(draft.evidence)["replaced as the others were put back"] == (
        "1 figure first published in between"
    )
    old, new = draft.positions
    assert (len(old), len(new)) == (6, 3)


def test_a_figure_that_goes_to_and_fro_is_paired_once(find: Find) -> None:
    versions = [row(1, figure, said) for said, figure in ((5, 99), (6, 120), (7, 99))]
    drafts = find(*BASE, *versions)
    assert [draft.key for draft in drafts] == ["daily.2024-01-06.put_back", "daily.2024-01-08"]


def test_figures_taken_from_another_column_are_told_as_such(find: Find) -> None:
    held = series(7, 8, 9, 10, measure="held")
    drafts = find(*BASE, *held, *(row(at, 7 + at, 9) for at in range(4)))
    assert [draft.cause for draft in drafts] == ["wrong column"]
    assert drafts[0].sentence.endswith(
        "; 4 of the new figures of “Dead of the war” are those that stood under “Held” until "
        "then, for the same days."
    )


def test_another_column_is_looked_for_in_the_group_of_the_measure(
    load: Callable[..., Dossier],
) -> None:
    held = series(7, 8, 9, 10, measure="held")
    dossier = load(*BASE, *held, *(row(at, 7 + at, 9) for at in range(4)))
    aligned = align(dossier.claims, dossier.measures, Thresholds())
    panel = build_panel(aligned, DAYS)

    def causes(groups: pd.Series) -> list[str]:
        return [one.cause for one in find_edits(panel, aligned, dossier.measures, groups)]

    assert causes(pd.Series({"toll": "held", "held": "held"})) == ["wrong column"]
    assert causes(pd.Series({"toll": "toll", "held": "held"})) == ["silent edit"]


def test_a_batch_that_is_put_back_is_one_finding_a_group(load: Callable[..., Dossier]) -> None:
    held = series(7, 8, 9, 9, measure="held")
    wrong = [row(at, 500 + at, 9) for at in range(2)] + [row(1, 60, 9, measure="held")]
    right = [row(at, 110 + 10 * at, 12) for at in range(2)] + [row(1, 8, 12, measure="held")]
    dossier = load(*BASE, *held, *wrong, *right)
    aligned = align(dossier.claims, dossier.measures, Thresholds())
    panel = build_panel(aligned, DAYS)

    def told(groups: pd.Series) -> list[str]:
        return [one.measure for one in find_edits(panel, aligned, dossier.measures, groups)]

    assert told(pd.Series({"toll": "held", "held": "held"})) == ["toll"]
    assert told(pd.Series({"toll": "toll", "held": "held"})) == ["held", "toll"]


@pytest.mark.parametrize("changed", [2, 4])
def test_few_or_equal_figures_can_be_another_columns_by_chance(find: Find, changed: int) -> None:
    held = series(7, 7, 7, 7, measure="held")
    drafts = find(*BASE, *held, *(row(at, 7, 9) for at in range(changed)))
    assert [draft.cause for draft in drafts] == ["silent edit"]


def test_a_slip_of_the_keys_is_evidence_where_one_explains_the_old_figure(find: Find) -> None:
    figures = series(4100, 4327, 4330, 4400)
    (draft,) = find(*figures, row(1, 4237, 9))
    assert dict(draft.evidence)["transposed digits"].startswith("“4327” for “4237”: ")
    (near,) = find(*figures, row(1, 4328, 9))
    assert [term for term, _ in near.evidence] == ["changes"]


def test_a_long_batch_is_proved_by_its_largest_changes(find: Find) -> None:
    figures = series(*range(100, 120))
    (draft,) = find(*figures, *(row(at, 101 + 2 * at, 30) for at in range(20)))
    assert "replaced 20 of its figures" in draft.sentence
    assert len(draft.claims) == 24
    assert draft.evidence[0][0] == "largest changes"
    assert "for 20 January 2024: “119”, then “139”" in draft.evidence[0][1]


def test_two_figures_of_one_publication_are_reported_and_neither_is_an_edit(find: Find) -> None:
    claims = [*BASE, row(1, 125, 9), row(1, 127, 9)]
    assert find(*claims) == []
    (draft,) = find(*claims, kind="duplicate")
    assert (draft.kind, draft.key, draft.cause) == (
        "duplicate",
        "daily.2024-01-10",
        "unexplained",
    )
    assert len(draft.claims) == 2
    assert find(*reversed(claims), kind="duplicate") == [draft]


def test_two_figures_that_do_not_exclude_each_other_are_no_duplicate(find: Find) -> None:
    assert find(*BASE, row(1, "at least 125", 9), row(1, 127, 9), kind="duplicate") == []
    assert find(*BASE, row(1, 125, 9), row(1, 127, 10), kind="duplicate") == []


def test_the_versions_of_the_shipped_series_are_told_in_few_findings() -> None:
    dossier = load_dossier(ROOT / "datasets" / "gaza-daily", today=TODAY)
    aligned = align(dossier.claims, dossier.measures, Thresholds())
    panel, page = build_panel(aligned, 30), one_page(dossier.measures)
    drafts = find_edits(panel, aligned, dossier.measures, page)
    assert len(drafts) < 40
    found = {(draft.measure, draft.key): draft for draft in drafts}
    february = found["killed", "techforpalestine.2024-02-18"]
    assert "replaced 34 of its figures for 7 October 2023 to 8 February 2024" in february.sentence
    assert "(21, by \N{MINUS SIGN}310 to +220)" in february.sentence
    columns = found["famine_deaths", "techforpalestine.2025-11-02.put_back"]
    assert columns.cause == "wrong column"
    assert "replaced 233 of its figures for 20 July to 1 November 2025" in columns.sentence
    assert "105 of the new figures of “Deaths from starvation in Gaza” are those that stood" in (
        columns.sentence
    )
