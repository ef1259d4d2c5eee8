"""Figures of a dossier's series that are probably mistyped, with what was probably meant."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from analyzer.series.detect import COLUMNS as DETECTED
from analyzer.series.detect import day_numbers, row_of, typed
from analyzer.series.fits import Floats, Whole
from analyzer.series.guesses import Track
from analyzer.series.panel import latest
from analyzer.series.verdicts import LIKELY, SOUND, Verdict, judge_flow, judge_total

COLUMNS = ["series", "at", "claim", *DETECTED[1:]]
WEIGHED = ("cumulative", "flow", "stock")  # a share of another measure is typed as no count

ROUND = 1000  # a total that is a multiple of it was most likely rounded and bears nothing out


def find_slips(
    panel: pd.DataFrame,
    links: pd.DataFrame,
    least: float = LIKELY,
    only: Collection[str] | None = None,
) -> pd.DataFrame:
    """Weigh every figure of every series against its neighbours, its daily figures and columns.

    Parameters
    ----------
    panel : DataFrame
        `panel.COLUMNS`. Of each day the version published last is weighed, so a panel of what
        was known by a day gives the errors that could be seen that day.
    links : DataFrame
        `links.COLUMNS`.
    least : float
        Least likelihood of an error to be told.
    only : collection of str, optional
        Weigh these series alone; the others are still looked at as totals and columns.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, one row a figure that is probably mistyped, by series and day: the
        columns of `detect.detect`, with the series and the claim.
    """
    held = latest(panel)
    held = held[held["kind"].isin(WEIGHED)]
    held = held.sort_values(["series", "at", "published", "first", "claim"])
    held = held.drop_duplicates(["series", "at"], keep="last")
    wide = held.pivot_table(index="at", columns="series", values="value")
    parts = {str(name): part for name, part in held.groupby("series", sort=True)}
    others = {
        str(name): sorted(part["other"])
        for name, part in links[links["relation"] == "beside"].groupby("series", sort=True)
    }
    totals = links[links["relation"] == "total"].sort_values(["series", "other"])
    rows: list[dict[str, object]] = []
    sound: dict[str, Floats] = {}
    running = {name for name, part in parts.items() if part["kind"].iloc[0] == "cumulative"}
    asked = set(parts) if only is None else set(only) & set(parts)
    needed = asked | set(totals.loc[totals["series"].isin(asked), "other"])
    for name in [*sorted(running & needed), *sorted(asked - running)]:
        part = parts[name]
        days = day_numbers(pd.Index(part["at"]))
        values = part["value"].to_numpy("float64")
        beside = [other for other in others.get(name, []) if other in wide]
        near = wide.reindex(part["at"])[beside].to_numpy("float64")
        if name in running:
            flows = [
                flow for flow in totals.loc[totals["other"] == name, "series"] if flow in parts
            ]
            daily = _daily(days, parts[flows[0]]) if flows else np.full(len(days), np.nan)
            weighed, verdicts = judge_total(Track(days, values, daily, near), least)
            sound[name] = weighed.good
        else:
            spans = days - day_numbers(pd.Index(part["first"])) + 1
            adds = [one for one in totals.loc[totals["series"] == name, "other"] if one in sound]
            steps = np.full(len(days), np.nan)
            if adds:
                steps = _steps(days, spans, parts[adds[0]], sound[adds[0]])
            _, verdicts = judge_flow(
                Track(days, values, steps, near), spans.astype("float64"), least
            )
        rows += [_row(name, part, verdict) for verdict in verdicts if name in asked]
    found = typed(pd.DataFrame(rows, columns=pd.Index(COLUMNS)))
    return found.sort_values(["series", "at"], ignore_index=True)


def _row(series: str, part: pd.DataFrame, verdict: Verdict) -> dict[str, object]:
    claim = part.iloc[verdict.at]
    row = row_of(verdict, claim["at"], float(claim["value"]))
    return {"series": series, "claim": claim["claim"]} | row


def _daily(days: Whole, flow: pd.DataFrame) -> Floats:
    """For each figure of a running total, the flow since the one before, if it covers just that."""
    last = day_numbers(pd.Index(flow["at"]))
    spans = last - day_numbers(pd.Index(flow["first"])) + 1
    place = np.clip(np.searchsorted(last, days), 0, len(last) - 1)
    gaps = np.r_[0, np.diff(days)]
    covers = (last[place] == days) & (spans[place] == gaps)
    return np.where(covers, flow["value"].to_numpy("float64")[place], np.nan)


def _steps(days: Whole, spans: Whole, total: pd.DataFrame, good: Floats) -> Floats:
    """The rise of the total over each period of a flow, if both its ends are sound, none round."""
    known = day_numbers(pd.Index(total["at"]))
    printed = total["value"].to_numpy("float64")
    values = np.where((good >= SOUND) & (printed % ROUND != 0), printed, np.nan)

    def on(day: Whole) -> Floats:
        place = np.clip(np.searchsorted(known, day), 0, len(known) - 1)
        return np.where(known[place] == day, values[place], np.nan)

    return on(days) - on(days - spans)
