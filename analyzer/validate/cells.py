"""Cells that the shape of their table does not allow."""

from __future__ import annotations

import pandas as pd

from analyzer.checked import SchemaErrors, checked
from analyzer.errors import Problem
from analyzer.schemas import RAW


def check_cells(frame: pd.DataFrame, table: str, file: str) -> list[Problem]:
    """Hold one raw table against its pandera class; each failing cell becomes a problem."""
    try:
        checked(RAW[table], frame)
    except SchemaErrors as error:
        failures = error.failure_cases.dropna(subset=["index"])
        return [
            _problem(file, frame, str(column), int(index), str(text), str(check))
            for column, index, text, check in zip(
                failures["column"],
                failures["index"],
                failures["failure_case"],
                failures["check"],
                strict=True,
            )
        ]
    return []


def _problem(
    file: str, frame: pd.DataFrame, column: str, index: int, text: str, check: str
) -> Problem:
    message, _, remedy = check.partition("; ")
    return Problem(file, int(frame["row"].loc[index]), column, text, message, remedy)
