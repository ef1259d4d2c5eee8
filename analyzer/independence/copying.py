"""Pairs of publishers of which one may copy from the other, with their evidence."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from analyzer.arrays import Integers
from analyzer.independence.given import list_given, shared_items
from analyzer.independence.odds import Judged, judge_pairs
from analyzer.independence.pairs import Given, Pairs, arrays_of, pair_claims
from analyzer.independence.rates import Copying
from analyzer.phrases import plural, quoted
from analyzer.rows import Rows

SIDES = ("one", "other")
COLUMNS = [
    "a",
    "b",
    "shared",
    "same_reading",
    "telling",
    "log_odds",
    "likelihood",
    "claims",
    "evidence",
]


def find_copying(
    claims: pd.DataFrame,
    conventions: Copying | None = None,
    declared: frozenset[tuple[str, str]] = frozenset(),
) -> pd.DataFrame:
    """Pairs of publishers that share what independent ones would hardly share.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    declared : frozenset of tuple
        Pairs of sources of which one is known to pass on the other: nothing is inferred of them.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, the likeliest first; one row a pair of sources (`a` < `b`) with at least
        one telling reading. `shared` counts the items (one measure, scope and time) that both give
        and whose agreement no declared chain explains, `same_reading` those on which they agree,
        `telling` those on which hardly anyone else does. `log_odds` are natural logarithms,
        `likelihood` is 0 to 1, `claims` holds the ids that prove it, `evidence` one sentence.
    """
    conventions = conventions or Copying()
    shared = shared_items(claims, conventions)
    if shared.empty:
        return pd.DataFrame(columns=pd.Index(COLUMNS))
    frame = list_given(shared, conventions).sort_values(["slot", "id"], ignore_index=True)
    given = arrays_of(frame)
    parts = [_items(given.part(rows), rows.start, conventions) for rows in given.items()]
    found, proofs = _sum_up(parts, given.sources, conventions)
    known = {tuple(sorted(pair)) for pair in declared}
    pairs = zip(found["a"], found["b"], strict=True)
    undeclared = np.array([pair not in known for pair in pairs], dtype=bool)
    found = found[undeclared].sort_values(
        ["likelihood", "telling", "a", "b"], ascending=[False, False, True, True]
    )
    rows, places = Rows(frame), proofs.groupby("pair").indices
    cells = Rows(proofs)
    told = [np.asarray(places[pair]).tolist() for pair in found.index.tolist()]
    ids = [[rows.values("id", cells.values(side, part)) for side in SIDES] for part in told]
    found["claims"] = pd.Series(
        [tuple(sorted({*one, *other})) for one, other in ids], found.index, dtype="object"
    )
    sums = zip(found["shared"].tolist(), found["same_number"].tolist(), strict=True)
    found["evidence"] = [
        _sentence([cells.row(place) for place in part], rows, *pair)
        for part, pair in zip(told, sums, strict=True)
    ]
    return found.reset_index(drop=True)[COLUMNS]


def _items(given: Given, first: int, conventions: Copying) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What some items say: sums by pair of publishers, and the telling pairs of claims.

    Of each item and pair of publishers the most telling pair of claims counts.
    """
    pairs = pair_claims(given, conventions)
    judged = judge_pairs(pairs, conventions)
    best = _most_telling(pairs, judged)
    one, other, telling = pairs.one[best], pairs.other[best], judged.telling[best]
    same_number = pairs.same_number[best]
    factor = np.where(telling, judged.factor[best], 1.0)
    factor = np.where(same_number, factor, 1 - conventions.copied)
    source = given.code["source"]
    by_pair = pd.DataFrame(
        {
            "pair": source[one] * len(given.sources) + source[other],
            "shared": 1,
            "same_reading": pairs.same_reading[best].astype("int64"),
            "same_number": same_number.astype("int64"),
            "telling": telling.astype("int64"),
            "log_odds": np.log(factor),
        }
    )
    proof = pd.DataFrame(
        {
            "pair": by_pair["pair"],
            "one": one + first,
            "other": other + first,
            "factor": factor,
            "others": judged.others[best],
            "worded": pairs.same_words[best] & given.flag["worded"][one],
            "excluded": given.flag["excluded"][one] & given.flag["excluded"][other],
            "days": pairs.days[best],
        }
    )
    return by_pair.groupby("pair", as_index=False).sum(), proof[telling]


def _most_telling(pairs: Pairs, judged: Judged) -> Integers:
    """The most telling pair of claims of each item of each pair of publishers.

    None where a declared chain leads from the one to the other.
    """
    slot, source = pairs.given.code["slot"], pairs.given.code["source"]
    many = source.max(initial=0) + 1
    key = ((slot[pairs.one] - slot[:1]) * many + source[pairs.one]) * many + source[pairs.other]
    item = np.asarray(pd.factorize(key)[0])
    size = int(item.max(initial=-1)) + 1
    explained = np.zeros(size, dtype=bool)
    explained[item[pairs.declared]] = True
    kept = np.flatnonzero(judged.open & ~explained[item])
    several = np.bincount(item[kept], minlength=size)[item[kept]] > 1
    some = kept[several]
    rank = np.where(judged.telling, judged.factor, 0.0)[some]
    reading, number = pairs.same_reading[some], pairs.same_number[some]
    order = (pairs.other[some], pairs.one[some], ~number, -rank, ~reading, item[some])
    some = some[np.lexsort(order)]
    first = some[np.flatnonzero(np.diff(item[some], prepend=-1))]
    return np.concatenate([kept[~several], first])


def _sum_up(
    parts: list[tuple[pd.DataFrame, pd.DataFrame]], sources: list[str], conventions: Copying
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Counts and odds of each pair of publishers that share something telling, and the proofs."""
    sums, proofs = (pd.concat(one, ignore_index=True) for one in zip(*parts, strict=True))
    found = sums.groupby("pair").sum()
    found = found[found["telling"] > 0]
    log_odds = found["log_odds"] + np.log(conventions.prior / (1 - conventions.prior))
    names = pd.Series(sources, dtype="str")
    a, b = np.divmod(found.index.to_numpy(), max(len(sources), 1))
    found = found.assign(
        a=names.take(a).to_numpy(),
        b=names.take(b).to_numpy(),
        log_odds=log_odds,
        likelihood=1 / (1 + np.exp(-log_odds)),
    )
    return found, proofs


def _sentence(proof: list[Any], rows: Rows, shared: int, same_number: int) -> str:
    """ "share 3 readings that no other publisher gives, among them “approximately 1,300” ..."."""
    first = min(proof, key=lambda item: (-item["factor"], rows.row(item["one"])["id"]))
    most = int(max(item["others"] for item in proof))
    parts = [f"share {plural(len(proof), 'reading')} that {_givers(most)}"]
    parts[0] += ", among them " if len(proof) > 1 else ": "
    parts[0] += quoted(rows.row(first["one"]))
    excluded = sum(item["excluded"] for item in proof)
    if excluded:
        them = "it" if len(proof) == 1 else f"{excluded} of them"
        parts.append(f"the position that most authorities hold excludes {them}")
    worded = sum(item["worded"] for item in proof)
    if worded:
        parts.append("in the same words" if len(proof) == 1 else f"{worded} in the same words")
    known = [item["days"] for item in proof if not math.isnan(item["days"])]
    if known:
        days = int(min(known))
        parts.append("printed on one day" if days == 0 else f"printed {plural(days, 'day')} apart")
    if shared > same_number:
        apart = shared - same_number
        parts.append(f"on {apart} of {shared} common items their numbers differ")
    return "; ".join(parts) + "; no declared chain explains it"


def _givers(most: int) -> str:
    """Who else gives the readings, at most."""
    if most == 0:
        return "no other publisher gives"
    return "only one other publisher gives" if most == 1 else f"at most {most} others give"
