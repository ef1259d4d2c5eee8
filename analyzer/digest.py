"""One short text that stands for a value: the same for the same content, in any process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import Any, Final

import numpy as np
import pandas as pd

SIZE: Final = 16  # bytes: 128 bits, so that no two values meet by chance


def digest(*values: Any) -> str:
    """Hash values by what they hold: plain values, tuples, mappings, frames, functions by name.

    Order counts everywhere, and of a frame also its index. Nothing depends on the process: neither
    hash seeds nor addresses.

    Returns
    -------
    str
        32 hexadecimal digits.

    Raises
    ------
    TypeError
        When a value is of a kind that has no rule here.
    """
    hashed = hashlib.blake2b(digest_size=SIZE)
    for part in _parts(values):
        hashed.update(len(part).to_bytes(8, "little"))
        hashed.update(part)
    return hashed.hexdigest()


def _parts(value: Any) -> Iterator[bytes]:
    """A value as a row of byte strings; each container says first what it is and how long."""
    plain = _plain(value)
    if plain is not None:
        yield plain
    elif isinstance(value, pd.DataFrame):
        yield f"frame {value.shape}".encode()
        yield from _column(value.index)
        for place, name in enumerate(value.columns):
            yield from _parts(name)
            yield from _column(value.iloc[:, place])
    elif isinstance(value, pd.Series | pd.Index):
        yield f"series {len(value)}".encode()
        yield from _parts(value.name)
        if isinstance(value, pd.Series):
            yield from _column(value.index)
        yield from _column(value)
    elif isinstance(value, partial):
        yield from _parts((value.func, value.args, value.keywords))
    else:
        yield from _items(value)


def _plain(value: Any) -> bytes | None:
    """Bytes of a value without parts; None of any other."""
    if isinstance(value, np.generic):
        value = value.item() if not isinstance(value, np.datetime64) else pd.Timestamp(value)
    if value is pd.NaT or value is pd.NA:
        return b"missing"
    if isinstance(value, bytes):
        return b"bytes " + value
    if value is None or isinstance(value, str | bool | int | float):
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    if isinstance(value, date | PurePath):  # days, times, timestamps
        return f"{'path' if isinstance(value, PurePath) else 'time'} {value}".encode()
    if callable(value) and not isinstance(value, type | partial):
        return f"function {_name(value)}".encode()
    return None


def _name(function: Any) -> str:
    """Module and name of a function; one without a name of its own can't be told from others."""
    name = f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', '<none>')}"
    if "<" in name:
        raise TypeError(f"no digest of {function!r}: it has no name of its own")
    return name


def _items(value: Any) -> Iterator[bytes]:
    if isinstance(value, tuple | list):
        yield f"list {len(value)}".encode()
        for item in value:
            yield from _parts(item)
    elif isinstance(value, Mapping):
        yield f"mapping {len(value)}".encode()
        for key, item in value.items():
            yield from _parts(key)
            yield from _parts(item)
    elif isinstance(value, set | frozenset):
        yield f"set {len(value)}".encode()
        yield from sorted(digest(item).encode() for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        yield f"value {type(value).__qualname__}".encode()
        for field in fields(value):
            yield from _parts(getattr(value, field.name))
    else:
        raise TypeError(f"no digest of {value!r}: a {type(value).__name__} has no rule")


def _numbers(numbers: np.ndarray) -> bytes:
    """Bytes of numbers; every missing one has the same."""
    if numbers.dtype.kind != "f":
        return numbers.astype("<i8").tobytes()
    return np.where(np.isnan(numbers), np.nan, numbers).astype("<f8").tobytes()


def _column(column: pd.Series | pd.Index) -> Iterator[bytes]:
    """Cells of a column: numbers and times as one block of bytes, texts and others by value."""
    kind = column.dtype
    if isinstance(column, pd.MultiIndex):
        yield from _parts(column.tolist())
    elif pd.api.types.is_datetime64_any_dtype(kind):
        yield b"times"
        yield np.asarray(column, dtype="datetime64[us]").astype("<i8").tobytes()
    elif isinstance(kind, np.dtype) and kind.kind in "biuf":
        yield kind.kind.encode()
        yield _numbers(np.asarray(column))
    elif isinstance(kind, pd.StringDtype):
        yield b"texts"
        cells = column.fillna("\0missing").tolist() if column.hasnans else column.tolist()
        yield json.dumps(cells, ensure_ascii=False).encode("utf-8", "surrogatepass")
    else:
        yield from _parts(column.tolist())
