"""Pieces of sentences: names, dates, quotations; every number in prose comes from a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd

from analyzer.dates import show_span
from analyzer.errors import visible


def listed(items: Sequence[str], limit: int = 0) -> str:
    """ "a, b and c"; with a limit, "a, b and 3 more"."""
    if limit and len(items) > limit:
        items = [*items[:limit], f"{len(items) - limit} more"]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def plural(count: int, noun: str) -> str:
    """ "1 claim", "2 claims"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def count_word(count: int) -> str:
    """ "Three" at the start of a sentence; figures from eleven on."""
    return WORDS[count] if count < len(WORDS) else f"{count:,}"


WORDS = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def lower_first(text: str) -> str:
    """A label within a sentence; names and abbreviations keep their capitals."""
    second = text[1:2]
    first_word = text.split(" ", 1)[0]
    keeps = second.isupper() or first_word in PROPER
    return text if keeps else text[:1].lower() + text[1:]


PROPER = ("Hamas", "Israeli", "Israelis", "Palestinian", "Thai", "Thais", "US")


def quoted(claim: pd.Series) -> str:
    """The wording of the page, in quotation marks; with its reading where it is not English.

    A corrected wording is told from the printed one, which alone stands on the page.
    """
    text = f"“{visible(str(claim['figure']))}”{correction(claim)}"
    return text if claim["language"] in ("", "en") else f"{text} ({claim['reading']})"


def correction(claim: pd.Series) -> str:
    """What was printed, for a claim whose figure was corrected; else blank."""
    printed = visible(str(claim["printed"]))
    return f" (corrected; printed “{printed}”)" if printed else ""


@lru_cache(maxsize=4096)
def when(first: Any, last: Any) -> str:
    """A span of days in words; blank if unknown."""
    if pd.isna(first) or pd.isna(last):
        return ""
    return show_span(pd.Timestamp(first).date(), pd.Timestamp(last).date())


def attributed(claim: pd.Series) -> str:
    """ "IDF, as given by Menafn", or the source alone where it speaks for itself."""
    if claim["origin"] == claim["source"]:
        return str(claim["source_name"])
    return f"{claim['origin_name']}, as given by {claim['source_name']}"


def leading(names: Iterable[str], limit: int = 2) -> str:
    """The most frequent names first, then in alphabetical order."""
    counts = Counter(names)
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    return listed(ordered, limit)


def said(members: pd.DataFrame) -> str:
    """ "10 November 2023 to 14 October 2025": when the claims were said; blank if unknown."""
    first, last = members["said_first"].min(), members["said_last"].max()
    return when(first, last)
