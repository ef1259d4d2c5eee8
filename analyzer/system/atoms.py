"""Claims of one system: those that say the same of one place are one atom."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analyzer.normalize import COUNTED
from analyzer.system.places import NEVER, Place, day_number

EDGE = 1e-6  # people: what rounding of numbers can add to a bound
BOUNDS = {"letter": ("low", "high"), "rounded": ("apart_low", "apart_high")}


class Atom(NamedTuple):
    """What some claims say of one place.

    `weight` is in votes of origins: each origin has one for a place, divided among the different
    things that it says of it, so that forty copies of one figure weigh as one.
    """

    place: Place
    low: float
    high: float
    claims: tuple[str, ...]
    origins: tuple[str, ...]
    weight: float


def used(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims that can enter a system.

    Those that can be compared; of fixed measures not the running counts of the days after the
    event; not what is planned, but where a fixed
    measure has nothing else: then it is the plan that is counted.
    """
    fixed = claims["kind"] == "fixed"
    running = fixed & (claims["slot"] != claims["group"])
    planned = claims["modality"] == "planned"
    done = claims.loc[claims["comparable"] & ~planned, "measure"]
    planned &= ~fixed | claims["measure"].isin(done)
    return claims[claims["comparable"] & ~running & ~planned]


def make_atoms(claims: pd.DataFrame, reading: str) -> list[Atom]:
    """Claims gathered by place and bounds, in an order that depends on nothing but them.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    reading : str
        A key of `BOUNDS`, or "implied": what a hearer takes from the wording, counts at their
        word, shares rounded to their last digit.
    """
    kept = used(claims)
    low, high = _ends(kept, reading)
    columns = [*_placed(kept), low.tolist(), high.tolist()]
    said: dict[tuple[Place, float, float], list[tuple[str, str]]] = defaultdict(list)
    for claim, origin, *place, least, most in zip(*columns, strict=True):
        if least > 0 or most < math.inf:  # "0 or more" rules nothing out
            said[Place(*place), least, most].append((claim, origin))
    votes = Counter(
        (place, origin)
        for (place, _, _), members in said.items()
        for origin in {o for _, o in members}
    )
    return [
        Atom(
            place=place,
            low=least,
            high=most,
            claims=tuple(sorted(claim for claim, _ in members)),
            origins=tuple(sorted({origin for _, origin in members})),
            weight=sum(1 / votes[place, origin] for origin in sorted({o for _, o in members})),
        )
        for (place, least, most), members in sorted(said.items())
    ]


def _ends(claims: pd.DataFrame, reading: str) -> tuple[pd.Series, pd.Series]:
    """Lower and upper bounds; of what is counted, whole numbers."""
    counted = claims["unit"].isin(COUNTED)
    if reading in BOUNDS:
        low, high = (claims[column] for column in BOUNDS[reading])
    else:
        low, high = (
            claims[f"implied_{end}"].where(counted, claims[f"near_{end}"])
            for end in ("low", "high")
        )
    low = low.clip(lower=0.0)
    edge = EDGE if reading in BOUNDS else 0.0  # an open end that is implied is the number before it
    least, most = np.ceil(low - edge) + 0.0, np.floor(high + edge)  # no -0
    whole = counted & (least <= most)
    return low.mask(whole, least), high.mask(whole, most)


def _placed(claims: pd.DataFrame) -> list[list[Any]]:
    """Lists of id, origin and the fields of the place of each claim."""
    kind = claims["kind"]
    timed, flow = kind != "fixed", kind == "flow"
    first, last = day_number(claims["at_first"]), day_number(claims["at_last"])
    start = day_number(claims["period_start_first"])
    start = start.where(start != NEVER, first)
    since = claims["group"].str.extract(r" since (\S+)$", expand=False).fillna("")
    columns = (
        *(claims[column] for column in ("id", "authority", "measure", "scope")),
        since.where(kind == "cumulative", ""),
        start.where(flow, NEVER),
        first.where(timed, NEVER),
        last.where(timed, NEVER),
    )
    return [column.tolist() for column in columns]
