"""How claims are spread over partitions, and what the process does with the memory of them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.engines.contract import by_partition
from analyzer.engines.frames import PandasEngine
from analyzer.engines.memory import keep_memory
from analyzer.engines.pool import Workers

MEASURES = st.lists(st.sampled_from(["", "hurt", "killed", "missing", "unheard_of"]), min_size=1)


def rows_of(engine: PandasEngine, places: pd.Series) -> list[list[int]]:
    """Rows of each partition, in its order."""
    return list(engine.run(places, lambda claims: claims["row"].tolist()))  # type: ignore[arg-type, return-value]


@given(MEASURES, st.lists(st.integers(0, 2), min_size=3, max_size=3))
def test_each_claim_is_in_the_partition_of_its_measure_in_the_order_of_the_file(
    measures: list[str], numbers: list[int]
) -> None:
    places = pd.Series(numbers, index=pd.Index(["hurt", "killed", "missing"], dtype="str"))
    claims = pd.DataFrame({"measure": pd.array(measures, dtype="str"), "row": range(len(measures))})
    wanted = [places.to_dict().get(measure, 0) for measure in measures]
    assert by_partition(claims, places).tolist() == wanted
    engine = PandasEngine(claims, Workers(1))
    assert rows_of(engine, places) == [
        [row for row, number in enumerate(wanted) if number == one] for one in sorted(set(wanted))
    ]


def test_memory_is_kept_only_where_the_c_library_can(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("platform.libc_ver", lambda: ("", ""))
    monkeypatch.setattr("pyarrow.set_memory_pool", asked.append)
    keep_memory.__wrapped__()
    assert not asked
