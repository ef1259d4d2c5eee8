"""Relays that are not what their origin said, and exact counts that lost or gained a qualifier."""

from __future__ import annotations

import pandas as pd

from analyzer.discrepancies.draft import Draft
from analyzer.gaps import gap
from analyzer.phrases import correction, leading, listed, lower_first, plural, quoted, said, when
from analyzer.readings import number

CAUSES = {
    "rounded": "rounding",
    "qualifier lost": "relay lost the qualifier",
    "qualifier added": "relay added a qualifier",
    "qualifier turned": "relay turned the qualifier",
    "stale": "stale repeat",
    "another origin's figure": "another origin's figure",
    "another measure's figure": "wrong column",
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
    "misquoted": "is passed on as another figure",
}
EXACT_FROM = 1000  # counts of four digits that end in no zero do not coincide by chance
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
    labels = measures.set_index("measure")["label"]
    keyed = claims.set_index("id", drop=False)
    parted = relays[relays["verdict"].isin(list(CAUSES)) & ~relays["claim"].isin(told)]
    parted = parted.assign(slot=parted["claim"].map(keyed["slot"]))
    return [
        _draft(str(labels[group["measure"].iloc[0]]), str(verdict), group, keyed)
        for (_, _, verdict, _, _), group in parted.groupby(
            ["slot", "authority", "verdict", "reference_reading", "direction"], sort=True
        )
    ]


def _draft(label: str, verdict: str, group: pd.DataFrame, keyed: pd.DataFrame) -> Draft:
    relayed = keyed.loc[group["claim"]]
    reference = keyed.loc[sorted({one for ids in group["reference"] for one in ids})]
    one = relayed.iloc[0]
    origin = str(one["authority_name"])
    day = "" if one["kind"] == "fixed" else f", {when(one['at_first'], one['at_last'])}"
    pages = listed([f"{row['source_name']} {quoted(row)}" for _, row in relayed.iterrows()], SHOWN)
    by_itself = (reference["source"] == reference["authority"]).any()
    known = f"{origin} itself" if by_itself else plural(reference["source"].nunique(), "relay")
    passed_on = PASSED_ON[verdict].format(direction=group["direction"].iloc[0])
    quote = reference.iloc[0]
    words = f"“{lower_first(str(quote['figure']))}”{correction(quote)}"
    sentence = f"{label}{day}: {words} of {origin} (as given by {known}) {passed_on} by {pages}"
    newer = [keyed.loc[name] for name in group["newer"] if name]
    if newer:
        sentence += f"; by {when(newer[0]['at_first'], newer[0]['at_last'])} it was "
        sentence += f"{quoted(newer[0])} ({newer[0]['source_name']})"
    qualified = verdict.startswith("qualifier") or verdict == "rounded"
    return Draft(
        kind="relay",
        cause=CAUSES[verdict],
        relation="strains" if qualified else "contradicts",
        measure=str(one["measure"]),
        key=f"{verdict.split(' ')[-1]}.{one['authority']}.{relayed['id'].min().rsplit('.', 1)[-1]}",
        when=day.removeprefix(", "),
        gap=float(gap(relayed["face_low"].median(), reference["face_low"].median())),
        claims=(*relayed["id"], *reference["id"], *(str(one["id"]) for one in newer[:1])),
        sentence=f"{sentence}.",
        evidence=(("verdict", verdict),),
        positions=(tuple(relayed["id"]), tuple(reference["id"])),
    )


def find_requalified(
    claims: pd.DataFrame, accounts: pd.DataFrame, measures: pd.DataFrame
) -> list[Draft]:
    """Exact counts that are passed on as a bound or as an estimate.

    A count of four digits or more that ends in no zero is one count, whoever gives it. Where a
    page adds it up from its parts, it is exact there; the claims that give the same number under
    a qualifier are named.
    """
    labels = measures.set_index("measure")["label"]
    added_up = accounts[
        accounts["holds"] & (accounts["relation"] == "=") & (accounts["source"] != "")
    ]
    proved = {one for ids in added_up["claims"] for one in ids}
    exact = claims[
        claims["comparable"] & (claims["granularity"] == 1) & (claims["stated"] >= EXACT_FROM)
    ].sort_values("id")
    by = [exact[column] for column in ("measure", "slot", "stated")]
    hedged = exact["qualifier"] != "exact"
    counted = exact["id"].isin(proved) & ~hedged
    both = hedged.groupby(by).transform("any") & counted.groupby(by).transform("any")
    both &= (exact["series"] == "").groupby(by).transform("any")
    return [
        _requalified(labels, same, same[counted[same.index]], same[hedged[same.index]])
        for _, same in exact[both].groupby(["measure", "slot", "stated"], sort=True)
    ]


def _requalified(
    labels: pd.Series, same: pd.DataFrame, counted: pd.DataFrame, hedged: pd.DataFrame
) -> Draft:
    one = counted.iloc[0]
    label = labels[one["measure"]]
    count = number(one["stated"])
    day = "" if one["kind"] == "fixed" else f", {when(one['at_first'], one['at_last'])}"
    pages = [
        f"{quoted(row)} in {row['source_name']}{_dated(hedged.loc[[index]])}"
        for index, row in hedged.sort_values(["said_first", "id"]).iterrows()
    ]
    return Draft(
        kind="relay",
        cause="relay added a qualifier",
        relation="strains",
        measure=str(one["measure"]),
        key=f"exact.{count.replace(',', '')}",
        when=day.removeprefix(", "),
        gap=0.0,
        claims=tuple(same["id"]),
        sentence=(
            f"{label}{day}: {count} is an exact count of {leading(counted['origin_name'])} "
            f"(in {one['source_name']}), added up from its parts on the same page; it is "
            f"passed on as {listed(pages, SHOWN)}."
        ),
        evidence=(("verdict", "qualifier added"),),
        positions=(tuple(hedged["id"]), tuple(counted["id"])),
    )


def _dated(row: pd.DataFrame) -> str:
    day = said(row)
    return f" ({day})" if day else ""
