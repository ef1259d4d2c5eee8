"""Figures that are most likely mistyped, and days for which one version gives two values."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import numpy as np
import pandas as pd

from analyzer.gaps import gap
from analyzer.series.causes.falls import roundness, rounds_to, source_switch
from analyzer.series.causes.lines import REACH, Book, Line, show_day
from analyzer.series.causes.slipped import SWAPPED, slip_causes
from analyzer.series.causes.weighing import CALLED, TYPING, Cause, Evidence, Verdict, merged, weigh
from analyzer.series.eventrows import Row, event_row
from analyzer.series.panel import VERSION, shared


def find_typing_errors(book: Book, seen: list[Row]) -> Iterator[Row]:
    """One row a figure that is most likely mistyped, with all that it explains.

    A figure that an event blames takes that event's verdict. A slip that no event shows is
    weighed by itself; one that an event explains otherwise is left.
    """
    blaming: dict[str, list[Row]] = {}
    figures: set[str] = set()
    for row in seen:
        blaming.setdefault(row["blamed"], []).append(row)
        figures.update(row["figures"])
    swapped = {
        one
        for row in seen
        if row["cause"] == SWAPPED and row["likelihood"] >= CALLED
        for one in row["figures"]
    }
    unseen = {
        claim
        for claim, slip in book.slips.items()
        if claim not in figures or (slip.cause == SWAPPED and claim in swapped)
    }
    runs = book.wrong_years.keys() | book.wrong_columns.keys()  # inner days show no event
    told = blaming.keys() | runs | unseen
    for line in book.lines.values() if told else ():
        claims = line.claim.tolist()
        if told.isdisjoint(claims):
            continue
        for place, claim in enumerate(claims):
            if claim not in told:
                continue
            rows = blaming.get(claim, [])
            if rows:
                yield from _blamed(book, line, place, rows)
            elif claim in runs or not _told_by_next(book, line, place):
                verdict = weigh([*slip_causes(book, line, (place,)), *_innocent(book, line, place)])
                yield from _typed(book, line, place, _no_more_than_slip(book, claim, verdict))


def _told_by_next(book: Book, line: Line, place: int) -> bool:
    """Of two equal figures one is dated too early or the other copied: the likelier is told."""
    slip = book.slips[line.claim[place]]
    side = {"misdated": place + 1, "copied forward": place - 1}.get(slip.cause, -1)
    if not 0 <= side < len(line) or line.value[side] != line.value[place]:
        return False
    other = book.slips.get(line.claim[side])
    rival = {"misdated": "copied forward", "copied forward": "misdated"}[slip.cause]
    return other is not None and other.cause == rival and other.likelihood > slip.likelihood


def _no_more_than_slip(book: Book, claim: str, verdict: Verdict) -> Verdict:
    """A slip that no event shows is as likely as `slips.find_slips` says, at most."""
    slip = book.slips.get(claim)
    if slip and verdict.cause.cause == slip.cause:
        return replace(verdict, likelihood=min(verdict.likelihood, verdict.cause.fit))
    return verdict


def _innocent(book: Book, line: Line, place: int) -> Iterator[Cause | None]:
    """What else makes one figure odd: a round figure, another origin for a day, a standstill."""
    slip = book.slips.get(line.claim[place])
    if slip and rounds_to(line.value[place], slip.suggestion):
        yield Cause("rounding", roundness(line, place))
    if line.kind != "cumulative" or place == 0:
        return
    if place < len(line) - 1 and line.authority[place - 1] == line.authority[place + 1]:
        yield source_switch(line, place)
    if line.value[place] == line.value[place - 1]:
        last = place == len(line) - 1  # whether the series goes on past it is not known
        yield Cause("gap absorbed", 1.0 if last else _standing(line, place))


def _standing(line: Line, place: int) -> float:
    """Share of the steps around one over which the total stands still, as where it isn't new."""
    around = np.arange(max(1, place - REACH), min(len(line), place + REACH + 1))
    around = around[around != place]
    still = line.value[around] == line.value[around - 1]
    return float(still.mean()) if len(still) else 0.0


def _blamed(book: Book, line: Line, place: int, rows: list[Row]) -> Iterator[Row]:
    best = max(rows, key=lambda row: (row["likelihood"], row["event"]))
    verdict: Verdict = best["verdict"]
    explained = [
        (row["kind"], f"explains that of {show_day(row['at_last'])} in {row['series']}")
        for row in rows
    ]
    figures = tuple(chain.from_iterable(row["claims"] for row in rows))
    evidence = tuple(chain.from_iterable(row["evidence"] for row in rows))
    yield from _typed(book, line, place, verdict, figures, (*evidence, *explained))


def _typed(
    book: Book,
    line: Line,
    place: int,
    verdict: Verdict,
    figures: tuple[str, ...] = (),
    evidence: tuple[Evidence, ...] = (),
) -> Iterator[Row]:
    if verdict.cause.cause not in TYPING or verdict.likelihood < CALLED:
        return
    slip = book.slips.get(line.claim[place])
    value, right = line.value[place], verdict.cause.suggestion
    row = event_row(
        "typing error",
        line,
        verdict,
        at_first=line.at[place],
        at_last=line.at[place],
        value=value,
        before=line.value[place - 1] if place else math.nan,
        after=line.value[place + 1] if place + 1 < len(line) else math.nan,
        expected_low=slip.low if slip else right,
        expected_high=slip.high if slip else right,
        gap=0.0 if math.isnan(right) else float(gap(value, right)),
        figures=(line.claim[place], *line.claim[max(0, place - 1) : place + 2], *figures),
    )
    row["evidence"] = merged([*row["evidence"], *evidence])
    row["blamed"] = line.claim[place]
    row["error"] = True
    yield row


def find_duplicates(panel: pd.DataFrame) -> Iterator[Row]:
    """Days for which one version gives two values of one origin."""
    panel = panel[shared(panel, VERSION)]
    if panel.empty:
        return
    origin = [*VERSION, "authority"]
    values = panel.groupby(origin, dropna=False)["value"].transform("nunique")
    for _, rows in panel[values > 1].groupby(origin, dropna=False, sort=True):
        low, high = float(rows["value"].min()), float(rows["value"].max())
        found = []
        if rounds_to(low, high) or rounds_to(high, low):
            text = "one of the values is round, and the other rounds to it"
            found.append(Cause("rounding", 0.9, (("round", text),)))
        head = rows.iloc[0]
        day = head["at"].to_datetime64().astype("datetime64[D]")
        yield event_row(
            "duplicate",
            head,
            weigh(found),
            at_first=day,
            at_last=day,
            value=high,
            expected_low=low,
            expected_high=high,
            gap=float(gap(low, high)),
            figures=tuple(rows["claim"].sort_values()),
        )
