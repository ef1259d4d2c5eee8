"""Pandera for pandas alone.

Pandera imports every engine for frames that is installed, whether it is used or not: with Dask
and Spark at hand that takes longer than all else that a check of a dossier does, and Spark
warns of the version of pandas. Only pandas frames are checked here, so the others are hidden from
it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

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

__all__ = ["SchemaErrors", "Series", "pa"]
