"""Who passes on whom: every claim stands in the tree, and what is drawn together is counted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analyzer.charts import draw_attribution, save_chart
from analyzer.charts.sources.attribution_rows import find_unit, lay_out
from analyzer.charts.sources.attribution_tree import Branch, Way, grow, read_ways

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
    claims = claims.assign(
        origin=keys, authority=keys, origin_name=origins, source=[_key(way[2]) for way in ways]
    )
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


def _dots(figure: Figure) -> int:
    return sum(
        len(np.asarray(dots.get_offsets()))
        for axes in figure.axes
        for dots in axes.collections
        if dots.get_gid() == "claims"
    )


def _bars(figure: Figure, gid: str) -> list[float]:
    bars = [bar for axes in figure.axes for bar in axes.patches if bar.get_gid() == gid]
    return [float(bar.get_window_extent().width) for bar in bars]


def test_each_claim_is_a_dot_under_its_origin_and_way(
    make_claims: Any, make_measure: Any, words: Any, faults: Any
) -> None:
    """Ministry: three papers by the agency, two radios, a blog; mayor: a paper, and itself."""
    chart = draw_attribution(_claims(make_claims, WAYS), make_measure("fixed"))
    assert chart is not None
    lines = words(chart.figure).splitlines()
    assert [line for line in lines if line.startswith(("directly", "via", "by itself"))] == [
        "via Agency",
        "directly",
        "via Agency, then Wire",
        "by itself or via 1 relay",
    ]
    assert {"Ministry", "6 claims", "Mayor", "2 claims"} < set(lines)
    assert {"Paper 0, Paper 1, Paper 2", "Radio 0, Radio 1", "Blog", "Mayor, Paper 0"} < set(lines)
    assert "7 claims cite someone else, 5 of them through a relay" in " ".join(lines)
    assert _dots(chart.figure) == 8
    assert faults(chart.figure) == []


def test_bars_show_the_share_of_all_claims(make_claims: Any, make_measure: Any) -> None:
    """Six and two of eight."""
    chart = draw_attribution(_claims(make_claims, WAYS), make_measure("fixed"))
    assert chart is not None
    whole = _bars(chart.figure, "track")[0]
    shares = [bar / whole for bar in _bars(chart.figure, "bar")]
    assert shares == pytest.approx([6 / 8, 2 / 8])


def test_who_speaks_for_the_origin_is_a_relay_of_it(make_claims: Any) -> None:
    """A foreign ministry that its government speaks through."""
    claims = _claims(make_claims, [("Foreign Ministry", "Agency", "Paper 0")])
    claims = claims.assign(authority="government")
    ways = read_ways(claims, {"government": "Government", "agency": "The Agency of All"})
    assert ways["origin_label"].tolist() == ["Government"]
    assert ways["way"].tolist() == ["via Foreign Ministry, then The Agency of All"]


def test_no_claim_is_lost_however_little_is_drawn(make_claims: Any) -> None:
    """Eighty publishers, of six origins, at most two origins and three ways on their own."""
    ways = read_ways(_claims(make_claims, [*_many(80), ("Blog", "", "Blog")]), {})
    branches = grow(ways, 2, 3)
    assert [branch.name for branch in branches[2:]] == [
        "4 other origins",
        "1 publisher that cites nobody",
    ]
    assert sum(branch.claims for branch in branches) == len(ways) == 97
    for branch in branches[:2]:
        assert sum(len(way.publishers) for way in branch.ways) == branch.claims
    assert sum(len(branch.ways) for branch in branches) <= 3 + 2


def test_several_dots_stand_for_one_where_there_are_too_many() -> None:
    """Up to two lines of dots a way."""
    for count, unit in ((1, 1), (40, 1), (120, 5), (3_000, 100)):
        branch = Branch("A", "grey", count, (Way("directly", ("Paper",) * count),))
        assert find_unit([branch]) == unit
        assert lay_out(branch, unit).rows[0].dots == -(-count // unit)


@pytest.mark.parametrize("count", [12, 120])
def test_many_publishers_are_readable(
    count: int, make_claims: Any, make_measure: Any, faults: Any, words: Any
) -> None:
    """No text on another, no higher than half a page, and what is left out is counted."""
    chart = draw_attribution(_claims(make_claims, _many(count)), make_measure("stock"))
    assert chart is not None
    assert faults(chart.figure) == []
    assert chart.figure.get_size_inches()[1] < 4.9
    assert " more" in words(chart.figure)


def test_very_long_names_stay_inside(make_claims: Any, make_measure: Any, faults: Any) -> None:
    """Names of several lines, one without a blank."""
    long = "The joint commission of inquiry of the provinces into the flood of the river"
    ways = [(long, f"{long} and its sea", f"{'x' * 90}{n}") for n in range(6)]
    chart = draw_attribution(_claims(make_claims, ways), make_measure("flow"))
    assert chart is not None
    assert faults(chart.figure) == []


def test_texts_of_the_shipped_dossier_keep_apart(gaza: Any, faults: Any) -> None:
    """The three measures with the most claims, up to 110 of 89 publishers."""
    names = dict(zip(gaza.sources["source"], gaza.sources["name"], strict=True))
    rows = gaza.measures.set_index("measure", drop=False)
    for measure in ("killed_gaza", "killed_oct7", "militants_killed"):
        claims = gaza.claims[gaza.claims["measure"] == measure]
        chart = draw_attribution(claims, rows.loc[measure], names)
        assert chart is not None
        assert faults(chart.figure) == []
        assert chart.data["claim"].is_unique
        assert set(chart.data["claim"]) == set(claims["id"])


def test_nothing_to_see_is_no_chart(make_claims: Any, make_measure: Any) -> None:
    """Four claims; five on their publishers' own authority; three origins passed on twice; none."""
    few = _claims(make_claims, WAYS[:4])
    own = _claims(make_claims, [(f"Paper {n}", "", f"Paper {n}") for n in range(5)])
    pairs = _claims(make_claims, [(f"Mayor {n % 3}", "", f"Paper {n}") for n in range(6)])
    for claims in (few, own, pairs, own.head(0)):
        assert draw_attribution(claims, make_measure("fixed")) is None


@pytest.mark.parametrize(
    ("ways", "title"),
    [
        (WAYS, "8 claims by 7 publishers, but 2 origins: 6 claims go back to one, Ministry"),
        (
            [("Ministry", "", f"Paper {n}") for n in range(6)],
            "6 claims by 6 publishers, but a single origin, Ministry",
        ),
        (
            [(f"Mayor {n % 2}", "", f"Paper {n}") for n in range(6)],
            "6 claims by 6 publishers go back to 2 origins, none of them behind more than 3",
        ),
        (
            [("Ministry" if n % 3 else "Mayor", "", f"Paper {n}") for n in range(21)],
            "21 claims by 21 publishers, but 2 origins: 67 % go back to one, Ministry",
        ),
    ],
)
def test_the_title_states_the_finding(
    ways: list[tuple[str, str, str]], title: str, make_claims: Any, make_measure: Any
) -> None:
    """One that leads, one alone, two alike, and a share from twenty claims on."""
    chart = draw_attribution(_claims(make_claims, ways), make_measure("fixed"))
    assert chart is not None
    assert chart.title == f"Killed in the flood: {title}"


def test_alternative_text_and_data_tell_the_numbers(make_claims: Any, make_measure: Any) -> None:
    """Eight claims, the ministry's first; the agency's three papers first of these."""
    chart = draw_attribution(_claims(make_claims, WAYS), make_measure("fixed"))
    assert chart is not None
    assert chart.alt == (
        "8 claims of “Killed in the flood” by 7 publishers as a tree of 2 origins. Most cited: "
        "Ministry (6), Mayor (2). The figures of Ministry were passed on via Agency (3), via "
        "Agency, then Wire (1) and others."
    )
    data = chart.data
    assert data["claim"].tolist() == [f"c{n:03}" for n in (0, 1, 2, 3, 4, 5, 7, 6)]
    assert data.iloc[0].to_dict() == {
        "number": 1,
        "claim": "c000",
        "origin_number": 1,
        "origin": "Ministry",
        "origin_claims": 6,
        "origin_percent_of_claims": 75,
        "way": "via Agency",
        "way_claims": 3,
        "publisher_number": 1,
        "publisher": "Paper 0",
    }
    assert data[["number", "origin_number", "publisher_number"]].max().tolist() == [8, 2, 7]


def test_another_order_of_rows_gives_the_same_bytes(
    make_claims: Any, make_measure: Any, tmp_path: Any
) -> None:
    """Claims backwards."""
    claims = _claims(make_claims, _many(25))
    written = []
    for name, rows in (("a", claims), ("b", claims.iloc[::-1])):
        chart = draw_attribution(rows, make_measure("fixed"))
        assert chart is not None
        paths = save_chart(chart, tmp_path / name, "Source: the claims of this dossier")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
