"""Claims of one system: those that say the same of one place are one atom."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.normalize import COUNTED
from analyzer.system.places import NEVER, Place, day_number

Floats = npt.NDArray[np.float64]
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
    done = claims.loc[claims["comparable"] & ~planned, "measure"].unique()
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
    low, high = ends(kept, reading)
    claims_, origins, *place = placed(kept)
    return _grouped(claims_, origins, place, low.to_numpy(), high.to_numpy())


def _grouped(
    claims: list[str], origins: list[str], place: list[list[Any]], low: Floats, high: Floats
) -> list[Atom]:
    """As `gather`, of any number of claims: sorted once, and only atoms are walked through."""
    said = np.flatnonzero((low > 0) | (high < np.inf))  # "0 or more" rules nothing out
    if not said.size:
        return []
    codes = [pd.factorize(np.asarray(column)[said], sort=True) for column in place]
    keys = [*(code for code, _ in codes), low[said], high[said]]
    order = np.lexsort(keys[::-1])
    rows = said[order]
    atom_starts, place_starts = _starts(keys, order), _starts(keys[:-2], order)
    number = np.cumsum(atom_starts) - 1
    by, names = pd.factorize(np.asarray(origins, dtype=object)[rows], sort=True)
    pairs = np.unique(number * len(names) + by)  # each origin of each atom once
    pair_atom, pair_origin = np.divmod(pairs, len(names))
    firsts = np.flatnonzero(atom_starts)
    at_place = (np.cumsum(place_starts) - 1)[firsts]
    _, vote, votes = np.unique(
        at_place[pair_atom] * len(names) + pair_origin, return_inverse=True, return_counts=True
    )
    weights = np.bincount(pair_atom, 1 / votes[vote]).tolist()
    whose = np.asarray(names, dtype=object)[pair_origin].tolist()
    owners = np.searchsorted(pair_atom, np.arange(len(firsts) + 1)).tolist()
    ids = np.asarray(claims, dtype=object)[rows].tolist()
    ends_ = [*firsts.tolist(), len(ids)]
    fields = [[column[row] for row in rows[firsts].tolist()] for column in place]
    bounds = low[rows[firsts]].tolist(), high[rows[firsts]].tolist()
    return [
        Atom(
            place=Place(*spot),
            low=least,
            high=most,
            claims=tuple(sorted(ids[ends_[at] : ends_[at + 1]])),
            origins=tuple(whose[owners[at] : owners[at + 1]]),
            weight=weights[at],
        )
        for at, (*spot, least, most) in enumerate(zip(*fields, *bounds, strict=True))
    ]


def _starts(keys: list[npt.NDArray[Any]], order: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Where a row differs from the one before it, in an order."""
    changes = [key[order][1:] != key[order][:-1] for key in keys]
    return np.concatenate([[True], np.logical_or.reduce(changes)]).astype(np.bool_)


def gather(rows: Iterable[tuple[Any, ...]]) -> list[Atom]:
    """Atoms of claims that are given as their id, origin, the fields of their place, and bounds."""
    said: dict[tuple[Place, float, float], list[tuple[str, str]]] = defaultdict(list)
    for claim, origin, *place, least, most in rows:
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


def ends(claims: pd.DataFrame, reading: str) -> tuple[pd.Series, pd.Series]:
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


def placed(claims: pd.DataFrame) -> list[list[Any]]:
    """Lists of id, origin and the fields of the place of each claim."""
    kind = claims["kind"]
    timed, flow = kind != "fixed", kind == "flow"
    first, last = day_number(claims["at_first"]), day_number(claims["at_last"])
    start = day_number(claims["period_start_first"])
    start = start.where(start != NEVER, first)
    groups = claims["group"].drop_duplicates()
    day = groups.str.extract(r" since (\S+)$", expand=False).fillna("")
    since = claims["group"].map(dict(zip(groups.tolist(), day.tolist(), strict=True)))
    columns = (
        *(claims[column] for column in ("id", "authority", "measure", "scope")),
        since.where(kind == "cumulative", ""),
        start.where(flow, NEVER),
        first.where(timed, NEVER),
        last.where(timed, NEVER),
    )
    return [column.tolist() for column in columns]
