"""Builds panels of series to test with, without a dossier."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from analyzer.series.causes.lines import Book, Slip, build_lines, build_links
from analyzer.series.panel import COLUMNS

START = np.datetime64("2024-01-01")
LINKS = ["series", "relation", "other"]
SLIPS = ["series", "at", "claim", "value", "low", "high", "cause", "likelihood", "suggestion"]
SLIPS += ["suggestions", "rivals", "evidence"]


def one_page(measures: pd.DataFrame) -> pd.Series:
    """Groups of measures, as of `groups.connected_groups`: all of them in one."""
    return pd.Series("", index=pd.Index(measures["measure"]), dtype="str")


def day(number: int) -> np.datetime64:
    return START + np.timedelta64(number, "D")


def series(
    measure: str,
    values: Sequence[float | None],
    *,
    kind: str = "cumulative",
    source: str = "daily",
    scope: str = "",
    authority: Mapping[int, str] | None = None,
    status: Mapping[int, str] | None = None,
    periods: Mapping[int, int] | None = None,
    low: Mapping[int, float] | None = None,
    high: Mapping[int, float] | None = None,
    published: str | None = None,
) -> pd.DataFrame:
    """One series of daily figures from `START` on; None is a day without a figure.

    Claims are named after the measure and the number of the day. `periods` gives the days that a
    figure covers, 1 if it is not there; the other mappings give cells that differ.
    """
    rows = []
    for number, value in enumerate(values):
        if value is None:
            continue
        first = day(number - (periods or {}).get(number, 1) + 1)
        rows.append(
            {
                "series": f"{measure}.{source}" + (f"[{scope}]" if scope else ""),
                "measure": measure,
                "scope": scope,
                "source": source,
                "authority": (authority or {}).get(number, "ministry"),
                "kind": kind,
                "first": first,
                "at": day(number),
                "published": np.datetime64(published or "NaT"),
                "value": float(value),
                "low": (low or {}).get(number, float(value)),
                "high": (high or {}).get(number, float(value)),
                "qualifier": "exact",
                "status": (status or {}).get(number, "reported"),
                "claim": f"{measure}.{number}",
                "latest": True,
            }
        )
    frame = pd.DataFrame(rows, columns=pd.Index(COLUMNS))
    dates = dict.fromkeys(("first", "at", "published"), "datetime64[s]")
    texts = ("series", "measure", "scope", "source", "authority", "kind", "status", "claim")
    return frame.astype(dates | dict.fromkeys(texts, "str"))


def book(
    *frames: pd.DataFrame,
    links: Iterable[tuple[str, str, str]] = (),
    slips: Mapping[str, Slip] | None = None,
) -> Book:
    """A book of some series, labelled with their measures' names."""
    panel = pd.concat(frames, ignore_index=True)
    labels = {str(measure): str(measure) for measure in panel["measure"]}
    pairs = link_frame(links)
    back = build_links(pairs, "other", "series")
    return Book(build_lines(panel), build_links(pairs), back, slips or {}, labels, {}, {})


def link_frame(links: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(list(links), columns=pd.Index(LINKS)).astype("str")


def no_slips() -> pd.DataFrame:
    return pd.DataFrame(columns=pd.Index(SLIPS))


def growing(count: int, start: float = 1000, step: int = 20) -> list[float | None]:
    """A running total whose daily steps vary a little: step to step + 8."""
    steps = [step + 3 * (number % 3) + 2 * (number % 2) for number in range(count)]
    return [float(one) for one in start + np.cumsum(steps)]


def steps_of(totals: Sequence[float | None]) -> list[float | None]:
    """The daily figures of a running total; None for the first day."""
    found: list[float | None] = [None]
    for before, after in pairwise(totals):
        found.append(None if before is None or after is None else after - before)
    return found
