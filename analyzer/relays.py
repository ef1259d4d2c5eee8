"""Is a relayed figure what its origin said? Each relay against the origin's figure of its time.

The origin's figure for a time is what it published itself, else what at least three publishers
and two thirds of them give as its words. Where neither is known the relay can't be checked, and
where relays differ and nothing tells which one has the origin's words, that is all that is said.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from analyzer.arrays import Integers, by_id, codes_of, joint
from analyzer.closer import TELLING, look_closer
from analyzer.settings import Thresholds
from analyzer.settled import SETTLED, Settled, settle
from analyzer.told import Said, Told, list_claims

VERDICTS: Final = {
    "faithful": "the origin's number, under a qualifier of the same sense",
    "rounded": "the origin's number, rounded",
    "qualifier lost": "the origin's number, without the qualifier it gave",
    "qualifier added": "the origin's number, with a qualifier it did not give",
    "qualifier turned": "the origin's number, under a qualifier of another sense",
    "stale": "the origin's figure of an earlier time, though it had given a newer one",
    "another origin's figure": "not the origin's figure, but that of another origin",
    "another measure's figure": "not the origin's figure, but one it gave for another measure",
    "another day's figure": "not the origin's figure, but one it gave for another day",
    "misquoted": "a figure that excludes the one the origin gave",
    "relays differ": "two relays differ, and nothing tells which has the origin's words",
    "cannot be checked": "no other claim tells what the origin said for that time",
}
OF_CLAIM: Final = {
    "claim": "id",
    "measure": "measure",
    "authority": "authority",
    "source": "source",
}
TOLD: Final = {
    "verdict": "str",
    "direction": "str",
    "days": "float64",
    "reference": "object",
    "reference_reading": "str",
    "newer": "str",
}
COLUMNS = [*OF_CLAIM, *TOLD]
UNCHECKED: Final = ("cannot be checked", "relays differ")
UNTOLD: Final = ("faithful", *UNCHECKED)  # of which no finding tells
SAID: Final = np.array([bool(verdict) and verdict not in UNTOLD for verdict in SETTLED])
Cells = tuple[Any, ...]  # of a relay, from the verdict on
USED: Final = [field for field in Said._fields if field != "family"]


def check_relays(
    claims: pd.DataFrame,
    thresholds: Thresholds,
    groups: pd.Series | None = None,
    *,
    telling: bool = False,
) -> pd.DataFrame:
    """Hold each relayed claim against the origin's figure.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    groups : Series, optional
        Group of each measure, of `groups.connected_groups`: a misquoted figure is looked for among
        those of the group. All measures are one group where this is not given.
    telling : bool
        Leave out the relays that no finding needs, whose verdict is one of `UNTOLD`.

    Returns
    -------
    DataFrame
        One row a relayed claim, columns `COLUMNS`: `verdict` (a key of `VERDICTS`), `direction`
        of rounding ("up", "down" or ""), `days` since the newer figure was said (NaN unless
        stale), `reference` (ids of the claims that give the origin's figure), its reading, and
        `newer` (id of the claim with the newer figure, or that gives the figure for another day,
        or ""). Two claims of series are not held against each other.
    """
    usable = _usable(claims)
    settled = settle(usable, telling=telling)
    told = settled.relayed
    if telling:
        told = settled.stale | settled.doubtful | SAID[settled.verdicts]
    rows = np.flatnonzero(told)
    known = settled.verdicts[rows] > 0
    cells = dict(_settled_cells(usable, settled, rows[known]))
    cells |= _judge_all(usable, rows[~known], settled, thresholds, groups)
    relays = _frame(usable, rows, [cells[row] for row in rows.tolist()])
    return relays[~relays["verdict"].isin(UNTOLD)].reset_index(drop=True) if telling else relays


def _usable(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims that can be compared, ordered by id."""
    comparable = claims["comparable"]
    usable = claims[USED] if comparable.all() else claims.loc[comparable, USED]
    return by_id(usable).reset_index(drop=True)


def _frame(usable: pd.DataFrame, rows: Integers, cells: list[Cells]) -> pd.DataFrame:
    """Columns `COLUMNS` of some relays."""
    head = {name: usable[column].array.take(rows) for name, column in OF_CLAIM.items()}
    told = {
        name: pd.Series([one[place] for one in cells], dtype=kind)
        for place, (name, kind) in enumerate(TOLD.items())
    }
    return pd.DataFrame(head | told)


def _settled_cells(
    usable: pd.DataFrame, settled: Settled, rows: Integers
) -> Iterator[tuple[int, Cells]]:
    """Each settled relay with its cells."""
    words = [settled.words.of(row) for row in rows.tolist()]
    named = sorted({one for each in words for one in each})
    ids = dict(zip(named, usable["id"].iloc[named].tolist(), strict=True))
    readings = dict(zip(named, usable["reading"].iloc[named].tolist(), strict=True))
    verdicts = settled.verdicts[rows].tolist()
    for row, verdict, each in zip(rows.tolist(), verdicts, words, strict=True):
        reading = readings[each[0]] if each else ""
        yield row, (SETTLED[verdict], "", math.nan, tuple([ids[one] for one in each]), reading, "")


def _judge_all(
    usable: pd.DataFrame,
    rows: Integers,
    settled: Settled,
    thresholds: Thresholds,
    groups: pd.Series | None,
) -> dict[int, Cells]:
    """Cells of relays that take a closer look, each beside the claims that it is held against."""
    close = usable.iloc[_beside(usable, rows, settled, groups)]
    close = close.assign(family=_families(close["measure"], groups))
    said = dict(zip(close.index.tolist(), list_claims(close), strict=True))
    everything = Told(list(said.values()))
    alone = Told([one for one in said.values() if not one.series])
    judged = {}
    for row in rows.tolist():
        one = said[row]
        told = alone if one.series else everything
        verdict = look_closer(one, told, thresholds, stale=bool(settled.stale[row]))
        judged[row] = tuple(verdict[name] for name in TOLD)
    return judged


def _families(measures: pd.Series, groups: pd.Series | None) -> pd.Series:
    """Group of the measure of each claim."""
    return measures.map(groups) if groups is not None else pd.Series("", measures.index)


def _beside(
    usable: pd.DataFrame, rows: Integers, settled: Settled, groups: pd.Series | None
) -> Integers:
    """Rows that give the figures of the same origin, or the same number in the same group."""
    codes = settled.codes
    place, origin, number = codes.place, codes.origin, codes.number
    asked = np.zeros(len(usable), dtype=bool)
    asked[rows] = True
    known = np.isin(place, place[rows]) | np.isin(origin, origin[asked & settled.stale])
    known |= np.isin(number, number[asked & (number >= 0)])
    large = usable["stated"].to_numpy(dtype=np.float64) >= TELLING
    equal = np.flatnonzero(large & np.isin(codes.stated, codes.stated[rows]))
    family = codes_of(_families(usable["measure"].iloc[equal], groups))
    given = joint(codes.stated[equal], family)
    known[equal[np.isin(given, given[asked[equal]])]] = True
    return np.flatnonzero(known)


def unchecked(relays: pd.DataFrame) -> Iterator[str]:
    """Yield how many relays can't be checked, and why, in a sentence each; nothing if all can."""
    for verdict in UNCHECKED:
        count = int((relays["verdict"] == verdict).sum())
        if count:
            yield f"{count:,} of {len(relays):,} relayed claims: {VERDICTS[verdict]}."
