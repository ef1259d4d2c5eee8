"""Events of series as findings: one each where it matters, one for all of a kind elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, groupby
from typing import Any

import numpy as np
import pandas as pd

from analyzer.arrays import Integers, among, seconds
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.series_sentences import (
    all_in_one_sentence,
    one_sentence,
    percent,
    series_name,
)
from analyzer.phrases import when
from analyzer.rows import Rows, labels_of, rows_of
from analyzer.series.panel import KEYS

TOGETHER_BY = ["measure", "kind", "series", "cause"]
TOGETHER = (  # innocent, or one fault that many figures share: told once for a series
    "rounding",
    "gap absorbed",
    "late batch",
    "incomplete parts",
    "downward correction",
    "wrong column",
    "wrong year",
)
MANY = 3  # more events of one series, kind and cause than this are told together as well
SHOWN = 40  # ids of claims of a finding that tells many events; all stand in the events


def find_series_events(
    events: pd.DataFrame, claims: pd.DataFrame, measures: pd.DataFrame
) -> list[Draft]:
    """Drafts of the events of series.

    A fall or mismatch that a typing error explains is told with that error, and duplicates are
    told by `discrepancies.duplicates`. Events of a series
    whose cause is innocent, or one fault that many figures share, are told in one finding with
    their number and the largest of them; so are many of a kind.

    Parameters
    ----------
    events : DataFrame
        `schemas.Events`.
    claims : DataFrame
        `schemas.Aligned`.
    measures : DataFrame
        The dossier's measures; their labels are used.
    """
    told = _told(events)
    if not len(told):
        return []
    rows = rows_of(claims, chain.from_iterable(events["claims"].iloc[told]))
    labels, groups = labels_of(measures), _grouped(events, told)
    several = [group[0] for group in groups if _many(group)]
    days = _days(several, claims) if several else {}
    drafts = []
    for group in groups:
        head = group[0]
        name = series_name(head, labels[head["measure"]])
        if _many(group):
            drafts.append(_together(group, rows, name, days[head["series"]]))
        else:
            drafts += [_single(event, rows, name) for event in group]
    return drafts


def _told(events: pd.DataFrame) -> Integers:
    """Places of the events that are told for themselves."""
    error, blamed = events["error"].to_numpy(dtype=bool), events["blamed"]
    explained = ~error & among(blamed, blamed[error])
    return np.flatnonzero(~explained & (events["kind"] != "duplicate").to_numpy(dtype=bool))


def _grouped(events: pd.DataFrame, told: Integers) -> list[list[Any]]:
    """Rows of the events of each series, kind and cause, the largest gap first."""

    def key(event: Any) -> tuple[str, ...]:
        return tuple(event[column] for column in TOGETHER_BY)

    every = Rows(events, told).rows(range(len(told)))
    every.sort(key=lambda event: (*key(event), -event["gap"], event["at_last"]))
    return [list(group) for _, group in groupby(every, key)]


def _many(group: list[Any]) -> bool:
    """Whether events of one series, kind and cause are told together."""
    return len(group) > 1 and (group[0]["cause"] in TOGETHER or len(group) > MANY)


def _days(events: list[Any], claims: pd.DataFrame) -> dict[str, int]:
    """How many days each series of these events has figures for."""
    named = {event["series"]: tuple(event[key] for key in KEYS) for event in events}
    measures = pd.Series([keys[0] for keys in named.values()], dtype="str")
    of_them = among(claims["measure"], measures) & claims["at_last"].notna().to_numpy()
    theirs = claims[[*KEYS, "at_last"]].iloc[np.flatnonzero(of_them)]
    keys = (theirs[key].tolist() for key in KEYS)
    days = set(zip(seconds(theirs["at_last"]).tolist(), *keys, strict=True))
    counted = Counter(day[1:] for day in days)
    return {series: counted[keys] for series, keys in named.items()}


def _single(event: Any, claims: Rows, name: str) -> Draft:
    return Draft(
        kind=str(event["kind"]),
        cause=str(event["cause"]),
        relation=_relation(event),
        measure=str(event["measure"]),
        key=f"{_place(event)}.{event['at_last']:%Y-%m-%d}",
        when=when(event["at_first"], event["at_last"]),
        gap=float(event["gap"]),
        claims=tuple(event["claims"]),
        sentence=one_sentence(event, claims, name),
        evidence=(*_likelihoods(event), *event["evidence"]),
        positions=_positions(event),
    )


def _together(events: list[Any], claims: Rows, name: str, days: int) -> Draft:
    """One finding for events of one series, kind and cause, the largest first."""
    head = events[0]
    proof = tuple(dict.fromkeys(one for event in events for one in event["claims"]))
    return Draft(
        kind=str(head["kind"]),
        cause=str(head["cause"]),
        relation=_relation(head),
        measure=str(head["measure"]),
        key=f"{_place(head)}.{head['cause']}".replace(" ", "-"),
        when=when(
            min(event["at_first"] for event in events), max(event["at_last"] for event in events)
        ),
        gap=float(head["gap"]),
        claims=proof[:SHOWN],
        sentence=all_in_one_sentence(events, claims, name, days),
        evidence=tuple(_each(events)),
        positions=_positions(head),
    )


def _place(event: Any) -> str:
    return f"{event['source']}.{event['scope']}".rstrip(".")


def _relation(event: Any) -> str:
    return "strains" if event["cause"] == "rounding" else "contradicts"


def _positions(event: Any) -> tuple[tuple[str, ...], ...]:
    """The figure, and what it stands against."""
    one, *others = event["claims"]
    return ((one,), tuple(others[:2])) if others else ((one,),)


def _likelihoods(event: Any) -> Iterator[tuple[str, str]]:
    named = [(event["cause"], event["likelihood"]), *event["rivals"]]
    shown = [f"{cause} {percent(share)}" for cause, share in named if share >= 0.005]
    yield "likelihood", ", ".join(shown)
    others = [one for one in event["suggestions"] if one != event["suggestion"]]
    if others:
        yield "would fit too", ", ".join(f"{one:,.0f}" for one in others[:MANY])


def _each(events: list[Any]) -> Iterator[tuple[str, str]]:
    """What was found for the largest of many events."""
    for event in events[:MANY]:
        day = when(event["at_last"], event["at_last"])
        for _, text in event["evidence"][:1]:
            yield day, f"{text} ({percent(event['likelihood'])})"
