"""The engine `dask`: blocks of Parquet, shuffled between workers, one partition at a time each."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import dask
import dask.dataframe as dd
import pandas as pd
from distributed import Client, LocalCluster, as_completed
from distributed.scheduler import KilledWorker

from analyzer.blocks import Block, read_block
from analyzer.engines.contract import (
    COLUMNS,
    RESULT,
    Options,
    Part,
    Survey,
    by_partition,
    pairs_of,
    survey_of,
    typed_ids,
)
from analyzer.errors import EngineError

DIED = (
    "a Dask worker died, perhaps for lack of memory: nothing was written; "
    "use smaller partitions (--partition) or give the workers more memory (--memory)"
)


class DaskEngine:
    """A running scheduler, or one on this machine with a process for each worker."""

    def __init__(self, blocks: list[Block], options: Options) -> None:
        self._blocks = blocks
        dask.config.set(
            {
                "temporary-directory": str(options.scratch),
                "distributed.scheduler.allowed-failures": 1,
                "distributed.comm.retry.count": 2,
                # a worker that imports it on two threads at once can fail
                "distributed.worker.preload": ["dask.dataframe"],
                "dataframe.convert-string": False,  # text stays as it is read
            }
        )
        self._cluster: LocalCluster | None = None
        if options.scheduler:
            self._client = Client(options.scheduler)
            return
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is an error
        self._cluster = LocalCluster(
            n_workers=options.workers,
            threads_per_worker=1,
            memory_limit=f"{options.memory}MB",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )
        self._client = Client(self._cluster)

    def survey(self) -> Survey:
        """Look over all claims once; of each block come counts and typed ids."""
        looked = self._gather(self._client.map(_survey_block, self._blocks, pure=False))
        pairs, ids = zip(*looked, strict=True)
        return survey_of(pd.concat(pairs), pd.concat(ids))

    def run(self, places: pd.Series, part: Part) -> Iterator[pd.DataFrame]:
        """What the part says of each partition."""
        meta = read_block(self._blocks[0]).head(0).assign(partition=pd.Series(dtype="int64"))
        claims = dd.from_map(_placed, self._blocks, places=places, meta=meta)
        count = int(places.max()) + 1
        shuffled = claims.shuffle(on_index=False, on="partition", npartitions=count)
        told = shuffled.map_partitions(_each, part, meta=pd.DataFrame(columns=RESULT, dtype="str"))
        yield from self._gather(self._client.compute(told.to_delayed()))

    def _gather(self, futures: list[Any]) -> Iterator[Any]:
        try:
            for future in as_completed(futures):
                yield future.result()
        except KilledWorker as error:
            raise EngineError(DIED) from error

    def close(self) -> None:
        """Leave the scheduler, and end it if it is this machine's."""
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()


def _survey_block(block: Block) -> tuple[pd.DataFrame, pd.DataFrame]:
    claims = read_block(block)
    return pairs_of(claims), typed_ids(claims)


def _placed(block: Block, places: pd.Series) -> pd.DataFrame:
    claims = read_block(block)
    return claims.assign(partition=by_partition(claims, places))


def _each(claims: pd.DataFrame, part: Part) -> pd.DataFrame:
    """What the part says of each partition that a shuffle has brought together."""
    told = [
        part(one[COLUMNS].sort_values("row", ignore_index=True))
        for _, one in claims.groupby("partition", sort=True)
    ]
    return pd.concat(told) if told else pd.DataFrame(columns=RESULT, dtype="str")
