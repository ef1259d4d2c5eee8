"""What is found, and what only looks like a conflict; negative cases first."""

from collections.abc import Callable

import pytest
from dossiers import Found

from analyzer.pipeline import Analysis

Run = Callable[..., Found]
Row = dict[str, str]


def toll(figure: str, day: str, **cells: str) -> Row:
    return {"measure": "toll", "figure": figure, "as_of": day, "published": day} | cells


def held(figure: str, **cells: str) -> Row:
    return {"measure": "held", "figure": figure} | cells


def found(analysis: Found) -> list[tuple[str, str, str]]:
    frame = analysis.findings.sort_values("id")
    return list(zip(frame["kind"], frame["cause"], frame["relation"], strict=True))


@pytest.mark.parametrize(
    "rows",
    [
        [toll("more than 11,000", "2023-11-10"), toll("11,078", "2023-11-10", source="blog")],
        [toll("11,078", "2023-11-10"), toll("14,000", "2023-11-24"), toll("14,128", "2023-11-25")],
        [toll("500", "2023-11-10"), toll("at least 400", "2023-11-11")],
        [toll("24,686", "2024-05-08", scope="identified"), toll("34,735", "2024-05-08", scope="x")],
        [held("132", scope="of_the_251"), held("136", scope="with_earlier_captives")],
        [held("136"), held("132", as_of="2024-03-02")],
        [{"figure": "1,200"}, {"figure": "1,219"}, {"figure": "about 1,200"}],
        [{"figure": "33", "status": "planned"}, {"figure": "30"}],
        [{"figure": "dozens"}, {"figure": "45"}],
    ],
    ids=[
        "a bound beside the count it covers",
        "a growing total",
        "a lower bound after a higher count",
        "two scopes on one day",
        "two scopes of a stock",
        "a stock on two days",
        "a count beside its rounding",
        "a plan beside its outcome",
        "a vague word that fits",
    ],
)
def test_what_only_looks_like_a_conflict_is_not_reported(compared: Run, rows: list[Row]) -> None:
    assert compared(*rows).findings.empty


def test_positions_that_exclude_each_other_are_one_disagreement(compared: Run) -> None:
    army = {"attributed_to": "army"}
    analysis = compared(
        {"figure": "471"},
        {"figure": "at least 471", "source": "weekly"},
        {"figure": "100 to 300"} | army,
        {"figure": "between 100 and 300", "source": "blog"} | army,
    )
    assert found(analysis) == [("disagreement", "unexplained", "contradicts")]
    finding = analysis.findings.iloc[0]
    assert finding["severity"] == "high"
    assert len(finding["claims"]) == 4
    assert finding["gap"] == pytest.approx((471 - 300) / (471 + 300))
    assert "471" in finding["sentence"]
    assert "100 to 300 (2 claims; Army" in finding["sentence"]


def test_figures_that_agree_only_to_the_letter_are_low(compared: Run) -> None:
    analysis = compared({"figure": "698"}, {"figure": "more than 100", "attributed_to": "army"})
    assert found(analysis) == [("disagreement", "unexplained", "strains")]
    assert analysis.findings.iloc[0]["severity"] == "low"


def test_an_estimate_beside_a_count_is_named_as_such(compared: Run) -> None:
    study = toll(
        "64,260", "2024-06-30", status="estimated", attributed_to="weekly", source="weekly"
    )
    analysis = compared(study, toll("37,877", "2024-06-30"), toll("38,000", "2024-07-30"))
    assert found(analysis) == [("disagreement", "estimate beside count", "contradicts")]


def test_a_fall_of_one_authority_names_both_ends(compared: Run) -> None:
    analysis = compared(
        toll("9,000", "2024-01-21"),
        toll("12,000", "2024-02-18", source="wire"),
        toll("10,000", "2024-02-29", source="weekly"),
    )
    assert found(analysis) == [("fall", "unexplained", "contradicts")]
    sentence = analysis.findings.iloc[0]["sentence"]
    assert "falls from “12,000” for 18 February 2024 (as given by Wire Agency)" in sentence
    assert "to “10,000” for 29 February 2024 (as given by Weekly Paper)" in sentence


def test_a_total_above_later_totals_of_others_is_overtaken(compared: Run) -> None:
    analysis = compared(
        toll("800", "2024-02-01", attributed_to="army"),
        toll("500", "2024-02-10"),
        toll("600", "2024-02-20"),
    )
    assert found(analysis) == [("overtaken", "unexplained", "contradicts")]
    assert (
        "lies above what 2 statements of others give for later dates"
        in (analysis.findings.iloc[0]["sentence"])
    )


def test_a_plan_told_as_fact_is_named_with_the_plan(compared: Run) -> None:
    def freed(figure: str, day: str, **cells: str) -> Row:
        return {"measure": "freed", "figure": figure, "as_of": day, "published": day} | cells

    plan = {"measure": "to_free", "figure": "33", "status": "planned", "as_of": "2025-01-15"}
    analysis = compared(
        plan | {"published": "2025-01-15"},
        freed("three", "2025-01-20", source="weekly"),
        freed("33", "2025-01-22", attributed_to="daily"),
        freed("seven", "2025-01-27", source="weekly"),
    )
    assert found(analysis) == [("overtaken", "plan told as fact", "contradicts")]
    sentence = analysis.findings.iloc[0]["sentence"]
    assert "for 20 January 2025, Ministry, as given by Weekly Paper gave “three”" in sentence
    assert "33 is the number that was planned (1 claim)" in sentence


def test_a_revision_lists_who_still_printed_the_old_figure(compared: Run) -> None:
    old, new = {"figure": "1,400"}, {"figure": "around 1,200", "status": "revised"}
    analysis = compared(
        old | {"published": "2023-10-20", "as_of": "2023-10-07"},
        new | {"published": "2023-11-10", "as_of": "2023-10-07", "url": "https://wire.example/1"},
        old | {"published": "2023-11-20", "as_of": "2023-10-07", "source": "blog"},
        old
        | {"published": "2023-11-11", "as_of": "2023-10-07", "source": "weekly"}
        | {"url": "https://weekly.example/1"},
        new
        | {"published": "2023-11-11", "as_of": "2023-10-07", "source": "weekly"}
        | {"url": "https://weekly.example/1"},
    )
    assert found(analysis) == [("revision", "stale repeat", "contradicts")]
    sentence = analysis.findings.iloc[0]["sentence"]
    assert "revised from “1,400” to “around 1,200” by 10 November 2023" in sentence
    assert "no newer one of theirs in this dossier: Blog (20 November 2023)" in sentence
    assert "quote it beside the new one: Weekly Paper (11 November 2023)" in sentence


def test_a_revision_without_stale_pages_is_information(compared: Run) -> None:
    analysis = compared(
        {"figure": "210", "published": "2024-06-08"},
        {"figure": "274", "published": "2024-06-09", "status": "revised"},
    )
    assert found(analysis) == [("revision", "announced revision", "contradicts")]
    assert analysis.findings.iloc[0]["severity"] == "info"


def test_one_page_with_two_figures_contradicts_itself(compared: Run) -> None:
    page = {"url": "https://daily.example/1"}
    analysis = compared({"figure": "114"} | page, {"figure": "200"} | page)
    assert found(analysis) == [("self-contradiction", "unexplained", "contradicts")]
    assert "one page of Daily Paper gives “114” and “200”" in analysis.findings.iloc[0]["sentence"]


def test_two_authorities_on_one_page_do_not_make_it_contradict_itself(compared: Run) -> None:
    page = {"url": "https://daily.example/1"}
    analysis = compared({"figure": "114"} | page, {"figure": "200", "attributed_to": "army"} | page)
    assert found(analysis) == [("disagreement", "unexplained", "contradicts")]


def test_every_claim_that_a_finding_names_is_a_claim(gaza: Analysis) -> None:
    known = set(gaza.claims["id"])
    assert all(set(claims) <= known and claims for claims in gaza.findings["claims"])


def test_a_fall_is_told_in_the_order_of_time(compared: Run) -> None:
    analysis = compared(
        toll("12,000", "2024-02-18"),
        toll("10,000", "2024-02-29", source="weekly"),
        toll("12,100", "2024-03-10", source="wire"),
    )
    sentence = analysis.findings.iloc[0]["sentence"]
    assert "falls from “12,000” for 18 February 2024" in sentence
    assert "12,100" not in sentence


def test_two_findings_never_share_an_id(compared: Run) -> None:
    rows = [
        {"figure": "100"} | {"source": source, "url": f"https://{source}.example/{page}"}
        for source in ("daily", "weekly")
        for page in "ab"
    ]
    rows += [row | {"figure": "200", "measure": "held"} for row in rows]
    measures = [
        {"measure": key, "label": key, "definition": key, "unit": "people", "kind": "fixed"}
        for key in ("dead", "held")
    ]
    identities = [{"name": "rule", "expression": "dead = held"}]
    rows = [row | {"note": str(n), "published": f"2024-03-0{n + 2}"} for n, row in enumerate(rows)]
    analysis = compared(*rows, measures=measures, identities=identities)
    assert len(analysis.findings) > 2
    assert analysis.findings["id"].is_unique


def test_a_later_figure_of_another_authority_is_no_stale_repeat(compared: Run) -> None:
    analysis = compared(
        {"figure": "500", "published": "2024-03-02"},
        {"figure": "471", "published": "2024-03-03", "status": "revised"},
        {"figure": "510", "published": "2024-03-09", "attributed_to": "army"},
    )
    revision = analysis.findings[analysis.findings["kind"] == "revision"].iloc[0]
    assert revision["cause"] == "announced revision"
    assert "510" not in revision["sentence"]


def test_a_page_that_contradicts_itself_does_not_hide_what_others_say(compared: Run) -> None:
    page = {"url": "https://daily.example/1"}
    analysis = compared(
        {"figure": "100"} | page, {"figure": "200"} | page, {"figure": "900", "source": "weekly"}
    )
    assert {"self-contradiction", "disagreement"} == set(analysis.findings["kind"])
    told = analysis.findings[analysis.findings["kind"] == "disagreement"].iloc[0]["sentence"]
    assert "900" in told


def test_a_conflict_at_one_time_does_not_hide_one_with_a_third_later(compared: Run) -> None:
    analysis = compared(
        toll("100", "2024-03-01"),
        toll("200", "2024-03-01", attributed_to="army"),
        toll("50", "2024-06-01", attributed_to="wire", source="wire"),
    )
    assert {"disagreement", "overtaken"} == set(analysis.findings["kind"])


def test_positions_name_only_claims_that_state_their_number(compared: Run) -> None:
    analysis = compared(
        {"figure": "under 100", "attributed_to": "army"},
        {"figure": "at least 94", "source": "wire"},
        {"figure": "210", "source": "weekly"},
    )
    sentence = analysis.findings.iloc[0]["sentence"]
    assert "under 100 (1 claim; Army" in sentence
    assert "at least 94 (1 claim; Ministry" in sentence


def test_a_conflict_that_rests_on_inferred_dates_says_so_and_weighs_less(compared: Run) -> None:
    rows = [
        toll("9,000", "2024-02-01", source=source, as_of_basis=basis)
        for source, basis in (("daily", "page"), ("weekly", "page"))
    ]
    rows += [
        toll("12,000", "2024-02-01", source=source, attributed_to="army")
        for source in ("wire", "blog")
    ]
    known = compared(*rows).findings.iloc[0]
    inferred = compared(*(row | {"as_of_basis": "context"} for row in rows)).findings.iloc[0]
    assert (known["severity"], inferred["severity"]) == ("high", "medium")
    assert "the date is taken from context" in inferred["sentence"]


def test_few_claims_are_at_most_medium(compared: Run) -> None:
    army = {"attributed_to": "army"}
    few = compared({"figure": "100"}, {"figure": "300"} | army)
    many = compared(
        {"figure": "100"},
        {"figure": "100", "source": "weekly"},
        {"figure": "300"} | army,
        {"figure": "300", "source": "weekly"} | army,
    )
    assert few.findings.iloc[0]["severity"] == "medium"
    assert many.findings.iloc[0]["severity"] == "high"


def test_a_plan_that_was_made_later_explains_nothing(compared: Run) -> None:
    plan = {"measure": "to_free", "figure": "33", "status": "planned", "as_of": "2025-06-01"}

    def freed(figure: str, day: str, **cells: str) -> Row:
        return {"measure": "freed", "figure": figure, "as_of": day, "published": day} | cells

    analysis = compared(
        plan | {"published": "2025-06-01"},
        freed("33", "2025-01-22", attributed_to="daily"),
        freed("seven", "2025-01-27", source="weekly"),
    )
    assert found(analysis) == [("overtaken", "unexplained", "contradicts")]
