"""A series as it read in its last versions, the older the fainter."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.days import day_ticks, set_days, tick_lines, value_room
from analyzer.charts.base.labels import LINE
from analyzer.charts.base.lines import draw_line, unbroken
from analyzer.charts.base.pins import along, pin, upright
from analyzer.charts.base.readings import day_text
from analyzer.charts.base.scales import day_numbers, set_values
from analyzer.charts.base.sheet import Key, new_sheet
from analyzer.charts.series.vintage_tables import (
    Tables,
    replaced_figures,
    shown_revisions,
    version_tables,
)
from analyzer.charts.series.vintage_words import (
    largest_changes,
    vintage_alt,
    vintage_caption,
    vintage_data,
    vintage_subtitle,
    vintage_title,
)
from analyzer.readings import number

BODY: Final = 1.8  # inches
RIGHT: Final = 0.14
FADES: Final = ("#222222", "#6f6f6f", "#9a9a9a", "#bdbdbd")
MOST_LABELS: Final = 3
MANY: Final = 40  # changes; so many are drawn as a shade behind the lines
WORTH: Final = 0.005  # gap of the widest change; what is less can't be seen, a figure 1 % higher
PLACES: Final = (0.5, 0.7, 0.3, 0.85, 0.15, 0.97, 0.03)  # along a line, where its name can stand
CHANGE: Final[dict[str, Any]] = {"color": theme.ORANGE, "linewidth": 1.4}
STROKE: Final = "replaced figure"


@theme.drawing()
def draw_vintages(panel: pd.DataFrame, measure: pd.Series, source_name: str) -> Chart | None:
    """Draw the last versions of a series around the days that were revised together.

    Parameters
    ----------
    panel : DataFrame
        `series.panel.COLUMNS`, all versions of one series.
    measure : Series
        Its row in measures.csv.
    source_name : str
        Who publishes it.

    Returns
    -------
    Chart or None
        None where no figure was replaced by one so different that it can be seen.
    """
    versions, revisions = replaced_figures(panel)
    shown = shown_revisions(revisions)
    if shown.empty or shown["gap"].max() < WORTH:
        return None
    tables = version_tables(versions, shown)
    title = vintage_title(measure, versions, shown)
    subtitle = vintage_subtitle(measure, shown, revisions, source_name)
    figure = _figure(tables, shown, str(measure["unit"]), (title, subtitle), keyed=False)
    if figure is None:  # a name found no place beside its line
        figure = _figure(tables, shown, str(measure["unit"]), (title, subtitle), keyed=True)
    assert figure is not None
    bottom = _ends(tables)[0]
    caption = vintage_caption(bottom > 0, len(shown) <= MANY)
    alt = vintage_alt(measure, revisions, shown, source_name)
    return Chart(figure, title, alt, caption, vintage_data(tables))


def _ends(tables: Tables) -> tuple[float, float]:
    values = pd.concat([table["value"] for _, table in tables])
    low, high = float(values.min()), float(values.max())
    pad = 0.18 * (high - low) or 1.0
    if low >= 0 and low <= 0.5 * high:
        return 0.0, high + pad
    return max(low - pad, min(low, 0.0)), high + pad


def _figure(
    tables: Tables, shown: pd.DataFrame, unit: str, words: tuple[str, str], *, keyed: bool
) -> Figure | None:
    """Draw it; None where a version can be named neither beside its line nor in a key."""
    low, high = _ends(tables)
    days = pd.concat([table["at"] for _, table in tables])
    first, last = days.min(), days.max()
    left = value_room(low, high, unit)
    ticks = day_ticks(first, last, theme.WIDTH - left - RIGHT)
    keys = [Key(text, _look(n, tables)) for n, (text, _) in enumerate(tables)] if keyed else []
    figure, axes = new_sheet(
        *words,
        [*keys, Key(STROKE, CHANGE)],
        BODY,
        left=left,
        right=RIGHT,
        below=LINE * tick_lines(ticks) + 0.1,
    )
    set_values(axes, low, high, unit, most=4)
    set_days(axes, first, last, ticks)
    for place, (_, table) in enumerate(tables):
        draw_line(axes, table["at"], table["value"], **_look(place, tables), zorder=2 + 0.1 * place)
    _draw_changes(axes, shown)
    return figure if _name(axes, tables, shown, keyed) else None


def _look(place: int, tables: Tables) -> dict[str, Any]:
    """The older a version, the fainter and thinner."""
    return {"color": FADES[len(tables) - 1 - place], "linewidth": 1.0 + 0.25 * place}


def _draw_changes(axes: Axes, shown: pd.DataFrame) -> None:
    x = day_numbers(shown["at"])
    many = len(shown) > MANY
    look = CHANGE | ({"linewidth": 0.6, "alpha": 0.5} if many else {})
    depth = 1.5 if many else 4
    axes.vlines(x, shown["old_value"], shown["value"], zorder=depth, gid="changes", **look)
    if not many:
        axes.plot(x, shown["value"], "o", color=theme.ORANGE, markersize=2.4, zorder=4)


def _name(axes: Axes, tables: Tables, shown: pd.DataFrame, keyed: bool) -> bool:
    """Name the versions, unless a key does, and the largest changes; False without room."""
    avoid = upright(axes, day_numbers(shown["at"]), shown["old_value"], shown["value"])
    for _, table in tables:
        x = day_numbers(table["at"]).to_numpy()
        for run in unbroken(table["at"]):
            avoid += along(axes, x[run], table["value"].iloc[run])
    names = [] if keyed else [_places(tables, place) for place in range(len(tables))]
    changes = _change_pins(largest_changes(shown).head(MOST_LABELS), len(tables))
    pins = pd.concat([*names, changes])
    done = pin(axes, pins.reset_index(drop=True), avoid, 4.8)
    return keyed or set(range(len(tables))) <= done


def _change_pins(changes: pd.DataFrame, first_run: int) -> pd.DataFrame:
    """Words at the new or the old figure of a change, in two lines or in three."""
    one_year = len(set(changes["at"].dt.year)) == 1
    rows = []
    for n, (_, change) in enumerate(changes.iterrows(), first_run):
        day = day_text(change["at"]).rsplit(" ", 1 if one_year else 0)[0]
        old, new = number(change["old_value"]), number(change["value"])
        x = float(day_numbers(pd.Series([change["at"]])).iloc[0])
        for text in (f"{day}: {old},\nthen {new}", f"{day}:\n{old},\nthen {new}"):
            rows += [(x, change[end], text, n) for end in ("value", "old_value")]
    return pd.DataFrame(rows, columns=["x", "y", "text", "run"])


def _places(tables: Tables, place: int) -> pd.DataFrame:
    """Points of a line where its name can stand, first those far from all other lines."""
    name, table = tables[place]
    rest = [other.set_index("at")["value"] for n, (_, other) in enumerate(tables) if n != place]
    rows = table.iloc[list(dict.fromkeys(int(share * (len(table) - 1)) for share in PLACES))]
    distance = pd.Series(float("inf"), index=rows.index)
    for other in rest:
        beside = other.reindex(rows["at"]).to_numpy()
        distance = distance.clip(upper=(rows["value"] - beside).abs().fillna(float("inf")))
    far = rows[distance > 0]
    spots = far if len(far) else rows
    frame = pd.DataFrame({"x": day_numbers(spots["at"]), "y": spots["value"]})
    return frame.assign(text=_broken(name), run=place)


def _broken(name: str) -> str:
    """A long name on two lines."""
    words = name.split(", ")
    return ",\n".join(words) if len(words) > 1 else name
