"""Tests of causes; each returns the evidence it found, or nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.phrases import attributed, leading, plural, quoted, when
from analyzer.readings import number
from analyzer.relays import SAME_TABLE_DAYS, TELLING

Evidence = tuple[str, str]
SUPERSEDED_DAYS = 14  # figures said within two weeks of each other can both be current


def planned_figure(
    focal: pd.DataFrame, claims: pd.DataFrame, measures: pd.DataFrame
) -> Evidence | None:
    """Plan told as fact: the figure given as done is exactly the planned one."""
    plans = measures.set_index("measure")["plan"]
    plan = str(plans.get(focal["measure"].iloc[0], ""))
    exact = focal.loc[focal["qualifier"] == "exact", "stated"]
    by_then = ~(claims["said_first"] > focal["said_last"].max())
    planned = claims[(claims["measure"] == plan) & claims["stated"].isin(exact) & by_then]
    planned = planned[planned["status"] == "planned"]
    if not plan or planned.empty or not (focal["status"] != "planned").all():
        return None
    value = number(planned["stated"].iloc[0])
    text = f"{value} is the number that was planned ({plural(len(planned), 'claim')})"
    return ("plan", text)


def other_measures_figure(
    focal: pd.DataFrame, claims: pd.DataFrame, measures: pd.DataFrame
) -> Evidence | None:
    """Wrong column: the figure is that of a part of the measure, or of what it is a plan for.

    Given exactly, and for about the same time.
    """
    keyed = measures.set_index("measure")
    measure = focal["measure"].iloc[0]
    of_a_part = claims["measure"].map(keyed["part_of"]) == measure
    of_the_plan = claims["measure"].map(keyed["plan"]) == measure
    parts = claims[of_a_part | of_the_plan]
    value = focal["stated"].iloc[0]
    if np.isnan(value):
        return None
    if value < TELLING:
        parts = claims[of_the_plan]
    time = focal["at_first"].iloc[0]
    near = (parts["at_first"] - time).abs() <= pd.Timedelta(days=SAME_TABLE_DAYS)
    same = parts[(parts["stated"] == value) & (parts["qualifier"] == "exact") & near]
    if same.empty:
        return None
    part = same.sort_values("id").iloc[0]
    label = keyed["label"][part["measure"]]
    day = when(part["at_first"], part["at_last"])
    return (
        "other measure",
        f"{number(value)} is the figure of “{label}” for {day} ({attributed(part)})",
    )


def estimates_apart(lower: pd.DataFrame, upper: pd.DataFrame) -> Evidence | None:
    """Estimate beside count: all claims of one side are estimates, none of the other."""
    for one, other in ((lower, upper), (upper, lower)):
        if (one["status"] == "estimated").all() and not (other["status"] == "estimated").any():
            who = leading(one["origin_name"])
            return ("status", f"{who}: given as an estimate; the other side is not")
    return None


def scopes_apart(lower: pd.DataFrame, upper: pd.DataFrame) -> Evidence | None:
    """Scope: one side says what it limits the count to, the other does not."""
    for one, other in ((lower, upper), (upper, lower)):
        limited = set(one["scope"]) - {""}
        if limited and (one["scope"] != "").all() and (other["scope"] == "").all():
            words = ", ".join(sorted(scope.replace("_", " ") for scope in limited))
            text = f"{quoted(one.iloc[0])} is given for a scope ({words}), the other side for none"
            return ("scope", text)
    return None


def figure_of_an_earlier_time(
    focal: pd.DataFrame, overtaken_by: pd.DataFrame, claims: pd.DataFrame
) -> Evidence | None:
    """Stale repeat: exactly this figure was given for a time before the newer one."""
    one = focal.iloc[0]
    coincides = not one["granularity"] <= 1  # a round number is no evidence of a copy
    if one["qualifier"] != "exact" or coincides or len(set(focal["stated"])) > 1:
        return None
    earlier = claims[
        (claims["measure"] == one["measure"])
        & (claims["stated"] == one["stated"])
        & (claims["qualifier"] == "exact")
        & (claims["scope"] == one["scope"])
        & (claims["modality"] == one["modality"])
        & (claims["at_last"] < overtaken_by["at_first"].min())
    ]
    if earlier.empty:
        return None
    first = earlier.sort_values(["at_first", "id"]).iloc[0]
    newest = overtaken_by.sort_values(["at_first", "id"]).iloc[-1]
    days = (one["at_first"] - newest["at_first"]).days
    text = (
        f"{number(one['stated'])} was the figure for {when(first['at_first'], first['at_last'])} "
        f"({attributed(first)}); the newer one was {plural(days, 'day')} old"
    )
    return ("earlier figure", text)


def revised_since(lower: pd.DataFrame, upper: pd.DataFrame) -> Evidence | None:
    """Announced revision: one side is given as revised, after all that the other side said."""
    for old, new in ((lower, upper), (upper, lower)):
        revised = new[new["status"] == "revised"]
        if revised.empty or (old["status"] == "revised").any():
            continue
        apart = revised["said_first"].min() - old["said_last"].max()
        if apart >= pd.Timedelta(days=SUPERSEDED_DAYS):
            one = revised.sort_values(["said_first", "id"]).iloc[0]
            text = f"{quoted(one)} is given as revised ({attributed(one)}); the other is older"
            return ("revised", text)
    return None
