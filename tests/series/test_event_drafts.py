"""Findings on events of series: which are told alone, which together, and in what words."""

from collections.abc import Callable

import pandas as pd
import pytest
from dossiers import Row
from panels import growing, no_slips, one_page, steps_of

from analyzer.align import align
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.series import find_series_events
from analyzer.intake import Dossier
from analyzer.series.events import find_events
from analyzer.series.links import link_series
from analyzer.series.panel import build_panel

AT, DAYS = 20, 40
START = pd.Timestamp("2024-01-01")
Drafts = Callable[..., list[Draft]]
MEASURES = [
    {"measure": "toll", "label": "Dead of the war", "kind": "cumulative"},
    {"measure": "toll_day", "label": "Dead of the day", "kind": "flow", "total": "toll"},
]


def rows(measure: str, values: list[float | None], **cells: dict[int, str]) -> list[Row]:
    found = []
    for number, value in enumerate(values):
        if value is None:
            continue
        day = f"{START + pd.Timedelta(days=number):%Y-%m-%d}"
        row = {"measure": measure, "figure": f"{value:,.0f}", "as_of": day, "published": day}
        if measure == "toll_day":
            row["period_start"] = day
        found.append(row | {name: one[number] for name, one in cells.items() if number in one})
    return found


@pytest.fixture
def drafts(load: Callable[..., Dossier]) -> Drafts:
    def make(*claims: Row) -> list[Draft]:
        measures = [row | {"definition": row["label"], "unit": "people"} for row in MEASURES]
        dossier = load(*claims, measures=measures)
        claims_frame = align(dossier.claims, dossier.measures, dossier.settings.thresholds)
        panel = build_panel(claims_frame, 30)
        page = one_page(dossier.measures)
        links = link_series(panel, dossier.measures, page)
        events = find_events(panel, links, no_slips(), dossier.measures, page)
        return find_series_events(events, claims_frame, dossier.measures)

    return make


def test_without_events_nothing_is_told(drafts: Drafts) -> None:
    total = growing(DAYS)
    assert drafts(*rows("toll", total), *rows("toll_day", steps_of(total))) == []


def test_a_fall_is_told_with_its_cause_and_how_sure_it_is(drafts: Drafts) -> None:
    total = [(one or 0) - (60 if place >= AT else 0) for place, one in enumerate(growing(DAYS))]
    (draft,) = drafts(*rows("toll", list(total)))
    assert draft.sentence == (
        "Dead of the war: the running total falls from “1,477” for 20 January 2024 to “1,443” for "
        "21 January 2024 (Ministry, as given by Daily Paper); most likely because the origin took "
        "entries back; the figures after it stay lower."
    )
    assert (draft.kind, draft.cause) == ("fall", "downward correction")
    assert draft.evidence[0][0] == "likelihood"
    assert draft.key == "daily.2024-01-21"


def test_another_origin_is_no_fall(drafts: Drafts) -> None:
    total = [(one or 0) - (60 if place >= AT else 0) for place, one in enumerate(growing(DAYS))]
    army = dict.fromkeys(range(AT, DAYS), "army")
    (draft,) = drafts(*rows("toll", list(total), attributed_to=army))
    assert draft.kind == "switch"
    assert draft.sentence == (
        "Dead of the war: the running total goes from “1,477” for 20 January 2024 (Ministry, as "
        "given by Daily Paper) to “1,443” for 21 January 2024 (Army, as given by Daily Paper); "
        "most likely because another origin is cited."
    )


def test_a_typing_error_is_told_once_with_what_would_restore_the_series(drafts: Drafts) -> None:
    """The total of one day is that of the day before; both daily figures contradict it."""
    total = growing(DAYS, 20_000, 40)
    days = steps_of(total)
    total[AT] = total[AT - 1]
    (draft,) = drafts(*rows("toll", total), *rows("toll_day", days))
    assert (draft.kind, draft.cause) == ("typing error", "copied forward")
    assert draft.sentence == (
        "Dead of the war: “20,877” for 21 January 2024 (Ministry, as given by Daily Paper) most "
        "likely repeats the figure of an earlier day: 20,877 -> 20,923 would restore the series."
    )
    assert [text for term, text in draft.evidence if term == "mismatch"] == [
        "explains that of 21 January 2024 in toll_day.daily",
        "explains that of 22 January 2024 in toll_day.daily",
    ]


def test_innocent_mismatches_of_a_series_are_told_together(drafts: Drafts) -> None:
    total = growing(DAYS)
    days = steps_of(total)
    for gap in (10, 20, 30):
        total[gap] = days[gap] = None
    (draft,) = drafts(*rows("toll", total), *rows("toll_day", days))
    assert (draft.kind, draft.cause) == ("mismatch", "gap absorbed")
    assert draft.sentence.startswith(
        "Dead of the day: 3 of 36 daily figures differ from the step of the running total; most "
        "likely because the figure covers days before it that have none of their own; the "
        "largest in proportion: "
    )


def test_mismatches_without_an_explanation_are_told_one_by_one(drafts: Drafts) -> None:
    total = growing(DAYS)
    days = steps_of(total)
    days[10], days[30] = 61, 58
    found = drafts(*rows("toll", total), *rows("toll_day", days))
    assert {draft.cause for draft in found} == {"unexplained"}
    assert sorted(draft.key for draft in found) == ["daily.2024-01-11", "daily.2024-01-31"]
    assert found[0].sentence.endswith("; no test explains it.")
    assert "“58” for 31 January 2024" in found[0].sentence


def test_many_without_an_explanation_are_told_together(drafts: Drafts) -> None:
    total = growing(DAYS)
    days = steps_of(total)
    for place in (5, 10, 15, 20, 25):
        days[place] = 61
    (draft,) = drafts(*rows("toll", total), *rows("toll_day", days))
    assert "5 of 39 daily figures differ" in draft.sentence
    assert draft.gap == pytest.approx((61 - 20) / (61 + 20), abs=0.1)
