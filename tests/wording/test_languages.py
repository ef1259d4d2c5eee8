"""Numerals, qualifiers, ranges and vague words in the other languages."""
# ruff: noqa: RUF001 - other scripts and marks are the subject here

from math import inf

import pytest

from analyzer.wording import parse
from analyzer.wording.lexicon import available, load


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("dreiundfünfzig Milliarden zweihundertdreiundvierzigtausend", "de", 53_000_243_000),
        ("neunzehnhundertachtundvierzig", "de", 1948),
        ("zweieinhalb Millionen", "de", 2_500_000),
        ("zwei Drittel", "de", 2 / 3),
        ("fünf von zehn", "de", 0.5),
        ("quatre-vingt-dix-sept", "fr", 97),
        ("soixante et onze", "fr", 71),
        ("vingt et un", "fr", 21),
        ("un million deux cent mille", "fr", 1_200_000),
        ("un demi-million", "fr", 500_000),
        ("tres mil millones veinticuatro", "es", 3_000_000_024),
        ("treinta y uno", "es", 31),
        ("un cientocincoavo", "es", 1 / 105),
        ("cinco y medio", "es", 5.5),
        ("uno de cada cinco", "es", 0.2),
        ("خمسة وعشرون ألفا", "ar", 25_000),
        ("ثلاثة آلاف وخمسمائة", "ar", 3500),
        ("مليون ونصف", "ar", 1_500_000),
        ("ستة عشر", "ar", 16),
        ("ثلاثة أرباع", "ar", 0.75),
        ("עשרים ושלושה", "he", 23),
        ("שלושת אלפים וחמש מאות", "he", 3500),
        ("שנים עשר", "he", 12),
        ("אחד מכל חמישה", "he", 0.2),
    ],
)
def test_numerals(text: str, language: str, value: float) -> None:
    found = parse(text)
    assert (found.language, found.point) == (language, pytest.approx(value))
    assert parse(text, language=language).point == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "language", "qualifier", "low", "high"),
    [
        ("mindestens 45", "de", "at least", 45, inf),
        ("nicht mehr als 45", "de", "at most", -inf, 45),
        ("zwischen 20 und 30", "de", "range", 20, 30),
        ("Dutzende", "de", "vague", 24, inf),
        ("au moins 45", "fr", "at least", 45, inf),
        ("jusqu’à 700", "fr", "at most", -inf, 700),
        ("entre 20 et 30", "fr", "range", 20, 30),
        ("des dizaines de milliers", "fr", "vague", 20_000, inf),
        ("al menos 45", "es", "at least", 45, inf),
        ("menores o iguales a 30", "es", "at most", -inf, 30),
        ("de 20 a 30", "es", "range", 20, 30),
        ("decenas de miles", "es", "vague", 20_000, inf),
        ("ما لا يقل عن 45", "ar", "at least", 45, inf),
        ("أقل من او يساوي ١٠٠", "ar", "at most", -inf, 100),
        ("بين ٢٠ و٣٠", "ar", "range", 20, 30),
        ("عشرات الآلاف", "ar", "vague", 20_000, inf),
        ("לפחות 45", "he", "at least", 45, inf),
        ("יותר מ-250", "he", "more than", 250, inf),
        ("בין 20 ל-30", "he", "range", 20, 30),
    ],
)
def test_qualifiers(text: str, language: str, qualifier: str, low: float, high: float) -> None:
    figure = parse(text)
    assert figure.language == language
    assert (figure.qualifier, figure.literal.low, figure.literal.high) == (qualifier, low, high)


@pytest.mark.parametrize("code", available())
def test_every_language_file_loads_and_reads_its_own_numbers(code: str) -> None:
    lexicon = load(code)
    assert lexicon.code == code
    assert lexicon.before.meaning
    for word, (kind, value) in lexicon.entries.items():
        if kind == 1 and " " not in word and value > 1:
            assert parse(word, language=code).literal.high > 0, word


def test_meanings_are_known() -> None:
    known = {
        "at_least", "more_than", "at_most", "up_to", "less_than", "approximate", "nearly", "exact",
        "low_end", "high_end", "within", "plus", "or_equal", "higher",
    }  # fmt: skip
    for code in available():
        lexicon = load(code)
        assert set(lexicon.before.meaning.values()) | set(lexicon.after.meaning.values()) <= known
