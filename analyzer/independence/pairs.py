"""Pairs of claims of one item by two publishers, and what they have in common."""

from __future__ import annotations

import pandas as pd

from analyzer.independence.rates import Copying


def pair_claims(given: pd.DataFrame, conventions: Copying) -> pd.DataFrame:
    """All ordered pairs of claims of one item by two publishers, with what they have in common.

    Parameters
    ----------
    given : DataFrame
        Of `given.list_given`.

    Returns
    -------
    DataFrame
        Its columns, those of the second claim with the ending `_b`, and same_number, covered (the
        first reading covers the second), same_reading, same_words, season (both spoke in one), and
        `days` between the two.
    """
    pairs = given.merge(given, on="slot", suffixes=("", "_b"))
    scopes = (
        (pairs["scope"] == pairs["scope_b"]) | (pairs["scope"] == "") | (pairs["scope_b"] == "")
    )
    pairs = pairs[(pairs["source"] != pairs["source_b"]) & scopes].reset_index(drop=True)
    pairs["same_number"] = pairs["number"] == pairs["number_b"]
    pairs["covered"] = pairs["same_number"] | (
        (pairs["near_low"] <= pairs["near_low_b"]) & (pairs["near_high_b"] <= pairs["near_high"])
    )
    pairs["same_reading"] = pairs["reading"] == pairs["reading_b"]
    pairs["same_words"] = pairs["words"] == pairs["words_b"]
    season = pd.Timedelta(days=conventions.season_days)
    pairs["season"] = (pairs["said_first"] <= pairs["said_last_b"] + season) & (
        pairs["said_first_b"] <= pairs["said_last"] + season
    )
    pairs["days"] = (pairs["day"] - pairs["day_b"]).dt.days.abs().astype("float64")
    return pairs


def add_declared(pairs: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """Add `declared`: whether somebody stands in both chains, be it as source, relay or origin."""
    steps = given[["id", "slot"]].assign(step=given["chain"].str.split(" > ")).explode("step")
    steps = steps.drop_duplicates()
    linked = steps.merge(steps, on=["slot", "step"], suffixes=("", "_b"))
    linked = linked[["id", "id_b"]].drop_duplicates().assign(declared=True)
    found = pairs.merge(linked, on=["id", "id_b"], how="left", validate="one_to_one")
    return found.assign(declared=found["declared"].notna())
