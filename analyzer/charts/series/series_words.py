"""Subtitle, alternative text, caption and table of the chart of a series."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analyzer.charts.base.days import brief, iso
from analyzer.charts.base.lines import unbroken
from analyzer.charts.base.readings import date_text, day_text
from analyzer.charts.series.event_marks import MARKS, count_events, event_text, kind_word
from analyzer.phrases import listed, plural
from analyzer.readings import number

MOST_TOLD: Final = 5  # events in the alternative text
CAUSES: Final = {  # of events without a mark, in words for the caption
    "gap absorbed": "days missing before",
    "late batch": "entries of earlier days",
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
    line: pd.DataFrame, hollow: pd.DataFrame, quiet: pd.DataFrame, from_zero: bool, enlarged: bool
) -> str:
    """How to read the chart, in a few short sentences.

    Parameters
    ----------
    hollow : DataFrame
        The events beside which a figure that would fit is drawn.
    quiet : DataFrame
        The events without a mark.
    """
    parts = ["One bar a figure."] if line["kind"].iloc[0] == "flow" else []
    if not parts and len(unbroken(line["at"])) > 1:
        parts.append("The line is broken where days are missing.")
    if enlarged:
        parts.append("The shaded days are enlarged below, on a scale of their own.")
    if not from_zero:
        parts.append("The scale does not start at zero.")
    parts += [_of_hollow(hollow), _of_quiet(quiet)]
    return " ".join(part for part in parts if part)


def _of_hollow(hollow: pd.DataFrame) -> str:
    """What the hollow marks are, which are drawn the same for two kinds of events."""
    of_total = hollow["kind"] == "mismatch"
    what = ["the figure that would fit"] if (~of_total).any() else []
    what += ["the change of the running total"] if of_total.any() else []
    return f"Hollow mark: {' or '.join(what)}." if what else ""


def _of_quiet(quiet: pd.DataFrame) -> str:
    causes = sorted({CAUSES.get(cause, cause) for cause in quiet["cause"]})
    if not causes:
        return ""
    head = "likely cause" if len(causes) == 1 else "likely causes"
    return f"Not marked: {plural(len(quiet), 'day')} ({head}: {listed(causes, 3)})."


def series_data(line: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """One row a figure in the order of the days, with what happened on its day."""
    events = told.set_index("at_last")[["kind", "cause", "value", "before", "step", "fitting"]]
    table = line.set_index("at")[["value", "low", "high", "claim"]]
    events = events.rename(columns={"value": "value_of_event"})
    table = table.join(events, how="outer").sort_index()
    happened = pd.Series(table["kind"].map({kind: kind_word(kind, 1) for kind in MARKS}))
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
