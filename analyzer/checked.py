"""Pandera for pandas alone.

Pandera imports every engine for frames that is installed, whether it is used or not: with Dask
and Spark at hand that takes longer than all else that a check of a dossier does, and Spark
warns of the version of pandas. Only pandas frames are checked here, so the others are hidden from
it. And it looks at the type of each column anew for each of the partitions of a large dossier.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import pandas as pd

ENGINES: Final = ("dask", "geopandas", "modin", "pyspark")
STRATEGIES: Final = "hypothesis"  # makes frames up for tests; nobody asks for it here


@contextmanager
def hidden(*names: str) -> Iterator[None]:
    """Let imports of some packages fail, as if they were not installed."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


with hidden(*ENGINES, STRATEGIES):
    import pandera.backends.pandas.builtin_checks  # noqa: F401  (imports the makers of frames)
    import pandera.pandas as pa
    from pandera.errors import SchemaErrors
    from pandera.typing import Series, get_dataframe_types, get_index_types, get_series_types

    for _looked_up_once in (get_dataframe_types, get_index_types, get_series_types):
        _looked_up_once()

__all__ = ["SchemaErrors", "Series", "checked", "differ", "pa"]

_accepted: dict[type[pa.DataFrameModel], set[Any]] = {}  # columns and types of earlier frames


def checked(model: type[pa.DataFrameModel], frame: pd.DataFrame) -> pd.DataFrame:
    """Hold a frame against its class, as `model.validate` does.

    Columns and types are pandera's to judge, of a frame without rows, and only where it has not
    accepted the same ones before. Then the values are looked at; pandera is asked again only to
    tell what is wrong with them.

    Raises
    ------
    SchemaErrors
        With all that is wrong.
    """
    if _types_fit(model, frame) and _values_fit(model.to_schema(), frame):
        return frame.copy(deep=False)
    found: pd.DataFrame = model.validate(frame, lazy=True)
    return found


def _types_fit(model: type[pa.DataFrameModel], frame: pd.DataFrame) -> bool:
    """Whether the columns and types are right; of objects where others are due the values tell."""
    types = tuple(frame.dtypes.items())
    known = _accepted.setdefault(model, set())
    if types in known:
        return True
    if not _objects(types) <= _objects(model.to_schema().dtypes.items()):
        return False
    try:
        model.validate(frame.head(0), lazy=True)
    except SchemaErrors:
        return False
    known.add(types)
    return True


def _objects(types: Iterable[tuple[Any, Any]]) -> set[Any]:
    """Columns that may hold anything."""
    return {name for name, kind in types if str(kind) == "object"}


def _values_fit(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> bool:
    """Whether all cells are what the checks of their columns allow."""
    for name, column in schema.columns.items():
        cells = frame[name]
        missing = not column.nullable and cells.hasnans
        if missing or (column.unique and not differ(cells)):
            return False
        if not all(check(cells).check_passed for check in column.checks):
            return False
    return all(check(frame).check_passed for check in schema.checks)


def differ(cells: pd.Series) -> bool:
    """Whether all cells are different; where they ascend, as ids do, a look is enough."""
    values = cells.array
    return bool((values[:-1] < values[1:]).all()) or cells.is_unique
