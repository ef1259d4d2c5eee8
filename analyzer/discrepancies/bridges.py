"""Figures of two scopes of one measure whose difference an identity states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from analyzer.arrays import Floats, Integers, among, begins, by_id, seconds
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.parts import Part
from analyzer.expressions import parse_expression
from analyzer.gaps import gap
from analyzer.linear import linear_form
from analyzer.phrases import attributed, quoted, when
from analyzer.readings import number
from analyzer.rows import Rows, labels_of, taken

USED = ["id", "measure", "scope", "at_first", "at_last", "apart_low", "apart_high"]
NEAR = pd.Timedelta(days=31)  # figures of two scopes further apart in time are not set side by side


class Bridge(NamedTuple):
    """An identity `measure[wide] = measure[narrow] + difference`, and when it holds."""

    name: str
    label: str
    measure: str
    wide: str
    narrow: str
    difference: float
    start: pd.Timestamp
    end: pd.Timestamp


class _Apart(NamedTuple):
    """A measure, its wider and its narrower scope, and how far they are apart."""

    scopes: tuple[str, str, str]
    difference: float


def bridges(identities: pd.DataFrame) -> list[Bridge]:
    """The identities that state how far two scopes of one measure are apart."""
    read = enumerate(map(_apart, identities["expression"].tolist()))
    stated = {place: one for place, one in read if one}
    rows, found = Rows(identities, np.array(list(stated), dtype=np.int64)), []
    for place, apart in enumerate(stated.values()):
        row = rows.row(place)
        ends = row["valid_from_first"], row["valid_to_last"]
        names = str(row["name"]), str(row["label"]) or str(row["name"])
        found.append(Bridge(*names, *apart.scopes, apart.difference, *ends))
    return sorted(found, key=lambda bridge: bridge.name)


@lru_cache(maxsize=200_000)
def _apart(text: str) -> _Apart | None:
    """What an expression states of two scopes; None for any other."""
    form = linear_form(parse_expression(text), lambda measure: False)
    refs = [ref for ref in form.plain if ref is not None]
    signs = [form.plain[ref] for ref in refs]
    one = {(ref.measure, ref.function) for ref in refs}
    if form.factor or not form.equal or sorted(signs) != [-1.0, 1.0] or len(one) > 1:
        return None
    difference = -form.plain.get(None, 0.0) * signs[0]
    if not difference:
        return None  # two names of one count
    wide, narrow = (refs[0], refs[1]) if difference > 0 else (refs[1], refs[0])
    return _Apart((wide.measure, wide.scope, narrow.scope), abs(difference))


def find_bridged_scopes(
    claims: pd.DataFrame, identities: pd.DataFrame, measures: pd.DataFrame
) -> list[Draft]:
    """One draft a bridge: the pairs of figures that differ by just what it states.

    Each figure of the wider scope is set beside those of the narrower one that are nearest in
    time, within a month; other pairs are not told, since time may have changed the figure.
    """
    every = bridges(identities)
    if not every:
        return []
    spoken = among(claims["measure"], pd.Series([one.measure for one in every], dtype="str"))
    timed = spoken & claims["comparable"] & claims["at_first"].notna() & claims["at_last"].notna()
    some = np.flatnonzero(timed)
    rows = by_id(taken(claims, USED, some).assign(place=some))
    labels, table = labels_of(measures), Rows(claims, rows["place"].to_numpy())
    places = rows.groupby(["measure", "scope"]).indices
    none = np.zeros(0, dtype=np.int64)
    drafts = []
    for bridge in every:
        wide, narrow = (
            _figures(rows, np.asarray(places.get((bridge.measure, scope), none)), bridge)
            for scope in (bridge.wide, bridge.narrow)
        )
        pairs = [
            (Part(table, one.tolist()), Part(table, other.tolist()))
            for one, other in _pairs(wide, narrow, bridge.difference)
        ]
        if pairs:
            drafts.append(_draft(bridge, pairs, labels[bridge.measure]))
    return drafts


@dataclass(frozen=True, slots=True)
class _Figures:
    """What is said of each time, in the order of times.

    Attributes
    ----------
    places : list of ndarray of int
        The claims of each time.
    first : ndarray of int
        When it begins, in seconds.
    low, high : ndarray of float
        What all claims of it allow.
    """

    places: list[Integers]
    first: Integers
    low: Floats
    high: Floats


def _figures(rows: pd.DataFrame, places: Integers, bridge: Bridge) -> _Figures:
    """The figures of one scope of the measure of a bridge, at the times when it holds."""
    part = rows.iloc[places]
    holds = np.ones(len(part), dtype=bool)
    if not pd.isna(bridge.start):
        holds &= (part["at_last"] >= bridge.start).to_numpy(dtype=bool)
    if not pd.isna(bridge.end):
        holds &= (part["at_first"] <= bridge.end).to_numpy(dtype=bool)
    part, places = part[holds], places[holds]
    first, last = (seconds(part[column]) for column in ("at_first", "at_last"))
    order = np.lexsort((last, first))  # claims of one time stay in the order of their ids
    first, last = first[order], last[order]
    starts = begins(first, last)
    low, high = (part[column].to_numpy(np.float64)[order] for column in ("apart_low", "apart_high"))
    return _Figures(
        places=np.split(places[order], starts[1:]),
        first=first[starts],
        low=np.maximum.reduceat(low, starts) if len(order) else low,
        high=np.minimum.reduceat(high, starts) if len(order) else high,
    )


def _pairs(
    wide: _Figures, narrow: _Figures, difference: float
) -> Iterator[tuple[Integers, Integers]]:
    """Claims of the two scopes at the nearest times whose bounds are the difference apart."""
    near = int(NEAR.total_seconds())
    for figure, time in enumerate(wide.first.tolist()):
        start, stop = np.searchsorted(narrow.first, [time - near, time + near + 1])
        if start == stop:
            continue
        away = np.abs(narrow.first[start:stop] - time)
        beside = start + np.flatnonzero(away == away.min())
        low, high = wide.low[figure], wide.high[figure]
        below, above = narrow.low[beside].max(), narrow.high[beside].min()
        if low <= above + difference and below + difference <= high:
            told = np.sort(np.concatenate([narrow.places[place] for place in beside]))
            yield wide.places[figure], told


def _draft(bridge: Bridge, pairs: list[tuple[Part, Part]], label: str) -> Draft:
    first, other = pairs[0][0].row(0), pairs[0][1].row(0)
    rest = "; ".join(f"{_figure(wide)} with {_figure(narrow)}" for wide, narrow in pairs[1:])
    wide, narrow = (scope.replace("_", " ") for scope in (bridge.wide, bridge.narrow))
    sentence = (
        f"{label}: {_figure(pairs[0][0])} ({wide}; {attributed(first)}) and {_figure(pairs[0][1])} "
        f"({narrow}; {attributed(other)}) do not contradict each other: by “{bridge.label}” the "
        f"first counts {number(bridge.difference)} more."
    )
    if rest:
        sentence += f" The same holds of {rest}."
    parts = [part for pair in pairs for part in pair]
    return Draft(
        kind="two scopes",
        cause="scope or definition change",
        relation="agrees",
        measure=bridge.measure,
        key=bridge.name,
        when=when(
            min(time for part in parts for time in part["at_first"]),
            max(time for part in parts for time in part["at_last"]),
        ),
        gap=float(gap(first["face_low"], other["face_low"])),
        claims=tuple(sorted({one for part in parts for one in part["id"]})),
        sentence=sentence,
        evidence=(("identity", bridge.name),),
        positions=tuple(tuple(part["id"]) for part in pairs[0]),
    )


def _figure(part: Part) -> str:
    claim = part.row(0)
    return f"{quoted(claim)} of {when(claim['at_first'], claim['at_last'])}"
