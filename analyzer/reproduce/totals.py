"""Differences of two totals: of one series, of one origin, of two versions, of two publishers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np
import pandas as pd

from analyzer.reproduce.candidates import join_candidates, make_candidates
from analyzer.reproduce.pairs import Places, pairs_apart
from analyzer.reproduce.question import STANDS, Days, Question, days_off, ends_near, starts_near

TOTALS = ("cumulative", "stock")


def differences(figures: pd.DataFrame, question: Question, width: float) -> pd.DataFrame:
    """Later totals of the measure less earlier ones, within `width` of the number.

    Kind "difference" is of one publisher or one origin, "versions" holds a figure that was
    replaced, "publishers" joins two publishers and two origins. Of a stock, which can fall, an
    earlier figure less a later one is found too.
    """
    totals = _totals(figures, question)
    parts = [_of_line(line, question, width) for line in lines_by_source(totals)]
    parts += [_of_line(line, question, width) for line in _lines_by_origin(totals)]
    for _, line in totals[~totals["superseded"]].groupby("group"):
        if _several(line["authority"]):
            parts.append(_across(line, question, width))
    return _distinct(join_candidates(parts), figures)


def lines_by_source(totals: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The figures of one publisher, of one scope, in the order of their days."""
    ordered = totals.sort_values(["at", "published", "id"])
    for _, line in ordered.groupby(["group", "scope", "source"]):
        yield line


def _lines_by_origin(totals: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The standing figures of one origin by way of several publishers, each once a day."""
    ordered = totals[~totals["superseded"]].sort_values(["at", "published", "id"])
    for _, line in ordered.groupby(["group", "scope", "authority"]):
        if _several(line["source"]):
            yield line.drop_duplicates(["at", "value"])


def _several(names: pd.Series) -> bool:
    return bool((names != names.iloc[0]).any())


def _totals(figures: pd.DataFrame, question: Question) -> pd.DataFrame:
    mine = figures["measure"] == question.measure
    return figures[mine & figures["once"] & figures["kind"].isin(TOTALS)]


def own_ends(line: pd.DataFrame, question: Question) -> tuple[int | None, int | None]:
    """Days of the figures that stand for the period's ends: the last on or before each.

    None where that is more than `STANDS` days old. Without a period they are the first and the
    last day of the line.
    """
    days = line.loc[~line["superseded"], "at"].to_numpy()
    if question.begin is None or question.end is None:
        return (int(days.min()), int(days.max())) if len(days) else (None, None)
    return _standing(days, question.begin), _standing(days, question.end)


def _standing(days: Days, named: int) -> int | None:
    before = days[(days <= named) & (days >= named - STANDS)]
    return int(before.max()) if len(before) else None


def end_differences(figures: pd.DataFrame, question: Question) -> pd.DataFrame:
    """The difference between the period's own ends, one row a publisher or origin."""
    rows, totals = [], _totals(figures, question)
    at, values = figures["at"].to_numpy(), figures["value"].to_numpy()
    for line in chain(lines_by_source(totals), _lines_by_origin(totals)):
        begin, end = own_ends(line, question)
        current = line[~line["superseded"]]
        if begin is not None and end is not None and begin < end:
            first, last = (int(current.index[current["at"] == day][-1]) for day in (begin, end))
            change = float(values[last] - values[first])
            rows.append((change, last, first) if change >= 0 else (-change, first, last))
    changes = np.array([row[0] for row in rows], dtype="float64")
    plus = np.array([row[1] for row in rows], dtype="int64")
    minus = np.array([row[2] for row in rows], dtype="int64")
    days = {"at": np.maximum(at[plus], at[minus]), "first": np.minimum(at[plus], at[minus])}
    return make_candidates("difference", {"value": changes, "a": plus, "b": minus, **days})


def _of_line(line: pd.DataFrame, question: Question, width: float) -> pd.DataFrame:
    """Pairs of one publisher or one origin; the line is in the order of its days."""
    begin, end = own_ends(line, question)
    early, late, plus = _pairs(line, question, width, begin)
    frame = _rows("difference", line, question, (early, late, plus), (begin, end))
    source = line["source"].to_numpy()
    frame["publishers"] = 1 + (source[early] != source[late])
    frame["kind"] = frame["kind"].mask(frame["superseded"] > 0, "versions")
    return frame


def _across(line: pd.DataFrame, question: Question, width: float) -> pd.DataFrame:
    """Pairs of two publishers and two origins of one measure."""
    ordered = line.sort_values(["at", "published", "id"])
    line = ordered.drop_duplicates(["authority", "scope", "at", "value"])
    begin, end = own_ends(line, question)
    early, late, plus = _pairs(line, question, width, begin)
    columns = {name: line[name].to_numpy() for name in ("source", "authority", "scope")}
    one, other = ({name: cells[at] for name, cells in columns.items()} for at in (early, late))
    kept = (one["source"] != other["source"]) & (one["authority"] != other["authority"])
    kept &= (one["scope"] == other["scope"]) | (one["scope"] == "") | (other["scope"] == "")
    pairs = (early[kept], late[kept], plus[kept])
    return _rows("publishers", line, question, pairs, (begin, end)).assign(publishers=2)


def _pairs(
    line: pd.DataFrame, question: Question, width: float, begin: int | None
) -> tuple[Places, Places, Places]:
    """Places of the earlier and the later figure, and of the one that is the larger."""
    values, at = line["value"].to_numpy(), line["at"].to_numpy()
    early, late = pairs_apart(values, question.number, width)
    plus = late
    if (line["kind"] == "stock").any():
        more, less = pairs_apart(-values, question.number, width)
        early, late = np.concatenate([early, more]), np.concatenate([late, less])
        plus = np.concatenate([plus, more])
    kept = (at[early] < at[late]) & starts_near(at, question, begin)[early]
    kept &= ends_near(at, question)[late]
    return early[kept], late[kept], plus[kept]


def _rows(
    kind: str,
    line: pd.DataFrame,
    question: Question,
    pairs: tuple[Places, Places, Places],
    own: tuple[int | None, int | None],
) -> pd.DataFrame:
    early, late, plus = pairs
    minus = np.where(plus == late, early, late)
    values, at = line["value"].to_numpy(), line["at"].to_numpy()
    places, older = line.index.to_numpy(), line["superseded"].to_numpy().astype("int64")
    begin: Days = days_off(at[early], question.begin, own[0])
    return make_candidates(
        kind,
        {
            "value": values[plus] - values[minus],
            "terms": 2,
            "off_first": begin,
            "off_last": days_off(at[late], question.end, own[1]),
            "superseded": older[early] + older[late],
            "at": at[late],
            "first": at[early],
            "a": places[plus],
            "b": places[minus],
        },
    )


def _distinct(candidates: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """One row for pairs that agree in scopes and values: the plainest of them.

    A running total that stands still for some days is the same figure on all of them; a stock
    can come back to a value, so that its days count too.
    """
    ranked = candidates.sort_values(["off", "publishers", "superseded", "kind", "at", "a", "b"])
    stock = (figures["kind"] == "stock").to_numpy()
    days = np.where(stock, figures["at"].to_numpy(), 0)
    cells = (figures["scope"].to_numpy(), figures["value"].to_numpy(), days)
    pairs = [
        pd.Series(column[ranked[place].to_numpy()], index=ranked.index)
        for place in ("a", "b")
        for column in cells
    ]
    again = pd.concat(pairs, axis=1, keys=range(len(pairs))).duplicated()
    return ranked[~again].sort_index()
