"""Laws that hold for any number and any text."""
# ruff: noqa: RUF001 - other scripts and marks are the subject here

from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.wording import WordingError, explain, find, parse
from analyzer.wording.alone import parse_by_grammar
from analyzer.wording.bare import bare_figure
from analyzer.wording.phrases import Phrases
from analyzer.wording.scan import cut

NUMBERS = st.integers(min_value=0, max_value=10**12)
HEDGES = ("", "at least ", "more than ", "at most ", "up to ", "about ", "nearly ", "fewer than ")
LANGUAGES = st.sampled_from([None, "en", "es", "fr", "de", "ar", "he", "no such language"])
ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))


def spelled(number: int) -> str:
    """Write a number in English words."""
    for scale, word in SCALES:
        if number >= scale:
            rest = number % scale
            tail = (" and " if scale == 100 else " ") + spelled(rest) if rest else ""
            return f"{spelled(number // scale)} {word}{tail}"
    if number < 20:
        return ONES[number]
    return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")


def indian(number: int) -> str:
    """Write a number with lakh and crore grouping."""
    digits = str(number)
    head, tail = digits[:-3], digits[-3:]
    pairs = []
    while head:
        pairs.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*pairs, tail])


@given(NUMBERS)
def test_every_style_of_digits_reads_back(number: int) -> None:
    commas = f"{number:,}"
    arabic = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for mark in (",", "'", " ", "\u00a0", "\u202f", "٬"):
        assert parse(commas.replace(",", mark), integral=True).point == number
    assert parse(commas.replace(",", "."), language="de").point == number
    assert parse(arabic).point == parse(str(number)).point == number
    assert parse(indian(number), integral=True).point == number


@given(NUMBERS)
def test_spelled_numbers_read_back(number: int) -> None:
    assert parse(spelled(number), language="en").point == number


@given(NUMBERS, st.sampled_from(HEDGES))
def test_literal_contains_implied(number: int, hedge: str) -> None:
    figure = parse(f"{hedge}{number:,}", language="en")
    assert figure.literal.contains(figure.implied)
    assert figure.implied.low <= figure.implied.high


@given(NUMBERS, st.sampled_from(HEDGES))
def test_at_least_never_lowers_the_low_end(number: int, hedge: str) -> None:
    bare = parse(f"{hedge}{number:,}", language="en")
    bound = parse(f"at least {hedge}{number:,}", language="en")
    assert bound.literal.low >= bare.literal.low
    assert bound.implied.low >= bare.implied.low or hedge == ""


@given(st.text(max_size=60), LANGUAGES, st.booleans())
def test_no_text_crashes(text: str, language: str | None, integral: bool) -> None:
    for figure in find(text, language=language, integral=integral):
        assert figure.span is not None
        assert text[slice(*figure.span)] == figure.text
        assert explain(figure)
    try:
        parse(text, language=language, integral=integral)
    except WordingError as error:
        assert error.text == text


WORDS = st.sampled_from(
    [
        "one",
        "hundred",
        "thousand",
        "million",
        "and",
        "a",
        "half",
        "third",
        "of",
        "between",
        "to",
        "or",
        "more",
        "at",
        "least",
        "about",
        "dozen",
        "no",
        "-",
        "–",
        "/",
        ".",
        ",",
        "%",
        "1",
        "20",
        "1,139",
        "1.9",
        "2023",
        "k",
        "½",
        "(",
        ")",
        "mil",
        "y",
        "con",
        "avos",
        "vingt",
        "et",
        "quatre",
        "sur",
        "مئة",
        "و",
        "عشرون",
        "١٢",
        "1e999",
        "0/0",
        "5/0",
        "<",
        "≤",
        "~",
        "$",
        "minus",
        "point",
        "few",
        "tens",
        "İ",
        "ß",
        "²",
        "decillion",
    ]
)


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=12), st.sampled_from(["", " "]), LANGUAGES)
def test_no_heap_of_number_words_crashes(words: list[str], gap: str, language: str | None) -> None:
    for figure in find(gap.join(words), language=language):
        assert figure.literal.low <= figure.literal.high
        if isfinite(figure.literal.low) and isfinite(figure.literal.high):
            assert figure.literal.contains(figure.implied)


@pytest.mark.parametrize(
    "piece", ["one hundred and ", "between 1 and ", "half of a ", "1-", "a few ", "5 < x < "]
)
def test_work_grows_in_line_with_the_length(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    ending_at = Phrases.ending_at

    def counted(self: Phrases, tokens: list, end: int) -> tuple[int, str] | None:
        nonlocal looked
        looked += 1
        return ending_at(self, tokens, end)

    monkeypatch.setattr(Phrases, "ending_at", counted)
    counts = []
    for times in (100, 400):
        looked = 0
        find(piece * times, language="en")
        counts.append(looked)
    assert counts[1] <= 5 * counts[0] + 100


def test_tokens_cover_every_mark_and_letter() -> None:
    text = "at least 1,139 (or 12½) – ١٢٣ ו-20"
    pieces = cut(text)
    covered = sum(map(len, pieces.keys))
    assert covered == len(text.replace(" ", ""))


@given(st.text("0129.,", max_size=12), st.booleans())
def test_bare_digits_are_read_as_the_whole_grammar_reads_them(text: str, integral: bool) -> None:
    quick = bare_figure(text, integral=integral)
    if quick is not None:
        assert quick == parse_by_grammar(text, integral=integral)
