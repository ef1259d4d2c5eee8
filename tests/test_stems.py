"""Names of charts' files: safe on every system, and never one name for two charts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.drawing.stems import LONGEST, file_stems

ODD = st.text(alphabet="aAbBs\u017fßk\u212a.[]~- _/\\:*\x00\n\u202e\ud800", max_size=12)
NAMES = st.lists(ODD | st.text(max_size=12) | ODD.map(lambda text: text * 40), unique=True)


def test_ordinary_names_are_kept() -> None:
    names = ["lag", "series.killed.ministry[since_October_2023]", "glance.account.a.2026-07-09"]
    assert file_stems(names) == [
        "lag",
        "series.killed.ministry.since_October_2023",
        "glance.account.a.2026-07-09",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("envelope.toll.A", "envelope.toll.a"),
        ("gap.m.a[b].c", "gap.m.a.b[c]"),
        ("contradiction.joint contradiction.x", "contradiction.joint-contradiction.x"),
        ("series." + "x" * 300 + "1", "series." + "x" * 300 + "2"),
    ],
)
def test_two_names_that_would_be_one_file_are_told_apart(one: str, other: str) -> None:
    first, second = file_stems([one, other])
    assert first.casefold() != second.casefold()
    assert [first, second] == file_stems([other, one])[::-1]
    assert max(len(first), len(second)) <= LONGEST


@given(NAMES)
def test_any_names_give_safe_and_distinct_files(names: list[str]) -> None:
    stems = file_stems([f"ranges.{name}" for name in names])
    assert len({stem.casefold() for stem in stems}) == len(names)
    assert all(re.fullmatch(r"ranges\.[A-Za-z0-9._~-]*", stem) for stem in stems)
    assert all(len(stem) <= LONGEST for stem in stems)


@given(NAMES, st.randoms())
def test_the_order_of_charts_changes_no_name(names: list[str], random: object) -> None:
    shuffled = list(names)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    told = dict(zip(names, file_stems(names), strict=True))
    assert file_stems(shuffled) == [told[name] for name in shuffled]
