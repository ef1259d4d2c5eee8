"""What the generator words, the grammar reads: every form of every style, at every size."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.synth.wordings import (
    ABOUT,
    AT_LEAST,
    EXACT,
    MORE_THAN,
    NEARLY,
    PERCENT,
    RANGE,
    THIRD,
    UP_TO,
    VAGUE,
    WRITERS,
    unit_of,
)
from analyzer.wording import Conventions, parse

QUALIFIERS = {
    EXACT: "exact",
    AT_LEAST: "at least",
    ABOUT: "approximate",
    MORE_THAN: "more than",
    NEARLY: "nearly",
    UP_TO: "at most",
}


@settings(deadline=None)
@given(st.integers(1, 5_000_000))
def test_counts_keep_their_number_and_their_qualifier(value: int) -> None:
    for style, qualifier in QUALIFIERS.items():
        for form in WRITERS[style]:
            figure = parse(form(float(value)), conventions=Conventions(), integral=True)
            assert figure.stated == value
            assert figure.qualifier == qualifier


@settings(deadline=None)
@given(st.integers(24, 5_000_000))
def test_vague_words_and_ranges_hold_the_number(value: int) -> None:
    for style in (VAGUE, RANGE):
        for form in WRITERS[style]:
            figure = parse(form(float(value)), conventions=Conventions(), integral=True)
            assert figure.literal.low <= value <= figure.literal.high
            assert figure.implied.low <= value <= figure.implied.high


@settings(deadline=None)
@given(st.integers(1, 999).map(lambda tenths: tenths / 10))
def test_percentages_keep_their_number(value: float) -> None:
    for form in WRITERS[PERCENT]:
        figure = parse(form(value), conventions=Conventions())
        assert math.isclose(figure.stated or math.nan, value)


def test_thirds_are_shares() -> None:
    for form in WRITERS[THIRD]:
        assert parse(form(33.0), conventions=Conventions()).is_share


@pytest.mark.parametrize(("value", "unit"), [(7, 1), (84, 1), (123, 10), (1_234_567, 100_000)])
def test_headlines_keep_two_digits(value: int, unit: int) -> None:
    assert unit_of(value) == unit
