"""Pieces of the sentences on recipes: who gave the figures, for which days, what is missing."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from analyzer.dates import show_span
from analyzer.phrases import attributed, leading, listed, plural, when
from analyzer.reproduce.question import EPOCH, Question

GAPS = 3  # days without a figure that are named; the others are counted


def show_day(day: int) -> str:
    """A day counted from 1970, in words."""
    date = EPOCH + dt.timedelta(days=day)
    return show_span(date, date)


def replaced_on(claim: pd.Series, what: str) -> str:
    """That a figure was replaced, and when; blank for one that stands."""
    if not claim["superseded"]:
        return ""
    published, replaced = claim["published"], claim["replaced"]
    if pd.isna(published) or pd.isna(replaced):
        return f"{what} was replaced later"
    return f"{what} was published on {when(published, published)}, replaced on " + when(
        replaced, replaced
    )


def stood_together(one: pd.Series, other: pd.Series) -> bool:
    """Whether both figures could be read at one time."""
    far = pd.Timestamp.max
    ends = [far if pd.isna(claim["replaced"]) else claim["replaced"] for claim in (one, other)]
    return bool(one["published"] < ends[1] and other["published"] < ends[0])


def who(claims: list[pd.Series]) -> str:
    """Origins and publishers of a few claims."""
    return who_of(pd.DataFrame(claims))


def who_of(part: pd.DataFrame) -> str:
    """ "according to Gaza Health Ministry, as given by a data set"; the most frequent first."""
    return f"according to {_who_of(part)}"


def _who_of(part: pd.DataFrame) -> str:
    if (part["source"] == part["source"].iloc[0]).all():
        claim = part.iloc[0]
        if (part["origin"] == part["source"]).all():
            return attributed(claim)
        return f"{leading(part['origin_name'], 3)}, as given by {claim['source_name']}"
    pairs = part.drop_duplicates(["origin", "source"])
    names = {(claim["origin"], claim["source"]): attributed(claim) for _, claim in pairs.iterrows()}
    counted = [names[pair] for pair in zip(part["origin"], part["source"], strict=True)]
    return "; ".join(sorted(names.values(), key=lambda name: (-counted.count(name), name)))


def span(row: pd.Series) -> str:
    """The days of a run, as "10 October 2025 to 1 August 2026"."""
    return f"{show_day(int(row['first']))} to {show_day(int(row['at']))}"


def gaps(part: pd.DataFrame, row: pd.Series) -> str:
    """Days of a run that no figure covers."""
    days = np.arange(int(row["first"]), int(row["at"]) + 1)
    covered = np.zeros(len(days) + 1, dtype="int64")
    np.add.at(covered, part["first"].to_numpy() - days[0], 1)
    np.add.at(covered, part["at"].to_numpy() - days[0] + 1, -1)
    empty = days[np.cumsum(covered)[:-1] == 0]
    if not len(empty):
        return ""
    verb = "has" if len(empty) == 1 else "have"
    named = listed([show_day(int(day)) for day in empty], GAPS)
    return f"; {plural(len(empty), 'day')} {verb} no figure: {named}"


def ends(row: pd.Series, question: Question) -> str:
    """How the recipe lies to the named period, where it does not begin and end with it."""
    if question.begin is None or question.end is None:
        return ""
    run = row["kind"] in ("run", "runs of parts")
    single = row["kind"] in ("figure", "parts")
    first, last = int(row["first"]), int(row["at"])
    texts = []
    if not single or row["off_first"]:
        texts.append(_end(first, question.begin, int(row["off_first"]), "begins", run))
    texts.append(_end(last, question.end, int(row["off_last"]), "ends", False))
    told_ends = listed([text for text in texts if text])
    return f"; {told_ends}" if told_ends else ""


def _end(day: int, named: int, off: int, verb: str, onward: bool) -> str:
    if day == named:
        return ""
    if not off:
        side = "first figure from" if onward else "last figure up to"
        return f"{verb} with the {side} {show_day(named)}"
    side = "before" if day < named else "after"
    return f"{verb} {plural(abs(day - named), 'day')} {side} {show_day(named)}"
