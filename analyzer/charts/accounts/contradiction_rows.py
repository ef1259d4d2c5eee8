"""Rows of a contradiction: a claim, what the others leave for it, and the scale of both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analyzer.charts.accounts.account_words import MINUS
from analyzer.charts.base import theme
from analyzer.charts.base.labels import LINE
from analyzer.charts.base.readings import is_latin
from analyzer.charts.base.sheet import text_width, wrap
from analyzer.intervals import Bounds
from analyzer.phrases import plural
from analyzer.readings import left_range, number, value_range

LANE: Final = 0.15  # inches
PAD: Final = 0.12
ABOVE: Final = 0.02  # between the words of a mark and the mark
WIDE: Final = 0.42  # of a row: how much of it the space between its two marks takes
AROUND: Final = 0.06  # of what is drawn, that is left free at its ends
ENDLESS: Final = 0.24  # the same where a bar goes on without end
APART: Final = 0.12  # inches between two texts of a line

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One claim: its own interval, what the others leave (NaN if not known), and its words."""

    own: Bounds
    left: Bounds
    label: str
    texts: list[tuple[str, str, str]]  # a line, its weight and colour
    sign: str = ""  # " %" after figures in percent

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
    def apart(self) -> str:
        """ "9 apart", or the least that it can be."""
        if self.gap is None:
            return ""
        exact = self.own.low == self.own.high and self.left.low == self.left.high
        gap = number(round(self.gap.high - self.gap.low, 6))
        points = f" point{'s' * (gap != '1')}" if self.sign else ""  # of percent
        return f"{'' if exact else 'at least '}{gap}{points} apart"

    @property
    def own_words(self) -> str:
        """ "says 40", or "allows 39 to 41" where the wording is no single number."""
        verb = "says" if self.own.low == self.own.high else "allows"
        return f"{verb} {span_words(self.own)}{self.sign}"

    def left_words(self, others: str) -> str:
        """What the others leave, after "the other two make it"."""
        if self.empty:
            return "what follows from the rest is not worked out"
        return f"{others} {span_words(self.left)}{self.sign}"

    def one_line(self, others: str, inches: float) -> bool:
        """Whether both words have room side by side."""
        words = self.own_words, self.left_words(others)
        return sum(text_width(text, theme.SMALL) for text in words) + APART <= inches

    def height(self, others: str, inches: float) -> float:
        """Inches that the row takes."""
        lines = len(self.texts) + (1 if self.one_line(others, inches) else 2)
        return LINE * lines + LANE + ABOVE + PAD

    @property
    def ends(self) -> list[float]:
        """Every end that is a number."""
        ends = [self.own.low, self.own.high, self.left.low, self.left.high]
        return [end for end in ends if np.isfinite(end)]


def span_words(span: Bounds) -> str:
    """ "60", "40 to 60", "at least 60"; a count that starts at nothing is "at most 60"."""
    write = value_range if span.low == span.high else left_range
    return write(span.low, span.high).replace("-", MINUS)


def stated_words(claim: pd.Series) -> str:
    """The wording in quotation marks; its bounds where it is not in Latin script."""
    wording = str(claim["wording"]).strip()
    own = Bounds(float(claim["low"]), float(claim["high"]))
    return f"“{wording}”" if wording and is_latin(wording) else span_words(own)


def read_row(claim: pd.Series, room: float) -> Row:
    """Read a row of the proof; `room` is the width of its words in inches."""
    own = Bounds(float(claim["low"]), float(claim["high"]))
    left = Bounds(float(claim["implied_low"]), float(claim["implied_high"]))
    label, when = str(claim["label"]), str(claim["when"]).strip()
    copies = int(claim["n_copies"])
    more = f" ({plural(copies, 'claim')})" if copies > 1 else ""
    parts = [
        (f"{label}, {when}" if when else label, "bold", theme.INK),
        (f"{stated_words(claim)}: {claim['who']}{more}", "normal", theme.MUTED),
    ]
    texts = [
        (line, weight, colour)
        for text, weight, colour in parts
        for line in wrap(text, room, theme.SMALL, weight)
    ]
    return Row(own, left, label, texts, " %" if "%" in str(claim["wording"]) else "")


def iso_day(when: str) -> str:
    """A day or month in words as an ISO date ("2025-02-20", "2025-02"); other words as they are."""
    match = re.fullmatch(r"(?:(\d{1,2}) )?([A-Z][a-z]+) (\d{4})", when.strip())
    if not match or match[2] not in MONTHS:
        return when.strip()
    month = f"{match[3]}-{MONTHS.index(match[2]) + 1:02}"
    return f"{month}-{int(match[1]):02}" if match[1] else month


def in_reading_order(proof: pd.DataFrame) -> pd.DataFrame:
    """The largest claim for which the others leave something else first, then by label and date."""
    left = proof[["implied_low", "implied_high"]].notna().all(axis=1)
    size = proof[["low", "high"]].replace([np.inf, -np.inf], np.nan).abs().max(axis=1).fillna(0.0)
    keyed = proof.assign(
        rank=size.where(left, -1.0),
        day=[iso_day(str(when)) for when in proof["when"]],
    ).sort_values(["rank", "label", "day", "who", "wording"], ascending=[False, *[True] * 4])
    rest = keyed.iloc[1:].sort_values(["label", "day", "low", "who", "wording"])
    return pd.concat([keyed.iloc[:1], rest]).drop(columns="rank").reset_index(drop=True)


def own_scale(row: Row) -> Bounds:
    """Find a scale on which the gap of one row is wide; what is far from it is cut off."""
    low, high = min(row.ends, default=0.0), max(row.ends, default=0.0)
    gap = row.gap
    if gap and gap.high - gap.low < WIDE * (high - low):
        around = (gap.high - gap.low) * (1 / WIDE - 1) / 2
        return Bounds(gap.low - around, gap.high + around)
    span = (high - low) or abs(high) * 0.2 or 1.0
    spans = (row.own, row.left)
    left = ENDLESS if any(np.isinf(one.low) for one in spans) else AROUND
    right = ENDLESS if any(np.isinf(one.high) for one in spans) else AROUND
    if gap:  # two points: not wider apart than in other rows
        around = (gap.high - gap.low) * (1 / WIDE - 1) / 2
        return Bounds(
            min(low - left * span, gap.low - around), max(high + right * span, gap.high + around)
        )
    return Bounds(low - left * span, high + right * span)
