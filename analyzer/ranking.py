"""Drafts to ranked findings: severity and weight, by group of measures, then the order of all."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from analyzer.discrepancies.draft import Draft
from analyzer.model import SEVERITIES
from analyzer.schemas import Findings
from analyzer.settings import Thresholds

EXPLAINED = (  # causes that say why the figures differ: one level less severe
    "announced revision",
    "scope or definition change",
    "source switch",
    "counting base reset",
    "wrong column",
)
INNOCENT = (  # causes by which nothing is wrong with the figures
    "announced revision",
    "rounding",
    "gap absorbed",
    "late batch",
    "downward correction",
)
INNOCENT_KINDS = ("two scopes",)  # kinds of findings that explain a difference
FEW = 3  # claims; a difference between so few is at most medium
MANY = 12  # claims; more than so many do not make a finding weightier
KNOWN_CAUSE = 1.5  # a finding that says what happened tells a reader more
REPEATED = 0.75  # weight of each further finding on the same measure, so that one total can't
# fill the first page

TEXT = ["id", "kind", "cause", "severity", "relation", "measure", "when", "sentence"]
NESTED = ["claims", "evidence", "positions"]
DRAFTED = [*TEXT, "key", "gap", "weight", *NESTED]


def severity(draft: Draft, thresholds: Thresholds) -> str:
    """How much a finding weighs, from relation, gap and cause alone.

    A contradiction is high from the wide gap on and with more than a few claims, low under the
    narrow gap, medium between; one level less where a cause explains it; figures that agree only
    to the letter are low.
    """
    if draft.cause in INNOCENT or draft.kind in INNOCENT_KINDS:
        return "info"
    if draft.relation == "strains":
        return "low"
    level = 0 if draft.gap >= thresholds.wide_gap and len(draft.claims) > FEW else 1
    if draft.gap < thresholds.narrow_gap:
        level = 2
    return SEVERITIES[min(level + (draft.cause in EXPLAINED) + draft.inferred, 3)]


def _weight(draft: Draft, spoken_of: dict[str, int]) -> float:
    """Weight within a severity: gap, backing of the weaker side, claims, a known cause."""
    return (
        (1.0 if draft.cause == "unexplained" else KNOWN_CAUSE)
        * math.sqrt(draft.gap)
        * math.log2(1 + draft.backing)
        * math.log2(2 + spoken_of.get(draft.measure, 0))
        * math.log2(1 + min(len(draft.claims), MANY))
    )


def drafted(drafts: list[Draft], claims: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """Drafts as a frame that can be ranked together with those of other groups of measures.

    Ids and weights depend on the claims and findings of their own measure alone, and a measure
    stands in one group: so the frames of several partitions can be put one below the other, in
    any order, and ranked as if all had been found at once. They can be written as Parquet.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`, all that were searched for these drafts.

    Returns
    -------
    DataFrame
        Columns `DRAFTED`, in the order of the drafts.
    """
    levels = [severity(draft, thresholds) for draft in drafts]
    weights = _weights(drafts, levels, claims)
    times = Counter(_name(draft) for draft in drafts)
    rows = [
        _row(draft, level, weight, times[_name(draft)] > 1)
        for draft, level, weight in zip(drafts, levels, weights, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=pd.Index(DRAFTED))
    text = [*TEXT, "key"]
    return frame.astype({"gap": "float64", "weight": "float64"} | dict.fromkeys(text, "str"))


def ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """Findings from drafts, the weightiest first.

    Parameters
    ----------
    frame : DataFrame
        Of `drafted`, or several of them one below the other; also as read back from Parquet,
        where tuples are arrays.

    Returns
    -------
    DataFrame
        `schemas.Findings`.
    """
    place = {level: place for place, level in enumerate(SEVERITIES)}
    keyed = frame.assign(level=frame["severity"].map(place).astype("int64"), down=-frame["weight"])
    order = keyed.reset_index(drop=True).sort_values(
        ["level", "down", "measure", "kind", "key"], kind="stable", ignore_index=True
    )
    nested = {
        "claims": map(tuple, order["claims"]),
        "evidence": map(_parts, order["evidence"]),
        "positions": map(_parts, order["positions"]),
    }
    columns = {
        name: pd.Series(list(cells), order.index, dtype="object") for name, cells in nested.items()
    }
    found = order.assign(rank=pd.RangeIndex(1, len(order) + 1), **columns)
    found = found.astype({"rank": "int64", "gap": "float64"} | dict.fromkeys(TEXT, "str"))
    return Findings.validate(found[list(Findings.to_schema().columns)])


def _parts(cell: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Lists or arrays of text as tuples."""
    return tuple(map(tuple, cell))


def _weights(drafts: list[Draft], levels: list[str], claims: pd.DataFrame) -> list[float]:
    """Weights within a severity; each further finding on a measure weighs less."""
    spoken_of = {str(key): int(n) for key, n in claims["measure"].value_counts().items()}
    order = {level: place for place, level in enumerate(SEVERITIES)}
    weights = [_weight(draft, spoken_of) for draft in drafts]
    places = sorted(
        range(len(drafts)),
        key=lambda place: (order[levels[place]], -weights[place], drafts[place].key),
    )
    times: Counter[str] = Counter()
    for place in places:
        measure = drafts[place].measure
        weights[place] *= REPEATED ** times[measure]
        times[measure] += 1
    return weights


def _name(draft: Draft) -> str:
    return f"{draft.kind}.{draft.measure}.{draft.key}".rstrip(".").replace(" ", "-")


def _row(draft: Draft, level: str, weight: float, shared: bool) -> dict[str, Any]:
    """One row of the frame; an id that two findings would share gets a hash of its claims."""
    proof = hashlib.sha256("\x1f".join(sorted(draft.claims)).encode()).hexdigest()[:8]
    return {
        "id": f"{_name(draft)}.{proof}" if shared else _name(draft),
        "kind": draft.kind,
        "cause": draft.cause,
        "severity": level,
        "relation": draft.relation,
        "measure": draft.measure,
        "key": draft.key,
        "when": draft.when,
        "gap": draft.gap,
        "weight": weight,
        "claims": draft.claims,
        "sentence": draft.sentence,
        "evidence": draft.evidence,
        "positions": draft.positions,
    }
