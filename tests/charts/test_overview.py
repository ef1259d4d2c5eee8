"""Every finding is in the overview or counted as left out."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analyzer.charts import draw_overview, save_chart
from analyzer.charts.base.readings import TIMES
from analyzer.charts.findings.overview import LOOKS, rank_measures, times
from analyzer.model import FINDING_KINDS, SEVERITIES


def _findings(rows: list[tuple[str, str, str, float]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["measure", "kind", "severity", "gap"])
    return frame.assign(id=[f"f{i}" for i in range(len(frame))], rank=range(len(frame)))


def _measures(names: list[str]) -> pd.DataFrame:
    labels = [f"Killed in the flood of the river number {name}, all of them" for name in names]
    return pd.DataFrame({"measure": names, "label": labels})


def test_each_severity_has_its_own_look() -> None:
    """Severities of the model, from dark to white."""
    assert list(LOOKS) == list(SEVERITIES)
    assert len({fill for fill, _ in LOOKS.values()}) == len(SEVERITIES)


def test_measures_with_heavy_findings_come_first() -> None:
    """One high outweighs two medium, which outweigh three low."""
    findings = _findings(
        [("a", "fall", "low", 0.1)] * 3
        + [("b", "fall", "medium", 0.1)] * 2
        + [("c", "fall", "high", 0.1)]
    )
    assert rank_measures(findings).index.tolist() == ["c", "b", "a"]


def test_all_findings_are_drawn_or_counted(words: Any, faults: Any) -> None:
    """30 measures of 3 findings, the first 10 with one of high severity: 20 rows, 30 not drawn."""
    names = [f"m{i:02}" for i in range(30)]
    rows = [
        (name, "fall", severity, 0.02 * k)
        for i, name in enumerate(names)
        for k, severity in enumerate(("high" if i < 10 else "low", "low", "info"))
    ]
    chart = draw_overview(_findings(rows), _measures(names))
    assert chart is not None
    assert faults(chart.figure) == []
    assert chart.title == "90 findings on 30 measures, 10 of high severity"
    text = " ".join(words(chart.figure).split())
    assert "Not drawn: 10 more measures with 30 findings, none of high severity." in text
    assert "high (10)" in text and "low (50)" in text and "for information (30)" in text
    widths = {
        severity: [
            patch.get_width()
            for patch in chart.figure.axes[-1].patches
            if patch.get_gid() == f"findings-{severity}"
        ]
        for severity in SEVERITIES
    }
    assert widths["high"] == [1] * 10 + [0] * 10
    assert widths["low"] == [1] * 10 + [2] * 10
    assert widths["info"] == [1] * 20
    assert chart.data["findings"].tolist() == [3] * 30
    assert chart.data["drawn"].tolist() == [True] * 20 + [False] * 10


def test_thousands_of_findings_fit(faults: Any, words: Any) -> None:
    """One measure with 1,200 findings beside one with 1."""
    rows = [("a", "fall", "low", 0.1)] * 1200 + [("b", "fall", "high", 1.0)]
    chart = draw_overview(_findings(rows), _measures(["a", "b"]))
    assert chart is not None
    assert faults(chart.figure) == []
    assert "1,200" in words(chart.figure)
    assert chart.data["measure"].tolist() == ["a", "b"]  # 1,200 of low outweigh one of high


def test_alternative_text_names_the_heaviest(words: Any) -> None:
    """Two findings of b, one of them high, whose larger figure is three times the smaller."""
    findings = _findings(
        [("a", "fall", "low", 0.0), ("b", "fall", "high", 0.5), ("b", "account", "low", 0.0)]
    )
    chart = draw_overview(findings, pd.DataFrame({"measure": ["a", "b"], "label": ["A", "B"]}))
    assert chart is not None
    assert chart.alt == (
        "3 findings on 2 measures by severity: 1 high, 2 low. The heaviest are those of “B”: "
        "2 findings, 1 of high severity."
    )
    assert chart.data[["label", "larger_by", "high", "findings"]].to_numpy().tolist() == [
        ["B", f"3{TIMES}", 1, 2],
        ["A", f"<1.05{TIMES}", 0, 1],
    ]
    assert f"3{TIMES}" in words(chart.figure)


@pytest.mark.parametrize(
    ("gap", "text"),
    [
        (0.0, f"<1.05{TIMES}"),
        (1 / 3, f"2{TIMES}"),
        (0.6, f"4{TIMES}"),
        (0.9, f"19{TIMES}"),
        (0.995, f">100{TIMES}"),
        (1.0, "from 0"),
    ],
)
def test_gaps_are_told_as_times(gap: float, text: str) -> None:
    assert times(gap) == text


def test_one_finding_is_told_in_the_singular() -> None:
    """One measure, one finding."""
    chart = draw_overview(_findings([("a", "fall", "low", 0.1)]), _measures(["a"]))
    assert chart is not None
    assert chart.title == "1 finding on 1 measure, none of high severity"


def test_nothing_found_is_no_chart() -> None:
    """No findings."""
    assert draw_overview(_findings([]), _measures(["a"])) is None


def test_another_order_of_rows_gives_the_same_bytes(tmp_path: Any) -> None:
    """Findings and measures backwards."""
    findings = _findings([(f"m{i % 3}", kind, "high", 0.1) for i, kind in enumerate(FINDING_KINDS)])
    measures = _measures(["m0", "m1", "m2"])
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_overview(findings.iloc[::step], measures.iloc[::step])
        assert chart is not None
        paths = save_chart(chart, tmp_path / name, "Source: the claims of this dossier")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
