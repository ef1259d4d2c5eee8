"""What spreadsheets leave around the text of a cell, taken away: padding and one pair of quotes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

PADDING = " \t\r\n\u00a0\u2007\u202f\u200b\u2060\ufeff"
ENCLOSING = {
    '"': '"',
    "\u201c": "\u201d",
    "\u201d": "\u201d",
    "\u201e": "\u201c",
    "\u00ab": "\u00bb",
}
LARGEST_CELL = 100_000  # characters; a longer cell is a missing quote, not a figure or a note
TEXT = pa.large_string()
# a cell that begins and ends with other bytes of UTF-8 has nothing to take away
FIRST = np.zeros(256, dtype=bool)
FIRST[[mark.encode()[0] for mark in (*PADDING, *ENCLOSING)]] = True
LAST = np.zeros(256, dtype=bool)
LAST[[mark.encode()[-1] for mark in PADDING]] = True


def clean(cell: str) -> str:
    """A cell without padding and without one pair of quotes around the whole of it."""
    text = cell.strip(PADDING)
    if len(text) > 1 and ENCLOSING.get(text[0]) == text[-1] and text[-1] not in text[1:-1]:
        text = text[1:-1].strip(PADDING)
    return text


def clean_column(cells: pa.Array) -> pa.Array:
    """`clean` for a whole column: Python sees only the cells that start with a quote."""
    if _are_clean(cells):
        return cells
    trimmed = pc.utf8_trim(cells, PADDING)
    quoted = np.zeros(len(trimmed), dtype=bool)
    for mark in ENCLOSING:
        quoted |= _flags(pc.starts_with(trimmed, mark))
    if not quoted.any():
        return trimmed
    mask = pa.array(quoted)
    cleaned = [clean(cell) for cell in trimmed.filter(mask).to_pylist()]
    return pc.replace_with_mask(trimmed, mask, pa.array(cleaned, TEXT))


def _are_clean(cells: pa.Array) -> bool:
    """Whether the first and last bytes of the cells tell that all of them are clean."""
    if cells.type != TEXT or cells.null_count or not len(cells):
        return False
    _, ends, data = cells.buffers()
    ends = np.frombuffer(ends, np.int64)[cells.offset : cells.offset + len(cells) + 1]
    if ends[0] == ends[-1]:
        return True
    given = np.flatnonzero(ends[1:] > ends[:-1])
    written = np.frombuffer(data, np.uint8)
    first, last = written[ends[given]], written[ends[given + 1] - 1]
    return not (FIRST[first].any() or LAST[last].any())


def filled_rows(columns: list[pa.Array]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which rows have a cell that is not empty."""
    filled = np.zeros(len(columns[0]) if columns else 0, dtype=bool)
    for column in columns:
        if filled.all():
            break
        filled |= _flags(pc.greater(pc.binary_length(column), 0))
    return filled


def to_frame(names: list[str], columns: list[pa.Array], lines: Any) -> pd.DataFrame:
    """Columns of text as a frame; nothing is copied, the index being the line of each row."""
    arrays = {
        name: pd.array(column, dtype="str") for name, column in zip(names, columns, strict=True)
    }
    return pd.DataFrame(arrays, index=pd.Index(lines, dtype="int64"))


def written_with(cells: pd.Series, marks: bytes) -> bool:
    """Whether a column of text holds no other characters than these of ASCII."""
    texts = pa.array(cells.array, TEXT)
    pieces = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    return not any(_bytes_of(piece).translate(None, marks) for piece in pieces)


def _bytes_of(texts: pa.Array) -> bytes:
    """All cells one after another."""
    _, ends, data = texts.buffers()
    if data is None or not len(texts):
        return b""
    first, last = np.frombuffer(ends, np.int64)[[texts.offset, texts.offset + len(texts)]]
    return memoryview(data)[first:last].tobytes()


def _flags(found: pa.Array) -> np.ndarray[Any, np.dtype[np.bool_]]:
    flags: np.ndarray[Any, np.dtype[np.bool_]] = found.to_numpy(zero_copy_only=False)
    return flags
