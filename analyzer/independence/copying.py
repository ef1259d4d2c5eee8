"""Pairs of publishers of which one may copy from the other, with their evidence."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.independence.given import list_given
from analyzer.independence.odds import judge_pairs
from analyzer.independence.pairs import add_declared, pair_claims
from analyzer.independence.rates import Copying
from analyzer.phrases import plural, quoted

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
    given = list_given(claims, conventions)
    pairs = judge_pairs(add_declared(pair_claims(given, conventions), given), conventions)
    items = _items(pairs, conventions)
    found = _sum_up(items, conventions)
    if found.empty:
        return pd.DataFrame(columns=pd.Index(COLUMNS))
    proof = items[items["telling"]].groupby(["a", "b"])
    by_id = given.set_index("id")
    found["claims"] = [
        tuple(sorted({*part["id"], *part["id_b"]})) for part in map(proof.get_group, found.index)
    ]
    found["evidence"] = [
        _sentence(proof.get_group(key), row, by_id) for key, row in found.iterrows()
    ]
    found = found.reset_index()[COLUMNS]
    known = [
        (a, b) in declared or (b, a) in declared
        for a, b in zip(found["a"], found["b"], strict=True)
    ]
    found = found[~np.array(known)]
    return found.sort_values(
        ["likelihood", "telling", "a", "b"], ascending=[False, False, True, True], ignore_index=True
    )


def _items(pairs: pd.DataFrame, conventions: Copying) -> pd.DataFrame:
    """One row for each item of each pair of publishers: its most telling pair of claims."""
    pairs = pairs.rename(columns={"source": "a", "source_b": "b"})
    on = ["a", "b", "slot"]
    explained = pairs.groupby(on)["declared"].transform("any")
    kept = pairs[pairs["open"] & ~explained]
    kept = kept.assign(rank=np.where(kept["telling"], kept["factor"], 0.0))
    best = kept.sort_values(
        ["same_reading", "rank", "same_number", "id", "id_b"],
        ascending=[False, False, False, True, True],
    ).drop_duplicates(on)
    apart = 1 - conventions.copied
    factor = best["factor"].where(best["telling"], 1.0)
    return best.assign(factor=factor.where(best["same_number"], apart))


def _sum_up(items: pd.DataFrame, conventions: Copying) -> pd.DataFrame:
    """Counts and odds of each pair of publishers that share something telling."""
    found = (
        items.assign(log_odds=np.log(items["factor"].astype("float64")))
        .groupby(["a", "b"])
        .agg(
            shared=("slot", "size"),
            same_reading=("same_reading", "sum"),
            same_number=("same_number", "sum"),
            telling=("telling", "sum"),
            log_odds=("log_odds", "sum"),
        )
    )
    found["log_odds"] += np.log(conventions.prior / (1 - conventions.prior))
    found["likelihood"] = 1 / (1 + np.exp(-found["log_odds"]))
    return found[found["telling"] > 0].copy()


def _sentence(proof: pd.DataFrame, pair: pd.Series, by_id: pd.DataFrame) -> str:
    """ "share 3 readings that no other publisher gives, among them “approximately 1,300” ..."."""
    first = proof.sort_values(["factor", "id"], ascending=[False, True]).iloc[0]
    parts = [f"share {plural(len(proof), 'reading')} that {_givers(int(proof['others'].max()))}"]
    parts[0] += ", among them " if len(proof) > 1 else ": "
    parts[0] += quoted(by_id.loc[first["id"]])
    excluded = int((proof["excluded"] & proof["excluded_b"]).sum())
    if excluded:
        them = "it" if len(proof) == 1 else f"{excluded} of them"
        parts.append(f"the position that most authorities hold excludes {them}")
    worded = int((proof["same_words"] & proof["worded"]).sum())
    if worded:
        parts.append("in the same words" if len(proof) == 1 else f"{worded} in the same words")
    if proof["days"].notna().any():
        days = int(proof["days"].min())
        parts.append("printed on one day" if days == 0 else f"printed {plural(days, 'day')} apart")
    apart = int(pair["shared"] - pair["same_number"])
    if apart:
        parts.append(f"on {apart} of {pair['shared']} common items their numbers differ")
    return "; ".join(parts) + "; no declared chain explains it"


def _givers(most: int) -> str:
    """Who else gives the readings, at most."""
    if most == 0:
        return "no other publisher gives"
    return "only one other publisher gives" if most == 1 else f"at most {most} others give"
