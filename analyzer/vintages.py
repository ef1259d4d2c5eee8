"""What was known by a day: the claims that were published by then.

Replaying a data set as of an earlier day is the use of archives that keep both clocks, the time
that a figure speaks of and the time it was said: ALFRED's vintage dates, and `epix_as_of` of the
R package epiprocess (cmu-delphi/epiprocess: R/methods-epi_archive.R).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from analyzer.dates import DateError, parse_date, show_span
from analyzer.errors import InputError, Problem

OPTION = "--known-by"


@dataclass(frozen=True, slots=True)
class Vintage:
    """A day, and what it leaves out of a dossier.

    Attributes
    ----------
    day : date
        The last day whose publications count.
    later : int
        Claims published after it, or in a month or year that ends after it.
    undated : int
        Claims of which nothing shows when they were published.
    """

    day: dt.date
    later: int
    undated: int

    def __str__(self) -> str:
        """One sentence: the day and what it leaves out."""
        undated = f"{_claims(self.undated)} whose day of publication is not known"
        left_out = [f"{_claims(self.later)} of later days"] if self.later else []
        left_out += [undated] if self.undated else []
        shown = f"as known by {show_span(self.day, self.day)}"
        return f"{shown}: without {' and '.join(left_out)}" if left_out else shown


def _claims(count: int) -> str:
    return f"{count:,} claim{'' if count == 1 else 's'}"


def parse_day(text: str, today: dt.date) -> dt.date:
    """Read the day of `--known-by`.

    Raises
    ------
    InputError
        When the text is no day, is a month or a year, or is after today.
    """
    try:
        span = parse_date(text.strip())
    except DateError as error:
        remedy = str(error).removesuffix(", or 2025-01 or 2025")
        raise InputError([Problem(OPTION, 0, "", text, "is no day", remedy)]) from error
    if span.first != span.last:
        remedy = f"name a day, as its last one, {span.last}"
        raise InputError([Problem(OPTION, 0, "", text, "is no single day", remedy)])
    if span.first > today:
        remedy = f"name a day up to today, {today}"
        raise InputError([Problem(OPTION, 0, "", text, "is in the future", remedy)])
    return span.first


def claims_known_by(claims: pd.DataFrame, day: dt.date) -> tuple[pd.DataFrame, Vintage]:
    """The claims that were published by a day.

    Parameters
    ----------
    claims : DataFrame
        With `published_last` and `published_context_last` (datetime64): a claim known only by
        the month of its publication counts from the month's last day on. The day that a figure
        speaks of says nothing of when it was published.

    Returns
    -------
    DataFrame, Vintage
        The claims, and how many were left out for which reason.
    """
    published = claims["published_last"].fillna(claims["published_context_last"])
    known = published <= pd.Timestamp(day)
    undated = published.isna()
    later = int((~known & ~undated).sum())
    return claims[known], Vintage(day, later, int(undated.sum()))
