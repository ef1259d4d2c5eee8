"""What each publisher gives of an item, and how likely it is to be true."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.arrays import Floats, Integers, codes_of, distinct_beside, places_of
from analyzer.distinct import together
from analyzer.independence.rates import Copying
from analyzer.positions import find_positions
from analyzer.settings import Thresholds

GIVEN = [
    "id",
    "slot",
    "scope",
    "source",
    "authority",
    "figure",
    "printed",
    "reading",
    "language",
    "near_low",
    "near_high",
    "said_first",
    "said_last",
]

PRINTED = [
    f"{kind}_{end}" for kind in ("published", "published_context") for end in ("first", "last")
]
USED = [*GIVEN, *PRINTED, "measure", "group", "comparable", "stated", "granularity", "qualifier"]
USED += ["origin", "chain", "attributed_to", "low", "high", "apart_low", "apart_high"]


def shared_items(claims: pd.DataFrame, conventions: Copying) -> pd.DataFrame:
    """Claims of items that at least two publishers give, ordered by id; columns `USED`.

    Without items of more than `Copying.most_claims`, whose pairs grow with their square.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    """
    kept = claims.loc[claims["comparable"], USED]
    slot = codes_of(kept["slot"])
    told = distinct_beside(slot, codes_of(kept["source"])) > 1
    told &= np.bincount(slot, minlength=len(told)) <= conventions.most_claims
    return kept[told[slot]].sort_values("id", ignore_index=True)


def list_given(kept: pd.DataFrame, conventions: Copying) -> pd.DataFrame:
    """What publishers give of the items that they share, with what the comparison needs.

    Parameters
    ----------
    kept : DataFrame
        As `shared_items` returns it.

    Returns
    -------
    DataFrame
        `GIVEN`, and number, words (to compare), worded, vague, day (printed on), named (cites
        somebody), chain, numbers (of one item by the publisher), excluded (by the position that
        most authorities hold), and expected (q of the model, before others are counted).
    """
    number = kept["stated"].astype("str").where(kept["stated"].notna(), kept["reading"])
    giver = together([kept["slot"], kept["source"]])[0]
    repeats = together([kept["slot"], kept["source"], kept["reading"]])[0]
    values = (kept["stated"].abs() / kept["granularity"]).fillna(2.0).clip(2.0, 100.0)
    true, wrong = _truth(kept), conventions.error
    right = 1 - wrong
    return kept[GIVEN].assign(
        number=number,
        words=_words(kept["figure"]),
        worded=~kept["qualifier"].isin(("exact", "share")),
        vague=kept["qualifier"] == "vague",
        day=_printed(kept).groupby(repeats).transform("min"),
        named=kept["origin"] != kept["source"],
        chain=kept["chain"] + " > " + kept["attributed_to"] + " > " + kept["authority"],
        numbers=distinct_beside(giver, codes_of(number))[giver],
        excluded=true < 1,
        expected=(true * right**2 + (1 - true) * wrong**2 / values)
        / (true * right + (1 - true) * wrong),
    )


def _printed(kept: pd.DataFrame) -> pd.Series:
    """The day on which each claim was printed, where it is known as one day.

    Not said_*: where a page has no date, that can be the day of the figure.
    """
    first, last = (
        kept[f"published_{end}"].fillna(kept[f"published_context_{end}"])
        for end in ("first", "last")
    )
    return first.where(first == last)


def _truth(kept: pd.DataFrame) -> Floats:
    """Probability that each claim is true, by the position that most authorities hold.

    It is 1 unless that position excludes the claim and was held when the claim was printed; where
    two positions are held by as many authorities, none leads.
    """
    item, _ = together([kept["slot"], kept["scope"]])
    positions = find_positions(kept, Thresholds())
    members = pd.Series([ids[0] for ids in positions["claims"]], dtype="str")
    held = positions["n_origins"].to_numpy(dtype=np.int64)
    lead = _leading(item[places_of(members, kept["id"])], held)[item]
    low, high, since = (positions[one].to_numpy()[lead] for one in ("low", "high", "first_said"))
    excluded = (kept["apart_low"].to_numpy() > high) | (kept["apart_high"].to_numpy() < low)
    excluded &= (lead >= 0) & (since <= kept["said_first"].to_numpy())
    share = held[lead] / distinct_beside(item, codes_of(kept["authority"]))[item]
    return np.where(excluded, 1 - share, 1.0)


def _leading(item: Integers, held: Integers) -> Integers:
    """Place of the position of each item that most authorities hold; -1 where several are so."""
    most = np.zeros(item.max(initial=-1) + 1, dtype=np.int64)
    np.maximum.at(most, item, held)
    first = np.flatnonzero(held == most[item])
    lead = np.full(len(most), -1, dtype=np.int64)
    lead[item[first]] = first
    lead[np.bincount(item[first], minlength=len(most)) > 1] = -1
    return lead


def _words(figures: pd.Series) -> pd.Series:
    """Wordings to compare: in lower case, with single spaces."""
    place, distinct = pd.factorize(figures)
    words = pd.Series(distinct, dtype="str").str.casefold().str.split().str.join(" ")
    return words.take(place).set_axis(figures.index)
