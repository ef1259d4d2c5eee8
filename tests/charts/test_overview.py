"""Every finding is in the overview or counted as left out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analyzer.charts import draw_overview, save_chart
from analyzer.charts.overview import LOOKS, rank_measures
from analyzer.model import FINDING_KINDS


def _findings(rows: list[tuple[str, str, str, float]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["measure", "kind", "severity", "gap"])
    return frame.assign(id=[f"f{i}" for i in range(len(frame))], rank=range(len(frame)))


def _measures(names: list[str]) -> pd.DataFrame:
    labels = [f"Killed in the flood of the river number {name}, all of them" for name in names]
    return pd.DataFrame({"measure": names, "label": labels})


def test_each_kind_of_finding_has_its_own_look() -> None:
    """The kinds of the model, each with another marker."""
    assert list(LOOKS) == list(FINDING_KINDS)
    assert len({marker for _, marker, _ in LOOKS.values()}) == len(LOOKS)


def test_measures_with_heavy_findings_come_first() -> None:
    """One high outweighs two medium, which outweigh three low."""
    findings = _findings(
        [("a", "fall", "low", 0.1)] * 3
        + [("b", "fall", "medium", 0.1)] * 2
        + [("c", "fall", "high", 0.1)]
    )
    assert rank_measures(findings).index.tolist() == ["c", "b", "a"]


def test_all_findings_are_drawn_or_counted(words: Any, faults: Any) -> None:
    """30 measures with one finding of each kind: 25 rows of 16, and 80 findings not drawn."""
    names = [f"m{i:02}" for i in range(30)]
    rows = [
        (name, kind, "high" if i < 10 else "low", 0.02 * k + 0.01 * i)
        for i, name in enumerate(names)
        for k, kind in enumerate(LOOKS)
    ]
    chart = draw_overview(_findings(rows), _measures(names))
    assert chart is not None
    assert faults(chart.figure) == []
    text = " ".join(words(chart.figure).split())
    assert "480 findings in 30 measures" in text
    assert "Not drawn: 5 more measures with 80 findings, none of them of high severity." in text
    dots = [
        len(marks.get_offsets())
        for marks in chart.figure.axes[-1].collections
        if str(marks.get_gid()).startswith("findings-")
    ]
    assert dots == [25] * 16


def test_alternative_text_names_the_heaviest() -> None:
    """Two findings of b, one of them high."""
    findings = _findings(
        [("a", "fall", "low", 0.1), ("b", "fall", "high", 0.5), ("b", "account", "low", 0.0)]
    )
    chart = draw_overview(findings, pd.DataFrame({"measure": ["a", "b"], "label": ["A", "B"]}))
    assert chart is not None
    assert chart.alt == (
        "3 findings in 2 measures (2 fall, 1 account). The heaviest are those of “B”: "
        "2 findings, 1 of them of high severity."
    )


def test_nothing_found_is_no_chart() -> None:
    """No findings."""
    assert draw_overview(_findings([]), _measures(["a"])) is None


def test_another_order_of_rows_gives_the_same_bytes(tmp_path: Any) -> None:
    """Findings and measures backwards."""
    findings = _findings([(f"m{i % 3}", kind, "high", 0.1) for i, kind in enumerate(LOOKS)])
    measures = _measures(["m0", "m1", "m2"])
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_overview(findings.iloc[::step], measures.iloc[::step])
        assert chart is not None
        paths = save_chart(chart.figure, tmp_path / name, "Source: the claims of this dossier")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]


def test_every_kind_of_finding_has_a_look() -> None:
    assert set(LOOKS) == set(FINDING_KINDS)
