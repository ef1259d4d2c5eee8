"""Rows of a contradiction: a claim, what the others leave for it, and the scale of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analyzer.charts import theme
from analyzer.charts.account_words import MINUS
from analyzer.charts.labels import LINE
from analyzer.charts.readings import is_latin
from analyzer.charts.sheet import wrap
from analyzer.intervals import Bounds
from analyzer.phrases import plural
from analyzer.readings import left_range, number, value_range

LANE: Final = 0.145  # inches
LANES: Final = 2 * LINE + 3 * LANE
PAD: Final = 0.14
SEEN: Final = 0.06  # of the axis: the least gap that is seen on an axis that all rows share
WIDE: Final = 0.3  # of a row of its own: the least gap, for which bars are cut off
AROUND: Final = 0.07  # of what is drawn, that is left free at its ends
ENDLESS: Final = 0.24  # the same where a bar goes on without end


@dataclass(frozen=True, slots=True)
class Row:
    """One claim: its own interval, what the others leave (NaN if not known), and its words."""

    own: Bounds
    left: Bounds
    texts: list[tuple[str, str, str]]  # a line, its weight and colour

    @property
    def gap(self) -> Bounds | None:
        """The space between the two intervals, if there is any."""
        if self.left.low > self.own.high:
            return Bounds(self.own.high, self.left.low)
        if self.own.low > self.left.high:
            return Bounds(self.left.high, self.own.low)
        return None

    @property
    def empty(self) -> bool:
        """Whether what the others leave is not known."""
        return bool(np.isnan(self.left.low) or np.isnan(self.left.high))

    @property
    def height(self) -> float:
        """Inches that the row takes."""
        return max(LINE * len(self.texts), LANES) + PAD

    @property
    def apart(self) -> str:
        """ "9 apart", or the least that it can be."""
        if self.gap is None:
            return ""
        exact = self.own.low == self.own.high and self.left.low == self.left.high
        gap = number(round(self.gap.high - self.gap.low, 6))
        return f"{'' if exact else 'at least '}{gap} apart"

    @property
    def own_words(self) -> str:
        """ "says 40", or "allows 39 to 41" where the wording is no single number."""
        verb = "says" if self.own.low == self.own.high else "allows"
        return f"{verb} {span_words(self.own)}"

    def left_words(self, others: str) -> str:
        """What the others leave, after "the other two leave"."""
        if self.empty:
            return f"what {others} is not worked out"
        return f"{others} {span_words(self.left)}"

    @property
    def ends(self) -> list[float]:
        """Every end that is a number."""
        ends = [self.own.low, self.own.high, self.left.low, self.left.high]
        return [end for end in ends if np.isfinite(end)]


def span_words(span: Bounds) -> str:
    """ "60", "40 to 60", "at least 60"; a count that starts at nothing is "at most 60"."""
    write = value_range if span.low == span.high else left_range
    return write(span.low, span.high).replace("-", MINUS)


def read_row(claim: pd.Series, room: float) -> Row:
    """Read a row of the proof; `room` is the width of its words in inches."""
    own = Bounds(float(claim["low"]), float(claim["high"]))
    left = Bounds(float(claim["implied_low"]), float(claim["implied_high"]))
    wording, when = str(claim["wording"]).strip(), str(claim["when"]).strip()
    said = f"“{wording}”" if wording and is_latin(wording) else span_words(own)
    copies = int(claim["n_copies"])
    parts = [
        (str(claim["label"]), "bold", theme.INK),
        (f"{said}, {when}" if when else said, "normal", theme.INK),
        (str(claim["who"]), "normal", theme.MUTED),
        (f"{plural(copies, 'claim')} say so" if copies > 1 else "", "normal", theme.MUTED),
    ]
    texts = [
        (line, weight, colour)
        for text, weight, colour in parts
        for line in wrap(text, room, theme.SMALL, weight)
    ]
    return Row(own, left, texts)


def shared_scale(rows: Sequence[Row]) -> Bounds | None:
    """One scale for all rows, if every gap is seen on it."""
    ends = [end for row in rows for end in row.ends]
    gaps = [row.gap.high - row.gap.low for row in rows if row.gap]
    if not gaps or min(gaps) < SEEN * (max(ends) - min(ends)):
        return None
    return _padded(min(ends), max(ends), rows)


def own_scale(row: Row) -> Bounds:
    """Find a scale on which the gap of one row is wide; what is far from it is cut off."""
    low, high = min(row.ends, default=0.0), max(row.ends, default=0.0)
    gap = row.gap
    if gap and gap.high - gap.low < WIDE * (high - low):
        around = (gap.high - gap.low) * (1 / WIDE - 1) / 2
        return Bounds(gap.low - around, gap.high + around)
    return _padded(low, high, [row])


def _padded(low: float, high: float, rows: Sequence[Row]) -> Bounds:
    spans = [span for row in rows for span in (row.own, row.left)]
    span = (high - low) or abs(high) * 0.2 or 1.0
    left = ENDLESS if any(np.isinf(one.low) for one in spans) else AROUND
    right = ENDLESS if any(np.isinf(one.high) for one in spans) else AROUND
    return Bounds(low - left * span, high + right * span)
