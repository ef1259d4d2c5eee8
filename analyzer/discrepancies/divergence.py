"""Series of one measure that run apart: one finding a pair, not one a day."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pandas as pd

from analyzer.discrepancies.causes import Evidence
from analyzer.discrepancies.draft import Draft
from analyzer.phrases import plural, quoted, when
from analyzer.rows import Rows, labels_of, rows_of

WIDER = 1.5  # the median gap of the last third is so many times that of the first, or the reverse


def find_diverging_series(
    divergences: pd.DataFrame, claims: pd.DataFrame, measures: pd.DataFrame
) -> list[Draft]:
    """One draft a pair of series.

    Parameters
    ----------
    divergences : DataFrame
        `series.divergence.COLUMNS`.
    claims : DataFrame
        `schemas.Aligned`.
    """
    if divergences.empty:
        return []
    labels = labels_of(measures)
    sides = [divergences[f"{day}_claims"] for day in ("widest", "last", "first")]
    rows = rows_of(claims, chain.from_iterable(chain.from_iterable(sides)))
    pairs = Rows(divergences)
    return [
        _draft(labels[pair["measure"]], pair, rows) for pair in pairs.rows(range(len(divergences)))
    ]


def pair_names(one: pd.Series, other: pd.Series) -> tuple[str, str]:
    """What tells two series apart, from a claim of each: who is cited, the scope, the publisher."""
    if one["scope"] != other["scope"]:
        return _scoped(one), _scoped(other)
    column = "authority_name" if one["authority"] != other["authority"] else "source_name"
    return str(one[column]), str(other[column])


def _scoped(claim: pd.Series) -> str:
    scope = str(claim["scope"]).replace("_", " ")
    return f"{claim['authority_name']} ({scope})" if scope else str(claim["authority_name"])


def _draft(label: str, pair: Any, claims: Rows) -> Draft:
    widest, last = (
        [claims.named(one) for one in pair[column]] for column in ("widest_claims", "last_claims")
    )
    one, other = pair_names(*last)
    text = (
        f"{label}: the figures of {one} and those of {other} differ on {pair['apart']:,} of "
        f"{pair['common']:,} days that both give; {_higher(pair, one, other)}. They differ most "
        f"for {_day(pair['widest_at'])}: {quoted(widest[0])} against {quoted(widest[1])}"
    )
    if pair["last_at"] != pair["widest_at"]:
        text += (
            f"; for {_day(pair['last_at'])}, the last day that both give, they are "
            f"{quoted(last[0])} and {quoted(last[1])}"
        )
    lag = _lag(pair, one, other)
    cause = "unexplained" if pair["same_scope"] else "scope or definition change"
    days = (pair["widest_claims"], pair["last_claims"], pair["first_claims"])
    proof = list(zip(*days, strict=True))
    return Draft(
        kind="divergence",
        cause=cause,
        relation="contradicts",
        measure=str(pair["measure"]),
        key=f"{pair['series']}.{pair['other']}".replace("[", ".").replace("]", ""),
        when=when(pair["first"], pair["last"]),
        gap=float(pair["last_gap"] or pair["widest_gap"]),
        claims=tuple(dict.fromkeys(claim for side in proof for claim in side)),
        sentence=f"{text}; {lag}." if lag else f"{text}.",
        evidence=tuple(_evidence(pair, last, lag)),
        positions=tuple(tuple(dict.fromkeys(side)) for side in proof),
    )


def _higher(pair: Any, one: str, other: str) -> str:
    above, below = int(pair["above"]), int(pair["apart"] - pair["above"])
    if not above or not below:
        return f"those of {one if above else other} are higher on all of them"
    return f"those of {one} are higher on {above:,}, those of {other} on {below:,}"


def _lag(pair: Any, one: str, other: str) -> str:
    """Who gives whose figures how many days later; blank if nobody does."""
    ahead, behind = (one, other) if pair["follows"] > 0 else (other, one)
    days = plural(abs(int(pair["follows"])), "day")
    return f"{behind} gives the figures of {ahead} {days} later" if pair["follows"] else ""


def _evidence(pair: Any, last: list[Any], lag: str) -> list[Evidence]:
    found = []
    if not pair["same_scope"]:
        scopes = [str(claim["scope"]).replace("_", " ") for claim in last]
        found.append(("scope", f"the two count different things: {_scopes(*scopes)}"))
    early, late = float(pair["early_gap"]), float(pair["late_gap"])
    gaps = f"{early:.3f} in the first third of the days, {late:.3f} in the last"
    if late >= WIDER * early and late > 0:
        found.append(("widens", f"median gap |a-b| / (|a|+|b|): {gaps}"))
    elif early >= WIDER * late:
        found.append(("narrows", f"median gap |a-b| / (|a|+|b|): {gaps}"))
    return [*found, *([("lag", lag)] if lag else [])]


def _scopes(one: str, other: str) -> str:
    """What each of two series is limited to."""
    if one and other:
        return f"“{one}” and “{other}”"
    return f"one is limited to “{one or other}”, the other names no limit"


def _day(day: pd.Timestamp) -> str:
    return when(day, day)
