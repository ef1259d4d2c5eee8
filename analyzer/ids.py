"""Ids of claims, made from the cells of their rows."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analyzer.distinct import together

Bytes = np.ndarray[Any, np.dtype[np.uint8]]
ALPHABET = b"abcdefghijklmnopqrstuvwxyz234567"  # of base 32
SHORT, LONG = 6, 16  # characters of a hash in an id: 30 bits, and 80 where 30 do not tell
ID_COLUMNS = [
    "measure",
    "figure",
    "of",
    "scope",
    "as_of",
    "period_start",
    "published",
    "source",
    "attributed_to",
    "via",
    "status",
    "url",
]


def claim_ids(claims: pd.DataFrame) -> pd.Series:
    """Ids for rows that leave them blank: measure, source and a hash of the row's own cells.

    An id depends on nothing but its row, so it survives new rows and another order; only where
    two different rows of one measure and source come out with one id, which is rare, both take
    more of their hash.
    """
    blank = claims["id"] == ""
    if not blank.any():
        return claims["id"]
    stems, named = together([claims["measure"], claims["source"]])
    concerned = np.bincount(stems[blank.to_numpy()], minlength=len(named))[stems] > 0
    rows = claims[concerned]
    hashes = _hashes([rows[column] for column in ID_COLUMNS])
    made = _joined([rows["measure"], rows["source"], _base32(hashes, SHORT)], ".")
    shared = _shared(made, hashes)
    if shared.any():
        longer = rows.loc[shared, "measure"] + "." + rows.loc[shared, "source"] + "."
        longer += _base32(hashes[shared], LONG).set_axis(longer.index)
        made = made.where(~shared, longer.reindex(made.index))
    return claims["id"].where(~blank, made.reindex(claims.index))


def _hashes(columns: list[pd.Series]) -> Bytes:
    """SHA-256 of the cells of each row, one row of bytes each."""
    cells = pa.array(_joined(columns, "\x1f").array).cast(pa.large_binary()).to_pylist()
    digests = b"".join([hashlib.sha256(row).digest() for row in cells])
    return np.frombuffer(digests, np.uint8).reshape(len(cells), 32)


def _joined(columns: list[pd.Series], between: str) -> pd.Series:
    """Cells of each row in one text."""
    parts = [pa.array(column.array, pa.large_string()) for column in columns]
    joined = pc.binary_join_element_wise(*parts, pa.scalar(between, pa.large_string()))
    return pd.Series(pd.array(joined, dtype="str"), columns[0].index)


def _base32(hashes: Bytes, length: int) -> pd.Series:
    """The first characters of each hash as `base64.b32encode` writes it, in lower case."""
    bits = np.unpackbits(hashes[:, : -(-length * 5 // 8)], axis=1)[:, : length * 5]
    places = bits.reshape(len(hashes), length, 5) @ np.array([16, 8, 4, 2, 1], dtype=np.uint8)
    written = np.frombuffer(ALPHABET, np.uint8)[places]
    ends = np.arange(len(hashes) + 1, dtype=np.int64) * length
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(np.ascontiguousarray(written))]
    texts = pa.Array.from_buffers(pa.large_string(), len(hashes), buffers)
    return pd.Series(pd.array(texts, dtype="str"))


def _shared(made: pd.Series, hashes: Bytes) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Rows whose short id would be that of another row with other cells."""
    ids = pd.factorize(made)[0]
    again = np.flatnonzero(np.bincount(ids)[ids] > 1)
    told = pd.DataFrame({"id": ids[again], "hash": [row.tobytes() for row in hashes[again]]})
    several = told.groupby("id")["hash"].transform("nunique") > 1
    shared = np.zeros(len(ids), dtype=bool)
    shared[again[several.to_numpy(dtype=bool)]] = True
    return shared
