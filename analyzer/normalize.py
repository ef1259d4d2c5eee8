"""Text to values: each distinct date and wording is read once, then mapped to its rows."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analyzer.arrays import NEVER, Truths
from analyzer.dates import DateError, parse_date
from analyzer.distinct import Codes, distinct, spread
from analyzer.errors import Problem
from analyzer.wording import Conventions, Figure, WordingError, parse

Values = tuple[Any, ...]  # of one figure: those of `VALUES`
REMEMBERED = 1 << 16  # texts, for later partitions in the same process
EPOCH = dt.date(1970, 1, 1).toordinal()
NO_DAYS = (NEVER, NEVER)
COUNTED = ("people", "names")  # units of whole things
DATE_COLUMNS = ("as_of", "period_start", "published", "published_context")


def read_dates(
    frame: pd.DataFrame, file: str, columns: tuple[str, ...]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Add `<column>_first` and `<column>_last` (datetime64, NaT where blank or unreadable)."""
    problems: list[Problem] = []
    added: dict[str, Any] = {}
    for column in columns:
        codes, texts = distinct(frame[column])
        ends: list[tuple[int, int]] = []
        for code, text in enumerate(texts):
            try:
                ends.append(_days(text) if text else NO_DAYS)
            except DateError as error:
                ends.append(NO_DAYS)
                problems += _told(frame, file, column, "is no date", codes == code, text, error)
        days = np.array(ends, dtype="int64").reshape(-1, 2).view("datetime64[D]")
        for end, day in zip(("first", "last"), days.T.astype("datetime64[s]"), strict=True):
            added[f"{column}_{end}"] = day[codes]
    return frame.assign(**added), problems


@lru_cache(maxsize=REMEMBERED)
def _days(text: str) -> tuple[int, int]:
    """First and last day of a date, counted from 1970."""
    span = parse_date(text)
    return span.first.toordinal() - EPOCH, span.last.toordinal() - EPOCH


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
    claims = claims.assign(**_of_measures(claims["measure"], measures, ("unit", "kind")))
    counted = claims["unit"].isin(COUNTED).to_numpy(dtype=bool)
    wordings, texts = distinct(claims["figure"])
    codes, asked = pd.factorize(wordings * 2 + counted)  # a wording as a count, and otherwise
    readers = [_reader(conventions, integral) for integral in (False, True)]
    rows: list[Values] = []
    problems: list[Problem] = []
    for code, one in enumerate(asked.tolist()):
        text = texts[one // 2]
        try:
            rows.append(readers[one % 2](text) if text else NOTHING)
        except WordingError as error:
            rows.append(NOTHING)
            message = "can't be read as a figure"
            problems += _told(claims, file, "figure", message, codes == code, text, error)
    return _in_measure_unit(claims.assign(**_columns(rows, codes))), problems


@lru_cache(maxsize=8)
def _reader(conventions: Conventions, integral: bool) -> Callable[[str], Values]:
    """What reads a wording, and remembers it: partitions of one dossier repeat many of them."""

    @lru_cache(maxsize=REMEMBERED)
    def read(text: str) -> Values:
        return _values(parse(text, conventions=conventions, integral=integral))

    return read


def _of_measures(
    named: pd.Series, measures: pd.DataFrame, columns: tuple[str, ...]
) -> dict[str, pd.Series]:
    """Columns by measure, "" for unknown ones; of two rows of one measure the first counts."""
    codes, names = distinct(named)
    known = measures.drop_duplicates("measure").set_index("measure").reindex(names)
    return {one: spread(known[one].fillna("").tolist(), codes, named.index) for one in columns}


def _told(
    frame: pd.DataFrame,
    file: str,
    column: str,
    message: str,
    concerned: Truths,
    text: str,
    error: Exception,
) -> list[Problem]:
    """A problem for each row whose text can't be read."""
    rows = frame["row"].to_numpy()[concerned]
    return [Problem(file, int(row), column, text, message, str(error)) for row in rows]


def _columns(rows: list[Values], codes: Codes) -> dict[str, Any]:
    """Columns `VALUES` of the claims, from the values that their codes stand for."""
    columns: dict[str, Any] = {}
    for name, column in zip(VALUES, zip(*rows, strict=True), strict=True):
        if name in TEXTS:
            few, texts = pd.factorize(np.array(column, dtype=object))
            columns[name] = pd.array(texts, dtype="str").take(few[codes], allow_fill=True)
        else:
            columns[name] = np.array(column, dtype=bool if name in FLAGS else np.float64)[codes]
    return columns


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
TEXTS = ("qualifier", "rules", "language", "figure_unit")
FLAGS = ("low_closed", "high_closed", "is_share")
NOTHING = tuple(
    None if name in TEXTS else False if name in FLAGS else np.nan for name in VALUES
)  # of a row whose figure can't be read


def _inside(end: float, closed: bool, towards: float) -> float:
    """The end itself, or the next number within where it is open."""
    return end if closed or math.isinf(end) else math.nextafter(end, towards)


def _values(figure: Figure) -> Values:
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
    percent = claims["unit"] == "percent"
    fraction = claims["is_share"] & (claims["figure_unit"] != "percent")
    ratio = ~percent & claims["numerator"].notna() & (claims["of"] == "")
    hundredfold = (percent & fraction).to_numpy(dtype=bool)
    hundredth = (~percent & claims["is_share"] & ~fraction).to_numpy(dtype=bool)
    counted = ratio.to_numpy(dtype=bool)
    numbers = {}
    for column in NUMBERS:
        values = claims[column].to_numpy(dtype=np.float64, copy=True)
        values[hundredfold] *= 100.0
        values[hundredth] /= 100.0
        values[counted] = 1.0 if column == "granularity" else claims["numerator"][counted]
        numbers[column] = values
    claims = claims.assign(**numbers)
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
