"""Claims of one figure at one time that exclude each other, told as positions."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analyzer.discrepancies.causes import (
    Evidence,
    estimates_apart,
    other_measures_figure,
    other_origins_figure,
    revised_since,
    scopes_apart,
)
from analyzer.discrepancies.contested import Contested
from analyzer.discrepancies.disputes import Dispute, find_disputes
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.known import Known
from analyzer.discrepancies.parts import Part, earliest, latest
from analyzer.phrases import leading, listed, plural, when
from analyzer.positions import label_of
from analyzer.settings import Thresholds

SHOWN_POSITIONS = 4  # in a sentence; all of them stand in the table
VERBS = {
    ("contradicts", False): "that exclude each other",
    ("contradicts", True): "that can't all hold",
    ("strains", False): "that agree only to the letter",
    ("strains", True): "of which some agree only to the letter",
}


def find_disagreements(
    contested: Contested,
    known: Known,
    thresholds: Thresholds,
    told: set[str],
    pages: list[frozenset[str]],
) -> list[Draft]:
    """One draft a slot of which some claims exclude each other.

    Claims that agree only to the letter are told from the wide gap on.

    Parameters
    ----------
    contested : Contested
        Claims of slots that can hold a conflict.
    known : Known
        All claims, to explain what disagrees.
    told : set of str
        Ids of claims whose disagreement a revision has explained; a slot without a conflict among
        the others is not told again.
    pages : list of frozenset of str
        Ids of the claims of pages whose own contradiction is told; conflicts within one of them
        are not told again.
    """
    return [_draft(dispute, known) for dispute in find_disputes(contested, thresholds, told, pages)]


def _draft(dispute: Dispute, known: Known) -> Draft:
    relation, group = dispute.relation, dispute.claims
    lower, upper = (dispute.positions[end] for end in dispute.furthest)
    cause, evidence = _cause(lower, upper, known)
    one = group.row(0)
    time = _when(group) if _dated(one) else ""
    name = known.label(one["measure"])
    what = "planned numbers" if one["modality"] == "planned" else "claims"
    count = len(dispute.positions)
    sentence = (
        f"{name}{', ' if time else ''}{time}: {what} fall into {count} positions "
        f"{VERBS[relation, count > 2]}: {_shown(dispute)}."
    )
    if dispute.inferred:
        evidence = [*evidence, ("dates", "of at least one side the date is taken from context")]
    sentence += "".join(f" {text[:1].upper()}{text[1:]}." for _, text in evidence)
    return Draft(
        kind="disagreement",
        cause=cause,
        relation=relation,
        measure=one["measure"],
        key=".".join(one["slot"].split(" ")[1:]),
        when=time,
        gap=dispute.gap,
        claims=tuple(group["id"]),
        sentence=sentence,
        evidence=tuple(evidence),
        positions=tuple(tuple(part["id"]) for part in dispute.positions),
        backing=min(len(set(part["authority"])) for part in (lower, upper)),
        inferred=dispute.inferred,
    )


def _shown(dispute: Dispute) -> str:
    """The biggest positions, among them the two that are furthest apart."""
    parts, hidden = dispute.positions, _hidden(dispute)
    order = sorted(range(len(parts)), key=lambda place: (-len(parts[place]), parts[place]["id"][0]))
    others = [place for place in order if place not in dispute.furthest]
    left_out = set(others[SHOWN_POSITIONS - len(dispute.furthest) :])
    shown = [
        _phrase(parts[place], hidden.get(place, "")) for place in order if place not in left_out
    ]
    return listed(shown + [""] * len(left_out), SHOWN_POSITIONS)


def _cause(lower: Part, upper: Part, known: Known) -> tuple[str, list[Evidence]]:
    """The first cause whose test succeeds on one of the two ends."""
    for focal in (lower, upper):
        if part := other_measures_figure(focal, known):
            return "wrong column", [part]
    if revised := revised_since(lower, upper):
        return "announced revision", [revised]
    if apart := scopes_apart(lower, upper):
        return "scope or definition change", [apart]
    if other := other_origins_figure(lower, upper):
        return "another origin's figure", [other]
    if estimate := estimates_apart(lower, upper):
        return "estimate beside count", [estimate]
    return "unexplained", []


def _hidden(dispute: Dispute) -> dict[int, str]:
    """What excludes the other side, where the names of the furthest positions do not.

    "More than 600" names a position that also holds "602", which is what 620 excludes.
    """
    lower, upper = (dispute.positions[end] for end in dispute.furthest)
    prefix = "apart" if dispute.relation == "contradicts" else "near"
    lowest = min(lower.where("reading", _name(lower))[f"{prefix}_high"])
    highest = max(upper.where("reading", _name(upper))[f"{prefix}_low"])
    if lowest < highest:
        return {}
    ends = zip(dispute.furthest, (lower, upper), dispute.ends, strict=True)
    return {place: one["reading"] for place, part, one in ends if one["reading"] != _name(part)}


def _name(part: Part) -> str:
    return label_of(part["stated"], part["reading"])


def _phrase(part: Part, hidden: str) -> str:
    one, dates = part.row(0), ""
    if one["kind"] == "fixed":
        dates = when(earliest(part["said_first"]), latest(part["said_last"]))
    origins = len(set(part["authority"]))
    counts = plural(len(part), "claim")
    if 1 < origins < len(part):
        counts += f" of {plural(origins, 'origin')}"
    if hidden:
        counts += f", among them {hidden}"
    scope = one["scope"].replace("_", " ")
    inside = [counts, leading(part["authority_name"], 1), scope, dates]
    return f"{_name(part)} ({'; '.join(filter(None, inside))})"


def _dated(one: Any) -> bool:
    return one["kind"] != "fixed" or len(one["slot"].split(" ")) > 2


def _when(group: Part) -> str:
    first = earliest(group["at_first"])
    if group.row(0)["kind"] == "flow":
        start = earliest(group["period_start_first"])
        first = first if pd.isna(start) else start
    return when(first, latest(group["at_last"]))
