"""Each distinct text once: what it is turned into is put back to its rows by whole-number codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analyzer.arrays import Truths, combined, firsts

Codes = np.ndarray[Any, np.dtype[np.int64]]


def distinct(texts: pd.Series) -> tuple[Codes, list[str]]:
    """Codes of the rows, and the texts that they stand for, in the order of their first rows."""
    codes, found = pd.factorize(texts)
    return codes, found.tolist()


def spread(values: Sequence[str | None], codes: Codes, index: pd.Index) -> pd.Series:
    """Texts of the codes as a column; None becomes a missing value."""
    return pd.Series(pd.array(list(values), dtype="str").take(codes), index)


def where_text(texts: pd.Series, holds: Callable[[str], bool]) -> pd.Series:
    """Rows whose text fulfils a condition."""
    codes, found = distinct(texts)
    return pd.Series(np.array([holds(text) for text in found], dtype=bool)[codes], texts.index)


class Columns:
    """The text columns of a frame as codes; each is gone through once, whoever asks for it."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self._known: dict[str, tuple[Codes, list[str]]] = {}
        self._joint: dict[tuple[str, ...], tuple[Codes, Codes]] = {}

    def __getitem__(self, column: str) -> tuple[Codes, list[str]]:
        """As `distinct`."""
        if column not in self._known:
            self._known[column] = distinct(self._frame[column])
        return self._known[column]

    def together(self, *columns: str) -> tuple[Codes, Codes]:
        """As `together`."""
        if columns not in self._joint:
            self._joint[columns] = numbered(self.keys(*columns))
        return self._joint[columns]

    def keys(self, *columns: str) -> Codes:
        """Whole numbers that are equal where rows are, over several columns."""
        return combined([(codes, len(texts)) for codes, texts in map(self.__getitem__, columns)])

    def heads(self, *columns: str) -> list[list[str]]:
        """The texts of each column in the first rows of `together`."""
        first = self.together(*columns)[1]
        coded = (self[column] for column in columns)
        return [[texts[one] for one in codes[first].tolist()] for codes, texts in coded]

    def given(self, column: str) -> Truths:
        """Rows whose cell is not blank."""
        codes, texts = self[column]
        return np.array([text != "" for text in texts], dtype=bool)[codes]


def numbered(keys: Codes) -> tuple[Codes, Codes]:
    """Codes of the distinct keys, and the place of the first row of each."""
    codes = pd.factorize(keys)[0]
    return codes, firsts(codes)


def together(columns: Sequence[pd.Series]) -> tuple[Codes, Codes]:
    """Codes of the distinct rows over several columns, and the place of the first row of each."""
    return numbered(combined([_coded(column) for column in columns]))


def _coded(column: pd.Series) -> tuple[Codes, int]:
    """Codes of the cells, and how many there are; missing values are equal to each other."""
    codes, found = pd.factorize(column, use_na_sentinel=False)
    return codes, max(len(found), 1)


def repeated(columns: Sequence[pd.Series]) -> Codes:
    """Places of the rows that are equal to another one in all columns.

    After each column only the rows go on that share their cells so far with another row.
    """
    places = np.arange(len(columns[0]))
    codes = np.zeros(len(places), dtype=np.int64)
    for column in columns:
        own, count = _coded(column.iloc[places])
        codes = pd.factorize(codes * count + own)[0]
        alike = np.bincount(codes)[codes] > 1
        places, codes = places[alike], codes[alike]
    return places
