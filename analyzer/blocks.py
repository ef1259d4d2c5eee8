"""Claims as Parquet, a block (one row group of one file) at a time: what engines move around."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analyzer.model import CLAIMS

NAME = "claims.parquet"  # a file, or a folder of files that are taken in the order of their names


@dataclass(frozen=True, slots=True)
class Block:
    """One row group.

    Attributes
    ----------
    file : str
        Path of the Parquet file.
    group : int
        Its place in the file.
    first : int
        Number of its first row among all claims; the line 1 is that of the header.
    """

    file: str
    group: int
    first: int


def list_blocks(folder: Path) -> list[Block]:
    """All blocks of a dossier's claims, or of a folder that `spool` has filled."""
    path = folder / NAME
    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    blocks = []
    first = 2
    for file in files:
        about = pq.ParquetFile(file).metadata
        for group in range(about.num_row_groups):
            blocks.append(Block(str(file), group, first))
            first += about.row_group(group).num_rows
    return blocks


def read_block(block: Block) -> pd.DataFrame:
    """The claims of one block as text, with `row`; columns that the file lacks are blank."""
    with pq.ParquetFile(block.file) as file:
        table = file.read_row_group(block.group)
    frame = table.to_pandas()
    rows = pd.RangeIndex(block.first, block.first + len(frame))
    if "row" in frame:  # spooled from a CSV, whose lines are not the rows
        rows = frame["row"]
    text = frame.reindex(columns=list(CLAIMS)).fillna("").astype("str")
    return text.assign(row=rows)


def spool(frames: Iterable[pd.DataFrame], folder: Path) -> list[Block]:
    """Write frames of claims as Parquet, one file each, for engines that read nothing else."""
    (folder / NAME).mkdir()
    for number, frame in enumerate(frames):
        table = pa.Table.from_pandas(frame, preserve_index=False)
        pq.write_table(table, folder / NAME / f"{number:06d}.parquet")
    return list_blocks(folder)
