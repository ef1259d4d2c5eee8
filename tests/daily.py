"""Small daily series by hand, and what charts draw of them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analyzer.series.panel import COLUMNS

START = pd.Timestamp("2024-03-01")
RISING = [100.0 + 50 * place for place in range(60)]
EVENTS = ["event", "kind", "at_last", "value", "gap", "cause", "suggestion"]
EXPECTED = {"expected_low": np.nan, "expected_high": np.nan, "likelihood": 0.6}


def panel(
    values: Sequence[float], published: int = 0, series: str = "deaths.daily", **cells: str
) -> pd.DataFrame:
    """One version of some days: each published on its day, or all of them on one later day."""
    days = [START + pd.Timedelta(days=place) for place in range(len(values))]
    late = START + pd.Timedelta(days=published)
    frame = pd.DataFrame(
        {
            "series": series,
            "at": days,
            "first": days,
            "published": [late if published else day for day in days],
            "value": values,
            "low": values,
            "high": values,
            "claim": [f"{series}.{published}.{place}" for place in range(len(values))],
        }
    )
    text = {"measure": "deaths", "scope": "", "kind": "cumulative"} | cells
    frame = frame.reindex(columns=COLUMNS).assign(latest=True, **text)
    types = dict.fromkeys(("at", "first", "published"), "datetime64[s]")
    return frame.astype(types | dict.fromkeys(("value", "low", "high"), "float64"))


def versions(*tables: pd.DataFrame) -> pd.DataFrame:
    """Several versions of one series."""
    return pd.concat(tables).sort_values(["at", "published"], ignore_index=True)


def events(*rows: tuple[str, int, float, str, float]) -> pd.DataFrame:
    """Events from kind, day, value, cause and suggestion; each has a gap of 0.1."""
    frame = pd.DataFrame(
        [
            (str(place), kind, START + pd.Timedelta(days=day), value, 0.1, cause, suggestion)
            for place, (kind, day, value, cause, suggestion) in enumerate(rows)
        ],
        columns=EVENTS,
    )
    floats = dict.fromkeys(("value", "gap", "suggestion", *EXPECTED), float)
    frame = frame.assign(**EXPECTED, series="deaths.daily", suggestions=[()] * len(frame))
    return frame.astype(floats | {"at_last": "datetime64[s]"})


def drawn(figure: Figure, gid: str) -> int:
    """Points or strokes of the artists with this gid."""
    count = 0
    for axes in figure.axes:
        for line in axes.lines:
            count += np.size(line.get_xdata()) if line.get_gid() == gid else 0
        for strokes in axes.collections:
            count += len(strokes.get_paths()) if strokes.get_gid() == gid else 0
    return count
