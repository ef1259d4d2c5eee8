"""Steps of a waterfall: the parts of a sum one after the other, then the total and the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analyzer.charts.accounts.account_terms import Look, term_name
from analyzer.charts.accounts.account_words import MINUS, term_wording
from analyzer.charts.accounts.stacks import span_of
from analyzer.intervals import Bounds
from analyzer.readings import value_range

SHORT: Final = 22  # letters of a wording that stands at its bar; of a longer one, the bounds do


@dataclass(frozen=True, slots=True)
class Step:
    """A bar from one level on, with its words.

    Attributes
    ----------
    start, size : float
        Where the bar begins and how long it is, to the left where that is negative.
    most : float
        How long it can be.
    name, text : str
        What stands above it, and its number.
    """

    start: float
    size: float
    most: float
    name: str
    text: str
    look: Look

    @property
    def stop(self) -> float:
        """Where the next bar begins."""
        return self.start + self.size


def left_over(account: pd.Series, side: str) -> Bounds:
    """What the total leaves when the parts are taken off it."""
    ends = {
        name: Bounds(float(account[f"{name}_low"]), float(account[f"{name}_high"]))
        for name in ("left", "right")
    }
    rest = ends["right" if side == "left" else "left"] - ends[side]
    return Bounds(round(rest.low, 6), round(rest.high, 6))


def term_steps(terms: pd.DataFrame, looks: dict[int, Look]) -> Iterator[Step]:
    """Bars of the terms of one side, each from where the last one ends."""
    level = 0.0
    for place, (_, term) in enumerate(terms.iterrows()):
        low, high = float(term["low"]), float(term["high"])
        span = span_of(low, high)
        sign = -1.0 if term["factor"] < 0 or high < 0 else 1.0
        mark = f"{MINUS} " if sign < 0 else "+ " * bool(place)
        name, text = _words(term, low, high)
        step = Step(
            level, sign * span.least, sign * span.most, name, mark + text, looks[int(term["place"])]
        )
        yield step
        level = step.stop


def _words(term: pd.Series, low: float, high: float) -> tuple[str, str]:
    """Name and number of a term; a long wording stands beside the name."""
    wording = term_wording(term)
    ends = sorted((abs(low), abs(high)))
    if not np.isfinite(high) or not np.isfinite(low):
        bounds = value_range(low, high)
    else:
        bounds = value_range(*ends)
    name = term_name(term)
    if term["constant"] or len(wording) <= SHORT:
        return name, wording
    return f"{name}: {wording}", bounds


def size_words(rest: Bounds) -> str:
    """Write what is left over, with a minus sign where it is less than nothing."""
    return value_range(rest.low, rest.high).replace("-", MINUS)


def rest_words(account: pd.Series, rest: Bounds) -> tuple[str, str]:
    """Name of what is left over, and its size."""
    if rest.low == rest.high == 0:
        return "Difference", "none: the parts add up to the total"
    if rest.high < 0:
        size = value_range(-rest.high, -rest.low)
        return "More in the parts than in the total", _judged(account, size)
    if rest.low <= 0:
        return "In the total, but in no part", f"{size_words(rest)}, so the figures can fit"
    return "In the total, but in no part", _judged(account, size_words(rest))


def _judged(account: pd.Series, size: str) -> str:
    """Say where a difference is allowed by the rule, or by the letter of the wordings."""
    if account["strength"] == "strains":
        return f"{size} (none, to the letter)"
    if account["holds"]:
        return f"{size}, which the rule allows"
    return size
