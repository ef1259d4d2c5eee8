"""Claims as plain values, found by who gives which figure for what: for loops over a few of them.

A frame is slow to ask about one claim at a time; a list of tuples is not.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import NamedTuple

import pandas as pd

DAY = pd.Timedelta(days=1)


class Said(NamedTuple):
    """What is needed of one claim; days are counted from 1970, NaN where they are not known."""

    id: str
    measure: str
    authority: str
    source: str
    group: str
    scope: str
    slot: str
    kind: str
    url: str
    series: str
    family: str
    reading: str
    qualifier: str
    stated: float
    granularity: float
    apart_low: float
    apart_high: float
    at_first: float
    at_last: float
    said_first: float
    said_last: float


Place = tuple[str, ...]


class Told:
    """Claims by what they are looked up for, each list in the order of the claims given."""

    def __init__(self, claims: list[Said]) -> None:
        self.by_origin: dict[Place, list[Said]] = defaultdict(list)
        self.by_slot: dict[Place, list[Said]] = defaultdict(list)
        self.by_number: dict[float, list[Said]] = defaultdict(list)
        self.by_origins_number: dict[tuple[Place, float], list[Said]] = defaultdict(list)
        for claim in claims:
            origin = origin_of(claim)
            self.by_origin[origin].append(claim)
            self.by_slot[*origin, claim.slot].append(claim)
            if claim.qualifier == "exact" and not math.isnan(claim.stated):
                self.by_number[claim.stated].append(claim)
                self.by_origins_number[origin, claim.stated].append(claim)


def origin_of(claim: Said) -> Place:
    """Whose figure of what: the measure with its modality and counting base, and the scope."""
    return (claim.group, claim.authority, claim.scope)


def list_claims(claims: pd.DataFrame) -> list[Said]:
    """One value a row of `schemas.Aligned`, in the order of the frame."""
    days = {
        column: (claims[column] - pd.Timestamp(0)) / DAY
        for column in ("at_first", "at_last", "said_first", "said_last")
    }
    dated = claims.assign(**days)
    columns = [dated[field].tolist() for field in Said._fields]
    return [Said(*values) for values in zip(*columns, strict=True)]
