"""Which claims can be compared: the same measure, scope, modality and time, after its kind."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.distinct import distinct, spread, together
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
    claims = _times(claims, measures)
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
    claims["group"] = _groups(claims)
    claims["slot"] = _slots(claims, thresholds.running_days)
    return _near(add_readings(claims), thresholds)


def _groups(claims: pd.DataFrame) -> pd.Series:
    """Measure and modality; for running totals counted from different days, also that day."""
    codes, first = together([claims["measure"], claims["modality"]])
    heads = claims[["measure", "modality"]].iloc[first]
    texts = heads["measure"] + " " + heads["modality"]
    groups = pd.Series(texts.array.take(codes), claims.index)
    dated = np.flatnonzero((claims["kind"] == "cumulative") & (claims["period_start"] != ""))
    start, measure = (claims[one].iloc[dated] for one in ("period_start", "measure"))
    several = (start.groupby(measure).transform("nunique") > 1).to_numpy(dtype=bool)
    if several.any():
        places = dated[several]
        groups.iloc[places] = groups.iloc[places] + " since " + start[several]
    return groups


def _slots(claims: pd.DataFrame, running_days: int) -> pd.Series:
    """Text that claims of one time share.

    That is the group, and the time where it tells claims of the group apart: for a fixed measure
    there is one slot, and one for each later day of a running count.
    """
    single = (claims["at_first"] == claims["at_last"]) & (claims["status"] != "withdrawn")
    day = claims["at_first"].where(single)
    event = day.groupby(claims["group"]).transform("min")
    after = (claims["at_first"] - event).dt.days
    timed = (claims["kind"] != "fixed") | (
        (claims["modality"] == "actual") & after.between(1, running_days)
    )
    time = _timespans(claims).where(timed, "")
    slots: pd.Series = (claims["group"] + " " + time).str.strip()
    return slots


def _timespans(claims: pd.DataFrame) -> pd.Series:
    """The time that each claim speaks of as text, the period for a flow."""
    time = _written(claims["at_first"])
    spans = np.flatnonzero(claims["at_first"] != claims["at_last"])
    time.iloc[spans] = time.iloc[spans] + "/" + _written(claims["at_last"].iloc[spans])
    time = time.fillna("")
    flows = np.flatnonzero(claims["kind"] == "flow")
    time.iloc[flows] = claims["period_start"].iloc[flows] + "/" + time.iloc[flows]
    return time


def _written(days: pd.Series) -> pd.Series:
    """Days in ISO form, each written once; missing where there is none."""
    codes, found = pd.factorize(days)
    texts = pd.Series(pd.DatetimeIndex(found).strftime("%Y-%m-%d"), dtype="str").array
    return pd.Series(texts.take(codes, allow_fill=True), days.index)


def _times(claims: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    codes, names = distinct(claims["measure"])
    known = measures.set_index("measure")["closed_last"].reindex(names)
    closed = known.take(codes).set_axis(claims.index)
    ended = closed.notna() & (claims["as_of_first"] >= closed)
    return claims.assign(
        at_first=claims["as_of_first"].mask(ended, closed),
        at_last=claims["as_of_last"].mask(ended, closed),
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
    half = claims["granularity"].fillna(0.0) / 2
    counted = claims["unit"].isin([*COUNTED, "ratio"])
    half = half.mask(counted & (claims["granularity"] <= 1), 0.0)
    half = half.clip(upper=(claims["stated"].abs() * thresholds.rounding_cap).fillna(0.0))
    half = half.where(claims["qualifier"].isin(("exact", "share")), 0.0)
    claims = claims.assign(
        near_low=claims["implied_low"] - half, near_high=claims["implied_high"] + half
    )
    claims["apart_low"] = np.minimum(claims["low"], claims["near_low"])
    claims["apart_high"] = np.maximum(claims["high"], claims["near_high"])
    claims["face_low"] = claims["stated"].fillna(claims["near_low"])
    claims["face_high"] = claims["stated"].fillna(claims["near_high"])
    return claims
