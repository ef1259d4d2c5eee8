"""A figure on its own: what is refused, and what each kind of wording becomes."""
# ruff: noqa: RUF001 - other scripts and marks are the subject here

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.wording import Conventions, Figure, Interval, WordingError, explain, parse


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", ""),
        ("hostages", "hostages"),
        ("supposedly 40", "supposedly"),
        ("12 and 13", "13"),
        ("40 dead hostages or more", "or more"),
        ("192.168.1.2", "192.168.1.2"),
        ("40 หรือมากกว่า", "หรือมากกว่า"),
        ("20 people (of 30)", "30"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_names_the_part(text: str, part: str) -> None:
    with pytest.raises(WordingError) as caught:
        parse(text)
    assert caught.value.part == part
    assert caught.value.reason
    assert repr(part) in str(caught.value)


def test_a_long_text_is_cut_in_the_message() -> None:
    with pytest.raises(WordingError) as caught:
        parse("x" * 1000)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("digits", ["9" * 300, "9" * 400])
def test_a_number_beyond_all_counting_is_an_error(digits: str) -> None:
    for text in (digits + " fifths billion", digits + " fifths of a billion"):
        with pytest.raises(WordingError):
            parse(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,139", 1139),
        ("1 139", 1139),
        ("1\u202f139", 1139),
        ("1'139", 1139),
        ("12,34,567", 1234567),
        ("1.111,11", 1111.11),
        ("1,111.11", 1111.11),
        ("59·1%", 59.1),
        ("٤٧٬٠٣٥", 47035),
        ("۴۷", 47),
        (".08", 0.08),
        ("1.9 million", 1_900_000),
        ("47k", 47_000),
        ("2bn", 2_000_000_000),
        ("2.5 bn", 2_500_000_000),
        ("half a million", 500_000),
        ("a million and a half", 1_500_000),
        ("two and a half million", 2_500_000),
        ("one hundred and three quarters", 100.75),
        ("three quarters of a million", 750_000),
        ("two dozen", 24),
        ("a score", 20),
        ("a couple of dozen", 24),
        ("twelve hundred", 1200),
        ("nineteen hundred seventy-three", 1973),
        ("four quintillion two", 4e18 + 2),
        ("two lakh", 200_000),
        ("nobody", 0),
        ("no one", 0),
        ("2½", 2.5),
        ("3 1/2", 3.5),
        ("two-thirds", 2 / 3),
        ("27 out of 28", 27 / 28),
        ("minus five", -5),
        ("naught point five", 0.5),
    ],
)
def test_a_number_is_read_exactly(text: str, value: float) -> None:
    figure = parse(text, language="en")
    assert figure.point == pytest.approx(value)
    assert figure.qualifier == "exact"
    assert figure.literal == figure.implied == Interval(figure.point, figure.point, True, True)


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("at least 30", "[30", "inf)", "at least"),
        ("no fewer than 12", "[12", "inf)", "at least"),
        ("30 or more", "[30", "inf)", "at least"),
        ("30 and counting", "[30", "inf)", "at least"),
        ("20+", "[20", "inf)", "at least"),
        ("≥ 20", "[20", "inf)", "at least"),
        ("more than 5000 or equal to it", "[5000", "inf)", "at least"),
        ("more than 30", "(30", "inf)", "more than"),
        ("upwards of 600", "(600", "inf)", "more than"),
        ("well over a thousand", "(1000", "inf)", "more than"),
        ("at most 30", "(-inf", "30]", "at most"),
        ("not more than 30", "(-inf", "30]", "at most"),
        ("as many as 51", "(-inf", "51]", "at most"),
        ("up to about 250", "(-inf", "250]", "at most"),
        ("30 or fewer", "(-inf", "30]", "at most"),
        ("under 100", "(-inf", "100)", "less than"),
        ("just shy of 900", "(-inf", "900)", "less than"),
        ("<20", "(-inf", "20)", "less than"),
        ("between 20 and 30", "[20", "30]", "range"),
        ("20–30", "[20", "30]", "range"),
        ("10 to 15 million", "[10000000", "15000000]", "range"),
        ("15–20k", "[15000", "20000]", "range"),
        ("between one hundred and fifty and two hundred", "[150", "200]", "range"),
        ("roughly 100-150", "[100", "150]", "range"),
        ("greater than 30 and less than or equal to 40", "(30", "40]", "range"),
        ("at least 30 to 40", "[30", "inf)", "at least"),
    ],
)
def test_literal_bounds(text: str, low: str, high: str, qualifier: str) -> None:
    figure = parse(text, language="en")
    wanted = Interval(float(low[1:]), float(high[:-1]), low[0] == "[", high[-1] == "]")
    assert figure.literal == wanted
    assert figure.qualifier == qualifier
    assert figure.point is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("over 47,000", 47_000, 48_000),
        ("at least 1,139", 1139, 1140),
        ("more than 1.9 million", 1_900_000, 2_000_000),
        ("up to 186,000", 185_000, 186_000),
        ("less than ten", 0, 10),
        ("nearly 9 500", 9450, 9500),
        ("nearly 1,139", 1138, 1139),
        ("about 250", 245, 255),
        ("about 1,000", 950, 1050),
        ("low end of the 100-to-300", 100, 200),
        ("at least 30 to 40", 30, 40),
        ("dozens", 24, 120),
    ],
)
def test_implied_bounds_follow_the_granularity(text: str, low: float, high: float) -> None:
    figure = parse(text, language="en")
    assert (figure.implied.low, figure.implied.high) == (low, high)
    assert figure.literal.contains(figure.implied)


@pytest.mark.parametrize(
    ("text", "step"),
    [("47,000", 1000), ("1,139", 1), ("1.9 million", 100_000), ("59.1%", 0.1), ("a third", None)],
)
def test_granularity(text: str, step: float | None) -> None:
    assert parse(text, language="en").granularity == (step and pytest.approx(step))


def test_whole_things_group_a_single_mark() -> None:
    assert parse("1.189", integral=True).point == 1189
    assert parse("1.189", language="en").point == 1.189
    assert parse("1.189", language="es").point == 1189
    assert parse("1,3", integral=True).point == 1.3


def test_shares_say_so() -> None:
    ratio = parse("27 out of 28")
    assert ratio.is_share
    assert ratio.whole == (27, 28)
    assert parse("40%").is_share
    assert parse("40%").unit == "percent"
    assert parse("about a quarter").is_share
    assert not parse("40").is_share


def test_stated_number_of_a_bound() -> None:
    assert parse("at least 300").stated == 300
    assert parse("20-30").stated is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [("15-month-long", "month"), ("sixth month", "month"), ("40 hostages", "hostages")],
)
def test_the_unit_or_noun_beside_the_number(text: str, unit: str) -> None:
    assert parse(text, language="en").unit == unit


def test_conventions_are_passed_in() -> None:
    usual, other = parse("over 47,000"), parse("over 47,000", conventions=Conventions(2.0))
    assert (usual.implied.high, other.implied.high) == (48_000, 49_000)
    loose = Conventions(up_to_cancellable=True, plus_is_open=False, widen_hedged_bounds=True)
    assert parse("up to 30", conventions=loose).literal.high == inf
    assert parse("20+", conventions=loose).qualifier == "more than"
    assert parse("up to about 250").literal.high == 250
    assert parse("at most about 250", conventions=loose).literal.high == 275
    assert parse("roughly 100-150", conventions=loose).literal == Interval(90, 165, True, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "over 47,000",
            "“over 47,000” sets a lower bound that is not included, 47,000; a hearer takes it to "
            "stay below the next round thousand, 48,000. Its mark groups thousands, as whole "
            "things are counted.",
        ),
        ("20–30", "“20–30” is a range that includes both ends, 20 and 30."),
        ("40%", "“40%” states the number 40 percent as it is. It is a percentage."),
        (
            "dozens",
            "“dozens” gives no number; the number is 24 or more, and a hearer takes it to be "
            "between 24 and 120. A bare plural means two of the kind at the least.",
        ),
        (
            "more than 20 and at most 35",
            "“more than 20 and at most 35” sets two bounds: the lower, 20, is not included, the "
            "upper, 35, is included.",
        ),
    ],
)
def test_explanations_say_the_rule_in_words(text: str, said: str) -> None:
    assert explain(parse(text, language="en", integral=True)) == said


@pytest.mark.parametrize("text", ["up to 1e20", "no more than 0.00001", "1/3", "1,900,000.5"])
def test_explanations_write_no_raw_numbers(text: str) -> None:
    said = explain(parse(text, language="en", conventions=Conventions(up_to_cancellable=True)))
    assert not any(raw in said for raw in ("inf", "e+", "e-", "nan"))


def test_every_rule_has_its_words() -> None:
    figures: list[Figure] = [
        parse(text, language="en")
        for text in ("20+", "dozens", "several", "a third", "one in five", "sixth", "1.9 million")
    ]
    for figure in figures:
        assert explain(figure).count(".") >= 1


@pytest.mark.parametrize("text", ["one in three", "1 in 3", "un sur trois", "one out of three"])
def test_a_simple_rate_names_the_nearest_share(text: str) -> None:
    figure = parse(text)
    assert figure.qualifier == "approximate"
    assert (figure.literal.low, figure.literal.high) == pytest.approx((0.3, 1.1 / 3))
    assert figure.implied.low < 1 / 3 < figure.implied.high


@pytest.mark.parametrize("text", ["27 out of 28", "two out of three", "exactly one in three"])
def test_a_counted_part_is_exact(text: str) -> None:
    assert parse(text).qualifier == "exact"


@given(st.integers(1, 99_999), st.sampled_from(["thousand", "million", "billion"]))
def test_decimals_of_a_scale_are_whole_where_they_are_written_so(cents: int, scale: str) -> None:
    units = {"thousand": 10, "million": 10_000, "billion": 10_000_000}[scale]
    assert parse(f"{cents / 100:.2f} {scale}").stated == cents * units


def test_a_shared_scale_and_a_power_multiply_as_decimals_too() -> None:
    shared = parse("4.1 to 8.2 million")
    assert (shared.literal.low, shared.literal.high) == (4_100_000, 8_200_000)
    assert parse("8.2 x 10^6").stated == 8_200_000


@pytest.mark.parametrize("text", ["12 or fewer the", "12 or fewer another"])
def test_a_text_may_end_in_what_could_stand_before_a_second_number(text: str) -> None:
    assert parse(text).qualifier == "at most"
