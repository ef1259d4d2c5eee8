"""Relay fidelity: each fault planted once beside a faithful twin, and what stays unknown."""

from collections.abc import Callable

import pytest
from dossiers import MEASURES, Found

from analyzer.pipeline import Analysis

Run = Callable[..., Found]
Row = dict[str, str]
SOURCES = [
    {"source": name, "name": name.title(), "kind": "newspaper", "side": "third-party"}
    for name in ("ministry", "army", "wire", "one", "two", "three", "four", "five")
]
ONE_TABLE = [{**row, "table": "page"} for row in MEASURES]


def told(source: str, figure: str, day: str = "2024-03-01", **cells: str) -> Row:
    row = {"measure": "toll", "figure": figure, "as_of": day, "published": day, "source": source}
    return row | {"url": f"https://{source}.example/{day}"} | cells


def relays(figure: str, day: str = "2024-03-01", **cells: str) -> list[Row]:
    """Three publishers that give the same words."""
    return [told(source, figure, day, **cells) for source in ("one", "two", "three")]


def verdict(analysis: Found, source: str, day: str = "2024-03-01") -> str:
    claims = analysis.claims
    (claim,) = claims[(claims["source"] == source) & (claims["as_of"] == day)]["id"]
    return str(analysis.relays.set_index("claim").at[claim, "verdict"])


FAULTS = {
    "qualifier lost": ([*relays("at least 1,139")], "1,139", "at least 1,139"),
    "qualifier added": ([*relays("1,139")], "at least 1,139", "1,139"),
    "qualifier turned": ([*relays("nearly 1,140")], "more than 1,140", "almost 1,140"),
    "rounded": ([*relays("1,139")], "1,140", "1,139"),
    "misquoted": ([*relays("1,139")], "1,500", "1,139"),
    "another origin's figure": (
        [*relays("1,139"), told("army", "1,513", attributed_to="army")],
        "1,513",
        "1,139",
    ),
    "another measure's figure": (
        [*relays("1,139"), *relays("2,417", measure="freed")],
        "2,417",
        "1,139",
    ),
    "stale": (
        [*relays("1,139", "2024-02-01"), *relays("1,800", "2024-02-20")],
        "1,139",
        "1,900",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_named_and_its_faithful_twin_is_not(compared: Run, fault: str) -> None:
    others, wrong, right = FAULTS[fault]
    rows = [*others, told("four", wrong), told("five", right)]
    analysis = compared(*rows, sources=SOURCES, measures=ONE_TABLE)
    assert verdict(analysis, "four") == fault
    assert verdict(analysis, "five") in ("faithful", "cannot be checked", "relays differ")


def test_after_a_fall_the_total_climbs_back_and_nothing_of_it_is_stale(compared: Run) -> None:
    """The count starts anew on 10 March: 1,139 is its figure for 20 March once more."""
    rows = [
        *relays("1,139", "2024-03-01"),
        *relays("1,800", "2024-03-09"),
        *relays("75", "2024-03-10"),
        *relays("1,100", "2024-03-19"),
        told("four", "1,139", "2024-03-20"),
    ]
    assert verdict(compared(*rows, sources=SOURCES), "four", "2024-03-20") == "cannot be checked"


def test_a_corrected_total_that_others_give_for_the_day_is_not_stale(compared: Run) -> None:
    rows = [
        *relays("1,139", "2024-03-01"),
        *relays("1,200", "2024-03-09"),
        told("ministry", "1,139", "2024-03-10", attributed_to="ministry"),
        told("four", "1,139", "2024-03-10"),
    ]
    assert verdict(compared(*rows, sources=SOURCES), "four", "2024-03-10") == "faithful"


def test_the_figure_of_the_day_before_is_stale_where_the_origin_gave_the_days_own(
    compared: Run,
) -> None:
    rows = [
        *relays("1,139", "2024-03-01"),
        told("ministry", "1,151", "2024-03-02", attributed_to="ministry"),
        told("four", "1,139", "2024-03-02"),
    ]
    analysis = compared(*rows, sources=SOURCES)
    assert verdict(analysis, "four", "2024-03-02") == "stale"
    (sentence,) = analysis.findings.query("kind == 'relay'")["sentence"]
    assert "is given for a later time by Four “1,139”; by 2 March 2024 it was “1,151”" in sentence


def test_an_old_figure_that_several_repeat_is_stale_beside_the_origins_own(compared: Run) -> None:
    rows = [
        *relays("1,139", "2024-02-01"),
        told("ministry", "1,800", attributed_to="ministry"),
        told("four", "1,139"),
        told("five", "1,139"),
    ]
    analysis = compared(*rows, sources=SOURCES)
    assert {verdict(analysis, name) for name in ("four", "five")} == {"stale"}


@pytest.mark.parametrize(
    ("figure", "published", "expected"),
    [
        ("1,513", "2024-03-20", "another day's figure"),
        ("1,513", "2024-03-05", "misquoted"),  # the other day was not over
        ("1,500", "2024-03-20", "misquoted"),  # round
    ],
)
def test_a_figure_of_a_later_day_is_misdated(
    compared: Run, figure: str, published: str, expected: str
) -> None:
    rows = [
        *relays("1,139"),
        *relays(figure, "2024-03-11"),
        told("four", figure, published=published),
    ]
    analysis = compared(*rows, sources=SOURCES)
    assert verdict(analysis, "four") == expected
    causes = set(analysis.findings.query("kind == 'relay'")["cause"])
    assert ("misdated" in causes) == (expected != "misquoted")


def test_precision_and_recall_on_all_faults_planted_in_one_dossier(compared: Run) -> None:
    rows: list[Row] = []
    expected: dict[str, str] = {}
    for number, (fault, (others, wrong, right)) in enumerate(FAULTS.items()):
        place = {"scope": f"place_{number}"}
        for figure, source, name in ((wrong, "four", fault), (right, "five", "")):
            row = told(source, figure) | place
            rows.append(row)
            expected[f"{source}.{number}"] = name
        rows += [row | place for row in others]
    analysis = compared(*rows, sources=SOURCES, measures=ONE_TABLE)
    keyed = analysis.claims.set_index("id")
    found = {}
    for relay in analysis.relays.itertuples():
        claim = keyed.loc[relay.claim]
        if claim["source"] in ("four", "five"):
            number = claim["scope"].rsplit("_", 1)[-1]
            known = ("faithful", "cannot be checked", "relays differ")
            found[f"{claim['source']}.{number}"] = "" if relay.verdict in known else relay.verdict
    true = sum(found[key] == name != "" for key, name in expected.items())
    flagged = sum(name != "" for name in found.values())
    assert (true / flagged, true / len(FAULTS)) == (1.0, 1.0)


def test_what_nobody_else_tells_can_not_be_checked(compared: Run) -> None:
    assert verdict(compared(told("one", "1,139"), sources=SOURCES), "one") == "cannot be checked"


def test_two_relays_that_differ_do_not_accuse_each_other(compared: Run) -> None:
    analysis = compared(told("one", "at least 471"), told("two", "471"), sources=SOURCES)
    assert set(analysis.relays["verdict"]) == {"relays differ"}


def test_a_bare_majority_does_not_make_the_origins_words(compared: Run) -> None:
    rows = [*relays("8,900"), told("four", "around 8,900"), told("five", "around 8,900")]
    assert "qualifier added" not in set(compared(*rows, sources=SOURCES).relays["verdict"])


def test_the_origins_own_page_decides(compared: Run) -> None:
    rows = [told("ministry", "1,139"), told("one", "at least 1,139"), told("two", "at least 1,139")]
    analysis = compared(*rows, sources=SOURCES)
    assert verdict(analysis, "one") == "qualifier added"


def test_the_order_of_rows_changes_no_verdict(compared: Run) -> None:
    rows = [row for others, wrong, _ in FAULTS.values() for row in (*others, told("four", wrong))]
    rows = [row | {"scope": f"s{n}"} for n, row in enumerate(rows)]
    one, other = compared(*rows, sources=SOURCES), compared(*reversed(rows), sources=SOURCES)
    assert one.relays.equals(other.relays)


def test_the_shipped_dossier_names_what_is_known_of_it(gaza: Analysis) -> None:
    sentences = gaza.findings.set_index("id")["sentence"]
    exact = sentences[sentences.str.contains("1,139 is an exact count")]
    assert len(exact) == 1
    assert "“at least 1,139” in News article" in exact.iloc[0]
    assert "“An estimated 1,139” in Tehran Times" in exact.iloc[0]
    stale = gaza.findings[gaza.findings["cause"] == "stale repeat"]["sentence"]
    assert stale.str.contains("583 is the sum of the days up to 1 February 2025").any()
    assert stale.str.contains("15 was the figure for 29 October 2025").any()


def test_the_copies_of_one_statement_have_one_origin(gaza: Analysis) -> None:
    copies = gaza.claims[
        (gaza.claims["measure"] == "killed_oct7")
        & (gaza.claims["status"] == "revised")
        & gaza.claims["source"].isin(["straits_times", "tbs_news", "telegraph_india", "dt_next"])
    ]
    assert len(copies) == 4
    assert set(copies["authority"]) == {"israel_govt"}


def test_a_rounded_relay_is_told_as_information(compared: Run) -> None:
    finding = compared(*relays("1,139"), told("four", "1,140"), sources=SOURCES).findings.iloc[0]
    assert (finding["kind"], finding["cause"], finding["severity"]) == ("relay", "rounding", "info")
    assert "is passed on rounded up by Four “1,140”" in finding["sentence"]


def test_a_declared_relay_is_no_inferred_copy(run: Callable[..., Analysis]) -> None:
    rows = [
        told(source, figure, f"2024-03-0{day}", attributed_to=source)
        for day, figure in enumerate(("1,711", "1,822", "1,933"), 1)
        for source in ("one", "two")
    ]
    rows += [
        told(source, figure, f"2024-03-0{day}", attributed_to=source)
        for day, figure in enumerate(("2,001", "2,002", "2,003"), 1)
        for source in ("three", "four", "five", "wire", "army")
    ]
    found = run(*rows, sources=SOURCES).copying
    declared = [row | {"relays": "one"} if row["source"] == "two" else row for row in SOURCES]
    assert ("one", "two") in set(zip(found["a"], found["b"], strict=True)) | set(
        zip(found["b"], found["a"], strict=True)
    )
    assert run(*rows, sources=declared).copying.empty
