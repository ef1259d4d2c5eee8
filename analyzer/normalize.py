"""Text to values: each distinct date and wording is read once, then mapped to its rows."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from analyzer.dates import DateError, parse_date
from analyzer.errors import Problem
from analyzer.wording import Conventions, Figure, WordingError, parse

T = TypeVar("T")
COUNTED = ("people", "names")  # units of whole things
SHORT, LONG = 6, 16  # characters of a hash in an id: 30 bits, and 80 where 30 do not tell
ID_COLUMNS = [
    "measure",
    "figure",
    "of",
    "scope",
    "as_of",
    "period_start",
    "published",
    "source",
    "attributed_to",
    "via",
    "status",
    "url",
]
DATE_COLUMNS = ("as_of", "period_start", "published", "published_context")


def claim_ids(claims: pd.DataFrame) -> pd.Series:
    """Ids for rows that leave them blank: measure, source and a hash of the row's own cells.

    An id depends on nothing but its row, so it survives new rows and another order; only where
    two different rows come out with one id, which is rare, both take more of their hash.
    """

    def digest(cells: str) -> str:
        return base64.b32encode(hashlib.sha256(cells.encode()).digest()).decode().lower()

    cells = claims[ID_COLUMNS[0]].str.cat(claims[ID_COLUMNS[1:]], sep="\x1f")
    whole = cells.map(digest)
    named = claims["measure"] + "." + claims["source"] + "."
    made = named + whole.str[:SHORT]
    rows = pd.DataFrame({"made": made, "cells": cells}).drop_duplicates()
    shared = made.isin(rows.loc[rows["made"].duplicated(), "made"])
    made = made.mask(shared, named + whole.str[:LONG])
    return claims["id"].where(claims["id"] != "", made)


def read_dates(
    frame: pd.DataFrame, file: str, columns: tuple[str, ...]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Add `<column>_first` and `<column>_last` (datetime64, NaT where blank or unreadable)."""
    frame = frame.copy()
    problems: list[Problem] = []
    for column in columns:
        spans, bad = _map_once(frame[column], parse_date)
        for text, error in bad.items():
            rows = frame.loc[frame[column] == text, "row"]
            problems += [Problem(file, row, column, text, "is no date", str(error)) for row in rows]
        for end in ("first", "last"):
            days = {text: pd.Timestamp(getattr(span, end)) for text, span in spans.items()}
            frame[f"{column}_{end}"] = frame[column].map(days).astype("datetime64[s]")
    return frame, problems


def read_figures(
    claims: pd.DataFrame, measures: pd.DataFrame, file: str, conventions: Conventions
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the wording of each figure.

    Adds `unit` and `kind` of the measure, and of the figure: `low`, `high` (literal bounds, in
    the measure's unit), `low_closed`, `high_closed`, `implied_low`, `implied_high`, `stated`
    (the number in the words, NaN without one), `qualifier`, `granularity`, `rules` (joined by
    spaces) and `is_share` (the figure is a fraction that still has to be taken of its base).
    Fractions given for a measure in percent are turned into percent; "27 out of 28" counted in
    people is 27.
    """
    keyed = measures.drop_duplicates("measure").set_index("measure")
    claims = claims.assign(
        unit=claims["measure"].map(keyed["unit"]).fillna(""),
        kind=claims["measure"].map(keyed["kind"]).fillna(""),
    )
    problems: list[Problem] = []
    parts = []
    for integral, part in claims.groupby(claims["unit"].isin(COUNTED), sort=True):
        figures, bad = _map_once(
            part["figure"],
            partial(parse, conventions=conventions, integral=bool(integral)),
        )
        for text, error in bad.items():
            rows = part.loc[part["figure"] == text, "row"]
            problems += [_unread(file, row, text, error) for row in rows]
        values = pd.DataFrame.from_dict(
            {text: _values(figure) for text, figure in figures.items()},
            orient="index",
            columns=pd.Index(VALUES),
        )
        parts.append(part.join(values, on="figure"))
    claims = pd.concat(parts).sort_index() if parts else claims.reindex(columns=[*claims, *VALUES])
    return _in_measure_unit(claims), problems


def _unread(file: str, row: int, text: str, error: Exception) -> Problem:
    return Problem(file, row, "figure", text, "can't be read as a figure", str(error))


VALUES = [
    "low",
    "high",
    "low_closed",
    "high_closed",
    "implied_low",
    "implied_high",
    "stated",
    "qualifier",
    "granularity",
    "rules",
    "language",
    "is_share",
    "numerator",
    "figure_unit",
]


def _inside(end: float, closed: bool, towards: float) -> float:
    """The end itself, or the next number within where it is open."""
    return end if closed or np.isinf(end) else float(np.nextafter(end, towards))


def _values(figure: Figure) -> tuple[Any, ...]:
    literal, implied = figure.literal, figure.implied
    return (
        literal.low,
        literal.high,
        literal.low_closed,
        literal.high_closed,
        _inside(implied.low, implied.low_closed, np.inf),
        _inside(implied.high, implied.high_closed, -np.inf),
        np.nan if figure.stated is None else figure.stated,
        figure.qualifier,
        np.nan if figure.granularity is None else figure.granularity,
        " ".join(figure.rules),
        figure.language or "",
        figure.is_share,
        np.nan if figure.whole is None else figure.whole[0],
        figure.unit or "",
    )


NUMBERS = ["low", "high", "implied_low", "implied_high", "stated", "granularity"]


def _in_measure_unit(claims: pd.DataFrame) -> pd.DataFrame:
    """Bounds in the measure's unit, closed at whole numbers where things are counted."""
    claims = claims.copy()
    claims["is_share"] = claims["is_share"].eq(True)
    percent = claims["unit"] == "percent"
    fraction = claims["is_share"] & (claims["figure_unit"] != "percent")
    claims.loc[percent & fraction, NUMBERS] *= 100.0
    claims.loc[~percent & claims["is_share"] & ~fraction, NUMBERS] /= 100.0
    ratio = ~percent & claims["numerator"].notna() & (claims["of"] == "")
    for column in ("low", "high", "implied_low", "implied_high", "stated"):
        claims[column] = claims[column].mask(ratio, claims["numerator"]).astype("float64")
    claims["granularity"] = claims["granularity"].mask(ratio, 1.0).astype("float64")
    claims["is_share"] = claims["is_share"] & ~percent & ~ratio
    return _whole_bounds(claims.drop(columns=["numerator", "figure_unit"]))


def _whole_bounds(claims: pd.DataFrame) -> pd.DataFrame:
    """Counts are whole and not negative: more than 1,000 is 1,001 or more, up to 90 is 0 to 90."""
    counted = claims["unit"].isin(COUNTED) & ~claims["is_share"]
    for flag in ("low_closed", "high_closed"):
        claims[flag] = claims[flag].eq(True)
    up = counted & ~claims["low_closed"] & np.isfinite(claims["low"])
    down = counted & ~claims["high_closed"] & np.isfinite(claims["high"])
    claims["low"] = claims["low"].mask(up, np.floor(claims["low"]) + 1)
    claims["high"] = claims["high"].mask(down, np.ceil(claims["high"]) - 1)
    claims["low_closed"] |= up
    claims["high_closed"] |= down
    below = claims["low"] < 0
    claims["low"] = claims["low"].mask(below, 0.0)
    claims["low_closed"] |= below
    for column in ("implied_low", "implied_high"):
        claims[column] = claims[column].clip(claims["low"], claims["high"])
    least, most = np.ceil(claims["implied_low"]), np.floor(claims["implied_high"])
    whole = counted & (least <= most)
    claims["implied_low"] = claims["implied_low"].mask(whole, least)
    claims["implied_high"] = claims["implied_high"].mask(whole, most)
    return claims


def _map_once(
    texts: pd.Series, read: Callable[[str], T]
) -> tuple[dict[str, T], dict[str, Exception]]:
    """Read each distinct text that is not blank; what can't be read is told with its error."""
    good: dict[str, T] = {}
    bad: dict[str, Exception] = {}
    for text in texts.unique():
        if text == "":
            continue
        try:
            good[text] = read(text)
        except (DateError, WordingError) as error:
            bad[text] = error
    return good, bad
