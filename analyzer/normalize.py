"""Text to values: each distinct date and wording is read once, then mapped to its rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from analyzer.dates import DateError, parse_date
from analyzer.distinct import Codes, distinct, looked_up
from analyzer.errors import Problem
from analyzer.wording import Conventions, Figure, WordingError, parse

T = TypeVar("T")
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
        spans, bad = _read_each(texts, parse_date)
        problems += _told(frame, file, column, "is no date", codes, texts, bad)
        for end in ("first", "last"):
            days = [None if span is None else getattr(span, end) for span in spans]
            added[f"{column}_{end}"] = np.array(days, dtype="datetime64[s]")[codes]
    return frame.assign(**added), problems


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
    claims = claims.assign(
        **{
            column: looked_up(claims["measure"], _first_of(measures, column), "")
            for column in ("unit", "kind")
        }
    )
    counted = claims["unit"].isin(COUNTED).to_numpy(dtype=bool)
    codes, texts = distinct(claims["figure"])
    count = len(texts)
    codes = np.where(counted, codes + count, codes)  # each wording as a count, and otherwise
    used = np.bincount(codes, minlength=2 * count) > 0
    figures: list[Figure | None] = []
    problems: list[Problem] = []
    for integral in (False, True):
        wanted = [
            text if here else ""
            for text, here in zip(texts, used[count * integral :], strict=False)
        ]
        read, bad = _read_each(wanted, partial(parse, conventions=conventions, integral=integral))
        figures += read
        own = np.where(counted == integral, codes - count * integral, -1)
        message = "can't be read as a figure"
        problems += _told(claims, file, "figure", message, own, texts, bad)
    added = _columns(figures, codes)
    return _in_measure_unit(claims.assign(**added)), problems


def _first_of(measures: pd.DataFrame, column: str) -> dict[str, str]:
    """A column by measure; of two rows of one measure the first counts."""
    keyed = measures.drop_duplicates("measure")
    return dict(zip(keyed["measure"], keyed[column], strict=True))


def _told(
    frame: pd.DataFrame,
    file: str,
    column: str,
    message: str,
    codes: Codes,
    texts: list[str],
    bad: dict[int, Exception],
) -> list[Problem]:
    """A problem for each row whose text can't be read."""
    rows = frame["row"].to_numpy() if bad else np.empty(0)
    return [
        Problem(file, int(row), column, texts[code], message, str(error))
        for code, error in bad.items()
        for row in rows[codes == code]
    ]


def _columns(figures: list[Figure | None], codes: Codes) -> dict[str, Any]:
    """Columns `VALUES` of the rows, from the figures that their codes stand for."""
    values = [NOTHING if figure is None else _values(figure) for figure in figures]
    by_column = zip(*values, strict=True) if values else ((),) * len(VALUES)
    columns: dict[str, Any] = {}
    for name, column in zip(VALUES, by_column, strict=True):
        if name in TEXTS:
            columns[name] = pd.array(list(column), dtype="str").take(codes)
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


def _read_each(
    texts: list[str], read: Callable[[str], T]
) -> tuple[list[T | None], dict[int, Exception]]:
    """Read each text that is not blank; errors by the place of what can't be read."""
    values: list[T | None] = [None] * len(texts)
    bad: dict[int, Exception] = {}
    for place, text in enumerate(texts):
        if text == "":
            continue
        try:
            values[place] = read(text)
        except (DateError, WordingError) as error:
            bad[place] = error
    return values, bad
