"""Claims of several measures, or of several days, that can't all be true together."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analyzer.discrepancies.draft import Draft
from analyzer.gaps import distance
from analyzer.phrases import attributed, count_word, listed, plural, quoted, when
from analyzer.readings import left_range, number
from analyzer.rows import labels_of
from analyzer.system.parts import Atoms
from analyzer.system.proof import Proof, Step, prove
from analyzer.system.rules import STRUCTURE
from analyzer.system.search import Search
from analyzer.system.telling import Record, label_of, named, records_of, time_of

Rows = list[Record]  # the claims that say one figure


def find_joint_contradictions(
    found: Search,
    claims: pd.DataFrame,
    identities: pd.DataFrame,
    measures: pd.DataFrame,
    told: list[Draft],
) -> list[Draft]:
    """One draft for each claim that a lightest removal gives up, with its plainest proof.

    Parameters
    ----------
    told : list of Draft
        Accounts that fail; a set of which all claims but one stand in one of them is told by it.
    """
    told_by: dict[str, list[int]] = defaultdict(list)
    for number_, draft in enumerate(told):
        for claim in draft.claims:
            told_by[claim].append(number_)
    sets = [
        atoms
        for atoms in dict.fromkeys([*found.of_pages, *found.representatives])
        if not _within_one(found, atoms, told_by)
    ]
    ids = {one for atoms in sets for n in atoms for one in found.system.atoms[n].claims}
    records = records_of(claims, ids)
    labels = labels_of(measures)
    names = dict(zip(identities["name"].tolist(), identities["label"].tolist(), strict=True))
    return [_draft(found, atoms, records, labels, names) for atoms in sets]


def _within_one(found: Search, atoms: Atoms, told_by: Mapping[str, list[int]]) -> bool:
    """Whether all but at most one of the atoms of a set of three or more are of one account."""
    inside: Counter[int] = Counter()
    for number_ in atoms:
        claims = found.system.atoms[number_].claims
        inside.update({account for one in claims for account in told_by.get(one, ())})
    most = max(inside.values(), default=0)
    return most == len(atoms) or (len(atoms) > 2 and most == len(atoms) - 1)


def _draft(
    found: Search,
    atoms: Atoms,
    records: Mapping[str, Record],
    labels: Mapping[str, str],
    names: Mapping[str, str],
) -> Draft:
    proof = prove(found, atoms, elsewhere=False)
    members = [
        [records[one] for one in found.system.atoms[step.atom].claims] for step in proof.steps
    ]
    lightest = _lightest(found, proof)
    focal = members[proof.steps.index(lightest)] if lightest else members[0]
    moving = [row for rows in members for row in rows if row["kind"] != "fixed"]
    firsts = [row["at_first"] for row in moving if not pd.isna(row["at_first"])]
    lasts = [row["at_last"] for row in moving if not pd.isna(row["at_last"])]
    by = _reasons(proof, names)
    told = "; ".join(_told(rows, labels) for rows in members)
    both = len(members) == 2
    count = f"{count_word(len(members))} figures can't {'both' if both else 'all'}"
    leave = "either, and the other can hold" if both else "any one, and the others agree"
    sentence = f"{count} be true{by}: {told}.{_sum_of(proof, members)} Leave out {leave}."
    if len(members) == 1:
        left = left_range(proof.steps[0].implied_low, proof.steps[0].implied_high)
        sentence = f"One figure can't be true{by}, which leaves {left} for it: {told}."
    if lightest and not math.isnan(lightest.implied_low):
        left = left_range(lightest.implied_low, lightest.implied_high)
        sentence += f" Fewest origins give {quoted(named(focal))}; the others leave {left} for it."
    evidence = [
        (f"left for {quoted(named(rows))}", left_range(step.implied_low, step.implied_high))
        for step, rows in zip(proof.steps, members, strict=True)
        if not math.isnan(step.implied_low)
    ]
    return Draft(
        kind="joint contradiction",
        cause="unexplained",
        relation="contradicts",
        measure=str(focal[0]["measure"]),
        key=min(str(row["id"]) for row in focal).split(".", 1)[-1],
        when=when(min(firsts), max(lasts)) if firsts and lasts else "",
        gap=_gap(proof, members),
        claims=tuple(sorted(row["id"] for rows in members for row in rows)),
        sentence=sentence,
        evidence=(*(("identity", rule) for rule in proof.rules), *evidence),
        positions=tuple(tuple(row["id"] for row in rows) for rows in members),
        backing=min(len(found.system.atoms[number].origins) for number in atoms),
        inferred=any(row["as_of_basis"] == "context" for row in moving),
    )


def _reasons(proof: Proof, names: Mapping[str, str]) -> str:
    """The identities that a proof uses, and what the kinds of its measures say."""
    rules = [f"“{names[rule]}”" for rule in proof.rules if names.get(rule)]
    kinds = [rule for rule in proof.rules if rule in STRUCTURE]
    by = f" by {listed(rules)}" if rules else ""
    return by + (f"{',' if by else ''} since {listed(kinds)}" if kinds else "")


def _sum_of(proof: Proof, members: Sequence[Rows]) -> str:
    """The sum that fails: " 121 + 136 = 257, against 251 + 4."; blank where it is no plain one.

    Each figure is too large or too small by the same number, so that those that are too large
    add up to that number more than the others and a constant.
    """
    large, small, gaps = [], [], set()
    for step, rows in zip(proof.steps, members, strict=True):
        exact = all(row["face_low"] == step.low and row["face_high"] == step.high for row in rows)
        if math.isnan(step.implied_low) or not exact:
            return ""
        if step.low > step.implied_high:
            large.append(step.low)
            gaps.add(step.low - step.implied_high)
        else:
            small.append(step.high)
            gaps.add(step.implied_low - step.high)
    if len(gaps) != 1 or not large or not small:
        return ""
    rest = sum(large) - sum(small) - gaps.pop()
    terms = [number(value) for value in small] + ([number(rest)] if rest > 0 else [])
    if rest < 0:
        large.append(-rest)
    total = f" = {number(sum(large))}" if len(large) > 1 else ""
    other = f" = {number(sum(small) + max(rest, 0.0))}" if len(terms) > 1 else ""
    left = " + ".join(number(value) for value in large)
    return f" {left}{total}, against {' + '.join(terms)}{other}."


def _gap(proof: Proof, members: Sequence[Rows]) -> float:
    """The smallest gap between a number in the words and what the others leave for it."""
    gaps = [
        float(
            distance(
                np.asarray(min(row["face_low"] for row in rows)),
                np.asarray(max(row["face_high"] for row in rows)),
                np.asarray(step.implied_low),
                np.asarray(step.implied_high),
            )
        )
        for step, rows in zip(proof.steps, members, strict=True)
        if not math.isnan(step.implied_low)
    ]
    return min((one for one in gaps if one > 0), default=0.0)


def _lightest(found: Search, proof: Proof) -> Step | None:
    """The step that the fewest origins stand behind; None where two are equal."""
    order = sorted(proof.steps, key=lambda step: len(found.system.atoms[step.atom].origins))
    counts = [len(found.system.atoms[step.atom].origins) for step in order[:2]]
    return order[0] if len(counts) > 1 and counts[0] < counts[1] else None


def _told(rows: Rows, labels: Mapping[str, str]) -> str:
    """One figure with its measure, time, wording and who gives it: the origin cited most."""
    claim = named(rows)
    time = "" if claim["kind"] == "fixed" else f", {time_of(claim)}"
    more = f" and {plural(len(rows) - 1, 'more claim')}" if len(rows) > 1 else ""
    return f"{label_of(claim, labels)}{time}: {quoted(claim)} ({attributed(claim)}{more})"
