"""Some claims under every reading of their wordings and dates, read once for many small systems."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

import pandas as pd

from analyzer.system.atoms import Atom, ends, gather, placed
from analyzer.system.places import DAY

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


class Statements:
    """What claims say under each reading, as lists that are made once for all of them.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    measures : DataFrame
    tolerance : float
        `Thresholds.position_tolerance`, for the loose reading.
    """

    def __init__(self, claims: pd.DataFrame, measures: pd.DataFrame, tolerance: float) -> None:
        closed = claims["measure"].map(measures.set_index("measure")["closed_last"])
        claims = claims.assign(closed=closed)
        widened = claims.assign(
            apart_low=claims["apart_low"] * (1 - tolerance),
            apart_high=claims["apart_high"] * (1 + tolerance),
        )
        self._row = {claim: row for row, claim in enumerate(claims["id"].tolist())}
        self._ends = {
            wording: _pairs(*ends(widened if wording == "loose" else claims, _bounds(wording)))
            for wording in WORDINGS
        }
        self._places = {
            dates: list(zip(*placed(move(claims)), strict=True)) for dates, move in MOVES.items()
        }
        self._measures = claims["measure"].tolist()
        self._kinds = claims["kind"].tolist()
        running = (claims["kind"] == "fixed") & (claims["slot"] != claims["group"])
        self._entered = (claims["comparable"] & ~running).tolist()
        self._compared = claims["comparable"].tolist()
        self._planned = (claims["modality"] == "planned").tolist()
        self._inferred = _inferred(claims).tolist()

    def atoms(self, ids: Collection[str], wording: str, dates: str = "given") -> list[Atom]:
        """Atoms of some claims under one reading, keys of `WORDINGS` and `DATES`."""
        bounds, places = self._ends[wording], self._places[dates]
        return gather((*places[row], *bounds[row]) for row in self._used(ids))

    def moves(self, ids: Collection[str], dates: str) -> bool:
        """Whether a reading of the dates moves any of some claims against the others."""
        rows = [self._row[one] for one in ids]
        if dates == "morning":  # without a flow all of them a day earlier are as they were
            return any(self._kinds[row] == "flow" for row in rows)
        return dates == "published" and any(self._inferred[row] for row in rows)

    def _used(self, ids: Collection[str]) -> Iterator[int]:
        """Those that enter a system, as `atoms.used` tells them."""
        rows = [self._row[one] for one in ids]
        done = {
            self._measures[row] for row in rows if self._compared[row] and not self._planned[row]
        }
        for row in rows:
            counted = self._kinds[row] == "fixed" and self._measures[row] not in done
            if self._entered[row] and (counted or not self._planned[row]):
                yield row


def _pairs(low: pd.Series, high: pd.Series) -> list[tuple[float, float]]:
    return list(zip(low.tolist(), high.tolist(), strict=True))


def _bounds(wording: str) -> str:
    """The bounds that a wording is read with; loose ones are rounded ones widened."""
    return "rounded" if wording == "loose" else wording


def _as_given(claims: pd.DataFrame) -> pd.DataFrame:
    return claims


def _morning(claims: pd.DataFrame) -> pd.DataFrame:
    of_its_end = claims["as_of_first"] > claims["at_first"]  # said of a total that has ended
    moving = claims["kind"].isin(("cumulative", "stock", "share")) & ~of_its_end
    return claims.assign(
        at_first=claims["at_first"].mask(moving, claims["at_first"] - DAY),
        at_last=claims["at_last"].mask(moving, claims["at_last"] - DAY),
    )


def _published(claims: pd.DataFrame) -> pd.DataFrame:
    inferred = _inferred(claims)
    return claims.assign(
        at_first=claims["at_first"].mask(inferred, _by_the_end(claims, "said_first")),
        at_last=claims["at_last"].mask(inferred, _by_the_end(claims, "said_last")),
    )


def _inferred(claims: pd.DataFrame) -> pd.Series:
    """Totals and stocks dated by their context, of which it is known when they were said."""
    moving = claims["kind"].isin(("cumulative", "stock"))
    return moving & (claims["as_of_basis"] == "context") & claims["said_first"].notna()


def _by_the_end(claims: pd.DataFrame, column: str) -> pd.Series:
    """Days of a column, those after the end of a total as that end."""
    return claims[column].mask(claims[column] > claims["closed"], claims["closed"])


MOVES: Final[dict[str, Callable[[pd.DataFrame], Any]]] = {
    "given": _as_given,
    "morning": _morning,
    "published": _published,
}
