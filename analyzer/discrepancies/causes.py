"""Tests of causes; each returns the evidence it found, or nothing.

The sides of a discrepancy are parts; claims that may explain them are looked up in `Known`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import compress
from typing import Any

import numpy as np
import pandas as pd

from analyzer.closer import SAME_TABLE_DAYS, TELLING
from analyzer.discrepancies.known import Known
from analyzer.discrepancies.parts import Part, earliest, latest
from analyzer.phrases import attributed, leading, plural, quoted, when
from analyzer.readings import number

Evidence = tuple[str, str]
SUPERSEDED_DAYS = 14  # figures said within two weeks of each other can both be current


def planned_figure(focal: Part, known: Known) -> Evidence | None:
    """Plan told as fact: the figure given as done is exactly the planned one."""
    plan = known.plan(str(focal.row(0)["measure"]))
    if not plan or "planned" in focal["status"]:
        return None
    exact = sorted(set(focal.where("qualifier", "exact")["stated"]))
    planned, told = known.planned(plan, exact), latest(focal["said_last"])
    if planned and not pd.isna(told):
        later = known.times("said_first", planned) > np.datetime64(told)
        planned = list(compress(planned, ~later))
    if not planned:
        return None
    value = number(known.claim(planned[0])["stated"])
    text = f"{value} is the number that was planned ({plural(len(planned), 'claim')})"
    return ("plan", text)


def other_measures_figure(focal: Part, known: Known) -> Evidence | None:
    """Wrong column: the figure is that of a part of the measure, or of what it is a plan for.

    Given exactly, and for about the same time.
    """
    one = focal.row(0)
    measure, value, time = str(one["measure"]), float(one["stated"]), one["at_first"]
    if math.isnan(value) or pd.isna(time):
        return None
    parts = known.parts(measure) if value >= TELLING else []
    same = known.stated({*parts, *known.planned_by(measure)}, value)
    if same:
        away = np.abs(known.times("at_first", same) - np.datetime64(time))
        same = list(compress(same, away <= np.timedelta64(SAME_TABLE_DAYS, "D")))
    if not same:
        return None
    part = known.first(same)
    day = when(part["at_first"], part["at_last"])
    name = known.label(part["measure"])
    return (
        "other measure",
        f"{number(value)} is the figure of “{name}” for {day} ({attributed(part)})",
    )


def estimates_apart(lower: Part, upper: Part) -> Evidence | None:
    """Estimate beside count: all claims of one side are estimates, none of the other."""
    for one, other in ((lower, upper), (upper, lower)):
        if set(one["status"]) == {"estimated"} and "estimated" not in other["status"]:
            who = leading(one["origin_name"])
            return ("status", f"{who}: given as an estimate; the other side is not")
    return None


def scopes_apart(lower: Part, upper: Part) -> Evidence | None:
    """Scope: one side says what it limits the count to, the other does not."""
    for one, other in ((lower, upper), (upper, lower)):
        limited = set(one["scope"])
        if limited and "" not in limited and not any(other["scope"]):
            words = ", ".join(sorted(scope.replace("_", " ") for scope in limited))
            text = f"{quoted(one.row(0))} is given for a scope ({words}), the other side for none"
            return ("scope", text)
    return None


def other_origins_figure(lower: Part, upper: Part) -> Evidence | None:
    """Another origin's figure: a relay gives it in the name of an origin of the other side.

    Only for figures of one time: of a fixed measure an origin can come round to the other figure.
    And only for large numbers that are not round: others are equal by chance.
    """
    for one, other in ((lower, upper), (upper, lower)):
        named = set(other["authority"])
        exact = one.where("qualifier", "exact").where("granularity", 1)
        for value in sorted(set(exact["stated"])):
            same = exact.where("stated", value)
            owners = [row for row in _each(same) if row["authority"] not in named]
            relays = [
                row
                for row in _each(same)
                if row["authority"] in named
                and row["source"] != row["authority"]
                and row["kind"] != "fixed"
            ]
            if value < TELLING or not owners or not relays:
                continue
            owner, relay = (min(rows, key=lambda row: row["id"]) for rows in (owners, relays))
            given = len(same.where("authority", relay["authority"]))
            if given > len(other.where("authority", relay["authority"])):
                continue  # most give it as that origin's own
            text = (
                f"{number(value)} is the figure of {owner['authority_name']}; "
                f"{relay['source_name']} gives it as that of {relay['authority_name']}, "
                f"whose figure is {_readings(other.where('authority', relay['authority']))}"
            )
            return ("other origin", text)
    return None


def _each(part: Part) -> Iterator[Any]:
    return map(part.row, range(len(part)))


def _readings(part: Part) -> str:
    return " or ".join(sorted(set(part["reading"])))


def figure_of_an_earlier_time(focal: Part, overtaken_by: Part, known: Known) -> Evidence | None:
    """Stale repeat: exactly this figure was given for a time before the newer one."""
    one = focal.row(0)
    coincides = not one["granularity"] <= 1  # a round number is no evidence of a copy
    if one["qualifier"] != "exact" or coincides or len(set(focal["stated"])) > 1:
        return None
    start = earliest(overtaken_by["at_first"])
    if pd.isna(start):
        return None
    earlier = known.stated([one["measure"]], one["stated"])
    if earlier:
        past = known.times("at_last", earlier) < np.datetime64(start)
        earlier = list(compress(earlier, past))
    for column in ("scope", "modality"):
        earlier = earlier and known.that_say(column, one[column], earlier)
    if not earlier:
        return None
    times = known.times("at_first", earlier)
    first = known.first(list(compress(earlier, times == times.min())))
    newest = latest(overtaken_by["at_first"])
    days = (one["at_first"] - newest).days
    text = (
        f"{number(one['stated'])} was the figure for {when(first['at_first'], first['at_last'])} "
        f"({attributed(first)}); the newer one was {plural(days, 'day')} old"
    )
    return ("earlier figure", text)


def revised_since(lower: Part, upper: Part) -> Evidence | None:
    """Announced revision: one side is given as revised, after all that the other side said."""
    for old, new in ((lower, upper), (upper, lower)):
        revised = new.where("status", "revised")
        if not len(revised) or "revised" in old["status"]:
            continue
        apart = earliest(revised["said_first"]) - latest(old["said_last"])
        if apart >= pd.Timedelta(days=SUPERSEDED_DAYS):
            one = revised.row(revised.first(["said_first", "id"]))
            text = f"{quoted(one)} is given as revised ({attributed(one)}); the other is older"
            return ("revised", text)
    return None
