"""What every engine does: survey the claims, spread them over partitions, run a function on each.

An engine moves rows and knows nothing of what they say. `Part`, the function that it runs, takes
all claims of some connected groups of measures and knows nothing of where it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import pandas as pd

from analyzer.distinct import distinct
from analyzer.model import CLAIMS

COLUMNS = [*CLAIMS, "row"]  # of a block and of a partition: text, and the line of the file
RESULT = ["what", "body"]  # of what a part returns: a word, and JSON
Part = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Options:
    """How an engine works.

    Attributes
    ----------
    workers : int
        Processes on this machine.
    scheduler : str
        Address of a running Dask scheduler or Spark master; "" for this machine.
    scratch : Path
        An empty folder for what does not fit into memory; on a cluster, one that all workers see.
    memory : int
        Megabytes: the limit of DuckDB, of each Dask worker, and of Spark's Java process.
    """

    workers: int
    scheduler: str
    scratch: Path
    memory: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of the claims before any of them is read for its meaning.

    Attributes
    ----------
    pairs : DataFrame
        `measure`, `of` and `claims`, the number of rows that name both.
    repeats : DataFrame
        `id` and `row` of every row whose typed id stands in other rows too, ordered by row.
    """

    pairs: pd.DataFrame
    repeats: pd.DataFrame


class Engine(Protocol):
    """One way to run a part on every partition."""

    def survey(self) -> Survey:
        """Look over all claims once."""

    def run(self, places: pd.Series, part: Part) -> Iterator[pd.DataFrame]:
        """What the part says of each partition, in any order.

        Parameters
        ----------
        places : Series
            Number of the partition by measure; other measures go to partition 0.
        """

    def close(self) -> None:
        """Let go of what the engine holds."""


def survey_of(pairs: pd.DataFrame, ids: pd.DataFrame) -> Survey:
    """A survey from all pairs (or their counts by block) and all typed ids of the claims."""
    counted = pairs.groupby(["measure", "of"])["claims"].sum().reset_index()
    again = ids[ids["id"].duplicated(keep=False)]
    return Survey(counted, again.sort_values("row", ignore_index=True))


def pairs_of(claims: pd.DataFrame) -> pd.DataFrame:
    """Measures and bases of a block of claims, with the number of rows that name both."""
    counts = claims.groupby(["measure", "of"], as_index=False).size()
    return counts.rename(columns={"size": "claims"})


def typed_ids(claims: pd.DataFrame) -> pd.DataFrame:
    """Ids that somebody typed, with their rows."""
    return claims.loc[claims["id"] != "", ["id", "row"]]


def by_partition(claims: pd.DataFrame, places: pd.Series) -> pd.Series:
    """Number of the partition of each claim."""
    codes, measures = distinct(claims["measure"])
    numbers = places.reindex(measures).fillna(0).to_numpy(dtype=np.int64)
    return pd.Series(np.r_[numbers, 0][codes], claims.index)  # the last one where none is named
