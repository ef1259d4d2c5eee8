"""Events of series as findings: one each where it matters, one for all of a kind elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.series_sentences import (
    all_in_one_sentence,
    one_sentence,
    percent,
    series_name,
)
from analyzer.phrases import when
from analyzer.rows import Rows, rows_of
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
    labels = dict(zip(measures["measure"], measures["label"], strict=True))
    mistyped = set(events.loc[events["error"], "blamed"])
    told = events[events["error"] | ~events["blamed"].isin(mistyped)]
    told = told[told["kind"] != "duplicate"]
    if told.empty:
        return []
    rows = rows_of(claims, chain.from_iterable(told["claims"]))
    days = _days(told, claims)
    order = [*TOGETHER_BY, "gap", "at_last"]
    told = told.sort_values(order, ascending=[column != "gap" for column in order])
    number = told.groupby(TOGETHER_BY, sort=False).ngroup().to_numpy()
    all_events = Rows(told)
    drafts = []
    for places in np.split(np.arange(len(told)), np.flatnonzero(np.diff(number)) + 1):
        group = all_events.rows(places)
        head = group[0]
        name = series_name(head, str(labels[head["measure"]]))
        if len(group) > 1 and (head["cause"] in TOGETHER or len(group) > MANY):
            drafts.append(_together(group, rows, name, days[head["series"]]))
        else:
            drafts += [_single(event, rows, name) for event in group]
    return drafts


def _days(events: pd.DataFrame, claims: pd.DataFrame) -> dict[str, int]:
    """How many days each series with an event has figures for."""
    named = events.drop_duplicates("series")[["series", *KEYS]]
    theirs = claims.loc[claims["measure"].isin(set(named["measure"])), [*KEYS, "at_last"]]
    counted = theirs.groupby(KEYS)["at_last"].nunique().rename("days").reset_index()
    found = named.merge(counted, on=KEYS, how="left", validate="many_to_one")
    return dict(zip(found["series"], found["days"].astype("int64").tolist(), strict=True))


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
