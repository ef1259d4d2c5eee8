"""Figures of a dossier's series that are probably mistyped, with what was probably meant."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from analyzer.series.detect import COLUMNS as DETECTED
from analyzer.series.detect import row_of, typed
from analyzer.series.stacking import Sheet, first_of, in_batches, numbered, stack_series
from analyzer.series.tracks import Floats, Stack, Track, Whole
from analyzer.series.verdicts import LIKELY, SOUND, judge_flow, judge_total

COLUMNS = ["series", "at", "claim", *DETECTED[1:]]

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
    sheet = stack_series(panel)
    asked = np.ones(len(sheet.names), dtype=bool)
    if only is not None:
        asked = np.asarray(sheet.names.isin(list(only)))
    flow, total = numbered(sheet, links, "total")
    beside = numbered(sheet, links, "beside")
    needed = asked.copy()
    needed[total[asked[flow]]] = True
    adding = sheet.running[total]
    daily = first_of(total, flow, len(asked))
    added = first_of(flow[adding], total[adding], len(asked))
    borne = np.full(sheet.stack.size, np.nan)  # totals that bear their daily figures out
    rows: list[dict[str, object]] = []
    for batch in in_batches(sheet, np.flatnonzero(sheet.running & needed)):
        places, stack = sheet.rows(batch)
        given = _daily(sheet, places, daily[batch][stack.code], stack)
        good, verdicts = judge_total(_track(sheet, batch, given, beside), least)
        printed = sheet.values[places]
        borne[places] = np.where((good >= SOUND) & (printed % ROUND != 0), printed, np.nan)
        rows += [_row(sheet, int(places[one.at])) | row_of(one) for one in verdicts]
    for batch in in_batches(sheet, np.flatnonzero(asked & ~sheet.running)):
        places, stack = sheet.rows(batch)
        steps = _steps(sheet, places, added[batch][stack.code], borne)
        spans = sheet.spans[places].astype("float64")
        _, verdicts = judge_flow(_track(sheet, batch, steps, beside), spans, least)
        rows += [_row(sheet, int(places[one.at])) | row_of(one) for one in verdicts]
    found = typed(pd.DataFrame(rows, columns=pd.Index(COLUMNS)))
    if only is not None:
        found = found[found["series"].isin(list(only))]
    return found.sort_values(["series", "at"], ignore_index=True)


def _row(sheet: Sheet, row: int) -> dict[str, object]:
    return {
        "series": sheet.names[sheet.stack.code[row]],
        "at": sheet.at[row],
        "claim": sheet.claim[row],
        "value": sheet.values[row],
    }


def _track(sheet: Sheet, batch: Whole, daily: Floats, beside: tuple[Whole, Whole]) -> Track:
    """Some of the series, with the figures of the columns beside them."""
    rows, stack = sheet.rows(batch)
    one, other = beside
    first, end = np.searchsorted(one, batch), np.searchsorted(one, batch, side="right")
    columns = end - first
    days, near = sheet.days[rows], np.full((len(rows), int(columns.max(initial=0))), np.nan)
    for place in range(near.shape[1]):
        there = columns > place
        series = np.full(len(batch), -1)
        series[there] = other[first[there] + place]
        near[:, place] = _values_at(sheet.values, sheet.find(series[stack.code], days))
    return Track(days, sheet.values[rows], daily, near, stack, columns)


def _values_at(values: Floats, rows: Whole) -> Floats:
    return np.where(rows >= 0, values[rows], np.nan)


def _daily(sheet: Sheet, rows: Whole, flow: Whole, stack: Stack) -> Floats:
    """For each figure of a running total, the flow since the one before, if it covers just that."""
    days = sheet.days[rows]
    found = sheet.find(flow, days)
    gaps = days - stack.previous(days.astype(np.float64))
    covers = (found >= 0) & (sheet.spans[found] == gaps)
    return np.where(covers, sheet.values[found], np.nan)


def _steps(sheet: Sheet, rows: Whole, total: Whole, borne: Floats) -> Floats:
    """The rise of the total over each period of a flow, if both its ends are sound, none round."""
    days, spans = sheet.days[rows], sheet.spans[rows]
    ends = (_values_at(borne, sheet.find(total, day)) for day in (days, days - spans))
    return np.asarray(np.subtract(*ends))
