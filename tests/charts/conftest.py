"""Small frames by hand, and a look at what a figure really shows."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from analyzer.charts.base import theme

INF = np.inf
WORDS = {"at least": "at least {}", "approximate": "about {}", "at most": "up to {}"}


def _claim(number: int, row: dict[str, Any]) -> dict[str, Any]:
    stated = row.get("stated", row.get("value"))
    qualifier = row.get("qualifier", "exact")
    low, high = row.get("bounds", (stated, stated))
    at, said = row.get("at", "2024-01-01"), row.get("said", "2024-01-02")
    source = row.get("source", "Alpha")
    if "reading" in row:
        reading = row["reading"]
    elif stated is None:
        reading = f"{low:,.0f} to {high:,.0f}"
    else:
        reading = WORDS.get(qualifier, "{}").format(f"{stated:,.0f}")
    return {
        "id": f"c{number:03}",
        "figure": row.get("figure", reading),
        "reading": reading,
        "scope": row.get("scope", ""),
        "status": row.get("status", "reported"),
        "modality": "planned" if row.get("status") == "planned" else "actual",
        "qualifier": qualifier,
        "source": source.lower(),
        "source_name": source,
        "origin": source.lower(),
        "origin_name": source,
        "low": low,
        "high": high,
        "stated": np.nan if stated is None else stated,
        "is_share": row.get("is_share", False),
        "comparable": True,
        "slot": row.get("slot", f"deaths actual {at}"),
        "at_first": at,
        "at_last": row.get("at_last", at),
        "said_first": said,
        "said_last": said,
    }


@pytest.fixture
def make_claims() -> Callable[[list[dict[str, Any]]], pd.DataFrame]:
    """A frame of aligned claims from the few cells that a test is about."""

    def make(rows: list[dict[str, Any]]) -> pd.DataFrame:
        frame = pd.DataFrame([_claim(i, row) for i, row in enumerate(rows)])
        for column in ("at_first", "at_last", "said_first", "said_last"):
            frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
        numbers = frame.astype({"low": float, "high": float, "stated": float})
        return numbers.assign(
            measure="deaths", unit="people", kind="cumulative", group="deaths", series=""
        )

    return make


@pytest.fixture
def make_measure() -> Callable[[str], pd.Series]:
    """A row of measures.csv of the given kind."""

    def make(kind: str) -> pd.Series:
        return pd.Series(
            {
                "measure": "deaths",
                "label": "Killed in the flood",
                "definition": "People killed in the flood of the river, found or identified",
                "unit": "people",
                "kind": kind,
            }
        )

    return make


@pytest.fixture
def no_positions() -> pd.DataFrame:
    """A frame of positions without any."""
    columns = ["measure", "slot", "scope", "position", "label", "low", "high", "n_claims", "claims"]
    return pd.DataFrame(columns=columns)


@pytest.fixture
def many_claims(make_claims: Any) -> pd.DataFrame:
    """110 claims that look like a long war's death toll: seven origins, every kind of wording.

    One in eleven is open above, one in seven an estimate with bounds, one in thirteen has no date,
    and each number is given twice on its day.
    """
    rows = []
    for i in range(110):
        value = 400 + 600 * (i // 2)
        row: dict[str, Any] = {
            "value": value,
            "at": str(np.datetime64("2023-10-08") + 7 * (i // 2)),
            "source": f"The very long name of origin number {i % 7}",
        }
        if i % 11 == 0:
            row |= {"qualifier": "at least", "bounds": (value, INF)}
        if i % 7 == 3:
            row |= {"status": "estimated", "qualifier": "approximate"}
            row |= {"bounds": (0.9 * value, 1.1 * value)}
        if i % 13 == 5:
            row |= {"at": None}
        rows.append(row)
    return make_claims(rows)


@pytest.fixture
def faults() -> Callable[[Figure], list[str]]:
    """Texts that cover each other, stand out of the figure or are too small in print."""

    def look(figure: Figure) -> list[str]:
        renderer = FigureCanvasAgg(figure).get_renderer()
        figure.draw_without_rendering()
        texts = [
            (text.get_text(), text.get_window_extent(renderer))
            for text in figure.findobj(Text)
            if text.get_visible() and text.get_text().strip()
        ]
        width, height = figure.bbox.width, figure.bbox.height
        found = [
            f"out of the figure: {text}"
            for text, box in texts
            if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height
        ]
        found += [
            f"smaller than {theme.SMALL} pt: {text.get_text()}"
            for text in figure.findobj(Text)
            if text.get_visible() and text.get_text().strip() and text.get_size() < theme.SMALL
        ]
        for (text, box), (other, across) in itertools.combinations(texts, 2):
            wide = min(box.x1, across.x1) - max(box.x0, across.x0)
            high = min(box.y1, across.y1) - max(box.y0, across.y0)
            if wide > 0.5 and high > 0.5:
                found.append(f"covered: {text} by {other}")
        return found

    return look


@pytest.fixture
def small() -> Callable[[Figure], list[str]]:
    """Texts that are smaller than the smallest size of the theme."""

    def look(figure: Figure) -> list[str]:
        texts = [text for text in figure.findobj(Text) if text.get_visible()]
        return [t.get_text() for t in texts if t.get_text().strip() and t.get_size() < theme.SMALL]

    return look


@pytest.fixture
def words() -> Callable[[Figure], str]:
    """All visible texts of a figure."""

    def read(figure: Figure) -> str:
        return "\n".join(text.get_text() for text in figure.findobj(Text) if text.get_visible())

    return read
