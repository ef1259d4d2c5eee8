"""Sentences of our own, read as a careful reader would: what stays out first, then what is in."""
# ruff: noqa: RUF001 - other scripts and marks are the subject here

from math import inf

import pytest

from analyzer.wording import find


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("There is no evidence, no doubt and no way of knowing.", "en"),
        ("No other country has any say in it, and no signs of talks.", "en"),
        ("It fell at about 3 p.m. local time, around 20:30 GMT.", "en"),
        ("He lives at 14 Baker Street; call 0800 123 456.", "en"),
        ("It was mid-2006, in the 1990s, in his 30s, up on 2022.", "en"),
        ("On day 471, in nineteen forty-eight, for the twenty-first time.", "en"),
        ("Mi-8, Su-35, Covid-19 and GPT-4", "en"),
        ("More than twice as many; how many; the most recent.", "en"),
        ("Am 7. Oktober 2023, im 21. Jahrhundert, der 34-jährige Mann.", "de"),
        ("Le 7 octobre 2023, à 10h30, la résolution 2334.", "fr"),
        ("El 7 de octubre de 2023, la resolución 2334, a las 10:30.", "es"),
        ("في 7 أكتوبر 2023، القرار 2334، المرة الأولى", "ar"),
        ("ב-7 באוקטובר 2023, החלטה 2334, אין ספק", "he"),
    ],
)
def test_what_counts_nothing_stays_out(text: str, language: str) -> None:
    assert [figure.text for figure in find(text, language=language)] == []


@pytest.mark.parametrize(
    ("text", "language", "low", "high", "qualifier"),
    [
        ("No hostages were released.", "en", 0, 0, "exact"),
        ("There were no civilian casualties.", "en", 0, 0, "exact"),
        ("three score and ten people", "en", 70, 70, "exact"),
        ("1.0 x 10^7 cells", "en", 1e7, 1e7, "exact"),
        ("2.5×10⁶ ions", "en", 2.5e6, 2.5e6, "exact"),
        (
            "two million, three hundred thousand and five people",
            "en",
            2_300_005,
            2_300_005,
            "exact",
        ),
        ("1½ million people", "en", 1.5e6, 1.5e6, "exact"),
        ("5-6,000 people", "en", 5000, 6000, "range"),
        ("two or three dozen men", "en", 24, 36, "range"),
        ("3 or 4 men", "en", 3, 4, "range"),
        ("up to about 250 hostages", "en", -inf, 250, "at most"),
        ("at least 30 to 40 people", "en", 30, inf, "at least"),
        ("12,300 and counting", "en", 12_300, inf, "at least"),
        (
            "treinta y un mil doscientos treinta y cuatro millones",
            "es",
            31_234e6,
            31_234e6,
            "exact",
        ),
        ("au moins 45 personnes", "fr", 45, inf, "at least"),
        ("keine Geiseln", "de", 0, 0, "exact"),
        ("لا رهائن", "ar", 0, 0, "exact"),
        ("نحو 90 في المئة", "ar", 81, 99, "approximate"),
        ("مليون ونصف المليون", "ar", 1.5e6, 1.5e6, "exact"),
        ("أعلى من العاشر وأدنى من الخامس عشر", "ar", 10, 15, "range"),
        ("אלפיים ושלוש מאות", "he", 2300, 2300, "exact"),
        ("לכל הפחות 30", "he", 30, inf, "at least"),
        ("למעלה מאלף", "he", 1000, inf, "more than"),
        ("אין חטופים", "he", 0, 0, "exact"),
        ("בין 5% ל-10%", "he", 5, 10, "range"),
    ],
)
def test_what_is_read(text: str, language: str, low: float, high: float, qualifier: str) -> None:
    (figure,) = find(text, language=language)
    assert (figure.literal.low, figure.literal.high) == pytest.approx((low, high))
    assert figure.qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("40 Israeli hostages and 12 escaped", ["hostages", None]),
        ("173 injured, 20 women soldiers", [None, "women"]),
        ("nobody knows; 12 now", [None, None]),
    ],
)
def test_a_unit_is_a_noun(text: str, units: list[str | None]) -> None:
    assert [figure.unit for figure in find(text, language="en")] == units


def test_one_percentage_makes_no_range_with_a_sum() -> None:
    figures = find("It rose by 12.5 percent to $1.39 million.", language="en")
    assert [figure.text for figure in figures] == ["12.5 percent", "1.39 million"]


def test_a_long_text_and_a_long_number_are_read() -> None:
    assert find("9" * 100_000, language="en") == []
    text = "At least 1,139 people died. " * 2000
    assert len(find(text, language="en")) == 2000
