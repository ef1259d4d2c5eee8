"""Laws of the digest: equal content, equal text; in any process."""

import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.digest import digest
from analyzer.phrases import plural
from analyzer.settings import Thresholds

FRAME = pd.DataFrame(
    {
        "id": ["a", "b"],
        "n": [1, 2],
        "x": [0.5, np.nan],
        "on": pd.to_datetime(["2024-03-01", None]),
        "ids": [("a", "b"), ()],
    }
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: (
        st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(PLAIN)
def test_a_value_and_its_copy_have_one_digest(value: Any) -> None:
    copy = {**value} if isinstance(value, dict) else value
    assert digest(value) == digest(copy)


@given(st.lists(st.text()), st.lists(st.text()))
def test_different_texts_differ_however_they_are_cut(one: list[str], other: list[str]) -> None:
    assert (digest(one) == digest(other)) == (one == other)


@pytest.mark.parametrize(
    "other",
    [
        FRAME.assign(n=[1, 3]),
        FRAME.assign(n=[1.0, 2.0]),  # drawn as 1.0 where it was 1
        FRAME.assign(x=[0.5, 0.0]),
        FRAME.assign(id=["a", None]).astype({"id": "str"}),
        FRAME.assign(on=pd.to_datetime(["2024-03-02", None])),
        FRAME.assign(ids=[("a",), ("b",)]),
        FRAME.rename(columns={"n": "m"}),
        FRAME[["n", "id", "x", "on", "ids"]],
        FRAME.iloc[::-1],
        FRAME.set_axis([5, 6]),
        FRAME.iloc[:1],
    ],
)
def test_any_change_of_a_frame_changes_its_digest(other: pd.DataFrame) -> None:
    assert digest(FRAME) == digest(FRAME.copy())
    assert digest(FRAME) != digest(other)


def test_settings_and_functions_with_their_arguments_count() -> None:
    assert digest(Thresholds()) != digest(Thresholds(chart_claims=9))
    assert digest(partial(plural, 2, "claim")) == digest(partial(plural, 2, "claim"))
    assert digest(partial(plural, 2, "claim")) != digest(partial(plural, 3, "claim"))
    assert digest(partial(plural, 2)) != digest(partial(digest, 2))


@pytest.mark.parametrize("value", [object(), lambda: None, pd.Timedelta])
def test_what_has_no_rule_is_an_error_and_no_guess(value: object) -> None:
    with pytest.raises(TypeError, match="no digest of"):
        digest(value)


def test_another_process_with_another_hash_seed_gives_the_same() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from test_digest import FRAME; "
        "from analyzer.digest import digest; from analyzer.phrases import plural; "
        "print(digest(FRAME, {'a', 'b', 'c'}, frozenset('xyz'), plural))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert texts == {digest(FRAME, {"a", "b", "c"}, frozenset("xyz"), plural) + "\n"}
