"""What is drawn on a timeline, as a table: claims in the order of time, then what is allowed."""

from __future__ import annotations

from typing import Final

import pandas as pd

COLUMNS: Final = {
    "drawn": "drawn",
    "id": "claim",
    "source_name": "source",
    "origin_name": "origin",
    "scope": "scope",
    "status": "status",
    "at_first": "as_of_first",
    "at_last": "as_of_last",
    "said_first": "said_first",
    "said_last": "said_last",
    "low": "low",
    "high": "high",
    "stated": "stated",
    "text": "reading",
    "value": "drawn_at",
}
DAYS: Final = ("as_of_first", "as_of_last", "said_first", "said_last")


def timeline_table(marks: pd.DataFrame, allowed: pd.DataFrame, clock: str) -> pd.DataFrame:
    """One row per claim, by the time at which it stands, and one per time of the envelope."""
    order = marks.sort_values([f"{clock}_first", f"{clock}_last", "value", "id"])
    claims = order.assign(drawn="claim")[list(COLUMNS)].rename(columns=COLUMNS)
    band = allowed.rename(columns=COLUMNS).assign(drawn="allowed range")
    table = pd.concat([claims, band.reindex(columns=claims.columns)]) if len(band) else claims
    days = {name: pd.to_datetime(table[name]).dt.strftime("%Y-%m-%d") for name in DAYS}
    texts = ["claim", "source", "origin", "scope", "status", "reading", *DAYS]
    table = table.assign(**days)
    return table.assign(**{name: table[name].fillna("") for name in texts}).reset_index(drop=True)
