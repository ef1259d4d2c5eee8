"""Running totals: falls of one authority's total, and totals above what others give later.

Where the lower figures count something else it is a switch, and no fall.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analyzer.discrepancies.causes import (
    Evidence,
    estimates_apart,
    figure_of_an_earlier_time,
    other_measures_figure,
    planned_figure,
    scopes_apart,
)
from analyzer.discrepancies.conflicts import Matrix, conflicts_between
from analyzer.discrepancies.draft import Draft
from analyzer.gaps import gap
from analyzer.phrases import attributed, listed, plural, quoted, when
from analyzer.relays import SAME_TABLE_DAYS

SWITCHED = "scope or definition change"
SHOWN = 3  # claims named in a sentence; all of them stand in the table
STATEMENT = ["authority", "scope", "at_first", "at_last", "face_low", "face_high"]


def find_falls(claims: pd.DataFrame, measures: pd.DataFrame) -> list[Draft]:
    """Totals of one authority that fall below an earlier total of its own.

    A later claim falls when it lies wholly below a total that the same authority gave for an
    earlier time; the highest such total is the one it is held against. All claims below the same
    total make one finding.
    """
    drafts = []
    for _, series in _running(claims, ["measure", "authority"]):
        overtaken = _overtaken(series, series)
        fallen = series[overtaken.any(axis=0)]
        highest = np.where(overtaken, series["face_low"].to_numpy()[:, None], -np.inf).argmax(
            axis=0
        )
        peaks = pd.Series(highest[overtaken.any(axis=0)], index=fallen.index)
        for peak in sorted(set(peaks)):
            lower = fallen[peaks == peak]
            same = _same_statement(series, series.iloc[int(peak)])
            upper = series[same & (series["at_last"] < lower["at_first"].min())]
            drafts.append(_draft("fall", claims, measures, upper, lower))
    return drafts


def find_overtaken(
    claims: pd.DataFrame,
    measures: pd.DataFrame,
    rivals: set[tuple[str, str, str]],
    fallen: set[str],
) -> list[Draft]:
    """Totals that lie wholly above what other authorities give for a later time.

    Statements (one authority, time and figure) that conflict with most others are taken first;
    each becomes one finding, until no conflict is left.

    Parameters
    ----------
    rivals : set of tuple
        Measure and two authorities whose conflict at one time is told already.
    fallen : set of str
        Ids of claims that are told already as the lower end of a fall.
    """
    drafts = []
    for _, series in _running(claims, ["measure"]):
        for upper, lower in _peeled(series, rivals, fallen):
            drafts.append(_draft("overtaken", claims, measures, upper, lower))
    return drafts


def _running(claims: pd.DataFrame, keys: list[str]) -> Iterator[tuple[object, pd.DataFrame]]:
    """Running totals in the order of their times, group by group.

    Without those of series that no other claim of the group overtakes: there can be thousands.
    """
    totals = _totals(claims)
    lone = (totals["series"] == "").groupby([totals[key] for key in keys]).transform("any")
    for key, group in totals[lone].groupby(keys, sort=True):
        one = group[group["series"] == ""]
        if len(one) < len(group):
            above, below = _overtaken(group, one), _overtaken(one, group)
            touched = np.asarray(above.any(axis=1) | below.any(axis=0), dtype=bool)
            group = group[(group["series"] == "").to_numpy() | touched]
        yield key, group


def _totals(claims: pd.DataFrame) -> pd.DataFrame:
    running = claims[
        (claims["kind"] == "cumulative") & claims["comparable"] & (claims["modality"] == "actual")
    ]
    return running.sort_values(["at_first", "at_last", "id"])


def _overtaken(one: pd.DataFrame, other: pd.DataFrame) -> Matrix:
    """Pairs of which the row's total, for an earlier time, lies wholly above the column's."""
    earlier = one["at_last"].to_numpy()[:, None] < other["at_first"].to_numpy()[None, :]
    return np.asarray(conflicts_between(one, other, "contradicts") & earlier)


def _peeled(
    series: pd.DataFrame, rivals: set[tuple[str, str, str]], fallen: set[str]
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """The statement that most statements of other authorities contradict, then the next."""
    statements = series.drop_duplicates(STATEMENT)
    authority = statements["authority"].to_numpy(dtype=object)
    overtaken = _overtaken(statements, statements) & (authority[:, None] != authority[None, :])
    overtaken[:, statements["id"].isin(fallen).to_numpy()] = False
    overtaken &= ~_told(statements, rivals)
    while overtaken.any():
        above, below = overtaken.sum(axis=1), overtaken.sum(axis=0)
        up = above.max() >= below.max()
        focal = int(np.argmax(above if up else below))
        against = overtaken[focal] if up else overtaken[:, focal]
        one = _claims_of(series, statements.iloc[[focal]])
        others = _claims_of(series, statements[against])
        yield (one, others) if up else (others, one)
        same = _same_statement(statements, statements.iloc[focal]).to_numpy()
        overtaken[same] = overtaken[:, same] = False


def _told(statements: pd.DataFrame, rivals: set[tuple[str, str, str]]) -> Matrix:
    """Pairs of statements whose authorities are known to disagree; estimates of one count once."""
    measure = str(statements["measure"].iloc[0])
    known = {(one, other) for about, one, other in rivals if about == measure}
    places, names = pd.factorize(statements["authority"])
    lone = (statements["status"] == "estimated").to_numpy() & statements["authority"].isin(
        {one for pair in known for one in pair}
    ).to_numpy()
    apart = np.array(
        [[(a, b) in known or (b, a) in known for b in names] for a in names], dtype=bool
    )
    told = apart[places[:, None], places[None, :]]
    return np.asarray(told | lone[:, None] | lone[None, :])


def _claims_of(series: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    keys = pd.MultiIndex.from_frame(statements[STATEMENT])
    return series[pd.MultiIndex.from_frame(series[STATEMENT]).isin(keys)]


def _same_statement(series: pd.DataFrame, one: pd.Series) -> pd.Series:
    """Claims of the same authority that give the same figure for the same or a near time."""
    same: pd.Series = (
        (series["authority"] == one["authority"])
        & (series["near_low"] <= one["near_high"])
        & (series["near_high"] >= one["near_low"])
        & ((series["at_first"] - one["at_first"]).abs() <= pd.Timedelta(days=SAME_TABLE_DAYS))
    )
    return same


def _draft(
    kind: str,
    claims: pd.DataFrame,
    measures: pd.DataFrame,
    upper: pd.DataFrame,
    lower: pd.DataFrame,
) -> Draft:
    measure = str(upper["measure"].iloc[0])
    name = measures.set_index("measure")["label"][measure]
    cause, evidence = _cause(kind, claims, measures, upper, lower)
    top = upper.sort_values(["face_low", "id"], ascending=[False, True]).iloc[0]
    bottom = lower.sort_values(["face_high", "id"]).iloc[0]
    words = _fall(name, top, bottom) if kind == "fall" else _above(name, upper, lower)
    if cause == SWITCHED:
        kind, words = "switch", _switch(name, upper, lower)
    sentence = "; ".join([words, *(text for _, text in evidence)])
    return Draft(
        kind=kind,
        cause=cause,
        relation="contradicts",
        measure=measure,
        key=f"{top['authority']}.{top['at_first']:%Y-%m-%d}.{bottom['id'].rsplit('.', 1)[-1]}",
        when=when(upper["at_first"].min(), lower["at_last"].max()),
        gap=float(gap(bottom["face_high"], top["face_low"])),
        claims=(*upper["id"], *lower["id"]),
        sentence=f"{sentence}.",
        evidence=tuple(evidence),
        positions=(tuple(upper["id"]), tuple(lower["id"])),
        backing=min(upper["authority"].nunique(), lower["authority"].nunique()),
    )


def _fall(name: str, top: pd.Series, bottom: pd.Series) -> str:
    return (
        f"{name}: the running total of {top['authority_name']} falls from {quoted(top)} for "
        f"{when(top['at_first'], top['at_last'])} (as given by {top['source_name']}) to "
        f"{quoted(bottom)} for {when(bottom['at_first'], bottom['at_last'])} "
        f"(as given by {bottom['source_name']})"
    )


def _switch(name: str, upper: pd.DataFrame, lower: pd.DataFrame) -> str:
    """Figures that follow each other and count different things."""
    theirs = set(upper["authority"]) & set(lower["authority"])
    what = "scope" if theirs else "source and scope"
    return (
        f"{name}: the figures given change in {what}, which is no fall of one count: "
        f"{_list(upper)}, then {_list(lower)}"
    )


def _above(name: str, upper: pd.DataFrame, lower: pd.DataFrame) -> str:
    if len(set(upper["authority"])) == 1 and len(upper) <= len(lower):
        give = "gives" if _count(lower).startswith("1 ") else "give"
        return (
            f"{name}: {_list(upper)} {_lie(upper)} above what {_count(lower)} of others {give} "
            f"for later dates: {_list(lower)}"
        )
    return (
        f"{name}: {_list(lower)} {_lie(lower)} below what {_count(upper)} of others gave for "
        f"earlier dates: {_list(upper)}"
    )


def _lie(rows: pd.DataFrame) -> str:
    return "lies" if len(rows.drop_duplicates(STATEMENT)) == 1 else "lie"


def _count(rows: pd.DataFrame) -> str:
    return plural(len(rows.drop_duplicates(STATEMENT)), "statement")


def _list(rows: pd.DataFrame) -> str:
    """Statements in the order of their dates; copies of one statement are counted."""
    rows = rows.sort_values(["at_first", "id"])
    parts = []
    for _, copies in rows.groupby(STATEMENT, sort=False):
        one = copies.iloc[0]
        who = attributed(one)
        if len(copies) > 1:
            who = f"{one['origin_name']}; {plural(len(copies), 'claim')}"
        if one["scope"]:
            who += f"; {one['scope'].replace('_', ' ')}"
        parts.append(f"{quoted(one)} for {when(one['at_first'], one['at_last'])} ({who})")
    return listed(parts, SHOWN)


def _cause(
    kind: str,
    claims: pd.DataFrame,
    measures: pd.DataFrame,
    upper: pd.DataFrame,
    lower: pd.DataFrame,
) -> tuple[str, list[Evidence]]:
    if plan := planned_figure(upper, claims, measures):
        return "plan told as fact", [*_just_before(claims, upper), plan]
    if part := other_measures_figure(lower, claims, measures):
        return SWITCHED, [part]
    if apart := scopes_apart(lower, upper):
        return SWITCHED, [apart]
    if stale := figure_of_an_earlier_time(lower, upper, claims):
        return "stale repeat", [stale]
    if kind == "overtaken" and (estimate := estimates_apart(lower, upper)):
        return "estimate beside count", [estimate]
    if kind == "fall" and (lower["status"] == "revised").any():
        return "announced revision", [("status", "the later figure is given as revised")]
    return "unexplained", []


def _just_before(claims: pd.DataFrame, upper: pd.DataFrame) -> list[Evidence]:
    """The last figure given for an earlier time, beside a figure that ran ahead."""
    one = upper.iloc[0]
    earlier = _totals(claims[claims["measure"] == one["measure"]])
    earlier = earlier[earlier["at_last"] < one["at_first"]]
    if earlier.empty:
        return []
    last = earlier.iloc[-1]
    day = when(last["at_first"], last["at_last"])
    return [("before", f"for {day}, {attributed(last)} gave {quoted(last)}")]
