"""Relays that are not what their origin said, and exact counts that lost or gained a qualifier."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from statistics import median
from typing import Any

import numpy as np
import pandas as pd

from analyzer.accounts.hedged import exact_counts
from analyzer.arrays import Integers, Truths, codes_of
from analyzer.discrepancies.draft import Draft
from analyzer.gaps import gap
from analyzer.phrases import correction, leading, listed, lower_first, plural, quoted, when
from analyzer.readings import number
from analyzer.rows import Rows, labels_of, rows_of

CAUSES = {
    "rounded": "rounding",
    "qualifier lost": "relay lost the qualifier",
    "qualifier added": "relay added a qualifier",
    "qualifier turned": "relay turned the qualifier",
    "stale": "stale repeat",
    "another origin's figure": "another origin's figure",
    "another measure's figure": "wrong column",
    "another day's figure": "misdated",
    "misquoted": "relay misquoted",
}
PASSED_ON = {
    "rounded": "is passed on rounded {direction}",
    "qualifier lost": "is passed on without its qualifier",
    "qualifier added": "is passed on with a qualifier it does not have",
    "qualifier turned": "is passed on under another qualifier",
    "stale": "is given for a later time",
    "another origin's figure": "is passed on as another origin's figure",
    "another measure's figure": "is passed on as another measure's figure",
    "another day's figure": "is replaced by the figure of another day",
    "misquoted": "is passed on as another figure",
}
APART = ["authority", "verdict", "reference_reading", "direction"]  # one finding, with the slot
SHOWN = 5


def find_unfaithful(
    claims: pd.DataFrame, relays: pd.DataFrame, measures: pd.DataFrame, told: set[str]
) -> list[Draft]:
    """One draft for all relays that part from their origin's figure in the same way.

    Parameters
    ----------
    relays : DataFrame
        `relays.COLUMNS`.
    told : set of str
        Ids of claims that a revision has told already.
    """
    parted = relays["verdict"].isin(list(CAUSES)) & ~relays["claim"].isin(list(told))
    cells = Rows(relays, np.flatnonzero(parted))
    relayed, newer, reference = map(cells.column, ("claim", "newer", "reference"))
    if not relayed:
        return []
    rows = rows_of(claims, {*relayed, *newer, *chain.from_iterable(reference)})
    slots = [rows.named(name)["slot"] for name in relayed]
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, key in enumerate(zip(slots, *map(cells.column, APART), strict=True)):
        groups[key].append(place)
    labels = labels_of(measures)
    return [_draft(labels, cells, groups[key], rows) for key in sorted(groups)]


def _draft(labels: dict[str, str], relays: Rows, places: list[int], rows: Rows) -> Draft:
    """One finding; `places` are those of its relays."""
    verdict, direction = relays.row(places[0])["verdict"], relays.row(places[0])["direction"]
    relayed = [rows.named(name) for name in relays.values("claim", places)]
    sources = {one for ids in relays.values("reference", places) for one in ids}
    reference = [rows.named(name) for name in sorted(sources)]
    one, quote = relayed[0], reference[0]
    measure, origin = str(one["measure"]), str(one["authority_name"])
    day = "" if one["kind"] == "fixed" else f", {when(one['at_first'], one['at_last'])}"
    pages = [f"{row['source_name']} {quoted(row)}" for row in relayed[:SHOWN]]
    pages += [""] * (len(relayed) - len(pages))
    by_itself = any(row["source"] == row["authority"] for row in reference)
    givers = plural(len({row["source"] for row in reference}), "relay")
    known = f"{origin} itself" if by_itself else givers
    passed_on = PASSED_ON[verdict].format(direction=direction)
    words = f"“{lower_first(str(quote['figure']))}”{correction(quote)}"
    sentence = (
        f"{labels[measure]}{day}: {words} of {origin} (as given by {known}) {passed_on} by "
        f"{listed(pages, SHOWN)}"
    )
    newer = next((rows.named(name) for name in relays.values("newer", places) if name), None)
    if newer is not None:
        sentence += f"; by {when(newer['at_first'], newer['at_last'])} it was "
        sentence += f"{quoted(newer)} ({newer['source_name']})"
    qualified = verdict.startswith("qualifier") or verdict == "rounded"
    ids = [[str(row["id"]) for row in side] for side in (relayed, reference)]
    return Draft(
        kind="relay",
        cause=CAUSES[verdict],
        relation="strains" if qualified else "contradicts",
        measure=measure,
        key=f"{verdict.split(' ')[-1]}.{one['authority']}.{min(ids[0]).rsplit('.', 1)[-1]}",
        when=day.removeprefix(", "),
        gap=float(gap(*(median(row["face_low"] for row in side) for side in (relayed, reference)))),
        claims=(*ids[0], *ids[1], *([] if newer is None else [str(newer["id"])])),
        sentence=f"{sentence}.",
        evidence=(("verdict", verdict),),
        positions=(tuple(ids[0]), tuple(ids[1])),
    )


def find_requalified(
    claims: pd.DataFrame, accounts: pd.DataFrame, measures: pd.DataFrame
) -> list[Draft]:
    """Exact counts that are passed on as a bound or as an estimate.

    A count of four digits or more that ends in no zero is one count, whoever gives it. Where a
    page adds it up from its parts, it is exact there; the claims that give the same number under
    a qualifier are named.
    """
    rows = Rows(claims, _given_hedged(claims))
    if not (ids := rows.column("id")):
        return []
    added_up = accounts[
        accounts["holds"] & (accounts["relation"] == "=") & (accounts["source"] != "")
    ]
    proved = set(ids).intersection(chain.from_iterable(added_up["claims"]))
    groups: dict[tuple[str, str, float], list[Any]] = defaultdict(list)
    for row in rows.rows(range(len(ids))):
        groups[row["measure"], row["slot"], row["stated"]].append(row)
    drafts, labels = [], labels_of(measures)
    for key in sorted(groups):
        same = sorted(groups[key], key=lambda row: str(row["id"]))
        hedged = [row for row in same if row["qualifier"] != "exact"]
        counted = [row for row in same if row["qualifier"] == "exact" and row["id"] in proved]
        if hedged and counted and not all(row["series"] for row in same):
            drafts.append(_requalified(labels, same, hedged, counted))
    return drafts


def _given_hedged(claims: pd.DataFrame) -> Integers:
    """Places of counts that may be given in their slot both exactly and under a qualifier."""
    granularity, every = (claims[key].to_numpy(np.float64) for key in ("granularity", "stated"))
    telling = exact_counts(granularity, every) & claims["comparable"].to_numpy(dtype=bool)
    places = np.flatnonzero(telling)
    hedged = (claims["qualifier"] != "exact").to_numpy(dtype=bool)[places]
    stated = every[places]
    shared = _hedged_too(pd.factorize(stated)[0], hedged)
    places, hedged = places[shared], hedged[shared]
    return places[_hedged_too(codes_of(claims["slot"].iloc[places]), hedged)]


def _hedged_too(codes: Integers, hedged: Truths) -> Truths:
    """Claims whose code stands for some with a qualifier and for some without."""
    found = np.zeros((2, codes.max(initial=-1) + 1), dtype=bool)
    found[hedged.astype(np.int64), codes] = True
    return np.asarray((found[0] & found[1])[codes])


def _requalified(
    labels: dict[str, str], same: list[Any], hedged: list[Any], counted: list[Any]
) -> Draft:
    one = counted[0]
    measure, count = str(one["measure"]), number(one["stated"])
    day = "" if one["kind"] == "fixed" else f", {when(one['at_first'], one['at_last'])}"
    order = sorted(hedged, key=lambda row: (pd.isna(row["said_first"]), row["said_first"]))
    pages = [f"{quoted(row)} in {row['source_name']}{_dated(row)}" for row in order]
    return Draft(
        kind="relay",
        cause="relay added a qualifier",
        relation="strains",
        measure=measure,
        key=f"exact.{count.replace(',', '')}",
        when=day.removeprefix(", "),
        gap=0.0,
        claims=tuple(str(row["id"]) for row in same),
        sentence=(
            f"{labels[measure]}{day}: {count} is an exact count of "
            f"{leading([row['origin_name'] for row in counted])} (in {one['source_name']}), added "
            f"up from its parts on the same page; it is passed on as {listed(pages, SHOWN)}."
        ),
        evidence=(("verdict", "qualifier added"),),
        positions=tuple(tuple(str(row["id"]) for row in side) for side in (hedged, counted)),
    )


def _dated(row: Any) -> str:
    day = when(row["said_first"], row["said_last"])
    return f" ({day})" if day else ""
