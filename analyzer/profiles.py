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

from analyzer.relays import UNCHECKED
from analyzer.within import pairs_within

By = Literal["source", "authority"]
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

CONFIDENCE: Final = 0.95
AGREEMENT: Final = ["a", "b", "comparable", "agrees", "strains", "contradicts"]
BOUNDS: Final = ["near_low", "near_high", "apart_low", "apart_high"]
CHECKED: Final = ["id", "measure", "source", "origin", "authority", "source_name"]
CHECKED.extend(["authority_name", "as_of_first", "as_of_last", "published_first"])
CHECKED.extend(["published_last", "comparable", "slot", "scope", *BOUNDS])
VERDICTS: Final = {  # column: verdict of `relays`
    "faithful": "faithful",
    "stale": "stale",
    "qualifier_lost": "qualifier lost",
    "qualifier_added": "qualifier added",
    "misquoted": "misquoted",
}
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
        found = pd.DataFrame({"a": text[0], "b": text[1], "comparable": table.sum(axis=1)})
        return found.assign(**columns)[AGREEMENT]


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
    checks = _checks(claims, relays)
    roles: list[tuple[str, By]] = [("publisher", "source"), ("origin", "authority")]
    parts = [_profile(checks, by).assign(role=role) for role, by in roles]
    found = pd.concat([part.reset_index() for part in parts], ignore_index=True)
    found["faithful_low"], found["faithful_high"] = wilson(found["faithful"], found["checked"])
    found["agreeing"] = found["agrees"] / found["comparable"].where(found["comparable"] > 0)
    found["agreeing_low"], found["agreeing_high"] = wilson(found["agrees"], found["comparable"])
    return found[PROFILES]


def _checks(claims: pd.DataFrame, relays: pd.DataFrame) -> pd.DataFrame:
    """One row a claim, with a 0/1 column for each thing that is counted, and its lag in days."""
    verdicts = relays[["claim", "verdict", "direction"]]
    told = claims[CHECKED].merge(
        verdicts, left_on="id", right_on="claim", how="left", validate="1:1"
    )
    verdict, rounded = told["verdict"], told["verdict"] == "rounded"
    marks = {column: verdict == value for column, value in VERDICTS.items()}
    marks["relayed"] = told["origin"] != told["source"]
    marks["checked"] = verdict.notna() & ~verdict.isin(UNCHECKED)
    marks["rounded_up"] = rounded & (told["direction"] == "up")
    marks["rounded_down"] = rounded & (told["direction"] == "down")
    days = (told["as_of_first"] == told["as_of_last"]) & (
        told["published_first"] == told["published_last"]
    )
    lag = (told["published_first"] - told["as_of_first"]).dt.days.astype("float64").where(days)
    counts = {name: mark.astype("int64") for name, mark in marks.items()}
    return told.assign(**counts, lag=lag)


def _profile(checks: pd.DataFrame, by: By) -> pd.DataFrame:
    """Counts by publisher or by origin, indexed by `key`."""
    groups = checks.rename(columns={by: "key"}).groupby("key")
    counted = ["relayed", "checked", *VERDICTS, "rounded_up", "rounded_down"]
    found = groups[counted].sum()
    found["name"] = groups[f"{by}_name"].first()
    found["claims"] = groups.size()
    found["measures"] = groups["measure"].nunique()
    found["lags"] = groups["lag"].count()
    found["median_lag"] = groups["lag"].median()
    pairs = agreement(checks, by)
    both = pd.concat([pairs.rename(columns={side: "key"}) for side in ("a", "b")])
    sums = both.groupby("key")[["comparable", "agrees"]].sum()
    return found.join(sums.reindex(found.index, fill_value=0))
