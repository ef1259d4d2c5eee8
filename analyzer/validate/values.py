"""Figures and days of claims that can't be."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from analyzer.distinct import where_text
from analyzer.errors import Problem
from analyzer.normalize import COUNTED


def check_cut_figures(claims: pd.DataFrame, file: str) -> list[Problem]:
    """Rows whose figure was cut at its comma, which shifts all cells after it."""
    cut = claims.loc[claims["of"] != "", ["row", "figure", "of"]]
    cut = cut[where_text(cut["of"], lambda of: re.fullmatch(r"\d{3}\D*", of) is not None)]
    remedy = 'put it in quotes, as "1,139"'
    return [
        Problem(file, int(row), "figure", f"{figure},{rest}", "is cut at its comma", remedy)
        for row, figure, rest in zip(cut["row"], cut["figure"], cut["of"], strict=True)
    ]


def check_numbers(claims: pd.DataFrame, file: str) -> list[Problem]:
    """Figures that can't be a count: below zero, or not whole where things are counted."""
    counted = claims["unit"].isin(COUNTED) & ~claims["is_share"]
    negative = claims["high"] < claims["low"].clip(lower=0)
    stated = claims["stated"]
    half_grouped = (stated < 1000) & claims["figure"].str.contains(",", regex=False)
    half_grouped[half_grouped] = where_text(claims.loc[half_grouped, "figure"], _half_grouped)
    broken = counted & stated.notna() & ((stated != np.floor(stated)) | half_grouped)
    rules = [
        (negative, "is below zero", "give the figure as the page words it"),
        (broken & ~negative, "is no whole number", "mend it, or give the measure another unit"),
    ]
    return [
        problem
        for wrong, message, remedy in rules
        for problem in _refused(claims, "figure", wrong, message, remedy, file)
    ]


def _half_grouped(figure: str) -> bool:
    return re.fullmatch(r"\D*\d+,\d{1,2}\D*", figure) is not None


def check_units(claims: pd.DataFrame, file: str) -> list[Problem]:
    """Shares given for a count without the measure that they are a share of."""
    wrong = claims.loc[claims["is_share"] & (claims["of"] == ""), ["row", "figure", "unit"]]
    wrong = wrong[wrong["unit"].isin(COUNTED)]
    return [
        Problem(
            file,
            int(row),
            "figure",
            text,
            f"is a share, but the measure counts {unit}",
            "name the measure that it is a share of in the column 'of'",
        )
        for row, text, unit in zip(wrong["row"], wrong["figure"], wrong["unit"], strict=True)
    ]


def check_times(claims: pd.DataFrame, today: pd.Timestamp, file: str) -> list[Problem]:
    """Dates that can't be: a claim published before its time, in the future, a period reversed."""
    not_planned = claims["status"] != "planned"
    rules = [
        (
            "published",
            (claims["published_last"] < claims["as_of_first"]) & not_planned,
            "is before the time that the figure speaks of (as_of)",
            "mend one of the two, or set status to planned",
        ),
        (
            "published_context",
            (claims["published_context_last"] < claims["as_of_first"]) & not_planned,
            "is before the time that the figure speaks of (as_of)",
            "mend one of the two, or set status to planned",
        ),
        (
            "as_of",
            (claims["as_of_first"] > today) & not_planned,
            "is in the future",
            "mend it, or set status to planned",
        ),
        (
            "period_start",
            claims["period_start_first"] > claims["as_of_last"],
            "is after the end of the period (as_of)",
            "mend one of the two",
        ),
        (
            "period_start",
            (claims["kind"] == "flow") & (claims["period_start"] == "") & (claims["as_of"] != ""),
            "is blank, but a flow has a period",
            "type its first day; for a single day, repeat as_of",
        ),
    ]
    return [
        *check_future(claims, "published", today, file),
        *check_future(claims, "published_context", today, file),
        *(
            problem
            for column, wrong, message, remedy in rules
            for problem in _refused(claims, column, wrong, message, remedy, file)
        ),
    ]


def check_future(frame: pd.DataFrame, column: str, today: pd.Timestamp, file: str) -> list[Problem]:
    """Days that are yet to come where something is said to have been done."""
    late = frame[f"{column}_first"] > today
    return _refused(frame, column, late, "is in the future", "mend it", file)


def _refused(
    frame: pd.DataFrame, column: str, wrong: pd.Series, message: str, remedy: str, file: str
) -> list[Problem]:
    """A problem for each row that breaks a rule; mostly none does."""
    if not wrong.any():
        return []
    rows = frame.loc[wrong, ["row", column]]
    return [
        Problem(file, int(row), column, text, message, remedy)
        for row, text in zip(rows["row"], rows[column], strict=True)
    ]
