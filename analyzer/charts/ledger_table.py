"""A ledger read for drawing: what is stacked, what it is held against, and what is left over."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analyzer.charts.account import in_order, lengths
from analyzer.charts.waterfall_steps import parts_side
from analyzer.expressions import parse_expression
from analyzer.readings import number

FEWEST: Final = 3  # times
MOST: Final = 40  # times that have room side by side
SLACK: Final = 1e-9


def read_ledger(ledger: pd.DataFrame, expression: str) -> pd.DataFrame:
    """Terms of the times that have all of them, by time and in the order of the expression.

    A term that is taken off one side is put on the other one, so that all are added. Adds `part`
    (it is stacked, not a term of the total), `length` (the middle of its bounds) and `order`
    (place among the terms of its time); fixed numbers count as stated.
    """
    off = ledger["factor"] < 0
    ends = ledger[["low", "high"]].to_numpy(dtype="float64")
    ends = np.where(off.to_numpy()[:, None], -ends[:, ::-1], ends)
    other = ledger["side"].map({"left": "right", "right": "left"})
    terms = ledger.assign(
        low=ends[:, 0],
        high=ends[:, 1],
        side=ledger["side"].where(~off, other),
        label=ledger["label"].mask(
            ledger["constant"].astype(bool), [number(n) for n in ends[:, 0]]
        ),
        account=ledger["at"],
    )
    terms = in_order(terms.assign(wording=terms["label"]), expression)
    count = terms.groupby("at")["label"].transform("size")
    whole: pd.Series = count == count.max()
    terms = terms[whole].reset_index(drop=True)
    side = parts_side(terms.drop_duplicates(["side", "label"])) if len(terms) else ""
    return terms.assign(
        part=terms["side"] == side,
        length=lengths(terms),
        stated=terms["stated"].astype(bool) | terms["constant"].astype(bool),
        order=terms.groupby("at").cumcount(),
    )


def sum_up(terms: pd.DataFrame, expression: str) -> pd.DataFrame:
    """One row a time, by time: bounds of the total and of what it leaves over.

    Returns
    -------
    DataFrame
        at, total (middle), total_low, total_high, stated (of the total), rest_low, rest_high
        (the total less the sum of the parts, by interval arithmetic), broken (the relation of the
        identity cannot hold).
    """
    parts = terms[terms["part"]].groupby("at")[["low", "high"]].sum()
    total = (
        terms[~terms["part"]]
        .groupby("at")
        .agg(
            total=("length", "sum"),
            total_low=("low", "sum"),
            total_high=("high", "sum"),
            stated=("stated", "all"),
        )
    )
    sums = total.join(parts).reset_index()
    low, high = sums["total_low"] - sums["high"], sums["total_high"] - sums["low"]
    slack = SLACK * sums["total"].abs().clip(lower=1.0)
    relation = parse_expression(expression).relation
    if len(terms) and terms.loc[~terms["part"], "side"].iloc[0] == "right":
        relation = {"<=": ">=", ">=": "<="}.get(relation, relation)
    above, below = low > slack, high < -slack
    broken = {"<=": above, ">=": below}.get(relation, above | below)
    return sums.drop(columns=["low", "high"]).assign(rest_low=low, rest_high=high, broken=broken)


def choose(sums: pd.DataFrame) -> pd.DataFrame:
    """At most `MOST` times: those at which the account cannot hold, then others evenly."""
    broken, rest = sums[sums["broken"]], sums[~sums["broken"]]
    distance = broken[["rest_low", "rest_high"]].abs().min(axis=1)
    kept = distance.sort_values(ascending=False, kind="stable").index[:MOST]
    room = min(MOST - len(kept), len(rest))
    evenly = np.linspace(0, len(rest) - 1, room).round().astype(int)
    return sums.loc[[*kept, *rest.index[evenly]]].sort_values("at", ignore_index=True)
