"""Another origin's figure, as the cause of a disagreement."""

from collections.abc import Callable

import pytest

from analyzer.pipeline import Analysis

Run = Callable[..., Analysis]
Row = dict[str, str]
SOURCES = [
    {"source": name, "name": name.title(), "kind": "newspaper", "side": "third-party"}
    for name in ("ministry", "army", "one", "two", "three")
]


def told(source: str, figure: str, **cells: str) -> Row:
    row = {"measure": "toll", "figure": figure, "source": source, "as_of": "2024-03-01"}
    row |= {"published": "2024-03-02", "url": f"https://{source}.example/{figure}"}
    return row | cells


OWN = [
    told("ministry", "1,139", attributed_to="ministry"),
    told("army", "1,513", attributed_to="army"),
]


def cause(run: Run, *rows: Row) -> tuple[str, str]:
    findings = run(*rows, sources=SOURCES).findings
    (one,) = findings[findings["kind"] == "disagreement"].to_dict("records")
    return one["cause"], one["sentence"]


def test_a_relay_of_another_origins_figure_is_named_with_both(run: Run) -> None:
    found, sentence = cause(run, *OWN, told("one", "1,513", attributed_to="ministry"))
    assert found == "another origin's figure"
    assert (
        "1,513 is the figure of Army; One gives it as that of Ministry, whose figure is 1,139"
        in sentence
    )


@pytest.mark.parametrize(
    "rows",
    [
        OWN,
        [*OWN, told("one", "1,513", attributed_to="army")],
        [
            told(row["source"], figure) | {"attributed_to": row["source"]}
            for row, figure in zip(OWN, ("1,100", "1,500"), strict=True)
        ]
        + [told("one", "1,500", attributed_to="ministry")],
        [told("ministry", "11"), told("army", "15"), told("one", "15", attributed_to="ministry")],
        [
            told("three", "1,139", attributed_to="ministry"),
            OWN[1],
            *(told(name, "1,513", attributed_to="ministry") for name in ("one", "two")),
        ],
    ],
    ids=["two origins", "a faithful relay", "a round number", "a small number", "most give it"],
)
def test_other_disagreements_are_not_another_origins_figure(run: Run, rows: list[Row]) -> None:
    assert cause(run, *rows)[0] == "unexplained"


def test_of_a_fixed_measure_an_origin_can_come_round_to_the_other_figure(run: Run) -> None:
    rows = [*OWN, told("one", "1,513", attributed_to="ministry")]
    fixed = [row | {"measure": "dead", "as_of": ""} for row in rows]
    assert cause(run, *fixed)[0] != "another origin's figure"
