"""One claim's way from its origin, and what the origin had said by then."""

from __future__ import annotations

import pandas as pd

from analyzer.phrases import attributed, plural, quoted, said, when
from analyzer.pipeline import Analysis
from analyzer.relays import VERDICTS

LATEST = 5  # statements of the origin that are shown


def trace_claim(analysis: Analysis, name: str) -> list[str]:
    """Tell the chain of a claim and the origin's statements up to its date, in lines.

    Raises
    ------
    KeyError
        When there is no such claim.
    """
    one = analysis.claims[analysis.claims["id"] == name]
    if one.empty:
        raise KeyError(name)
    claim = one.iloc[0]
    names = analysis.sources.set_index("source")["name"]
    chain = " > ".join(str(names[step]) for step in str(claim["chain"]).split(" > "))
    relay = analysis.relays[analysis.relays["claim"] == name]
    lines = [
        f"{claim['measure']}: {quoted(claim)}{_for(claim)}",
        f"  chain    {chain}",
        f"  said     {said(one) or 'date not known'}",
        f"  link     {claim['url'] or 'none'}",
    ]
    if relay.empty:
        lines.append("  relay    none: the source speaks for itself")
    else:
        verdict = str(relay["verdict"].iloc[0])
        lines.append(f"  relay    {verdict}: {VERDICTS[verdict]}")
    return [*lines, *_origins_statements(analysis.claims, claim), *_findings(analysis, name)]


def _for(claim: pd.Series) -> str:
    day = when(claim["at_first"], claim["at_last"])
    return f" for {day}" if day else ""


def _origins_statements(claims: pd.DataFrame, claim: pd.Series) -> list[str]:
    theirs = claims[
        (claims["measure"] == claim["measure"])
        & (claims["authority"] == claim["authority"])
        & (claims["id"] != claim["id"])
    ]
    if not pd.isna(claim["said_last"]):
        theirs = theirs[theirs["said_first"] <= claim["said_last"]]
    if theirs.empty:
        return [f"  {claim['authority_name']}: no other statement is known by then"]
    head = f"  {claim['authority_name']} by then: {plural(len(theirs), 'other claim')}, the latest:"
    latest = theirs.sort_values(["said_first", "id"]).tail(LATEST)
    return [
        head,
        *(
            f"    {said(latest.loc[[index]])}  {quoted(row)}{_for(row)}  ({attributed(row)})"
            for index, row in latest.iterrows()
        ),
    ]


def _findings(analysis: Analysis, name: str) -> list[str]:
    mine = analysis.findings[analysis.findings["claims"].map(lambda ids: name in ids)]
    if mine.empty:
        return []
    return ["  findings it proves:", *(f"    {one}" for one in mine["id"])]
