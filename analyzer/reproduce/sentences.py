"""Recipes in words; every number in them comes from a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyzer.phrases import attributed, listed, plural, quoted, when
from analyzer.readings import number
from analyzer.reproduce.pairs import Places
from analyzer.reproduce.question import Question
from analyzer.reproduce.single import ALIKE
from analyzer.reproduce.tracks import Track
from analyzer.reproduce.words import (
    ends,
    gaps,
    replaced_on,
    show_day,
    span,
    stood_together,
    who,
    who_of,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What sentences are made from."""

    figures: pd.DataFrame
    tracks: Sequence[Track]
    labels: dict[str, str]
    question: Question

    def members(self, row: pd.Series) -> list[tuple[int, Places]]:
        """Sign and places of the figures of one candidate; of a run, of each of its flows."""
        if row["kind"] in ("run", "runs of parts"):
            track = self.tracks[int(row["book"])]
            inside = track.places[int(row["a"]) : int(row["b"])]
            return [(sign, part[np.isin(part, inside)]) for sign, part in track.parts]
        places = [int(row[name]) for name in "abcd" if row[name] >= 0]
        signs = dict.fromkeys(places, 1)
        if row["kind"] in ("difference", "versions", "publishers", "adjusted"):
            signs[places[1]] = -1
        if row["kind"] in ("parts", "adjusted"):
            signs[places[-1]] = int(row["sign"])
        return [(signs[place], np.array([place])) for place in places]

    def claims(self, row: pd.Series) -> list[pd.Series]:
        """The claims of a candidate that is no run."""
        return [self.figures.iloc[int(place)] for _, (place,) in self.members(row)]

    def label(self, claim: pd.Series) -> str:
        """What is counted, with its scope."""
        scope = str(claim["scope"]).replace("_", " ")
        return self.labels[str(claim["measure"])] + (f" ({scope})" if scope else "")


def sentence(told: Told, row: pd.Series) -> str:
    """One candidate in words."""
    makers: dict[str, Callable[[Told, pd.Series], str]] = {
        "figure": _figure,
        "run": _run,
        "runs of parts": _runs,
        "parts": _parts,
        "versions": _versions,
        "publishers": _publishers,
        "adjusted": _adjusted,
        "difference": _difference,
    }
    return makers[str(row["kind"])](told, row) + ends(row, told.question)


def _figure(told: Told, row: pd.Series) -> str:
    (claim,) = told.claims(row)
    alike = int((told.figures[ALIKE] == claim[ALIKE]).all(axis=1).sum()) - 1
    begun = claim["period_start_first"]
    time = when(claim["at_first"] if pd.isna(begun) else begun, claim["at_last"])
    say = "says" if alike == 1 else "say"
    remarks = [
        "" if claim["exact"] else "the figure is hedged",
        "a plan" if claim["modality"] == "planned" else "",
        replaced_on(claim, "the figure"),
        f"{plural(alike, 'more claim')} of this origin {say} the same" if alike else "",
    ]
    return "; ".join(
        [
            f"{number(row['value'])} is recorded: {told.label(claim)}, {quoted(claim)}"
            f"{f' for {time}' if time else ''}, {_after(claim)}",
            *filter(None, remarks),
        ]
    )


def _difference(told: Told, row: pd.Series) -> str:
    plus, minus = told.claims(row)
    several = "; one origin by way of two publishers" if row["publishers"] > 1 else ""
    return f"{_minuend(told, row)}: {told.label(plus)}, {who([plus, minus])}{several}"


def _versions(told: Told, row: pd.Series) -> str:
    plus, minus = told.claims(row)
    older = [replaced_on(claim, number(claim["value"])) for claim in (plus, minus)]
    stood = "" if stood_together(plus, minus) else "; mixes versions"
    told_older = listed([one for one in older if one])
    return f"{_minuend(told, row)}: {told.label(plus)}, {who([plus, minus])}{stood}; {told_older}"


def _publishers(told: Told, row: pd.Series) -> str:
    plus, minus = told.claims(row)
    return (
        f"{number(row['value'])} = {_dated(plus, _after(plus))} - "
        f"{_dated(minus, _after(minus))}: {told.label(plus)}; mixes two publishers"
    )


def _adjusted(told: Told, row: pd.Series) -> str:
    plus, minus, third = told.claims(row)
    sign = "+" if row["sign"] > 0 else "-"
    label, day = told.label(third), when(third["period_start_first"], third["at_last"])
    return (
        f"{_minuend(told, row)} {sign} {number(third['value'])} ({label}, {day}): "
        f"{told.label(plus)}, {who([plus, minus, third])}"
    )


def _parts(told: Told, row: pd.Series) -> str:
    claims = told.claims(row)
    sign = " + " if row["sign"] > 0 else " - "
    terms = [f"{number(claim['value'])} ({told.label(claim)})" for claim in claims]
    period = show_day(int(row["at"])) if row["first"] == row["at"] else span(row)
    said = "said on " if claims[0]["kind"] == "fixed" else ""
    plain = row["sign"] < 0 or row["book"] == 0
    overlap = "" if plain else "; whether these parts overlap is not recorded"
    return f"{number(row['value'])} = {sign.join(terms)}, {said}{period}, {who(claims)}{overlap}"


def _run(told: Told, row: pd.Series) -> str:
    ((_, places),) = told.members(row)
    part = told.figures.iloc[places]
    head = part.iloc[0]
    return (
        f"{number(row['value'])} = {plural(len(part), 'figure')} added, {span(row)}: "
        f"{told.label(head)}, {who_of(part)}{gaps(part, row)}"
    )


def _runs(told: Told, row: pd.Series) -> str:
    terms, heads = [], []
    for sign, places in told.members(row):
        part = told.figures.iloc[places]
        label = told.label(part.iloc[0])
        heads.append(part)
        text = f"{number(part['value'].sum())} ({label}, {plural(len(part), 'figure')})"
        terms.append(f"{' + ' if sign > 0 else ' - '}{text}")
    added = "".join(terms).removeprefix(" + ")
    return (
        f"{number(row['value'])} = {added}, each added over {span(row)}, "
        f"{who_of(pd.concat(heads))}{gaps(pd.concat(heads), row)}"
    )


def _minuend(told: Told, row: pd.Series) -> str:
    """ "1,259 = 68,453 (1 January 2026) - 67,194 (9 October 2025)"."""
    plus, minus = told.claims(row)[:2]
    return f"{number(row['value'])} = {_dated(plus)} - {_dated(minus)}"


def _after(claim: pd.Series) -> str:
    return f"according to {attributed(claim)}"


def _dated(claim: pd.Series, word: str = "") -> str:
    day = when(claim["at_first"], claim["at_last"])
    inside = ", ".join(filter(None, [day, word]))
    return f"{number(claim['value'])} ({inside})"
