"""What happened to a series: which events are marked, with which mark, and their short labels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.base import theme
from analyzer.charts.base.days import span_text
from analyzer.charts.base.readings import day_text
from analyzer.charts.base.scales import day_numbers
from analyzer.charts.base.sheet import Key
from analyzer.readings import number

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
CORRECTED: Final = "downward correction"  # a fall that its origin wanted; others come before it
HOLLOW: Final = POINT | {"marker": "D", "color": "none"} | EDGE
AROUND, WITHIN = 6.5, 3.5  # points; a hollow mark may lie on that of its event and hides none
TO_FIT: Final[dict[str, Any]] = {"color": theme.INK, "linewidth": 0.6, "linestyle": (0, (2, 2))}
PAUSE: Final = 0.06  # of the days of the series, between events that are named as one


def marked_events(events: pd.DataFrame, line: pd.DataFrame) -> pd.DataFrame:
    """Events that are marked: one a day, the weightiest first; harmless ones are not.

    Parameters
    ----------
    events : DataFrame
        `schemas.Events`, those of one series.
    line : DataFrame
        at and value, a row a day in the order of the days.

    Returns
    -------
    DataFrame
        The events with `before` and `step`: the figure that stands before it in the series, and
        the difference to it (NaN for the first one); and `fitting`: the figure that would fit,
        which is a suggestion or, of a flow, the step of its running total (NaN for none).
    """
    quiet = events["cause"].isin(QUIET) & ~(
        (events["cause"] == "late batch") & events["kind"].isin(SEEN)
    )
    told = events[events["kind"].isin(list(MARKS)) & ~quiet]
    told = told.assign(order=_order(told), **_beside(told, line)).assign(fitting=_fitting)
    told = told.sort_values(
        ["order", "gap", "at_last", "event"], ascending=[True, False, True, True]
    )
    return told.drop_duplicates("at_last", ignore_index=True)


def _order(told: pd.DataFrame) -> pd.Series:
    """Of the kinds, the weightiest first; last the falls that are likely corrections."""
    order = told["kind"].map({kind: place for place, kind in enumerate(MARKS)}).astype("float64")
    corrected = (told["kind"] == "fall") & (told["cause"] == CORRECTED)
    ranked: pd.Series = order.mask(corrected, float(len(MARKS)))
    return ranked


def _beside(told: pd.DataFrame, line: pd.DataFrame) -> dict[str, pd.Series]:
    places = line["at"].searchsorted(told["at_last"]) - 1
    known = line["value"].reindex(range(-1, len(line))).to_numpy()
    before = pd.Series(known[places + 1], index=told.index, dtype="float64")
    return {"before": before, "step": told["value"] - before}


def _fitting(told: pd.DataFrame) -> pd.Series:
    """Other events can suggest what a figure of another series should read."""
    mistyped = told["kind"] == "typing error"
    beside_total = (told["kind"] == "mismatch") & (told["expected_low"] == told["expected_high"])
    step = told["expected_low"].where(beside_total)
    fitting: pd.Series = told["suggestion"].where(mistyped, step)
    return fitting


def quiet_events(events: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Events of days without a mark: one a day."""
    rest = events[~events["at_last"].isin(told["at_last"])]
    return rest.sort_values(["at_last", "event"]).drop_duplicates("at_last", ignore_index=True)


def leading_event(told: pd.DataFrame) -> pd.Series:
    """The event that a chart is about: of the weightiest kind the largest step, or gap."""
    part = told[told["kind"] == told["kind"].iloc[0]]
    by_step = part["kind"].iloc[0] in ("fall", "surge") and part["step"].notna().any()
    place = int(part["step"].abs().argmax()) if by_step else 0
    lead: pd.Series = part.iloc[place]
    return lead


def count_kinds(told: pd.DataFrame) -> dict[str, int]:
    """How many of each kind, the weightiest first."""
    counts = told["kind"].value_counts()
    return {kind: int(counts[kind]) for kind in MARKS if kind in counts}


def kind_word(kind: str, count: int) -> str:
    """What a kind is called, in the singular or the plural."""
    one, several = WORDS[kind]
    return one if count == 1 else several


def count_events(told: pd.DataFrame) -> list[str]:
    """ "2 falls", "1 break in the series": how many of each kind, the weightiest first."""
    return [f"{n:,} {kind_word(kind, n)}" for kind, n in count_kinds(told).items()]


def event_text(event: pd.Series) -> str:
    """What happened, in two to five words."""
    value, step = number(event["value"]), event["step"]
    texts: dict[str, Callable[[], str]] = {
        "fall": lambda: f"fell by {number(-step)}",
        "surge": lambda: f"rose by {number(step)}",
        "switch": lambda: f"{number(event['before'])}, then {value}",
    }
    kind = str(event["kind"])
    return texts[kind]() if kind in texts and pd.notna(step) else f"{value}: {kind_word(kind, 1)}"


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
    for name, part in by_time.groupby(run):
        first, last = part.index[0], part.index[-1]
        chosen = dict.fromkeys([part["gap"].idxmax(), last, first, (first + last) // 2])
        rows = part.loc[list(chosen)]
        weight = {"order": part["order"].iloc[0], "size": len(part), "gap": part["gap"].max()}
        point = {"x": day_numbers(rows["at_last"]), "y": rows["value"]}
        places.append(pd.DataFrame(point | {"run": name, "text": _run_text(part)} | weight))
    if not places:
        return pd.DataFrame(columns=["run", "x", "y", "text"])
    return pd.concat(places).sort_values(
        ["order", "size", "gap", "run"],
        ascending=[True, False, False, True],
        kind="stable",
        ignore_index=True,
    )[["run", "x", "y", "text"]]


def _run_text(run: pd.DataFrame) -> str:
    first, last = run["at_last"].min(), run["at_last"].max()
    if len(run) == 1:
        return f"{event_text(run.iloc[0])}\n{day_text(first)}"
    kind = str(run["kind"].iloc[0])
    return f"{len(run):,} {kind_word(kind, len(run))}\n{span_text(first, last)}"


def draw_events(axes: Axes, told: pd.DataFrame) -> None:
    """Marks at the figures, and hollow ones at those that would fit and can be drawn."""
    for place, (kind, look) in enumerate(MARKS.items()):
        part = told[told["kind"] == kind]
        x, depth = day_numbers(part["at_last"]), 5 - place / 10
        axes.plot(x, part["value"], zorder=depth, gid="events", clip_on=False, **look)
    fits = with_fitting(told, axes)
    x = day_numbers(fits["at_last"])
    axes.vlines(x, fits["value"], fits["fitting"], zorder=4, **TO_FIT)
    small = (fits["kind"] == "mismatch").to_numpy()
    for chosen, size in ((~small, AROUND), (small, WITHIN)):
        look = HOLLOW | {"markersize": size}
        axes.plot(
            x[chosen], fits["fitting"][chosen], zorder=6, gid="fitting", clip_on=False, **look
        )


def with_fitting(told: pd.DataFrame, axes: Axes) -> pd.DataFrame:
    """The events with a figure that would fit and lies on the axis."""
    return told[told["fitting"] >= min(axes.get_ylim())]


def event_keys(told: pd.DataFrame) -> list[Key]:
    """Key of the marks, with their numbers; a mark that stands alone is named beside it."""
    if len(told) < 2:
        return []
    return [
        Key(f"{n:,} {kind_word(kind, n)}", MARKS[kind]) for kind, n in count_kinds(told).items()
    ]
