"""The engine `pandas`: all claims in memory as text, partitions on the cores of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from analyzer.engines.contract import (
    Part,
    Survey,
    by_partition,
    pairs_of,
    survey_of,
    typed_ids,
)
from analyzer.engines.pool import Workers


class PandasEngine:
    """One frame, sorted by partition."""

    def __init__(self, claims: pd.DataFrame, workers: Workers) -> None:
        self._claims = claims
        self._workers = workers

    def survey(self) -> Survey:
        """Look over all claims once."""
        return survey_of(pairs_of(self._claims), typed_ids(self._claims))

    def run(self, places: pd.Series, part: Part) -> Iterator[pd.DataFrame]:
        """What the part says of each partition."""
        return self._workers.run(self._partitions(places), part)

    def close(self) -> None:
        """Nothing is held but the frame."""

    def _partitions(self, places: pd.Series) -> Iterator[pd.DataFrame]:
        numbers = by_partition(self._claims, places).to_numpy()
        order = np.argsort(numbers, kind="stable")
        ends = np.flatnonzero(np.diff(numbers[order], append=-1)) + 1
        for first, end in pairwise([0, *ends.tolist()]):
            yield self._claims.take(order[first:end]).reset_index(drop=True)
