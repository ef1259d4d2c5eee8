"""Which claims can be compared: the same measure, scope, modality and time, after its kind."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.arrays import combined, distinct_beside
from analyzer.distinct import Codes, distinct, numbered, spread
from analyzer.normalize import COUNTED
from analyzer.readings import add_readings
from analyzer.settings import Thresholds

MODALITIES = ("actual", "planned")


def align(claims: pd.DataFrame, measures: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """Place each claim where it can be compared.

    Adds
    ----
    at_first, at_last : datetime64
        The time that the figure speaks of; a running total that has ended speaks of its end.
    modality : str
        "planned" or "actual"; a plan is never compared with an outcome.
    scope : str
        For shares without a scope, the measure that they are a share of.
    comparable : bool
        False where unit or time are not known, and for a figure that was withdrawn.
    group : str
        Claims that speak of one total: measure, modality.
    slot : str
        Claims of one time within the group: one for fixed measures (and one for each day of the
        running counts that follow an event), the period for flows, the time for all others.
    near_low, near_high : float
        What the figure can stand for when round numbers are read as rounded.
    apart_low, apart_high : float
        Hull of the literal and the near bounds: two claims contradict each other only when these
        are disjoint.
    face_low, face_high : float
        The number in the words, or the near bounds without one: gaps are measured between these.
    reading : str
        The figure in a fixed form.
    """
    claims = _take_of_base(claims)
    measure = distinct(claims["measure"])
    claims = _times(claims, measure, measures)
    planned = (claims["status"] == "planned").to_numpy(dtype=bool).astype(np.int64)
    claims = claims.assign(
        modality=spread(MODALITIES, planned, claims.index),
        scope=claims["scope"].mask(
            (claims["kind"] == "share") & (claims["scope"] == ""), claims["of"]
        ),
    )
    timeless = claims["kind"] == "fixed"
    stands = ~claims["is_share"] & (claims["status"] != "withdrawn")
    claims["comparable"] = stands & (timeless | claims["at_first"].notna())
    groups, names = _groups(claims, measure, planned)
    claims["group"] = spread(names, groups, claims.index)
    claims["slot"] = _slots(claims, groups, thresholds.running_days)
    return _near(add_readings(claims), thresholds)


def _groups(
    claims: pd.DataFrame, measure: tuple[Codes, list[str]], planned: Codes
) -> tuple[Codes, list[str]]:
    """Measure and modality; for running totals counted from different days, also that day."""
    own, names = measure
    dated = np.flatnonzero((claims["kind"] == "cumulative") & (claims["period_start"] != ""))
    start, days = distinct(claims["period_start"].iloc[dated])
    several = distinct_beside(own[dated], start)[own[dated]] > 1
    since = np.zeros(len(claims), dtype=np.int64)
    since[dated[several]] = start[several] + 1
    keys: list[tuple[Codes, int]] = [(own, len(names)), (planned, 2), (since, len(days) + 1)]
    codes, first = numbered(combined(keys))
    starts = ["", *(f" since {day}" for day in days)]
    heads = zip(own[first], planned[first], since[first], strict=True)
    return codes, [f"{names[one]} {MODALITIES[plan]}{starts[day]}" for one, plan, day in heads]


def _slots(claims: pd.DataFrame, groups: Codes, running_days: int) -> pd.Series:
    """Text that claims of one time share.

    That is the group, and the time where it tells claims of the group apart: for a fixed measure
    there is one slot, and one for each later day of a running count.
    """
    single = (claims["at_first"] == claims["at_last"]) & (claims["status"] != "withdrawn")
    event = claims["at_first"].where(single).groupby(groups).transform("min")
    after = (claims["at_first"] - event).dt.days
    timed = (claims["kind"] != "fixed") | (
        (claims["modality"] == "actual") & after.between(1, running_days)
    )
    slots: pd.Series = claims["group"] + _timespans(claims, timed)
    return slots


def _timespans(claims: pd.DataFrame, timed: pd.Series) -> pd.Series:
    """The time that each claim speaks of as text behind a blank, the period for a flow.

    Nothing where it is not known, or is not among those that are `timed`.
    """
    first, last = (_days(claims[end].where(timed)) for end in ("at_first", "at_last"))
    codes, starts = distinct(claims["period_start"])
    flow = (claims["kind"] == "flow").to_numpy(dtype=bool)
    start = np.where(flow, codes, -1)
    keys = [(own + 1, len(texts) + 1) for own, texts in (first, last, (start, starts))]
    codes, heads = numbered(combined(keys))
    told = []
    rows = (own[heads].tolist() for own in (first[0], last[0], start))
    for one, other, since in zip(*rows, strict=True):
        time = first[1][one] if one >= 0 else ""
        time += f"/{last[1][other]}" if other >= 0 and last[1][other] != time else ""
        time = f"{starts[since]}/{time}" if since >= 0 else time
        told.append(f" {time}" if time else "")
    return spread(told, codes, claims.index)


def _days(days: pd.Series) -> tuple[Codes, list[str]]:
    """Codes of days, -1 where there is none, and the days in ISO form."""
    codes, found = pd.factorize(days)
    return codes, pd.DatetimeIndex(found).strftime("%Y-%m-%d").tolist()


def _times(
    claims: pd.DataFrame, measure: tuple[Codes, list[str]], measures: pd.DataFrame
) -> pd.DataFrame:
    codes, names = measure
    closed = measures.set_index("measure")["closed_last"].reindex(names).to_numpy()[codes]
    first, last = (claims[end].to_numpy() for end in ("as_of_first", "as_of_last"))
    ended = first >= closed
    return claims.assign(
        at_first=np.where(ended, closed, first), at_last=np.where(ended, closed, last)
    )


def _take_of_base(claims: pd.DataFrame) -> pd.DataFrame:
    """Turn "about a third" of another measure into a count where that measure is known.

    The base is what the same source says of it for the same time, else what all say of that
    time; without a base the share stays a share, and is not comparable.
    """
    share = claims["is_share"] & (claims["of"] != "") & claims["unit"].isin(COUNTED)
    share &= claims["as_of"] != ""
    if not share.any():
        return claims
    plain = ~claims["is_share"] & (claims["scope"] == "")
    plain &= ~claims["status"].isin(("planned", "withdrawn"))
    counts = claims[plain & np.isfinite(claims["high"])]
    claims = claims.copy()
    for on in (["of", "as_of", "source"], ["of", "as_of"]):
        keys = ["measure", *on[1:]]
        ends = {"low": "min", "high": "max", "implied_low": "min", "implied_high": "max"}
        bases = counts.groupby(keys)[list(ends)].agg(ends).rename_axis(on).add_prefix("base_")
        found = claims.loc[share].join(bases, on=on)[list(bases)].dropna()
        rows = found.index
        for end in ends:
            product = claims.loc[rows, end] * found[f"base_{end}"]
            claims.loc[rows, end] = product.fillna(0.0).round()
        claims.loc[rows, "stated"] = np.nan
        claims.loc[rows, "granularity"] = 1.0
        claims.loc[rows, "is_share"] = False
        share.loc[rows] = False
    return claims


def _near(claims: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """Bounds under the reading that round numbers are rounded.

    A bare number stands for what rounds to it at its last non-zero digit, within the cap; counts
    that end in no zero stand for themselves.
    """
    stated, granularity = (claims[one].to_numpy() for one in ("stated", "granularity"))
    counted = claims["unit"].isin([*COUNTED, "ratio"]).to_numpy(dtype=bool)
    bare = claims["qualifier"].isin(("exact", "share")).to_numpy(dtype=bool)
    half = np.fmin(granularity / 2, np.abs(stated) * thresholds.rounding_cap)
    half[~bare | (counted & (granularity <= 1)) | np.isnan(granularity) | np.isnan(stated)] = 0.0
    near = claims["implied_low"] - half, claims["implied_high"] + half
    return claims.assign(
        near_low=near[0],
        near_high=near[1],
        apart_low=np.minimum(claims["low"], near[0]),
        apart_high=np.maximum(claims["high"], near[1]),
        face_low=claims["stated"].fillna(near[0]),
        face_high=claims["stated"].fillna(near[1]),
    )
