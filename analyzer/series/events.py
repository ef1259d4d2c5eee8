"""Events of series: falls, surges, mismatches, parts above totals, duplicates, typing errors."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain

import numpy as np
import pandas as pd

from analyzer.gaps import gap
from analyzer.readings import number
from analyzer.rows import labels_of
from analyzer.series.balance import (
    Excess,
    Mismatch,
    Shortfall,
    find_excesses,
    find_mismatches,
    find_shortfalls,
)
from analyzer.series.causes.falls import fall_causes
from analyzer.series.causes.lines import (
    Book,
    Line,
    build_lines,
    build_links,
    build_slips,
    usual_range,
)
from analyzer.series.causes.mismatches import mismatch_causes
from analyzer.series.causes.slipped import slip_causes, wrong_columns
from analyzer.series.causes.surges import find_surges, surge_causes
from analyzer.series.causes.weighing import SWITCHES, Cause, Verdict, merged, weigh
from analyzer.series.causes.which import cancelling
from analyzer.series.causes.years import wrong_years
from analyzer.series.eventrows import Row, as_events, event_row, no_events
from analyzer.series.misprints import find_duplicates, find_typing_errors


def find_events(
    panel: pd.DataFrame,
    links: pd.DataFrame,
    slips: pd.DataFrame,
    measures: pd.DataFrame,
    groups: pd.Series,
) -> pd.DataFrame:
    """Everything in the series that needs an explanation, with the likeliest one.

    Parameters
    ----------
    panel : DataFrame
        `panel.COLUMNS`. Of each day the version published last is looked at.
    links : DataFrame
        series, relation ("total", "part", "beside" or "rival") and other.
    slips : DataFrame
        series, at, claim, value, low, high, cause, likelihood, suggestion, suggestions, rivals
        and evidence: one row a figure that is probably mistyped.
    measures : DataFrame
        The dossier's measures; their labels are used.
    groups : Series
        Group by measure, as of `groups.connected_groups`; columns of other groups are not looked
        at.

    Returns
    -------
    DataFrame
        `schemas.Events`, one row an event, by series, day and kind. `at_first` and `at_last` are
        the days of the figure before and of the figure itself for a step, and the day of the
        figure for all else. `value` is the figure in question; `before` and `after` are its
        neighbours, or for a mismatch the totals between which the step is taken. `gap` is
        |a-b| / (|a|+|b|) of the figure and what stands against it, or what would restore it.
        `blamed` is the claim that the cause says is wrong, "" if none. Only a typing error that
        is likelier than all other causes together is called an `error`, once, at the figure
        itself; the falls and mismatches that it explains name it as `blamed`.
    """
    if panel.empty:
        return no_events()
    lines = build_lines(panel)
    labels = labels_of(measures)
    grouped = dict(zip(groups.index.tolist(), groups.tolist(), strict=True))
    book = Book(
        lines,
        build_links(links),
        build_links(links, "other", "series"),
        build_slips(slips),
        labels,
        wrong_years(lines.values()),
        wrong_columns(lines.values(), labels, grouped),
        grouped,
    )
    shortfalls = find_shortfalls(book)
    short = {(one.whole.series, one.at) for one in shortfalls}
    seen = [
        *_falls(book),
        *_surges(book),
        *(_mismatch(book, one) for one in find_mismatches(book)),
        *(
            _excess(book, one)
            for one in find_excesses(book)
            if (one.whole.series, one.whole_at) not in short
        ),
        *(_shortfall(one) for one in shortfalls),
    ]
    rows = [*seen, *find_typing_errors(book, seen), *find_duplicates(panel)]
    return as_events(rows, panel)


def _falls(book: Book) -> Iterator[Row]:
    for line in book.lines.values():
        if line.kind == "cumulative":
            for place in np.flatnonzero(line.high[1:] < line.low[:-1]) + 1:
                found = chain(
                    fall_causes(book, line, int(place)),
                    slip_causes(book, line, (int(place) - 1, int(place))),
                )
                yield _step_row("fall", line, int(place), weigh(found))


def _surges(book: Book) -> Iterator[Row]:
    for line, place in find_surges(book):
        found = chain(surge_causes(book, line, place), slip_causes(book, line, (place - 1, place)))
        yield _step_row("surge", line, place, weigh(found))


def _step_row(kind: str, line: Line, place: int, verdict: Verdict) -> Row:
    """A row on the step from the figure before to this one."""
    before, value = line.value[place - 1], line.value[place]
    skip = (place - 1, place, place + 1)
    low, high = usual_range(line, place, line.days(place - 1, place), skip)
    against = before if kind == "fall" or math.isnan(high) else before + high
    row = event_row(
        "switch" if verdict.cause.cause in SWITCHES else kind,
        line,
        verdict,
        at_first=line.at[place - 1],
        at_last=line.at[place],
        value=value,
        before=before,
        after=line.value[place + 1] if place + 1 < len(line) else math.nan,
        expected_low=before + low,
        expected_high=before + high,
        gap=float(gap(value, against)),
        figures=tuple(line.claim[place - 1 : place + 2]),
    )
    if not math.isnan(high):
        text = f"a rise by {number(round(low))} to {number(round(high))} is usual"
        if not round(high):
            text = "no rise is usual"
        row["evidence"] = (*row["evidence"], ("usual", text))
    return row


def _mismatch(book: Book, one: Mismatch) -> Row:
    verdict = weigh(mismatch_causes(book, one))
    flow, total = one.flow, one.total
    value, step = float(flow.value[one.at]), one.step
    wide = abs(value - step) / max(abs(value) + abs(step), 1e-9)
    row = event_row(
        "mismatch",
        flow,
        verdict,
        other=total.series,
        at_first=flow.at[one.at],
        at_last=flow.at[one.at],
        value=value,
        before=total.value[one.before],
        after=total.value[one.after],
        expected_low=step,
        expected_high=step,
        gap=wide,
        figures=(flow.claim[one.at], total.claim[one.before], total.claim[one.after]),
    )
    exact = cancelling(one)
    if not math.isnan(exact) and not verdict.cause.blamed:
        text = f"a total of {number(exact)} would satisfy both daily figures that meet it"
        row["evidence"] = merged([*row["evidence"], ("restored", text)])
        row["suggestions"] = row["suggestions"] or (exact,)
    return row


def _excess(book: Book, one: Excess) -> Row:
    part, whole = one.part, one.whole
    value, total = part.value[one.at], whole.value[one.whole_at]
    found = [
        *slip_causes(book, part, (one.at,)),
        *slip_causes(book, whole, (one.whole_at,)),
        _other_origin(part, whole, one),
    ]
    return event_row(
        "account",
        part,
        weigh(found),
        other=whole.series,
        at_first=part.at[one.at],
        at_last=part.at[one.at],
        value=value,
        expected_low=0.0,
        expected_high=total,
        gap=float(gap(value, total)),
        figures=(part.claim[one.at], whole.claim[one.whole_at]),
    )


def _other_origin(part: Line, whole: Line, one: Excess) -> Cause | None:
    """Source switch: part and total of the day cite different origins."""
    if part.authority[one.at] == whole.authority[one.whole_at]:
        return None
    return Cause("source switch", 0.8, (("origin", "the two figures cite different origins"),))


def _shortfall(one: Shortfall) -> Row:
    value, total = one.sum, float(one.whole.value[one.at])
    found = []
    if one.blank and value < total:
        text = f"{len(one.blank)} of the parts are blank on this day"
        found.append(Cause("incomplete parts", 1.0, (("blank", text),)))
    return event_row(
        "account",
        one.whole,
        weigh(found),
        other="parts",
        at_first=one.whole.at[one.at],
        at_last=one.whole.at[one.at],
        value=total,
        expected_low=value,
        expected_high=value,
        gap=float(gap(value, total)),
        figures=(one.whole.claim[one.at], *(line.claim[place] for line, place in one.parts)),
    )
