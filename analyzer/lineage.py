"""Who said it first: the origin of each claim, from source, relays and attribution."""

from __future__ import annotations

import pandas as pd

from analyzer.distinct import looked_up, spread, together


def trace_origins(claims: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Add `origin`, `authority`, `chain` and the printed names of source and origin.

    The origin is who is cited; where a source gives the figure on its own authority but took it
    from a relay, the relay nearest to the origin. `authority` is the origin, or the source that
    it speaks for (a foreign ministry for its government). `chain` runs from origin to source.
    """
    names = dict(zip(sources["source"], sources["name"], strict=True))
    roots = _roots(dict(zip(sources["source"], sources["speaks_for"], strict=True)))
    chains = [claims[column] for column in ("attributed_to", "via", "source")]
    codes, first = together(chains)
    rows = zip(*(column.iloc[first] for column in chains), strict=True)
    told = [_links(attributed_to, via, source) for attributed_to, via, source in rows]
    origins = [links[0] for links in told]
    authorities = [roots.get(origin) or origin for origin in origins]
    return claims.assign(
        origin=spread(origins, codes, claims.index),
        authority=spread(authorities, codes, claims.index),
        chain=spread([" > ".join(links) for links in told], codes, claims.index),
        source_name=looked_up(claims["source"], names),
        origin_name=spread([names.get(one) for one in origins], codes, claims.index),
        authority_name=spread([names.get(one) for one in authorities], codes, claims.index),
    )


def _links(attributed_to: str, via: str, source: str) -> list[str]:
    """Who passed a figure on, each once, from its origin to its source."""
    relays = [relay.strip() for relay in via.split(";")]
    origin = relays[0] if attributed_to == source and relays[0] else attributed_to
    return list(dict.fromkeys(step for step in (origin, *relays, source) if step))


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
