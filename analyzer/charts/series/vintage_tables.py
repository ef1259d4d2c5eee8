"""Which versions of a series are drawn: those around the days that were revised together."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analyzer.charts.base.readings import day_text
from analyzer.series.panel import CELL
from analyzer.series.revisions import list_revisions, list_versions

VERSIONS: Final = 4  # that are drawn
LONGEST_PAUSE: Final = pd.Timedelta(days=31)  # between days that are drawn together
AROUND: Final = 0.12  # of the revised span, to each side

Tables = list[tuple[str, pd.DataFrame]]


def replaced_figures(panel: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All versions of a series, and the revisions that its wordings don't allow for."""
    versions = list_versions(panel)
    revisions = list_revisions(versions)
    return versions, revisions[~revisions["compatible"]]


def shown_revisions(revisions: pd.DataFrame) -> pd.DataFrame:
    """The revisions that one chart shows: of days near each other, by few publications."""
    if revisions.empty:
        return revisions
    first, last = _focus(revisions)
    revised = revisions[revisions["at"].between(first, last)]
    return revised[revised["published"].isin(_chosen(revised))]


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


def version_tables(versions: pd.DataFrame, shown: pd.DataFrame) -> Tables:
    """What was known the day before the first of the versions, and on the day of each.

    An older version that the newest one repeats is drawn as one with it.
    """
    chosen = sorted(shown["published"].unique())
    first, last = shown["at"].min(), shown["at"].max()
    margin = max((last - first) * AROUND, pd.Timedelta(days=5))
    inside = versions[versions["at"].between(first - margin, last + margin)]
    before = chosen[0] - pd.Timedelta(days=1)
    tables = [(f"before {day_text(chosen[0])}", before)]
    tables += [(f"from {day_text(day)}", day) for day in chosen]
    known = [(text, _as_of(inside, day)) for text, day in tables]
    return _merged([(text, table) for text, table in known if len(table)])


def _merged(tables: Tables) -> Tables:
    """Name the newest version also by those that read the same."""
    newest, table = tables[-1]
    now = table.set_index("at")["value"]
    same = [(old["value"] == now.reindex(old["at"]).to_numpy()).all() for _, old in tables[:-1]]
    names = [text for (text, _), equal in zip(tables[:-1], same, strict=True) if equal]
    kept = [one for one, equal in zip(tables[:-1], same, strict=True) if not equal]
    if not kept:
        return tables
    name = f"{names[0]}, and again {newest}" if names else newest
    return [*kept, (name, table)]


def _as_of(versions: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The last version of each day that was published by then."""
    known = versions[versions["published"] <= day].drop_duplicates(CELL, keep="last")
    known = known[known["value"].notna()].sort_values(["at", "first"])
    return known.drop_duplicates("at", keep="last", ignore_index=True)
