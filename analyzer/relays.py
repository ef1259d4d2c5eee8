"""Is a relayed figure what its origin said? Each relay against the origin's figure of its time.

The origin's figure for a time is what it published itself, else what at least three publishers
and two thirds of them give as its words. Where neither is known the relay can't be checked, and
where relays differ and nothing tells which one has the origin's words, that is all that is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from analyzer.settings import Thresholds

VERDICTS: Final = {
    "faithful": "the origin's number, under a qualifier of the same sense",
    "rounded": "the origin's number, rounded",
    "qualifier lost": "the origin's number, without the qualifier it gave",
    "qualifier added": "the origin's number, with a qualifier it did not give",
    "qualifier turned": "the origin's number, under a qualifier of another sense",
    "stale": "the origin's figure of an earlier time, though it had given a newer one",
    "another origin's figure": "not the origin's figure, but that of another origin",
    "another measure's figure": "not the origin's figure, but one it gave for another measure",
    "misquoted": "a figure that excludes the one the origin gave",
    "relays differ": "two relays differ, and nothing tells which has the origin's words",
    "cannot be checked": "no other claim tells what the origin said for that time",
}
COLUMNS = [
    "claim",
    "measure",
    "authority",
    "source",
    "verdict",
    "direction",
    "days",
    "reference",
    "reference_reading",
    "newer",
]
SENSES = {
    "at least": "lower",
    "more than": "lower",
    "at most": "upper",
    "less than": "upper",
    "nearly": "upper",
    "approximate": "about",
    "exact": "exact",
    "share": "exact",
}
UNCHECKED: Final = ("cannot be checked", "relays differ")
SAME_TABLE_DAYS = 31  # figures of one release are dated up to a month apart by those who print them
TELLING = 100  # below it, equal numbers of two measures are chance
ENOUGH = 3  # publishers that give the same words, and
MAJORITY = 2 / 3  # their share of all who give the figure, to take these words for the origin's:
# a bare majority is wrong too often (Li, Dong and others 2012 found 30 % of items)


def check_relays(claims: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """Hold each relayed claim against the origin's figure.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.

    Returns
    -------
    DataFrame
        One row a relayed claim, columns `COLUMNS`: `verdict` (a key of `VERDICTS`), `direction`
        of rounding ("up", "down" or ""), `days` since the newer figure was said (NaN unless
        stale), `reference` (ids of the claims that give the origin's figure), its reading, and
        `newer` (id of the claim with the newer figure, or "").
    """
    usable = claims[claims["comparable"]].sort_values("id")
    others = _by_number(usable)
    rows: list[dict[str, Any]] = []
    for _, told in usable.groupby(["measure", "authority", "modality"], sort=True):
        for _, claim in told[told["authority"] != told["source"]].iterrows():
            rows.append(_judge(claim, told, others, thresholds) | _names(claim))
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS)).sort_values("claim", ignore_index=True)


def _names(claim: pd.Series) -> dict[str, Any]:
    return {
        "claim": claim["id"],
        "measure": claim["measure"],
        "authority": claim["authority"],
        "source": claim["source"],
    }


def _row(verdict: str, reference: pd.DataFrame | None = None, **more: Any) -> dict[str, Any]:
    return {
        "verdict": verdict,
        "direction": "",
        "days": np.nan,
        "reference": () if reference is None else tuple(reference["id"]),
        "reference_reading": "" if reference is None else str(reference["reading"].iloc[0]),
        "newer": "",
    } | more


def _judge(
    claim: pd.Series, told: pd.DataFrame, others: dict[Any, pd.DataFrame], limits: Thresholds
) -> dict[str, Any]:
    same_scope = told[told["scope"] == claim["scope"]]
    pool = same_scope[same_scope["source"] != claim["source"]]
    if pool.empty:
        return _row("cannot be checked")
    if late := _stale(claim, pool):
        return late
    now = same_scope[same_scope["slot"] == claim["slot"]]
    if (now["source"] == claim["source"]).all():
        return _row("cannot be checked")
    by_then = _said_by_then(claim, now)
    reference, certain = _origins_words(claim, by_then[by_then["stated"] == claim["stated"]])
    if not certain:  # the number itself is in question: what the origin gave of late
        reference, certain = _origins_words(claim, _recent(claim, by_then, limits))
    if reference.empty:
        return _row("cannot be checked")
    verdict = _compare(claim, reference.iloc[0], limits)
    if verdict["verdict"] == "faithful":
        return _row("faithful", reference)
    page = now[(now["source"] == claim["source"]) & (now["url"] == claim["url"])]
    tells_both = page["reading"].isin(reference["reading"]).any()
    updated = (
        claim["kind"] == "fixed" and not (reference["said_last"] >= claim["said_first"]).any()
    )  # all who give the other figure spoke before: it may have been replaced
    if not certain or (verdict["verdict"] == "misquoted" and (tells_both or updated)):
        return _row("relays differ", reference)
    if verdict["verdict"] == "misquoted":
        verdict["verdict"] = _whose(claim, others)
    return _row(verdict.pop("verdict"), reference, **verdict)


def _said_by_then(claim: pd.Series, now: pd.DataFrame) -> pd.DataFrame:
    """Claims said before the claim or with it, as far as is known."""
    if pd.isna(claim["said_last"]):
        return now
    known: pd.DataFrame = now[~(now["said_first"] > claim["said_last"])]
    return known


def _recent(claim: pd.Series, by_then: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """Of a fixed figure, which can be revised, the claims of the last weeks; else all."""
    if claim["kind"] != "fixed" or pd.isna(claim["said_first"]):
        return by_then
    since = claim["said_first"] - pd.Timedelta(days=limits.current_days)
    recent: pd.DataFrame = by_then[(by_then["said_last"] >= since) | (by_then["id"] == claim["id"])]
    return recent


def _origins_words(claim: pd.Series, now: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Claims that give the origin's figure, and whether it is certain that they do.

    Certain is what the origin published itself, or what enough publishers give and few do not.
    """
    own = now[now["source"] == now["authority"]]
    if not own.empty:
        return own, True
    others = now[now["source"] != claim["source"]]
    if others.empty:
        return others, False
    givers = now.groupby("reading")["source"].nunique()
    most = givers[givers == givers.max()]
    reading = claim["reading"] if claim["reading"] in most.index else min(most.index)
    reference = others[others["reading"] == reading]
    if reference.empty:
        return others, False
    share = givers.max() / now["source"].nunique()
    return reference, bool(len(most) == 1 and givers.max() >= ENOUGH and share >= MAJORITY)


def _compare(claim: pd.Series, reference: pd.Series, limits: Thresholds) -> dict[str, Any]:
    ours, theirs = SENSES.get(claim["qualifier"], ""), SENSES.get(reference["qualifier"], "")
    if claim["reading"] == reference["reading"]:
        return {"verdict": "faithful"}
    if claim["stated"] == reference["stated"]:
        if ours == theirs:
            return {"verdict": "faithful"}
        if ours == "exact":
            return {"verdict": "qualifier lost"}
        return {"verdict": "qualifier added" if theirs == "exact" else "qualifier turned"}
    if direction := _rounding(claim, reference, limits.rounding_cap):
        return {"verdict": "rounded", "direction": direction}
    overlap = (
        claim["apart_low"] <= reference["apart_high"]
        and claim["apart_high"] >= reference["apart_low"]
    )
    return {"verdict": "faithful" if overlap else "misquoted"}


def _rounding(claim: pd.Series, reference: pd.Series, cap: float) -> str:
    """Direction in which the claim's coarser number rounds the reference; "" if it does not."""
    step, given, told = claim["granularity"], claim["stated"], reference["stated"]
    coarser = step > (reference["granularity"] or 0)
    if not coarser or np.isnan(given) or np.isnan(told):
        return ""
    if abs(given - told) >= min(step, cap * told):
        return ""
    return "up" if given > told else "down"


def _stale(claim: pd.Series, pool: pd.DataFrame) -> dict[str, Any] | None:
    """A moving figure that the origin gave for an earlier time, after it had given a newer one."""
    if claim["kind"] not in ("cumulative", "stock") or np.isnan(claim["stated"]):
        return None
    before = pool[(pool["at_last"] < claim["at_first"])]
    old = before[(before["stated"] == claim["stated"]) & (before["qualifier"] == "exact")]
    if old.empty or claim["qualifier"] != "exact":
        return None
    first = old.sort_values(["at_first", "id"]).iloc[[0]]
    newer = before[
        (before["at_first"] > first["at_last"].iloc[0])
        & ~(
            (before["apart_low"] <= claim["apart_high"])
            & (before["apart_high"] >= claim["apart_low"])
        )
    ]
    if newer.empty or (claim["kind"] == "stock" and newer["source"].nunique() < 2):
        return None  # a stock can come back to a value; one slip between is no newer figure
    last = newer.sort_values(["at_first", "id"]).iloc[-1]
    days = (claim["at_first"] - last["at_first"]).days
    return _row("stale", first, days=float(days), newer=str(last["id"]))


def _by_number(claims: pd.DataFrame) -> dict[Any, pd.DataFrame]:
    exact = claims[(claims["qualifier"] == "exact") & (claims["stated"] >= TELLING)]
    return dict(iter(exact.groupby("stated")))


def _whose(claim: pd.Series, others: dict[Any, pd.DataFrame]) -> str:
    """Whose figure it is, if not the origin's."""
    same = others.get(claim["stated"])
    if same is None:
        return "misquoted"
    same = same[same["source"] != claim["source"]]
    near = (same["at_first"] - claim["at_first"]).abs() <= pd.Timedelta(days=SAME_TABLE_DAYS)
    if ((same["slot"] == claim["slot"]) & (same["authority"] != claim["authority"])).any():
        return "another origin's figure"
    wrong = (same["measure"] != claim["measure"]) & (same["authority"] == claim["authority"])
    return "another measure's figure" if (wrong & near).any() else "misquoted"


def unchecked(relays: pd.DataFrame) -> Iterator[str]:
    """Yield how many relays can't be checked, and why, in a sentence each; nothing if all can."""
    for verdict in UNCHECKED:
        count = int((relays["verdict"] == verdict).sum())
        if count:
            yield f"{count:,} of {len(relays):,} relayed claims: {VERDICTS[verdict]}."
