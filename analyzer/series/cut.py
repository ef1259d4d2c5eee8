"""A frame of series cut into them, as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analyzer.arrays import Integers, begins, firsts

Own = dict[str, Any]  # a text that the series has in common, or an array of its cells


def heads(rows: pd.DataFrame) -> tuple[Integers, Integers]:
    """The place of the first row of each series, and the number of the series of each row.

    Series are numbered by their first rows. Those whose rows follow each other are found fastest.
    """
    names = rows["series"].array
    starts = begins(names)
    run = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(rows)]))
    code, _ = pd.factorize(names.take(starts))
    return starts[firsts(code)], np.asarray(code[run], dtype=np.int64)


def each_series(
    frame: pd.DataFrame, shared: Sequence[str], cells: Mapping[str, str], rows: Integers
) -> Iterator[Own]:
    """What each series has in common, and its cells as arrays.

    Parameters
    ----------
    shared : sequence of str
        Columns of texts of which the first is taken.
    cells : mapping
        Columns, and the type of their arrays.
    rows : int array
        Places of the rows to take; those of a series follow each other.
    """
    starts = begins(heads(frame)[1][rows])
    texts = {name: frame[name].iloc[rows[starts]].tolist() for name in shared}
    arrays = {name: frame[name].to_numpy(kind)[rows] for name, kind in cells.items()}
    for number, (start, end) in enumerate(pairwise([*starts.tolist(), len(rows)])):
        own = {name: cell[start:end] for name, cell in arrays.items()}
        yield own | {name: text[number] for name, text in texts.items()}
