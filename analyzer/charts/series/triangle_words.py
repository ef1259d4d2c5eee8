"""Title, alternative text, caption and table of the revision triangle."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.charts.base.days import brief, iso
from analyzer.charts.base.readings import day_text
from analyzer.phrases import plural
from analyzer.readings import number


def largest_revision(revisions: pd.DataFrame) -> pd.Series:
    """The revision that changed most."""
    ranked = revisions.assign(size=revisions["change"].abs())
    return ranked.sort_values(["size", "at", "published"], ascending=[False, True, True]).iloc[0]


def triangle_title(measure: pd.Series, revisions: pd.DataFrame) -> str:
    """How many figures were replaced, how late, and the largest change."""
    days, big = revisions["at"].nunique(), largest_revision(revisions)
    lag = int(np.floor(revisions["lag"].median()))
    of = "" if days == len(revisions) else f" for {plural(days, 'day')}"
    late = f"half of them {plural(lag, 'day')} later or more" if lag > 0 else "half at once"
    return (
        f"{measure['label']}: {plural(len(revisions), 'figure')}{of} were replaced, {late}; "
        f"the largest change: {number(big['old_value'])} became {number(big['value'])}"
    )


def triangle_subtitle(
    measure: pd.Series,
    rows: pd.Series,
    cells: pd.DataFrame,
    revisions: pd.DataFrame,
    source_name: str,
) -> str:
    """What is counted, what a row is, and how much of it is drawn."""
    days, published = revisions["at"].nunique(), set(revisions["published"])
    drawn = len(published & set(cells["published"].dropna()))
    parts = [
        f"{count:,} of {total:,} {noun}"
        for count, total, noun in (
            (len(rows), days, "revised days"),
            (drawn, len(published), "dates of revision"),
        )
        if count < total
    ]
    row = "a row is a revised day"
    row += " or days in succession that read the same" if rows.duplicated().any() else ""
    return f"{brief(measure)} {source_name}; {row}{f'; shown are {_and(parts)}' if parts else ''}."


def _and(parts: list[str]) -> str:
    return " and ".join(parts)


def triangle_alt(measure: pd.Series, revisions: pd.DataFrame, source_name: str) -> str:
    """How many figures rose and fell, and the largest change."""
    big = largest_revision(revisions)
    raised = int((revisions["change"] > 0).sum())
    return (
        f"Table of the revisions of “{measure['label']}” by {source_name}: {len(revisions):,} "
        f"figures were replaced on {plural(revisions['published'].nunique(), 'day')}, {raised:,} "
        f"raised and {len(revisions) - raised:,} lowered. The largest change is for "
        f"{day_text(big['at'])}: {number(big['old_value'])} became {number(big['value'])}, "
        f"published on {day_text(big['published'])}."
    )


def triangle_caption(framed: bool) -> str:
    """How to read it."""
    frame = " The frame is the largest change." if framed else ""
    return (
        "A figure is printed where it is new, and stands until another replaces it; the stronger "
        f"the colour, the further it is from the last one.{frame}"
    )


def triangle_data(cells: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    """One row a cell, row by row; an empty date of publication is the time before all others."""
    order = cells.sort_values(["row", "column"], ignore_index=True)
    days = rows.index.to_series().groupby(rows)
    return pd.DataFrame(
        {
            "as_of_first": iso(order["row"].map(days.min())),
            "as_of_last": iso(order["row"].map(days.max())),
            "published": iso(order["published"]),
            "low": order["low"],
            "high": order["high"],
            "days": order["days"],
            "gap_to_last": order["gap"].round(6) + 0.0,
        }
    )
