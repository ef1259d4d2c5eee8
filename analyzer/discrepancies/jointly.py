"""Claims of several measures, or of several days, that can't all be true together."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from analyzer.discrepancies.draft import Draft
from analyzer.gaps import distance
from analyzer.phrases import attributed, count_word, listed, plural, quoted, when
from analyzer.readings import left_range, number
from analyzer.system.proof import Proof, Step, prove
from analyzer.system.rules import STRUCTURE
from analyzer.system.search import Search
from analyzer.system.solve import Atoms


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
    accounts = [set(draft.claims) for draft in told]
    keyed = claims.set_index("id", drop=False).rename_axis(None)
    labels = measures.set_index("measure")["label"]
    names = dict(zip(identities["name"], identities["label"], strict=True))
    drafts = []
    for atoms in dict.fromkeys([*found.of_pages, *found.representatives]):
        if not any(_within(found, atoms, account) for account in accounts):
            drafts.append(_draft(found, atoms, keyed, labels, names))
    return drafts


def _within(found: Search, atoms: Atoms, account: set[str]) -> bool:
    """Whether all but at most one of the atoms of a set of three or more are of an account."""
    inside = sum(not account.isdisjoint(found.system.atoms[number].claims) for number in atoms)
    return inside == len(atoms) or (len(atoms) > 2 and inside == len(atoms) - 1)


def _draft(
    found: Search, atoms: Atoms, claims: pd.DataFrame, labels: pd.Series, names: dict[str, str]
) -> Draft:
    proof = prove(found, atoms)
    members = [claims.loc[list(found.system.atoms[step.atom].claims)] for step in proof.steps]
    lightest = _lightest(found, proof)
    focal = members[proof.steps.index(lightest)] if lightest else members[0]
    moving = pd.concat(members)
    moving = moving[moving["kind"] != "fixed"]
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
        sentence += f" Fewest origins give {quoted(focal.iloc[0])}; the others leave {left} for it."
    evidence = [
        (f"left for {quoted(rows.iloc[0])}", left_range(step.implied_low, step.implied_high))
        for step, rows in zip(proof.steps, members, strict=True)
        if not math.isnan(step.implied_low)
    ]
    return Draft(
        kind="joint contradiction",
        cause="unexplained",
        relation="contradicts",
        measure=str(focal["measure"].iloc[0]),
        key=str(focal["id"].min()).split(".", 1)[-1],
        when=when(moving["at_first"].min(), moving["at_last"].max()),
        gap=_gap(proof, members),
        claims=tuple(sorted(one for rows in members for one in rows["id"])),
        sentence=sentence,
        evidence=(*(("identity", rule) for rule in proof.rules), *evidence),
        positions=tuple(tuple(rows["id"]) for rows in members),
        backing=min(len(found.system.atoms[number].origins) for number in atoms),
        inferred=bool((moving["as_of_basis"] == "context").any()),
    )


def _reasons(proof: Proof, names: dict[str, str]) -> str:
    """The identities that a proof uses, and what the kinds of its measures say."""
    rules = [f"“{names[rule]}”" for rule in proof.rules if names.get(rule)]
    kinds = [rule for rule in proof.rules if rule in STRUCTURE]
    by = f" by {listed(rules)}" if rules else ""
    return by + (f"{',' if by else ''} since {listed(kinds)}" if kinds else "")


def _sum_of(proof: Proof, members: list[pd.DataFrame]) -> str:
    """The sum that fails: " 121 + 136 = 257, against 251 + 4."; blank where it is no plain one.

    Each figure is too large or too small by the same number, so that those that are too large
    add up to that number more than the others and a constant.
    """
    large, small, gaps = [], [], set()
    for step, rows in zip(proof.steps, members, strict=True):
        exact = (rows["face_low"] == step.low).all() and (rows["face_high"] == step.high).all()
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


def _gap(proof: Proof, members: list[pd.DataFrame]) -> float:
    """The smallest gap between a number in the words and what the others leave for it."""
    gaps = [
        float(
            distance(
                np.asarray(rows["face_low"].min()),
                np.asarray(rows["face_high"].max()),
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


def _told(rows: pd.DataFrame, labels: pd.Series) -> str:
    """One figure with its measure, time, wording and who gives it."""
    claim = rows.sort_values(["said_first", "id"]).iloc[0]
    scope = str(labels.get(claim["scope"], str(claim["scope"]).replace("_", " ")))
    label = f"{labels[claim['measure']]}{f' ({scope})' if scope else ''}"
    time = "" if claim["kind"] == "fixed" else f", {when(claim['at_first'], claim['at_last'])}"
    more = f" and {plural(len(rows) - 1, 'more claim')}" if len(rows) > 1 else ""
    return f"{label}{time}: {quoted(claim)} ({attributed(claim)}{more})"
