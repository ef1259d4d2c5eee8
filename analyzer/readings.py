"""Figures in one fixed form: qualifier and number, or the two ends of a range."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pandas as pd

from analyzer.distinct import spread, together

QUALIFIER_WORDS = {
    "at least": "at least {}",
    "more than": "more than {}",
    "at most": "up to {}",
    "less than": "under {}",
    "approximate": "about {}",
    "nearly": "nearly {}",
}
SUFFIXES = {"percent": " %"}
TOLD = ("qualifier", "stated", "unit")  # what the reading of a number is made of
READ = ("qualifier", "low", "high", "unit", "figure")  # what others are made of


def number(value: float) -> str:
    """A number for people: thousands separated by commas, at most one decimal from 1 on."""
    if float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2g}"


def value_range(low: float, high: float) -> str:
    """Two ends as "242", "237 to 247", "at least 766" or "at most 90"; one decimal at most."""
    if not np.isfinite(low) and not np.isfinite(high):
        return "any number"
    if not np.isfinite(high):
        return f"at least {number(round(low, 1))}"
    if not np.isfinite(low):
        return f"at most {number(round(high, 1))}"
    ends = [number(round(end, 1)) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def left_range(low: float, high: float) -> str:
    """What is left for a count: "at most 119" and not "0 to 119"; blank where that is unknown."""
    if np.isnan(low) or np.isnan(high):
        return ""
    return value_range(-np.inf if low <= 0 else low, high)


def add_readings(claims: pd.DataFrame) -> pd.DataFrame:
    """Add `reading`: "at least 1,139", "100 to 300", "about 40 %", or the vague word itself."""
    told = claims["stated"].notna().to_numpy(dtype=bool)
    codes, texts = np.empty(len(claims), dtype=np.int64), list[str]()
    for rows, telling, read in ((told, TOLD, _number_read), (~told, READ, _range_read)):
        keys = [claims[key][rows] for key in telling]
        own, first = together(keys)
        codes[rows] = own + len(texts)
        heads = zip(*(key.iloc[first].tolist() for key in keys), strict=True)
        texts += [read(*head) for head in heads]
    return claims.assign(reading=spread(texts, codes, claims.index)).reset_index(drop=True)


@lru_cache(maxsize=1 << 16)
def _number_read(qualifier: str, stated: float, unit: str) -> str:
    told = QUALIFIER_WORDS.get(qualifier, "{}").format(number(stated))
    return told + SUFFIXES.get(unit, "")


def _range_read(qualifier: str, low: float, high: float, unit: str, figure: str) -> str:
    suffix = SUFFIXES.get(unit, "")
    if qualifier == "vague":
        return figure.lower()
    if not math.isfinite(high):
        return f"at least {number(low)}{suffix}"
    return f"{number(low)} to {number(high)}{suffix}"
