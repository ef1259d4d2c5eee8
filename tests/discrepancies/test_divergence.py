"""Two series of one measure: one finding a pair, with the days on which they exclude each other."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest

from analyzer.align import align
from analyzer.discrepancies.divergence import find_diverging_series
from analyzer.discrepancies.draft import Draft
from analyzer.intake import Dossier
from analyzer.series.divergence import COLUMNS, find_divergences
from analyzer.series.panel import build_panel
from analyzer.settings import Thresholds

DAYS = 25
Find = Callable[..., list[Draft]]


@pytest.fixture
def find(load: Callable[..., Dossier]) -> Find:
    def make(*claims: dict[str, str], step: int = 1) -> list[Draft]:
        dossier = load(*claims)
        aligned = align(dossier.claims, dossier.measures, Thresholds())
        pairs = find_divergences(build_panel(aligned, DAYS).iloc[::step], aligned.iloc[::step])
        return find_diverging_series(pairs, aligned, dossier.measures)

    return make


def totals(
    source: str, values: Sequence[int], word: str = "{}", **cells: str
) -> list[dict[str, str]]:
    days = [(date(2024, 3, 1) + timedelta(days=place)).isoformat() for place in range(len(values))]
    common = {"measure": "toll", "source": source, "attributed_to": source} | cells
    return [
        common | {"figure": word.format(value), "as_of": day, "published": day}
        for day, value in zip(days, values, strict=True)
    ]


RISING = [101 + 7 * place for place in range(30)]


def test_no_series_no_pair(load: Callable[..., Dossier]) -> None:
    dossier = load(*totals("daily", [1, 2, 3]))
    aligned = align(dossier.claims, dossier.measures, Thresholds())
    found = find_divergences(build_panel(aligned, DAYS), aligned)
    assert found.empty
    assert list(found) == COLUMNS


def test_equal_series_do_not_diverge(find: Find) -> None:
    assert find(*totals("daily", RISING), *totals("weekly", RISING)) == []


def test_a_floor_below_the_other_figure_is_no_divergence(find: Find) -> None:
    assert find(*totals("daily", RISING), *totals("weekly", RISING[:1] * 30, "at least {}")) == []


def test_few_common_days_say_too_little(find: Find) -> None:
    """25 days each, 10 of them the same."""
    late = totals("weekly", [0] * 15 + [value + 1 for value in RISING[:25]])[15:]
    assert find(*totals("daily", RISING[:25]), *late) == []


def test_a_series_that_rounds_the_other_does_not_diverge(find: Find) -> None:
    exact = [10_123 + 117 * place for place in range(30)]
    rounded = [round(value, -2) for value in exact]
    assert find(*totals("daily", exact), *totals("weekly", rounded)) == []


def test_two_scopes_of_one_count_are_no_divergence(find: Find) -> None:
    other = [value // 2 for value in RISING]
    assert find(*totals("daily", RISING), *totals("daily", other, scope="identified_only")) == []


def test_a_pair_is_one_finding_with_the_widest_and_the_last_day(find: Find) -> None:
    """3 apart on 28 days, equal on the third, 9 apart on the fifth."""
    other = [value + 3 for value in RISING]
    other[2], other[4] = RISING[2], RISING[4] + 9
    (draft,) = find(*totals("daily", RISING), *totals("weekly", other))
    assert draft.kind == "divergence"
    assert draft.cause == "unexplained"
    assert draft.when == "1 to 30 March 2024"
    assert draft.gap == pytest.approx(3 / (304 + 307))
    assert draft.sentence == (
        "Dead of the war: the figures of Daily Paper and those of Weekly Paper differ on 29 of 30 "
        "days that both give; those of Weekly Paper are higher on all of them. They differ most "
        "for 5 March 2024: “129” against “138”; for 30 March 2024, the last day that both give, "
        "they are “304” and “307”."
    )
    assert [len(side) for side in draft.positions] == [3, 3]
    assert set(draft.claims) == {claim for side in draft.positions for claim in side}


def test_series_that_cross_are_told_with_both_sides(find: Find) -> None:
    other = [value + 3 if place < 10 else value - 3 for place, value in enumerate(RISING)]
    (draft,) = find(*totals("daily", RISING), *totals("weekly", other))
    assert "those of Daily Paper are higher on 20, those of Weekly Paper on 10" in draft.sentence


def test_a_gap_that_widens_is_in_the_evidence(find: Find) -> None:
    """A tenth above at first, a third in the end."""
    other = [value + value // (10 if place < 15 else 3) for place, value in enumerate(RISING)]
    (draft,) = find(*totals("daily", RISING), *totals("weekly", other))
    assert [term for term, _ in draft.evidence] == ["widens"]
    (back,) = find(*totals("daily", RISING), *totals("weekly", [v + 30 for v in RISING]))
    assert [term for term, _ in back.evidence] == ["narrows"]


def test_two_scopes_count_different_things(find: Find) -> None:
    other = [value // 2 for value in RISING]
    (draft,) = find(*totals("daily", RISING), *totals("weekly", other, scope="identified_only"))
    assert draft.cause == "scope or definition change"
    assert "Weekly Paper (identified only)" in draft.sentence
    limits = "one is limited to “identified only”, the other names no limit"
    assert ("scope", f"the two count different things: {limits}") in draft.evidence


def test_a_series_that_repeats_the_other_later_is_told(find: Find) -> None:
    late = [90, 95, *RISING[:-2]]
    (draft,) = find(*totals("daily", RISING), *totals("weekly", late))
    assert draft.sentence.endswith("; Weekly Paper gives the figures of Daily Paper 2 days later.")
    assert draft.evidence[-1][0] == "lag"


def test_figures_that_stand_still_follow_nobody(find: Find) -> None:
    """Both stand at one figure for most days, so that every shift of one meets the other."""
    still, other = [103] * 28 + [143, 157], [103] * 28 + [149, 163]
    (draft,) = find(*totals("daily", still), *totals("weekly", other))
    assert "later" not in draft.sentence


def test_another_order_of_rows_gives_the_same_drafts(find: Find) -> None:
    claims = [*totals("daily", RISING), *totals("weekly", [value + 3 for value in RISING])]
    assert find(*claims) == find(*claims, step=-1)


def test_the_widest_day_is_that_of_the_largest_difference(find: Find) -> None:
    """3 against 6 on the first day is a wider share than 751 against 739 on the last."""
    one, other = [3, *RISING[:28], 751], [6, *RISING[:28], 739]
    (draft,) = find(*totals("daily", one), *totals("weekly", other))
    assert "They differ most for 30 March 2024: “751” against “739”" in draft.sentence
