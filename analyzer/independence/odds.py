"""How telling it is that two publishers agree: what an independent one would give."""

from __future__ import annotations

import pandas as pd

from analyzer.independence.rates import Copying


def judge_pairs(pairs: pd.DataFrame, conventions: Copying) -> pd.DataFrame:
    """Add how telling each pair of claims is, and the factor that it gives the odds of copying.

    Parameters
    ----------
    pairs : DataFrame
        Of `pairs.add_declared`, each pair in both orders.

    Returns
    -------
    DataFrame
        Each pair once, with open (no chain explains it), chance (that an independent publisher
        gives the reading), others (who give the number too), factor, and telling.
    """
    pairs["open"] = ~pairs["declared"] & ~(pairs["named"] & pairs["named_b"])
    pairs["chance"] = _chance(pairs, conventions)
    pairs["others"] = _others(pairs, pairs["same_number"]).where(pairs["same_number"], 0.0)
    back = pairs[["id", "id_b", "chance"]].set_axis(["id_b", "id", "back"], axis="columns")
    pairs = pairs.merge(back, on=["id", "id_b"], how="left", validate="one_to_one")
    pairs["chance"] = pairs[["chance", "back"]].max(axis=1)
    pairs = pairs[pairs["source"] < pairs["source_b"]].reset_index(drop=True)
    matched = (pairs["chance"] * pairs["numbers"] * pairs["numbers_b"]).clip(upper=1.0)
    gain = _words(pairs, conventions) * _promptness(pairs, conventions) / matched
    gain = gain.clip(upper=1 / conventions.coincidence)
    pairs["factor"] = 1 - conventions.copied + conventions.copied * gain
    rare = pairs["chance"] <= conventions.telling
    pairs["telling"] = pairs["same_reading"] & rare & ~pairs["vague"]
    return pairs


def _chance(pairs: pd.DataFrame, conventions: Copying) -> pd.Series:
    """Chance that an independent publisher gives the reading too, by three counts of others."""
    stranger = pairs["authority"] != pairs["authority_b"]
    chances = []
    for column, counted in (
        ("source_b", pd.Series(True, index=pairs.index)),
        ("authority_b", stranger),
        ("source_b", pairs["season"]),
    ):
        asked = _others(pairs, counted, column)
        agree = _others(pairs, counted & pairs["covered"], column)
        seen = conventions.weight * pairs["expected"] + agree
        chances.append(seen / (conventions.weight + asked))
    return pd.concat(chances, axis=1).max(axis=1)


def _others(pairs: pd.DataFrame, counted: pd.Series, column: str = "source_b") -> pd.Series:
    """How many others than the second of the pair stand in a counted pair with the first."""
    many = pairs[counted].groupby("id")[column].nunique()
    all_counted = pairs["id"].map(many).fillna(0.0)
    return (all_counted - counted.astype("float64")).clip(lower=0.0)


def _likelier(matches: pd.Series, rate: float, base: pd.Series) -> pd.Series:
    """How much likelier a copy is to match, or not to, than an independent claim."""
    return (1 - rate + rate / base).where(matches, 1 - rate)


def _words(pairs: pd.DataFrame, conventions: Copying) -> pd.Series:
    """Factor for verbatim wording, where the words of both can be compared."""
    comparable = pairs["worded"] & pairs["worded_b"] & (pairs["language"] == pairs["language_b"])
    given = pairs[pairs["same_number"]]
    same = given["id"].map(given[given["same_words"]].groupby("id")["source_b"].nunique())
    asked = given["id"].map(given.groupby("id")["source_b"].nunique())
    others = (same.fillna(0.0) - given["same_words"]).clip(lower=0.0)
    base = (conventions.weight / 2 + others) / (conventions.weight + asked - 1)
    base = base.reindex(pairs.index).fillna(1.0)
    return _likelier(pairs["same_words"], conventions.same_words, base).where(comparable, 1.0)


def _promptness(pairs: pd.DataFrame, conventions: Copying) -> pd.Series:
    """Factor for days between the two, against what is usual among claims of one season."""
    known = pairs["days"].notna()
    prompt = pairs["days"] <= conventions.prompt_days
    seasonal = pairs[known & pairs["season"]].groupby("slot").size()
    together = pairs[prompt].groupby("slot").size().reindex(seasonal.index, fill_value=0)
    usual = (conventions.weight / 2 + together) / (conventions.weight + seasonal)
    base = pairs["slot"].map(usual).fillna(0.5)
    return _likelier(prompt, conventions.prompt, base).where(known, 1.0)
