"""The latest figures of a panel, one below the other."""

from itertools import groupby

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from panels import day

from analyzer.series.stacking import Sheet, stack_series

KINDS = {"born": "flow", "toll": "cumulative", "ward": "share"}
Row = tuple[str, int, int, int]  # series, day, first day, day of publication (9: none)

rows = st.lists(
    st.tuples(
        st.sampled_from(list(KINDS)), st.integers(0, 4), st.integers(-2, 0), st.integers(5, 9)
    ),
    unique_by=lambda row: row[:3],
)


def panel(drawn: list[Row]) -> pd.DataFrame:
    """Rows in any order; each is the latest version of its period."""
    table = {
        "series": [name for name, *_ in drawn],
        "kind": [KINDS[name] for name, *_ in drawn],
        "first": [day(at + back) for _, at, back, _ in drawn],
        "at": [day(at) for _, at, _, _ in drawn],
        "published": [day(said) if said < 9 else np.datetime64("NaT") for *_, said in drawn],
        "value": [float(place) for place in range(len(drawn))],
        "claim": [f"c{place}" for place in range(len(drawn))],
        "latest": [True] * len(drawn),
    }
    days = dict.fromkeys(("first", "at", "published"), "datetime64[s]")
    texts = dict.fromkeys(("series", "kind", "claim"), "str")
    return pd.DataFrame(table).astype(days | texts | {"value": "float64", "latest": "bool"})


def by_hand(drawn: list[Row]) -> list[tuple[str, int, int]]:
    """Series, place among the drawn and length of the period, by series and day."""
    numbered = sorted(
        (name, at, said, back, place)
        for place, (name, at, back, said) in enumerate(drawn)
        if KINDS[name] != "share"
    )
    last = [list(own)[-1] for _, own in groupby(numbered, key=lambda row: row[:2])]
    return [(name, place, 1 - back) for name, _, _, back, place in last]


def told(sheet: Sheet) -> list[tuple[str, int, int]]:
    names = sheet.names[sheet.stack.code]
    return list(zip(names, sheet.values.astype(int).tolist(), sheet.spans.tolist(), strict=True))


@given(rows)
def test_of_each_day_the_figure_published_last_is_weighed(drawn: list[Row]) -> None:
    sheet = stack_series(panel(drawn))
    assert told(sheet) == by_hand(drawn)
    assert list(sheet.claim) == [f"c{place}" for _, place, _ in by_hand(drawn)]
    assert dict(zip(sheet.names, sheet.running, strict=True)) == {
        name: KINDS[name] == "cumulative" for name in sheet.names
    }


@given(rows)
def test_figures_are_found_by_series_and_day(drawn: list[Row]) -> None:
    sheet = stack_series(panel(drawn))
    at = np.arange(sheet.stack.size)
    assert (sheet.find(sheet.stack.code, sheet.days) == at).all()
    assert (sheet.find(sheet.stack.code, sheet.days + 9) == -1).all()
