"""Who said it first: the origin of each claim, from source, relays and attribution."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from analyzer.distinct import Codes, Columns, spread

CHAIN = ("attributed_to", "via", "source")


def trace_origins(
    claims: pd.DataFrame, sources: pd.DataFrame, columns: Columns | None = None
) -> pd.DataFrame:
    """Add `origin`, `authority`, `chain` and the printed names of source and origin.

    The origin is who is cited; where a source gives the figure on its own authority but took it
    from a relay, the relay nearest to the origin. `authority` is the origin, or the source that
    it speaks for (a foreign ministry for its government). `chain` runs from origin to source.

    Parameters
    ----------
    columns : Columns, optional
        Those of the claims.
    """
    columns = columns or Columns(claims)
    keys = sources["source"].tolist()
    names = dict(zip(keys, sources["name"].tolist(), strict=True))
    roots = _roots(dict(zip(keys, sources["speaks_for"].tolist(), strict=True)))
    codes, _ = columns.together(*CHAIN)
    passed = [_passed_on(*row) for row in zip(*columns.heads(*CHAIN), strict=True)]
    own, found = pd.factorize(np.array([origin for origin, _ in passed], dtype=object))
    origins: list[str] = found.tolist()
    authorities = [roots.get(one) or one for one in origins]
    said, publishers = columns["source"]
    told: dict[str, tuple[Sequence[str | None], Codes]] = {
        "origin": (origins, own[codes]),
        "authority": (authorities, own[codes]),
        "chain": ([chain for _, chain in passed], codes),
        "source_name": (list(map(names.get, publishers)), said),
        "origin_name": (list(map(names.get, origins)), own[codes]),
        "authority_name": (list(map(names.get, authorities)), own[codes]),
    }
    return claims.assign(
        **{name: spread(texts, places, claims.index) for name, (texts, places) in told.items()}
    )


def _passed_on(attributed_to: str, via: str, source: str) -> tuple[str, str]:
    """Who said a figure first, and all who passed it on, each once, from there to the source."""
    relays = _relays(via)
    led = attributed_to == source and relays[0]
    before, chain = _before("" if led else attributed_to, via)
    if source in before or not source:
        return before[0], chain
    return (before[0], f"{chain} > {source}") if before else (source, source)


@lru_cache(maxsize=4096)
def _before(origin: str, via: str) -> tuple[tuple[str, ...], str]:
    """Those who passed a figure on before its source, and the same as text."""
    steps = dict.fromkeys((origin, *_relays(via)))
    steps.pop("", None)
    return tuple(steps), " > ".join(steps)


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
