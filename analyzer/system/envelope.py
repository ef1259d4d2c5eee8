"""The range that the kept claims and the identities jointly allow, also where no claim speaks."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
import pandas as pd

from analyzer.system.atoms import EDGE
from analyzer.system.parts import Atoms, Part
from analyzer.system.places import NEVER, Place, timestamp
from analyzer.system.room import End, Room
from analyzer.system.search import Search

COLUMNS = [
    "measure",
    "scope",
    "start",
    "at_first",
    "at_last",
    "low",
    "high",
    "stated_low",
    "stated_high",
    "claims",
    "set_aside",
    "low_claims",
    "high_claims",
    "low_rules",
    "high_rules",
]


def find_envelope(found: Search, names: Collection[str], days: Iterable[int] = ()) -> pd.DataFrame:
    """Smallest and largest value of each place of some measures.

    Claims that some lightest removal gives up are set aside; all others hold.

    Parameters
    ----------
    names : collection of str
        The measures that are wanted.
    days : iterable of int
        Only these days, from 1970; all times that the system knows if left out.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, by measure, scope and time: `low` and `high` bound what is jointly
        allowed; `stated_low` and `stated_high` what the kept claims of the place themselves say,
        NaN where no kept claim does; `claims` those claims, `set_aside` the others of the place,
        which some lightest removal gives up; `low_claims` and `high_claims` the
        claims that bind each end (the dual program's), `low_rules` and `high_rules` the
        identities.
    """
    wanted = set(days)
    rows = []
    for part in found.parts:
        places = [
            (int(column), found.system.places[column])
            for column in part.columns
            if found.system.places[column].measure in names
            and (not wanted or _on(found.system.places[column], wanted))
        ]
        if places:
            rows += _ranges(found, part, places)
    frame = pd.DataFrame(rows, columns=pd.Index(COLUMNS))
    frame = frame.astype(dict.fromkeys(["low", "high", "stated_low", "stated_high"], "float64"))
    days_ = ["start", "at_first", "at_last"]
    frame[days_] = frame[days_].astype("datetime64[s]")
    whole = frame["measure"].isin(found.counted)
    least, most = np.ceil(frame["low"] - EDGE) + 0.0, np.floor(frame["high"] + EDGE)
    whole &= least <= most
    frame["low"], frame["high"] = frame["low"].mask(whole, least), frame["high"].mask(whole, most)
    order = ["measure", "scope", "at_first", "at_last", "start"]
    return frame.sort_values(order).reset_index(drop=True)


def _on(place: Place, days: set[int]) -> bool:
    return place.first == NEVER or (place.first == place.last and place.first in days)


def _ranges(found: Search, part: Part, places: list[tuple[int, Place]]) -> list[tuple[object, ...]]:
    room = Room(part, found.kept & part.atoms)
    room.survey()
    own: dict[Place, list[int]] = {}
    for number in sorted(part.atoms):
        own.setdefault(found.system.atoms[number].place, []).append(number)
    return [
        _row(found, place, own.get(place, []), room.ends(column))
        for column, place in places
        if place.is_measure
    ]


def _row(
    found: Search, place: Place, own: list[int], ends: tuple[End, End] | None
) -> tuple[object, ...]:
    if ends is None:
        raise ValueError(f"the kept claims on {place.measure} can't all hold")
    low, high = ends
    kept = [number for number in own if number in found.kept]
    atoms = [found.system.atoms[number] for number in kept]
    return (
        place.measure,
        place.scope,
        timestamp(place.start),
        timestamp(place.first),
        timestamp(place.last),
        low.value,
        high.value,
        max((atom.low for atom in atoms), default=np.nan),
        min((atom.high for atom in atoms), default=np.nan),
        claims_of(found, kept),
        claims_of(found, [number for number in own if number not in found.kept]),
        claims_of(found, low.atoms),
        claims_of(found, high.atoms),
        low.rules,
        high.rules,
    )


def claims_of(found: Search, atoms: Atoms | list[int]) -> tuple[str, ...]:
    """Ids of the claims of some atoms, in order."""
    return tuple(sorted(one for number in atoms for one in found.system.atoms[number].claims))
