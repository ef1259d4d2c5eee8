"""Relays that are not what their origin said, and exact counts that lost or gained a qualifier."""

from __future__ import annotations

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
from analyzer.rows import Rows, rows_of

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
    labels = dict(zip(measures["measure"].tolist(), measures["label"].tolist(), strict=True))
    parted = relays[relays["verdict"].isin(list(CAUSES)) & ~relays["claim"].isin(told)]
    if parted.empty:
        return []
    named = {*parted["claim"], *parted["newer"], *chain.from_iterable(parted["reference"])}
    rows = rows_of(claims, named)
    slots = dict(zip(rows.column("id"), rows.column("slot"), strict=True))
    by = [parted["claim"].map(slots), *(parted[column] for column in APART)]
    cells = Rows(parted)
    groups = parted.reset_index(drop=True).groupby([one.to_numpy() for one in by], sort=True)
    order = groups.ngroup().argsort(kind="stable")
    ends = groups.size().cumsum().to_numpy()[:-1]
    return [
        _draft(labels, cells, places.tolist(), rows) for places in np.split(order.to_numpy(), ends)
    ]


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
    exact = claims.iloc[_given_hedged(claims)]
    added_up = accounts[
        accounts["holds"] & (accounts["relation"] == "=") & (accounts["source"] != "")
    ]
    proved = set(exact["id"]).intersection(chain.from_iterable(added_up["claims"]))
    hedged = exact["qualifier"] != "exact"
    counted = exact["id"].isin(proved) & ~hedged
    alone = exact["series"] == ""
    number_of = exact.groupby(["measure", "slot", "stated"], sort=True).ngroup()
    told = [number_of[mask] for mask in (hedged, counted, alone)]
    both = np.logical_and.reduce([number_of.isin(one) for one in told])
    if not both.any():
        return []
    marks: dict[str, pd.Series] = {"count": number_of, "hedged": hedged, "counted": counted}
    kept = exact[both].assign(**{name: mark[both] for name, mark in marks.items()})
    rows = Rows(kept.sort_values(["count", "id"], ignore_index=True))
    labels = dict(zip(measures["measure"].tolist(), measures["label"].tolist(), strict=True))
    ends = np.flatnonzero(np.diff(rows.column("count"))) + 1
    return [
        _requalified(labels, [rows.row(int(place)) for place in places])
        for places in np.split(np.arange(len(kept)), ends)
        if len(places)
    ]


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


def _requalified(labels: dict[str, str], same: list[Any]) -> Draft:
    counted = [row for row in same if row["counted"]]
    hedged = [row for row in same if row["hedged"]]
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
