"""How old relayed figures were on the day on which they were published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts import theme
from analyzer.charts.chart import Chart
from analyzer.charts.labels import LABEL, LINE
from analyzer.charts.layout import Anchor, Box, Spot, place
from analyzer.charts.readings import claims_word, date_text, short_names
from analyzer.charts.scales import day_numbers, set_x, time_scale
from analyzer.charts.sheet import POINT, Key, extent, new_sheet, wrap

BODY: Final = 3.3  # inches
LEFT: Final = 0.85
DIAMETER: Final = 4.6  # points, of one claim; the area grows with their number
LARGEST: Final = 20.0
TICKS: Final = (0, 1, 7, 30, 90, 365, 730, 1825)  # days
MOVING: Final = ("cumulative", "stock", "flow")
SEAM: Final = 5  # days between the medians of two quarters, and as many again
ENOUGH: Final = 5  # claims of a quarter for a median
OLD: Final = 30  # days
MOST_LABELS: Final = 8  # stale ones
MOST_OLD: Final = 4
NAME_WIDTH: Final = 1.7  # inches
STALE: Final[dict[str, Any]] = {
    "marker": "D",
    "color": theme.ORANGE,
    "markeredgecolor": theme.INK,
    "markeredgewidth": 0.7,
}


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
        None where no relayed claim has both days.
    """
    moving = _relayed(relays, claims)
    drawn = _with_lag(moving)
    if drawn.empty:
        return None
    marks = _group(drawn)
    scale = time_scale(marks, "said", columns=False)
    marks = marks.assign(x=scale.x, y=np.log1p(marks["lag"]))
    medians = _medians(drawn)
    title = title or _title(drawn)
    figure, axes = new_sheet(
        title,
        _subtitle(relays, moving, drawn),
        _keys(marks, medians),
        BODY,
        left=LEFT,
        below=LINE * (scale.lines + 1) + 0.16,
    )
    _set_days(axes, float(drawn["lag"].max()))
    set_x(axes, scale)
    axes.set_xlabel("day on which it was published", loc="left")
    _draw(axes, marks)
    _draw_medians(axes, medians)
    _label(axes, marks)
    caption = (
        "Each point is a relayed figure on the day of its publication, as high as the days since "
        "the time that it speaks of (counted from the last day of a month where only that is "
        "given); the axis is stretched at its lower end."
    )
    return Chart(figure, title, _alt(drawn), caption)


def _relayed(relays: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Relayed claims of figures that move with time, ordered by id."""
    judged = relays[["claim", "verdict", "days"]].rename(columns={"claim": "id"})
    found = claims.merge(judged, on="id").sort_values("id", ignore_index=True)
    return found[(found["origin"] != found["source"]) & found["kind"].isin(MOVING)]


def _with_lag(moving: pd.DataFrame) -> pd.DataFrame:
    """Add `lag` in days where both days are known and the figure is no forecast."""
    known = moving[_dated(moving) & ~_ahead(moving)]
    lag = (known["said_first"] - known["as_of_last"]).dt.days.clip(lower=0).astype("float64")
    return known.assign(lag=lag, stale=known["verdict"] == "stale")


def _dated(moving: pd.DataFrame) -> pd.Series:
    """Whether the day of publication and the time of the figure are known."""
    one_day = moving["said_first"].notna() & (moving["said_first"] == moving["said_last"])
    return one_day & moving["as_of_last"].notna()


def _ahead(moving: pd.DataFrame) -> pd.Series:
    """Whether it was said before the time that it speaks of began."""
    return moving["said_last"] < moving["as_of_first"]


def _group(drawn: pd.DataFrame) -> pd.DataFrame:
    """One row for claims of one day and lag, with their number `n`; stale ones stand alone."""
    named = drawn.assign(name=short_names(drawn["source_name"]), alone=drawn["id"])
    named["alone"] = named["alone"].where(named["stale"], "")
    keys = ["said_first", "lag", "stale", "alone"]
    named["n"] = named.groupby(keys)["id"].transform("size")
    rows = named.drop_duplicates(keys)
    diameter = (DIAMETER * np.sqrt(rows["n"])).clip(upper=LARGEST)
    return rows.assign(diameter=diameter).sort_values(
        ["n", "said_first", "lag", "id"], ascending=[False, True, True, True], ignore_index=True
    )


def _medians(drawn: pd.DataFrame) -> pd.DataFrame:
    """Median lag of each quarter with enough claims: first and last day as numbers, lag."""
    quarter = drawn["said_first"].dt.to_period("Q")
    found = drawn.groupby(quarter)["lag"].agg(["size", "median"])
    found = found[found["size"] >= ENOUGH].reset_index()
    begin, end = found["said_first"].dt.start_time, found["said_first"].dt.end_time
    return found.assign(first=day_numbers(begin) + SEAM, last=day_numbers(end) - SEAM)


def _set_days(axes: Axes, longest: float) -> None:
    top = 1.06 * float(np.log1p(max(longest, TICKS[2])))
    shown = [tick for tick in TICKS if np.log1p(tick) <= top]
    axes.set_ylim(-0.06 * top, top)
    words = ["same day" if tick == 0 else f"{tick:,} day{'s' * (tick > 1)}" for tick in shown]
    axes.set_yticks(np.log1p(shown).tolist(), words)
    axes.grid(axis="y")


def _draw(axes: Axes, marks: pd.DataFrame) -> None:
    for stale, part in marks.groupby("stale"):
        axes.scatter(
            part["x"],
            part["y"],
            s=(1.3 * DIAMETER) ** 2 if stale else part["diameter"] ** 2,
            marker="D" if stale else "o",
            color=theme.ORANGE if stale else theme.SKY,
            edgecolors=theme.INK,
            linewidths=0.7 if stale else 0.3,
            alpha=1 if stale else 0.75,
            zorder=5 if stale else 3,
            gid="stale" if stale else "relays",
        )


def _draw_medians(axes: Axes, medians: pd.DataFrame) -> None:
    low, high = axes.get_xlim()
    for _, quarter in medians.iterrows():
        ends = [max(quarter["first"], low), min(quarter["last"], high)]
        y = float(np.log1p(quarter["median"]))
        axes.plot(ends, [y, y], color=theme.INK, linewidth=2, zorder=6, gid="median")


def _label(axes: Axes, marks: pd.DataFrame) -> None:
    """Name the stale ones, the oldest first, and the figure with the longest lag."""
    ranked = marks.sort_values(
        ["stale", "lag", "said_first", "id"], ascending=[False, False, True, True]
    )
    stale = ranked[ranked["stale"]].head(MOST_LABELS)
    oldest = ranked.sort_values(["lag", "said_first", "id"], ascending=[False, True, True]).head(
        MOST_OLD
    )
    chosen = pd.concat([stale, oldest[oldest["lag"] > OLD]])
    chosen = chosen[~chosen.index.duplicated()]
    dpi = axes.figure.dpi
    texts = [axes.text(0, 0, _words(mark), **LABEL) for _, mark in chosen.iterrows()]
    points = [_box(axes, mark) for _, mark in marks.iterrows()]
    anchors = []
    for text, row in zip(texts, chosen.index, strict=True):
        box, point = extent(text, pad=0.012 * dpi), points[int(row)]
        x, y = (point.left + point.right) / 2, (point.bottom + point.top) / 2
        size = box.right - box.left, box.top - box.bottom
        anchors.append(Anchor(x, y, *size, (point.right - point.left) / 2))
    frame = extent(axes.patch, pad=-0.03 * dpi)
    back = axes.transData.inverted()
    for text, spot in zip(texts, _spots(anchors, frame, points, LINE * dpi), strict=True):
        if spot is None:
            text.remove()
            continue
        at = spot.line[0]
        if not spot.box.left < at < spot.box.right:
            text.set_multialignment("left" if spot.box.left >= at else "right")
        middle = (spot.box.left + spot.box.right) / 2, (spot.box.bottom + spot.box.top) / 2
        text.set_position(tuple(back.transform(middle)))
        if spot.tied:
            ends = back.transform([spot.line[:2], spot.line[2:]])
            axes.plot(ends[:, 0], ends[:, 1], color=theme.INK, linewidth=0.5, zorder=3.5)


def _spots(
    anchors: Sequence[Anchor], frame: Box, points: Sequence[Box], line: float
) -> list[Spot | None]:
    """Find a place for each label; one that has none may cross the points above its own."""
    spots = place(anchors, frame, points, [], line)
    left = [n for n, spot in enumerate(spots) if spot is None]
    columns = [(anchors[n].x - anchors[n].radius, anchors[n].x + anchors[n].radius) for n in left]
    taken = [box for spot in spots if spot for box in (spot.box, _hull(spot.line))]
    beside = [box for box in points if not any(a < box.right and box.left < b for a, b in columns)]
    found = place([anchors[n] for n in left], frame, [*beside, *taken], [], line)
    for n, spot in zip(left, found, strict=True):
        spots[n] = spot
    return spots


def _hull(line: tuple[float, float, float, float]) -> Box:
    x0, y0, x1, y1 = line
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _box(axes: Axes, mark: pd.Series) -> Box:
    x, y = axes.transData.transform((mark["x"], mark["y"]))
    radius = mark["diameter"] / 2 * POINT * axes.figure.dpi
    return Box(x - radius, y - radius, x + radius, y + radius)


def _words(mark: pd.Series) -> str:
    name = "\n".join(wrap(str(mark["name"]), NAME_WIDTH, theme.SMALL))
    if mark["stale"]:
        late = "" if pd.isna(mark["days"]) else f", {_days(mark['days'])} behind"
        return f"{name}\n{mark['reading']}{late}"
    return f"{name}\n{_days(mark['lag'])}"


def _days(count: float) -> str:
    return f"{count:,.0f} day" if count == 1 else f"{count:,.0f} days"


def _keys(marks: pd.DataFrame, medians: pd.DataFrame) -> list[Key]:
    point = {"linestyle": "none", "marker": "o", "markersize": 6, "color": theme.SKY}
    edge = {"markeredgecolor": theme.INK, "markeredgewidth": 0.3}
    keys = [Key("relayed figure", point | edge)]
    if (marks["n"] > 1).any():
        keys.append(Key("larger: several", point | edge | {"markersize": 10}))
    stale = int(marks["stale"].sum())
    if stale:
        look = {"linestyle": "none", "markersize": 6} | STALE
        keys.append(Key(f"stale: the origin had given a newer one ({stale})", look))
    if len(medians):
        line = {"color": theme.INK, "linewidth": 2}
        keys.append(Key(f"median of a quarter with {ENOUGH} or more", line))
    return keys


def _title(drawn: pd.DataFrame) -> str:
    if len(drawn) == 1:
        return f"One relayed figure, published {_days(drawn['lag'].iloc[0])} after its time"
    half = float(np.ceil(drawn["lag"].median()))
    time = f"within {_days(half)} of their time" if half else "on the day that they speak of"
    return (
        f"At least half of {len(drawn):,} relayed figures were published {time}, "
        f"{int((drawn['lag'] > OLD).sum()) or 'none'} more than {OLD} days after it"
    )


def _subtitle(relays: pd.DataFrame, moving: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """What is drawn, and what became of the other relayed claims."""
    total = len(relays.drop_duplicates("claim"))
    undated = int((~_dated(moving)).sum())
    ahead = len(moving) - undated - len(drawn)
    left_out = [
        (undated, "without a known day of publication or time of the figure"),
        (ahead, "said before the time that they speak of"),
        (total - len(moving), "of fixed totals and shares, or that quote their own figure"),
    ]
    text = f"{len(drawn):,} of {claims_word(total)} that pass on a figure which moves with time."
    parts = [f"{count:,} {words}" for count, words in left_out if count]
    return f"{text} Not drawn: {'; '.join(parts)}." if parts else text


def _alt(drawn: pd.DataFrame) -> str:
    lag = drawn["lag"]
    oldest = drawn.sort_values(["lag", "said_first", "id"], ascending=[False, True, True]).iloc[0]
    return (
        f"Lag of {len(drawn):,} relayed figures, published {date_text(drawn, 'said_first')}: "
        f"median {_days(lag.median())}, {int((lag > OLD).sum())} of them more than {OLD} days, "
        f"{int(drawn['stale'].sum())} stale. The longest is {_days(oldest['lag'])} "
        f"({oldest['source_name']}, {oldest['reading']})."
    )
