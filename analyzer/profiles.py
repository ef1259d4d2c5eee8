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

from analyzer.gaps import relate
from analyzer.relays import UNCHECKED

By = Literal["source", "authority"]
Floats = npt.NDArray[np.float64]

CONFIDENCE: Final = 0.95
AGREEMENT: Final = ["a", "b", "comparable", "agrees", "strains", "contradicts"]
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
    bounds = ["near_low", "near_high", "apart_low", "apart_high"]
    kept = claims.loc[claims["comparable"], ["slot", "scope", by, *bounds]]
    kept = kept.rename(columns={by: "a"})
    pairs = kept.merge(kept, on="slot", suffixes=("", "_b")).rename(columns={"a_b": "b"})
    scopes = (
        (pairs["scope"] == pairs["scope_b"]) | (pairs["scope"] == "") | (pairs["scope_b"] == "")
    )
    pairs = pairs[(pairs["a"] < pairs["b"]) & scopes]
    other = pairs[[f"{bound}_b" for bound in bounds]].set_axis(bounds, axis=1)
    relation = relate(pairs, other)
    counts = {name: (relation == name).astype("int64") for name in AGREEMENT[3:]}
    counted = pairs[["a", "b"]].assign(comparable=1, **counts)
    return counted.groupby(["a", "b"]).sum().reset_index()[AGREEMENT]


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
    told = claims.merge(verdicts, left_on="id", right_on="claim", how="left", validate="1:1")
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
