"""Texts of a known shape are read as the whole grammar reads them."""
# ruff: noqa: RUF001 - other scripts and marks are the subject here

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analyzer.wording import Figure, WordingError, parse
from analyzer.wording.alone import parse_by_grammar
from analyzer.wording.lexicon import available, load
from analyzer.wording.shapes import parted

ROOT = Path(__file__).parents[2]
CODES = available()
DIGITS = st.from_regex(r"[0-9]{1,7}([.,][0-9]{1,3}){0,2}", fullmatch=True) | st.sampled_from(
    ["0", "1", "10", "1,000", "2023", "1.189", "1,00", "9" * 301]
)
NOUNS = st.sampled_from(["people", "personnes", "day", "May", "km", "x", "قتيل", "人", "²", "k"])
MARKS = st.sampled_from([*"-−–$€%.,;:()/°^~<≤>+½٫'", "of", "in 3"])
GAPS = st.sampled_from([" ", "", "-", "  ", "."])
LANGUAGES = st.sampled_from([None, *CODES])


def words_of(code: str) -> list[str]:
    """Return all phrases and numerals of a language."""
    lexicon = load(code)
    tables = (lexicon.before, lexicon.after, *lexicon.grammar.values())
    return sorted({*lexicon.entries, *(phrase for table in tables for phrase in table.meaning)})


def outcome(
    read: Callable[..., Figure], text: str, language: str | None, integral: bool
) -> Figure | str:
    """Return the figure of a text, or the error that reading it raises."""
    try:
        return read(text, language=language, integral=integral)
    except WordingError as error:
        return str(error)


def same(text: str, language: str | None, integral: bool) -> bool:
    """Whether a text reads alike with and without what is known of its shape."""
    known, whole = (outcome(read, text, language, integral) for read in (parse, parse_by_grammar))
    return known == whole


@st.composite
def wordings(draw: st.DrawFn) -> str:
    """Write digits with words of one language, nouns and marks on both sides."""
    words = st.sampled_from(words_of(draw(st.sampled_from(CODES))))
    around = st.lists(words | words | NOUNS | MARKS, max_size=3)
    parts = [*draw(around), draw(DIGITS), *draw(around)]
    return "".join(f"{part}{draw(GAPS)}" for part in parts).strip()


@given(wordings(), LANGUAGES, st.booleans())
@example("from 0 to no hostages", None, True)
@example("10^7", None, False)
@example(".5", "en", False)
@example("about 7 May", None, True)
@example("two 47", "en", True)
def test_known_shapes_read_as_the_grammar_reads_them(
    text: str, language: str | None, integral: bool
) -> None:
    assert same(text, language, integral)


@pytest.mark.parametrize("code", CODES)
def test_every_phrase_beside_digits_reads_as_the_grammar_reads_it(code: str) -> None:
    for word in words_of(code):
        for text in (f"{word} 2,000", f"0.3 {word}", f"15 {word} x", f"x {word}-7"):
            assert same(text, None, True), text


@pytest.mark.parametrize("code", CODES)
def test_no_word_of_a_language_holds_digits(code: str) -> None:
    """Digits in a phrase or a numeral would make the reading hang on the digits of a text."""
    words = [*words_of(code), *load(code).roles, *(w for s in load(code).words.values() for w in s)]
    assert not [word for word in words if any(letter.isdigit() for letter in word)]


def test_wordings_of_the_dossiers_read_as_the_grammar_reads_them() -> None:
    texts = set()
    files = [("bench/data/wordings.csv", "quote"), ("bench/data/wordings.csv", "text")]
    files += [(str(path), "figure") for path in ROOT.glob("datasets/*/claims.csv")]
    for file, column in files:
        with (ROOT / file).open(encoding="utf-8", newline="") as lines:
            texts |= {row[column] for row in csv.DictReader(lines)}
    assert not [text for text in texts if not same(text, None, True)]


@pytest.mark.parametrize("text", ["", "two", "1 to 2", "1 000", ".5", "1e3", "٣", "5 ٣"])
def test_texts_without_exactly_one_digit_string_have_no_shape(text: str) -> None:
    assert parted(text) is None


def test_a_shape_is_what_stands_around_the_digits() -> None:
    assert parted("at least 47,000 people") == ("at least ", "47,000", " people")
