"""Dates: ISO spans; every other form is an error that names what to type."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.dates import DateError, parse_date, show_span


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("1/22/2025", "type 2025-01-22"),
        ("22.01.2025", "type 2025-01-22"),
        ("03/04/2024", "type 2024-03-04 or 2024-04-03, whichever is meant"),
        ("45678", "a spreadsheet turned the date into a day number; type 2025-01-21"),
        ("2025/1/2", "type 2025-01-02"),
        ("22 January 2025", "type 2025-01-22"),
        ("Jan 2025", "type 2025-01"),
        ("2025-02-30", "there is no such day; type year-month-day, as 2025-01-22"),
        ("31/31/2025", "there is no such day; type year-month-day, as 2025-01-22"),
        ("2024-06-09 00:00:00", "type 2024-06-09, without the time"),
        ("9999-12-31", "is too far off"),
        ("last week", "type year-month-day, as 2025-01-22, or 2025-01 or 2025"),
    ],
)
def test_other_forms_are_errors_with_the_iso_form_to_type(text: str, typed: str) -> None:
    with pytest.raises(DateError, match=typed):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-01-22", "2025-01-22", "2025-01-22"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_month_or_a_year_is_all_its_days(text: str, first: str, last: str) -> None:
    span = parse_date(text)
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-01-22", "2025-01-22", "22 January 2025"),
        ("2025-01-19", "2025-01-20", "19 to 20 January 2025"),
        ("2025-01-01", "2025-01-31", "January 2025"),
        ("2025-01-30", "2025-02-01", "30 January to 1 February 2025"),
        ("2023-10-07", "2025-02-01", "7 October 2023 to 1 February 2025"),
        ("2025-01-01", "2025-12-31", "2025"),
    ],
)
def test_spans_are_told_as_people_tell_them(first: str, last: str, words: str) -> None:
    assert show_span(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == words


@given(st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(2999, 12, 31)))
def test_every_iso_day_reads_back(day: dt.date) -> None:
    assert parse_date(day.isoformat()).first == day


@given(st.text(max_size=20))
def test_no_text_crashes_it(text: str) -> None:
    try:
        parse_date(text)
    except DateError as error:
        assert str(error)
