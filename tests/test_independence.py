"""Agreement on what is rare is evidence of copying, agreement on what most give is not."""

from collections.abc import Callable
from dataclasses import replace
from math import log

import pandas as pd
import pytest
from dossiers import SOURCES, Row

from analyzer.independence import COLUMNS, Copying, find_copying, pairs
from analyzer.pipeline import Analysis

Aligned = Callable[..., pd.DataFrame]
HONEST = [f"paper_{number}" for number in range(1, 8)]
PEOPLE = [
    *SOURCES,
    *(
        {"source": name, "name": name, "kind": "newspaper", "side": "third-party"}
        for name in (*HONEST, "first", "second")
    ),
]
DAYS = ["2024-03-01", "2024-03-02", "2024-03-03"]
TRUE = ["512", "634", "787"]
FALSE = ["471", "693", "878"]


def claim(source: str, figure: str, day: str = DAYS[0], **cells: str) -> Row:
    """A claim on a source's own authority, printed the day after."""
    said = f"2024-03-{int(day[-2:]) + 1:02}"
    own = {"source": source, "attributed_to": source, "measure": "held"}
    return own | {"figure": figure, "as_of": day, "published": said} | cells


def crowd(days: list[str] = DAYS, papers: list[str] = HONEST) -> list[Row]:
    """Seven papers that give the same figures."""
    return [
        claim(paper, figure, day)
        for paper in papers
        for day, figure in zip(days, TRUE, strict=False)
    ]


def copying(aligned: Aligned, *claims: Row, conventions: Copying | None = None) -> pd.DataFrame:
    return find_copying(aligned(*claims, sources=PEOPLE), conventions)


def planted() -> list[Row]:
    """`second` has the three wrong figures of `first`; seven papers give other ones."""
    return crowd() + [
        claim(source, figure, day)
        for source in ("first", "second")
        for day, figure in zip(DAYS, FALSE, strict=True)
    ]


def test_agreement_on_what_everyone_gives_is_no_evidence(aligned: Aligned) -> None:
    found = copying(aligned, *crowd())
    assert found.empty
    assert list(found.columns) == COLUMNS


def test_agreement_where_nobody_else_speaks_is_no_evidence(aligned: Aligned) -> None:
    pair = crowd(papers=["first", "second"])
    assert copying(aligned, *pair, *crowd(DAYS[:1])).empty
    assert copying(aligned, *pair).empty


def test_a_declared_common_origin_explains_the_agreement(aligned: Aligned) -> None:
    both = [
        claim(source, figure, day, attributed_to="ministry")
        for source in ("first", "second")
        for day, figure in zip(DAYS, FALSE, strict=True)
    ]
    assert copying(aligned, *crowd(), *both).empty


@pytest.mark.parametrize(
    "chain",
    [
        {"attributed_to": "first"},
        {"attributed_to": "army", "via": "first"},
    ],
)
def test_a_declared_relay_of_the_other_explains_the_agreement(
    aligned: Aligned, chain: dict[str, str]
) -> None:
    rows = [
        row | chain if row["source"] == "second" else row
        for row in planted()  # the same errors, but `second` names `first`
    ]
    assert copying(aligned, *rows).empty


def test_a_common_relay_explains_the_agreement_of_two_origins(aligned: Aligned) -> None:
    rows = [
        claim("first", "471", attributed_to="army", via="wire"),
        claim("second", "471", via="wire"),
    ]
    assert copying(aligned, *crowd(), *rows).empty


def test_two_who_name_two_origins_are_not_said_to_copy(aligned: Aligned) -> None:
    origins = {"first": "army", "second": "ministry"}
    rows = [
        row | {"attributed_to": origins[row["source"]]} if row["source"] in origins else row
        for row in planted()
    ]
    assert copying(aligned, *rows).empty


def test_a_single_shared_round_number_makes_no_copy(aligned: Aligned) -> None:
    found = copying(aligned, *crowd(), claim("first", "600"), claim("second", "600"))
    assert (found["likelihood"] < 0.5).all()


def test_one_shared_figure_never_makes_copying_more_likely_than_not() -> None:
    rates = Copying()
    most = 1 - rates.copied + rates.copied / rates.coincidence
    assert log(most) + log(rates.prior / (1 - rates.prior)) < 0


def test_a_vague_word_is_anybodys(aligned: Aligned) -> None:
    rows = [claim(source, "hundreds", day) for source in ("first", "second") for day in DAYS]
    assert copying(aligned, *crowd(), *rows).empty


def test_a_hedge_that_others_could_use_is_not_rare(aligned: Aligned) -> None:
    rows = [claim(source, "more than 500") for source in ("first", "second")]
    assert copying(aligned, *crowd(), *rows).empty


def test_the_figure_of_the_day_is_not_rare_because_it_was_revised_later(aligned: Aligned) -> None:
    """Four say 612 at first, eleven others 512 a year later; 612 is rare over all seasons only."""
    early = [claim(name, "612", measure="dead") for name in (*HONEST[:2], "first", "second")]
    late = [
        claim(name, "512", measure="dead", published="2025-03-02")
        for name in (*HONEST[2:], "daily", "weekly", "blog", "wire", "army", "ministry")
    ]
    assert copying(aligned, *early, *late).empty
    timeless = replace(Copying(), season_days=1000)
    assert len(copying(aligned, *early, *late, conventions=timeless)) == 6


def test_a_reading_without_a_date_is_not_said_to_be_rare(aligned: Aligned) -> None:
    fixed = {"measure": "dead"}
    others = [claim(paper, "512", **fixed) for paper in HONEST]
    dated = [claim(source, "471", **fixed) for source in ("first", "second")]
    undated = [dated[0], dict(dated[1]) | {"published": ""}]
    assert len(copying(aligned, *others, *dated)) == 1
    assert copying(aligned, *others, *undated).empty


def test_a_page_without_a_date_is_not_said_to_be_printed_on_the_day_of_its_figure(
    aligned: Aligned,
) -> None:
    undated = [row | {"published": ""} if row["source"] == "second" else row for row in planted()]
    assert "printed" not in copying(aligned, *undated)["evidence"].iloc[0]


def test_two_scopes_are_two_items(aligned: Aligned) -> None:
    rows = [
        claim("first", "471", scope="men"),
        claim("second", "471", scope="women"),
    ]
    assert copying(aligned, *crowd(), *rows).empty


def test_shared_errors_give_the_planted_copier_away(aligned: Aligned) -> None:
    found = copying(aligned, *planted())
    assert list(zip(found["a"], found["b"], strict=True)) == [("first", "second")]
    pair = found.iloc[0]
    assert (pair["shared"], pair["same_reading"], pair["telling"]) == (3, 3, 3)
    assert pair["likelihood"] > 0.8
    assert len(pair["claims"]) == 6
    assert all(".first." in name or ".second." in name for name in pair["claims"])
    assert pair["evidence"] == (
        "share 3 readings that no other publisher gives, among them “471”; the position that most "
        "authorities hold excludes 3 of them; printed on one day; no declared chain explains it"
    )


def test_each_difference_lowers_the_likelihood(aligned: Aligned) -> None:
    rows = planted()
    honest = [row for row in rows if (row["source"], row["figure"]) != ("second", "878")]
    found = copying(aligned, *honest, claim("second", "787", DAYS[2]))
    pair = found.set_index(["a", "b"]).loc[("first", "second")]
    assert (pair["shared"], pair["same_reading"], pair["telling"]) == (3, 2, 2)
    assert pair["likelihood"] < copying(aligned, *rows)["likelihood"].iloc[0]
    assert "on 1 of 3 common items their numbers differ" in pair["evidence"]


def test_the_same_words_count_more(aligned: Aligned) -> None:
    def likelihood(words: str) -> float:
        rows = [claim("first", "roughly 470"), claim("second", f"{words} 470")]
        return float(copying(aligned, *crowd(), *rows)["likelihood"].iloc[0])

    assert likelihood("roughly") > likelihood("some")


def test_a_copy_within_days_counts_more_than_one_after_weeks(aligned: Aligned) -> None:
    def likelihood(day: str) -> float:
        second = claim("second", "471") | {"published": f"2024-03-{day}"}
        return float(
            copying(aligned, *crowd(), claim("first", "471"), second)["likelihood"].iloc[0]
        )

    assert likelihood("04") > likelihood("24")


def test_a_shared_error_counts_more_with_more_digits(aligned: Aligned) -> None:
    def likelihood(figure: str) -> float:
        rows = [claim(source, figure) for source in ("first", "second")]
        return float(copying(aligned, *crowd(), *rows)["likelihood"].iloc[0])

    assert likelihood("471") > likelihood("400")


def test_rates_can_be_set(aligned: Aligned) -> None:
    rates = Copying()
    bold = replace(rates, prior=0.2)
    rows = planted()
    likely = copying(aligned, *rows, conventions=bold)["likelihood"].iloc[0]
    assert likely > copying(aligned, *rows, conventions=rates)["likelihood"].iloc[0]


def test_the_order_of_rows_makes_no_difference(aligned: Aligned) -> None:
    claims = aligned(*planted(), sources=PEOPLE)
    shuffled = claims.sample(frac=1, random_state=7)
    pd.testing.assert_frame_equal(find_copying(claims), find_copying(shuffled))


def test_items_can_be_taken_a_few_at_a_time(
    aligned: Aligned, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = aligned(*planted(), sources=PEOPLE)
    whole = find_copying(claims)
    monkeypatch.setattr(pairs, "PAIRS", 1)
    assert len(whole) == 1
    pd.testing.assert_frame_equal(find_copying(claims), whole)


def test_an_item_with_more_claims_than_the_cap_is_left_out(aligned: Aligned) -> None:
    rows = planted()
    many = len(rows) // len(DAYS)
    assert len(copying(aligned, *rows, conventions=Copying(most_claims=many))) == 1
    assert copying(aligned, *rows, conventions=Copying(most_claims=many - 1)).empty


def test_no_claims_give_no_pairs(aligned: Aligned) -> None:
    claims = aligned(claim("first", "12"), sources=PEOPLE)
    assert find_copying(claims).empty
    assert find_copying(claims.iloc[:0]).empty


def test_on_the_shipped_dossier_the_one_figure_of_two_papers_is_found(gaza: Analysis) -> None:
    """Two pages of one day: "aproximadamente 1.300", which nobody else says."""
    found = find_copying(gaza.claims)
    assert list(found.columns) == COLUMNS
    assert ("bacana_news", "jornal_universo") in set(zip(found["a"], found["b"], strict=True))
    assert found["likelihood"].between(0, 0.5).all()  # one shared figure each: no more is said
