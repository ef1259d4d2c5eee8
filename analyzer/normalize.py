"""Text to values: each distinct date and wording is read once, then mapped to its rows."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analyzer.arrays import NEVER, Truths, combined
from analyzer.dates import DateError, parse_date
from analyzer.distinct import Codes, Columns, distinct, numbered, spread
from analyzer.errors import Problem
from analyzer.wording import Conventions, Figure, WordingError, parse

Values = tuple[Any, ...]  # of one figure: those of `VALUES` and `HELPING`
REMEMBERED = 1 << 16  # texts, for later partitions in the same process
EPOCH = dt.date(1970, 1, 1).toordinal()
NO_DAYS = (NEVER, NEVER)
COUNTED = ("people", "names")  # units of whole things
DATE_COLUMNS = ("as_of", "period_start", "published", "published_context")


def read_dates(
    frame: pd.DataFrame, file: str, columns: tuple[str, ...], known: Columns | None = None
) -> tuple[pd.DataFrame, list[Problem]]:
    """Add `<column>_first` and `<column>_last` (datetime64, NaT where blank or unreadable).

    Parameters
    ----------
    known : Columns, optional
        Those of the frame.
    """
    known = known or Columns(frame)
    problems: list[Problem] = []
    added: dict[str, Any] = {}
    for column in columns:
        codes, texts = known[column]
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
    claims: pd.DataFrame,
    measures: pd.DataFrame,
    file: str,
    conventions: Conventions,
    known: Columns | None = None,
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the wording of each figure.

    Adds `unit` and `kind` of the measure, and of the figure: `low`, `high` (literal bounds, in
    the measure's unit), `low_closed`, `high_closed`, `implied_low`, `implied_high`, `stated`
    (the number in the words, NaN without one), `qualifier`, `granularity`, `rules` (joined by
    spaces) and `is_share` (the figure is a fraction that still has to be taken of its base).
    Fractions given for a measure in percent are turned into percent; "27 out of 28" counted in
    people is 27.

    Parameters
    ----------
    known : Columns, optional
        Those of the claims.
    """
    known = known or Columns(claims)
    units, kinds = _of_measures(known, measures, "unit", "kind")
    claims = claims.assign(unit=spread(*units, claims.index), kind=spread(*kinds, claims.index))
    wordings, texts = known["figure"]
    based = known.given("of")
    keys: list[tuple[Codes, int]] = [
        (wordings, len(texts)),
        (units[1], len(units[0])),
        (based.astype(np.int64), 2),
    ]
    codes, first = numbered(combined(keys))
    figures = [texts[one] for one in wordings[first].tolist()]
    counting = np.array([unit in COUNTED for unit in units[0]], dtype=bool)[units[1]][first]
    percent = np.array([unit == "percent" for unit in units[0]], dtype=bool)[units[1]][first]
    readers = [_reader(conventions, integral) for integral in (False, True)]
    rows: list[Values] = []
    problems: list[Problem] = []
    for code, (text, counted) in enumerate(zip(figures, counting.tolist(), strict=True)):
        try:
            rows.append(readers[counted](text) if text else NOTHING)
        except WordingError as error:
            rows.append(NOTHING)
            message = "can't be read as a figure"
            problems += _told(claims, file, "figure", message, codes == code, text, error)
    numbers, words = _columns(rows)
    _to_measure_unit(numbers, percent, counting, based[first])
    values = {
        name: words[name].take(codes) if name in WORDS else numbers[name][codes] for name in VALUES
    }
    return claims.assign(**values), problems


@lru_cache(maxsize=8)
def _reader(conventions: Conventions, integral: bool) -> Callable[[str], Values]:
    """What reads a wording, and remembers it: partitions of one dossier repeat many of them."""

    @lru_cache(maxsize=REMEMBERED)
    def read(text: str) -> Values:
        return _values(parse(text, conventions=conventions, integral=integral))

    return read


def _of_measures(
    known: Columns, measures: pd.DataFrame, *columns: str
) -> list[tuple[list[str], Codes]]:
    """What the measures of claims have in each column, "" for unknown ones, and codes by claim.

    Of two rows of one measure the first counts.
    """
    codes, names = known["measure"]
    rows = measures.drop_duplicates("measure").set_index("measure").reindex(names)
    found = (distinct(rows[column].fillna("")) for column in columns)
    return [(texts, own[codes]) for own, texts in found]


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


VALUES = (
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
)
HELPING = ("numerator", "percent")  # what a figure says of its unit
NUMBERS = ("low", "high", "implied_low", "implied_high", "stated", "granularity")
FLAGS = ("low_closed", "high_closed", "is_share", "percent")
WORDS = ("qualifier", "rules", "language")
NOTHING = tuple(
    None if name in WORDS else False if name in FLAGS else np.nan for name in (*VALUES, *HELPING)
)  # of a row whose figure can't be read


def _columns(rows: list[Values]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Columns `VALUES` and `HELPING` of wordings that were read: numbers and flags, and text."""
    columns = dict(zip((*VALUES, *HELPING), zip(*rows, strict=True), strict=True))
    texts = {name: pd.factorize(np.array(columns.pop(name), dtype=object)) for name in WORDS}
    words = {
        name: pd.array(found, dtype="str").take(codes, allow_fill=True)
        for name, (codes, found) in texts.items()
    }
    numbers = {
        name: np.array(column, dtype=bool if name in FLAGS else np.float64)
        for name, column in columns.items()
    }
    return numbers, words


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
        figure.unit == "percent",
    )


def _to_measure_unit(
    columns: dict[str, Any], percent: Truths, counting: Truths, based: Truths
) -> None:
    """Bounds in the measure's unit, closed at whole numbers where things are counted.

    Parameters
    ----------
    percent, counting : array of bool
        Whether the measure is in percent, or counts things.
    based : array of bool
        Whether the claim names the measure that its share is of.
    """
    share, numerator = columns["is_share"], columns["numerator"]
    hundredfold = percent & share & ~columns["percent"]
    hundredth = ~percent & share & columns["percent"]
    ratio = ~percent & ~np.isnan(numerator) & ~based
    for name in NUMBERS:
        values = columns[name]
        values[hundredfold] *= 100.0
        values[hundredth] /= 100.0
        values[ratio] = 1.0 if name == "granularity" else numerator[ratio]
    share &= ~percent & ~ratio
    _close_at_whole(columns, counting & ~share)


def _close_at_whole(columns: dict[str, Any], counted: Truths) -> None:
    """Counts are whole and not negative: more than 1,000 is 1,001 or more, up to 90 is 0 to 90."""
    low, high = columns["low"], columns["high"]
    up = counted & ~columns["low_closed"] & np.isfinite(low)
    down = counted & ~columns["high_closed"] & np.isfinite(high)
    low[up] = np.floor(low[up]) + 1
    high[down] = np.ceil(high[down]) - 1
    below = low < 0
    low[below] = 0.0
    columns["low_closed"] |= up | below
    columns["high_closed"] |= down
    for name in ("implied_low", "implied_high"):
        columns[name].clip(low, high, out=columns[name])
    least, most = np.ceil(columns["implied_low"]), np.floor(columns["implied_high"])
    whole = counted & (least <= most)
    columns["implied_low"][whole] = least[whole]
    columns["implied_high"][whole] = most[whole]
