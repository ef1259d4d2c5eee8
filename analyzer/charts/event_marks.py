"""Marks for what happened to a series: which events are marked, grouped, named and how."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts import theme
from analyzer.charts.readings import day_text
from analyzer.charts.scales import day_numbers
from analyzer.charts.sheet import Key
from analyzer.phrases import listed, plural

EDGE: Final[dict[str, Any]] = {"markeredgecolor": theme.INK, "markeredgewidth": 0.6}
POINT: Final[dict[str, Any]] = {"linestyle": "none", "markersize": 5}
MARKS: Final[dict[str, dict[str, Any]]] = {  # by kind, the weightiest first
    "typing error": POINT | EDGE | {"marker": "D", "color": theme.ORANGE},
    "fall": POINT | EDGE | {"marker": "v", "color": theme.PURPLE, "markersize": 5.5},
    "switch": POINT | EDGE | {"marker": "s", "color": theme.SKY},
    "duplicate": POINT | EDGE | {"marker": "X", "color": theme.YELLOW},
    "account": POINT | EDGE | {"marker": "P", "color": theme.PALE},
    "mismatch": POINT | EDGE | {"marker": "o", "color": theme.PALE},
    "surge": POINT | EDGE | {"marker": "^", "color": theme.PALE},
}
WORDS: Final = {
    "typing error": ("likely typing error", "likely typing errors"),
    "fall": ("fall", "falls"),
    "switch": ("break in the series", "breaks in the series"),
    "duplicate": ("day with two values", "days with two values"),
    "account": ("sum that fails", "sums that fail"),
    "mismatch": ("mismatch with the total", "mismatches with the total"),
    "surge": ("steep rise", "steep rises"),
}
QUIET: Final = ("rounding", "gap absorbed", "late batch", "announced revision")
SEEN: Final = ("surge", "switch")  # a late batch is seen as a steep rise, and is marked there
HOLLOW: Final = POINT | {"marker": "D", "color": "none", "markersize": 8} | EDGE
RUG: Final[dict[str, Any]] = {
    "linestyle": "none",
    "marker": "|",
    "markersize": 6,
    "color": theme.GREY,
    "markeredgewidth": 0.8,
}
TO_SUGGESTION: Final[dict[str, Any]] = {
    "color": theme.INK,
    "linewidth": 0.6,
    "linestyle": (0, (2, 2)),
}
PAUSE: Final = 0.06  # of the days of the series, between events that are named as one


def marked_events(events: pd.DataFrame) -> pd.DataFrame:
    """Events that are marked: one a day, the weightiest first; harmless ones are not."""
    quiet = events["cause"].isin(QUIET) & ~(
        (events["cause"] == "late batch") & events["kind"].isin(SEEN)
    )
    told = events[events["kind"].isin(list(MARKS)) & ~quiet]
    order = told["kind"].map({kind: place for place, kind in enumerate(MARKS)})
    told = told.assign(order=order.astype("float64")).sort_values(
        ["order", "gap", "event"], ascending=[True, False, True]
    )
    return told.drop_duplicates("at_last", ignore_index=True)


def quiet_events(events: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Events of days without a mark: one a day."""
    rest = events[~events["at_last"].isin(told["at_last"])]
    return rest.sort_values(["at_last", "event"]).drop_duplicates("at_last", ignore_index=True)


def count_events(told: pd.DataFrame) -> list[str]:
    """ "2 falls", "1 break in the series": how many of each kind, the weightiest first."""
    counts = _counts(told)
    return [f"{count:,} {_word(kind, count)}" for kind, count in counts.items()]


def _counts(told: pd.DataFrame) -> dict[str, int]:
    counts = told["kind"].value_counts()
    return {kind: int(counts[kind]) for kind in MARKS if kind in counts}


def _word(kind: str, count: int) -> str:
    one, several = WORDS[kind]
    return one if count == 1 else several


def runs_of_events(told: pd.DataFrame, line: pd.DataFrame) -> pd.DataFrame:
    """Labels for events: those of one kind and cause that follow each other share one.

    Returns
    -------
    DataFrame
        run, x, y and text, the weightiest run first; of each run the places where its text can
        stand: at the event with the widest gap, else at the last, the first or the middle one.
    """
    span = (line["at"].max() - line["at"].min()) * PAUSE
    by_time = told.sort_values(["order", "cause", "at_last", "event"], ignore_index=True)
    new = (by_time[["kind", "cause"]] != by_time[["kind", "cause"]].shift()).any(axis=1)
    run = (new | (by_time["at_last"].diff() > span)).cumsum()
    places = []
    for number, part in by_time.groupby(run):
        first, last = part.index[0], part.index[-1]
        chosen = dict.fromkeys([part["gap"].idxmax(), last, first, (first + last) // 2])
        rows = part.loc[list(chosen)]
        text = f"{_cause(part)}\n{_when(part)}"
        weight = {"order": part["order"].iloc[0], "size": len(part), "gap": part["gap"].max()}
        point = {"x": day_numbers(rows["at_last"]), "y": rows["value"]}
        places.append(pd.DataFrame(point | {"run": number, "text": text} | weight))
    if not places:
        return pd.DataFrame(columns=["run", "x", "y", "text"])
    return pd.concat(places).sort_values(
        ["order", "size", "gap", "run"],
        ascending=[True, False, False, True],
        kind="stable",
        ignore_index=True,
    )[["run", "x", "y", "text"]]


def _cause(run: pd.DataFrame) -> str:
    cause = str(run["cause"].iloc[0])
    if cause == "unexplained":
        return f"{_word(run['kind'].iloc[0], len(run))}, unexplained"
    return cause


def _when(run: pd.DataFrame) -> str:
    first, last = run["at_last"].min(), run["at_last"].max()
    if len(run) == 1:
        return day_text(last)
    return f"{plural(len(run), 'figure')}, {day_text(first)} to {day_text(last)}"


def suggested(told: pd.DataFrame) -> pd.DataFrame:
    """Mistyped figures with the figure that would fit; other events can suggest one elsewhere."""
    return told[(told["kind"] == "typing error") & told["suggestion"].notna()]


def draw_events(axes: Axes, quiet: pd.DataFrame, told: pd.DataFrame) -> None:
    """Marks at the figures, hollow ones at the suggestions, and a rug of the quiet events."""
    bottom, top = axes.get_ylim()
    height = [bottom + 0.02 * (top - bottom)] * len(quiet)
    axes.plot(day_numbers(quiet["at_last"]), height, gid="quiet", **RUG)
    for place, (kind, look) in enumerate(MARKS.items()):
        part = told[told["kind"] == kind]
        x, depth = day_numbers(part["at_last"]), 5 - place / 10
        axes.plot(x, part["value"], zorder=depth, gid="events", **look)
    mended = suggested(told)
    x = day_numbers(mended["at_last"])
    axes.vlines(x, mended["value"], mended["suggestion"], **TO_SUGGESTION)
    axes.plot(x, mended["suggestion"], zorder=6, gid="suggestions", **HOLLOW)


def event_keys(quiet: pd.DataFrame, told: pd.DataFrame) -> list[Key]:
    """Key of the marks that are there, with their numbers."""
    keys = [
        Key(f"{_word(kind, count)} ({count:,})", MARKS[kind])
        for kind, count in _counts(told).items()
    ]
    if len(suggested(told)):
        keys.append(Key("figure that would fit", HOLLOW))
    if len(quiet):
        causes = listed(sorted(set(quiet["cause"])), 3)
        keys.append(Key(f"days with {causes} ({len(quiet):,})", RUG))
    return keys
