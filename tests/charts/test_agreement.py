"""The matrix shows every pair that can be compared, and leaves the others empty."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analyzer.charts import draw_agreement, save_chart
from analyzer.charts.agreement import SCALE, seriate

NAMES = {"a": "Alpha", "b": "Beta", "c": "Gamma", "d": "Delta"}


def _pairs(*rows: tuple[str, str, int, int, int]) -> pd.DataFrame:
    """Make pairs with their agreeing, straining and contradicting comparisons."""
    frame = pd.DataFrame(rows, columns=["a", "b", "agrees", "strains", "contradicts"])
    return frame.assign(comparable=frame[["agrees", "strains", "contradicts"]].sum(axis=1))


def _all_pairs(count: int) -> pd.DataFrame:
    """Two camps, odd and even, that agree within and contradict across."""
    return _pairs(
        *[
            (f"s{i:02}", f"s{j:02}", *((i + j, 1, 0) if (i + j) % 2 == 0 else (0, 1, i + j)))
            for i in range(count)
            for j in range(i + 1, count)
        ]
    )


def _claims(*keys: str) -> pd.DataFrame:
    return pd.DataFrame({"authority": list(keys)})


def _cells(figure: Figure) -> list[Any]:
    return [patch for axes in figure.axes for patch in axes.patches if patch.get_gid() == "cell"]


def test_a_cell_for_each_pair_and_none_for_absent_ones(words: Any, faults: Any) -> None:
    """Four authorities, three of six pairs; one pair never agrees and is drawn all the same."""
    pairs = _pairs(("a", "b", 3, 1, 0), ("a", "c", 0, 0, 2), ("c", "d", 5, 0, 0))
    chart = draw_agreement(pairs, NAMES, _claims("a", "a", "b"))
    assert chart is not None
    assert len(_cells(chart.figure)) == 3
    lines = words(chart.figure).splitlines()
    assert {"3/4", "0/2", "5/5", "Alpha (2)", "Beta (1)", "Gamma (0)"} < set(lines)
    assert "0/0" not in lines
    colours = {patch.get_facecolor() for patch in _cells(chart.figure)}
    assert colours == {SCALE(0.75), SCALE(0.0), SCALE(1.0)}
    assert faults(chart.figure) == []


def test_those_that_agree_stand_together() -> None:
    """Odd and even ones agree among each other only."""
    keys = [f"s{n:02}" for n in range(8)]
    order = [int(key[1:]) % 2 for key in seriate(keys, _all_pairs(8))]
    assert order in ([0] * 4 + [1] * 4, [1] * 4 + [0] * 4)


def test_the_most_compared_are_drawn_and_the_others_counted(words: Any, faults: Any) -> None:
    """Forty with long names: as many as fit, at most 24, and the rest in the subtitle."""
    names = {f"s{n:02}": f"The statistical office of region {n}" for n in range(40)}
    chart = draw_agreement(_all_pairs(40), names, _claims(*names))
    assert chart is not None
    shown = words(chart.figure).count("The statistical office")
    assert 15 <= shown <= 24
    assert len(_cells(chart.figure)) == shown * (shown - 1) // 2
    text = " ".join(words(chart.figure).split())
    assert f"Not drawn: {40 - shown} with fewer comparisons" in text
    assert "The statistical office of region 39 (1)" in text
    assert faults(chart.figure) == []


def test_a_very_long_name_is_printed_whole(words: Any, faults: Any) -> None:
    """Two authorities, one with a name of half a line."""
    name = "The joint commission of inquiry of the provinces into the flood of the river"
    chart = draw_agreement(_pairs(("a", "b", 1, 0, 0)), NAMES | {"a": name}, _claims("a"))
    assert chart is not None
    assert f"{name} (1)" in words(chart.figure)
    assert faults(chart.figure) == []


def test_texts_of_the_shipped_dossier_keep_apart(gaza: Any, faults: Any) -> None:
    """Every pair of authorities with a common slot, as if all of these claims agreed."""
    usable = gaza.claims.loc[gaza.claims["comparable"], ["slot", "scope", "authority"]]
    pairs = usable.merge(usable, on=["slot", "scope"], suffixes=("_a", "_b"))
    pairs = pairs[pairs["authority_a"] < pairs["authority_b"]]
    counts = pairs.groupby(["authority_a", "authority_b"]).size().reset_index(name="agrees")
    counts.columns = pd.Index(["a", "b", "agrees"])
    counts = counts.assign(strains=0, contradicts=0, comparable=counts["agrees"])
    names = dict(zip(gaza.sources["source"], gaza.sources["name"], strict=True))
    chart = draw_agreement(counts, names, gaza.claims)
    assert chart is not None
    assert faults(chart.figure) == []


def test_nothing_to_compare_is_no_chart() -> None:
    """No pairs, and a pair without comparisons."""
    assert draw_agreement(_pairs(), NAMES, _claims()) is None
    assert draw_agreement(_pairs(("a", "b", 0, 0, 0)), NAMES, _claims("a")) is None


def test_title_and_alternative_text_give_the_counts() -> None:
    """11 comparisons, 8 of them agree."""
    pairs = _pairs(("a", "b", 3, 1, 0), ("a", "c", 0, 0, 2), ("c", "d", 5, 0, 0))
    chart = draw_agreement(pairs, NAMES, _claims("a"))
    assert chart is not None
    assert chart.title == "Who agrees with whom: 8 of 11 comparisons between two of them agree"
    assert chart.alt == (
        "Agreement of 4 authorities, pair by pair: 3 of 6 pairs can be compared, in 11 "
        "comparisons, of which 8 agree. Most often compared are Gamma and Delta: they agree in "
        "5 of 5."
    )


def test_another_order_of_rows_gives_the_same_bytes(tmp_path: Any) -> None:
    """Pairs and claims backwards."""
    pairs, claims = _all_pairs(30), _claims(*[f"s{n:02}" for n in range(30)])
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_agreement(pairs.iloc[::step], {}, claims.iloc[::step])
        assert chart is not None
        paths = save_chart(chart.figure, tmp_path / name, "Source: the claims of this dossier")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
