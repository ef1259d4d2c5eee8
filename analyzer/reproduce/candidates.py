"""Recipes as rows, before they are told: kind, value, what speaks for their plainness, places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analyzer.reproduce.question import NEAR

KINDS = {
    "figure": "a recorded figure is the number itself",
    "difference": "a later total of one series, or of one origin, less an earlier one",
    "run": "figures of a run of days, added",
    "parts": "a whole less a part, or parts added, of one day and publisher",
    "runs of parts": "parts, or a whole less parts, each added over the same days",
    "versions": "a difference of totals, of which a later version replaced at least one",
    "publishers": "a difference of totals of two publishers and origins",
    "adjusted": "a difference of totals, plus or minus one other figure",
}
# How plain a recipe is, the most telling first. `far` puts last what begins or ends more than
# `NEAR` days from the named period, for that is a sum of other days, and the last resort. A run
# counts as two figures, its first and its last day: what lies between is not chosen. `lead` puts
# hedged figures and those of other measures behind, among recorded figures.
PLAIN = ["far", "terms", "lead", "off", "publishers", "superseded", "steps", "order"]
TOLD_APART = PLAIN[:-2]  # what makes one recipe plainer than another; the rest is for the order
# The rest makes the order total: days, then places in the figures, which are ordered by id.
ORDER = ["off_by", *PLAIN, "at", "first", "a", "b", "c", "d", "book", "sign"]
DEFAULTS: dict[str, Any] = {
    "value": 0.0,
    "terms": 1,
    "lead": 0,
    "off_first": 0,
    "off_last": 0,
    "publishers": 1,
    "superseded": 0,
    "steps": 0,
    "at": 0,
    "first": 0,
    "a": -1,
    "b": -1,
    "c": -1,
    "d": -1,
    "book": -1,
    "sign": 1,
}


def make_candidates(kind: str, columns: Mapping[str, Any]) -> pd.DataFrame:
    """Rows of one kind; what is not given has its default.

    `a` to `d` are places in the figures, in the order in which they are told; for runs `a` and
    `b` are the bounds in the track `book`. `sign` is that of the last place.
    """
    size = len(next(one for one in columns.values() if np.ndim(one)))
    filled = {
        name: np.broadcast_to(
            np.asarray(columns.get(name, value), "float64" if name == "value" else "int64"), size
        )
        for name, value in DEFAULTS.items()
    }
    frame = pd.DataFrame(filled)
    far = (frame["off_first"] > NEAR) | (frame["off_last"] > NEAR) | (kind == "adjusted")
    return frame.assign(
        kind=kind,
        far=(far & (kind != "figure")).astype("int64"),
        off=frame["off_first"] + frame["off_last"],
    )


def join_candidates(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """All rows under each other."""
    kept = [part for part in parts if len(part)]
    empty = make_candidates("figure", {"value": np.empty(0)})
    return pd.concat(kept, ignore_index=True) if kept else empty


def rank_candidates(candidates: pd.DataFrame, number: float) -> pd.DataFrame:
    """The plainest first: nearest to the number, then fewest figures, then `PLAIN`."""
    places = {kind: place for place, kind in enumerate(KINDS)}
    ranked = candidates.assign(
        off_by=(candidates["value"] - number).abs().round(6),
        order=candidates["kind"].map(places).astype("int64"),
    )
    return ranked.sort_values(ORDER, ignore_index=True)


def as_plain(ranked: pd.DataFrame, best: pd.Series) -> pd.Series:
    """Rows that are at least as plain as one of them."""
    plainer = pd.Series(False, index=ranked.index)
    level = pd.Series(True, index=ranked.index)
    for column in TOLD_APART:
        plainer |= level & (ranked[column] < best[column])
        level &= ranked[column] == best[column]
    return plainer | level
