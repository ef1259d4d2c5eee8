"""Origins and chains of many rows at once are those of each row by itself."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analyzer.lineage import trace_origins

NAMES = ["a", "b", "c"]
SOURCES = pd.DataFrame({"source": NAMES, "name": ["A", "B", "C"], "speaks_for": ["b", "", ""]})
ROWS = st.tuples(
    st.sampled_from(NAMES), st.sampled_from(["", "b", "b; c", " ; a"]), st.sampled_from(NAMES)
)


def _steps(attributed_to: str, via: str, source: str) -> list[str]:
    """Who passed a figure on, each once, from its origin to its source."""
    relays = [relay.strip() for relay in via.split(";")]
    origin = relays[0] if attributed_to == source and relays[0] else attributed_to
    return [name for name in dict.fromkeys((origin, *relays, source)) if name]


@given(st.lists(ROWS, min_size=1, max_size=12))
def test_chains_are_those_of_single_rows(rows: list[tuple[str, str, str]]) -> None:
    claims = pd.DataFrame(rows, columns=["attributed_to", "via", "source"], dtype="str")
    found = trace_origins(claims, SOURCES)
    links = [_steps(*row) for row in rows]
    assert found["chain"].tolist() == [" > ".join(one) for one in links]
    assert found["origin"].tolist() == [one[0] for one in links]
    assert found["authority"].tolist() == ["b" if one[0] == "a" else one[0] for one in links]
    assert found["source_name"].tolist() == [source.upper() for _, _, source in rows]
