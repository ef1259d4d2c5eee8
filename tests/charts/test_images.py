"""A few charts beside reference images; `pytest --mpl-generate-path=tests/charts/images` redraws.

The images are those of the locked matplotlib; what differs by more than the tolerance is shown by
pytest-mpl as a third image. All other charts are held by their structure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from daily import RISING, events, panel
from matplotlib.figure import Figure

from analyzer.charts import (
    Chart,
    draw_contradiction,
    draw_overview,
    draw_ranges,
    draw_series,
    draw_timeline,
)
from analyzer.charts.base import theme

# As little as the eye sees in a chart of this size (root mean square of the pixels, of 255).
looks_the_same: Callable[..., Any] = pytest.mark.mpl_image_compare(
    baseline_dir="images", tolerance=3, style="default", savefig_kwargs={"dpi": theme.DPI}
)


def figure_of(chart: Chart | None) -> Figure:
    assert chart is not None
    return chart.figure


@looks_the_same
def test_timeline(many_claims: Any, make_measure: Any, no_positions: Any) -> Figure:
    """110 claims with open ends, estimates and missing dates."""
    return figure_of(draw_timeline(many_claims, make_measure("cumulative"), no_positions))


@looks_the_same
def test_ranges(make_claims: Any, make_measure: Any) -> Figure:
    """An exact figure, an open end, a range and a rounded one."""
    rows = [
        {"value": 471, "source": "Ministry"},
        {"value": 471, "source": "Relay of the ministry"},
        {"value": 500, "qualifier": "at least", "bounds": (500, np.inf), "source": "Office"},
        {"value": None, "bounds": (100, 300), "source": "Agency", "status": "estimated"},
        {"value": 900, "qualifier": "approximate", "bounds": (810, 990), "source": "Daily"},
    ]
    return figure_of(draw_ranges(make_claims(rows), make_measure("fixed"), None))


@looks_the_same
def test_series(make_measure: Any) -> Figure:
    """A running total that fell once."""
    values = [*RISING[:40], 2040.0, *RISING[41:]]
    fall = events(("fall", 40, 2040.0, "downward correction", np.nan))
    return figure_of(draw_series(panel(values), fall, make_measure("cumulative"), "Daily"))


@looks_the_same
def test_contradiction() -> Figure:
    """A total and four parts that make it nine less."""
    told = [("Taken", 251, 242), ("Released", 134, 143), ("Recovered", 40, 49), ("Held", 60, 69)]
    rows = [
        {
            "label": label,
            "when": "20 February 2025",
            "wording": str(own),
            "who": "Agency",
            "low": float(own),
            "high": float(own),
            "implied_low": float(left),
            "implied_high": float(left),
            "claims": (label,),
            "n_copies": 1,
        }
        for label, own, left in told
    ]
    return figure_of(draw_contradiction(pd.DataFrame(rows), ["Ledger"]))


@looks_the_same
def test_overview() -> Figure:
    """Five measures, two of them with findings of high severity."""
    rows = [
        ("a", "high", 0.4),
        ("a", "low", 0.1),
        ("b", "high", 0.2),
        ("c", "medium", 0.1),
        ("d", "low", 0.05),
        ("e", "info", 0.01),
    ]
    findings = pd.DataFrame(rows, columns=["measure", "severity", "gap"]).assign(
        kind="disagreement", rank=range(1, 7)
    )
    names = ["Killed", "Injured", "Missing", "Displaced", "Rescued"]
    measures = pd.DataFrame({"measure": list("abcde"), "label": names})
    return figure_of(draw_overview(findings, measures))
