"""Plants typing errors into clean series, and says what they were."""

from __future__ import annotations

import numpy as np
import pandas as pd

CAUSES = {
    "wrong digit": 0.30,
    "transposed digits": 0.12,
    "missing digit": 0.12,
    "extra digit": 0.10,
    "power of ten": 0.04,
    "wrong column": 0.08,
    "daily typed as cumulative": 0.03,
    "swapped figures": 0.04,
    "copied forward": 0.07,
    "misdated": 0.04,
    "unrelated figure": 0.06,
}


def plant(
    clean: pd.DataFrame, columns: list[str], share: float, random: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mistype a share of the figures of some columns.

    Returns
    -------
    DataFrame, DataFrame
        The table with its errors; and one row an error: `column`, `at`, `cause`, `right`,
        `wrong`.
    """
    spoilt, rows = clean.copy(), []
    names = list(CAUSES)
    chances = np.array(list(CAUSES.values()))
    for column in columns:
        known = clean.index[clean[column].notna() & (clean[column] > 0)]
        for day in known[random.random(len(known)) < share]:
            cause = str(random.choice(names, p=chances / chances.sum()))
            right = float(clean.at[day, column])
            wrong = mistype(clean, column, day, cause, columns, random)
            if wrong is not None and wrong != right and np.isfinite(wrong):
                spoilt.at[day, column] = wrong
                rows.append((column, day, cause, right, wrong))
    errors = pd.DataFrame(rows, columns=pd.Index(["column", "at", "cause", "right", "wrong"]))
    return spoilt, errors.astype({"at": "datetime64[s]", "right": float, "wrong": float})


def mistype(  # noqa: C901  # one line a cause
    clean: pd.DataFrame,
    column: str,
    day: pd.Timestamp,
    cause: str,
    columns: list[str],
    random: np.random.Generator,
) -> float | None:
    """One figure mistyped in the way of a cause; None where that can't be."""
    right = float(clean.at[day, column])
    text = str(int(right))
    place = int(random.integers(len(text)))
    near = clean[column].dropna()
    at = int(near.index.get_loc(day))
    if cause == "wrong digit":
        return float(text[:place] + str(random.integers(10)) + text[place + 1 :])
    if cause == "transposed digits" and len(text) > 1:
        place = min(place, len(text) - 2)
        return float(text[:place] + text[place + 1] + text[place] + text[place + 2 :])
    if cause == "missing digit" and len(text) > 1:
        return float(text[:place] + text[place + 1 :])
    if cause == "extra digit":
        digit = text[place] if random.random() < 0.5 else str(random.integers(10))
        return float(text[:place] + digit + text[place:])
    if cause == "power of ten":
        return float(right * 10) if random.random() < 0.6 else float(int(right / 10))
    if cause in ("wrong column", "swapped figures") and len(columns) > 1:
        others = [name for name in columns if name != column]
        return float(clean.at[day, str(random.choice(others))])
    if cause == "daily typed as cumulative" and at:
        return float(max(near.iloc[at] - near.iloc[at - 1], 0))
    if cause == "copied forward" and at:
        return float(near.iloc[at - 1])
    if cause == "misdated" and at + 1 < len(near):
        return float(near.iloc[at + 1])
    if cause == "unrelated figure":
        return float(np.rint(right * random.lognormal(0, 0.5)))
    return None
