"""Of a large group a series enters the system only on days of which others speak."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from systems import few

from analyzer.system import beside as module
from analyzer.system.beside import beside_series

GROUPS = pd.Series({"a": "a", "b": "a", "c": "c"}, dtype="str")
NOTHING = pd.DataFrame()
told = st.tuples(st.sampled_from("abc"), st.sampled_from(["", "x"]), st.integers(0, 4))


@few
@given(st.lists(told, min_size=1, max_size=12))
def test_what_enters_is_what_the_definition_says(rows: list[tuple[str, str, int]]) -> None:
    """A group of more than three claims is large; day 0 stands for none."""
    days = pd.to_datetime([f"2024-01-0{day}" if day else None for _, _, day in rows])
    claims = pd.DataFrame(rows, columns=["measure", "series", "day"]).assign(at_last=days)
    claims = claims.astype({"at_last": "datetime64[s]"})
    kept = module.LARGE_GROUP
    try:
        module.LARGE_GROUP = 3
        found = beside_series(claims, NOTHING, NOTHING, GROUPS).tolist()
    finally:
        module.LARGE_GROUP = kept
    group = [GROUPS[measure] for measure, _, _ in rows]
    spoken_of = {(g, day) for g, (_, series, day) in zip(group, rows, strict=True) if not series}
    expected = [
        not series or group.count(g) <= 3 or (day > 0 and (g, day) in spoken_of)
        for g, (_, series, day) in zip(group, rows, strict=True)
    ]
    assert found == expected
