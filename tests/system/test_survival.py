"""Whether a contradiction stands under another reading of the wordings, or of the dates."""

from collections.abc import Sequence

from systems import BOUNDS, Cells, claims_of, date, identities_of, measures_of, said, search_in

from analyzer.system.places import Place
from analyzer.system.survival import DATES, WORDINGS, survival

KINDS = measures_of(
    a="fixed",
    b="fixed",
    t="cumulative",
    s="stock",
    w="flow of t",
    ended="cumulative until 5",
    step="flow of ended",
)


def stands(
    claims: Sequence[Cells], *rules: object, tolerance: float = 0.02, beside: Sequence[Place] = ()
) -> dict[tuple[str, str], bool]:
    frame = claims_of(claims, KINDS)
    identities = identities_of(*rules)  # type: ignore[arg-type]
    found = survival(frame, identities, KINDS, tolerance, beside)
    assert len(found) == len(WORDINGS) * len(DATES)
    return {(one.wording, one.dates): one.stands for one in found}


def given(claims: Sequence[Cells], *rules: object, tolerance: float = 0.02) -> set[str]:
    """Wordings under which a contradiction stands, with every date as given."""
    found = stands(claims, *rules, tolerance=tolerance)
    return {wording for wording in WORDINGS if found[wording, "given"]}


def worded(measure: str, *ends: float) -> Cells:
    """A claim with bounds of its own for each reading, in the order of `BOUNDS`."""
    return said(measure, 0) | dict(zip(BOUNDS, ends, strict=True))


def test_every_reading_is_told_once() -> None:
    found = stands([said("a", 10), said("a", 20)])
    assert set(found) == {(wording, dates) for wording in WORDINGS for dates in DATES}
    assert all(found.values())


def test_a_round_number_can_be_read_as_rounded() -> None:
    """100 as such, or as 95 to 105, against 103."""
    round_number = worded("a", 100, 100, 100, 100, 95, 105, 95, 105)
    assert given([round_number, said("a", 103)], tolerance=0) == {"letter", "implied"}


def test_at_least_is_open_to_the_letter_and_little_more_to_a_hearer() -> None:
    """At least 810: no upper end, but implied below 820; against 839."""
    at_least = worded("a", 810, float("inf"), 810, 820, 810, 820, 810, float("inf"))
    assert given([at_least, said("a", 839)]) == {"implied"}


def test_counts_within_the_tolerance_of_one_position_are_let_pass() -> None:
    """100 and 103: 98 to 102 and 100.9 to 105.1 at a fiftieth; a hundredth is too little."""
    claims = [said("a", 100), said("a", 103)]
    assert given(claims) == set(WORDINGS) - {"loose"}
    assert given(claims, tolerance=0.01) == set(WORDINGS)


def test_totals_as_of_the_morning_of_their_day() -> None:
    """From 10 in the evening of day 1 to 25 in that of day 2 are 15; in the mornings, of day 1."""
    claims = [said("t", 10, day=1), said("t", 25, day=2), said("w", 14, day=2, start=2)]
    found = stands(claims)
    assert found["letter", "given"]
    assert not found["letter", "morning"]


def test_without_a_flow_mornings_change_nothing() -> None:
    found = stands([said("t", 10, day=1), said("t", 9, day=2)])
    assert found["letter", "morning"]


def test_an_inferred_date_can_be_that_of_the_publication() -> None:
    """12 by the context of day 3, said on day 8, and 10 on day 5: it may be of day 8."""
    inferred = said("t", 12, day=3, said_first=date(8), said_last=date(8))
    later = said("t", 10, day=5, said_first=date(5), said_last=date(5))
    found = stands([inferred | {"as_of_basis": "context"}, later])
    assert found["letter", "given"]
    assert not found["letter", "published"]
    found = stands([inferred | {"as_of_basis": "page"}, later])
    assert found["letter", "published"]


def test_a_total_that_has_ended_stays_that_of_its_end_whenever_it_was_published() -> None:
    """10 in all by day 5, said on day 9: with 5 held they are not the 14 of the first days."""
    total = said("ended", 10, day=5, said_first=date(9), said_last=date(9), as_of_basis="context")
    found = stands([total, said("s", 5, day=9)], "ended + s = 14")
    assert found["letter", "given"]
    assert found["letter", "published"]


def test_what_is_said_of_a_total_after_its_end_is_of_no_morning() -> None:
    """7 by day 4, 4 on day 5, and 10 in all, as was said on day 9 of the end: 11 are no 10."""
    claims = [said("ended", 7, day=4), said("step", 4, day=5, start=5)]
    of_day_9 = said("ended", 10, day=5, as_of_first=date(9))
    assert stands([*claims, of_day_9])["letter", "given"]
    assert stands([*claims, of_day_9])["letter", "morning"]
    assert not stands([*claims, said("ended", 10, day=5)])["letter", "morning"]


def test_a_contradiction_between_days_is_tried_at_the_times_of_all_claims() -> None:
    """7 on day 1 and at most 5 from day 10 on; only another claim speaks of a later day."""
    claims = [said("t", 7, day=1), said("t", 0, 9, day=12)]
    rule = ("t <= 5", 10, None)
    places = search_in(claims, KINDS, rule).system.places
    assert not stands(claims[:1], rule)["letter", "given"]
    assert stands(claims[:1], rule, beside=places)["letter", "given"]


def test_claims_that_agree_stand_under_no_reading() -> None:
    found = stands([said("a", 10), said("b", 4)], "b <= a")
    assert not any(found.values())
