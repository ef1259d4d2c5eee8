"""Who said it first: the origin of each claim, from source, relays and attribution."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from analyzer.distinct import looked_up, together, turned


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
    cited, via, source = (column.iloc[first].reset_index(drop=True) for column in chains)
    origin, chain = _passed_on(cited, via, source)
    authority = turned(origin, lambda one: roots.get(one) or one)
    told = {
        "origin": origin,
        "authority": authority,
        "chain": chain,
        "source_name": looked_up(source, names),
        "origin_name": looked_up(origin, names),
        "authority_name": looked_up(authority, names),
    }
    return claims.assign(**{name: texts.array.take(codes) for name, texts in told.items()})


def _passed_on(cited: pd.Series, via: pd.Series, source: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Origins, and chains from there to the sources."""
    origin = cited.copy()
    chain = cited.mask(cited != source, cited + " > " + source)
    relayed = np.flatnonzero((via != "") | (cited == "") | (source == ""))
    if relayed.size:
        rows = zip(*(column.iloc[relayed].tolist() for column in (cited, via, source)), strict=True)
        links = [_links(*row) for row in rows]
        origin.iloc[relayed] = [steps[0] for steps in links]
        chain.iloc[relayed] = [" > ".join(steps) for steps in links]
    return origin, chain


def _links(attributed_to: str, via: str, source: str) -> list[str]:
    """Who passed a figure on, each once, from its origin to its source."""
    relays = _relays(via)
    origin = relays[0] if attributed_to == source and relays[0] else attributed_to
    steps = dict.fromkeys((origin, *relays, source))
    steps.pop("", None)
    return list(steps)


@lru_cache(maxsize=4096)
def _relays(via: str) -> tuple[str, ...]:
    return tuple(relay.strip() for relay in via.split(";"))


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
