"""Findings of partitions, put together in any order and ranked, are those of the whole."""

import io
from dataclasses import replace

import pandas as pd
import pytest

from analyzer.discrepancies.draft import Draft
from analyzer.pipeline import Analysis
from analyzer.ranking import drafted, ranked
from analyzer.settings import Thresholds

LIMITS = Thresholds()


def draft(measure: str, key: str, gap: float = 0.2, **more: object) -> Draft:
    base = Draft(
        kind="fall",
        cause="unexplained",
        relation="contradicts",
        measure=measure,
        key=key,
        when="",
        gap=gap,
        claims=(f"{measure}.1", f"{measure}.2", f"{measure}.{key}"),
        sentence="It falls.",
        evidence=(("term", "text"),),
        positions=((f"{measure}.1",), (f"{measure}.2", f"{measure}.{key}")),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def claims(**counts: int) -> pd.DataFrame:
    names = [name for name, count in counts.items() for _ in range(count)]
    return pd.DataFrame({"measure": pd.array(names, dtype="str")})


DRAFTS = [
    draft("b", "x"),
    draft("a", "x"),
    draft("a", "y"),
    draft("a", "y", claims=("a.7",)),
    draft("a", "z", gap=0.001),
    draft("b", "w", relation="strains", kind="relay", cause="rounding"),
    draft("c", "x", positions=()),
]
CLAIMS = claims(a=5, b=900, c=1)


@pytest.mark.parametrize("order", ["abc", "bca", "cba"])
@pytest.mark.parametrize("parquet", [False, True])
def test_partitions_in_any_order_are_ranked_as_the_whole(order: str, parquet: bool) -> None:
    parts = []
    for measure in order:
        frame = drafted(
            [one for one in DRAFTS if one.measure == measure],
            CLAIMS[CLAIMS["measure"] == measure],
            LIMITS,
        )
        if parquet:
            buffer = io.BytesIO()
            frame.to_parquet(buffer)
            frame = pd.read_parquet(buffer)
        parts.append(frame)
    whole = ranked(drafted(DRAFTS, CLAIMS, LIMITS))
    pd.testing.assert_frame_equal(ranked(pd.concat(parts, ignore_index=True)), whole)
    assert whole["rank"].tolist() == list(range(1, len(DRAFTS) + 1))


def test_no_findings_can_be_ranked_and_joined() -> None:
    none = drafted([], CLAIMS, LIMITS)
    assert ranked(none).empty
    some = drafted(DRAFTS, CLAIMS, LIMITS)
    both = pd.concat([none, some], ignore_index=True)
    pd.testing.assert_frame_equal(ranked(both), ranked(some))


def test_two_findings_of_one_id_are_told_apart_by_their_claims() -> None:
    names = ranked(drafted(DRAFTS, CLAIMS, LIMITS))["id"]
    twins = names[names.str.startswith("fall.a.y")]
    assert len(set(twins)) == 2
    assert all(len(name) == len("fall.a.y.") + 8 for name in twins)


def test_each_further_finding_of_a_measure_weighs_less() -> None:
    frame = drafted([draft("a", "x"), draft("a", "y")], CLAIMS, LIMITS)
    assert frame["weight"].tolist() == [frame["weight"][0], 0.75 * frame["weight"][0]]


def test_the_shipped_findings_are_nested_tuples(gaza: Analysis) -> None:
    first = gaza.findings.iloc[0]
    assert isinstance(first["claims"], tuple)
    assert all(isinstance(one, tuple) for one in (*first["evidence"], *first["positions"]))
