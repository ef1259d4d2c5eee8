"""The engine `spark`: blocks of Parquet, grouped by partition, each given to one Python worker."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

import pandas as pd
import pyarrow as pa
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from analyzer.blocks import Block, read_block
from analyzer.engines.contract import (
    COLUMNS,
    RESULT,
    Options,
    Part,
    Survey,
    by_partition,
    pairs_of,
    typed_ids,
)
from analyzer.errors import EngineError

NUMBERS = ("claims", "row", "partition")


def _schema(names: list[str]) -> pa.Schema:
    """Columns as Spark and Arrow both know them: text, but for counts and places."""
    return pa.schema([(name, pa.int64() if name in NUMBERS else pa.string()) for name in names])


PLACED = _schema([*COLUMNS, "partition"])
SEEN = _schema(["measure", "of", "claims", "id", "row"])
TOLD = _schema(RESULT)


class SparkEngine:
    """A running master, the cluster of spark-submit, or threads of a Java process here."""

    def __init__(self, blocks: list[Block], options: Options) -> None:
        self._blocks = blocks
        # workers run this very Python; without it Spark takes any python3 that it finds
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.appName("analyzer")
        if "SPARK_ENV_LOADED" not in os.environ:  # spark-submit has said all this
            master = options.scheduler or f"local[{options.workers}]"
            builder = builder.master(master).config("spark.ui.enabled", "false")
            builder = builder.config("spark.ui.showConsoleProgress", "false")
            builder = builder.config("spark.local.dir", str(options.scratch))
            builder = builder.config("spark.driver.memory", f"{options.memory}m")
        self._session = builder.getOrCreate()
        self._session.sparkContext.setLogLevel("OFF")

    def survey(self) -> Survey:
        """Look over all claims once."""
        seen = self._from_blocks(_survey_block, SEEN)
        pairs = seen.where("claims IS NOT NULL").groupBy("measure", "of").agg(f.sum("claims"))
        typed = seen.where("id IS NOT NULL").select("id", "row")
        again = typed.groupBy("id").count().where("count > 1").select("id")
        repeats = _collected(typed.join(again, "id").orderBy("row"))
        counted = _collected(pairs).set_axis(["measure", "of", "claims"], axis=1)
        return Survey(counted, repeats)

    def run(self, places: pd.Series, part: Part) -> Iterator[pd.DataFrame]:
        """What the part says of each partition."""

        def placed(block: Block) -> pd.DataFrame:
            claims = read_block(block)
            return claims.assign(partition=by_partition(claims, places))

        def told(claims: pa.Table) -> pa.Table:
            rows = claims.to_pandas()[COLUMNS].sort_values("row", ignore_index=True)
            return pa.Table.from_pandas(part(rows), schema=TOLD, preserve_index=False)

        grouped = self._from_blocks(placed, PLACED).repartition(int(places.max()) + 1, "partition")
        yield _collected(grouped.groupBy("partition").applyInArrow(told, _spelt(TOLD)))

    def _from_blocks(self, read: Callable[[Block], pd.DataFrame], schema: pa.Schema) -> DataFrame:
        """A frame of what a function makes of each block, one task a block."""
        numbers = self._session.range(len(self._blocks), numPartitions=len(self._blocks))
        blocks = self._blocks

        def make(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                for number in batch.column(0).to_pylist():
                    frame = read(blocks[number]).reindex(columns=schema.names)
                    table = pa.Table.from_pandas(frame, schema, preserve_index=False)
                    yield from table.to_batches()

        return numbers.mapInArrow(make, _spelt(schema))

    def close(self) -> None:
        """End the session."""
        self._session.stop()


def _spelt(schema: pa.Schema) -> str:
    """The schema in Spark's words."""
    words = {pa.int64(): "long", pa.string(): "string"}
    return ", ".join(f"`{field.name}` {words[field.type]}" for field in schema)


def _survey_block(block: Block) -> pd.DataFrame:
    claims = read_block(block)
    return pd.concat([pairs_of(claims), typed_ids(claims)], ignore_index=True)


def _collected(frame: DataFrame) -> pd.DataFrame:
    try:
        collected: pd.DataFrame = frame.toArrow().to_pandas()
    except PySparkException as error:
        first = str(error).strip().splitlines()[0]
        raise EngineError(f"Spark can't go on ({first}): nothing was written") from error
    return collected
