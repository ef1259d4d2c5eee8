"""The engine `duckdb`: claims in a database file, sorted on disk, one partition in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import duckdb
import pandas as pd
import pyarrow as pa

from analyzer.engines.contract import COLUMNS, Options, Part, Survey
from analyzer.engines.pool import Workers
from analyzer.errors import EngineError

BATCH = 50_000  # rows that come out of the database at a time


class DuckEngine:
    """A database in the scratch folder; DuckDB sorts beyond memory by spilling there."""

    def __init__(self, blocks: Iterable[pd.DataFrame], options: Options, workers: Workers) -> None:
        self._workers = workers
        self._open(options)
        columns = ", ".join(f'"{name}" VARCHAR' for name in COLUMNS[:-1])
        self._do(f"CREATE TABLE claims ({columns}, row BIGINT)")
        for block in blocks:
            self._connection.register("block", pa.Table.from_pandas(block[COLUMNS]))
            self._do("INSERT INTO claims SELECT * FROM block")
            self._connection.unregister("block")

    def _open(self, options: Options) -> None:
        self._connection = duckdb.connect(
            str(options.scratch / "claims.duckdb"),
            config={
                "memory_limit": f"{options.memory}MB",
                "threads": options.workers,
                "temp_directory": str(options.scratch / "spilled"),
            },
        )

    def survey(self) -> Survey:
        """Look over all claims once."""
        pairs = self._do('SELECT measure, "of", count(*) AS claims FROM claims GROUP BY ALL').df()
        repeats = self._do(
            "SELECT id, row FROM claims WHERE id IN "
            "(SELECT id FROM claims WHERE id <> '' GROUP BY id HAVING count(*) > 1) ORDER BY row"
        ).df()
        return Survey(pairs, repeats)

    def run(self, places: pd.Series, part: Part) -> Iterator[pd.DataFrame]:
        """What the part says of each partition."""
        return self._workers.run(self._partitions(places), part)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def _partitions(self, places: pd.Series) -> Iterator[pd.DataFrame]:
        """Each partition as one frame, cut from a stream of rows that is ordered by partition."""
        table = pa.table({"measure": places.index.to_list(), "partition": places.to_list()})
        self._connection.register("places", table)
        rows = self._connection.sql(
            "SELECT claims.*, coalesce(partition, 0) AS partition "
            "FROM claims LEFT JOIN places USING (measure) ORDER BY partition, row"
        )
        waiting: list[pd.DataFrame] = []
        for batch in rows.to_arrow_reader(BATCH):
            frame = batch.to_pandas()
            for _, piece in frame.groupby("partition", sort=True):
                if waiting and piece["partition"].iloc[0] != waiting[0]["partition"].iloc[0]:
                    yield _joined(waiting)
                    waiting = []
                waiting.append(piece)
        if waiting:
            yield _joined(waiting)

    def _do(self, query: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(query)
        except duckdb.Error as error:
            first = str(error).splitlines()[0]
            raise EngineError(f"DuckDB can't go on ({first}): nothing was written") from error


def _joined(pieces: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(pieces, ignore_index=True)[COLUMNS]
