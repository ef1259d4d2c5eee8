"""Who said it first: the origin of each claim, from source, relays and attribution."""

from __future__ import annotations

import pandas as pd


def trace_origins(claims: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Add `origin`, `authority`, `chain` and the printed names of source and origin.

    The origin is who is cited; where a source gives the figure on its own authority but took it
    from a relay, the relay nearest to the origin. `authority` is the origin, or the source that
    it speaks for (a foreign ministry for its government). `chain` runs from origin to source.
    """
    names = sources.set_index("source")["name"]
    speaks_for = sources.set_index("source")["speaks_for"]
    relays = claims["via"].str.split(";")
    nearest = relays.str[0].str.strip()
    cites_itself = claims["attributed_to"] == claims["source"]
    origin = claims["attributed_to"].where(~cites_itself | (nearest == ""), nearest)
    above = origin.map(_roots(dict(speaks_for))).fillna("")
    chain = [
        " > ".join(dict.fromkeys(step for step in (first, *map(str.strip, via), last) if step))
        for first, via, last in zip(origin, relays, claims["source"], strict=True)
    ]
    authority = above.where(above != "", origin)
    return claims.assign(
        origin=origin,
        authority=authority,
        chain=chain,
        source_name=claims["source"].map(names),
        origin_name=origin.map(names),
        authority_name=authority.map(names),
    )


def declared_links(sources: pd.DataFrame) -> frozenset[tuple[str, str]]:
    """Pairs of sources of which the second is known to pass on the first (column `relays`)."""
    relays = sources[["source", "relays"]].assign(relays=sources["relays"].str.split(";"))
    links = relays.explode("relays")
    links["relays"] = links["relays"].str.strip()
    known = links[links["relays"].fillna("") != ""]
    return frozenset(zip(known["relays"], known["source"], strict=True))


def _roots(above: dict[str, str]) -> dict[str, str]:
    """For each source, the last of those in whose name it speaks; "" if it speaks for itself."""
    roots = {}
    for source, speaks_for in above.items():
        root = speaks_for
        while above.get(root):
            root = above[root]
        roots[source] = root
    return roots
