"""A series as it read in its last versions, the older the fainter."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts import theme
from analyzer.charts.chart import Chart
from analyzer.charts.labels import LINE
from analyzer.charts.lines import day_scale, draw_line, label_points, line_points
from analyzer.charts.readings import date_text, day_text, unit_text
from analyzer.charts.scales import day_numbers, set_values, set_x
from analyzer.charts.sheet import Key, new_sheet
from analyzer.phrases import plural
from analyzer.readings import number
from analyzer.series.panel import CELL
from analyzer.series.revisions import list_revisions, list_versions

BODY: Final = 3.4  # inches
LEFT: Final = 0.72
VERSIONS: Final = 4  # that are drawn
FADES: Final = ("#222222", "#6f6f6f", "#a3a3a3", "#cccccc")
MOST_LABELS: Final = 6
TOLD: Final = 3  # changes, in the alternative text
MANY: Final = 40  # changes; so many are drawn as a shade behind the lines
WORTH: Final = 0.005  # gap of the widest change; what is less can't be seen, a figure 1 % higher
LONGEST_PAUSE: Final = pd.Timedelta(days=31)  # between days that are drawn together
AROUND: Final = 0.12  # of the revised span, to each side
CHANGE: Final[dict[str, Any]] = {"color": theme.ORANGE, "linewidth": 1.6}


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
    versions = list_versions(panel)
    revisions = list_revisions(versions)
    revisions = revisions[~revisions["compatible"]]
    if revisions.empty:
        return None
    first, last = _focus(revisions)
    revised = revisions[revisions["at"].between(first, last)]
    chosen = _chosen(revised)
    shown = revised[revised["published"].isin(chosen)]
    if shown["gap"].max() < WORTH:
        return None
    margin = max((last - first) * AROUND, pd.Timedelta(days=5))
    tables = _tables(versions, chosen, first - margin, last + margin)
    scale = day_scale(pd.concat([table["at"] for _, table in tables]))
    title = _title(measure, versions, shown)
    figure, axes = new_sheet(
        title,
        f"{unit_text(measure)} {source_name}. {_shown(shown, revisions, len(tables))}",
        _keys(tables),
        BODY,
        left=LEFT,
        below=LINE * (scale.lines + 1) + 0.1,
    )
    values = pd.concat([table["value"] for _, table in tables])
    low, high = float(values.min()), float(values.max())
    pad = 0.1 * (high - low) or 1.0
    bottom = max(low - pad, min(low, 0.0))
    set_values(axes, bottom, high + pad, str(measure["unit"]))
    set_x(axes, scale)
    for place, (_, table) in enumerate(tables):
        draw_line(axes, table["at"], table["value"], **_look(place, tables), zorder=2 + 0.1 * place)
    _draw_changes(axes, shown, [(table["at"], table["value"]) for _, table in tables])
    start = " The axis does not start at zero." if bottom > 0 else ""
    caption = (
        "Each line is the series as it read on the day of the key. A stroke joins the old figure "
        f"of a day with the one that replaced it.{start}"
    )
    return Chart(figure, title, _alt(measure, revisions, shown, source_name), caption)


def _focus(revisions: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last of the days that were replaced together, on the day that replaced most.

    Of days of publication that replaced as many figures, the one with the widest gaps, then the
    last.
    """
    found = revisions.groupby("published")["gap"].agg(["size", "sum"]).reset_index()
    busiest = found.sort_values(["size", "sum", "published"])["published"].iloc[-1]
    days = revisions.loc[revisions["published"] == busiest, "at"].sort_values()
    runs = (days.diff() > LONGEST_PAUSE).cumsum()
    longest = runs.value_counts().sort_index().idxmax()
    return days[runs == longest].min(), days[runs == longest].max()


def _chosen(revisions: pd.DataFrame) -> list[pd.Timestamp]:
    """Days of publication that changed most, in order of time."""
    weight = revisions["change"].abs().groupby(revisions["published"]).sum()
    ranked = weight.sort_index(ascending=False).sort_values(ascending=False, kind="stable")
    return sorted(ranked.index[: VERSIONS - 1])


def _tables(
    versions: pd.DataFrame, chosen: list[pd.Timestamp], first: pd.Timestamp, last: pd.Timestamp
) -> list[tuple[str, pd.DataFrame]]:
    """What was known the day before the first of the versions, and on the day of each."""
    inside = versions[versions["at"].between(first, last)]
    before = chosen[0] - pd.Timedelta(days=1)
    tables = [(f"before {day_text(chosen[0])}", before)]
    tables += [(f"from {day_text(day)}", day) for day in chosen]
    known = [(text, _as_of(inside, day)) for text, day in tables]
    return [(text, table) for text, table in known if len(table)]


def _as_of(versions: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The last version of each day that was published by then."""
    known = versions[versions["published"] <= day].drop_duplicates(CELL, keep="last")
    known = known[known["value"].notna()].sort_values(["at", "first"])
    return known.drop_duplicates("at", keep="last", ignore_index=True)


def _look(place: int, tables: list[tuple[str, pd.DataFrame]]) -> dict[str, Any]:
    """The older a version, the fainter and thinner."""
    return {"color": FADES[len(tables) - 1 - place], "linewidth": 1.0 + 0.3 * place}


def _draw_changes(
    axes: Axes, shown: pd.DataFrame, lines: list[tuple[pd.Series, pd.Series]]
) -> None:
    x = day_numbers(shown["at"])
    many = len(shown) > MANY
    look = CHANGE | ({"linewidth": 0.6, "alpha": 0.5} if many else {})
    axes.vlines(
        x, shown["old_value"], shown["value"], zorder=1.5 if many else 4, gid="changes", **look
    )
    if not many:
        axes.plot(x, shown["value"], "o", color=theme.ORANGE, markersize=2.6, zorder=4)
    order = shown.assign(size=shown["change"].abs(), x=x).sort_values(
        ["size", "at", "published"], ascending=[False, True, True]
    )
    order = order.drop_duplicates("at").head(MOST_LABELS)
    texts = [
        f"{day_text(day)}\n{number(old)} to {number(new)}"
        for day, old, new in zip(order["at"], order["old_value"], order["value"], strict=True)
    ]
    points = pd.DataFrame({"x": order["x"], "y": order["value"], "text": texts})
    label_points(axes, points, pd.concat([line_points(*line) for line in lines]))


def _keys(tables: list[tuple[str, pd.DataFrame]]) -> list[Key]:
    keys = [Key(text, _look(place, tables)) for place, (text, _) in enumerate(tables)]
    return [*keys, Key("figure that was replaced", CHANGE)]


def _shown(shown: pd.DataFrame, revisions: pd.DataFrame, versions: int) -> str:
    """How many of the replaced figures are drawn."""
    if len(shown) == len(revisions):
        drawn = f"all {len(shown):,} figures" if len(shown) > 1 else "the one figure"
        return f"Drawn: {drawn} that it replaced, in {versions} versions."
    return (
        f"Drawn: {len(shown):,} of {len(revisions):,} figures that it replaced on "
        f"{plural(revisions['published'].nunique(), 'day')}, in {versions} versions."
    )


def _title(measure: pd.Series, versions: pd.DataFrame, shown: pd.DataFrame) -> str:
    days = shown["at"].nunique()
    ranked = shown.assign(size=shown["change"].abs())
    big = ranked.sort_values(["size", "at", "published"], ascending=[False, True, True]).iloc[0]
    read = versions[(versions["at"] == big["at"]) & (versions["first"] == big["first"])]
    figures = [number(value) for value in read["value"].dropna()]
    figures = [text for place, text in enumerate(figures) if figures[place - 1 : place] != [text]]
    if days == 1:
        return f"{measure['label']}: the figure for {day_text(big['at'])} read {_then(figures)}"
    return (
        f"{measure['label']}: the figures for {days:,} days were replaced; that for "
        f"{day_text(big['at'])} read {_then(figures)}"
    )


def _then(figures: list[str]) -> str:
    """ "461, then 2,615, then 463"; of many, the first and the last three."""
    if len(figures) > 4:
        figures = [figures[0], "…", *figures[-3:]]
    return ", then ".join(figures).replace("then …, then", "…, then")


def _alt(measure: pd.Series, revisions: pd.DataFrame, shown: pd.DataFrame, source_name: str) -> str:
    up = int((shown["change"] > 0).sum())
    order = shown.sort_values(["at", "published"])
    told = [
        f"{day_text(row['at'])}: {number(row['old_value'])} became {number(row['value'])}, "
        f"published on {day_text(row['published'])}"
        for _, row in order.loc[order["change"].abs().nlargest(TOLD).index].iterrows()
    ]
    return (
        f"Versions of “{measure['label']}” by {source_name}, {date_text(shown, 'at')}: "
        f"{len(shown):,} of {len(revisions):,} replaced figures are drawn, {up:,} raised and "
        f"{len(shown) - up:,} lowered. The largest changes: {'; '.join(told)}."
    )
