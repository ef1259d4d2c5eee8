"""Claims as Parquet, a block (one row group of one file) at a time: what engines move around."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from analyzer.errors import InputError, Problem
from analyzer.model import CLAIMS
from analyzer.parquet import open_cells, readable, text_cells
from analyzer.read import shown_path

NAME = "claims.parquet"  # a file, or a folder of files that are taken in the order of their names
ROWS = 200_000  # of a block of a CSV


@dataclass(frozen=True, slots=True)
class Block:
    """One row group.

    Attributes
    ----------
    path : str
        Of the Parquet file.
    group : int
        Its place in the file.
    first : int
        Line of its first row, as if all claims stood in one CSV with one line a row.
    spooled : bool
        Whether it was written by `spool`: the text is clean, and `row` holds the lines.
    """

    path: str
    group: int
    first: int
    spooled: bool = False


def list_blocks(folder: Path) -> list[Block]:
    """All blocks of a dossier's claims, which are Parquet.

    Raises
    ------
    InputError
        With every file that can't be read, or lacks a column.
    """
    path = folder / NAME
    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    problems = [] if files else [Problem(shown_path(path), 0, "", "", "is empty", "add a file")]
    blocks: list[Block] = []
    first = 2
    for file in files:
        try:
            source, _ = open_cells(shown_path(file), "claims", str(file))
        except InputError as error:
            problems += error.problems
            continue
        for group in range(source.num_row_groups):
            blocks.append(Block(str(file), group, first))
            first += source.metadata.row_group(group).num_rows
        source.close()
    if problems:
        raise InputError(problems)
    return blocks


def read_block(block: Block) -> pd.DataFrame:
    """The claims of one block as text, with `row`; columns that the file lacks are blank.

    Raises
    ------
    InputError
        When the file can't be read, or a column is no text.
    """
    file = shown_path(Path(block.path))
    if block.spooled:
        with readable(file), parquet.ParquetFile(block.path) as spooled:
            whole: pd.DataFrame = spooled.read_row_group(block.group).to_pandas()
            return whole
    source, known = open_cells(file, "claims", block.path)
    with readable(file):
        read = source.read_row_group(block.group, columns=known)
        source.close()
    cells = text_cells(file, read, block.first)
    text = cells.reindex(columns=list(CLAIMS), fill_value="").astype("str")
    return text.assign(row=cells.index).reset_index(drop=True)


def spool(claims: pd.DataFrame, folder: Path) -> list[Block]:
    """Write claims that were read from a CSV as Parquet, for engines that read nothing else."""
    path = folder / "spooled.parquet"
    table = pa.Table.from_pandas(claims, preserve_index=False)
    parquet.write_table(table, path, row_group_size=ROWS)
    groups = -(-len(claims) // ROWS)
    return [Block(str(path), group, 0, spooled=True) for group in range(groups)]


def read_blocks(blocks: list[Block]) -> Iterator[pd.DataFrame]:
    """The claims of each block."""
    return map(read_block, blocks)
