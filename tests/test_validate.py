"""Every rule of the tables: one bad row each, with the message that a person gets."""

import re
from collections.abc import Callable

import pytest

from analyzer.errors import InputError
from analyzer.intake import Dossier

Load = Callable[..., Dossier]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"source": "dayly"}, r"source 'dayly' is not in sources.csv; did you mean 'daily'\?"),
        ({"attributed_to": "qq"}, "attributed_to 'qq' is not in sources.csv; add a row for it"),
        ({"via": "wire; wyre"}, r"via 'wyre' is not in sources.csv; did you mean 'wire'\?"),
        ({"measure": "deed"}, r"measure 'deed' is not in measures.csv; did you mean 'dead'\?"),
        ({"of": "toal"}, r"of 'toal' is not in measures.csv; did you mean 'toll'\?"),
        ({"status": "told"}, "status 'told' is not in the list of statuses; use one of"),
        ({"attributed_to": ""}, "attributed_to is blank; fill it in"),
        ({"figure": ""}, "figure is blank; fill it in"),
        ({"url": "javascript:alert(1)"}, "url 'javascript:alert.*' is no web address"),
        ({"scope": "Israelis only"}, "scope 'Israelis only' is no scope; use one word"),
        ({"id": "../../etc"}, "id '../../etc' is no id"),
        ({"as_of": "3/1/2024"}, "as_of '3/1/2024' is no date; type 2024-03-01 or 2024-01-03"),
        ({"published": "45678"}, "published '45678' is no date; .* type 2025-01-21"),
        ({"published": "2024-02-29"}, "published '2024-02-29' is before the time"),
        ({"published": "2031-01-01"}, "published '2031-01-01' is in the future"),
        ({"as_of": "2031-01-01", "published": ""}, "as_of '2031-01-01' is in the future"),
        ({"period_start": "2024-03-09"}, "period_start '2024-03-09' is after the end"),
        ({"measure": "freed_day"}, "period_start is blank, but a flow has a period"),
        ({"figure": "-280"}, "figure '-280' (is below zero|can't be read)"),
        ({"figure": "2.5"}, "figure '2.5' (is no whole number|can't be read)"),
        ({"figure": "47,00"}, "figure '47,00' is no whole number"),
        ({"figure": "13 October"}, "figure '13 October' can't be read as a figure"),
        ({"via": "wire;daily"}, "via 'wire;daily' leads back to the same source"),
        ({"figure": "umpteen"}, "figure 'umpteen' can't be read as a figure"),
        (
            {"figure": "about a third"},
            "figure 'about a third' is a share, but the measure counts people; name the",
        ),
    ],
)
def test_a_bad_cell_is_named_with_place_text_and_remedy(
    load: Load, cells: dict[str, str], message: str
) -> None:
    with pytest.raises(InputError) as caught:
        load({"figure": "12"}, {"figure": "13"} | cells)
    lines = str(caught.value).splitlines()
    assert len(lines) == 1
    assert re.search(rf"claims\.csv:3 {message}", lines[0])


def test_all_problems_are_told_at_once(load: Load) -> None:
    bad = {"figure": "umpteen", "source": "dayly", "published": "1/2/2024", "status": "told"}
    with pytest.raises(InputError) as caught:
        load({"figure": "12"}, bad, {"figure": "13", "url": "ftp://x"})
    columns = [(problem.row, problem.column) for problem in caught.value.problems]
    assert columns == [
        (3, "figure"),
        (3, "published"),
        (3, "source"),
        (3, "status"),
        (4, "url"),
    ]


def test_a_claim_repeated_word_for_word_names_the_first(load: Load) -> None:
    with pytest.raises(InputError, match=r"claims.csv:4 '12' repeats row 2 in all but the note"):
        load({"figure": "12"}, {"figure": "13"}, {"figure": "12", "note": "again"})


def test_a_duplicate_id_is_named(load: Load) -> None:
    with pytest.raises(InputError, match=r"claims.csv:3 id 'one' is the id of an earlier row too"):
        load({"figure": "12", "id": "one"}, {"figure": "13", "id": "one"})


def test_a_plan_may_be_published_before_its_day(load: Load) -> None:
    claims = load({"figure": "12", "published": "2024-02-01", "status": "planned"}).claims
    assert len(claims) == 1


def test_a_month_does_not_contradict_a_day_within_it(load: Load) -> None:
    assert len(load({"figure": "12", "published": "2024-03"}).claims) == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"kind": "flows"}, r"kind 'flows' is not in the list of kinds; did you mean 'flow'\?"),
        ({"part_of": "toto"}, "part_of 'toto' is not in measures.csv"),
        ({"part_of": "extra"}, "part_of 'extra' makes it a part of itself"),
        ({"label": ""}, "label is blank"),
        ({"closed": "soon"}, "closed 'soon' is no date"),
    ],
)
def test_a_bad_measure_is_named(load: Load, row: dict[str, str], message: str) -> None:
    extra = {"measure": "extra", "label": "Extra", "definition": "x", "unit": "people"}
    measures = [
        {"measure": "dead", "label": "D", "definition": "d", "unit": "people", "kind": "fixed"},
        extra | {"kind": "fixed"} | row,
    ]
    with pytest.raises(InputError, match=rf"measures.csv:3 {message}"):
        load({"figure": "12"}, measures=measures)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("dead = tol", r"'tol' is not in measures.csv; did you mean 'toll'\?"),
        ("dead + toll", "needs one of =, <=, >= between two sides"),
        ("dead = toll +", "can't be read at character"),
        ("dead = total(toll)", "can't be read at character 8: 'total' is no function; write sum"),
        ("dead = toll; held", "can't be read at character"),
    ],
)
def test_a_bad_identity_is_named_with_the_place(load: Load, expression: str, message: str) -> None:
    with pytest.raises(InputError, match=rf"identities.csv:2 expression .*{message}"):
        load({"figure": "12"}, identities=[{"name": "one", "expression": expression}])


def test_keep_going_leaves_out_the_bad_rows_and_lists_each(load: Load) -> None:
    dossier = load(
        {"figure": "12"}, {"figure": "umpteen"}, {"figure": "13", "source": "qq"}, keep_going=True
    )
    assert dossier.claims["figure"].tolist() == ["12"]
    assert [problem.row for problem in dossier.left_out] == [3, 4]


def test_keep_going_follows_a_left_out_source_to_its_claims(load: Load) -> None:
    sources = [
        {"source": "daily", "name": "Daily", "kind": "newspaper", "side": "x"},
        {"source": "ministry", "name": "", "kind": "state body", "side": "x"},
    ]
    mine = {"figure": "13", "attributed_to": "daily"}
    dossier = load({"figure": "12"}, mine, sources=sources, keep_going=True)
    assert dossier.claims["figure"].tolist() == ["13"]
    assert len(dossier.left_out) == 2


def test_an_identity_that_ends_before_it_begins_is_told(load: Callable[..., Dossier]) -> None:
    rule = {"name": "rule", "expression": "dead = held", "valid_from": "2025-02-01"}
    with pytest.raises(InputError) as raised:
        load({"figure": "3"}, identities=[rule | {"valid_to": "2025-01-31"}])
    (problem,) = raised.value.problems
    assert (problem.column, problem.text, problem.message) == (
        "valid_to",
        "2025-01-31",
        "is before valid_from",
    )


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        ("dead * held = toll * freed", "multiplies dead by held"),
        ("women * (dead - held) = toll", "multiplies women by what can be above and below 0"),
    ],
)
def test_an_identity_that_no_figure_makes_linear_is_told(
    load: Callable[..., Dossier], expression: str, named: str
) -> None:
    with pytest.raises(InputError, match=named) as raised:
        load({"figure": "3"}, identities=[{"name": "rule", "expression": expression}])
    assert raised.value.problems[0].column == "expression"
