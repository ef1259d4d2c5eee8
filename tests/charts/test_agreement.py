"""The table shows how often each pair agrees, and tells where nothing can be compared."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analyzer.charts import draw_agreement, save_chart
from analyzer.charts.sources.agreement import MOST, SCALE
from analyzer.charts.sources.agreement_order import seriate

NAMES = {"a": "Alpha", "b": "Beta", "c": "Gamma", "d": "Delta"}


def _pairs(*rows: tuple[str, str, int, int, int]) -> pd.DataFrame:
    """Make pairs with their agreeing, straining and contradicting comparisons."""
    frame = pd.DataFrame(rows, columns=["a", "b", "agrees", "strains", "contradicts"])
    return frame.assign(comparable=frame[["agrees", "strains", "contradicts"]].sum(axis=1))


THREE = _pairs(("a", "b", 3, 1, 0), ("a", "c", 0, 0, 2), ("c", "d", 5, 0, 0))


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


def _patches(figure: Figure, gid: str) -> list[Any]:
    return [patch for axes in figure.axes for patch in axes.patches if patch.get_gid() == gid]


def test_a_cell_for_each_pair_and_none_for_absent_ones(words: Any, faults: Any) -> None:
    """Four origins, three of six pairs; one pair never agrees and is drawn all the same."""
    chart = draw_agreement(THREE, NAMES, _claims("a", "a", "b"))
    assert chart is not None
    cells = _patches(chart.figure, "cell")
    assert {patch.get_facecolor() for patch in cells} == {SCALE(0.75), SCALE(0.0), SCALE(1.0)}
    assert len(_patches(chart.figure, "corner")) == 1
    text = words(chart.figure)
    assert all(cell in text for cell in ("3\nof 4", "0\nof 2", "5\nof 5"))
    assert {"Alpha (2)", "Beta (1)", "Gamma (0)"} < set(text.splitlines())
    assert "nothing to compare" in text
    assert "some can't both be true" in text
    assert "of 0" not in text
    assert faults(chart.figure) == []


def test_the_key_explains_only_what_is_drawn(words: Any) -> None:
    """All three pairs agree always: no empty cell, no corner."""
    pairs = _pairs(("a", "b", 3, 0, 0), ("a", "c", 1, 0, 0), ("b", "c", 5, 0, 0))
    chart = draw_agreement(pairs, NAMES, _claims("a"))
    assert chart is not None
    assert "nothing to compare" not in words(chart.figure)
    assert "can't both be true" not in words(chart.figure)
    assert chart.title == (
        "Wherever two origins speak of the same thing, they agree: 9 comparisons"
    )


def test_those_that_agree_stand_together() -> None:
    """Odd and even ones agree among each other only."""
    keys = [f"s{n:02}" for n in range(8)]
    order = [int(key[1:]) % 2 for key in seriate(keys, _all_pairs(8))]
    assert order in ([0] * 4 + [1] * 4, [1] * 4 + [0] * 4)


def test_the_most_compared_are_drawn_and_the_others_counted(words: Any, faults: Any) -> None:
    """Forty with long names: as many as fit, and how many there are in the subtitle."""
    names = {f"s{n:02}": f"The statistical office of region {n}" for n in range(40)}
    chart = draw_agreement(_all_pairs(40), names, _claims(*names))
    assert chart is not None
    text = " ".join(words(chart.figure).split())
    shown = text.count("The statistical office")
    assert 4 <= shown <= MOST
    assert len(_patches(chart.figure, "cell")) == shown * (shown - 1) // 2
    assert f"Drawn: the {shown} of 40 origins" in text
    assert "The statistical office of region 39 (1)" in text
    assert faults(chart.figure) == []


def test_long_names_and_large_numbers_stay_inside(words: Any, faults: Any) -> None:
    """A name of half a line, one without a blank, and a hundred thousand comparisons."""
    name = "The joint commission of inquiry of the provinces into the flood of the river"
    pairs = _pairs(("a", "b", 123_456, 0, 0), ("a", "c", 0, 123_456, 0), ("b", "c", 1, 0, 1))
    chart = draw_agreement(pairs, NAMES | {"a": name, "b": "x" * 80}, _claims("a"))
    assert chart is not None
    assert f"{name} (1)" in " ".join(words(chart.figure).split())
    assert "123,456\nof 123,456" in words(chart.figure)
    assert faults(chart.figure) == []


def test_texts_of_the_shipped_dossier_keep_apart(gaza: Any, faults: Any) -> None:
    """91 origins."""
    names = dict(zip(gaza.sources["source"], gaza.sources["name"], strict=True))
    chart = draw_agreement(gaza.agreement, names, gaza.claims)
    assert chart is not None
    assert faults(chart.figure) == []
    assert chart.figure.get_size_inches()[1] < 4


def test_nothing_to_compare_is_no_chart() -> None:
    """No pairs, a pair without comparisons, and a pair alone, which is one number."""
    assert draw_agreement(_pairs(), NAMES, _claims()) is None
    assert draw_agreement(_pairs(("a", "b", 0, 0, 0)), NAMES, _claims("a")) is None
    assert draw_agreement(_pairs(("a", "b", 1, 2, 3)), NAMES, _claims("a")) is None


def test_words_and_data_give_the_counts(words: Any) -> None:
    """11 comparisons: 8 agree, one is strained, two contradict."""
    chart = draw_agreement(THREE, NAMES, _claims("a"))
    assert chart is not None
    assert chart.title == "Two origins that speak of the same thing agree in 8 of 11 comparisons"
    text = " ".join(words(chart.figure).split())
    assert "Of the other comparisons, 1 fit if read loosely and 2 can't both be true." in text
    assert chart.alt == (
        "Table of 4 of 4 origins, pair by pair. In all, 8 of 11 comparisons agree, 1 fit if read "
        "loosely and 2 can't both be true. Most often compared are Gamma and Delta: they agree in "
        "5 of 5."
    )
    assert sorted(map(tuple, chart.data.iloc[:-1, 4:].to_numpy().tolist())) == [
        (2, 0, 0, 2),
        (4, 3, 1, 0),
        (5, 5, 0, 0),
    ]
    assert chart.data.iloc[-1, [0, 2, 4, 5, 6, 7]].tolist() == [
        "all pairs",
        "of 4 origins",
        11,
        8,
        1,
        2,
    ]


def test_another_order_of_rows_gives_the_same_bytes(tmp_path: Any) -> None:
    """Pairs and claims backwards."""
    pairs, claims = _all_pairs(30), _claims(*[f"s{n:02}" for n in range(30)])
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_agreement(pairs.iloc[::step], {}, claims.iloc[::step])
        assert chart is not None
        paths = save_chart(chart, tmp_path / name, "Source: the claims of this dossier")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
