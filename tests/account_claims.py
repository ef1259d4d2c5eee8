"""Measures, claims and identities for tests of accounts, as small frames."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import Phase, settings

from analyzer.identities import part_identities
from analyzer.settings import Thresholds

START = pd.Timestamp("2024-01-01")
DAYS = 5
DATES = ("at_first", "at_last", "period_start_first", "said_first", "said_last")
BOUNDS = ("low", "high", "near_low", "near_high", "implied_low", "implied_high")
BOUNDS += ("apart_low", "apart_high")
CURRENT = Thresholds(current_days=2)
KINDS = {
    "taken": ("fixed", ""),
    "event": ("fixed", "taken"),
    "held": ("stock", "taken"),
    "freed": ("cumulative", ""),
    "ended": ("cumulative", ""),
    "over": ("cumulative", "ended"),
    "daily": ("flow", ""),
}
CLOSED = {"ended": 3, "over": 2}  # the day on which they did


def measures() -> pd.DataFrame:
    closed = [START + pd.Timedelta(days=CLOSED[one]) if one in CLOSED else None for one in KINDS]
    return pd.DataFrame(
        {
            "measure": list(KINDS),
            "label": [one.title() for one in KINDS],
            "kind": [kind for kind, _ in KINDS.values()],
            "part_of": [whole for _, whole in KINDS.values()],
            "closed_last": pd.Series(closed, dtype="datetime64[s]"),
        }
    )


def one_claim() -> dict[str, Any]:
    texts = {"source": "a", "source_name": "A", "url": "/1", "scope": "", "unit": "people"}
    texts |= {"authority": "a", "authority_name": "A", "qualifier": "exact", "reading": "1"}
    texts |= {"measure": "daily", "kind": "flow", "slot": "one", "modality": "actual"}
    numbers = dict.fromkeys(["stated", "granularity", *BOUNDS], 1.0)
    return texts | numbers | dict.fromkeys(DATES, START) | {"comparable": True}


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = list(rows[0])
    made = pd.DataFrame(rows, columns=pd.Index(columns))
    made["id"] = [f"{row['measure']}.{number:03}" for number, row in enumerate(rows)]
    dates = [name for name in columns if name.startswith(("at_", "period_", "said_"))]
    return made.astype(dict.fromkeys(dates, "datetime64[s]")).sort_values("id", ignore_index=True)


def identities(expressions: list[str], since: int | None, until: int | None) -> pd.DataFrame:
    day = [None if one is None else START + pd.Timedelta(days=one) for one in (since, until)]
    written = pd.DataFrame(
        {
            "name": [f"rule_{place}" for place in range(len(expressions))],
            "expression": expressions,
            "valid_from_first": pd.Series([day[0]] * len(expressions), dtype="datetime64[s]"),
            "valid_to_last": pd.Series([day[1]] * len(expressions), dtype="datetime64[s]"),
        }
    )
    return pd.concat([written, part_identities(measures())], ignore_index=True)


PHASES = (Phase.explicit, Phase.generate, Phase.shrink)  # to explain a failure takes a minute
some = settings(max_examples=15, deadline=None, derandomize=True, database=None, phases=PHASES)
