"""Two series of one measure, and the gap between them."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.days import day_ticks, set_days, tick_lines, value_room
from analyzer.charts.base.labels import LINE
from analyzer.charts.base.layout import Box
from analyzer.charts.base.lines import draw_line, head, unbroken
from analyzer.charts.base.marks import BAND
from analyzer.charts.base.pins import along, pin, upright
from analyzer.charts.base.readings import add_colours
from analyzer.charts.base.scales import day_numbers, set_values
from analyzer.charts.base.sheet import Key, new_sheet, text_width, wrap
from analyzer.charts.series.gap_words import gap_alt, gap_caption, gap_data, gap_subtitle, gap_title
from analyzer.readings import number
from analyzer.series.divergence import side_by_side

APART: Final = 1.75  # inches, of two lines that stand apart
CLOSE: Final = 0.95  # of two lines that nearly cover each other, above
DIFFERENCE: Final = 1.15  # of their difference
RIGHT: Final = 0.14
HEADROOM: Final = 1.28  # above the highest figure, for names
NAME: Final = 1.9  # inches, of the widest line of a name in the chart
AROUND: Final = 0.08  # of the common days, that is drawn before and after them
FAR: Final = 0.12  # of the height: so wide a gap is seen between the lines
LOOKS: Final = (theme.ORANGE, theme.SKY)  # of origins that have no colour of their own
WIDE, THIN = 2.8, 1.1  # of lines that cover each other
ALONE: Final = 1.6  # of lines that never do
PLACES: Final = (0.6, 0.75, 0.45, 0.9, 0.3, 0.15)  # along a line, where its name can stand

Pair = tuple[pd.DataFrame, pd.DataFrame]
Looks = list[tuple[str, float]]


@theme.drawing()
def draw_gap_band(
    one: pd.DataFrame, other: pd.DataFrame, measure: pd.Series, names: tuple[str, str]
) -> Chart | None:
    """Draw two series around the days that both give, and the band between them.

    Where the lines nearly cover each other, or cross, their difference stands below.

    Parameters
    ----------
    one, other : DataFrame
        `series.panel.latest`, the rows of each series.
    measure : Series
        Its row in measures.csv.
    names : tuple of str
        What each series is called.

    Returns
    -------
    Chart or None
        None where they share fewer than two days, or never exclude each other.
    """
    both = side_by_side(one, other)
    if len(both) < 2 or not both["apart"].any():
        return None
    both = both.assign(difference=both["value"] - both["value_other"])
    pair = (_near(one, both), _near(other, both))
    apart = _stand_apart(pair, both)
    looks = _looks(pair_colours((one, other), names), bool(both["apart"].all()) and apart)
    figure = _figure(pair, both, measure, names, looks, keyed=not apart, apart=apart)
    if figure is None:  # a name found no place beside its line
        figure = _figure(pair, both, measure, names, looks, keyed=True, apart=apart)
    assert figure is not None
    return Chart(
        figure,
        gap_title(measure, both),
        gap_alt(measure, both, names),
        gap_caption(apart),
        gap_data(pair, both, names),
    )


def _near(line: pd.DataFrame, both: pd.DataFrame) -> pd.DataFrame:
    first, last = both["at"].iloc[0], both["at"].iloc[-1]
    margin = max(AROUND * (last - first), pd.Timedelta(days=7))
    line = line[line["at"].between(first - margin, last + margin)]
    return line.sort_values(["at", "first", "claim"], ignore_index=True)


def _stand_apart(pair: Pair, both: pd.DataFrame) -> bool:
    """Whether the gap can be seen between the lines, and they do not cross."""
    crosses = both["above"].any() and (both["apart"] & ~both["above"]).any()
    highest = max(float(line["value"].abs().max()) for line in pair)
    widest = float(both["difference"].abs().where(both["apart"], 0.0).max())
    return bool(not crosses and widest > FAR * highest)


def _figure(
    pair: Pair,
    both: pd.DataFrame,
    measure: pd.Series,
    names: tuple[str, str],
    looks: Looks,
    *,
    keyed: bool,
    apart: bool,
) -> Figure | None:
    """Draw it; None where a name has no place in the chart and none in a key."""
    unit = str(measure["unit"])
    values = pd.concat([line["value"] for line in pair])
    room = HEADROOM if apart else 1.1
    low, high = min(0.0, float(values.min())), room * float(values.max()) or 1.0
    days = pd.concat([line["at"] for line in pair])
    first, last = days.min(), days.max()
    left = value_room(low, high, unit)
    ticks = day_ticks(first, last, theme.WIDTH - left - RIGHT)
    under = LINE * tick_lines(ticks) + 0.1
    extra = 0.0 if apart else DIFFERENCE + LINE + 0.22
    keys = [
        Key(_short(name), {"color": colour, "linewidth": width, "solid_capstyle": "butt"})
        for name, (colour, width) in zip(names, looks, strict=True)
    ]
    figure, axes = new_sheet(
        gap_title(measure, both),
        gap_subtitle(measure, both),
        keys if keyed else [],
        APART if apart else CLOSE,
        left=left,
        right=RIGHT,
        below=under + extra,
    )
    set_values(axes, low, high, unit, most=4 if apart else 3)
    set_days(axes, first, last, ticks)
    if apart:
        _draw_band(axes, both)
    for line, (colour, width) in zip(pair, looks, strict=True):
        draw_line(axes, line["at"], line["value"], color=colour, linewidth=width, zorder=3)
    if apart:
        named = _name_lines(axes, pair, both, () if keyed else names)
        return figure if named else None
    width, height = figure.get_size_inches()
    axes.tick_params(labelbottom=False)
    place = (left / width, under / height, 1 - (left + RIGHT) / width, DIFFERENCE / height)
    lower = figure.add_axes(place)
    set_days(lower, first, last, ticks)
    _draw_difference(lower, both, unit, names, [colour for colour, _ in looks])
    return figure


def _short(name: str) -> str:
    """A name that fits into a key; a longer one ends in an ellipsis."""
    room = theme.WIDTH - 0.4
    if text_width(name, theme.SMALL) <= room:
        return name
    return wrap(name, room - 0.1, theme.SMALL)[0] + "…"


def pair_colours(pair: Pair, names: tuple[str, str]) -> list[str]:
    """The colours that the origins of the two have in other charts, if these differ."""
    parts = [
        pd.DataFrame({"origin": line["authority"], "origin_name": name})
        for line, name in zip(pair, names, strict=True)
    ]
    coloured = add_colours(pd.concat(parts, ignore_index=True))["colour"]
    own = [coloured.iloc[0], coloured.iloc[-1]]
    return own if own[0] != own[1] else list(LOOKS)


def _looks(colours: list[str], never_meet: bool) -> Looks:
    """Colour and width of each; where the two can lie on each other both are to be seen."""
    widths = (ALONE, ALONE) if never_meet else (WIDE, THIN)
    return list(zip(colours, widths, strict=True))


def _draw_band(axes: Axes, both: pd.DataFrame) -> None:
    x = day_numbers(both["at"]).to_numpy()
    for run in unbroken(both["at"]):
        low, high = both["value"].to_numpy()[run], both["value_other"].to_numpy()[run]
        if len(run) > 1:
            axes.fill_between(x[run], low, high, gid="band", zorder=1, **BAND)
        axes.vlines(x[run], low, high, color=theme.PALE, linewidth=1, zorder=1).set_gid("days")


def _name_lines(axes: Axes, pair: Pair, both: pd.DataFrame, names: tuple[str, ...]) -> bool:
    """Name the lines outside their band, and their first and last common figures."""
    avoid: list[Box] = []
    for line in pair:
        x = day_numbers(line["at"]).to_numpy()
        avoid += along(axes, x, line["value"])
    inner = avoid + upright(axes, day_numbers(both["at"]), both["value"], both["value_other"])
    ends = _end_pins(both)
    axes.plot(ends["x"], ends["y"], "o", color=theme.INK, markersize=2.6, zorder=4, gid="ends")
    rooms = [_places(pair[n], name, n) for n, name in enumerate(names)]
    done = pin(axes, pd.concat([*rooms, ends], ignore_index=True), inner, 2.5)
    return len(done & set(range(len(names)))) == len(names)


def _places(line: pd.DataFrame, name: str, run: int) -> pd.DataFrame:
    rows = line.iloc[[int(share * (len(line) - 1)) for share in PLACES]]
    text = "\n".join(wrap(name, NAME, theme.SMALL))
    return pd.DataFrame({"x": day_numbers(rows["at"]), "y": rows["value"]}).assign(
        text=text, run=run
    )


def _end_pins(both: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for end in (-1, 0):
        day = both.iloc[[end]]
        for column in ("value", "value_other"):
            value = float(day[column].iloc[0])
            rows.append((float(day_numbers(day["at"]).iloc[0]), value, number(value)))
    pins = pd.DataFrame(rows, columns=["x", "y", "text"]).drop_duplicates()
    return pins.assign(run=range(len(LOOKS), len(LOOKS) + len(pins)))


def _draw_difference(
    axes: Axes, both: pd.DataFrame, unit: str, names: tuple[str, str], colours: list[str]
) -> None:
    """Difference of the two, on the side and in the colour of the one that is higher."""
    x = day_numbers(both["at"]).to_numpy()
    difference = both["difference"].where(both["apart"], 0.0).to_numpy()
    low, high = min(float(difference.min()), 0.0), max(float(difference.max()), 0.0)
    pad = 0.42 * (high - low)
    set_values(axes, low - pad if low < 0 else 0.0, high + pad if high > 0 else 0.0, unit, most=4)
    for run in unbroken(both["at"]):
        for side, colour in zip((1, -1), colours, strict=True):
            height = (side * difference[run]).clip(min=0) * side
            axes.fill_between(x[run], 0, height, color=colour, linewidth=0, gid="difference")
            axes.vlines(x[run], 0, height, color=colour, linewidth=0.8)
    axes.axhline(0, color=theme.GREY, linewidth=0.6, zorder=3)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda tick, _: number(abs(round(tick, 6)))))
    head(axes, "Difference")
    pins = [
        (float(x[place]), float(difference[place]), _more(difference[place], name))
        for place, name in (
            (int(difference.argmax()), names[0]),
            (int(difference.argmin()), names[1]),
        )
        if (difference[place] > 0) == (name == names[0]) and difference[place] != 0
    ]
    avoid = [*upright(axes, x, 0, difference), *along(axes, axes.get_xlim(), (0, 0))]
    pin(axes, pd.DataFrame(pins, columns=["x", "y", "text"]), avoid, 4.8)


def _more(difference: float, name: str) -> str:
    text = f"{name}: up to {number(abs(float(np.round(difference, 6))))} more"
    return "\n".join(wrap(text, NAME, theme.SMALL))
