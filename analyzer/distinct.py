"""Each distinct text once: what it is turned into is put back to its rows by whole-number codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

Codes = np.ndarray[Any, np.dtype[np.int64]]


def distinct(texts: pd.Series) -> tuple[Codes, list[str]]:
    """Codes of the rows, and the texts that they stand for, in the order of their first rows."""
    codes, found = pd.factorize(texts)
    return codes, found.tolist()


def spread(values: Sequence[str | None], codes: Codes, index: pd.Index) -> pd.Series:
    """Texts of the codes as a column; None becomes a missing value."""
    return pd.Series(pd.array(list(values), dtype="str").take(codes), index)


def turned(texts: pd.Series, change: Callable[[str], str | None]) -> pd.Series:
    """Each text changed, each distinct one once."""
    codes, found = distinct(texts)
    return spread([change(text) for text in found], codes, texts.index)


def looked_up(texts: pd.Series, values: Mapping[str, str], default: str | None = None) -> pd.Series:
    """What each text stands for; `default` where that is not known."""
    return turned(texts, lambda text: values.get(text, default))


def where_text(texts: pd.Series, holds: Callable[[str], bool]) -> pd.Series:
    """Rows whose text fulfils a condition."""
    codes, found = distinct(texts)
    return pd.Series(np.array([holds(text) for text in found], dtype=bool)[codes], texts.index)


def together(columns: Sequence[pd.Series]) -> tuple[Codes, Codes]:
    """Codes of the distinct rows over several columns, and the place of the first row of each."""
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes = _joined(codes, column)
    if not len(codes):
        return codes, codes
    # codes are counted up in the order of their first rows
    return codes, np.flatnonzero(np.diff(np.maximum.accumulate(codes), prepend=-1))


def _joined(codes: Codes, column: pd.Series) -> Codes:
    """Codes of pairs of a code and a cell; missing values are equal to each other."""
    own, found = pd.factorize(column, use_na_sentinel=False)
    return pd.factorize(codes * max(len(found), 1) + own)[0]


def repeated(columns: Sequence[pd.Series]) -> Codes:
    """Places of the rows that are equal to another one in all columns.

    After each column only the rows go on that share their cells so far with another row.
    """
    places = np.arange(len(columns[0]))
    codes = np.zeros(len(places), dtype=np.int64)
    for column in columns:
        codes = _joined(codes, column.iloc[places])
        shared = np.bincount(codes)[codes] > 1
        places, codes = places[shared], codes[shared]
    return places
