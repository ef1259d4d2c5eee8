"""Figures of two scopes of one measure whose difference an identity states."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from analyzer.discrepancies.draft import Draft
from analyzer.expressions import parse_expression
from analyzer.gaps import gap
from analyzer.linear import linear_form
from analyzer.phrases import attributed, quoted, when
from analyzer.readings import number

NEAR = pd.Timedelta(days=31)  # figures of two scopes further apart in time are not set side by side


class Bridge(NamedTuple):
    """An identity `measure[wide] = measure[narrow] + difference`, and when it holds."""

    name: str
    label: str
    measure: str
    wide: str
    narrow: str
    difference: float
    start: pd.Timestamp
    end: pd.Timestamp


def bridges(identities: pd.DataFrame) -> list[Bridge]:
    """The identities that state how far two scopes of one measure are apart."""
    found = []
    for row in identities.sort_values("name").to_dict("records"):
        expression = parse_expression(str(row["expression"]))
        form = linear_form(expression, lambda measure: False)
        refs = [ref for ref in form.plain if ref is not None]
        signs = [form.plain[ref] for ref in refs]
        one = {(ref.measure, ref.function) for ref in refs}
        if form.factor or not form.equal or sorted(signs) != [-1.0, 1.0] or len(one) > 1:
            continue
        difference = -form.plain.get(None, 0.0) * signs[0]
        if not difference:
            continue  # two names of one count
        wide, narrow = (refs[0], refs[1]) if difference > 0 else (refs[1], refs[0])
        ends = row["valid_from_first"], row["valid_to_last"]
        names = str(row["name"]), str(row["label"]) or str(row["name"])
        found.append(Bridge(*names, wide.measure, wide.scope, narrow.scope, abs(difference), *ends))
    return found


def find_bridged_scopes(
    claims: pd.DataFrame, identities: pd.DataFrame, measures: pd.DataFrame
) -> list[Draft]:
    """One draft a bridge: the pairs of figures that differ by just what it states.

    Each figure of the wider scope is set beside those of the narrower one that are nearest in
    time, within a month; other pairs are not told, since time may have changed the figure.
    """
    labels = measures.set_index("measure")["label"]
    drafts = []
    for bridge in bridges(identities):
        mine = claims[claims["comparable"] & (claims["measure"] == bridge.measure)]
        if not pd.isna(bridge.start):
            mine = mine[mine["at_last"] >= bridge.start]
        if not pd.isna(bridge.end):
            mine = mine[mine["at_first"] <= bridge.end]
        pairs = _pairs(mine, bridge)
        if pairs:
            drafts.append(_draft(bridge, pairs, str(labels[bridge.measure])))
    return drafts


def _pairs(claims: pd.DataFrame, bridge: Bridge) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
    """Figures of the two scopes at the nearest times whose bounds are the difference apart."""
    wide, narrow = (claims[claims["scope"] == scope] for scope in (bridge.wide, bridge.narrow))
    found = []
    for _, figures in wide.groupby(["at_first", "at_last"], sort=True):
        away = (narrow["at_first"] - figures["at_first"].iloc[0]).abs()
        beside = narrow[(away == away.min()) & (away <= NEAR)]
        if beside.empty:
            continue
        low, high = figures["apart_low"].max(), figures["apart_high"].min()
        below, above = beside["apart_low"].max(), beside["apart_high"].min()
        if low <= above + bridge.difference and below + bridge.difference <= high:
            found.append((figures.sort_values("id"), beside.sort_values("id")))
    return found


def _draft(bridge: Bridge, pairs: list[tuple[pd.DataFrame, pd.DataFrame]], label: str) -> Draft:
    first, other = pairs[0][0].iloc[0], pairs[0][1].iloc[0]
    rest = "; ".join(f"{_figure(wide)} with {_figure(narrow)}" for wide, narrow in pairs[1:])
    wide, narrow = (scope.replace("_", " ") for scope in (bridge.wide, bridge.narrow))
    sentence = (
        f"{label}: {_figure(pairs[0][0])} ({wide}; {attributed(first)}) and {_figure(pairs[0][1])} "
        f"({narrow}; {attributed(other)}) do not contradict each other: by “{bridge.label}” the "
        f"first counts {number(bridge.difference)} more."
    )
    if rest:
        sentence += f" The same holds of {rest}."
    claims = tuple(sorted({one for pair in pairs for part in pair for one in part["id"]}))
    values = first["face_low"], other["face_low"]
    return Draft(
        kind="two scopes",
        cause="scope or definition change",
        relation="agrees",
        measure=bridge.measure,
        key=bridge.name,
        when=when(
            min(part["at_first"].min() for pair in pairs for part in pair),
            max(part["at_last"].max() for pair in pairs for part in pair),
        ),
        gap=float(gap(*values)),
        claims=claims,
        sentence=sentence,
        evidence=(("identity", bridge.name),),
        positions=tuple(tuple(part["id"]) for part in pairs[0]),
    )


def _figure(rows: pd.DataFrame) -> str:
    claim = rows.iloc[0]
    return f"{quoted(claim)} of {when(claim['at_first'], claim['at_last'])}"
