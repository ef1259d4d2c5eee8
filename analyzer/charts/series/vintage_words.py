"""Title, alternative text, caption and table of the chart of versions."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analyzer.charts.base.days import brief, iso
from analyzer.charts.base.readings import date_text, day_text
from analyzer.charts.series.vintage_tables import Tables
from analyzer.phrases import plural
from analyzer.readings import number

TOLD: Final = 3  # changes, in the alternative text


def largest_changes(shown: pd.DataFrame) -> pd.DataFrame:
    """The largest change of each day, the largest first."""
    order = shown.assign(size=shown["change"].abs()).sort_values(
        ["size", "at", "published"], ascending=[False, True, True]
    )
    return order.drop_duplicates("at")


def vintage_title(measure: pd.Series, versions: pd.DataFrame, shown: pd.DataFrame) -> str:
    """How many days were replaced, and all that the most changed of them ever read."""
    days = shown["at"].nunique()
    big = largest_changes(shown).iloc[0]
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


def vintage_subtitle(
    measure: pd.Series, shown: pd.DataFrame, revisions: pd.DataFrame, source_name: str
) -> str:
    """What is counted, and how many of the replaced figures are drawn."""
    if len(shown) < len(revisions):
        drawn = f"{len(shown):,} of {len(revisions):,} replaced figures are drawn"
    else:
        drawn = f"{plural(len(shown), 'replaced figure')}"
    return f"{brief(measure)} {source_name}: {drawn}."


def vintage_alt(
    measure: pd.Series, revisions: pd.DataFrame, shown: pd.DataFrame, source_name: str
) -> str:
    """How many figures rose and fell, and the largest changes."""
    up = int((shown["change"] > 0).sum())
    order = shown.sort_values(["at", "published"])
    told = [
        f"{day_text(row['at'])}: {number(row['old_value'])} became {number(row['value'])}, "
        f"published on {day_text(row['published'])}"
        for _, row in order.loc[order["change"].abs().nlargest(TOLD).index].iterrows()
    ]
    total = "" if len(shown) == len(revisions) else f" of {len(revisions):,}"
    return (
        f"Versions of “{measure['label']}” by {source_name}, {date_text(shown, 'at')}: "
        f"drawn are {len(shown):,}{total} replaced figures, {up:,} raised and "
        f"{len(shown) - up:,} lowered. The largest changes: {'; '.join(told)}."
    )


def vintage_caption(from_above: bool, dotted: bool) -> str:
    """How to read it."""
    start = " The scale does not start at zero." if from_above else ""
    dot = ", which bears the dot" if dotted else ""
    return (
        "Each line is the series as it read on the days named; a stroke joins the old figure of a "
        f"day with the one that replaced it{dot}.{start}"
    )


def vintage_data(tables: Tables) -> pd.DataFrame:
    """One row a figure of each version, the oldest version first."""
    parts = [
        pd.DataFrame(
            {
                "version": text,
                "as_of": iso(table["at"]),
                "figure": table["value"],
                "low": table["low"],
                "high": table["high"],
                "published": iso(table["published"]),
                "claim": table["claim"],
            }
        )
        for text, table in tables
    ]
    return pd.concat(parts, ignore_index=True)
