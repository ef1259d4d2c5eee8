"""Versions of a figure keep ids of their own."""

import pandas as pd
import pytest

from analyzer import ids as naming
from analyzer.model import CLAIMS

ROW = {"measure": "toll", "figure": "9", "as_of": "2024-03-01", "source": "daily"}


def ids(*published: str) -> list[str]:
    rows = [ROW | {"published": day} for day in published]
    return list(
        naming.claim_ids(
            pd.DataFrame(rows, dtype="str").reindex(columns=list(CLAIMS), fill_value="")
        )
    )


def test_versions_that_differ_only_in_their_day_have_different_ids() -> None:
    one, other = ids("2024-03-02", "2024-03-03")
    assert one != other
    assert ids("2024-03-03") == [other]


def test_two_rows_of_one_short_hash_take_more_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "SHORT", 0)
    one, other = ids("2024-03-02", "2024-03-03")
    assert one != other
    assert one.startswith("toll.daily.") and len(one) == len("toll.daily.") + naming.LONG


def test_a_row_that_repeats_another_keeps_the_short_id_that_names_both() -> None:
    one, other = ids("2024-03-02", "2024-03-02")
    assert one == other
    assert len(one) == len("toll.daily.") + naming.SHORT
