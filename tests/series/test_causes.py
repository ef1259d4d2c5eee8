"""Tests of causes: each with the traces it needs, and an innocent twin that lacks one."""

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from panels import START, book, day, growing, series, steps_of

from analyzer.series.balance import Mismatch, find_mismatches
from analyzer.series.causes import falls, mismatches, surges, which
from analyzer.series.causes.lines import Book, Line, likeness, rates
from analyzer.series.causes.slipped import wrong_columns
from analyzer.series.causes.weighing import PRIORS, UNEXPLAINED, Cause, weigh
from analyzer.series.causes.years import wrong_years

AT = 20  # the day of the event in a series of 40 days
TOTAL = ("toll_day.daily", "total", "toll.daily")


def places(found: Iterable[tuple[Line, int]]) -> list[int]:
    return [place for _, place in found]


def lowered(by: float, start: float = 1000, since: int = AT, until: int = 40) -> list[float | None]:
    """A running total that lies lower from one day on, until another."""
    return [
        (one or 0) - (by if since <= place < until else 0)
        for place, one in enumerate(growing(40, start))
    ]


def toll(*values: float | None, **cells: object) -> Line:
    frame = series("toll", values, **cells)  # type: ignore[arg-type]
    return book(frame).lines["toll.daily"]


def mismatch(total: list[float | None], days: list[float | None], at: int = AT) -> Mismatch:
    """The mismatch of a day."""
    pages = book(series("toll", total), series("toll_day", days, kind="flow"), links=[TOTAL])
    found = [one for one in find_mismatches(pages) if one.flow.at[one.at] == day(at)]
    return found[0]


def fit(cause: Cause | None) -> float:
    return cause.fit if cause else 0.0


def test_likelihoods_are_priors_times_fits_and_add_up_to_one() -> None:
    verdict = weigh([Cause("rounding", 1.0), Cause("late batch", 0.5), None])
    weights = {
        "rounding": PRIORS["rounding"],
        "late batch": PRIORS["late batch"] / 2,
        "unexplained": UNEXPLAINED,
    }
    shares = dict([(verdict.cause.cause, verdict.likelihood), *verdict.rivals])
    assert shares == pytest.approx(
        {name: one / sum(weights.values()) for name, one in weights.items()}, abs=1e-4
    )


def test_without_a_finding_an_event_is_unexplained() -> None:
    verdict = weigh([None, None])
    assert (verdict.cause.cause, verdict.likelihood, verdict.rivals) == ("unexplained", 1.0, ())


def test_of_two_findings_of_one_cause_the_better_fitting_counts() -> None:
    assert weigh([Cause("rounding", 0.2), Cause("rounding", 0.9)]).cause.fit == 0.9


def test_a_usual_step_is_like_those_around_it_and_a_leap_is_not() -> None:
    line = toll(*growing(40))
    usual = rates(line, AT, skip=(AT,))
    assert likeness(25, 1, usual) > 0.8
    assert likeness(25, 5, usual) < 0.4
    assert likeness(500, 1, usual) < 0.01


class TestFalls:
    def test_a_correction_stays(self) -> None:
        assert fit(falls.downward_correction(toll(*lowered(40)), AT)) > 0.7

    def test_a_figure_that_is_low_for_a_day_is_no_correction(self) -> None:
        line = toll(*lowered(100, until=AT + 1))
        assert fit(falls.downward_correction(line, AT)) < 0.2

    def test_the_fall_after_a_high_figure_is_no_correction(self) -> None:
        line = toll(*lowered(-400, since=AT - 1, until=AT))
        assert fit(falls.downward_correction(line, AT)) < 0.5

    def test_a_fall_by_half_is_no_correction_of_entries(self) -> None:
        assert falls.downward_correction(toll(*lowered(700)), AT) is None

    def test_another_origin_does_not_correct_the_first(self) -> None:
        line = toll(*lowered(40), authority=dict.fromkeys(range(AT, 40), "army"))
        assert falls.downward_correction(line, AT) is None
        assert fit(falls.source_switch(line, AT)) > 0.7

    def test_one_origin_is_no_switch(self) -> None:
        assert falls.source_switch(toll(*lowered(40)), AT) is None

    def test_a_figure_near_none_is_no_other_origins_count(self) -> None:
        values = growing(40)
        values[AT] = 0
        line = toll(*values, authority={AT: "army"})
        assert fit(falls.source_switch(line, AT)) == 0

    def test_a_row_that_says_it_is_revised(self) -> None:
        line = toll(*lowered(40), status=dict.fromkeys(range(AT, 40), "revised"))
        assert fit(falls.announced(line, AT)) == 1
        assert falls.announced(toll(*lowered(40)), AT) is None

    def test_parts_that_fall_together_while_the_total_stays_count_otherwise(self) -> None:
        """OCHA, May 2024: children 14,500 to 7,797, women 9,500 to 4,959, the total unchanged."""
        children = [14_500.0] * AT + [7_797.0] * AT
        women = [9_500.0] * AT + [4_959.0] * AT
        total: list[float | None] = [34_900.0 + one for one in range(40)]
        pages = book(
            series("toll", total),
            series("children", children),
            series("women", women),
            links=[(f"{part}.daily", "part", "toll.daily") for part in ("children", "women")],
        )
        found = falls.scope_change(pages, pages.lines["children.daily"], AT)
        assert fit(found) > 0.8
        assert found and {term for term, _ in found.evidence} == {"falls too", "total"}

    def test_a_part_that_falls_with_its_total_does_not(self) -> None:
        halved = [1_000.0] * AT + [500.0] * AT
        pages = book(
            series("toll", [3 * one for one in halved]),
            series("children", halved),
            links=[("children.daily", "part", "toll.daily")],
        )
        assert falls.scope_change(pages, pages.lines["children.daily"], AT) is None

    def test_a_count_that_starts_anew_beside_one_that_does_not(self) -> None:
        whole = growing(40, 4000)
        anew = [one if place < AT else (one or 0) - 4300 for place, one in enumerate(whole)]
        pages = book(
            series("toll", anew, scope="since_phase"),
            series("toll", whole, scope="since_start"),
            links=[("toll.daily[since_phase]", "rival", "toll.daily[since_start]")],
        )
        found = falls.base_reset(pages, pages.lines["toll.daily[since_phase]"], AT)
        assert found is not None
        assert found.fit == 1
        assert "4,300 above it on each day after" in found.evidence[1][1]

    def test_a_low_figure_of_one_day_is_no_new_base(self) -> None:
        values = growing(40, 4000)
        values[AT] = 25
        pages = book(series("toll", values))
        assert falls.base_reset(pages, pages.lines["toll.daily"], AT) is None

    def test_a_round_figure_stands_for_one_that_rounds_to_it(self) -> None:
        assert fit(falls.rounding(toll(900, 2000, 1967, 2050), 2)) > 0.9

    def test_a_round_figure_further_off_does_not(self) -> None:
        assert falls.rounding(toll(900, 2000, 1467, 2050), 2) is None

    def test_one_zero_in_a_series_of_exact_figures_is_chance(self) -> None:
        assert fit(falls.rounding(toll(905, 910, 907, 917, 923), 2)) < 0.3

    @pytest.mark.parametrize(
        ("rounded", "exact", "fits"),
        [(1000, 967, True), (1000, 1500, True), (1000, 1501, False), (967, 1000, False)],
    )
    def test_rounding_is_to_the_last_zero(self, rounded: float, exact: float, fits: bool) -> None:
        assert falls.rounds_to(rounded, exact) is fits


class TestMismatches:
    def test_a_step_over_days_without_a_total(self) -> None:
        total, days = growing(40), steps_of(growing(40))
        total[AT - 1] = days[AT - 1] = None
        assert fit(mismatches.gap_absorbed(mismatch(total, days))) > 0.8

    def test_a_step_over_one_day_absorbs_none(self) -> None:
        total, days = growing(40), steps_of(growing(40))
        days[AT] = 1
        assert mismatches.gap_absorbed(mismatch(total, days)) is None

    def test_the_daily_figure_is_the_rise_since_an_earlier_total(self) -> None:
        """gaza-daily, 5 December 2023: 725 = 349 + 376, the steps of two days."""
        total: list[float | None] = [14_800, 15_207, 15_523, 15_899, 16_248]
        found = mismatches.another_base(mismatch(total, [None, 407, 316, 376, 725], at=4))
        assert found is not None
        assert found.cause == "gap absorbed"
        assert found.proof == ("toll.2",)
        assert mismatches.another_base(mismatch(total, [None, 407, 316, 376, 724], at=4)) is None

    def test_a_round_total_stands_for_what_both_days_say(self) -> None:
        """gaza-daily, 12 December 2023: 50,100 for 50,095, as the next day confirms."""
        total: list[float | None] = [49_229, 49_645, 50_100, 50_594, 50_897]
        days: list[float | None] = [None, 416, 450, 499, 303]
        found = mismatches.rounding(mismatch(total, days, at=2))
        assert found is not None
        assert found.pair
        assert "50,095 would fit" in found.evidence[0][1]

    def test_a_round_total_that_the_next_day_takes_literally_fits_less(self) -> None:
        """gaza-daily, 22 January 2024: 63,000; the next day goes on from exactly 63,000."""
        total: list[float | None] = [62_388, 62_681, 63_000, 63_354]
        days: list[float | None] = [None, 293, 340, 354]
        assert fit(mismatches.rounding(mismatch(total, days, at=2))) < 0.25

    def test_the_rest_is_what_other_columns_name(self) -> None:
        total, days = growing(40), steps_of(growing(40))
        days[AT] = (days[AT] or 0) - 12
        pages = book(
            series("toll", total),
            series("toll_day", days, kind="flow"),
            series("recovered", [12.0 if one == AT else None for one in range(40)], kind="flow"),
            links=[TOTAL, ("recovered.daily", "part", "toll_day.daily")],
        )
        found = mismatches.late_additions(pages, find_mismatches(pages)[0])
        assert found is not None
        assert found.evidence[0][1].endswith("is given apart: 12 “recovered”")

    def test_another_number_does_not_explain_the_rest(self) -> None:
        total, days = growing(40), steps_of(growing(40))
        days[AT] = (days[AT] or 0) - 12
        pages = book(
            series("toll", total),
            series("toll_day", days, kind="flow"),
            series("recovered", [11.0 if one == AT else None for one in range(40)], kind="flow"),
            links=[TOTAL, ("recovered.daily", "part", "toll_day.daily")],
        )
        assert mismatches.late_additions(pages, find_mismatches(pages)[0]) is None

    def test_two_totals_that_take_in_more_on_one_day(self) -> None:
        """gaza-daily, 12 January 2024: 88 killed and 153 injured more than the day's figures."""
        frames, links = [], []
        for name in ("toll", "hurt"):
            total = growing(40)
            days = steps_of(total)
            days[AT] = (days[AT] or 0) - 15
            frames += [series(name, total), series(f"{name}_day", days, kind="flow")]
            links.append((f"{name}_day.daily", "total", f"{name}.daily"))
        both, one = book(*frames, links=links), book(*frames[:2], links=links[:1])
        fits = [
            fit(mismatches.late_batch(pages, find_mismatches(pages)[0])) for pages in (both, one)
        ]
        assert fits[0] > fits[1] + 0.2

    def test_a_total_that_is_high_for_a_day_holds_no_late_batch(self) -> None:
        total, days = growing(40), steps_of(growing(40))
        total[AT] = (total[AT] or 0) + 15
        pages = book(series("toll", total), series("toll_day", days, kind="flow"), links=[TOTAL])
        assert fit(mismatches.late_batch(pages, find_mismatches(pages)[0])) < 0.15

    def test_transposed_digits_in_the_daily_figure(self) -> None:
        """gaza-daily, 24 December 2023: 384 beside a step of 348."""
        total: list[float | None] = [52_586, 53_320, 53_688, 54_036, 54_536, 54_918]
        days: list[float | None] = [None, 734, 368, 384, 500, 382]
        found = which.mistyped_day(mismatch(total, days, at=3))
        assert found is not None
        assert (found.cause, found.blamed, found.suggestion) == (
            "transposed digits",
            "toll_day.3",
            348,
        )
        assert found.fit > 0.7

    def test_a_daily_figure_as_usual_beside_an_unusual_step_is_no_slip(self) -> None:
        """gaza-daily, 2 December 2023: 652 beside a step of 3,652, amid days of 500 to 750."""
        total = growing(40, 36_000, 640)
        days = steps_of(total)
        total = [(one or 0) + (3_000 if place >= AT else 0) for place, one in enumerate(total)]
        assert fit(which.mistyped_day(mismatch(total, days))) < 0.1

    def test_a_small_difference_is_hardly_told_by_one_wrong_digit(self) -> None:
        total, days = growing(40, step=310), steps_of(growing(40, step=310))
        days[AT] = 319
        assert fit(which.mistyped_day(mismatch(total, days))) < 0.5

    def test_a_total_that_both_days_correct(self) -> None:
        total, days = growing(40, 20_000), steps_of(growing(40, 20_000))
        right = total[AT]
        total[AT] = (right or 0) + 30  # one digit, the tens
        one = mismatch(total, days)
        found = which.mistyped_total(one, one.after)
        assert found is not None
        assert (found.blamed, found.suggestion, found.pair) == (f"toll.{AT}", right, True)

    def test_a_total_that_the_next_day_confirms_is_not_mistyped(self) -> None:
        total, days = growing(40, 20_000), steps_of(growing(40, 20_000))
        days[AT] = (days[AT] or 0) + 30
        one = mismatch(total, days)
        assert fit(which.mistyped_total(one, one.after)) < 0.05

    def test_a_total_that_repeats_the_day_before(self) -> None:
        """gaza-daily, 27 August 2024: 40,435 again, where 41 and then 58 were killed."""
        total: list[float | None] = [40_405, 40_435, 40_435, 40_534, 40_602]
        days: list[float | None] = [None, 30, 41, 58, 68]
        one = mismatch(total, days, at=2)
        found = which.copied_total(one, one.after)
        assert found is not None
        assert (found.blamed, found.suggestion) == ("toll.2", 40_476)
        assert which.cancelling(one) == 40_476

    def test_a_day_without_a_rise_that_says_so_is_no_copy(self) -> None:
        total: list[float | None] = [40_405, 40_435, 40_435, 40_534]
        pages = book(
            series("toll", total),
            series("toll_day", [None, 30, 0, 99], kind="flow"),
            links=[TOTAL],
        )
        assert find_mismatches(pages) == []

    def test_two_that_cancel_name_the_total_between(self) -> None:
        """gaza-daily, 8 December 2023: 17,490 would satisfy 313 and 210."""
        total: list[float | None] = [17_177, 17_487, 17_700, 17_997]
        days: list[float | None] = [None, 313, 210, 297]
        assert which.cancelling(mismatch(total, days, at=1)) == 17_490
        assert which.cancelling(mismatch(total, days, at=2)) == 17_490
        days[2] = 211
        assert math.isnan(which.cancelling(mismatch(total, days, at=1)))


class TestSurges:
    def batches(self, batch: float, column: bool = True) -> tuple[Book, Line]:
        """A total with a batch on one day; its daily figures say so, and a column may name it."""
        total = [
            (one or 0) + (batch if place >= AT else 0) for place, one in enumerate(growing(70))
        ]
        named = [batch if place == AT and column else None for place in range(70)]
        named[2] = 11  # one more, so that the column is there
        pages = book(
            series("toll", list(total)),
            series("toll_day", steps_of(list(total)), kind="flow"),
            series("committee", named, kind="flow"),
            links=[TOTAL, ("committee.daily", "part", "toll_day.daily")],
        )
        return pages, pages.lines["toll.daily"]

    def test_a_batch_that_a_column_names(self) -> None:
        """gaza-daily, 4 October 2025: 720 of 786 approved by a committee."""
        pages, line = self.batches(720)
        assert places(surges.find_surges(pages)) == [AT]
        found = surges.named_batch(pages, line, AT)
        assert found is not None
        assert found.proof == (f"committee.{AT}",)
        assert "720 of the" in found.evidence[0][1]

    def test_a_step_that_the_daily_figure_confirms_is_no_surge(self) -> None:
        pages, _ = self.batches(720, column=False)
        assert places(surges.find_surges(pages)) == []

    def test_a_column_that_accounts_for_little_names_no_batch(self) -> None:
        assert surges.find_batches(*self.batches(12)) == []

    def test_a_leap_without_a_daily_figure(self) -> None:
        line = toll(*[(one or 0) + (900 if n >= AT else 0) for n, one in enumerate(growing(70))])
        pages = book(series("toll", [float(one) for one in line.value]))
        assert places(surges.find_surges(pages)) == [AT]

    def test_a_total_of_bursts_has_no_surge(self) -> None:
        values = np.cumsum([60.0 if number % 9 == 0 else 0.0 for number in range(90)]) + 500
        pages = book(series("toll", [float(one) for one in values]))
        assert places(surges.find_surges(pages)) == []

    def test_surges_are_those_of_each_total_alone(self) -> None:
        values = [
            [(one or 0) * (1 + (n >= at)) for n, one in enumerate(growing(70))] for at in (0, 2, 68)
        ]
        alone = [places(surges.find_surges(book(series("toll", own)))) for own in values]
        pages = book(*(series(f"toll_{number}", own) for number, own in enumerate(values)))
        assert places(surges.find_surges(pages)) == [place for own in alone for place in own]
        assert any(alone)

    def test_the_way_back_from_a_low_figure_is_no_surge(self) -> None:
        values = growing(70, 5000)
        values[AT] = 500
        pages = book(series("toll", values))
        assert places(surges.find_surges(pages)) == []

    def test_a_total_that_stood_still_catches_up(self) -> None:
        values = growing(70)
        values[AT - 9 : AT] = [values[AT - 9]] * 9
        line = toll(*values)
        assert fit(surges.caught_up(line, AT)) > 0.7

    def test_a_leap_beyond_what_the_still_days_bring_does_not(self) -> None:
        values = growing(70)
        values[AT - 9 : AT] = [values[AT - 9]] * 9
        values[AT:] = [(one or 0) + 3000 for one in values[AT:]]
        assert fit(surges.caught_up(toll(*values), AT)) < 0.05


class TestDates:
    def weeks(self, wrong: tuple[int, ...], years: int) -> Line:
        """Two years of weekly figures, some of them dated so many years off."""
        frame = series("toll", growing(104))
        weekly = START + 7 * np.arange(104)
        frame["at"] = frame["first"] = weekly.astype("datetime64[s]")
        month = weekly.astype("datetime64[M]")
        moved = (month + 12 * years).astype("datetime64[D]") + (weekly - month)
        off = frame.index.isin(wrong)
        frame["at"] = frame["at"].mask(off, moved.astype("datetime64[s]"))
        return book(frame).lines["toll.daily"]

    @pytest.mark.parametrize(("wrong", "years"), [((53, 54, 55), -1), ((30, 31), 1)])
    def test_a_run_of_dates_a_year_off(self, wrong: tuple[int, ...], years: int) -> None:
        found = wrong_years([self.weeks(wrong, years)])
        assert found == {f"toll.{one}": START + np.timedelta64(7 * one, "D") for one in wrong}

    def test_right_dates_and_a_fall_are_no_wrong_years(self) -> None:
        assert wrong_years([self.weeks((), 1)]) == {}
        assert wrong_years([toll(*lowered(40))]) == {}

    def test_a_figure_is_not_moved_past_the_day_it_was_published(self) -> None:
        line = self.weeks((53, 54), -1)
        published = np.full(len(line), START + np.timedelta64(60, "D"))
        early = replace(line, published=published)
        assert wrong_years([early]) == {}


class TestColumns:
    def test_a_run_of_another_columns_figures(self) -> None:
        other = growing(40, 5000)
        own = growing(40, 100)
        own[5:10] = other[5:10]
        lines = book(series("toll", own), series("hurt", other)).lines.values()
        found = wrong_columns(lines, {"toll": "Toll", "hurt": "Hurt"})
        assert sorted(found) == [f"toll.{number}" for number in range(5, 10)]
        assert {one.label for one in found.values()} == {"Hurt"}

    def test_two_columns_that_are_equal_and_never_fall(self) -> None:
        both = growing(40)
        lines = book(series("toll", both), series("hurt", both)).lines.values()
        assert wrong_columns(lines, {"toll": "Toll", "hurt": "Hurt"}) == {}

    def test_another_scope_of_the_measure_is_no_other_column(self) -> None:
        whole = growing(40, 4000)
        anew = [one if place < AT else (one or 0) - 4300 for place, one in enumerate(whole)]
        frames = [series("toll", anew, scope="anew"), series("toll", whole, scope="whole")]
        assert wrong_columns(book(*frames).lines.values(), {"toll": "Toll"}) == {}
