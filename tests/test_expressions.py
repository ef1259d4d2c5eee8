"""Identities as text: what is read, and where and why a text can't be read."""

import random
from collections.abc import Callable

import pandas as pd
import pytest
from bounded import value_of
from dossiers import MEASURES
from hypothesis import assume, given
from hypothesis import strategies as st

from analyzer.expressions import (
    FUNCTIONS,
    PRECEDENCE,
    RELATIONS,
    Expression,
    ExpressionError,
    Node,
    Number,
    Operation,
    Ref,
    addends,
    parse_expression,
    refs,
)
from analyzer.intervals import Bounds
from analyzer.model import TABLES
from analyzer.validate.identities import check_identities

BETWEEN = "it needs one of =, <=, >= between two sides"
EMPTY = "side is empty; write what must add up there"
SIGN = "write one of + - * /"
RELATION = "is no relation; write <=, >= or ="
ONE_SIGN = "write one; a negative term goes in ( )"
ARGUMENT = "sum() takes one measure and nothing else; write sum(measure) or sum(measure[scope])"
DIGITS = "is too much in a number; write at most 15 digits and one decimal point"
POWER = "has no meaning; write a product, such as a * a"
NAMES = "has no meaning; delete it; a name is of a-z, 0-9 and _"
SCOPE = "is no scope; write a[scope] with one word, or a[*] for all claims"
WORD = "is no part of a scope; write ] before it, or join the parts of the scope by underscores"


def failure(text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse_expression(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        # parentheses
        ("(a + b = c", 1, "'(' is not closed; write ) before '='"),
        ("a = 2 * (b + c", 9, "'(' is not closed; write ) before the end"),
        ("a = ((b + c)", 5, "'(' is not closed; write ) before the end"),
        ("a + b) = c", 6, "')' closes nothing; delete it, or open it before"),
        ("a = (b + c))", 12, "')' closes nothing; delete it, or open it before"),
        (") = a", 1, "')' closes nothing; delete it, or open it before"),
        ("(a] = b", 3, "']' closes nothing; delete it, or open it before"),
        ("a = ()", 6, "no measure or number stands before ')'; write one there"),
        # relations
        ("a + b", 6, f"there is no relation; {BETWEEN}"),
        ("  a  ", 4, f"there is no relation; {BETWEEN}"),
        ("a = b = c", 7, "'=' is a second relation; move it to a row of its own"),
        ("a <= b >= c", 8, "'>=' is a second relation; move it to a row of its own"),
        ("a = = b", 5, "'=' follows '='; write one of them"),
        ("a =< b", 3, f"'=<' {RELATION}"),
        ("a => b", 3, f"'=>' {RELATION}"),
        ("a == b", 3, f"'==' {RELATION}"),
        ("a != b", 3, f"'!=' {RELATION}"),
        ("a <> b", 3, f"'<>' {RELATION}"),
        ("a := b", 3, f"':=' {RELATION}"),
        ("a < b", 3, f"'<' {RELATION}"),
        ("a > b", 3, f"'>' {RELATION}"),
        ("a = b < c", 7, f"'<' {RELATION}"),
        # sides and terms
        ("", 1, f"the left {EMPTY}"),
        (" \t ", 1, f"the left {EMPTY}"),
        (" = b", 2, f"the left {EMPTY}"),
        ("a >=", 5, f"the right {EMPTY}"),
        ("a =  ", 4, f"the right {EMPTY}"),
        ("a ++ b = c", 4, f"'+' follows the sign '+'; {ONE_SIGN}"),
        ("a = b * -2", 9, f"'-' follows the sign '*'; {ONE_SIGN}"),
        ("a = b // 2", 8, f"'/' follows the sign '/'; {ONE_SIGN}"),
        ("--a = b", 2, f"'-' follows the sign '-'; {ONE_SIGN}"),
        ("+a = b", 1, "no measure or number stands before '+'; write one there or delete '+'"),
        ("a + = b", 5, "no measure or number stands before '='; write one there or delete '+'"),
        ("a = b +", 8, "no measure or number stands before the end; write one there or delete '+'"),
        ("2 a = b", 3, f"a sign is missing between '2' and 'a'; {SIGN}"),
        ("a b = c", 3, f"a sign is missing between 'a' and 'b'; {SIGN}"),
        ("  a  b = c", 6, f"a sign is missing between 'a' and 'b'; {SIGN}"),
        ("2(a) = b", 2, f"a sign is missing between '2' and '('; {SIGN}"),
        ("a[x] b = c", 6, f"a sign is missing between ']' and 'b'; {SIGN}"),
        # numbers
        ("a = 1,000", 6, "',' is too much in a number; write 1000"),
        ("a + 1,234,567.5 = b", 6, "',' is too much in a number; write 1234567.5"),
        ("a = 1,5", 6, "',' is too much in a number; write 1.5"),
        ("a = 1.5.2", 8, f"'.' {DIGITS}"),
        ("a = 1234567890123456", 20, f"'6' {DIGITS}"),
        ("a = 1 000", 7, "a blank parts '1' and '000'; write 1000 or a sign"),
        # functions
        (
            "b = avg(a)",
            5,
            "'avg' is no function; write sum(measure) or before(measure), or a sign before the '('",
        ),
        ("sum() = b", 5, "no measure or number stands before ')'; write one there"),
        ("sum(a, b) = c", 6, "',' has no meaning; write + between terms, as in sum(a) + sum(b)"),
        ("sum(2) = c", 5, ARGUMENT),
        ("sum(-a) = c", 5, ARGUMENT),
        ("c = sum( a + b)", 10, ARGUMENT),
        ("sum(before(a)) = c", 5, ARGUMENT),
        ("sum(a = c", 4, "'(' is not closed; write ) before '='"),
        # scopes
        ("a[] = b", 3, f"']' {SCOPE}"),
        ("a[", 3, f"the end {SCOPE}"),
        ("a[7x] = b", 3, f"'7x' {SCOPE}"),
        ("a['x'] = b", 3, f"''' {SCOPE}"),
        ("a[x y] = b", 5, f"'y' {WORD}"),
        ("a[x-y] = b", 4, f"'-' {WORD}"),
        ("a[x = b", 2, "'[' is not closed; write ] before '='"),
        ("b = a[x", 6, "'[' is not closed; write ] before the end"),
        ("sum(a)[x] = b", 7, "no scope can follow ')'; write measure[scope]"),
        ("a[x][y] = b", 5, "no scope can follow ']'; write measure[scope]"),
        # other signs
        ("a + b; c", 6, f"';' {NAMES}"),
        ("caf\u00e9 = a", 4, f"'\u00e9' {NAMES}"),
        ("a = b\u200b", 6, f"'\\u200b' {NAMES}"),
        ("a \N{MINUS SIGN} b = c", 3, "'\N{MINUS SIGN}' has no meaning; write -"),
        ("a \N{EN DASH} b = c", 3, "'\N{EN DASH}' has no meaning; write -"),
        ("a = 2\N{MULTIPLICATION SIGN}b", 6, "'\N{MULTIPLICATION SIGN}' has no meaning; write *"),
        ("a = b \N{DIVISION SIGN} 2", 7, "'\N{DIVISION SIGN}' has no meaning; write /"),
        ("a \N{LESS-THAN OR EQUAL TO} b", 3, "'\u2264' has no meaning; write <="),
        ("a \N{GREATER-THAN OR EQUAL TO} b", 3, "'\u2265' has no meaning; write >="),
        ("a \N{NOT EQUAL TO} b", 3, "'\u2260' has no meaning; write <=, >= or ="),
        ("a = b ** 2", 7, f"'**' {POWER}"),
        ("a = b^2", 6, f"'^' {POWER}"),
    ],
)
def test_an_error_names_the_character_the_fault_and_the_remedy(
    text: str, place: int, message: str
) -> None:
    error = failure(text)
    assert (error.place, str(error)) == (place, f"can't be read at character {place}: {message}")
    assert str(error) == f"{error.message}; {error.remedy}"


def test_the_first_of_several_faults_is_named() -> None:
    assert failure("a b; c == d)").place == 3


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("(" * 5000 + "a = b", 201),
        ("sum(" * 5000 + "a = b", 4 * 201),
        ("a = " + "b+" * 5000 + "b", 4 + 2 * 201),
        ("a = " + "-(" * 5000, 4 + 201),
    ],
)
def test_a_text_of_very_many_signs_is_refused_at_the_first_too_many(text: str, place: int) -> None:
    error = failure(text)
    assert (error.place, error.remedy) == (place, "make several identities of it")


@pytest.mark.parametrize("text", ["(" * 200, "sum(" * 200, "(-" * 100 + "a", "1+a*(" * 66 + "a"])
def test_no_text_of_fewer_signs_is_too_deep(text: str) -> None:
    assert "is not closed" in str(failure(text)) or "stands before the end" in str(failure(text))


def test_many_terms_are_read_and_evaluated() -> None:
    read = parse_expression("a = " + " + ".join(["b"] * 201))
    assert value_of(read.right, lambda _: Bounds(1, 2)) == Bounds(201, 402)
    assert len(list(refs(read.right))) == len(list(addends(read.right))) == 201


@pytest.mark.parametrize("piece", ["a", "1", "1_", "_", "a ", "1,", "=", "\N{MINUS SIGN}", "["])
def test_a_long_cell_is_told_in_a_short_line(piece: str) -> None:
    error = failure(piece * (99_999 // len(piece)) + " x")
    assert len(str(error)) < 200


def test_expressions_keep_scopes_functions_and_signs() -> None:
    read = parse_expression("a[x] + 4 >= b[*] - 2 * sum(c)")
    used = [str(ref) for side in (read.left, read.right) for ref in refs(side)]
    assert used == ["a[x]", "b[*]", "sum(c)"]
    assert [factor for factor, _ in addends(read.right)] == [1.0, -1.0]


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("killed_oct7", Ref("killed_oct7")),
        ("7oct_dead", Ref("7oct_dead")),
        ("lambda", Ref("lambda")),
        ("sum", Ref("sum")),
        ("released[Israelis_only]", Ref("released", "Israelis_only")),
        ("share [ killed_oct7 ]", Ref("share", "killed_oct7")),
        ("a[*]", Ref("a", "*")),
        ("before( a[x] )", Ref("a", "x", "before")),
        ("(sum(a[*]))", Ref("a", "*", "sum")),
    ],
)
def test_a_reference_is_read(text: str, ref: Ref) -> None:
    assert parse_expression(f"{text}<=1") == Expression(ref, "<=", Number(1.0))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("20 - 5 - 3", 12),
        ("20 - (5 - 3)", 18),
        ("24 / 4 / 2", 3),
        ("24 / (4 / 2)", 12),
        ("12 / 3 * 2", 8),
        ("1.5 + .5 + 2.", 4),
        ("100 * (a + 2) / a", 120),
        ("-4", -4),
        ("-a + 12", 2),
        ("-a * 2", -20),
        ("-(a - 2)", -8),
        ("2 * (-a)", -20),
        ("3 - (-4)", 7),
        ("1\n+\u00a0a", 11),
    ],
)
def test_precedence_and_signs(text: str, value: float) -> None:
    read = parse_expression(f"{text} = 0")
    assert value_of(read.left, lambda _: Bounds(10, 10)) == Bounds(value, value)


def test_a_minus_before_a_term_is_a_factor_and_before_a_number_is_its_sign() -> None:
    read = parse_expression("-a + b = -4")
    minus_a = Operation("*", Number(-1.0), Ref("a"))
    assert list(addends(read.left)) == [(1.0, minus_a), (1.0, Ref("b"))]
    assert read.right == Number(-4.0)


def written(node: Node, least: int = 1) -> str:
    """A tree as text, in parentheses where it binds less than it must."""
    if isinstance(node, Ref):
        return str(node)
    if isinstance(node, Number):
        return str(node.value)
    own = PRECEDENCE[node.sign]
    text = f"{written(node.left, own)} {node.sign} {written(node.right, own + 1)}"
    return f"({text})" if own < least else text


numbers = st.integers(0, 10**6).map(lambda whole: Number(whole / 100))
plain_refs = st.sampled_from("abc").map(Ref)
scoped_refs = st.builds(
    Ref,
    st.sampled_from(["a", "b_2", "7oct"]),
    st.sampled_from(["", "*", "x", "Israelis_only"]),
    st.sampled_from(["", *FUNCTIONS]),
)


def trees(refs: st.SearchStrategy[Ref]) -> st.SearchStrategy[Node]:
    return st.recursive(
        numbers | refs,
        lambda part: st.builds(Operation, st.sampled_from("+-*/"), part, part),
        max_leaves=20,
    )


@given(trees(scoped_refs), st.sampled_from(RELATIONS), trees(scoped_refs), st.randoms())
def test_a_tree_printed_and_read_again_is_the_same(
    left: Node, relation: str, right: Node, chance: random.Random
) -> None:
    read = parse_expression(f"{written(left)} {relation} {written(right)}")
    assert read == Expression(left, relation, right)
    values: dict[Ref, Bounds] = {}

    def look_up(ref: Ref) -> Bounds:
        low = chance.uniform(-1000, 1000)
        return values.setdefault(ref, Bounds(low, low + chance.uniform(0, 100)))

    assert value_of(read.left, look_up) == value_of(left, look_up)
    assert value_of(read.right, look_up) == value_of(right, look_up)


@given(trees(plain_refs), st.fixed_dictionaries({name: st.integers(-99, 99) for name in "abc"}))
def test_python_reads_the_same_value(tree: Node, values: dict[str, int]) -> None:
    text = written(tree)
    try:
        exact = eval(text, {}, {name: float(value) for name, value in values.items()})
    except ZeroDivisionError:
        assume(False)
    value = value_of(
        parse_expression(f"{text} = 0").left,
        lambda ref: Bounds(float(values[ref.measure]), float(values[ref.measure])),
    )
    assert value == Bounds(exact, exact)


@given(st.text(max_size=40) | st.text("ab1 .,[]()+-*/=<>\n", max_size=40))
def test_any_text_is_read_or_refused_at_one_of_its_characters(text: str) -> None:
    try:
        parse_expression(text)
    except ExpressionError as error:
        assert 1 <= error.place <= len(text.rstrip()) + 1
        assert not text[error.place - 1 : error.place].isspace() or not text.rstrip()[error.place :]
        assert error.remedy
        assert str(error).isprintable()


Check = Callable[..., list[str]]


@pytest.fixture
def check() -> Check:
    """Problems of some expressions, as lines; the first stands in row 2."""
    flow = {"measure": "held_day", "kind": "flow", "total": "held"}
    columns = pd.Index([*TABLES["measures"]])
    measures = pd.DataFrame([*MEASURES, flow], columns=columns, dtype="str").fillna("")

    def make(*expressions: str) -> list[str]:
        frame = pd.DataFrame({"expression": expressions}, dtype="str")
        frame["row"] = frame.index + 2
        return [str(one) for one in check_identities(frame, measures, "x/identities.csv")]

    return make


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (
            "dead ++ toll = held",
            "'dead ++ toll = held' can't be read at character 7: '+' follows the sign '+'; "
            f"{ONE_SIGN}",
        ),
        ("dead = tol", "'tol' is not in measures.csv; did you mean 'toll'?"),
        ("Dead = toll", "'Dead' is not in measures.csv; did you mean 'dead'?"),
        ("dead = sum(freed_dya)", "'freed_dya' is not in measures.csv; did you mean 'freed_day'?"),
        ("dead = qq + qq[x]", "'qq' is not in measures.csv; add a row for it to measures.csv"),
        ("4 = 2 + 2", "'4 = 2 + 2' names no measure; write the measures that must add up"),
        (
            "freed = sum(freed)",
            "'sum(freed)' adds up the days of a measure that is no flow (cumulative); did you mean "
            "'sum(freed_day)'?",
        ),
        (
            "dead = sum(held[x])",
            "'sum(held[x])' adds up the days of a measure that is no flow (stock); did you mean "
            "'sum(held_day[x])'?",
        ),
        (
            "dead = sum(toll)",
            "'sum(toll)' adds up the days of a measure that is no flow (cumulative); write 'toll'",
        ),
        (
            "held = before(held_day)",
            "'before(held_day)' looks up the day before, but a flow covers a period; did you mean "
            "'before(held)'?",
        ),
        (
            "freed = before(freed_day[*])",
            "'before(freed_day[*])' looks up the day before, but a flow covers a period; write "
            "'freed_day[*]'",
        ),
        (
            "toll = before(dead)",
            "'before(dead)' looks up the day before, but a fixed measure has one total for all "
            "days; write 'dead'",
        ),
    ],
)
def test_a_bad_identity_is_told_with_file_row_column_text_and_remedy(
    check: Check, expression: str, message: str
) -> None:
    assert check("dead = toll", expression) == [f"x/identities.csv:3 expression {message}"]


def test_all_faults_of_all_identities_are_told_once(check: Check) -> None:
    lines = check("dead = tol + sum(toll) + sum(toll) + before(dead)", "a b", "", "1 = 2 + qq")
    faults = [
        (2, "'before(dead)' looks up"),
        (2, "'sum(toll)' adds up"),
        (2, "'tol' is not in measures.csv"),
        (3, "'a b' can't be read at character 3"),
        (5, "'qq' is not in measures.csv"),
    ]
    starts = [f"x/identities.csv:{row} expression {start}" for row, start in faults]
    assert len(lines) == len(starts)
    assert all(map(str.startswith, sorted(lines), starts))


def test_functions_of_the_right_kinds_and_scopes_that_nobody_gives_are_no_problem(
    check: Check,
) -> None:
    assert check("toll = before(toll[no_such]) + sum(freed_day[*])", "women >= before(held)") == []
    assert check() == []
