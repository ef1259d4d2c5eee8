"""A ledger read for drawing: what is added up, what it is held against, and where it fails."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analyzer.charts.accounts.account_terms import all_added, in_places
from analyzer.charts.accounts.stacks import span_of
from analyzer.expressions import parse_expression
from analyzer.readings import number

FEWEST: Final = 3  # dates
MOST: Final = 30  # dates that have room side by side
SLACK: Final = 1e-9
CLOSE: Final = 0.5  # of the total: a sum whose bounds are further apart is no test of it


def read_ledger(ledger: pd.DataFrame, expression: str) -> pd.DataFrame:
    """Terms of the dates that have all of them, by date and in the order of the expression.

    A term that is taken off one side is put on the other one, so that all are added. Adds `part`
    (it is stacked, not a term of the total), `place` (in the identity) and `least` (what is
    certain of it, for a bar from zero on); fixed numbers count as stated.
    """
    constant = ledger["constant"].astype(bool)
    ends = ledger["low"] / ledger["factor"]
    label = ledger["label"].mask(constant, [number(n) for n in ends])
    terms = ledger.assign(label=label, wording=label, account=ledger["at"])
    count = terms.groupby("at")["label"].transform("size")
    whole: pd.Series = count == count.max()
    terms = all_added(in_places(terms[whole], expression))
    least = [
        span_of(low, high).least for low, high in zip(terms["low"], terms["high"], strict=True)
    ]
    stated = terms["stated"].astype(bool) | terms["constant"].astype(bool)
    return terms.assign(least=least, stated=stated).sort_values(["at", "place"], ignore_index=True)


def sum_up(terms: pd.DataFrame, expression: str) -> pd.DataFrame:
    """One row a date, by date: bounds of the sum of the parts, of the total, and of what is left.

    Returns
    -------
    DataFrame
        at, parts_low, parts_high, total_low, total_high, stated (of the total), rest_low,
        rest_high (the total less the sum of the parts, by interval arithmetic), broken (the
        relation of the identity cannot hold), close (the bounds are near enough to test it).
    """
    parts = terms[terms["part"]].groupby("at")[["low", "high"]].sum().add_prefix("parts_")
    total = (
        terms[~terms["part"]]
        .groupby("at")
        .agg(total_low=("low", "sum"), total_high=("high", "sum"), stated=("stated", "all"))
    )
    sums = total.join(parts).reset_index()
    low, high = sums["total_low"] - sums["parts_high"], sums["total_high"] - sums["parts_low"]
    size = sums[["total_low", "total_high"]].replace([np.inf, -np.inf], np.nan).abs().max(axis=1)
    slack = SLACK * size.clip(lower=1.0).fillna(1.0)
    relation = parse_expression(expression).relation
    if len(terms) and terms.loc[~terms["part"], "side"].iloc[0] == "right":
        relation = {"<=": ">=", ">=": "<="}.get(relation, relation)
    above, below = low > slack, high < -slack
    broken = {"<=": above, ">=": below}.get(relation, above | below)
    close = (sums["parts_high"] - sums["parts_low"] <= CLOSE * size) & np.isfinite(size)
    return sums.assign(rest_low=low, rest_high=high, broken=broken, close=close)


def choose(sums: pd.DataFrame) -> pd.DataFrame:
    """At most `MOST` dates: those at which the account cannot hold, then others evenly."""
    broken, rest = sums[sums["broken"]], sums[~sums["broken"]]
    distance = broken[["rest_low", "rest_high"]].abs().min(axis=1)
    kept = distance.sort_values(ascending=False, kind="stable").index[:MOST]
    room = min(MOST - len(kept), len(rest))
    evenly = np.linspace(0, len(rest) - 1, room).round().astype(int)
    return sums.loc[[*kept, *rest.index[evenly]]].sort_values("at", ignore_index=True)
