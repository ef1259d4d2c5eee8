"""Who agrees with whom, and how each source and origin is passed on: counts, never a score.

Each share stands with its denominator and, since many are small, with the interval of Wilson. A
share without a denominator is NaN: unknown is not zero.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.arrays import NEVER, codes_of, places_of, seconds
from analyzer.relays import UNCHECKED
from analyzer.within import pairs_within

By = Literal["source", "authority"]
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

CONFIDENCE: Final = 0.95
AGREEMENT: Final = ["a", "b", "comparable", "agrees", "strains", "contradicts"]
BOUNDS: Final = ["near_low", "near_high", "apart_low", "apart_high"]
VERDICTS: Final = {  # column: verdict of `relays`
    "faithful": "faithful",
    "stale": "stale",
    "qualifier_lost": "qualifier lost",
    "qualifier_added": "qualifier added",
    "misquoted": "misquoted",
}
DAY: Final = 86_400  # seconds
PROFILES: Final = [
    "role",
    "key",
    "name",
    "claims",
    "measures",
    "relayed",
    "checked",
    "faithful",
    "faithful_low",
    "faithful_high",
    "stale",
    "qualifier_lost",
    "qualifier_added",
    "rounded_up",
    "rounded_down",
    "misquoted",
    "lags",
    "median_lag",
    "comparable",
    "agrees",
    "agreeing",
    "agreeing_low",
    "agreeing_high",
]


def wilson(
    successes: npt.ArrayLike, trials: npt.ArrayLike, confidence: float = CONFIDENCE
) -> tuple[Floats, Floats]:
    """Score interval of a share: low and high end, 0 to 1; NaN where nothing was tried.

    Wilson 1927, "Probable inference, the law of succession, and statistical inference", Journal of
    the American Statistical Association 22: the shares p for which the count lies within z standard
    errors sqrt(p (1-p) / n). Unlike share +- z errors it stays within 0 and 1 and says something of
    0 of 5 (0 to 0.434).
    """
    x, n = np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(n > 0, x / n, np.nan)
        middle = (x + z**2 / 2) / (n + z**2)
        half = z / (n + z**2) * np.sqrt(x * (1 - share) + z**2 / 4)
    low = np.clip(middle - half, 0.0, share)  # the ends hold the share in floating point, too
    high = np.clip(middle + half, share, 1.0)
    return low, high


def agreement(claims: pd.DataFrame, by: By = "source") -> pd.DataFrame:
    """How often the comparable claims of two sources, or of two authorities, agree.

    Two claims are comparable in one slot and under compatible scopes (the same, or one has none).
    How they relate is told by `gaps.relate`. Claims of two
    publishers that have them from one origin are counted too; `by="authority"` counts each pair of
    origins instead.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    by : str
        The column whose values are compared: "source" or "authority".

    Returns
    -------
    DataFrame
        Columns `AGREEMENT`, by `a` and `b` (`a` < `b`): numbers of pairs of claims. Pairs without
        comparable claims do not appear.
    """
    kept = claims.loc[claims["comparable"], ["slot", "scope", by, *BOUNDS]]
    slot, (who, names) = pd.factorize(kept["slot"])[0], pd.factorize(kept[by], sort=True)
    scope = np.where(kept["scope"] == "", 0, pd.factorize(kept["scope"])[0] + 1)
    order = np.lexsort((who, slot))
    slot, who, scope = slot[order], who[order], scope[order]
    ends = {bound: kept[bound].to_numpy(dtype="float64")[order] for bound in BOUNDS}
    tally = _Tally(len(names))
    for one, other in pairs_within(slot):
        alike = (scope[one] == scope[other]) | (scope[one] == 0) | (scope[other] == 0)
        both = np.flatnonzero(alike & (who[one] != who[other]))
        one, other = one[both], other[both]
        tally.add(who[one], who[other], _relation(ends, one, other))
    return tally.counted(list(names))


def _relation(ends: dict[str, Floats], one: Integers, other: Integers) -> Integers:
    """Relations as `gaps.relate` tells them, as places in `AGREEMENT[3:]`."""

    def apart(prefix: str) -> npt.NDArray[np.bool_]:
        low, high = ends[f"{prefix}_low"], ends[f"{prefix}_high"]
        return np.asarray((low[one] > high[other]) | (low[other] > high[one]))

    return np.where(apart("apart"), 2, np.where(apart("near"), 1, 0))


class _Tally:
    """Counts of relations by pair of names; grows with the pairs of names, not of claims."""

    def __init__(self, many: int) -> None:
        self._many = many
        self._keys: list[Integers] = []
        self._counts: list[Integers] = []

    def add(self, one: Integers, other: Integers, relation: Integers) -> None:
        """Count pairs; names by number, `one` before `other`."""
        codes, keys = pd.factorize((one * self._many + other) * 3 + relation)
        self._keys.append(np.asarray(keys, dtype=np.int64))
        self._counts.append(np.bincount(codes, minlength=len(keys)))

    def counted(self, names: list[str]) -> pd.DataFrame:
        """`AGREEMENT`, by `a` and `b`."""
        empty = np.empty(0, dtype=np.int64)
        keys, counts = (np.concatenate([empty, *one]) for one in (self._keys, self._counts))
        pairs, place = np.unique(keys // 3, return_inverse=True)
        table = np.zeros((len(pairs), 3), dtype=np.int64)
        np.add.at(table, (place, keys % 3), counts)
        text = [
            pd.array([names[code] for code in side], dtype="str")
            for side in (pairs // max(self._many, 1), pairs % max(self._many, 1))
        ]
        columns = dict(zip(AGREEMENT[3:], table.T, strict=True))
        return pd.DataFrame(
            {"a": text[0], "b": text[1], "comparable": table.sum(axis=1), **columns}
        )


def profiles(claims: pd.DataFrame, relays: pd.DataFrame) -> pd.DataFrame:
    """Figures on each publisher and each origin, with their denominators.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    relays : DataFrame
        One row a relayed claim: `claim` (its id), `verdict`, `direction` ("up", "down" or "").

    Returns
    -------
    DataFrame
        Columns `PROFILES`, publishers first, then by key. For a publisher the rows are the claims
        that it prints, for an origin those that are made in its name (by authority), so that
        `faithful` says how a publisher relays, or how an origin is relayed. `relayed` counts claims
        not on the publisher's own authority, `checked` those of them with a verdict other than
        `UNCHECKED`, and the counts after it are of these; `faithful_low` and `faithful_high` bound
        faithful / checked. `median_lag` is the median of days from as_of to published over the
        `lags` claims where both are days. `agreeing` is `agrees` / `comparable`, in pairs of claims
        with other publishers, or of origins with other origins.
    """
    marks, lag = _marks(claims, relays), _lags(claims)
    roles: list[tuple[str, By]] = [("publisher", "source"), ("origin", "authority")]
    parts = [_profile(claims, marks, lag, by).assign(role=role) for role, by in roles]
    found = pd.concat(parts, ignore_index=True)
    found["faithful_low"], found["faithful_high"] = wilson(found["faithful"], found["checked"])
    found["agreeing"] = found["agrees"] / found["comparable"].where(found["comparable"] > 0)
    found["agreeing_low"], found["agreeing_high"] = wilson(found["agrees"], found["comparable"])
    return found[PROFILES]


def _marks(claims: pd.DataFrame, relays: pd.DataFrame) -> dict[str, Integers]:
    """For each thing that is counted, the rows of the claims of which it is true."""
    verdict = relays["verdict"]
    rounded = verdict == "rounded"
    told = {column: verdict == value for column, value in VERDICTS.items()}
    told["checked"] = ~verdict.isin(UNCHECKED)
    told["rounded_up"] = rounded & (relays["direction"] == "up")
    told["rounded_down"] = rounded & (relays["direction"] == "down")
    row = places_of(relays["claim"], claims["id"])
    marks = {name: row[mark.to_numpy(dtype=bool)] for name, mark in told.items()}
    relayed = (claims["origin"] != claims["source"]).to_numpy(dtype=bool)
    return marks | {"relayed": np.flatnonzero(relayed)}


def _lags(claims: pd.DataFrame) -> Floats:
    """Days from as_of to published, NaN where one of them is no day."""
    as_of, until, published, last = (
        seconds(claims[f"{clock}_{end}"])
        for clock in ("as_of", "published")
        for end in ("first", "last")
    )
    days = (as_of == until) & (published == last) & (as_of != NEVER) & (published != NEVER)
    return np.where(days, (published - np.where(days, as_of, published)) // DAY, np.nan)


def _profile(claims: pd.DataFrame, marks: dict[str, Integers], lag: Floats, by: By) -> pd.DataFrame:
    """Counts by publisher or by origin, in the order of their keys."""
    key, keys = pd.factorize(claims[by], sort=True)
    many = len(keys)
    first = np.unique(key, return_index=True)[1]
    measure = codes_of(claims["measure"])
    distinct = np.unique(measure * max(many, 1) + key) % max(many, 1)
    lags = pd.Series(lag).groupby(key)
    pairs = agreement(claims, by)
    sides = np.concatenate([keys.get_indexer(pd.Index(pairs[side])) for side in ("a", "b")])
    sums = {name: np.tile(pairs[name], 2) for name in ("comparable", "agrees")}
    return pd.DataFrame(
        {
            "key": keys,
            "name": claims[f"{by}_name"].array.take(first),
            "claims": np.bincount(key, minlength=many),
            "measures": np.bincount(distinct, minlength=many),
            **{name: np.bincount(key[rows], minlength=many) for name, rows in marks.items()},
            "lags": lags.count().to_numpy(),
            "median_lag": lags.median().to_numpy(),
            **{
                name: np.bincount(sides, each, many).astype(np.int64) for name, each in sums.items()
            },
        }
    )
