"""Whether a contradiction stands under another reading of the wordings, or of the dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import pandas as pd

from analyzer.system.build import build_system
from analyzer.system.places import DAY, Place
from analyzer.system.solve import parts, refute

WORDINGS: Final = {
    "letter": "every number exactly as it is worded",
    "rounded": "bare round numbers as rounded",
    "implied": "as a hearer takes the wording",
    "loose": "every number within the tolerance of one position",
}
DATES: Final = {
    "given": "each date as the row gives it",
    "morning": "totals and stocks as of the morning of their day",
    "published": "the day of publication where the date was only inferred from the context",
}


class Reading(NamedTuple):
    """One reading, as keys of `WORDINGS` and `DATES`, and whether the contradiction stands."""

    wording: str
    dates: str
    stands: bool


def survival(
    claims: pd.DataFrame,
    identities: pd.DataFrame,
    measures: pd.DataFrame,
    tolerance: float,
    beside: Sequence[Place] = (),
) -> list[Reading]:
    """Solve a contradiction again under every reading.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`: the claims that make the contradiction.
    identities : DataFrame
        Those that the contradiction uses.
    tolerance : float
        `Thresholds.position_tolerance`.
    beside : sequence of Place
        As for `build.build_system`.
    """
    closed = claims["measure"].map(measures.set_index("measure")["closed_last"])
    claims = claims.assign(closed=closed)
    widened = claims.assign(
        apart_low=claims["apart_low"] * (1 - tolerance),
        apart_high=claims["apart_high"] * (1 + tolerance),
    )
    readings: list[Reading] = []
    for dates, move in MOVES.items():
        same = move(claims) is claims and dates != "given"
        for wording in WORDINGS:
            if same:  # no date is read otherwise
                readings.append(
                    Reading(wording, dates, readings[len(readings) % len(WORDINGS)].stands)
                )
                continue
            moved = move(widened if wording == "loose" else claims)
            reading = "rounded" if wording == "loose" else wording
            system = build_system(moved, identities, measures, reading, beside=beside)
            stands = any(refute(part, part.atoms) for part in parts(system))
            readings.append(Reading(wording, dates, stands))
    return readings


def _as_given(claims: pd.DataFrame) -> pd.DataFrame:
    return claims


def _morning(claims: pd.DataFrame) -> pd.DataFrame:
    if not (claims["kind"] == "flow").any():  # all of them a day earlier are as they were
        return claims
    of_its_end = claims["as_of_first"] > claims["at_first"]  # said of a total that has ended
    moving = claims["kind"].isin(("cumulative", "stock", "share")) & ~of_its_end
    return claims.assign(
        at_first=claims["at_first"].mask(moving, claims["at_first"] - DAY),
        at_last=claims["at_last"].mask(moving, claims["at_last"] - DAY),
    )


def _published(claims: pd.DataFrame) -> pd.DataFrame:
    moving = claims["kind"].isin(("cumulative", "stock"))
    inferred = moving & (claims["as_of_basis"] == "context") & claims["said_first"].notna()
    if not inferred.any():
        return claims
    return claims.assign(
        at_first=claims["at_first"].mask(inferred, _by_the_end(claims, "said_first")),
        at_last=claims["at_last"].mask(inferred, _by_the_end(claims, "said_last")),
    )


def _by_the_end(claims: pd.DataFrame, column: str) -> pd.Series:
    """Days of a column, those after the end of a total as that end."""
    return claims[column].mask(claims[column] > claims["closed"], claims["closed"])


MOVES: Final[dict[str, Callable[[pd.DataFrame], pd.DataFrame]]] = {
    "given": _as_given,
    "morning": _morning,
    "published": _published,
}
