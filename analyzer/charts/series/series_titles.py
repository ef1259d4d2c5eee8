"""Titles of the chart of a series: what happened to it, by its weightiest event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from analyzer.charts.base.readings import day_text, with_unit
from analyzer.charts.series.event_marks import leading_event
from analyzer.readings import number

TIMES: Final = ("", "once", "twice")
MOST_LIKELY: Final = 0.75  # from this likelihood on "most likely"
PROBABLY: Final = 0.5  # from this one on "probably", below it "perhaps"; as in the findings
SLIPS: Final = {  # how a figure is told that is no slip of the keys
    "copied forward": "likely repeats the figure of an earlier day",
    "misdated": "is likely the figure of another day",
    "wrong year": "likely bears a wrong year",
    "wrong column": "is likely the figure of another measure",
    "daily typed as cumulative": "is likely the figure of the day, not the running total",
    "swapped figures": "likely changed places with another figure",
}
SWITCHES: Final = {  # why a series goes on with other figures
    "source switch": "because another origin is cited",
    "counting base reset": "because the count starts anew",
    "scope or definition change": "because something else is counted",
}


def series_title(measure: pd.Series, line: pd.DataFrame, told: pd.DataFrame) -> str:
    """What happened to the series, by its weightiest event."""
    scope = str(line["scope"].iloc[0]).replace("_", " ")
    label = f"{measure['label']} ({scope})" if scope else str(measure["label"])
    if told.empty:
        return f"{label}: {_course(measure, line)}"
    lead = leading_event(told)
    part = told[told["kind"] == lead["kind"]]
    lead = pd.Series({**lead, "alike": bool((part["step"] == lead["step"]).all())})
    return f"{label}: {TITLES[str(lead['kind'])](lead, len(part))}"


def _course(measure: pd.Series, line: pd.DataFrame) -> str:
    first, last = (with_unit(float(line["value"].iloc[end]), measure) for end in (0, -1))
    if line["kind"].iloc[0] == "flow":
        top = line.iloc[int(line["value"].argmax())]
        return f"up to {with_unit(top['value'], measure)}, for {day_text(top['at'])}"
    rises = (line["value"].diff().dropna() >= 0).all()
    return f"from {first} to {last}{' without a fall' if rises else ''}"


def _times(count: int) -> str:
    return TIMES[count] if count < len(TIMES) else f"{count:,} times"


def _fall(lead: pd.Series, count: int) -> str:
    if np.isnan(lead["step"]):
        return f"the running total fell {_times(count)}, to {_figure(lead)}"
    size = number(-lead["step"])
    if count == 1:
        return f"the running total fell once, by {size} to {_figure(lead)}"
    if lead["alike"]:
        return f"the running total fell {_times(count)}, each time by {size}"
    return (
        f"the running total fell {_times(count)}; the largest fall was {size}, to {_figure(lead)}"
    )


def _figure(lead: pd.Series) -> str:
    return f"{number(lead['value'])} on {day_text(lead['at_last'])}"


def _surge(lead: pd.Series, count: int) -> str:
    step = f"to {_figure(lead)}"
    if not np.isnan(lead["before"]):
        step = f"from {number(lead['before'])} {step}"
    if count == 1:
        return f"one step stands out, {step}"
    return f"{count:,} steps stand out; the largest goes {step}"


def _switch(lead: pd.Series, count: int) -> str:
    step = f"to {number(lead['value'])}"
    if not np.isnan(lead["before"]):
        step = f"from {number(lead['before'])} {step}"
    times = "" if count == 1 else f"{_times(count)}, as "
    why = SWITCHES.get(str(lead["cause"]))
    because = f"; {_how_sure(lead['likelihood'])} {why}" if why else ""
    return f"the series breaks {times}on {day_text(lead['at_last'])}, {step}{because}"


def _how_sure(likelihood: float) -> str:
    if likelihood >= MOST_LIKELY:
        return "most likely"
    return "probably" if likelihood >= PROBABLY else "perhaps"


def _typing_error(lead: pd.Series, count: int) -> str:
    figure = f"{number(lead['value'])} for {day_text(lead['at_last'])}"
    fits = "" if np.isnan(lead["fitting"]) else f"{number(lead['fitting'])} would fit"
    if fits and len(lead["suggestions"]) > 1:
        fits += ", among others"
    if count == 1:
        what = SLIPS.get(str(lead["cause"]), "is likely a typing error")
        return f"{figure} {what}{f'; {fits}' if fits else ''}"
    where = f", where {fits}" if fits else ""
    return f"{count:,} figures are likely typing errors, such as {figure}{where}"


def _mismatch(lead: pd.Series, count: int) -> str:
    figure, fits = f"{number(lead['value'])} for {day_text(lead['at_last'])}", lead["fitting"]
    if np.isnan(fits):
        total = "the running total moved otherwise"
    elif fits == 0:
        total = "the running total stood still"
    else:
        total = f"the running total {'rose' if fits > 0 else 'fell'} by {number(abs(fits))}"
    if count == 1:
        return f"{figure}, while {total}"
    return f"{count:,} figures do not match the running total, such as {figure}, while {total}"


def _account(lead: pd.Series, count: int) -> str:
    figure = f"{number(lead['value'])} for {day_text(lead['at_last'])}"
    if count == 1 and str(lead["event"]).startswith(f"account.{lead['series']}.parts."):
        known = lead["cause"] == "incomplete parts"
        because = f"; {_how_sure(lead['likelihood'])} because parts are missing" if known else ""
        return f"{figure}, whose parts come to {number(lead['expected_high'])}{because}"
    if count == 1:
        return f"{figure} lies above its total of {number(lead['expected_high'])}"
    return f"{count:,} figures do not agree with their parts or their total, such as {figure}"


def _duplicate(lead: pd.Series, count: int) -> str:
    day = day_text(lead["at_last"])
    return f"two values are given for {day if count == 1 else f'{count:,} days, such as {day}'}"


TITLES: Final[dict[str, Callable[[pd.Series, int], str]]] = {
    "typing error": _typing_error,
    "fall": _fall,
    "switch": _switch,
    "duplicate": _duplicate,
    "account": _account,
    "mismatch": _mismatch,
    "surge": _surge,
}
