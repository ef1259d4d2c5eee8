"""Claims of one figure at one time that exclude each other, told as positions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analyzer.discrepancies.causes import (
    Evidence,
    estimates_apart,
    other_measures_figure,
    revised_since,
    scopes_apart,
)
from analyzer.discrepancies.conflicts import Matrix, conflicts, rests_on_context, slots, widest_gap
from analyzer.discrepancies.draft import Draft
from analyzer.gaps import distance
from analyzer.phrases import leading, listed, plural, said, when
from analyzer.positions import label, split
from analyzer.settings import Thresholds

SHOWN_POSITIONS = 4  # in a sentence; all of them stand in the table
VERBS = {
    ("contradicts", False): "that exclude each other",
    ("contradicts", True): "that can't all hold",
    ("strains", False): "that agree only to the letter",
    ("strains", True): "of which some agree only to the letter",
}


def find_disagreements(
    claims: pd.DataFrame,
    measures: pd.DataFrame,
    thresholds: Thresholds,
    told: set[str],
    pages: list[frozenset[str]],
) -> list[Draft]:
    """One draft a slot of which some claims exclude each other.

    Claims that agree only to the letter are told from the wide gap on.

    Parameters
    ----------
    told : set of str
        Ids of claims whose disagreement a revision has explained; a slot without a conflict among
        the others is not told again.
    pages : list of frozenset of str
        Ids of the claims of pages whose own contradiction is told; conflicts within one of them
        are not told again.
    """
    drafts = []
    for slot, group in slots(claims):
        rest = group[~group["id"].isin(told)]
        for relation in ("contradicts", "strains"):
            pairs = conflicts(rest, relation) & ~_within(rest, pages)
            if not pairs.any():
                continue
            if relation == "contradicts" or widest_gap(rest, pairs) >= thresholds.wide_gap:
                drafts.append(_draft(claims, measures, thresholds, slot, group, relation))
            break
    return drafts


def _within(group: pd.DataFrame, pages: list[frozenset[str]]) -> Matrix:
    """Pairs of claims of one page whose own contradiction is told."""
    within = np.zeros((len(group), len(group)), dtype=bool)
    for page in pages:
        inside = group["id"].isin(page).to_numpy()
        within |= inside[:, None] & inside[None, :]
    return within


def _draft(
    claims: pd.DataFrame,
    measures: pd.DataFrame,
    thresholds: Thresholds,
    slot: str,
    group: pd.DataFrame,
    relation: str,
) -> Draft:
    involved = conflicts(group, relation)
    involved_rows = involved.any(axis=0) | involved.any(axis=1)
    group = group[involved_rows | (group["scope"] == "").to_numpy()]
    pairs = conflicts(group, relation)
    positions = _positions(group, pairs, thresholds)
    lower, upper = _furthest(group, pairs, positions)
    cause, evidence = _cause(lower, upper, claims, measures)
    measure = str(group["measure"].iloc[0])
    time = _when(group) if _dated(slot, group) else ""
    name = measures.set_index("measure")["label"][measure]
    what = "planned numbers" if group["modality"].iloc[0] == "planned" else "claims"
    sizes = sorted(positions, key=lambda part: (-len(part), part["id"].min()))
    shown = listed([_phrase(part) for part in sizes], SHOWN_POSITIONS)
    sentence = (
        f"{name}{', ' if time else ''}{time}: {what} fall into {len(positions)} positions "
        f"{VERBS[relation, len(positions) > 2]}: {shown}."
    )
    inferred = rests_on_context(group, pairs)
    if inferred:
        evidence = [*evidence, ("dates", "of at least one side the date is taken from context")]
    sentence += "".join(f" {text[:1].upper()}{text[1:]}." for _, text in evidence)
    return Draft(
        kind="disagreement",
        cause=cause,
        relation=relation,
        measure=measure,
        key=".".join(slot.split(" ")[1:]),
        when=time,
        gap=widest_gap(group, pairs),
        claims=tuple(group["id"]),
        sentence=sentence,
        evidence=tuple(evidence),
        positions=tuple(tuple(part["id"]) for part in positions),
        backing=min(lower["authority"].nunique(), upper["authority"].nunique()),
        inferred=inferred,
    )


def _positions(group: pd.DataFrame, pairs: Matrix, thresholds: Thresholds) -> list[pd.DataFrame]:
    """Positions by scope; finer ones where those would join claims that conflict."""
    for tolerance in (thresholds.position_tolerance, 0.0):
        parts = [
            part
            for _, scoped in group.groupby("scope", sort=True)
            for part in split(scoped, tolerance)
        ]
        places = _places(group, parts)
        if (pairs & (places[:, None] != places[None, :])).any():
            return parts
    return [part for _, part in group.groupby(["scope", "reading"], sort=True)]


def _places(group: pd.DataFrame, parts: list[pd.DataFrame]) -> npt.NDArray[np.int64]:
    """Number of the position that each claim stands in."""
    place = {one: number for number, part in enumerate(parts) for one in part["id"]}
    return group["id"].map(place).to_numpy(dtype="int64")


def _furthest(
    group: pd.DataFrame, pairs: Matrix, positions: list[pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The two positions that are furthest apart, of one scope if any such exclude each other."""
    places = _places(group, positions)
    scope = group["scope"].to_numpy(dtype=object)
    apart = pairs & (places[:, None] != places[None, :])
    within = apart & (scope[:, None] == scope[None, :])
    above, below = np.nonzero(within if within.any() else apart)
    low, high = group["face_low"].to_numpy(), group["face_high"].to_numpy()
    widest = int(np.argmax(distance(low[above], high[above], low[below], high[below])))
    return positions[places[below[widest]]], positions[places[above[widest]]]


def _cause(
    lower: pd.DataFrame, upper: pd.DataFrame, claims: pd.DataFrame, measures: pd.DataFrame
) -> tuple[str, list[Evidence]]:
    """The first cause whose test succeeds on one of the two ends."""
    for focal in (lower, upper):
        if part := other_measures_figure(focal, claims, measures):
            return "wrong column", [part]
    if revised := revised_since(lower, upper):
        return "announced revision", [revised]
    if apart := scopes_apart(lower, upper):
        return "scope or definition change", [apart]
    if estimate := estimates_apart(lower, upper):
        return "estimate beside count", [estimate]
    return "unexplained", []


def _phrase(part: pd.DataFrame) -> str:
    origins = part["authority"].nunique()
    dates = said(part) if part["kind"].iloc[0] == "fixed" else ""
    counts = plural(len(part), "claim")
    if 1 < origins < len(part):
        counts += f" of {plural(origins, 'origin')}"
    scope = part["scope"].iloc[0].replace("_", " ")
    inside = [counts, leading(part["authority_name"], 1), scope, dates]
    return f"{label(part)} ({'; '.join(filter(None, inside))})"


def _dated(slot: str, group: pd.DataFrame) -> bool:
    return group["kind"].iloc[0] != "fixed" or len(slot.split(" ")) > 2


def _when(group: pd.DataFrame) -> str:
    first = group["at_first"].min()
    if group["kind"].iloc[0] == "flow" and not group["period_start_first"].isna().all():
        first = group["period_start_first"].min()
    return when(first, group["at_last"].max())
