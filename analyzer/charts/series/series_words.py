"""Title, alternative text, caption and table of the chart of a series."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from analyzer.charts.base.days import brief, iso
from analyzer.charts.base.readings import date_text, day_text, with_unit
from analyzer.charts.series.event_marks import count_events, event_text, kind_word, leading_event
from analyzer.phrases import listed, plural
from analyzer.readings import number

MOST_TOLD: Final = 5  # events in the alternative text
TIMES: Final = ("", "once", "twice")


def series_title(measure: pd.Series, line: pd.DataFrame, told: pd.DataFrame) -> str:
    """What happened to the series, by its weightiest event."""
    label = str(measure["label"])
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
    cause = "" if lead["cause"] == "unexplained" else f" ({lead['cause']})"
    step = f"{number(lead['value'])}{cause}"
    if not np.isnan(lead["before"]):
        step = f"{number(lead['before'])}, then {step}"
    times = "" if count == 1 else f"{_times(count)}, as "
    return f"the series breaks {times}on {day_text(lead['at_last'])}: {step}"


def _typing_error(lead: pd.Series, count: int) -> str:
    figure = f"{number(lead['value'])} for {day_text(lead['at_last'])}"
    fits = "" if np.isnan(lead["fitting"]) else f"{number(lead['fitting'])} would fit"
    if count == 1:
        return f"{figure} is likely a typing error{f'; {fits}' if fits else ''}"
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
    if count == 1:
        return f"{figure} does not agree with its parts or its total"
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


def series_subtitle(measure: pd.Series, line: pd.DataFrame, source_name: str) -> str:
    """What is counted, by whom, and when."""
    return f"{brief(measure)} {source_name}: {plural(len(line), 'figure')}, {date_text(line, 'at')}"


def series_alt(measure: pd.Series, line: pd.DataFrame, told: pd.DataFrame, source_name: str) -> str:
    """The course of the series and its weightiest events in words."""
    values = line["value"]
    text = (
        f"Figures of “{measure['label']}” by {source_name}, {plural(len(line), 'figure')}, "
        f"{date_text(line, 'at')}: from {number(values.iloc[0])} to {number(values.iloc[-1])}, "
        f"at most {number(values.max())}."
    )
    if told.empty:
        return f"{text} No event is marked."
    named = [_told(event) for _, event in told.head(MOST_TOLD).iterrows()]
    more = len(told) - len(named)
    rest = f"; and {more:,} more" if more else ""
    return f"{text} Marked: {listed(count_events(told))}. {'; '.join(named)}{rest}."


def _told(event: pd.Series) -> str:
    kind, day = str(event["kind"]), day_text(event["at_last"])
    words = event_text(event)
    if words.startswith(("fell", "rose")):
        return f"{day}: {words} to {number(event['value'])} ({event['cause']})"
    if kind == "switch" and pd.notna(event["step"]):
        return f"{day}: {words} ({event['cause']})"
    return f"{day}: {number(event['value'])}, {kind_word(kind, 1)} ({event['cause']})"


def series_caption(
    line: pd.DataFrame, told: pd.DataFrame, quiet: pd.DataFrame, from_zero: bool, enlarged: bool
) -> str:
    """How to read the chart, in a few short sentences."""
    flow = line["kind"].iloc[0] == "flow"
    parts = ["One bar a figure." if flow else "The line is broken where days are missing."]
    if enlarged:
        parts.append("The shaded days are enlarged below, on a scale of their own.")
    if not from_zero:
        parts.append("The scale does not start at zero.")
    if told["fitting"].notna().any():
        of_total = (told["kind"] == "mismatch").all()
        what = "the change of the running total" if of_total else "the figure that would fit"
        parts.append(f"Hollow mark: {what}.")
    if len(quiet):
        causes = listed(sorted(set(quiet["cause"])), 3)
        parts.append(f"Not marked: {plural(len(quiet), 'day')} with {causes}.")
    return " ".join(parts)


def series_data(line: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """One row a figure in the order of the days, with what happened on its day."""
    events = told.set_index("at_last")[["kind", "cause", "value", "before", "step", "fitting"]]
    table = line.set_index("at")[["value", "low", "high", "claim"]]
    events = events.rename(columns={"value": "value_of_event"})
    table = table.join(events, how="outer").sort_index()
    happened = pd.Series(table["kind"].map({k: kind_word(k, 1) for k in TITLES}))
    return pd.DataFrame(
        {
            "as_of": iso(pd.Series(table.index)).to_numpy(),
            "figure": table["value"].fillna(table["value_of_event"]).to_numpy(),
            "low": table["low"].to_numpy(),
            "high": table["high"].to_numpy(),
            "claim": table["claim"].fillna("").to_numpy(),
            "event": happened.fillna("").to_numpy(),
            "likeliest_cause": table["cause"].fillna("").to_numpy(),
            "before": table["before"].to_numpy(),
            "change": table["step"].to_numpy(),
            "would_fit": table["fitting"].to_numpy(),
        }
    )
