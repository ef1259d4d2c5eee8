"""Who passes on whom: every relayed claim is drawn, and what is folded is counted."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analyzer.charts import draw_attribution, save_chart
from analyzer.charts.attribution import THEN, fold, read_ways

WAYS = [  # origin, relays, publisher
    *[("Ministry", "Agency", f"Paper {n}") for n in range(3)],
    *[("Ministry", "", f"Radio {n}") for n in range(2)],
    ("Ministry", "Agency;Wire", "Blog"),
    ("Mayor", "Agency", "Paper 0"),
    ("Mayor", "", "Mayor"),
]


def _claims(make_claims: Any, ways: list[tuple[str, str, str]]) -> pd.DataFrame:
    """Claims by the printed names of their steps; keys are these in lower case."""
    claims = make_claims([{"value": n, "source": way[2]} for n, way in enumerate(ways)])
    origins, relays = ([way[n] for way in ways] for n in (0, 1))
    keys = [_key(name) for name in origins]
    claims = claims.assign(origin=keys, origin_name=origins, source=[_key(way[2]) for way in ways])
    steps = [
        [origin, *[_key(name) for name in via.split(";") if name], source]
        for origin, via, source in zip(keys, relays, claims["source"], strict=True)
    ]
    return claims.assign(chain=[" > ".join(dict.fromkeys(keys)) for keys in steps])


def _key(name: str) -> str:
    return name.lower().replace(" ", "_")


def _many(count: int) -> list[tuple[str, str, str]]:
    """Ways to so many publishers over five relays of six origins; each fifth publisher has two."""
    ways = []
    for n in range(count):
        relay = "" if n % 4 == 0 else f"The agency of place number {n % 5}"
        origin = f"The ministry of matter number {n % 6 if n % 3 else 0}"
        ways.append((origin, relay, f"Newspaper of city {n}"))
        if n % 5 == 0:
            ways.append((f"The ministry of matter number {n % 4}", "", f"Newspaper of city {n}"))
    return ways


def _drawn(figure: Figure, name: str) -> int:
    return sum(patch.get_gid() == name for axes in figure.axes for patch in axes.patches)


def test_publishers_with_the_same_single_feeder_share_a_box(
    make_claims: Any, make_measure: Any, words: Any, faults: Any
) -> None:
    """Three papers and two radios: one box each, but for the paper with two origins behind it.

    Seven of eight claims are relayed. Boxes: 2 origins, 2 kinds of relays (one lane without a
    box), and as publishers the papers, the radios, the blog.
    """
    chart = draw_attribution(_claims(make_claims, WAYS), make_measure("fixed"))
    assert chart is not None
    text = " ".join(words(chart.figure).split())
    assert "Ministry (6)" in text
    assert "Agency (4)" in text
    assert f"Agency{THEN}Wire (1)" in text
    assert "Paper 0 (2), Paper 1, Paper 2 (4 in all)" in text
    assert "Radio 0, Radio 1 (2 in all)" in text
    assert "7 claims cite someone else, 5 of them through relays." in text
    assert "Not drawn: 1 claim that its publisher gives on its own authority." in text
    assert _drawn(chart.figure, "box") == 2 + 2 + 3
    assert faults(chart.figure) == []


def test_every_relayed_claim_goes_through_one_box_of_each_column(make_claims: Any) -> None:
    """Eighty publishers folded as much as can be: no claim is lost."""
    ways = read_ways(_claims(make_claims, _many(80)), {})
    legs = fold(ways, [4, 4, 4])
    assert len(legs) == len(ways) == 96
    assert (legs[["left", "middle", "right"]] != "").all(axis=None)
    assert legs["left"].nunique() <= 5


def test_a_publisher_with_two_feeders_keeps_its_own_box(make_claims: Any) -> None:
    """Paper 0 gets its figures from two agencies, paper 1 from one."""
    ways = [("A", "X", "Paper 0"), ("A", "Y", "Paper 0"), ("A", "X", "Paper 1"), ("A", "X", "P 2")]
    legs = fold(read_ways(_claims(make_claims, ways), {}), [9, 9, 9])
    assert legs["right"].tolist() == ["paper_0", "paper_0", "from x", "from x"]


@pytest.mark.parametrize("count", [12, 60, 300])
def test_many_publishers_are_readable(
    count: int, make_claims: Any, make_measure: Any, faults: Any, words: Any
) -> None:
    """Up to 300: no text on another, no figure higher than a page, and what is folded is told."""
    chart = draw_attribution(_claims(make_claims, _many(count)), make_measure("stock"))
    assert chart is not None
    assert faults(chart.figure) == []
    assert chart.figure.get_size_inches()[1] < 8.4
    assert ("more (" in words(chart.figure)) == (count > 12)


@pytest.mark.parametrize(
    "measure", ["killed_gaza", "killed_oct7", "hostages_taken", "militants_killed"]
)
def test_texts_of_the_shipped_dossier_keep_apart(measure: str, gaza: Any, faults: Any) -> None:
    """Up to 109 claims of 88 publishers."""
    claims = gaza.claims[gaza.claims["measure"] == measure]
    row = gaza.measures.set_index("measure", drop=False).loc[measure]
    names = dict(zip(gaza.sources["source"], gaza.sources["name"], strict=True))
    chart = draw_attribution(claims, row, names)
    assert chart is not None
    assert faults(chart.figure) == []
    assert chart.figure.get_size_inches()[1] < 8.4


def test_without_relays_there_is_no_column_of_them(
    make_claims: Any, make_measure: Any, faults: Any, words: Any
) -> None:
    """Six papers that cite two origins."""
    ways = [("Mayor" if n % 2 else "Ministry", "", f"Paper {n}") for n in range(6)]
    chart = draw_attribution(_claims(make_claims, ways), make_measure("flow"))
    assert chart is not None
    assert "who passed it on" not in words(chart.figure)
    assert "6 claims cite someone else, none of them through relays." in words(chart.figure)
    assert faults(chart.figure) == []


def test_printed_names_of_relays_come_from_the_sources(make_claims: Any) -> None:
    """A relay that neither is cited nor publishes has no name in the claims."""
    claims = _claims(make_claims, WAYS)
    assert read_ways(claims, {})["relay_name"].tolist()[0] == "Agency"
    named = read_ways(claims, {"agency": "The Agency of All"})
    assert named["relay_name"].tolist()[0] == "The Agency of All"


def test_nothing_to_see_is_no_chart(make_claims: Any, make_measure: Any) -> None:
    """Four claims; five claims on their publishers' own authority; none."""
    few = _claims(make_claims, WAYS[:4])
    own = _claims(make_claims, [(f"Paper {n}", "", f"Paper {n}") for n in range(5)])
    for claims in (few, own, own.head(0)):
        assert draw_attribution(claims, make_measure("fixed")) is None


def test_alternative_text_names_the_leading_ones(make_claims: Any, make_measure: Any) -> None:
    """Seven of eight claims; the ministry six times."""
    chart = draw_attribution(_claims(make_claims, WAYS), make_measure("fixed"))
    assert chart is not None
    assert chart.title == "Killed in the flood: 8 claims of 7 publishers go back to 2 origins"
    assert chart.alt == (
        "Graph of who passes on whom in 8 claims of “Killed in the flood”, of which 7 cite someone "
        "else. Most cited: Ministry (6), Mayor (1). Relayed most by: Agency (4), Agency"
        f"{THEN}Wire (1). Published by 6 publishers."
    )


def test_another_order_of_rows_gives_the_same_bytes(
    make_claims: Any, make_measure: Any, tmp_path: Any
) -> None:
    """Claims backwards and shuffled."""
    claims = _claims(make_claims, _many(70))
    written = []
    orders = (claims, claims.iloc[::-1], claims.sample(frac=1, random_state=3))
    for name, rows in zip("abc", orders, strict=True):
        chart = draw_attribution(rows, make_measure("fixed"))
        assert chart is not None
        paths = save_chart(chart.figure, tmp_path / name, "Source: the claims of this dossier")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1] == written[2]
