"""What each publisher gives of an item, and how likely it is to be true."""

from __future__ import annotations

import pandas as pd

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


def list_given(claims: pd.DataFrame, conventions: Copying) -> pd.DataFrame:
    """Claims of items that at least two publishers give, with what the comparison needs.

    Without items of more than `Copying.most_claims`, whose pairs grow with their square.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.

    Returns
    -------
    DataFrame
        `GIVEN`, and number, words (to compare), worded, vague, day (printed on), named (cites
        somebody), chain, numbers (of one item by the publisher), excluded (by the position that
        most authorities hold), and expected (q of the model, before others are counted).
    """
    kept = claims.loc[claims["comparable"], USED]
    slot = kept.groupby("slot")
    told = slot["source"].transform("nunique") > 1
    told &= slot["source"].transform("size") <= conventions.most_claims
    kept = kept[told].sort_values("id", ignore_index=True)
    given = kept[GIVEN].copy()
    given["number"] = kept["stated"].astype("str").where(kept["stated"].notna(), kept["reading"])
    given["words"] = _words(kept["figure"])
    given["worded"] = ~kept["qualifier"].isin(("exact", "share"))
    given["vague"] = kept["qualifier"] == "vague"
    printed = [  # not said_*: where a page has no date, that can be the day of the figure
        kept[f"published_{end}"].fillna(kept[f"published_context_{end}"])
        for end in ("first", "last")
    ]
    day = printed[0].where(printed[0] == printed[1])
    given["day"] = day.groupby([kept["slot"], kept["source"], kept["reading"]]).transform("min")
    given["named"] = kept["origin"] != kept["source"]
    given["chain"] = kept["chain"] + " > " + kept["attributed_to"] + " > " + kept["authority"]
    given["numbers"] = given.groupby(["slot", "source"])["number"].transform("nunique")
    values = (kept["stated"].abs() / kept["granularity"]).fillna(2.0).clip(2.0, 100.0)
    true, wrong = _truth(kept), conventions.error
    right = 1 - wrong
    given["excluded"] = true < 1
    given["expected"] = (true * right**2 + (1 - true) * wrong**2 / values) / (
        true * right + (1 - true) * wrong
    )
    return given


def _truth(kept: pd.DataFrame) -> pd.Series:
    """Probability that each claim is true, by the position that most authorities hold.

    It is 1 unless that position excludes the claim and was held when the claim was printed; where
    two positions are held by as many authorities, none leads.
    """
    on = ["slot", "scope"]
    positions = find_positions(kept, Thresholds()).rename(columns={"n_origins": "held"})
    most = positions.groupby(on)["held"].transform("max")
    leading = positions[positions["held"] == most].drop_duplicates(on, keep=False)
    leading = leading[[*on, "low", "high", "first_said", "held"]]
    lead = kept[on].merge(leading, on=on, how="left")
    excluded = (kept["apart_low"] > lead["high"]) | (kept["apart_high"] < lead["low"])
    excluded &= lead["first_said"] <= kept["said_first"]
    share = lead["held"] / kept.groupby(on)["authority"].transform("nunique")
    return (1 - share).where(excluded, 1.0)


def _words(figures: pd.Series) -> pd.Series:
    """Wordings to compare: in lower case, with single spaces."""
    place, distinct = pd.factorize(figures)
    words = pd.Series(distinct, dtype="str").str.casefold().str.split().str.join(" ")
    return words.take(place).set_axis(figures.index)
