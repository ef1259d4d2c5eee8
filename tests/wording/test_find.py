"""Figures in running text: what is no count stays out, and what is found stands at its span."""

import pytest

from analyzer.wording import find


@pytest.mark.parametrize(
    "text",
    [
        "It happened on 7 October.",
        "October 7, 2023 was a Saturday.",
        "Murieron el 7 de octubre de 2023.",
        "It passed Resolution 2334.",
        "There was no one-sided deal.",
        "They met at 10:30 and again at 5 pm.",
        "A 34-year-old man spoke.",
        "Ahmed, 34, spoke.",
        "Call 212-555-0101 now.",
        "Version 3.11.2 is out.",
        "The F-16 flew over ward 5.",
        "In the 1990s and in 2014, it grew.",
        "It was the 21st day, for the third time.",
        "This one was the last one.",
        "At once they left.",
        "The date is 2023-10-07.",
    ],
)
def test_what_is_not_a_count_stays_out(text: str) -> None:
    assert find(text) == []


def test_counts_leave_out_ages_with_bounds() -> None:
    text = "Some 40 were under 18 years old."
    assert [figure.text for figure in find(text, integral=True)] == ["Some 40"]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "The ministry said at least 1,139 people were killed on 7 October 2023.",
            ["at least 1,139"],
        ),
        (
            "Between 25,000 and 30,000 fighters, up from an estimated 20,000, remain.",
            ["Between 25,000 and 30,000", "an estimated 20,000"],
        ),
        ("The toll rose from 200 to 350 on Tuesday.", ["200", "350"]),
        ("In 2014, 2,251 Palestinians died.", ["2,251"]),
        ("Israel freed 90 prisoners, 30 for each hostage.", ["90", "30"]),
        ("Several hundred fled and tens of thousands protested.", None),
        ("More than 40 and less than 10 are two ranges", ["More than 40", "less than 10", "two"]),
        ("There're at most 100 and at least 20 apples.", ["at most 100 and at least 20"]),
        ("About a third of them, and one in five children", ["About a third", "one in five"]),
        ("20 of them, 20-odd, or 20 or so, perhaps 20 plus", None),
    ],
)
def test_what_is_found(text: str, quotes: list[str] | None) -> None:
    found = find(text, language="en")
    if quotes is not None:
        assert [figure.text for figure in found] == quotes
    for figure in found:
        assert figure.span is not None
        assert text[figure.span[0] : figure.span[1]] == figure.text


def test_a_text_in_another_language_than_given_is_read_in_its_own() -> None:
    text = "Mindestens 45 Menschen wurden in der Stadt von der Armee getötet und nicht mehr als 20"
    figures = find(text, language="en")
    assert [figure.qualifier for figure in figures] == ["at least", "at most"]
    assert {figure.language for figure in figures} == {"de"}


def test_bare_digits_have_no_language() -> None:
    assert [figure.language for figure in find("40")] == [None]
