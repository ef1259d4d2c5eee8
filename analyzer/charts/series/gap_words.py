"""Title, alternative text, caption and table of the chart of two series."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analyzer.charts.base.days import brief, iso
from analyzer.charts.base.readings import date_text, day_text
from analyzer.phrases import plural
from analyzer.readings import number

MOVED: Final = 1.25  # times as wide, or as narrow: so much is said to drift
COLUMNS: Final = ["as_of", "count", "figure", "low", "high", "claim", "difference_to_other"]


def gap_title(measure: pd.Series, both: pd.DataFrame) -> str:
    """How the two run, with their figures of the last or of the widest day."""
    label, last, widest = measure["label"], both.iloc[-1], widest_day(both)
    if both["above"].any() and (both["apart"] & ~both["above"]).any():
        return (
            f"{label}: now one count is higher, now the other, by up to "
            f"{number(abs(widest['difference']))} ({_two(widest)})"
        )
    if not last["apart"]:
        return f"{label}: two counts differ most on {_two(widest, day_first=True)}"
    return f"{label}: two counts {_course(both)}, {_two(last)}"


def _two(day: pd.Series, day_first: bool = False) -> str:
    """ "420 against 162 on 2 Jul 2025", the higher one first."""
    ends = sorted((float(day["value"]), float(day["value_other"])), reverse=True)
    figures = f"{number(ends[0])} against {number(ends[1])}"
    text = day_text(day["at"])
    return f"{text}, {figures}" if day_first else f"{figures} on {text}"


def _course(both: pd.DataFrame) -> str:
    """Whether they drift: both the difference and its share of their sum have to say so."""
    start = int(both["apart"].argmax())
    if start > 0 and both["apart"].iloc[start:].all():
        return f"part on {day_text(both['at'].iloc[start])}"
    part = max(len(both) // 3, 1)
    early, late = (
        (end["difference"].abs().median(), end["gap"].median())
        for end in (both.head(part), both.tail(part))
    )
    if all(now >= MOVED * then and now > 0 for then, now in zip(early, late, strict=True)):
        return "drift apart"
    if all(then >= MOVED * now for then, now in zip(early, late, strict=True)):
        return "draw closer"
    return "stay apart"


def widest_day(both: pd.DataFrame) -> pd.Series:
    """The day on which the two differ most."""
    return both.iloc[int(both["difference"].abs().where(both["apart"], -1.0).argmax())]


def gap_subtitle(measure: pd.Series, both: pd.DataFrame) -> str:
    """What is counted, and over which days."""
    return f"{brief(measure)} {plural(len(both), 'day')} with both counts, {date_text(both, 'at')}"


def gap_alt(measure: pd.Series, both: pd.DataFrame, names: tuple[str, str]) -> str:
    """Which is higher how often, and their figures of the widest and of the last day."""
    widest, last = widest_day(both), both.iloc[-1]
    return (
        f"Two lines of “{measure['label']}”, {date_text(both, 'at')}, "
        f"{plural(len(both), 'common day')}: {_higher(both, names)}. They differ most on "
        f"{day_text(widest['at'])}: {_sides(widest)}; on the last common day, "
        f"{day_text(last['at'])}, {_sides(last)}."
    )


def _sides(day: pd.Series) -> str:
    return f"{number(day['value'])} against {number(day['value_other'])}"


def _higher(both: pd.DataFrame, names: tuple[str, str]) -> str:
    """On how many days each of the two is the higher one."""
    above = int(both["above"].sum())
    counts = (above, int(both["apart"].sum()) - above)
    told = [
        f"{name} is higher on {f'all {count:,}' if count == len(both) else f'{count:,}'}"
        for name, count in zip(names, counts, strict=True)
        if count
    ]
    return " and ".join(told)


def gap_caption(apart: bool) -> str:
    """How to read it."""
    if apart:
        return "Lines are broken where days are missing; the band joins the days of both counts."
    return (
        "Above, the two counts; below, how far they differ, on the side and in the colour of the "
        "higher one."
    )


def gap_data(
    pair: tuple[pd.DataFrame, pd.DataFrame], both: pd.DataFrame, names: tuple[str, str]
) -> pd.DataFrame:
    """One row a figure of each count, with its difference to the other where both are known."""
    parts = []
    for line, name, side in zip(pair, names, (1, -1), strict=True):
        keys = both[["at", "first", "difference"]]
        table = line.merge(
            keys.assign(difference=side * keys["difference"]), "left", ["at", "first"]
        )
        parts.append(
            table.assign(as_of=iso(table["at"]), count=name).rename(
                columns={"value": "figure", "difference": "difference_to_other"}
            )[COLUMNS]
        )
    return pd.concat(parts, ignore_index=True)
