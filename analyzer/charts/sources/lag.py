"""How old relayed figures were on the day on which they were published."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.readings import claims_word
from analyzer.charts.base.sheet import Key, new_sheet, text_width
from analyzer.charts.sources.lag_ages import OLD, count_ages, find_lags, find_moving, is_dated

ROOM: Final = theme.WIDTH - 2 * theme.MARGIN  # inches
START: Final = 0.92  # of the bars
THICK: Final = 0.15
STEP: Final = 0.25  # from bar to bar
AFTER: Final = 0.05


@theme.drawing()
def draw_lag(relays: pd.DataFrame, claims: pd.DataFrame, title: str = "") -> Chart | None:
    """Draw how many days lie between the time of each relayed figure and its publication.

    Only figures that move with time are drawn: the total of an event that is over does not age,
    whenever it is repeated.

    Parameters
    ----------
    relays : DataFrame
        One row a relayed claim: claim (its id), verdict, days (how much older than the newest
        figure of its origin, where it is stale).
    claims : DataFrame
        `schemas.Aligned`, all claims.
    title : str
        Printed above the chart; blank for a sentence made from the claims.

    Returns
    -------
    Chart or None
        None where the relayed claims that have both days are all of one age.
    """
    moving = find_moving(relays, claims)
    drawn = find_lags(moving)
    if drawn["lag"].nunique() < 2:
        return None
    ages = count_ages(drawn)
    title = title or _title(drawn)
    body = STEP * len(ages)
    figure, axes = new_sheet(
        title,
        _subtitle(relays, moving, drawn),
        _keys(ages),
        body,
        left=theme.MARGIN,
        right=theme.MARGIN,
        below=0.04,
    )
    axes.set_axis_off()
    axes.set(xlim=(0, ROOM), ylim=(body, 0))
    _draw(axes, ages)
    return Chart(figure, title, _alt(drawn), CAPTION, ages)


CAPTION: Final = (
    "Days from the time that a figure speaks of to its publication; where only a month or a year "
    "is given, from its last day."
)


def _draw(axes: Axes, ages: pd.DataFrame) -> None:
    """Draw the bars with their numbers, and beside the short ones of old figures an example."""
    longest = int(ages["figures"].max())
    room = ROOM - START - AFTER - text_width(f"{longest:,}", theme.SMALL)
    for place, age in ages.iterrows():
        middle = (int(str(place)) + 0.5) * STEP
        _write(axes, 0, middle, str(age["age"]))
        length = age["figures"] / longest * room
        _bar(axes, middle, START, length, "bar")
        if age["outdated"]:
            _bar(axes, middle, START, age["outdated"] / longest * room, "outdated")
        end = START + length + AFTER
        _write(axes, end, middle, f"{age['figures']:,}", weight="bold")
        if age["from_days"] > OLD and age["figures"]:
            end += text_width(f"{age['figures']:,}", theme.SMALL, "bold") + 2 * AFTER
            _note(axes, age, end, middle)


def _bar(axes: Axes, middle: float, start: float, length: float, gid: str) -> None:
    look: dict[str, Any] = {"height": THICK, "linewidth": 0, "gid": gid}
    if gid == "outdated":
        look |= {"color": theme.ORANGE, "hatch": "//////", "edgecolor": theme.INK, "linewidth": 0.4}
    else:
        look["color"] = theme.SKY
    axes.barh(middle, length, left=start, **look)


def _note(axes: Axes, age: pd.Series, start: float, middle: float) -> None:
    """Name the oldest figure of an age where there is room for its publisher."""
    for text in (
        f"oldest: {age['publisher']}, {age['reading']} ({_days(age['days'])})",
        f"oldest: {age['publisher']} ({_days(age['days'])})",
        f"up to {_days(age['days'])}",
    ):
        if start + text_width(text, theme.SMALL) <= ROOM:
            _write(axes, start, middle, text, color=theme.MUTED, gid="oldest")
            return


def _write(axes: Axes, x: float, y: float, text: str, **look: Any) -> None:
    axes.text(x, y - 0.011, text, size=theme.SMALL, va="center_baseline", **look)


def _days(count: float) -> str:
    return f"{count:,.0f} day" if count == 1 else f"{count:,.0f} days"


def _keys(ages: pd.DataFrame) -> list[Key]:
    """Tell the two colours apart, where there are two."""
    outdated = int(ages["outdated"].sum())
    if not outdated:
        return []
    square: dict[str, Any] = {"linestyle": "none", "marker": "s", "markersize": 7}
    edge = {"markeredgecolor": theme.INK, "markeredgewidth": 0.4}
    words = f"outdated: the origin had given a newer figure ({outdated:,})"
    return [
        Key("relayed", square | {"color": theme.SKY, "markeredgewidth": 0}),
        Key(words, square | edge | {"color": theme.ORANGE}),
    ]


def _title(drawn: pd.DataFrame) -> str:
    same, old = int((drawn["lag"] == 0).sum()), int((drawn["lag"] > OLD).sum())
    first = f"{same:,} of {len(drawn):,}" if same else f"None of {len(drawn):,}"
    were = "was" if same == 1 else "were"
    return (
        f"{first} relayed figures {were} published on the day that they speak of, "
        f"{f'{old:,}' if old else 'none'} more than {OLD} days later"
    )


def _subtitle(relays: pd.DataFrame, moving: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """What is drawn, and what became of the other relayed claims."""
    total = len(relays.drop_duplicates("claim"))
    undated = int((~is_dated(moving)).sum())
    ahead = len(moving) - undated - len(drawn)
    left_out = [
        (undated, "without both days"),
        (ahead, "about a time to come"),
        (total - len(moving), "that don't change with time or are a publisher's own"),
    ]
    text = "Figures that change with time, by age on the day of publication."
    parts = [f"{count:,} {words}" for count, words in left_out if count]
    if not parts:
        return text
    return f"{text} Of {claims_word(total)} that cite someone else, left out: {', '.join(parts)}."


def _alt(drawn: pd.DataFrame) -> str:
    lag = drawn["lag"]
    oldest = drawn.sort_values(["lag", "said_first", "id"], ascending=[False, True, True]).iloc[0]
    same, stale = int((lag == 0).sum()), int(drawn["stale"].sum())
    newer = f" For {stale:,} of them the origin had given a newer figure." if stale else ""
    return (
        f"Bars of the age of {len(drawn):,} relayed figures on the day of their publication: "
        f"{same:,} appeared on the day that they speak of, "
        f"{int((lag > OLD).sum()):,} more than {OLD} days later.{newer} The oldest is "
        f"{_days(oldest['lag'])} old ({oldest['source_name']}, {oldest['reading']})."
    )
