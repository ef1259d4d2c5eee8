"""Identities as sums, and which measure is put in as a number."""

import pytest
from bounded import value_of
from hypothesis import given
from hypothesis import strategies as st
from systems import few

from analyzer.expressions import Ref, parse_expression
from analyzer.intervals import Bounds
from analyzer.linear import Form, LinearError, linear_form, sign_of

A, B, C, R = (Ref(name) for name in "abcr")


def form(text: str, *factors: str) -> Form:
    return linear_form(parse_expression(text), lambda measure: measure in factors)


def put_in(found: Form, value: float) -> dict[Ref | None, float]:
    """Terms of a form when its factor has a value."""
    terms = dict(found.plain)
    for ref, number in found.times.items():
        terms[ref] = terms.get(ref, 0.0) + number * value
    return terms


@pytest.mark.parametrize(
    ("text", "equal", "terms"),
    [
        ("a = b + c", True, {A: 1, B: -1, C: -1}),
        ("a = b - (c - 4)", True, {A: 1, B: -1, C: 1, None: -4}),
        ("a >= b", False, {A: 1, B: -1}),
        ("a <= b", False, {A: -1, B: 1}),
        ("a + 4 <= b + 7", False, {A: -1, B: 1, None: 3}),
        ("a + b = a + c", True, {B: 1, C: -1}),
        ("a / 2 = b", True, {A: 1, B: -2}),
        ("3 * (a + b) >= c / 4", False, {A: 12, B: 12, C: -1}),
        ("a + a = b", True, {A: 2, B: -1}),
        ("-a + b = 0", True, {A: -1, B: 1}),
    ],
)
def test_a_sum_is_brought_to_one_side(
    text: str, equal: bool, terms: dict[Ref | None, float]
) -> None:
    assert form(text) == Form(equal, terms, None, {})


def test_scopes_and_functions_make_measures_of_their_own() -> None:
    """`a`, `a[x]` and `before(a)` are three unknowns."""
    found = form("a[x] = before(a) + a").plain
    assert found == {Ref("a", "x"): 1, Ref("a", "", "before"): -1, A: -1}


def test_a_share_is_put_into_the_sum_that_it_multiplies() -> None:
    """It is r * c - 100 * a - 100 * b = 0; with 40 for r, 40 * c - 100 * a - 100 * b = 0."""
    found = form("r = 100 * (a + b) / c", "r")
    assert found == Form(True, {A: -100, B: -100}, R, {C: 1})
    assert put_in(found, 40.0) == {A: -100, B: -100, C: 40}


def test_a_ratio_is_put_in_on_either_side_of_an_inequality() -> None:
    assert form("r * a <= b", "r") == Form(False, {B: 1}, R, {A: -1})
    assert form("b >= r * a", "r") == Form(False, {B: 1}, R, {A: -1})
    assert form("b / r >= a", "r") == Form(False, {B: 1}, R, {A: -1})


def test_of_two_percentages_the_first_is_put_in() -> None:
    """It is 100 * b - a * b - 100 * a = 0: a multiplies b, or b multiplies a."""
    found = form("b = 100 * a / (100 - a)", "a", "b")
    assert found.factor in (A, B)
    other = B if found.factor == A else A
    assert put_in(found, 50.0)[other] == (50 if found.factor == A else -150)


def test_a_measure_that_is_no_share_is_put_in_where_there_is_no_other() -> None:
    """Either could be; one of them is."""
    found = form("a * b <= c")
    assert (found.factor, found.times) in ((A, {B: -1}), (B, {A: -1}))


def test_a_share_is_put_in_rather_than_a_count_whatever_their_order() -> None:
    assert form("a * r <= c", "r").factor == R
    assert form("r * a <= c", "r").factor == R
    assert form("z * a <= c", "z").factor == Ref("z")


@pytest.mark.parametrize(
    "text", ["a * b * c = 1", "a * a = b", "a * b = c * r", "r * r * a = b", "a = b * c / r"]
)
def test_what_no_figure_put_in_makes_a_sum_is_refused(text: str) -> None:
    with pytest.raises(LinearError, match="multiplies"):
        form(text, "r")


@pytest.mark.parametrize(
    ("terms", "sign"),
    [
        ({A: 2.0, B: 1.0}, 1),
        ({A: -2.0}, -1),
        ({A: 1.0, B: -1.0}, 0),
        ({None: 100.0, R: -1.0}, 1),
        ({None: 99.0, R: -1.0}, 0),
        ({None: 100.0, A: -1.0}, 0),
        ({None: -3.0}, -1),
    ],
)
def test_the_sign_of_a_sum_of_what_is_never_negative(
    terms: dict[Ref | None, float], sign: int
) -> None:
    """100 - r is never negative where r is a percentage of a whole; 100 - a can be."""
    assert sign_of(terms, lambda measure: 100.0 if measure == "r" else float("inf")) == sign


@few
@given(
    st.sampled_from(
        [
            "a + 2 * b = c - 3",
            "a - (b - c) <= 7",
            "r * (a + b) = c",
            "a = r * b / 4 + c",
            "r = 100 * a / (b + c)",
            "(a + b) / 2 >= r * c",
            "a / (100 - r) = b",
            "r <= a / b",
        ]
    ),
    st.fixed_dictionaries({name: st.integers(1, 50) for name in "abcr"}),
)
def test_the_form_is_the_difference_of_the_sides_times_the_denominators(
    text: str, values: dict[str, int]
) -> None:
    """At any figures it has the sign of left - right, or of right - left for <=."""
    read = parse_expression(text)
    found = form(text, "r")
    sides = (
        value_of(side, lambda ref: Bounds(*[values[ref.measure]] * 2))
        for side in (read.left, read.right)
    )
    left, right = (side.low for side in sides)
    terms = put_in(found, values["r"])
    whole = sum(number * (values[ref.measure] if ref else 1) for ref, number in terms.items())
    difference = right - left if read.relation == "<=" else left - right
    assert (
        whole == pytest.approx(0, abs=1e-9) if abs(difference) < 1e-12 else whole * difference > 0
    )
