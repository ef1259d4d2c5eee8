"""Claims of one system: those that say the same of one place are one atom."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.arrays import Integers, begins, ranked
from analyzer.normalize import COUNTED
from analyzer.system.places import NEVER, Place, day_number

EDGE = 1e-6  # people: what rounding of numbers can add to a bound
BOUNDS = {"letter": ("low", "high"), "rounded": ("apart_low", "apart_high")}
READ = (  # columns of claims that atoms are made of
    *("id", "authority", "measure", "scope", "kind", "unit", "slot", "group", "modality"),
    *("comparable", "at_first", "at_last", "period_start_first", "low", "high", "apart_low"),
    *("apart_high", "implied_low", "implied_high", "near_low", "near_high"),
)


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


def used(claims: pd.DataFrame) -> pd.Series:
    """Which claims can enter a system.

    Those that can be compared; of fixed measures not the running counts of the days after the
    event; not what is planned, but where a fixed
    measure has nothing else: then it is the plan that is counted.
    """
    fixed = claims["kind"] == "fixed"
    running = fixed & (claims["slot"] != claims["group"])
    planned = claims["modality"] == "planned"
    done = claims.loc[claims["comparable"] & ~planned, "measure"].unique()
    planned &= ~fixed | claims["measure"].isin(done)
    return claims["comparable"] & ~running & ~planned


def make_atoms(claims: pd.DataFrame, reading: str) -> list[Atom]:
    """Claims gathered by place and bounds, in an order that depends on nothing but them.

    Sorted once, and only atoms are walked through; as `gather`, of any number of claims.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    reading : str
        A key of `BOUNDS`, or "implied": what a hearer takes from the wording, counts at their
        word, shares rounded to their last digit.
    """
    low, high = (end.to_numpy(dtype=np.float64) for end in ends(claims, reading))
    said = (low > 0) | (high < np.inf)  # "0 or more" rules nothing out
    said &= used(claims).to_numpy(dtype=np.bool_)
    if not said.any():
        return []
    kept = claims.loc[said, [name for name in READ if name in claims]]
    low, high = low[said], high[said]
    places = [ranked(column) for column in places_of(kept)]
    keys = [*(codes for codes, _ in places), low, high]
    order = np.lexsort(keys[::-1])
    keys = [key[order] for key in keys]
    firsts = begins(*keys)
    spots, of_spot = _spots(keys[:-2], [names for _, names in places], firsts)
    origins, weights = _votes(kept["authority"].iloc[order], firsts, of_spot)
    ids = kept["id"].to_numpy(dtype=object)[order].tolist()
    starts, bounds = firsts.tolist(), (keys[-2][firsts].tolist(), keys[-1][firsts].tolist())
    members = (ids[start:end] for start, end in pairwise([*starts, len(ids)]))
    claims_ = [tuple(sorted(own)) for own in members]
    columns = (map(spots.__getitem__, of_spot.tolist()), *bounds, claims_, origins, weights)
    return list(map(Atom, *columns))


def _spots(
    keys: list[npt.NDArray[Any]], names: list[npt.NDArray[Any]], firsts: Integers
) -> tuple[list[Place], Integers]:
    """The places of sorted claims, and which one each atom speaks of."""
    new = begins(*keys)
    fields = (own[key[new]].tolist() for key, own in zip(keys, names, strict=True))
    return list(map(Place, *fields)), np.searchsorted(new, firsts, side="right") - 1


def _votes(
    authorities: pd.Series, firsts: Integers, of_spot: Integers
) -> tuple[list[tuple[str, ...]], list[float]]:
    """Origins of each atom in their order, and the votes that they have for it."""
    by, names = ranked(authorities)
    number = np.repeat(np.arange(len(firsts)), np.diff(np.append(firsts, len(by))))
    pairs = np.unique(number * len(names) + by)  # each origin of each atom once
    atom, origin = np.divmod(pairs, len(names))
    voters = of_spot[atom] * len(names) + origin
    _, vote, votes = np.unique(voters, return_inverse=True, return_counts=True)
    whose = names[origin].tolist()
    owners = np.searchsorted(atom, np.arange(len(firsts) + 1)).tolist()
    origins = [tuple(whose[start:end]) for start, end in pairwise(owners)]
    return origins, np.bincount(atom, 1 / votes[vote]).tolist()


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
    named = (claims["id"], claims["authority"])
    return [column.tolist() for column in (*named, *places_of(claims))]


def places_of(claims: pd.DataFrame) -> list[pd.Series]:
    """The fields of the place of each claim, as `Place` names them."""
    kind = claims["kind"]
    timed, flow = kind != "fixed", kind == "flow"
    first, last = day_number(claims["at_first"]), day_number(claims["at_last"])
    start = day_number(claims["period_start_first"])
    start = start.where(start != NEVER, first)
    codes, groups = pd.factorize(claims["group"])
    day = pd.Series(groups, dtype="str").str.extract(r" since (\S+)$", expand=False).fillna("")
    since = pd.Series(day.to_numpy(dtype=object)[codes], index=claims.index, dtype="str")
    return [
        claims["measure"],
        claims["scope"],
        since.where(kind == "cumulative", ""),
        start.where(flow, NEVER),
        first.where(timed, NEVER),
        last.where(timed, NEVER),
    ]
