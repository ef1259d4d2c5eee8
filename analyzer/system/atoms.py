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

from analyzer.arrays import Integers, Truths, among, begins, firsts, ordered_keys, ranked
from analyzer.normalize import COUNTED
from analyzer.system.places import NEVER, Place, numbers_of

EDGE = 1e-6  # people: what rounding of numbers can add to a bound
BOUNDS = {"letter": ("low", "high"), "rounded": ("apart_low", "apart_high")}
PLACED = ["measure", "scope", "kind", "group", "at_first", "at_last", "period_start_first"]


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


def used(claims: pd.DataFrame, entering: Truths | None = None) -> Truths:
    """Which claims can enter a system, of those that shall.

    Those that can be compared; of fixed measures not the running counts of the days after the
    event; not what is planned, but where a fixed
    measure has nothing else: then it is the plan that is counted.
    """
    found = claims["comparable"].to_numpy(dtype=np.bool_, copy=True)
    if entering is not None:
        found &= entering
    planned = (claims["modality"] == "planned").to_numpy(dtype=np.bool_)
    fixed = (claims["kind"] == "fixed").to_numpy(dtype=np.bool_)
    alone = np.flatnonzero(found & fixed & planned)
    done = claims["measure"].iloc[np.flatnonzero(found & fixed & ~planned)]
    found &= ~planned
    found[alone] = ~among(claims["measure"].iloc[alone], done)
    rows = np.flatnonzero(fixed & found)
    running = claims["slot"].iloc[rows] != claims["group"].iloc[rows]
    found[rows] = ~running.to_numpy(dtype=np.bool_)
    return found


def make_atoms(claims: pd.DataFrame, reading: str, entering: Truths | None = None) -> list[Atom]:
    """Claims gathered by place and bounds, in an order that depends on nothing but them.

    Sorted once, and only atoms are walked through; as `gather`, of any number of claims.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    reading : str
        A key of `BOUNDS`, or "implied": what a hearer takes from the wording, counts at their
        word, shares rounded to their last digit.
    entering : array of bool, optional
        Which claims may enter; all if left out.
    """
    low, high = (end.to_numpy(dtype=np.float64) for end in ends(claims, reading))
    said = (low > 0) | (high < np.inf)  # "0 or more" rules nothing out
    rows = np.flatnonzero(said & used(claims, entering))
    if not len(rows):
        return []
    fields = places_of(claims[PLACED].iloc[rows])
    origin, authorities = ranked(claims["authority"].iloc[rows])
    keys = [
        *ordered_keys([(codes, len(names)) for codes, names in fields]),
        low[rows],
        high[rows],
        origin,
    ]
    order = np.lexsort(keys[::-1])
    keys = [key[order] for key in keys]
    firsts, new = begins(*keys[:-1]), begins(*keys[:-3])
    spots = list(map(Place, *(names[codes[order[new]]].tolist() for codes, names in fields)))
    of_spot = np.searchsorted(new, firsts, side="right") - 1
    origins, weights = _votes(keys[-1], authorities, firsts, of_spot)
    ids = claims["id"].iloc[rows].to_numpy(dtype=object)[order].tolist()
    starts, bounds = firsts.tolist(), (keys[-3][firsts].tolist(), keys[-2][firsts].tolist())
    members = (ids[start:end] for start, end in pairwise([*starts, len(ids)]))
    claims_ = [tuple(sorted(own)) for own in members]
    columns = (map(spots.__getitem__, of_spot.tolist()), *bounds, claims_, origins, weights)
    return list(map(Atom, *columns))


def _votes(
    by: Integers, names: npt.NDArray[Any], firsts: Integers, of_spot: Integers
) -> tuple[list[tuple[str, ...]], list[float]]:
    """Origins of each atom in their order, and the votes that they have for it."""
    number = np.repeat(np.arange(len(firsts)), np.diff(np.append(firsts, len(by))))
    once = begins(number, by)  # each origin of each atom
    atom, origin = number[once], by[once]
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
    fields = [names[codes].tolist() for codes, names in places_of(claims)]
    return [claims["id"].tolist(), claims["authority"].tolist(), *fields]


def places_of(claims: pd.DataFrame) -> list[tuple[Integers, npt.NDArray[Any]]]:
    """The fields of the place of each claim, as `Place` names them.

    Each as places in their order, and what each place stands for, as `arrays.ranked` tells them.
    """
    group, names = pd.factorize(claims["group"])
    heads = claims[["measure", "kind"]].iloc[firsts(group)]
    fixed, flow, running = (
        (heads["kind"] == kind).to_numpy(dtype=np.bool_) for kind in ("fixed", "flow", "cumulative")
    )
    since = pd.Series(names, dtype="str").str.extract(r" since (\S+)$", expand=False)
    first, last, start = (
        numbers_of(claims[column]) for column in ("at_first", "at_last", "period_start_first")
    )
    start = np.where(start == NEVER, first, start)
    times = [np.where(flow[group], start, NEVER)]
    times += [np.where(fixed[group], NEVER, day) for day in (first, last)]
    of_group = [ranked(heads["measure"]), ranked(since.where(running).fillna(""))]
    measure, day = ((codes[group], texts) for codes, texts in of_group)
    return [measure, ranked(claims["scope"]), day, *(ranked(pd.Series(time)) for time in times)]
