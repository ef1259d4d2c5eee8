"""Some rows of a frame, read column by column and no sooner than needed: texts are slow to copy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyzer.arrays import Floats, Integers, codes_of, seconds


@dataclass(frozen=True, slots=True)
class Chosen:
    """Rows `rows` of `frame`, in this order; others take them to be numbered from 0."""

    frame: pd.DataFrame
    rows: Integers

    def __len__(self) -> int:
        return len(self.rows)

    def floats(self, column: str) -> Floats:
        """A column of numbers."""
        return self.frame[column].to_numpy(dtype=np.float64)[self.rows]

    def seconds(self, column: str) -> Integers:
        """Seconds from 1970 of a column of times; `NEVER` where there is none."""
        return seconds(self.frame[column])[self.rows]

    def codes(self, column: str, *, sort: bool = False) -> Integers:
        """Whole numbers that stand for the cells, in order if sorted."""
        return codes_of(self.frame[column], sort=sort)[self.rows]

    def named(self, column: str, *, sort: bool = False) -> tuple[Integers, list[str]]:
        """The same, with the texts of all numbers; some of them can stand for no row."""
        codes, names = pd.factorize(self.frame[column], sort=sort)
        return codes.astype(np.int64)[self.rows], names.tolist()

    def texts(self, column: str, rows: Integers) -> list[str]:
        """Cells of some of the rows."""
        found: list[str] = self.frame[column].iloc[self.rows[rows]].tolist()
        return found

    def part(self, columns: list[str], rows: Integers) -> pd.DataFrame:
        """Some of the rows and columns as a frame of its own."""
        return self.frame[columns].iloc[self.rows[rows]].reset_index(drop=True)
